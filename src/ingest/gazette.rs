//! Gazettes (政府公报): which issue a source is, from its label, its page and its folders.

use super::RawDocument;
use super::dates::count;
use crate::policy::GazetteIssue;

/// Lines above the text that may name the issue.
const LINES_AROUND_TITLE: usize = 8;
/// Longest line that names an issue: a longer one speaks of it.
const LINE_CHARS: usize = 48;
/// Years in which gazettes of the People's Republic appeared.
const YEARS: std::ops::RangeInclusive<i16> = 1949..=2100;
/// Most issues of a year: some gazettes appear three times a month, with specials.
const ISSUES: std::ops::RangeInclusive<u16> = 1..=200;

pattern!(
    ISSUE,
    r"(\p{Han}{2,24}?公报)[》”]?[\s·•:：（(\[\-—第]*([12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})\s*年?[\s·•./（(\-—]*(?:[0-9]{1,2}月)?第?\s*([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:期|号|[）)]|$)"
);
pattern!(TOTAL, r"(\p{Han}{2,24}?公报)[^\n]{0,12}?([12][0-9]{3})\s*年[^\n]{0,12}?总第\s*([0-9]{1,4})\s*期");
pattern!(NAME, r"(\p{Han}{0,24}公报)");
pattern!(YEAR_FOLDER, r"^([12][0-9]{3})年?$");
pattern!(NUMBER_FOLDER, r"^第?\s*([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*期?$");

/// The issue a source is a part of; none when nothing says so.
pub(super) fn issue(raw: &RawDocument, text: &str, issuers: &[String]) -> Option<GazetteIssue> {
    let label =
        raw.stated.publisher.iter().map(String::as_str).chain([raw.stated.category.as_str(), raw.stem.as_str()]);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_AROUND_TITLE);
    let short = lines.filter(|line| line.chars().count() <= LINE_CHARS && line.contains("公报"));
    label.chain(short).find_map(named).or_else(|| foldered(raw, issuers))
}

/// Reports that are called 公报 and have no issues.
const REPORTS: [&str; 4] = ["统计", "状况", "质量", "普查"];

/// 江澜省人民政府公报 2023年第5期, 2023·5, 2023年（总第123期）.
fn named(words: &str) -> Option<GazetteIssue> {
    let found = ISSUE.captures(words).or_else(|| TOTAL.captures(words))?;
    whole(found.get(1)?.as_str(), found.get(2)?.as_str(), found.get(3)?.as_str())
}

fn whole(name: &str, year: &str, number: &str) -> Option<GazetteIssue> {
    let figure = |c: char| match c {
        '〇' | '○' | '零' => '0',
        c => "一二三四五六七八九".chars().zip('1'..='9').find(|(han, _)| *han == c).map_or(c, |(_, figure)| figure),
    };
    let year = year.chars().map(figure).collect::<String>().parse().ok().filter(|year| YEARS.contains(year))?;
    let number = number.parse().ok().or_else(|| u16::try_from(count(number)?).ok()).filter(|n| ISSUES.contains(n))?;
    let name =
        ["《", "“", "来源", "刊登于", "刊于", "载于"].iter().fold(name, |name, lead| name.trim_start_matches(lead));
    let report = REPORTS.iter().any(|word| name.contains(word));
    (!report).then(|| GazetteIssue { name: name.to_owned(), year, number })
}

/// 江澜省人民政府公报/2023/05 or 公报/2023年/第5期: a folder of the gazette, of the year, of the issue.
fn foldered(raw: &RawDocument, issuers: &[String]) -> Option<GazetteIssue> {
    let at = raw.folders.iter().position(|folder| NAME.is_match(folder))?;
    let folder = NAME.captures(&raw.folders[at])?.get(1)?.as_str();
    let below = &raw.folders[at + 1..];
    let year = below.iter().find_map(|folder| YEAR_FOLDER.captures(folder)?.get(1))?.as_str();
    let number = below.iter().filter(|folder| !YEAR_FOLDER.is_match(folder));
    let number = number.filter_map(|folder| NUMBER_FOLDER.captures(folder)?.get(1)).next()?.as_str();
    let name = match (folder, issuers.iter().find(|issuer| issuer.ends_with("人民政府"))) {
        ("公报" | "政府公报", Some(issuer)) => format!("{issuer}公报"),
        (folder, _) => folder.to_owned(),
    };
    whole(&name, year, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_known_in_every_writing() {
        let is = |words: &str| named(words).map(|issue| (issue.name, issue.year, issue.number));
        let of = |name: &str, year, number| Some((name.to_owned(), year, number));
        assert_eq!(is("江澜省人民政府公报 2023年第5期"), of("江澜省人民政府公报", 2023, 5));
        assert_eq!(is("《江澜省人民政府公报》2023年第12期（总第345期）"), of("江澜省人民政府公报", 2023, 12));
        assert_eq!(is("江澜省人民政府公报 2023·5"), of("江澜省人民政府公报", 2023, 5));
        assert_eq!(is("青禾县人民政府公报（2026年第3期）"), of("青禾县人民政府公报", 2026, 3));
        assert_eq!(is("江澜省人民政府公报二〇二三年第五期"), of("江澜省人民政府公报", 2023, 5));
        assert_eq!(is("江澜省人民政府公报2023年 总第123期"), of("江澜省人民政府公报", 2023, 123));
        assert_eq!(is("关于统计公报的说明"), None);
        assert_eq!(is("2023年国民经济和社会发展统计公报"), None);
    }

    #[test]
    fn folders_name_an_issue() {
        let folders = |folders: &[&str]| {
            let folders = folders.iter().map(|&folder| folder.to_owned()).collect();
            issue(&RawDocument { folders, ..RawDocument::default() }, "某办法\n第一条", &["青禾县人民政府".to_owned()])
        };
        let found = folders(&["资料", "公报", "2023", "05"]).unwrap();
        assert_eq!((found.name.as_str(), found.year, found.number), ("青禾县人民政府公报", 2023, 5));
        let found = folders(&["江澜省人民政府公报", "2023年", "第5期"]).unwrap();
        assert_eq!((found.name.as_str(), found.year, found.number), ("江澜省人民政府公报", 2023, 5));
        assert_eq!(folders(&["文件", "2023", "05"]), None);
    }
}
