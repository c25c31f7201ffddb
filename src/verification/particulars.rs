//! What an answer says beside its quotes (所记事项): issuer, number, day of issue, label, the numbers of its values, the
//! message. Each is read again from the source or from the words themselves, by nothing of what made the answer.

use std::sync::LazyLock;

use regex::Regex;

use crate::contract::{AnswerJson, CitedClauseJson, CitedDocumentJson, DatumJson, Status, ValueJson};

use super::source::SourceRecord;

/// A label of ours: 第十二条第二款, 三（二）, 附件1表2第3行.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9〇零○一二三四五六七八九十百千]+";
    Regex::new(&format!(
        "^(?:附[件录则表图]?{number}?|目录|第{number}(?:部分|[编篇章节条款项目行段号部])(?:之{number})?\
         |表{number}|{number}[、.．]?|第?[（(〔]{number}[）)〕](?:[项目])?|第{number}|[①-⑳㈠-㈩⑴-⒇]|[a-zA-Z][.)）]|是|之{number}|[ 　])+$"
    ))
    .unwrap()
});

/// A label of an article or of what holds articles, of which the text has the very words.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| Regex::new("^第[〇零一二三四五六七八九十百千]+[章节条]").unwrap());

/// The letterhead of a cited document is that of the source.
pub(super) fn check_letterhead(document: &CitedDocumentJson, record: &SourceRecord) -> Result<(), String> {
    let id = &document.id;
    let differs = |what: &str, stands: &str, said: &str| Err(format!("文件 {id} 的{what}是“{stands}”，不是“{said}”"));
    if document.issuer != record.issuer {
        return differs("发文机关", &record.issuer, &document.issuer);
    }
    let (stands, said) =
        (record.number.as_deref().unwrap_or_default(), document.document_number.as_deref().unwrap_or_default());
    if figures_of(stands) != figures_of(said) {
        return differs("发文字号", stands, said);
    }
    if document.issued != record.issued {
        let day = |day: &Option<String>| day.clone().unwrap_or_default();
        return differs("发文日期", &day(&record.issued), &day(&document.issued));
    }
    Ok(())
}

/// The label of a cited clause is one, its article stands in the text before the quote ends, and its address is its own.
pub(super) fn check_label(
    document: &CitedDocumentJson,
    clause: &CitedClauseJson,
    text_before: &str,
) -> Result<(), String> {
    let id = &document.id;
    if !clause.label.is_empty() && !is_label(&clause.label) {
        return Err(format!("文件 {id} 的“{}”不是条款号", clause.label));
    }
    if let Some(article) = WRITTEN.find(&clause.label)
        && !letters(text_before).contains(article.as_str())
    {
        return Err(format!("文件 {id} 在引文之前没有“{}”", article.as_str()));
    }
    if clause.url != format!("/documents/{id}#{}", clause.id) {
        return Err(format!("引文的链接“{}”不是文件 {id} 的条款", clause.url));
    }
    Ok(())
}

/// Whether words are a label of ours rather than words of a text.
pub(super) fn is_label(words: &str) -> bool {
    LABEL.is_match(words)
}

/// The number of a value is the one that its words give.
pub(super) fn check_number(value: &ValueJson, quote: &str) -> Result<(), String> {
    let read = numbers(&value.text);
    let wrong = || Err(format!("“{}”不是{}{}", value.text, shown(&value.value), value.unit));
    match &value.value {
        DatumJson::Day(day) => {
            let parts: Vec<f64> =
                day.split('-').filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
            if parts.is_empty() || parts != read { wrong() } else { Ok(()) }
        }
        DatumJson::Whole(whole) => same(*whole as f64, &value.text, quote, &read).then_some(()).map_or_else(wrong, Ok),
        DatumJson::Number(number) => same(*number, &value.text, quote, &read).then_some(()).map_or_else(wrong, Ok),
    }
}

/// Whether a number is the one read, in units that the words or the head of their table name.
fn same(stated: f64, text: &str, quote: &str, read: &[f64]) -> bool {
    // 三分之二 has two numbers and is neither.
    if text.contains("分之") && !["百分之", "千分之", "万分之"].iter().any(|share| text.contains(share)) {
        return true;
    }
    let Some(read) = read.last().copied() else { return text.contains('半') };
    let scales = [
        (1.0, true),
        (1e4, quote.contains('万')),
        (1e8, quote.contains('亿')),
        (10.0, text.contains('成')),
        (0.1, text.contains('‰') || text.contains("千分之")),
        (0.01, text.contains("万分之") || text.contains('‱')),
        (read + 0.5, text.contains('半')),
    ];
    let near = |other: f64| (stated - other).abs() <= 1e-6 * stated.abs().max(1.0);
    scales.iter().any(|(scale, may)| *may && (near(read * scale) || near(*scale) && text.contains('半')))
}

