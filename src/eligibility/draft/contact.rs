//! Whom to ask and where to go (主管部门、电话、地点、网上入口), materials, and what cannot be had together.

use std::ops::Range;

/// A statement of a sentence that is not a condition, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Facet {
    Telephone(Range<usize>),
    Place(Range<usize>),
    Online(Range<usize>),
    Department(Range<usize>),
    /// 就高不重复, or not both.
    Exclusive(&'static str, Range<usize>),
    /// Given without application.
    ByItself(Range<usize>),
    /// A bound of what one claimant may get in all.
    Total(Range<usize>),
    Materials(Vec<Range<usize>>),
}

pattern!(
    TELEPHONE,
    r"(?P<number>(?:0\d{2,3}[-－—-]\d{7,8}|\b1\d{2}-?\d{4}-?\d{4}\b|\b12[0-9]{3}\b)(?:[、，/]\s*(?:0\d{2,3}[-－—-])?\d{7,8})*)"
);
pattern!(PHONE_WORD, r"电话|热线|拨打|联系方式|咨询");
pattern!(
    PLACE,
    r"(?:地址|地点|办理地点|受理地点|报送地址)[：:是为]\s*(?P<place>[^，。；\n]{4,60})|(?:到|向|在)(?P<desk>[^，。；到向在]{2,20}(?:政务服务中心|服务大厅|便民服务中心|服务窗口)[^，。；提申办由]{0,20})"
);
pattern!(
    ONLINE,
    r"(?:登录|登陆|通过|使用|进入)(?P<entry>[^，。；“”]{0,8}[“「][^”」]{0,16}(?:平台|系统|网|APP|云|端|小程序|专区|厅)[^”」]{0,6}[”」](?:[（(]https?://[^）)]{4,80}[）)])?[^，。；提申办进（]{0,16})|(?P<url>https?://[A-Za-z0-9./_?=&%-]{6,80})"
);
pattern!(
    DEPARTMENT,
    r"由(?P<charge>[^，。；由]{3,40}?)(?:负责(?:组织实施|解释|实施|受理|办理|审核|组织|牵头)|(?:会同[^，。；]{3,30})?负责)"
);
pattern!(DEPARTMENT_NAME, r"(?:局|厅|委|办|部|中心|委员会|管委会|政府|院|行|联)(?:（[^）]{1,12}）)?$");
pattern!(
    HIGHEST,
    r"就高不重复|就高不就低|不重复(?:享受|奖励|补助|支持|资助|补贴|计算)|从高不重复|择高|按照?最高(?:标准|额度|档)|差额补(?:足|齐|助)|补足差额|按照?差额|不得重复(?:享受|申报|领取|补贴|补助|奖励)|不再重复"
);
pattern!(
    NOT_BOTH,
    r"不(?:得|能|可)(?:再)?(?:同时|重复|兼得|叠加)[^，。；]{0,4}(?:享受|申请|领取|申报)?|只能(?:申请并)?(?:享受|选择|申报|申请|获得)[^，。；]{0,16}(?:一次|一项|其一|其中)|不得再享受|不再享受|不得再次"
);
pattern!(TOGETHER, r"可以?(?:与[^，。；]{2,30})?(?:同时|叠加)享受|不属于重复|可以?叠加");
pattern!(BY_ITSELF, r"免申即享|直接兑现|无需(?:企业|单位|个人)?申[请报]|不需(?:企业|要)?申[请报]|无感智办|直补快办");
pattern!(
    TOTAL,
    r"(?:同一|单个|每个|每家|每户|一个|本事项)[^，。；]{0,16}(?:累计|总额|合计|每年|年度)[^，。；]{0,24}(?:不超过|最高)[^，。；]{0,20}[0-9][^，。；]{0,6}元|(?:总[^，。；（）]{0,8}|奖补金额|补助金额|补贴资金|奖励金额|资金)不超过[^，。；]{2,40}?[%％]"
);

