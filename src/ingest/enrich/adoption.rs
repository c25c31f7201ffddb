//! The adoption note (题注): who passed, issued or revised a law, as the lines below its title say.

use jiff::civil::Date;

use crate::ingest::{find_dates, parse_date};
use crate::policy::DocumentKind;

/// Longest note of adoptions and revisions; the criminal law's has some nine hundred characters.
const ADOPTION_CHARS: usize = 1000;

/// Within how many characters after the name of a congress 会议上 stands.
const SPEECH_CHARS: usize = 10;

pattern!(
    PEOPLES_CONGRESS,
    r"第[一二三四五六七八九十]{1,3}届全国人民代表大会(常务委员会)?第[一二三四五六七八九十]{1,4}次会议"
);
pattern!(LOCAL_CONGRESS, r"(\p{Han}{2,9}?[省市区州县])第?[一二三四五六七八九十]{1,3}届人民代表大会(常务委员会)?");
pattern!(LOCAL_GOVERNMENT, r"(\p{Han}{2,9}?[省市区州]人民政府)(?:令|第?[0-9一二三四五六七八九十]{1,4}次)");
pattern!(COUNCIL, r"国务院令|国务院第[一二三四五六七八九十0-9]{1,4}次常务会议|日\s*国务院发布");
pattern!(
    MINISTRY,
    r"(\p{Han}{2,30}?(?:部|委员会|总局|署|局))(?:令第|第?[0-9一二三四五六七八九十]{1,4}次(?:部|委|局|署)务会议)"
);
// The end of a notice of revision; inside the title of a decision (《关于修订……》) the word ends none.
pattern!(REVISED, r"(?:修订|修正)(?:$|[\s　）)、，,；;。0-9]|根据|通过|公布|发布|并)");
/// Where a notice of revision may begin.
const BEGINNINGS: [&str; 6] = ["\n", "。", "根据", "　", "（", "("];
/// Longest notice of one revision kept.
const REVISION_CHARS: usize = 200;
pattern!(JUDGES, r"[^\n]{6,16}\s*最高人民法院审判委员会第[0-9]{1,5}次会议[^\n，。；]{0,8}通过");
pattern!(IN_FORCE, r"(?m)^\s*([12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)\s*起?(?:施行|实施)\s*$");

/// Who adopted the text, as the note below the title of laws and regulations says, and what kind that makes it.
pub(super) fn adopter(text: &str) -> Option<(String, DocumentKind)> {
    let note = adoption_note(text);
    let note = note.as_str();
    let committee = |found: Option<regex::Match<'_>>| found.map_or("", |found| found.as_str()).to_owned();
    if let Some(captures) = PEOPLES_CONGRESS.captures(note) {
        return Some((format!("全国人民代表大会{}", committee(captures.get(1))), DocumentKind::Law));
    }
    // 在某市第十四届人民代表大会第四次会议上: a speech is held there, nothing adopted.
    let passed = LOCAL_CONGRESS.captures(note).filter(|captures| {
        let (from, to) = captures.get(0).map_or((0, 0), |whole| (whole.start(), whole.end()));
        !note[..from].ends_with('在')
            && !note[from..].starts_with('在')
            && !note[to..].chars().take(SPEECH_CHARS).any(|c| c == '上')
    });
    if let Some(captures) = passed {
        let place = captures.get(1).map_or("", |place| place.as_str());
        return Some((
            format!("{}人民代表大会{}", after_date(place), committee(captures.get(2))),
            DocumentKind::LocalRegulation,
        ));
    }
    if let Some(name) = LOCAL_GOVERNMENT.captures(note).and_then(|captures| captures.get(1)) {
        return Some((after_date(name.as_str()).to_owned(), DocumentKind::Rule));
    }
    if COUNCIL.is_match(note) {
        return Some(("国务院".to_owned(), DocumentKind::Regulation));
    }
    let name = MINISTRY.captures(note).and_then(|captures| captures.get(1))?.as_str();
    let name = after_date(name);
    let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
    // The Central Military Commission issues such texts together with the State Council.
    let kind = if name.contains("军事委员会") { DocumentKind::Regulation } else { DocumentKind::Rule };
    Some((name.to_owned(), kind))
}

/// The note below the title of laws and regulations: who adopted and who revised them. Articles quote other adoptions,
/// so it ends where they begin.
fn adoption_note(text: &str) -> String {
    let end = text.find("第一条").or_else(|| text.find("第一章")).unwrap_or(text.len());
    text[..end].chars().take(ADOPTION_CHARS).collect()
}

