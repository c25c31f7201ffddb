//! The adoption note (题注): who passed, issued or revised a law, as the lines below its title say.

use crate::policy::DocumentKind;

/// Longest note of adoptions and revisions; the criminal law's has some nine hundred characters.
const ADOPTION_CHARS: usize = 1000;

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
pattern!(REVISED, r"[^\n。]{0,60}(?:修订|修正)[^\n。]{0,20}");

/// Who adopted the text, as the note below the title of laws and regulations says, and what kind that makes it.
pub(super) fn adopter(text: &str) -> Option<(String, DocumentKind)> {
    let note = adoption_note(text);
    let note = note.as_str();
    let committee = |found: Option<regex::Match<'_>>| found.map_or("", |found| found.as_str()).to_owned();
    if let Some(captures) = PEOPLES_CONGRESS.captures(note) {
        return Some((format!("全国人民代表大会{}", committee(captures.get(1))), DocumentKind::Law));
    }
    if let Some(captures) = LOCAL_CONGRESS.captures(note) {
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

/// The words of the last revision, when the note tells of one.
pub(super) fn last_revision(text: &str) -> Option<String> {
    if !text.contains("第一条") {
        return None;
    }
    let note = adoption_note(text);
    REVISED.find_iter(&note).last().map(|found| found.as_str().trim().to_owned())
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
}
