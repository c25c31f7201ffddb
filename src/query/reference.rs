//! References in a question: document numbers, titles, clause labels, quoted words, years.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::policy::{DocumentNumber, NumberMention};

/// What a question points at, and the ranges that say so.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    pub(super) numbers: Vec<NumberMention>,
    pub(super) titles: Vec<String>,
    pub(super) clause: Option<String>,
    pub(super) quotations: Vec<String>,
    pub(super) year: Option<i16>,
    pub(super) covered: Vec<Range<usize>>,
}

static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"《([^《》]{2,80})》"));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[“"「『]([^“”"「」『』]{2,60})[”"」』]"#));
/// 第十二条之一第二款第（三）项; 三（二）; 第（八）项.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"第\s*[0-9〇零一二三四五六七八九十百千]{1,8}\s*条(?:之[一二三四五六七八九十]{1,3})?",
        r"(?:第\s*[0-9一二三四五六七八九十]{1,4}\s*款)?(?:第\s*[（(]?[0-9一二三四五六七八九十]{1,4}[）)]?\s*项)?",
        r"|[一二三四五六七八九十]{1,3}[（(][一二三四五六七八九十]{1,4}[）)]",
    ))
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"((?:19|20)[0-9]{2})\s*年"));

fn pattern(text: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test run")]
    Regex::new(text).unwrap()
}

/// Finds the references of a question.
pub(super) fn find(question: &str) -> Reference {
    let mut found = Reference { numbers: DocumentNumber::mentions(question), ..Reference::default() };
    found.covered.extend(found.numbers.iter().map(|mention| mention.range.clone()));
    for captures in TITLE.captures_iter(question) {
        if let (Some(whole), Some(title)) = (captures.get(0), captures.get(1)) {
            found.titles.push(title.as_str().to_owned());
            found.covered.push(whole.range());
        }
    }
    found.quotations = QUOTED
        .captures_iter(question)
        .filter_map(|captures| captures.get(1).map(|quoted| quoted.as_str().to_owned()))
        .collect();
    if let Some(clause) = CLAUSE.find(question) {
        found.clause = Some(clause.as_str().split_whitespace().collect());
        found.covered.push(clause.range());
    }
    if let Some(year) = YEAR.captures(question).and_then(|captures| captures.get(1)) {
        found.year = year.as_str().parse().ok();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found() {
        let found = find("会政办发2021 85 第八条 政策咨询服务点 原文");
        assert_eq!(found.numbers.len(), 1);
        assert_eq!(found.clause.as_deref(), Some("第八条"));
        let found = find("依据《会宁县高龄津贴实施办法》第八条第二款每月500对吧");
        assert_eq!(found.titles, ["会宁县高龄津贴实施办法"]);
        assert_eq!(found.clause.as_deref(), Some("第八条第二款"));
        let found = find("“一口对外、直通部门”这句在哪个文件第几条");
        assert_eq!(found.quotations, ["一口对外、直通部门"]);
        assert_eq!(find("旌德2021年要点").year, Some(2021));
    }
}