/// A name without the words that stand before it in a note: 2011年1月8日经某部.
fn after_date(name: &str) -> &str {
    let name = name.rsplit(['日', '经', '由', '据', '》']).next().unwrap_or(name);
    // The title may run into the name.
    let titles =
        ["办法", "规定", "条例", "细则", "决定"].iter().filter_map(|end| name.rfind(end).map(|at| at + end.len()));
    &name[titles.max().unwrap_or(0)..]
}

/// The words of the last revision, when the note tells of one, and its day.
pub(super) fn last_revision(text: &str) -> Option<(String, Option<Date>)> {
    if !text.contains("第一条") {
        return None;
    }
    let note = adoption_note(text);
    let words = revision(&note).or_else(|| adopted_again(&note))?;
    let day = find_dates(words).first().map(|(_, day)| *day);
    Some((words.to_owned(), day))
}

/// From the words that begin the last notice of revision to its verb.
fn revision(note: &str) -> Option<&str> {
    let mut ends = REVISED.find_iter(note).map(|found| found.start() + "修订".len());
    let (mut before, mut last) = (0, ends.next()?);
    for end in ends {
        (before, last) = (last, end);
    }
    let part = note.get(before..last)?;
    let begins = BEGINNINGS.iter().filter_map(|word| part.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let words = part.get(begins..)?.trim_matches([' ', '　', '）', ')', '，', '、', '；', '\n']);
    let spare = words.chars().count().saturating_sub(REVISION_CHARS);
    words.char_indices().nth(spare).map(|(at, _)| &words[at..])
}

/// A judicial interpretation that the court passed a second time was revised: its note does not use the word.
fn adopted_again(note: &str) -> Option<&str> {
    let mut sittings = JUDGES.find_iter(note);
    sittings.next()?;
    sittings.last().map(|sitting| sitting.as_str().trim())
}

/// The day of commencement that the note gives in a line of its own (2024年1月1日 施行), the last one.
pub(super) fn in_force_from(text: &str) -> Option<Date> {
    let note = adoption_note(text);
    let day = IN_FORCE.captures_iter(&note).last()?;
    parse_date(day.get(1)?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_tells_who_and_what_kind() {
        let of = |note: &str| adopter(&format!("某某\n\n{note}\n\n第一条 某某。")).unwrap();
        let law = of("1999年4月29日 第九届全国人民代表大会常务委员会第九次会议通过");
        assert_eq!(law, ("全国人民代表大会常务委员会".to_owned(), DocumentKind::Law));
        let local = of("2022年12月29日 江澜市第七届人民代表大会常务委员会第十四次会议通过");
        assert_eq!(local, ("江澜市人民代表大会常务委员会".to_owned(), DocumentKind::LocalRegulation));
        let council = of("2019年10月8日 国务院第66次常务会议通过");
        assert_eq!(council, ("国务院".to_owned(), DocumentKind::Regulation));
        let ministry = of("2008年7月17日 经人力资源和社会保障部第6次部务会议通过");
        assert_eq!(ministry, ("人力资源和社会保障部".to_owned(), DocumentKind::Rule));
        let government = of("2010年1月1日江澜省人民政府第5次常务会议通过");
        assert_eq!(government, ("江澜省人民政府".to_owned(), DocumentKind::Rule));
    }

    #[test]
    fn the_last_revision_is_told_with_its_day() {
        let of = |note: &str| last_revision(&format!("某某规定\n{note}\n第一章 总则 第一条 某某。"));
        let day = |year, month, day| Some(jiff::civil::date(year, month, day));
        let run_on = "（2001年9月11日某部令第1号公布根据2015年4月30日《某部关于修改部分规章的决定》第一次修订\
                      根据2019年12月31日《某部关于修改部分规章的决定》第二次修订）";
        let expected = "2019年12月31日《某部关于修改部分规章的决定》第二次修订";
        assert_eq!(of(run_on), Some((expected.to_owned(), day(2019, 12, 31))));
        let titled = "2018年1月1日某会议通过 根据2020年3月1日《关于修订某条例等五件法规的决定》修正";
        assert_eq!(of(titled).unwrap().1, day(2020, 3, 1));
        let court = "2003年12月4日 最高人民法院审判委员会第1299次会议通过\n2022年2月15日 最高人民法院审判委员会第1864次会议通过\n2022年5月1日 施行";
        assert_eq!(of(court).unwrap().1, day(2022, 2, 15));
        assert_eq!(in_force_from(&format!("某规定\n{court}\n第一条")), day(2022, 5, 1));
        assert_eq!(of("2003年12月4日 最高人民法院审判委员会第1299次会议通过"), None);
    }
}
