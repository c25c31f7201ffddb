//! How the answers of each kind look in an official text: 500元, 20个工作日, 每年4月底前.

use regex::Regex;

use super::AnswerType;

patterns! {
    AMOUNT = r"[0-9０-９一二两三四五六七八九十百千][0-9,，.．百千万余多]*\s*(?:元|万元|亿元|块)|免(?:费|收|征|交|除)|不收(?:取|费)|全额|减半";
    RATE = r"[0-9０-９.．]+\s*[%％‰]|百分之[一二三四五六七八九十百零点]+|千分之|[一二三四五六七八九]成|[0-9一二三四五六七八九.]+折|利率|[0-9.]+个百分点|倍";
    DEADLINE = concat!(
        r"[0-9〇零一二三四五六七八九十]{1,4}\s*(?:年|月|日)[^，。；]{0,8}(?:前|底|止|内|起|以前|之前)|(?:年|月)底|截至|截止|之日起|",
        r"(?:[0-9]{4}\s*年\s*)?[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|[0-9]{4}年|每年[0-9一二三四五六七八九十]+月|工作日|小时内|按季度|年内|个月内|季度末|及时|即时|期满",
    );
    DURATION = r"[0-9０-９〇零一二两三四五六七八九十百半]+\s*(?:个)?\s*(?:工作日|自然日|日|天|个月|月|年|小时|分钟|周|季度)";
    COUNT = r"[0-9０-９〇零一二两三四五六七八九十百千万]+\s*(?:余|多)?\s*(?:件|次|个|项|家|人|名|户|条|类|场|篇|处|所|套|台|亩|部|期|批|种|分|平方米|公里|以上)|[0-9.]+\s*[%％]";
    CONDITION = r"条件|符合|具有|具备|年满|满[0-9一二三四五六七八九十]|以上|以下|不得|应当|可以|须|的，|户籍|资格|属于|对象";
    MATERIAL = r"材料|身份证|户口|证明|申请表|复印件|原件|证书|营业执照|合同|发票|提供|提交|出示|携带|凭";
    PROCEDURE = r"申请|申报|提交|受理|审核|办理|登录|填写|向.{1,12}提出|公示|拨付|通过.{1,16}(?:平台|网站|窗口|系统|APP)|协商|免申即享";
    PLACE = r"窗口|中心|网站|平台|专栏|栏目|大厅|公开栏|地址|路[0-9]+号|[0-9]+号|乡镇|街道|村（居）|村委会|APP|小程序|公众号|处|场所|媒体|广播|微信|新媒体|所在地";
    TELEPHONE = r"[0-9]{3,4}[-—－][0-9]{7,8}|1[3-9][0-9]{9}|[0-9]{7,8}|12[0-9]{3}|热线|电话";
    DEPARTMENT = r"局|厅|委员会|发改委|卫健委|办公室|部门|单位|责任|牵头|负责|主管|中心|政府办|人民政府|机构|街道|科|股";
    DEFINITION = r"是指|指的是|本办法所称|所称|即|包括|标准|按照|计算|÷|×|公式|为";
    LIST = r"、|；|：|（一）|包括|下列|以下";
}

impl AnswerType {
    /// Whether a text has something of this kind.
    #[must_use]
    pub fn stands_in(self, text: &str) -> bool {
        match self.form() {
            Some(form) => form.is_match(text),
            None => true,
        }
    }

    /// Whether the answer must be a value that a text either has or has not: then its absence can be stated.
    #[must_use]
    pub fn wants_value(self) -> bool {
        matches!(self, Self::Amount | Self::Rate | Self::Deadline | Self::Duration | Self::Count | Self::Telephone)
    }

    fn form(self) -> Option<&'static Regex> {
        Some(match self {
            Self::Amount => &AMOUNT,
            Self::Rate => &RATE,
            Self::Deadline => &DEADLINE,
            Self::Duration => &DURATION,
            Self::Count => &COUNT,
            Self::Condition => &CONDITION,
            Self::Material => &MATERIAL,
            Self::Procedure => &PROCEDURE,
            Self::Place => &PLACE,
            Self::Telephone => &TELEPHONE,
            Self::Department => &DEPARTMENT,
            Self::Definition => &DEFINITION,
            Self::List => &LIST,
            Self::YesNo | Self::Original | Self::Comparison | Self::Open => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_their_absence() {
        assert!(AnswerType::Amount.stands_in("每人每月100元"));
        assert!(AnswerType::Amount.stands_in("补助3.5万元"));
        assert!(!AnswerType::Amount.stands_in("按照有关规定收取信息处理费"));
        assert!(AnswerType::Duration.stands_in("15个工作日内办结"));
        assert!(!AnswerType::Duration.stands_in("按时限要求答复"));
        assert!(AnswerType::Deadline.stands_in("2021年11月底前完成"));
        assert!(AnswerType::Rate.stands_in("按百分之六十返还"));
    }
}
