//! The closing part (落款、版记): signature, date, remarks, copies; it may stand before an attached document.

use super::super::date;
use super::super::phrase;
use super::super::unit::Unit;
use super::role::Role;
use super::{annex, field, head};

/// Most units that sign a joint document.
const MOST_SIGNATURES: usize = 30;

/// Longest line with a name and a date, in bytes.
const LONGEST_SIGNATURE: usize = 400;

/// Gives the units of the closing part, of annexes and of second titles their roles.
pub(super) fn read(text: &str, units: &[Unit], body: usize, roles: &mut [Role]) {
    let mut signed = false;
    let mut at = body;
    while at < units.len() {
        let words = units[at].text(text);
        if units[at].row {
            at += 1;
            continue;
        }
        if let Some(found) = annex::read(text, units, at, signed) {
            roles[at..at + found.length].fill(found.role);
            at += found.length;
            if matches!(found.role, Role::Annex(_)) {
                let titled = head::title_length(text, &units[at..]).unwrap_or(0);
                roles[at..at + titled].fill(Role::AnnexTitle);
                at += titled;
                signed = true;
            }
            continue;
        }
        if units[at].marker.is_some() {
            at += 1;
            continue;
        }
        if let Some(name) = field::closing(words) {
            roles[at] = Role::Field(name);
            if name == field::PRINTED {
                sign(text, units, at, body, roles);
            }
        } else if is_signature_date(text, units, at, body) {
            roles[at] = Role::Field(if date::whole_date(words).is_some() { field::DATE } else { field::SIGNATURE });
            sign(text, units, at, body, roles);
            signed = true;
        } else if at > 0 && signed && matches!(roles[at - 1], Role::Field(_)) {
            let length = attached_title(text, units, at, roles);
            if length > 0 {
                roles[at..at + length].fill(Role::Title);
                at += length;
                continue;
            }
        }
        at += 1;
    }
}

/// How many units at this place are the title (or first the contents) of a document that follows the notice.
fn attached_title(text: &str, units: &[Unit], at: usize, roles: &mut [Role]) -> usize {
    if let Some(length) = head::contents(text, &units[at..]) {
        roles[at..at + length].fill(Role::Contents);
        return 0;
    }
    match head::title_length(text, &units[at..]) {
        Some(length) if at + length < units.len() => length,
        _ => 0,
    }
}

/// Marks the names that stand above a date.
fn sign(text: &str, units: &[Unit], date: usize, body: usize, roles: &mut [Role]) {
    for at in (body..date).rev().take(MOST_SIGNATURES) {
        let unit = &units[at];
        if unit.row || unit.marker.is_some() || roles[at] != Role::Body || !phrase::is_body(unit.text(text)) {
            break;
        }
        roles[at] = Role::Field(field::SIGNATURE);
    }
}

/// Whether a unit is the date of a signature: a name stands above or beside it, or nothing but a closing follows.
fn is_signature_date(text: &str, units: &[Unit], at: usize, body: usize) -> bool {
    let words = units[at].text(text);
    if words.len() > LONGEST_SIGNATURE {
        return false;
    }
    let Some((range, _)) = date::last_date(words).filter(|(range, _)| range.end == words.len()) else { return false };
    if range.start > 0 {
        return phrase::is_body(words[..range.start].trim());
    }
    let above = at > body && {
        let unit = &units[at - 1];
        unit.marker.is_none() && phrase::is_body(unit.text(text))
    };
    above
        || units.get(at + 1).is_none_or(|next| {
            field::closing(next.text(text)).is_some()
                || annex::opens(next.text(text))
                || head::title_length(text, &units[at + 1..]).is_some()
        })
}
