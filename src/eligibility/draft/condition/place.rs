//! Places (地区): registered, living or at home in the place the document is of.

use super::{Found, Ground, Test};

pattern!(
    REGISTERED_AFTER,
    r"^(?:行政区域|辖区|区域|境)?(?:范围)?(?:之?内)?(?:依法)?(?:办理)?(?:工商)?(?:登记注册|注册登记|注册设立|登记设立|注册|登记|设立)"
);
pattern!(
    REGISTERED_BEFORE,
    r"(?:登记注册|注册登记|注册|登记)(?:地|所在地|住所)?(?:(?:和|、|及|并)[^，。；]{0,8})?(?:在|均在|于|为)$"
);
pattern!(HOUSEHOLD_AFTER, r"^(?:行政区域|辖区)?(?:内)?(?:户籍|户口|常住户口)");
pattern!(HOUSEHOLD_BEFORE, r"(?:户籍|户口)(?:所在地)?(?:在|为)$");

/// The conditions on a place that a phrase names as that of the document.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    let Some((code, names)) = ground.place else { return Vec::new() };
    let mut found = Vec::new();
    for name in names {
        for (at, word) in phrase.match_indices(name.as_str()) {
            let (before, after) = (&phrase[..at], &phrase[at + word.len()..]);
            if let Some((fact, left, right)) = relation(before, after, ground.audience) {
                let known = ground.vocabulary.get(fact).is_some();
                let range = at - left..at + word.len() + right;
                found.extend(known.then(|| Found::new(fact, Test::Within(code.to_owned()), range)));
            }
        }
    }
    found
}

/// Which fact a place belongs to, and how many bytes of it stand before and after the place.
fn relation(before: &str, after: &str, audience: &str) -> Option<(&'static str, usize, usize)> {
    let length = |found: Option<regex::Match<'_>>| found.map(|found| found.len());
    let (fact, left, right) = match audience {
        "企业" => ("registered_region", REGISTERED_BEFORE.find(before), REGISTERED_AFTER.find(after)),
        _ => ("hukou", HOUSEHOLD_BEFORE.find(before), HOUSEHOLD_AFTER.find(after)),
    };
    match (length(left), length(right)) {
        (None, None) => None,
        (left, right) => Some((fact, left.unwrap_or(0), right.unwrap_or(0))),
    }
}
