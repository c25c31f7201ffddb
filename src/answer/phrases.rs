//! Every sentence of our own. Anything else an answer says is a quote.

use crate::query::{AnswerType, Due, Function, ReckonUnit, Reckoning, Refusal};

use super::NotFound;
use super::figures::FigureKind;
use crate::policy::FormerName;

/// The fixed phrases that may stand in an answer beside quotes; `verify` knows them.
pub const FIXED: &[&str] = &[
    ELSEWHERE,
    LAPSED,
    PREMISE_NUMBER,
    PREMISE_RATE,
    PREMISE_DATE,
    PREMISE_AGE,
    PREMISE_PERIOD,
    PREMISE_CLAUSE,
    COMPARED,
    NEWEST,
    HIGHEST,
    NEWEST_AND_HIGHEST,
];

/// Before the quotes, when the question states an amount or a count that they do not hold.
pub(super) const PREMISE_NUMBER: &str = "您提到的数额在所引条文中没有，不能确认，以下列原文为准：";
/// The same of a share.
pub(super) const PREMISE_RATE: &str = "您提到的比例在所引条文中没有，不能确认，以下列原文为准：";
/// The same of a day.
pub(super) const PREMISE_DATE: &str = "您提到的日期在所引条文中没有，不能确认，以下列原文为准：";
/// The same of an age.
pub(super) const PREMISE_AGE: &str = "您提到的年龄在所引条文中没有，不能确认，以下列原文为准：";
/// The same of a length of time.
pub(super) const PREMISE_PERIOD: &str = "您提到的时限在所引条文中没有，不能确认，以下列原文为准：";
/// When the question rests something on a clause, and it stands in another.
pub(super) const PREMISE_CLAUSE: &str = "所引条文不是您提到的那一条，以下列条款和原文为准：";
/// Over documents set side by side.
pub(super) const COMPARED: &str = "以下按文件并列原文，不作评判：";
/// Over the newest of several documents.
pub(super) const NEWEST: &str = "下列文件在所列文件中为最新发布：";
/// Over the one of the highest level.
pub(super) const HIGHEST: &str = "下列文件在所列文件中层级最高：";
/// Over one that is both.
pub(super) const NEWEST_AND_HIGHEST: &str = "下列文件在所列文件中为最新发布，层级最高：";

/// What is said of a value that the quotes do not hold.
pub(super) fn premise(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Rate => PREMISE_RATE,
        FigureKind::Date => PREMISE_DATE,
        FigureKind::Age => PREMISE_AGE,
        FigureKind::Period => PREMISE_PERIOD,
        FigureKind::Amount | FigureKind::Ceiling | FigureKind::Count => PREMISE_NUMBER,
    }
}

/// Whether a phrase marks a document of a comparison.
pub(super) fn is_marking(text: &str) -> bool {
    [COMPARED, NEWEST, HIGHEST, NEWEST_AND_HIGHEST].contains(&text)
}

/// What is said of a place that the library has nothing of, when a question names several.
pub(super) fn nothing_of(place: &str) -> String {
    format!("{place}：库中没有找到相应规定，不能用其他地区的规定代替")
}

/// What is said over a document of a comparison.
pub(super) fn standing(newest: bool, highest: bool) -> Option<&'static str> {
    match (newest, highest) {
        (true, true) => Some(NEWEST_AND_HIGHEST),
        (true, false) => Some(NEWEST),
        (false, true) => Some(HIGHEST),
        (false, false) => None,
    }
}

/// Over a quote of another region's document.
pub(super) const ELSEWHERE: &str = "库中没有找到您所问地区的规定，下列规定只适用于其他地区，不能作为您所在地区的依据：";
/// Over a quote that does not hold.
pub(super) const LAPSED: &str =
    "库中只有在所问日期不具效力的规定（已废止、已过有效期、尚未施行或仅为征求意见稿），下列文字不能作为现行依据：";
/// Over an answer of which a part is missing.
pub(super) const PARTIAL: &str = "库中有相关规定，但您问的部分内容文件没有写明，见“文件未写明”。";
/// When one fact decides.
pub(super) const NEEDS_REGION: &str = "不同地方的规定不一样，请选择您要问的地方。";
/// When no matter was named.
pub(super) const NEEDS_MATTER: &str = "您没有说是哪一项政策，不同政策的条件不一样，请选择，或者写出事项名称再问。";
/// The question about the matter.
pub(super) const ASK_MATTER: &str = "您问的是哪一项？";
/// The question about the region.
pub(super) const ASK_REGION: &str = "您问的是哪个地方？";
/// The hotline that every place of the country has.
pub(super) const HOTLINE: &str = "12345政务服务便民热线";
/// What a renaming rests on, as the directory of departments has it.
pub(super) fn renamed(former: &FormerName) -> String {
    let until = former.until.map_or(String::new(), |day| format!("至{day}，"));
    format!("部门名录：原{}，{until}{}", former.name, former.basis)
}

/// An empty question.
pub(super) const EMPTY: &str = "请写出您想咨询的政策事项，例如“80岁以上老人津贴怎么申请”。";

/// Before and after what is named in a message: what comes nearest.
const DOUBTFUL: Frame =
    ("政策库中没有足够把握能回答这个问题的条款，不作推断。最接近的是", "，请核对，或换个说法再问。");
/// A title or number that no document bears.
const NO_DOCUMENT: Frame = ("政策库中查无“", "”，不能确认其内容。请核对文件名称或文号。");
/// A clause that its document does not have.
const NO_CLAUSE: Frame = ("所问文件中没有“", "”。请核对条款号。");
/// Only another year's document.
const OTHER_YEAR: Frame = ("政策库中没有", "，年份不同，不能代替。");
/// Only an interpretation.
const ONLY_INTERPRETATION: Frame = ("政策库中只有解读", "，没有收录所解读的文件原文，不能作为依据。");
/// No text speaks of it.
const NOTHING: &str = "政策库中没有找到能回答这个问题的条款，不作推断。可以换个说法再问，或拨打12345转相关部门。";

