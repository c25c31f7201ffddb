//! Titles of the library as people say them (文件俗名): without the issuer, the year or the place, by their kind, by
//! the number of their measures.

use crate::analysis::{normalise, parse_number};
use crate::policy::{Gazetteer, RegionCode, work_title};
use std::collections::{HashMap, HashSet};

use super::vocabulary::KnownTitle;

/// Kinds of documents as titles end with them, the longer before the shorter they end with.
pub(super) const KINDS: &[&str] = &[
    "实施细则",
    "管理办法",
    "实施办法",
    "暂行办法",
    "实施方案",
    "工作要点",
    "工作方案",
    "实施意见",
    "若干措施",
    "若干意见",
    "若干规定",
    "若干政策",
    "工作计划",
    "要点",
    "细则",
    "办法",
    "方案",
    "意见",
    "措施",
    "规定",
    "条例",
    "规划",
    "计划",
    "通知",
    "公告",
    "通告",
    "决定",
    "清单",
    "指南",
    "解读",
    "法",
];

/// Titles known by each name, and by place and kind.
#[derive(Debug, Default)]
pub(super) struct Titles {
    titles: Vec<Entry>,
    by_name: HashMap<String, Vec<u32>>,
    by_kind: HashMap<&'static str, Vec<u32>>,
    by_measures: HashMap<u32, Vec<u32>>,
    longest: usize,
}

#[derive(Debug)]
struct Entry {
    title: String,
    region: Option<RegionCode>,
}

/// Titles of one name beyond which it names nothing: 办法 is not a title.
const MOST_ALIKE: usize = 8;
/// Shortest name of a title that counts without brackets, in characters: 劳动法 is the shortest there is.
const SHORTEST_NAME: usize = 3;

pattern!(YEAR, r"(?:19|20)[0-9]{2}\s*年度?");
pattern!(MEASURES, r"([0-9]{1,3}|[一二三四五六七八九十]{1,4})\s*条");
pattern!(ABOUT, r"^.*?关于(?:印发|公布|发布|转发|修订|修改)?");

impl Titles {
    pub(super) fn add(&mut self, known: KnownTitle<'_>, gazetteer: &Gazetteer) {
        let work = work_title(known.title);
        let number = u32::try_from(self.titles.len()).unwrap_or(u32::MAX);
        // Articles kept as documents of their own are one work.
        if self.titles.last().is_some_and(|last| last.title == work && last.region.as_ref() == known.region) {
            return;
        }
        let place = known.region.and_then(|code| gazetteer.get(code));
        let places: Vec<&str> = place
            .iter()
            .flat_map(|place| std::iter::once(&place.name).chain(&place.aliases))
            .map(String::as_str)
            .collect();
        for name in names(work, &places) {
            self.longest = self.longest.max(name.chars().count());
            self.by_name.entry(name).or_default().push(number);
        }
        let folded = normalise(work).text;
        let core = core(&folded);
        if let Some(kind) = KINDS.iter().find(|kind| core.ends_with(**kind)) {
            for kind in KINDS.iter().filter(|shorter| kind.ends_with(**shorter)) {
                self.by_kind.entry(kind).or_default().push(number);
            }
        }
        if let Some(count) = known.measures {
            self.by_measures.entry(count).or_default().push(number);
        }
        for found in MEASURES.captures_iter(&folded) {
            // A number of at most three figures.
            if let Some(count) = found.get(1).and_then(|count| parse_number(count.as_str())) {
                self.by_measures.entry(count as u32).or_default().push(number);
            }
        }
        self.titles.push(Entry { title: work.to_owned(), region: known.region.cloned() });
    }

    /// The titles with this name, said with or without issuer, place and year.
    pub(super) fn named(&self, name: &str) -> Vec<&str> {
        let folded = normalise(name).text;
        let found = self.by_name.get(&folded).or_else(|| self.by_name.get(core(&folded)));
        self.of(found)
    }

