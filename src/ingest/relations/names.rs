//! Names of documents in running text: 《title》（number）, short names, numbers alone.

use std::ops::Range;

use crate::policy::{DocumentNumber, Target};

/// Longest basis kept: a sentence, not a list of a hundred repealed titles.
const MAX_BASIS_CHARS: usize = 300;

pattern!(NAMED, r"《([^《》]{2,120}(?:《[^《》]{2,100}》[^《》]{0,60})*)》\s*(?:[（(]([^（）()]{2,40})[）)])?");
pattern!(
    EDITION,
    r"^(?:试行|暂行|修订|修正|修订版|试行稿|(?:19|20)[0-9]{2}\s*(?:年)?\s*(?:版|修订|修正|修订版|年版)?)$"
);
pattern!(
    SHORT,
    r"《([^《》]{4,120})》(?:[（(][^（）()《》]{4,40}[）)])?\s*[（(]\s*(?:以下|下)(?:简称|称)[：:]?\s*[《“「]?([^《》“”」）()]{2,30})[》”」]?\s*[）)]"
);
pattern!(
    NOT_POLICY,
    r"(?:证|证书|执照|许可证|登记证|批件|通知书|申请表|登记表|合同|协议|协议书|决定书|凭证|发票|报告书|承诺书|名单|申报书|任务书|公示|表)$"
);
pattern!(
    BEFORE_NUMBER,
    r"^(?:同时|原|对|将|自|此前|和|与|及|以及|现|我[厅局委省市县]|省|市|县|印发的|下发的|发布的|的)+"
);

/// Documents named with 《》, with the number that follows in brackets.
pub(super) fn named(text: &str) -> Vec<Target> {
    let targets = NAMED.captures_iter(text).filter_map(|captures| {
        let mut title = tidy(captures.get(1)?.as_str());
        let bracket = captures.get(2).map_or("", |bracket| bracket.as_str());
        // 《某办法》（试行）: the edition is part of the name.
        if EDITION.is_match(bracket.trim()) && !title.ends_with('）') {
            title = format!("{title}（{}）", bracket.trim());
        }
        let number = number_in(bracket);
        (number.is_some() || !NOT_POLICY.is_match(&title)).then_some(Target {
            document: None,
            number,
            title: Some(title),
        })
    });
    targets.collect()
}

/// The first full number of a text.
pub(super) fn number_in(text: &str) -> Option<DocumentNumber> {
    let found = DocumentNumber::mentions(text)
        .into_iter()
        .filter(|mention| !mention.agency.is_empty())
        .find_map(|m| m.number())?;
    // 日国家科委国科发政字: day and issuer run into the code, which begins after them.
    let code = found.agency().rsplit(['日', '委', '室', '局', '厅', '署', '会']).next().unwrap_or_default();
    let is_code = code.chars().count() >= MIN_CODE_CHARS && code.contains(['发', '字', '函', '规', '办', '令']);
    if !is_code || code == found.agency() {
        return Some(found);
    }
    let cut = found.year().and_then(|year| DocumentNumber::parse(&format!("{code}〔{year}〕{}号", found.serial())));
    cut.or(Some(found))
}

/// Shortest code of an agency (机关代字) that is cut out of a longer run: 国科发.
const MIN_CODE_CHARS: usize = 3;

/// Documents named by their number alone: 冀人社发〔2011〕72号文件.
pub(super) fn numbered(text: &str) -> Vec<Target> {
    let mentions = DocumentNumber::mentions(text).into_iter();
    let clean =
        mentions.filter(|mention| !mention.agency.is_empty() && !mention.agency.contains(['日', '部', '厅', '委']));
    let numbers = clean.filter_map(|mention| {
        let agency = BEFORE_NUMBER.replace(&mention.agency, "").into_owned();
        let year = mention.year?;
        DocumentNumber::parse(&format!("{agency}〔{year}〕{}号", mention.serial)).filter(|_| !agency.is_empty())
    });
    numbers.map(|number| Target { number: Some(number), ..Target::default() }).collect()
}

/// The names with their places.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    NAMED.find_iter(text).map(|found| found.range()).collect()
}

/// A name without marks.
pub(super) fn titled(name: &str) -> Target {
    Target { title: Some(tidy(name)), ..Target::default() }
}

/// Names joined to each other at the front of a sentence: 《甲》《乙》和《丙》.
pub(super) fn joined_names(sentence: &str) -> &str {
    let mut end = 0;
    for name in NAMED.find_iter(sentence) {
        let between = &sentence[end..name.start()];
        let apart = end > 0 && !between.chars().all(|c| matches!(c, '、' | '，' | '和' | '及' | '以' | '与' | ' '));
        if apart {
            break;
        }
        end = name.end();
    }
    &sentence[..end]
}

/// Short names that the text defines: 《某某管理办法》（以下简称《办法》）.
pub(super) fn short_names(text: &str) -> Vec<(String, String)> {
    let pairs = SHORT.captures_iter(text);
    pairs.filter_map(|found| Some((tidy(found.get(2)?.as_str()), tidy(found.get(1)?.as_str())))).collect()
}

pub(super) fn tidy(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The work that a title issues: X of 关于印发《X》的通知, else the title itself.
pub(super) fn own_work(title: &str) -> String {
    let issued = title.split_once('《').filter(|(before, _)| before.ends_with("印发") || before.ends_with("发布"));
    let inner = issued.and_then(|(_, rest)| rest.rsplit_once('》')).map(|(inner, _)| inner);
    tidy(inner.unwrap_or(title))
}

/// The sentence around a place; its stops are 。；and line ends.
pub(super) fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let stops = ['。', '；', '\n'];
    let start = text[..at].rfind(stops).map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(stops).map_or(text.len(), |stop| at + stop);
    start..end
}

/// The rest of a sentence.
pub(super) fn sentence_from(text: &str, start: usize) -> &str {
    let end = text[start..].find(['。', '；', '\n']).map_or(text.len(), |end| start + end);
    &text[start..end]
}

/// Words short enough to be a basis.
pub(super) fn clip(text: &str) -> String {
    text.trim().chars().take(MAX_BASIS_CHARS).collect()
}
