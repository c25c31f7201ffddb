//! Reading numbering marks (识别序号) at the front of a text.

use super::super::numeral;
use super::{Marker, Style};

/// Highest number of a list that counts in Arabic digits; beyond it a number at the front is a quantity.
const MAX_ARABIC: u32 = 400;
/// Highest number in brackets; （2021） is a year.
const MAX_BRACKETED: u32 = 99;

/// Reads a numbering mark at the front of a text; none when the words after it show a reference (第十二条规定的).
pub(in super::super) fn read(text: &str) -> Option<Marker> {
    match text.chars().next()? {
        '第' => ordinal(text),
        '（' | '(' | '﹙' => bracketed(text),
        '0'..='9' | '０'..='９' => arabic(text),
        c if numeral::digit(c).is_some() || c == '十' => comma(text),
        c => single(c, text),
    }
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{a0}']).len()
}

fn ordinal(text: &str) -> Option<Marker> {
    let mut at = '第'.len_utf8();
    at += blank(&text[at..]);
    let (number, length) = ordinal_number(&text[at..])?;
    at += length;
    at += blank(&text[at..]);
    let (style, word) = [
        ("分编", Style::Subpart),
        ("部分", Style::Part),
        ("编", Style::Part),
        ("編", Style::Part),
        ("篇", Style::Part),
        ("章", Style::Chapter),
        ("节", Style::Section),
        ("節", Style::Section),
        ("条", Style::Article),
        ("條", Style::Article),
    ]
    .into_iter()
    .find_map(|(word, style)| text[at..].starts_with(word).then_some((style, word)))?;
    at += word.len();
    let mut sub = 0;
    if style == Style::Article
        && let Some(rest) = text[at..].strip_prefix('之')
        && let Some((value, length)) = numeral::read(rest)
    {
        sub = value;
        at += '之'.len_utf8() + length;
    }
    if number == 0 || refers(&text[at..]) {
        return None;
    }
    Some(Marker { sub, portion: word == "部分", ..Marker::new(style, number, text, at) })
}

/// A numeral of 第…条; a dash typed for 一 (第三十－条) counts as 一.
fn ordinal_number(text: &str) -> Option<(u32, usize)> {
    let (number, length) = numeral::read(text)?;
    let dash = text[length..].chars().next().filter(|c| matches!(c, '－' | '—' | '―' | '─'));
    match dash {
        Some(dash) if text[..length].ends_with('十') => Some((number + 1, length + dash.len_utf8())),
        _ => Some((number, length)),
    }
}

/// Words and marks that directly follow an ordinal only when it is mentioned, not when it opens a clause.
const REFERRING: [&str; 34] = [
    "规定", "所", "的", "第", "至", "、", "和", "或", "与", "及", "以及", "之", "，", ",", "；", ";", "。", "）", ")",
    "》", "”", "』", "」", "款", "项", "目", "修改", "中的", "以外", "以内", "有关", "～", "~", "—",
];

fn refers(rest: &str) -> bool {
    if REFERRING.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // 第十二条 第一款 with a stray space is a reference too.
    let next = rest.trim_start();
    if next.len() == rest.len() {
        return false;
    }
    let counted = next.strip_prefix('第').and_then(|tail| {
        let (_, length) = numeral::read(tail)?;
        Some(["款", "项", "目"].iter().any(|word| tail[length..].starts_with(word)))
    });
    counted == Some(true) || next.starts_with(['、', '，', '；', '。', '）', '”'])
}

fn bracketed(text: &str) -> Option<Marker> {
    let mut at = text.chars().next()?.len_utf8();
    at += blank(&text[at..]);
    let (number, length) = numeral::read(&text[at..])?;
    let style = if numeral::arabic(&text[at..]).is_some() { Style::ArabicParen } else { Style::Paren };
    at += length;
    at += blank(&text[at..]);
    at += text[at..].chars().next().filter(|c| matches!(c, '）' | ')' | '﹚'))?.len_utf8();
    if number == 0 || number > MAX_BRACKETED || bracket_refers(&text[at..]) {
        return None;
    }
    if let Some(stop) = text[at..].chars().next().filter(|c| matches!(c, '、' | '.' | '．')) {
        at += stop.len_utf8();
    }
    Some(Marker::new(style, number, text, at))
}

/// Whether （一） is only mentioned: （一）、（二）项, （一）至（三）项; but （一）项目建设 and （二）及时公开 open clauses.
fn bracket_refers(rest: &str) -> bool {
    let list = ["、", "至", "和", "或", "及", "与", "到", "—", "-"]
        .iter()
        .filter_map(|word| rest.strip_prefix(word))
        .any(|tail| tail.starts_with(['（', '(', '第']));
    let counter = [("项", "目"), ("款", "项"), ("目", "标录的前")]
        .iter()
        .filter_map(|&(word, open)| rest.strip_prefix(word).map(|tail| (tail, open)))
        .any(|(tail, open)| !tail.starts_with(|c| open.contains(c)));
    list || counter || rest.starts_with(['，', '；', '。', '）', ')', '”'])
}

