//! What a question states as a rule and asks to have confirmed (陈述): 每月500对吧, 听说满60岁就有. What it tells of the
//! asker (我35岁, 交了3个月) is no claim.

use std::ops::Range;

use crate::analysis::{NumeralKind, numerals_in};

use super::figures::{Figure, FigureKind, Measure, figures_in};

pattern!(
    CONFIRMED,
    r"(?x)对吧|对吗|对嘛|对不|是吧|是不是|没错吧|不是吗|真的吗|属实|有这(?:回)?事|有没有错
    |(?:元|块|钱|%|％|岁|个月|年|天|日|[0-9])的?吧|是[^，。？?\s]{1,10}[吗么嘛]|不是说"
);
pattern!(
    HEARD,
    r"听说|听人|听.{0,4}说|据说|据称|都说|说是|(?:人家|别人|网上|新闻|有人|邻居|村里|社区|同事|朋友|他们|文件|政策|规定|通知|办法|上面|抖音|群里)(?:上|里|中)?(?:都|不是|明明)?(?:说|写|讲|传)|(?:依据|根据|按照|依照|按)(?:[^，。？?\s]{0,24})?第[0-9一二三四五六七八九十百]+条|(?:依据|根据|按照|依照)(?:《|.{2,20}规定)"
);
// Words just before a number that make it one of the asker's: 交了, 我, 公司.
pattern!(
    OWN,
    r"(?x)(?:[了过着有](?:大概|大约|快|将近|差不多|整整|才|就)?
    |(?:我|俺|咱|我们|我家|我妈|我爸|奶奶|爷爷|我奶|我爷|老人|老人家|孩子|娃|儿子|女儿|老公|老婆|媳妇|公司|厂里|厂|店里|员工|职工|今年|现在)(?:今年|都|已经|有|才|快|是|招|雇|就)?
    |裁员率|营收|营业收入|销售额|产值|流水|年收入|月收入|工资|月薪|投资|投入|注册资本|面积|贷款|欠|差|还有|剩)$"
);
// Periods that somebody lived through: 交3个月, 断缴半年.
pattern!(LIVED, r"(?:交|缴|断|干|住|停|工作|上班|失业|离职|退休|结婚|毕业|怀孕|注册|成立|开|等|满)$");
// A bare number that can only be money: 每月500, 能领2000.
pattern!(
    MONEY,
    r"(?:每人|每月|每个月|每年|每次|每亩|每户|一年|一个月|一次|一亩|能领|可领|可以领|领|给|发|补|拿|退|返|奖|罚|补贴|补助|津贴|标准|最高|最多|至多|不超过|上限|封顶|高达)(?:是|到|为)?$"
);
// How often it is claimed: 每月500, 一个月给500.
pattern!(EVERY, r"(?:每个?|一个?)(?:人|月|年|次|亩|户)");
pattern!(ENDS, r"^(?:对|是吧|是不是|吧|吗|么|没错|$|[，。？?！!\s])");
// An age that opens a right: 60岁就有.
pattern!(OPENS, r"^(?:以上)?(?:的|了)?(?:人|老人)?(?:就|才|即)");
// A day up to or from which something holds.
pattern!(TERM, r"^(?:之前|前|为止|止|截止|到期|结束|开始|起|就没|就不|发|到账)");
pattern!(TERM_BEFORE, r"(?:截止|截至|到期|到|至)(?:到|至|是|在)?$");

/// Characters between which a stretch of a question stands.
const BORDERS: &[char] = &['，', '。', '？', '！', ',', '?', '!', ';', '；', ' ', '\u{3000}'];

/// Whether a question states anything that it wants confirmed.
pub(super) fn is_stated(question: &str) -> bool {
    CONFIRMED.is_match(question) || HEARD.is_match(question)
}

/// The values that a folded question states as rules; `own` are the words of facts about the asker.
pub(super) fn claims(question: &str, own: &[&str]) -> Vec<Figure> {
    if !is_stated(question) {
        return Vec::new();
    }
    let stretches = stretches(question);
    let stated = |at: usize| stretches.iter().any(|(range, stated)| *stated && range.contains(&at));
    let facts: Vec<Range<usize>> =
        own.iter().filter_map(|words| question.find(words).map(|at| at..at + words.len())).collect();
    let told = |range: &Range<usize>| facts.iter().any(|fact| range.start < fact.end && fact.start < range.end);
    figures_in(question)
        .into_iter()
        .chain(bare(question))
        .filter(|figure| stated(figure.range.start) && is_rule(question, figure, &told))
        .collect()
}

