//! Every sentence of our own. Anything else an answer says is a quote.

use crate::query::{AnswerType, Refusal};

use super::NotFound;

/// The fixed phrases that may stand in an answer beside quotes; `verify` knows them.
pub const FIXED: &[&str] = &[ELSEWHERE, LAPSED];

/// Over a quote of another region's document.
pub(super) const ELSEWHERE: &str = "库中没有找到您所问地区的规定，下列规定只适用于其他地区，不能作为您所在地区的依据：";
/// Over a quote that does not hold.
pub(super) const LAPSED: &str =
    "库中只有在所问日期不具效力的规定（已废止、已过有效期、尚未施行或仅为征求意见稿），下列文字不能作为现行依据：";
/// Over an answer of which a part is missing.
pub(super) const PARTIAL: &str = "库中有相关规定，但您问的部分内容文件没有写明，见“文件未写明”。";
/// When one fact decides.
pub(super) const NEEDS_REGION: &str = "不同地方的规定不一样，请选择您要问的地方。";
/// The question about the region.
pub(super) const ASK_REGION: &str = "您问的是哪个地方？";
/// An empty question.
pub(super) const EMPTY: &str = "请写出您想咨询的政策事项，例如“80岁以上老人津贴怎么申请”。";

/// What is said when nothing was found.
pub(super) fn not_found(why: &NotFound) -> String {
    match why {
        NotFound::Nothing => {
            "政策库中没有找到能回答这个问题的条款，不作推断。可以换个说法再问，或拨打12345转相关部门。".to_owned()
        }
        NotFound::Doubtful(nearest) => {
            format!("政策库中没有足够把握能回答这个问题的条款，不作推断。最接近的是{nearest}，请核对，或换个说法再问。")
        }
        NotFound::NoSuchDocument(name) => {
            format!("政策库中查无“{name}”，不能确认其内容。请核对文件名称或文号。")
        }
        NotFound::NoSuchClause(label) => format!("所问文件中没有“{label}”。请核对条款号。"),
        NotFound::OtherYear { asked, have } => {
            format!("政策库中没有{asked}年的相应文件；库中有{have}，年份不同，不能代替。")
        }
        NotFound::OnlyInterpretation(title) => {
            format!("政策库中只有解读《{title}》，没有收录所解读的文件原文，不能作为依据。")
        }
    }
}

/// What is said when a question is refused, with the right next step.
pub(super) fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::PersonalData => {
            "这里不查询也不记录任何人的个人信息，号码已遮蔽。本人可持有效身份证件到经办窗口查询，或登录政务服务平台实名查询，也可拨打12345。"
        }
        Refusal::Opinion => "这里只提供政策文件的原文，不作评价和推荐。您可以分别询问各地的具体规定，由您自己比较。",
        Refusal::Prediction => "这里不预测政策今后的变化，只回答现行有效的规定。您可以询问该政策目前的有效期。",
        Refusal::IndividualCase => "个人事项的办理进度和结果由经办部门答复。请联系受理窗口，或拨打12345登记工单查询。",
        Refusal::Unlawful => "该请求涉及违法行为，不予提供。如需了解合法的办理条件和材料，请直接询问相应政策。",
        Refusal::OutOfScope => "这里只回答政府政策文件方面的问题。",
    }
}

/// What the texts do not say.
pub(super) fn missing(answer_type: AnswerType) -> String {
    format!("所引文件没有写明{}", answer_type.label())
}
