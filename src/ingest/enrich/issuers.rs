//! The issuers (发文机关): as stated, as the letterhead has them, as the title or the adoption note names them.

use super::standard::Cover;
use super::{Draft, adoption, running};
use crate::ingest::{RawDocument, place, stated};
use crate::outline::Letterhead;
use crate::policy::{DocumentNumber, Gazetteer, Level, Place, Provenance};

pattern!(ISSUER_IN_TITLE, r"^(.{2,60}?)(?:关于|印发|转发|批转|对.{2,30}的(?:批复|答复|复函))");
pattern!(
    AUTHORITY,
    r"(?:政府|办公厅|办公室|厅|局|委|委员会|部|院|会|署|总局|中心|银行|支行|分行|组|社|人大|军委|科协|残联|妇联|工商联|等.{0,6}部门|办)$"
);

pattern!(SPEAKER, r"^\p{Han}{0,20}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|主任)\s*\p{Han}{2,4}$");

// 科学技术部令第13号关于…
pattern!(ORDER, r"(?:令|公告|通告)\s*(?:[〔\[（(]?[0-9]{4}[〕\]）)]?\s*年?\s*)?第[^号]{1,8}号$");

/// Finds the issuers.
pub(super) fn issuers(
    draft: &mut Draft,
    raw: &RawDocument,
    text: &str,
    letterhead: &Letterhead,
    cover: Option<&Cover>,
) -> Vec<String> {
    let some = |names: Vec<String>, place: Place| Some((names, place)).filter(|(names, _)| !names.is_empty());
    let said = letterhead.issuers.iter().flat_map(|name| apart(name)).collect();
    let said = some(said, letterhead.issuers_from.unwrap_or(Place::Signature));
    let title = draft.meta.title.clone();
    let signed = || running::signed(text, &title).and_then(|(names, _)| some(names, Place::Signature));
    let said = said.filter(|(_, place)| *place == Place::Signature).or_else(signed).or(said_elsewhere(letterhead));
    let said = cover.and_then(|cover| some(cover.issuers.clone(), Place::Head)).or(said);
    let said = said.map(|(names, place)| (as_titled(names, &issuers_of_title(&draft.meta.title)), place));
    let catalogued =
        some(raw.stated.issuers.iter().flat_map(|name| apart(name)).collect(), raw.stated.place_of("issuers"));
    if let (Some((kept, kept_from)), Some((other, other_from))) = (&catalogued, &said)
        && !kept.iter().any(|one| other.iter().any(|two| one.contains(two.as_str()) || two.contains(one.as_str())))
    {
        draft.odds("issuers", (kept.join("、"), *kept_from), (other.join("、"), *other_from));
    }
    // The catalogue may give the title of what was issued alone.
    let titled = [draft.meta.title.as_str(), letterhead.title_text.as_str()];
    let titled = || titled.into_iter().find_map(|title| some(issuers_of_title(title), Place::Title));
    let stated = catalogued.or(said).or_else(titled);
    let publisher = raw.stated.publisher.clone().map(|name| (vec![name], Place::Publisher));
    let inferred = adoption::adopter(text).map(|(name, _)| (apart(&name), Place::Adoption)).or(publisher);
    draft.pick("issuers", stated, inferred).unwrap_or_default()
}

/// Signatures without what runs into them: the last line of a list (名单、附件) above, which names bodies too. The title
/// tells who signs.
fn as_titled(names: Vec<String>, titled: &[String]) -> Vec<String> {
    let run_in = |name: &String| titled.iter().find(|one| name.len() > one.len() && name.ends_with(one.as_str()));
    let [name] = names.as_slice() else {
        let first = titled.first().and_then(|first| names.iter().position(|name| name == first));
        let all = titled.iter().all(|one| names.contains(one));
        return first.filter(|_| all).map_or_else(|| names.clone(), |first| names[first..].to_vec());
    };
    // 国家税务总局某省税务局 ends with another's name and is one.
    let behind = run_in(name).filter(|one| !is_authority(&name[..name.len() - one.len()]));
    behind.map_or_else(|| names.clone(), |one| vec![one.clone()])
}

/// The site of a province calls its departments 人民政府 and 科学技术厅: with the place of the document the name is whole.
pub(super) fn complete(draft: &mut Draft, gazetteer: &Gazetteer) {
    let from_site = Provenance::inferred(Place::Publisher);
    let meta = &mut draft.meta;
    let inferred = meta.origins.iter().any(|(field, from)| field == "issuers" && *from == from_site);
    let Some(region) = meta.region.as_ref().and_then(|code| gazetteer.get(code)).filter(|_| inferred) else { return };
    for name in &mut meta.issuers {
        // Only provinces have 厅; a 局 may be anyone's.
        let bare = name == "人民政府" || name.ends_with('厅') && region.level == Level::Provincial;
        if bare && gazetteer.mentions(name).is_empty() && !place::is_national(name) {
            name.insert_str(0, &region.name);
        }
    }
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
        stated::names_in(ORDER.split(names.as_str()).next().unwrap_or_default().trim_end_matches("文件"))
            .iter()
            .flat_map(|name| apart(name))
            .collect();
    // 科技部教育部等十部门: the others are not named.
    let names: Vec<String> = names.into_iter().filter(|name| !name.starts_with('等')).collect();
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
    SPEAKER.is_match(line)
        || is_authority(line)
        || is_authority(line.trim_end_matches("文件"))
        || DocumentNumber::parse(line).is_some()
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

    #[test]
    fn the_title_tells_who_signs() {
        let titled = vec!["江澜省教育厅".to_owned()];
        let listed = vec!["江澜专修学院".to_owned(), "江澜省教育厅".to_owned()];
        assert_eq!(as_titled(listed, &titled), titled);
        assert_eq!(as_titled(vec!["予以修改的文件江澜省教育厅".to_owned()], &titled), titled);
        let joint = vec!["江澜省教育厅".to_owned(), "江澜省财政厅".to_owned()];
        assert_eq!(as_titled(joint.clone(), &titled), joint);
        assert_eq!(issuers_of_title("科学技术部令第13号关于修改某细则的决定"), ["科学技术部"]);
    }
}