    /// The longest name of a title that a folded text has from its start on, with its titles.
    pub(super) fn at(&self, text: &str) -> Option<(usize, Vec<&str>)> {
        let ends: Vec<usize> = text.char_indices().take(self.longest).map(|(at, c)| at + c.len_utf8()).collect();
        ends.iter().skip(SHORTEST_NAME - 1).rev().find_map(|&end| {
            let found = self.by_name.get(&text[..end]).filter(|found| found.len() <= MOST_ALIKE)?;
            Some((end, self.of(Some(found))))
        })
    }

    /// The titles of a kind, of this place when one is named.
    pub(super) fn of_kind(&self, kind: &str, region: Option<&RegionCode>) -> Vec<&str> {
        self.of_place(self.by_kind.get(kind), region)
    }

    /// The titles that count their measures in their name: …的二十六条措施.
    pub(super) fn of_measures(&self, count: u32, region: Option<&RegionCode>) -> Vec<&str> {
        self.of_place(self.by_measures.get(&count), region)
    }

    fn of_place(&self, found: Option<&Vec<u32>>, region: Option<&RegionCode>) -> Vec<&str> {
        let entries = found.into_iter().flatten().filter_map(|number| self.titles.get(*number as usize));
        let of_place = entries.filter(|entry| region.is_none() || entry.region.as_ref() == region);
        let mut seen = HashSet::new();
        of_place.map(|entry| entry.title.as_str()).filter(|title| seen.insert(*title)).collect()
    }

    fn of(&self, found: Option<&Vec<u32>>) -> Vec<&str> {
        self.of_place(found, None)
    }
}

/// A title without 关于印发…的通知 around the name of what it brings: 关于印发《办法》的通知 → 办法.
fn core(folded: &str) -> &str {
    let rest = ABOUT.find(folded).map_or(folded, |about| &folded[about.end()..]);
    let rest = rest.strip_suffix("的通知").unwrap_or(rest);
    rest.trim_matches(['《', '》', '"', ' '])
}

/// The names by which a title is said: whole, without issuer, without year, without place.
fn names(title: &str, places: &[&str]) -> HashSet<String> {
    let folded: String = normalise(title).text.split_whitespace().collect();
    let mut names: HashSet<String> = HashSet::from([folded.clone(), core(&folded).to_owned()]);
    for name in names.clone() {
        names.insert(YEAR.replace(&name, "").into_owned());
    }
    for name in names.clone() {
        for place in places.iter().chain(&["中华人民共和国"]) {
            names.extend(
                name.strip_prefix(place).map(|rest| rest.trim_start_matches(['的', '省', '市', '县', '区']).to_owned()),
            );
        }
    }
    names.retain(|name| name.chars().count() >= SHORTEST_NAME && !KINDS.contains(&name.as_str()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_by_their_short_names() {
        let code = RegionCode::parse("990121").unwrap();
        let gazetteer = Gazetteer::from(vec![crate::policy::Region {
            code: code.clone(),
            name: "青禾县".to_owned(),
            parent: None,
            level: crate::policy::Level::County,
            aliases: vec!["青禾".to_owned()],
        }]);
        let mut titles = Titles::default();
        for title in [
            "青禾县人民政府办公室关于印发《青禾县高龄津贴发放办法》的通知",
            "2024年青禾县政务公开工作要点",
            "关于稳定就业的十八条措施",
            "中华人民共和国劳动法 第三条",
            "中华人民共和国劳动法 第四条",
        ] {
            titles.add(KnownTitle { title, region: Some(&code), measures: None }, &gazetteer);
        }
        assert_eq!(titles.named("高龄津贴发放办法").len(), 1);
        assert_eq!(titles.named("青禾县2024年政务公开工作要点").len(), 0);
        assert_eq!(titles.named("政务公开工作要点").len(), 1);
        assert_eq!(titles.of_kind("要点", Some(&code)), ["2024年青禾县政务公开工作要点"]);
        assert_eq!(titles.of_measures(18, None), ["关于稳定就业的十八条措施"]);
        assert_eq!(titles.at("劳动法第三条怎么说").map(|(end, titles)| (end, titles.len())), Some((9, 1)));
        assert_eq!(titles.at("办法在哪"), None);
    }
}
