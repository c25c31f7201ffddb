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
