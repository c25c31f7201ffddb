//! The cover of a standard (标准封面): number, title, dates and issuers stand in a fixed order, and the names of the kind
//! and of the class above the title are none.

use jiff::civil::Date;

use super::{issuers, tidy};
use crate::ingest::find_dates;

/// Lines among which the cover stands.
const COVER_LINES: usize = 30;
/// Most lines between the name of the kind (国家标准) and the number, either way.
const NEAR: usize = 4;
/// Most lines of names below the dates.
const NAME_LINES: usize = 6;
/// Longest name of a kind of standard, in characters: 中华人民共和国国家职业卫生标准.
const LONGEST_KIND: usize = 20;

pattern!(NUMBER, r"^[A-Z]{1,4}[0-9]{0,2}(?:/[A-Z]{0,3})?[0-9]{1,6}(?:\.[0-9]{1,3})*[-—－–―](?:19|20)?[0-9]{2}$");

/// What the cover says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cover {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) published: Option<Date>,
    pub(super) effective: Option<Date>,
    pub(super) issuers: Vec<String>,
}

/// Reads the cover of a standard; nothing when the text has none.
pub(super) fn cover(text: &str) -> Option<Cover> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(COVER_LINES).collect();
    let squeezed: Vec<String> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
    let kind = squeezed.iter().position(|line| is_kind(line))?;
    let number =
        (kind.saturating_sub(NEAR)..squeezed.len().min(kind + NEAR)).find(|at| NUMBER.is_match(&squeezed[*at]))?;
    let from = number.max(kind) + 1;
    let title: Vec<&String> = squeezed[from..]
        .iter()
        .skip_while(|line| line.starts_with(['（', '(']) || line.starts_with("代替"))
        .take_while(|line| is_of_title(line))
        .collect();
    if title.is_empty() {
        return None;
    }
    let dated = squeezed.iter().position(|line| line.contains("发布") && line.ends_with("实施"));
    let days = dated.map(|at| find_dates(&squeezed[at].replace(['－', '—', '–'], "-"))).unwrap_or_default();
    let day = |at: usize| days.get(at).map(|(_, day)| *day);
    let below = dated.map_or(&[][..], |at| &squeezed[at + 1..]);
    let names = below.iter().take(NAME_LINES).map(|line| line.trim_start_matches("发布").trim_end_matches("发布"));
    let names = names.filter(|name| issuers::is_authority(name));
    Some(Cover {
        number: squeezed[number].clone(),
        title: tidy(&title.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
        published: day(0),
        effective: day(1),
        issuers: names.flat_map(issuers::apart).collect(),
    })
}

fn is_kind(line: &str) -> bool {
    line.chars().count() <= LONGEST_KIND
        && line.ends_with("标准")
        && !line.contains("关于")
        && ["国家", "地方", "行业", "团体"].iter().any(|word| line.contains(word))
}

fn is_of_title(line: &str) -> bool {
    let first = line.chars().next();
    line.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        && !first.is_some_and(|c| c.is_ascii() || c == '（')
        && !line.contains(['。', '：'])
        && !line.starts_with("本电子版")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cover_of_a_standard() {
        let text = "ICS 13.040\nZ 60\n江 澜 省 地 方 标 准\nDB99/ 815-2010\n某某行业排放标准\n通则\nEmission standard\n（发布稿）\n\
                    2010-10-22发布 2010-11-01实施\n江澜省环境保护厅\n发布\n江澜省质量技术监督局\n目 次\n前言";
        let cover = cover(text).unwrap();
        assert_eq!((cover.number.as_str(), cover.title.as_str()), ("DB99/815-2010", "某某行业排放标准通则"));
        assert_eq!(cover.issuers, ["江澜省环境保护厅", "江澜省质量技术监督局"]);
        assert_eq!(cover.published, Some(jiff::civil::date(2010, 10, 22)));
        assert_eq!(cover.effective, Some(jiff::civil::date(2010, 11, 1)));
        assert!(super::cover("关于执行国家标准\nGB 1-2010\n的通知").is_none());
    }
}
