//! The issuers (发文机关): as stated, as the letterhead has them, as the title or the adoption note names them.

use super::{Draft, adoption, running};
use crate::ingest::{RawDocument, place, stated};
use crate::outline::Letterhead;
use crate::policy::{DocumentNumber, Place};

pattern!(ISSUER_IN_TITLE, r"^(.{2,60}?)(?:关于|印发|转发|批转|对.{2,30}的(?:批复|答复|复函))");
pattern!(
    AUTHORITY,
    r"(?:政府|办公厅|办公室|厅|局|委|委员会|部|院|会|署|总局|中心|银行|组|社|人大|军委|等.{0,6}部门|办)$"
);

/// Finds the issuers.
pub(super) fn issuers(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) -> Vec<String> {
    let some = |names: Vec<String>, place: Place| Some((names, place)).filter(|(names, _)| !names.is_empty());
    let said = letterhead.issuers.iter().flat_map(|name| apart(name)).collect();
    let said = some(said, letterhead.issuers_from.unwrap_or(Place::Signature));
    let signed = || running::signed(text).and_then(|(names, _)| some(names, Place::Signature));
    let said = said.filter(|(_, place)| *place == Place::Signature).or_else(signed).or(said_elsewhere(letterhead));
    let catalogued =
        some(raw.stated.issuers.iter().flat_map(|name| apart(name)).collect(), raw.stated.place_of("issuers"));
    if let (Some((kept, kept_from)), Some((other, other_from))) = (&catalogued, &said)
        && !kept.iter().any(|one| other.iter().any(|two| one.contains(two.as_str()) || two.contains(one.as_str())))
    {
        draft.odds("issuers", (kept.join("、"), *kept_from), (other.join("、"), *other_from));
    }
    let stated = catalogued.or(said).or_else(|| some(issuers_of_title(&draft.meta.title), Place::Title));
    let publisher = raw.stated.publisher.clone().map(|name| (vec![name], Place::Publisher));
    let inferred = adoption::adopter(text).map(|(name, _)| (apart(&name), Place::Adoption)).or(publisher);
    draft.pick("issuers", stated, inferred).unwrap_or_default()
}

/// The names in the banner or the title.
fn said_elsewhere(letterhead: &Letterhead) -> Option<(Vec<String>, Place)> {
    let names: Vec<String> = letterhead.issuers.iter().flat_map(|name| apart(name)).collect();
    let place = letterhead.issuers_from.filter(|place| *place != Place::Signature)?;
    Some((names, place)).filter(|(names, _)| !names.is_empty())
}

/// Fewest characters of a name that others can follow without a space.
const SHORTEST_NAME: usize = 3;

/// Cuts names that were written together apart: 江澜省教育厅江澜省财政厅, 财政部税务总局. A name begins anew where the place
/// the first begins with comes again after the end of a name.
pub(super) fn apart(names: &str) -> Vec<String> {
    let mut found = Vec::new();
    for names in place::cut_joined(names) {
        // 中共某省委组织部 and 某省教育厅 are of one place.
        let party = names.strip_prefix("中共").map_or(0, |_| "中共".len());
        let place_ends =
            names.char_indices().take(MAX_PLACE).find(|(_, c)| matches!(c, '省' | '市' | '县' | '区' | '州'));
        let Some(place) = place_ends.map(|(at, c)| names[party..at + c.len_utf8()].to_owned()) else {
            found.push(names);
            continue;
        };
        let starts = [place.as_str(), "中共", "国家税务总局", "中国人民银行"];
        let mut from = 0;
        for (at, _) in names.char_indices().skip(SHORTEST_NAME) {
            // 国家税务总局某省税务局 is one name.
            let ends = at - from >= SHORTEST_NAME * '省'.len_utf8()
                && AUTHORITY.is_match(&names[from..at])
                && !["国家税务总局", "中共"].iter().any(|front| names[..at].ends_with(front));
            if ends && starts.iter().any(|start| names[at..].starts_with(start)) {
                found.push(names[from..at].to_owned());
                from = at;
            }
        }
        found.push(names[from..].to_owned());
    }
    found
}

/// Longest name of a place before its kind, in characters: 内蒙古自治区.
const MAX_PLACE: usize = 8;

/// 国务院办公厅关于… : the names before 关于, when they are names of authorities.
fn issuers_of_title(title: &str) -> Vec<String> {
    let Some(names) = ISSUER_IN_TITLE.captures(title).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let names: Vec<String> =
        stated::names_in(names.as_str().trim_end_matches("文件")).iter().flat_map(|name| apart(name)).collect();
    let known = |name: &str| AUTHORITY.is_match(name) || place::is_national(name) && !name.contains("负责");
    let all = names.iter().all(|name| known(name) && !name.contains(['《', '》', '的']));
    if all { names } else { Vec::new() }
}

/// Whether a line is the name of an authority and nothing else.
pub(super) fn is_authority(line: &str) -> bool {
    AUTHORITY.is_match(line) && !line.contains("关于") && !line.contains(['《', '》', '：', '，'])
}

/// Whether a line stands above the title: an issuer, the red heading 某某文件, a number.
pub(super) fn is_above_title(line: &str) -> bool {
    is_authority(line) || is_authority(line.trim_end_matches("文件")) || DocumentNumber::parse(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_written_together_are_cut_apart() {
        let names = apart("江澜省人力资源和社会保障厅江澜省科学技术厅江澜省财政厅");
        assert_eq!(names, ["江澜省人力资源和社会保障厅", "江澜省科学技术厅", "江澜省财政厅"]);
        assert_eq!(apart("江澜省财政厅国家税务总局江澜省税务局"), ["江澜省财政厅", "国家税务总局江澜省税务局"]);
        assert_eq!(apart("财政部税务总局"), ["财政部", "税务总局"]);
        assert_eq!(apart("江澜省栖云市人民政府"), ["江澜省栖云市人民政府"]);
    }
}
