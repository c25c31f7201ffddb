//! The issuers (发文机关): as stated, as the letterhead has them, as the title or the adoption note names them.

use super::{Draft, adoption};
use crate::ingest::{RawDocument, place, stated};
use crate::outline::Letterhead;
use crate::policy::DocumentNumber;

pattern!(ISSUER_IN_TITLE, r"^(.{2,60}?)(?:关于|印发|转发|批转|对.{2,30}的(?:批复|答复|复函))");
pattern!(
    AUTHORITY,
    r"(?:政府|办公厅|办公室|厅|局|委|委员会|部|院|会|署|总局|中心|银行|组|社|人大|军委|等.{0,6}部门|办)$"
);

/// Finds the issuers.
pub(super) fn issuers(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) -> Vec<String> {
    let some = |names: Vec<String>| Some(names).filter(|names| !names.is_empty());
    let stated = some(raw.stated.issuers.clone())
        .or_else(|| some(letterhead.issuers.clone()))
        .or_else(|| some(issuers_of_title(&draft.meta.title)));
    let publisher = raw.stated.publisher.clone().map(|name| vec![name]);
    let inferred = adoption::adopter(text).map(|(name, _)| place::cut_joined(&name)).or(publisher);
    draft.pick("issuers", stated, inferred).unwrap_or_default()
}

/// 国务院办公厅关于… : the names before 关于, when they are names of authorities.
fn issuers_of_title(title: &str) -> Vec<String> {
    let Some(names) = ISSUER_IN_TITLE.captures(title).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let names: Vec<String> = stated::names_in(names.as_str().trim_end_matches("文件"))
        .iter()
        .flat_map(|name| place::cut_joined(name))
        .collect();
    let known = |name: &str| AUTHORITY.is_match(name) || place::is_national(name);
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