/// What stands before and after the part of a message that is not fixed.
type Frame = (&'static str, &'static str);

/// Characters shown of words of the asker's own.
const SHOWN_CHARS: usize = 40;

/// Words of the asker's own in a message of ours: bounded, on one line, nothing in them that could pass for the message.
fn shown(words: &str) -> String {
    let unseen = |c: &char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '“' | '”')
    };
    let mut kept = words.chars().filter(|c| !unseen(c));
    let mut shown: String = kept.by_ref().take(SHOWN_CHARS).collect();
    if kept.next().is_some() {
        shown.push('…');
    }
    shown
}

fn framed((before, after): Frame, words: &str) -> String {
    format!("{before}{words}{after}")
}

/// What is said when nothing was found.
pub(super) fn not_found(why: &NotFound) -> String {
    match why {
        NotFound::Nothing => NOTHING.to_owned(),
        NotFound::Doubtful(nearest) => framed(DOUBTFUL, nearest),
        NotFound::NoSuchDocument(name) => framed(NO_DOCUMENT, &shown(name)),
        NotFound::NoSuchClause(label) => framed(NO_CLAUSE, &shown(label)),
        NotFound::OtherYear { asked, have } => framed(OTHER_YEAR, &format!("{asked}年的相应文件；库中有{have}")),
        NotFound::OnlyInterpretation(title) => {
            let title = if title.starts_with('《') { title.clone() } else { format!("《{title}》") };
            framed(ONLY_INTERPRETATION, &title)
        }
    }
}

/// Whether a message is one of ours; `verify` asks. Those of emergencies stand in the library's directory.
#[must_use]
pub fn is_ours(message: &str) -> bool {
    let fixed = [ELSEWHERE, LAPSED, PARTIAL, NEEDS_REGION, NEEDS_MATTER, EMPTY, NOTHING];
    let refusals = Refusal::ALL.into_iter().map(refused);
    let frames = [DOUBTFUL, NO_DOCUMENT, NO_CLAUSE, OTHER_YEAR, ONLY_INTERPRETATION];
    let rests =
        |message: &str| refusals.clone().any(|reply| message == reply || message == format!("{reply}{REST_ONLY}"));
    message.is_empty()
        || fixed.contains(&message)
        || Function::ALL.into_iter().any(|one| message == function(one))
        || rests(message)
        || frames.iter().any(|(before, after)| message.strip_prefix(before).is_some_and(|rest| rest.ends_with(after)))
}

/// After the reply to the part that was refused.
const REST_ONLY: &str = "下面只回答您问的其余部分。";

/// Over an answer to the rest of a question of which a part was refused.
pub(super) fn rest_only(refusal: Refusal) -> String {
    format!("{}{REST_ONLY}", refused(refusal))
}

/// What is said when a function was asked for as if it were a question.
pub(super) fn function(function: Function) -> &'static str {
    match function {
        Function::List => "这是查文件清单，不是问条款。请在文件库中按文种、地区、效力筛选，新闻不在库内。",
        Function::Original => "原文和可下载的原件在文件页面上。请从文件库打开所要的文件。",
        Function::Interpretation => "解读列在所解读文件的页面上，也可以在文件库中按“解读”筛选。解读不作依据。",
        Function::Copy => "请在答案页复制引文和“在原文中查看”的链接；引文和出处不能省略，所以这里不改写字数。",
        Function::Statistics => "这是统计事项，不由政策条款回答。请管理人员在管理页面查看。",
    }
}

/// The name of the page that a function leads to.
pub(super) fn page(function: Function) -> &'static str {
    match function {
        Function::List => "文件库",
        Function::Original => "文件页面（原文与原件）",
        Function::Interpretation => "解读",
        Function::Copy => "回到提问",
        Function::Statistics => "管理页面",
    }
}

/// The day counted to, with the calendar used.
pub(super) fn reckoned(reckoning: &Reckoning, due: &Due) -> String {
    let (from, count, unit) = (reckoning.from, reckoning.count, reckoning.unit.label());
    let calendar = match (reckoning.unit, due.holidays_known) {
        (ReckonUnit::WorkingDay, true) => "，已扣除周末和库中所载的法定节假日并计入调休上班日",
        (ReckonUnit::WorkingDay, false) => "；仅扣除周六、周日，未计法定节假日和调休，请以当年放假安排为准",
        _ => "",
    };
    format!("从{from}的次日起算，满{count}{unit}为{}{calendar}。", due.day)
}

/// The clause asked for under another numbering.
pub(super) fn other_numbering(asked: &str, taken: &str) -> String {
    format!("该文件没有“{asked}”这一写法的条款，已按同一序号的“{taken}”查找。")
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
        Refusal::OutOfScope => {
            "这里只回答政府政策文件方面的问题，只以库中文件的原文为依据；提问中附带的指令、设定和所谓“政策”不起作用。"
        }
    }
}

/// What a text does not say, by the asker's own words.
pub(super) fn silent(what: &str) -> String {
    format!("文件没有写明“{what}”的，不能由此推断")
}

/// What became of an office that the texts name.
pub(super) const SUCCESSOR_MISSING: &str = "所引文件没有写明该机构现在的名称或承接单位，不作推断";

/// What the texts do not say of a part that was refused.
pub(super) const REST_MISSING: &str = "您问的另一部分不能由政策文件回答，见上面的说明";

/// What the texts do not say.
pub(super) fn missing(answer_type: AnswerType) -> String {
    format!("所引条文没有写明{}", answer_type.label())
}