/// The message is a phrase of the program's own; that of an emergency stands in the library's directory.
pub(super) fn check_message(answer: &AnswerJson) -> Result<(), String> {
    let known = answer.status == Status::Emergency || crate::answer::is_ours(&answer.message);
    if known { Ok(()) } else { Err("说明不是固定用语".to_owned()) }
}

/// The numbers of some words, in order: 1.5万 is 15000, 二〇二五 is 2025.
fn numbers(text: &str) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let mut run = String::new();
    for c in text.chars().map(half).chain([' ']) {
        match c {
            '0'..='9' | '.' => run.push(c),
            ',' if run.ends_with(|c: char| c.is_ascii_digit()) => {}
            _ if digit(c).is_some() || place(c).is_some() => run.push(c),
            _ => {
                found.extend(number(&std::mem::take(&mut run)));
            }
        }
    }
    // 百分之 and its kin are no number before the share.
    if text.contains("分之") && found.len() > 1 {
        found.remove(0);
    }
    found
}

/// A run of digits and places as a number.
fn number(run: &str) -> Option<f64> {
    let (mut total, mut section, mut digits) = (0.0, 0.0, String::new());
    let spoken = |digits: &mut String| std::mem::take(digits).parse::<f64>().ok();
    for c in run.chars() {
        match (digit(c), place(c)) {
            (Some(value), _) => digits.push(char::from(b'0' + value)),
            (_, Some(place)) if place >= 1e4 => {
                section += spoken(&mut digits).unwrap_or(0.0);
                total += if section == 0.0 { 1.0 } else { section } * place;
                section = 0.0;
            }
            (_, Some(place)) => section += spoken(&mut digits).unwrap_or(1.0) * place,
            (None, None) => digits.push(c),
        }
    }
    let seen = run.chars().any(|c| c.is_ascii_digit() || digit(c).is_some() || place(c).is_some());
    let rest = if digits.is_empty() { 0.0 } else { spoken(&mut digits)? };
    seen.then_some(total + section + rest)
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        c => c,
    }
}

fn digit(c: char) -> Option<u8> {
    let at = "〇一二三四五六七八九".chars().position(|known| known == c);
    let at = at.or(match c {
        '零' | '○' => Some(0),
        '两' => Some(2),
        _ => None,
    });
    at.and_then(|at| u8::try_from(at).ok())
}

fn place(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// A number in its letters and figures: 公告〔2026〕7号 and 公告2026年第7号 are one.
fn figures_of(number: &str) -> String {
    letters(number).chars().filter(|c| !matches!(c, '年' | '第' | '字')).collect()
}

/// A name in letters and figures only.
fn letters(name: &str) -> String {
    name.chars().map(half).filter(|c| c.is_alphanumeric()).collect()
}

fn shown(value: &DatumJson) -> String {
    match value {
        DatumJson::Whole(whole) => whole.to_string(),
        DatumJson::Number(number) => number.to_string(),
        DatumJson::Day(day) => day.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, value: DatumJson, quote: &str) -> bool {
        let value = ValueJson {
            citation: 1,
            kind: String::new(),
            value,
            unit: String::new(),
            scope: Vec::new(),
            text: text.to_owned(),
            start: 0,
            end: 0,
        };
        check_number(&value, quote).is_ok()
    }

    #[test]
    fn numbers_are_read_again_from_their_words() {
        use DatumJson::{Day, Number, Whole};
        for (text, value, quote) in [
            ("每人100元", Whole(100), ""),
            ("1.5万元", Whole(15_000), ""),
            ("3", Whole(30_000), "| 上限（万元） |\n| 3 |"),
            ("百分之六十", Whole(60), ""),
            ("60%", Whole(60), ""),
            ("0.2‰", Number(0.02), ""),
            ("两个月", Whole(2), ""),
            ("一千二百元", Whole(1200), ""),
            ("2025年12月31日", Day("2025-12-31".to_owned()), ""),
            ("二〇二五年三月底", Day("2025-03".to_owned()), ""),
            ("25日", Day("---25".to_owned()), ""),
        ] {
            assert!(holds(text, value.clone(), if quote.is_empty() { text } else { quote }), "{text}");
        }
        assert!(!holds("100元", Whole(1000), "每人100元"));
        assert!(!holds("12月31日", Day("--12-30".to_owned()), "12月31日"));
    }

    #[test]
    fn labels_are_told_from_words() {
        for label in ["第十二条第二款第（三）项", "三（二）", "附件1表2第3行", "二（三）15", "（八）", "第三章", "表1"]
        {
            assert!(is_label(label), "{label}");
        }
        for words in ["补贴标准", "每月五百元", "关于第三条的说明"] {
            assert!(!is_label(words), "{words}");
        }
    }
}