/// What a sentence states beside benefits, windows and conditions.
pub(super) fn facets(text: &str) -> Vec<Facet> {
    let mut found = Vec::new();
    if PHONE_WORD.is_match(text) {
        found.extend(
            TELEPHONE.captures(text).and_then(|one| one.name("number")).map(|one| Facet::Telephone(one.range())),
        );
    }
    let named = |names: [&str; 2], found: regex::Captures<'_>| {
        let one = found.name(names[0]).or(found.name(names[1]))?;
        Some(one.range())
    };
    found.extend(PLACE.captures(text).and_then(|one| named(["place", "desk"], one)).map(Facet::Place));
    found.extend(ONLINE.captures(text).and_then(|one| named(["entry", "url"], one)).map(Facet::Online));
    let department = DEPARTMENT.captures(text).and_then(|one| one.name("charge"));
    found.extend(
        department.filter(|one| DEPARTMENT_NAME.is_match(one.as_str())).map(|one| Facet::Department(one.range())),
    );
    if !TOGETHER.is_match(text) {
        let highest = HIGHEST.find(text).map(|one| Facet::Exclusive("就高不重复", one.range()));
        found.extend(highest.or_else(|| NOT_BOTH.find(text).map(|one| Facet::Exclusive("不可同时享受", one.range()))));
    }
    found.extend(BY_ITSELF.find(text).map(|one| Facet::ByItself(one.range())));
    found.extend(TOTAL.find(text).map(|one| Facet::Total(one.range())));
    found.extend(materials(text).map(Facet::Materials));
    found
}

pattern!(
    MATERIALS_LIST,
    r"(?:申请|申报|所需|证明|以下|下列|提交的?|提供的?)材料(?:包括|主要包括|为|有|：|:|如下|清单)+[：:]?\s*(?P<list>[^。；]{2,200})|(?:提交|提供|携带|填写|填报|(?:^|，)(?:凭|持))(?P<given>(?:[^，。；]{0,4}《[^》]{2,40}》|[^，。；、]{2,24})(?:[、及和][^，。；、]{2,30})*)(?:等(?:相关)?(?:申报|申请|证明)?(?:材料|资料|原件|复印件)|(?:一式|，)?(?:向|到|报))"
);
pattern!(
    MATERIAL,
    r"表|书|证|件|照|册|发票|凭证|合同|报告|协议|证明|承诺|流水|清单|票据|说明|材料|申请|账|图|方案|批复|文件|单"
);
pattern!(
    NO_MATERIAL,
    r"^(?:件|向|由|经|对|按|将|符合|支持|条件)|提交|报送|胶装|装订|我厅|我局|书脊|企业$|人员$|汇总表|推荐"
);
/// A name longer than this is a sentence, not a thing to bring.
const LONGEST_MATERIAL: usize = 40;

/// The things to bring that a sentence lists.
fn materials(text: &str) -> Option<Vec<Range<usize>>> {
    let found = MATERIALS_LIST.captures(text)?;
    let list = found.name("list").or(found.name("given"))?;
    let names = listed(text, list.range());
    (!names.is_empty()).then_some(names)
}

/// The members of a list that are things to bring.
pub(super) fn listed(text: &str, list: Range<usize>) -> Vec<Range<usize>> {
    let (mut names, mut begin, mut depth) = (Vec::new(), list.start, 0_u32);
    let mut push = |from: usize, to: usize| {
        let raw = &text[from..to];
        let body = raw.trim_start_matches(['，', '、', '及', '和', '以', ' ', '　']);
        let from = to - body.len();
        let body = body.trim_end_matches(['等', '。', '；', '，', ' ']);
        let balanced = body.matches(['（', '(']).count() == body.matches(['）', ')']).count();
        if balanced
            && MATERIAL.is_match(body)
            && !NO_MATERIAL.is_match(body)
            && body.chars().count() <= LONGEST_MATERIAL
        {
            names.push(from..from + body.len());
        }
    };
    for (at, c) in text[list.clone()].char_indices().map(|(at, c)| (list.start + at, c)) {
        match c {
            '（' | '(' | '《' | '“' => depth += 1,
            '）' | ')' | '》' | '”' => depth = depth.saturating_sub(1),
            '、' | '，' if depth == 0 => {
                push(begin, at);
                begin = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push(begin, list.end);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_the_benefit_is_read() {
        let text = "咨询电话：县工业和信息化局0990-8800105。";
        assert!(matches!(&facets(text)[..], [Facet::Telephone(at)] if &text[at.clone()] == "0990-8800105"));
        let text = "同一项目按照就高不重复的原则执行";
        assert!(matches!(&facets(text)[..], [Facet::Exclusive("就高不重复", _)]));
        assert!(facets("认定类奖励可以与省、市奖励叠加享受").is_empty());
        let text = "申请材料包括：申请书、近2年度审计报告、信用承诺书。";
        let [Facet::Materials(names)] = &facets(text)[..] else { panic!("{:?}", facets(text)) };
        let names: Vec<&str> = names.iter().map(|at| &text[at.clone()]).collect();
        assert_eq!(names, ["申请书", "近2年度审计报告", "信用承诺书"]);
    }
}
