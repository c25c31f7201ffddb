//! Titles (标题): under which names the documents of a library are found.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::analysis::normalise;
use crate::index::head::Head;

/// How a document carries a name, the surer ways first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Carries {
    /// It is its title, with or without its issuer before 关于.
    Whole,
    /// It issues the work: 关于印发《…》的通知.
    Issues,
    /// The same without 试行, 暂行, 修订 at the end.
    Edition,
    /// Its title begins with a name that was cut off.
    Begins,
    /// It changes the work: 关于修订《…》的通知.
    Changes,
    /// Its title holds the name beside other words.
    Holds,
}

/// Shortest name that is looked for inside titles: 实施方案 is inside thousands.
const HELD_CHARS: usize = 8;
/// Shortest beginning of a title that tells it.
const BEGUN_CHARS: usize = 12;
/// Letters of the grams by which titles that hold a name are found.
const GRAM: usize = 4;
/// Most titles looked through for a name.
const MOST_HELD: usize = 200;

/// Compiles a constant pattern.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
            Regex::new($pattern).unwrap()
        });
    };
}

pattern!(INNER, r"[《〈<]([^《》]{3,160}?(?:[《〈<][^《》]{2,120}[》〉>][^《》]{0,80}?)*)[》〉>]");
pattern!(UNQUOTED, r"(?:印发|转发|发布|公布|批转)([^《》]{6,120}?)的?(?:通知|公告|函|令)$");
pattern!(ORDER, r"^.{0,24}令?(?:第[0-9〇零一二三四五六七八九十百]+号)\s*(.{6,})$");
pattern!(EDITION, r"[（(【\[][^（）()]{0,30}(?:试行|暂行|修订|修正|试点|全国试行版|修改)[^（）()]{0,4}[）)】\]]$");

/// The documents of a library by the names of the works they carry.
pub(super) struct Titles {
    keys: HashMap<String, Vec<(usize, Carries)>>,
    /// Folded titles, by place.
    folded: Vec<String>,
    /// Places of titles by the grams they hold.
    grams: HashMap<u64, Vec<u32>>,
}

impl Titles {
    pub(super) fn new(heads: &[Head]) -> Self {
        let mut titles = Self { keys: HashMap::new(), folded: Vec::new(), grams: HashMap::new() };
        for (place, head) in heads.iter().enumerate() {
            let title: String = head.meta.title.split_whitespace().collect();
            if !head.meta.kind.is_authority() {
                titles.folded.push(String::new());
                continue;
            }
            for (name, carries) in works(&head.meta.title) {
                let held = titles.keys.entry(name).or_default();
                if !held.iter().any(|(other, _)| *other == place) {
                    held.push((place, carries));
                }
            }
            let folded = bare(&title);
            for gram in grams(&folded) {
                let held = titles.grams.entry(gram).or_default();
                if let Ok(place) = u32::try_from(place)
                    && held.last() != Some(&place)
                {
                    held.push(place);
                }
            }
            titles.folded.push(folded);
        }
        titles
    }

    /// The documents that carry a name, each in the surest way.
    pub(super) fn carrying(&self, words: &str, cut: bool) -> Vec<(usize, Carries)> {
        let mut found: Vec<(usize, Carries)> = Vec::new();
        let mut add = |place: usize, carries: Carries| match found.iter_mut().find(|(other, _)| *other == place) {
            Some((_, known)) => *known = (*known).min(carries),
            None => found.push((place, carries)),
        };
        for (name, as_named) in works(words) {
            for &(place, carries) in self.keys.get(&name).into_iter().flatten() {
                // The surest a pair can be is the less sure of the two ways that meet in the name.
                add(place, carries.max(if as_named == Carries::Issues { Carries::Whole } else { as_named }));
            }
        }
        let key = bare(words);
        for place in self.holding(&key) {
            let title = &self.folded[place];
            let begins = cut && key.chars().count() >= BEGUN_CHARS && about(title).starts_with(about(&key));
            add(place, if begins { Carries::Begins } else { Carries::Holds });
        }
        found
    }

    /// Titles that hold a name, found by its rarest gram.
    fn holding(&self, key: &str) -> Vec<usize> {
        let name = about(key);
        if name.chars().count() < HELD_CHARS {
            return Vec::new();
        }
        let rarest =
            grams(name).map(|gram| self.grams.get(&gram).map_or(&[][..], Vec::as_slice)).min_by_key(|held| held.len());
        let held = rarest.into_iter().flatten().map(|&place| place as usize);
        held.filter(|&place| self.folded[place].contains(name)).take(MOST_HELD).collect()
    }
}

