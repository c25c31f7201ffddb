//! Places in free words (自述中的地名): 庆阳西峰 is 西峰区 of 庆阳市.

use std::ops::Range;

use super::super::facts::Setting;
use crate::policy::{Region, RegionCode};

/// The places named, each with the bytes of all names that lead to it; a name of several places without another that
/// tells which is left out.
pub(super) fn places(text: &str, setting: Setting<'_>) -> Vec<(Range<usize>, RegionCode)> {
    let mentions = setting.places.mentions(text);
    let mut found: Vec<(Range<usize>, RegionCode)> = Vec::new();
    for (range, candidates) in &mentions {
        if is_inside_a_word(text, range, &found) {
            continue;
        }
        let before = found.last().filter(|(before, _)| joined(text, before, range)).cloned();
        let chosen = match (&before, candidates.as_slice()) {
            (Some((_, above)), candidates) => {
                let below = candidates.iter().filter(|region| lies_in(region, above, setting)).collect::<Vec<_>>();
                if let [one] = below[..] { Some(one.code.clone()) } else { None }
            }
            (None, [one]) => Some(one.code.clone()),
            // 朝阳: a district and a city; the one that contains the others is not meant for sure.
            (None, _) => None,
        };
        match (chosen, before) {
            (Some(code), Some((before, _))) => {
                found.pop();
                found.push((before.start..range.end, code));
            }
            (Some(code), None) => found.push((range.clone(), code)),
            (None, _) => {}
        }
    }
    found
}

/// Whether nothing but 省, 市, 的 or space stands between two names.
fn joined(text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
    let between = text.get(before.end..after.start).unwrap_or("x");
    between.chars().all(|c| c.is_whitespace() || matches!(c, '省' | '市' | '县' | '区' | '的'))
}

fn lies_in(region: &Region, above: &RegionCode, setting: Setting<'_>) -> bool {
    region.code != *above && setting.places.lineage(&region.code).iter().any(|place| place.code == *above)
}

/// 和县 within 青和县: a name of two letters after a Han letter that is neither a place nor leads to one.
fn is_inside_a_word(text: &str, range: &Range<usize>, found: &[(Range<usize>, RegionCode)]) -> bool {
    const LEADING: &str = "在于到是住从去来往省市州盟的为址地籍册口自";
    const ENDS: [char; 5] = ['县', '市', '区', '州', '旗'];
    const SHORT: usize = 2;
    let name = text.get(range.clone()).unwrap_or_default();
    let after_a_place = found.iter().any(|(before, _)| before.end == range.start);
    let short = name.chars().count() == SHORT && name.ends_with(ENDS);
    let led = |c: char| !('\u{4e00}'..='\u{9fff}').contains(&c) || LEADING.contains(c);
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    short && !after_a_place && !before.is_none_or(led)
}