/// The stretches of a question, each with whether it is stated: by its own words, by a tag that follows it alone
/// (每月500，对吧), or after 听说 that stands alone before it.
fn stretches(question: &str) -> Vec<(Range<usize>, bool)> {
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    let mut heard = false;
    for part in question.split_inclusive(BORDERS) {
        let range = start..start + part.len();
        start = range.end;
        let own = part.trim_end_matches(BORDERS);
        if own.is_empty() {
            continue;
        }
        let numbers = own.contains(|c: char| c.is_ascii_digit()) || !numerals_in(own).is_empty();
        let tag = CONFIRMED.is_match(own);
        // A tag with no number of its own speaks of the stretch before it.
        if let Some(before) = found.last_mut().filter(|_| tag && !numbers) {
            before.1 = true;
        }
        let opened = HEARD.is_match(own);
        found.push((range, tag || opened || heard));
        heard = opened;
    }
    found
}

/// Whether a value is stated as a rule, not told of the asker.
fn is_rule(question: &str, figure: &Figure, told: &dyn Fn(&Range<usize>) -> bool) -> bool {
    let (before, after) = (&question[..figure.range.start], &question[figure.range.end..]);
    match figure.kind {
        FigureKind::Age => {
            let opens = OPENS.is_match(after)
                || before.ends_with(['满', '到'])
                || figure.scope.iter().any(|word| word.ends_with('上'));
            opens
                && !OWN.is_match(before.trim_end_matches(['满', '到']))
                && (!told(&figure.range) || OPENS.is_match(after))
        }
        FigureKind::Date => {
            let year_alone = matches!(figure.measure, Measure::Day(day) if day.month.is_none() && day.day.is_none());
            !told(&figure.range)
                && (TERM.is_match(after)
                    || TERM_BEFORE.is_match(before)
                    || !year_alone && figure.scope.iter().any(|word| word == "每月"))
        }
        FigureKind::Period => !told(&figure.range) && !OWN.is_match(before) && !LIVED.is_match(before),
        FigureKind::Amount | FigureKind::Rate | FigureKind::Ceiling => !told(&figure.range) && !OWN.is_match(before),
        FigureKind::Count => {
            // 一次给500: one is how it is given, not how often.
            let several = matches!(figure.measure, Measure::Number(value) if value > 1.0);
            let counted = matches!(figure.unit, "次" | "人" | "名" | "户" | "份");
            several && counted && !told(&figure.range) && !OWN.is_match(before)
        }
    }
}

/// Numbers without a unit that can only be money.
fn bare(question: &str) -> impl Iterator<Item = Figure> + '_ {
    numerals_in(question).into_iter().filter_map(|numeral| {
        let (before, after) = (&question[..numeral.range.start], &question[numeral.range.end..]);
        let counts = numeral.kind == NumeralKind::Count;
        let money = counts && MONEY.is_match(before) && ENDS.is_match(after);
        let figure = Figure {
            kind: FigureKind::Amount,
            measure: Measure::Number(numeral.value),
            unit: "元",
            scope: EVERY
                .find(before)
                .map(|found| format!("每{}", found.as_str().trim_start_matches(['每', '一', '个'])))
                .into_iter()
                .collect(),
            range: numeral.range,
        };
        money.then_some(figure)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(question: &str, own: &[&str]) -> Vec<String> {
        claims(question, own).into_iter().map(|figure| question[figure.range].to_owned()).collect()
    }

    #[test]
    fn rules_stated_for_confirmation_are_claims() {
        for (question, expected) in [
            ("高龄津贴每月500对吧", &["500"][..]),
            ("听说满60岁就有高龄津贴", &["60岁"]),
            ("依据《青禾县高龄津贴发放办法》第八条每月500元对吧", &["500元"]),
            ("稳岗返还是不是返90%", &["90%"]),
            ("听说，老人一个月能领300元", &["300元"]),
            ("一次给3000块，是吧", &["3000块"]),
            ("公开申请是30个工作日答复吗", &["30个工作日"]),
            ("听说以旧换新到10月31日截止", &["10月31日"]),
            ("听说60岁就能领", &["60岁"]),
            ("加装电梯补贴最高20万对吗", &["20万"]),
        ] {
            assert_eq!(stated(question, &[]), expected, "{question}");
        }
    }

    #[test]
    fn facts_of_the_asker_are_none() {
        for (question, own) in [
            ("我35岁能领吧", &["35岁"][..]),
            ("听说我妈80岁能领", &["80岁"]),
            ("我们公司营收1800万能报对吧", &["营收1800万"]),
            ("裁员率5%还能返是不是", &["裁员率5%"]),
            ("我交了3个月失业保险 听说能领", &[]),
            ("听说交了3个月就能领", &[]),
            ("2025年的标准是多少对吧", &[]),
            ("每月500能领多久", &[]),
            ("《关于85号的通知》第八条怎么说", &[]),
            ("我奶82了是不是能领", &["82"]),
        ] {
            assert_eq!(stated(question, own), [""; 0], "{question}");
        }
    }
}