/// The folded names under which a title's work is found: itself, without issuer, what it issues, without 试行.
fn works(title: &str) -> Vec<(String, Carries)> {
    let title: String = title.trim().to_owned();
    let flat: String = title.split_whitespace().collect();
    let mut found: Vec<(String, Carries)> = Vec::new();
    let mut add = |name: &str, carries: Carries| {
        let key = bare(name);
        let (short, edition) = (bare(EDITION.replace(name, "").as_ref()), EDITION.is_match(name));
        found.push((about(&key).to_owned(), carries));
        found.push((key, carries));
        if edition {
            found.push((about(&short).to_owned(), Carries::Edition.max(carries)));
        }
    };
    add(&flat, Carries::Whole);
    let changes = ["修订", "修改", "废止", "修正", "征求", "实施《", "实施〈"].iter().any(|word| {
        // 实施《…法》办法 is another work; a work of its own name may hold 修订 inside 《》.
        let outside = INNER.replace_all(&flat, "《》");
        outside.contains(word)
    });
    for captures in INNER.captures_iter(&flat) {
        if let Some(inner) = captures.get(1) {
            let whole = flat.len() == inner.len() + "《》".len();
            add(
                inner.as_str(),
                if whole {
                    Carries::Whole
                } else if changes {
                    Carries::Changes
                } else {
                    Carries::Issues
                },
            );
        }
    }
    if !flat.contains('《')
        && let Some(inner) = UNQUOTED.captures(&flat).and_then(|captures| captures.get(1))
    {
        add(inner.as_str(), Carries::Issues);
    }
    if let Some(inner) = ORDER.captures(&title).and_then(|captures| captures.get(1)) {
        add(inner.as_str(), Carries::Issues);
    }
    found.retain(|(name, _)| !name.is_empty());
    found
}

/// Letters and figures of a title, folded.
pub(super) fn bare(title: &str) -> String {
    normalise(title).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A folded title without the issuer before 关于 and without 关于: 县政府关于加强… is named 《关于加强…》 and 《加强…》.
fn about(key: &str) -> &str {
    /// Bytes of the longest chain of issuers.
    const ISSUERS_BYTES: usize = 120;
    match key.split_once("关于") {
        Some((issuer, rest)) if issuer.len() <= ISSUERS_BYTES && rest.chars().count() >= HELD_CHARS => rest,
        _ => key,
    }
}

fn grams(key: &str) -> impl Iterator<Item = u64> + '_ {
    let letters: Vec<u64> = key.chars().map(|c| u64::from(u32::from(c))).collect();
    let count = letters.len().saturating_sub(GRAM - 1);
    (0..count).map(move |at| {
        letters[at..at + GRAM].iter().fold(0u64, |hash, letter| hash.wrapping_mul(0x0010_0001).wrapping_add(*letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carries(title: &str, name: &str) -> Option<Carries> {
        let named: Vec<_> = works(name);
        works(title)
            .into_iter()
            .filter(|(key, _)| named.iter().any(|(other, _)| other == key))
            .map(|(_, way)| way)
            .min()
    }

    #[test]
    fn a_work_is_found_under_its_names() {
        assert_eq!(carries("关于印发《甲县高龄津贴办法》的通知", "甲县高龄津贴办法"), Some(Carries::Issues));
        assert_eq!(carries("甲县人民政府关于加强防汛工作的意见", "关于加强防汛工作的意见"), Some(Carries::Whole));
        assert_eq!(carries("甲县高龄津贴发放办法（试行）", "甲县高龄津贴发放办法"), Some(Carries::Edition));
        assert_eq!(carries("关于修订《甲县高龄津贴办法》的通知", "甲县高龄津贴办法"), Some(Carries::Changes));
        assert_eq!(carries("甲部令第21号 某某管理条例实施细则", "某某管理条例实施细则"), Some(Carries::Issues));
        assert_eq!(carries("甲县政府办公室关于印发政务大厅建设方案的通知", "政务大厅建设方案"), Some(Carries::Issues));
        assert_eq!(carries("甲县高龄津贴办法实施细则", "甲县高龄津贴办法"), None);
    }
}
