//! What stands around the text (公开属性、附件、抄送、其他要素): values of the closing part and of the page together.

use jiff::civil::Date;

use super::{Claim, Draft};
use crate::ingest::{RawDocument, Stated, parse_date};
use crate::outline::Letterhead;
use crate::policy::{Attachment, Disclosure, Place};

/// Values of the letterhead that have a field of their own and are not kept a second time.
const ELSEWHERE: [&str; 5] = ["索引号", "主题分类", "发布日期", "施行日期", "失效日期"];

/// A value of the letterhead by its Chinese name.
pub(super) fn element(letterhead: &Letterhead, name: &str) -> Claim<String> {
    let found = letterhead.elements.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| (value.clone(), Place::Head))
}

/// A day of the letterhead by its Chinese name.
pub(super) fn day(letterhead: &Letterhead, name: &str) -> Claim<Date> {
    element(letterhead, name).and_then(|(value, place)| Some((parse_date(&value)?, place)))
}

/// 公开属性. Where page and text differ the stricter one holds: a document shown by mistake cannot be taken back.
pub(super) fn disclosure(draft: &mut Draft, raw: &RawDocument, letterhead: &Letterhead) {
    let page = raw.stated.disclosure.map(|disclosure| (disclosure, raw.stated.place_of("disclosure")));
    let text = letterhead.disclosure.as_ref().map(|(_, disclosure)| (*disclosure, Place::Imprint));
    let strict = |claim: &Claim<Disclosure>| match claim {
        Some((Disclosure::Withheld, _)) => 2,
        Some((Disclosure::OnRequest, _)) => 1,
        _ => 0,
    };
    let (first, second) = if strict(&text) > strict(&page) && page.is_some() { (text, page) } else { (page, text) };
    if let (Some((kept, kept_from)), Some((other, other_from))) = (first, second)
        && kept != other
    {
        draft.odds("disclosure", (kept.name().to_owned(), kept_from), (other.name().to_owned(), other_from));
    }
    let classified = letterhead.elements.iter().any(|(name, _)| *name == "密级");
    // A source handed over for import is one that was published, unless it says it is secret.
    let inferred =
        if classified { (Disclosure::Withheld, Place::Head) } else { (Disclosure::Proactive, Place::Default) };
    draft.meta.disclosure = draft.pick("disclosure", first.or(second), Some(inferred)).unwrap_or_default();
}

/// 附件: the list below the text, each with the address of the link of that name; then the links it does not name.
pub(super) fn attachments(draft: &mut Draft, raw: &RawDocument, letterhead: &Letterhead) {
    let mut links = raw.stated.attachments.clone();
    let place = if links.is_empty() { Place::Text } else { raw.stated.place_of("attachments") };
    let mut found: Vec<Attachment> = Vec::new();
    for title in &letterhead.attached {
        let wanted = bare(title);
        let at = links.iter().position(|link| {
            let named = bare(&link.title);
            named.contains(&wanted) || !named.is_empty() && wanted.contains(named.trim_start_matches("附件"))
        });
        let location = at.and_then(|at| links.remove(at).location);
        found.push(Attachment { title: title.clone(), location });
    }
    found.extend(links);
    let claim = Some((found, place)).filter(|(found, _)| !found.is_empty());
    draft.meta.attachments = draft.pick("attachments", claim, None).unwrap_or_default();
}

/// A title without numbers, marks and the ending of a file.
fn bare(title: &str) -> String {
    let name =
        title.rsplit_once('.').filter(|(_, ending)| ending.len() <= 4 && ending.is_ascii()).map_or(title, |(n, _)| n);
    name.chars().filter(|c| c.is_alphabetic()).collect()
}

/// 抄送 and the values that have no field of their own.
pub(super) fn elements(draft: &mut Draft, raw: &RawDocument, letterhead: &Letterhead) {
    let copied = super::some(&raw.stated.copied_to, raw.stated.place_of("copied_to"));
    let copied = copied.or_else(|| super::some(&letterhead.copied_to, Place::Imprint));
    draft.meta.copied_to = draft.pick("copied_to", copied, None).unwrap_or_default();
    let others = letterhead.elements.iter().filter(|(name, _)| !ELSEWHERE.contains(name));
    let mut elements: Vec<(String, String)> = others.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    elements.sort(); // the order in which the front matter gives them back
    let claim = Some((elements, Place::Text)).filter(|(found, _)| !found.is_empty());
    draft.meta.elements = draft.pick("elements", claim, None).unwrap_or_default();
}

/// What other parts of the source say.
pub(super) fn others(draft: &mut Draft, stated: &Stated) {
    for (field, other, place) in &stated.others {
        let kept = match field.as_str() {
            "title" => draft.meta.title.clone(),
            "published" => draft.meta.dates.published.map(|date| date.to_string()).unwrap_or_default(),
            "written" => draft.meta.dates.written.map(|date| date.to_string()).unwrap_or_default(),
            _ => continue,
        };
        draft.odds(field, (kept, stated.place_of(field)), (other.clone(), *place));
    }
}