fn comma(text: &str) -> Option<Marker> {
    let (number, mut at) = numeral::chinese(text)?;
    at += blank(&text[at..]);
    at += text[at..].chars().next().filter(|c| matches!(c, '、' | '.' | '．' | '﹑'))?.len_utf8();
    let listed = numeral::chinese(&text[at..]).is_some_and(|(_, length)| {
        let tail = &text[at + length..];
        ["、", "中全会", "届", "线", "级", "类", "季度", "产业", "号"].iter().any(|word| tail.starts_with(word))
    });
    (number > 0 && number <= MAX_BRACKETED && !listed).then(|| Marker::new(Style::Comma, number, text, at))
}

fn arabic(text: &str) -> Option<Marker> {
    let (number, digits) = numeral::arabic(text)?;
    if number == 0 || number > MAX_ARABIC {
        return None;
    }
    let mut at = digits + blank(&text[digits..]);
    let stop = text[at..].chars().next()?;
    at += stop.len_utf8();
    let next = text[at..].chars().next();
    let digit_next = next.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    match stop {
        '）' | ')' => Some(Marker::new(Style::HalfParen, number, text, at)),
        '.' | '．' if digit_next => decimal(text),
        '.' | '．' | '、' | '﹒' => {
            let listed = digit_next
                && numeral::arabic(&text[at..]).is_some_and(|(_, length)| text[at + length..].starts_with('、'));
            (!listed).then(|| Marker::new(Style::Arabic, number, text, at))
        }
        _ => None,
    }
}

/// Units after which 1.5 is a quantity and not a clause number.
const QUANTITY: &str = "万亿元倍个米公吨亩折%％‰版℃";

fn decimal(text: &str) -> Option<Marker> {
    let mut numbers = [0u32; 4];
    let (mut count, mut at) = (0, 0);
    loop {
        let (number, length) = numeral::arabic(&text[at..])?;
        if count == numbers.len() || number == 0 || number > MAX_BRACKETED {
            return None;
        }
        numbers[count] = number;
        count += 1;
        at += length;
        let rest = &text[at..];
        let dotted = rest.strip_prefix(['.', '．']);
        match dotted.and_then(|tail| tail.chars().next()) {
            Some(c) if c.is_ascii_digit() || ('０'..='９').contains(&c) => {
                at += rest.len() - dotted.map_or(0, str::len)
            }
            _ => break,
        }
    }
    let style = match count {
        2 => Style::Decimal2,
        3 => Style::Decimal3,
        4 => Style::Decimal4,
        _ => return None,
    };
    if let Some(stop) = text[at..].chars().next().filter(|c| matches!(c, '.' | '．' | '、')) {
        at += stop.len_utf8();
    }
    let opens = text[at..].chars().next().is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '“' | '《' | '〈')
            || ('\u{4e00}'..='\u{9fff}').contains(&c) && !QUANTITY.contains(c)
    });
    let mut above = [0u8; 3];
    for (slot, number) in above.iter_mut().zip(&numbers[..count - 1]) {
        *slot = u8::try_from(*number).unwrap_or(u8::MAX);
    }
    opens.then(|| Marker { above, ..Marker::new(style, numbers[count - 1], text, at) })
}

/// Marks that are one character: ①, ⑴, ㈠, ⒈.
fn single(c: char, text: &str) -> Option<Marker> {
    let code = c as u32;
    let (style, first) = match code {
        0x2460..=0x2473 => (Style::Circled, 0x2460),
        0x2776..=0x277f => (Style::Circled, 0x2776),
        0x2474..=0x2487 => (Style::ArabicParen, 0x2474),
        0x2488..=0x249b => (Style::Arabic, 0x2488),
        0x3220..=0x3229 => (Style::Paren, 0x3220),
        _ => return None,
    };
    Some(Marker::new(style, code - first + 1, text, c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        use Style::*;
        for (text, style, number, sub) in [
            ("第十二条　为了", Article, 12, 0),
            ("第十二条之一 为了", Article, 12, 1),
            ("第12条 为了", Article, 12, 0),
            ("第三十－条 在", Article, 31, 0),
            ("第 一 章 总则", Chapter, 1, 0),
            ("第一分编 通则", Subpart, 1, 0),
            ("第二部分　要求", Part, 2, 0),
            ("十一、加强", Comma, 11, 0),
            ("(三)项目建设", Paren, 3, 0),
            ("（二）及时公开", Paren, 2, 0),
            ("㈡及时公开", Paren, 2, 0),
            ("１．推进", Arabic, 1, 0),
            ("35、推进", Arabic, 35, 0),
            ("（1）推进", ArabicParen, 1, 0),
            ("2）推进", HalfParen, 2, 0),
            ("③推进", Circled, 3, 0),
            ("1.2编制依据", Decimal2, 2, 0),
            ("1.4.3 分工", Decimal3, 3, 0),
        ] {
            let marker = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((marker.style, marker.number, marker.sub), (style, number, sub), "{text}");
        }
    }

    #[test]
    fn mentions_are_not_marks() {
        for text in [
            "第十二条规定的行为",
            "第十二条、第十三条",
            "第十二条第二款",
            "第十二条 第二款",
            "第一章规定",
            "第三款所列",
            "（一）、（二）项",
            "（一）至（三）项规定",
            "（三）项规定",
            "一、二、三等奖",
            "三、四中全会",
            "1.5万元",
            "2021.5",
            "2021年",
            "（2021）",
            "1、2、3号楼",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
