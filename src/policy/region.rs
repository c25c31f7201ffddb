//! Places (行政区划): codes, names, hierarchy.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Level;

/// A division code (行政区划代码): six digits of GB/T 2260, or nine to twelve with township digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(String);

impl RegionCode {
    /// Parses a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ok = matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|b| b.is_ascii_digit());
        ok.then(|| Self(text.to_owned()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level the code itself tells: GB/T 2260 has two digits each for province, prefecture and county.
    #[must_use]
    pub fn level(&self) -> Level {
        match self.0.len() {
            6 if self.0.ends_with("0000") => Level::Provincial,
            6 if self.0.ends_with("00") => Level::Prefecture,
            6 => Level::County,
            _ => Level::Township,
        }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = String;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value).ok_or_else(|| format!("“{value}” 不是行政区划代码；应为 6、9 或 12 位数字"))
    }
}

impl From<RegionCode> for String {
    fn from(value: RegionCode) -> Self {
        value.0
    }
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its full name.
    pub name: String,
    /// The place it belongs to.
    pub parent: Option<RegionCode>,
    /// Its level.
    pub level: Level,
    /// Short and other names.
    pub aliases: Vec<String>,
}

/// How a document's place lies to the place asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegionFit {
    /// The very place.
    Same,
    /// A place above it: its documents hold there too; with the number of steps up.
    Above(u8),
    /// A place inside it.
    Below(u8),
    /// Nationwide, or the document names no place.
    Everywhere,
    /// Somewhere else.
    Elsewhere,
}

impl RegionFit {
    /// Whether a document with this fit holds for the place asked about.
    #[must_use]
    pub fn applies(self) -> bool {
        !matches!(self, Self::Elsewhere | Self::Below(_))
    }
}

/// All places known, with their hierarchy (地名录).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Region>", into = "Vec<Region>")]
pub struct Gazetteer {
    regions: Vec<Region>,
    by_code: HashMap<RegionCode, usize>,
    by_name: HashMap<String, Vec<usize>>,
    longest_name: usize,
}

impl From<Vec<Region>> for Gazetteer {
    fn from(regions: Vec<Region>) -> Self {
        let mut by_code = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut longest_name = 0;
        for (index, region) in regions.iter().enumerate() {
            by_code.insert(region.code.clone(), index);
            for name in std::iter::once(&region.name).chain(&region.aliases) {
                longest_name = longest_name.max(name.chars().count());
                by_name.entry(name.clone()).or_default().push(index);
            }
        }
        Self { regions, by_code, by_name, longest_name }
    }
}

impl From<Gazetteer> for Vec<Region> {
    fn from(gazetteer: Gazetteer) -> Self {
        gazetteer.regions
    }
}

impl Gazetteer {
    /// All places.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The place with this code.
    #[must_use]
    pub fn get(&self, code: &RegionCode) -> Option<&Region> {
        self.by_code.get(code).map(|&index| &self.regions[index])
    }

    /// The places that bear this name or alias.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Region> {
        self.by_name.get(name).into_iter().flatten().map(|&index| &self.regions[index])
    }

    /// Place names in a text, the longest at each position, with their byte ranges.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<(std::ops::Range<usize>, Vec<&Region>)> {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut found = Vec::new();
        let mut from = 0;
        while from + 1 < bounds.len() {
            let longest = self.longest_name.min(bounds.len() - 1 - from);
            let hit = (2..=longest).rev().find_map(|len| {
                let range = bounds[from]..bounds[from + len];
                self.by_name.get(&text[range.clone()]).map(|indexes| (len, range, indexes))
            });
            match hit {
                Some((len, range, indexes)) => {
                    found.push((range, indexes.iter().map(|&index| &self.regions[index]).collect()));
                    from += len;
                }
                None => from += 1,
            }
        }
        found
    }

    /// The place and the places above it, from itself upwards.
    #[must_use]
    pub fn lineage(&self, code: &RegionCode) -> Vec<&Region> {
        let mut line = Vec::new();
        let mut at = self.get(code);
        while let Some(region) = at {
            if line.len() > 8 {
                break; // a cycle in hand-edited data must not hang the service
            }
            line.push(region);
            at = region.parent.as_ref().and_then(|parent| self.get(parent));
        }
        line
    }

    /// How a document of `of` lies to the place `asked` about.
    #[must_use]
    pub fn fit(&self, asked: &RegionCode, of: Option<&RegionCode>) -> RegionFit {
        let Some(of) = of else { return RegionFit::Everywhere };
        let steps = |line: &[&Region], code: &RegionCode| {
            line.iter().position(|region| &region.code == code).and_then(|steps| u8::try_from(steps).ok())
        };
        match (steps(&self.lineage(asked), of), steps(&self.lineage(of), asked)) {
            _ if asked == of => RegionFit::Same,
            (Some(up), _) => RegionFit::Above(up),
            (_, Some(down)) => RegionFit::Below(down),
            _ => RegionFit::Elsewhere,
        }
    }
}
