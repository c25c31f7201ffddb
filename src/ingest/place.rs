//! Place and level (适用地区、层级): whose document it is, from its issuers, its title and its folders.

use std::collections::HashSet;

use crate::policy::{Gazetteer, Level, Place, Provenance, Region, RegionCode};

/// Authorities of the whole country whose names do not begin with a word that says so, longest first where one begins
/// another.
const NATIONAL: [&str; 57] = [
    "工信部",
    "发展改革委",
    "人民银行",
    "国家发展和改革委员会",
    "国家发展改革委",
    "国家税务总局",
    "国家卫生健康委",
    "国家医保局",
    "国家知识产权局",
    "国务院办公厅",
    "中共中央办公厅",
    "人力资源和社会保障部",
    "人力资源社会保障部",
    "工业和信息化部",
    "住房和城乡建设部",
    "住房城乡建设部",
    "退役军人事务部",
    "中国人民银行",
    "科学技术部",
    "自然资源部",
    "生态环境部",
    "环境保护部",
    "交通运输部",
    "农业农村部",
    "文化和旅游部",
    "应急管理部",
    "国土资源部",
    "全国人大常委会",
    "中共中央",
    "中央军委",
    "中央编办",
    "中央网信办",
    "中国银保监会",
    "中国证监会",
    "银保监会",
    "证监会",
    "银监会",
    "保监会",
    "民政部",
    "教育部",
    "科技部",
    "公安部",
    "财政部",
    "司法部",
    "水利部",
    "商务部",
    "文化部",
    "农业部",
    "卫生部",
    "人社部",
    "外交部",
    "铁道部",
    "审计署",
    "海关总署",
    "税务总局",
    "市场监管总局",
    "中国残联",
];
/// Beginnings of names of national authorities.
const NATIONAL_PREFIXES: [&str; 6] = ["国务院", "全国", "最高人民", "中华人民共和国", "国家", "中央"];
/// Ways in which an authority of a place goes on after the place's name.
const GOES_ON: [&str; 17] = [
    "人民",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "地方",
    "教育",
    "财政",
    "民政",
    "政府",
    "经济开发区",
    "高新区",
];
/// How much of a text is asked which province it speaks of.
const SPOKEN_CHARS: usize = 3000;
/// How much of a text's beginning and end may tell places of one name apart: letterhead and signature.
const LETTERHEAD_CHARS: usize = 200;

/// Whether an authority is one of the whole country.
pub(super) fn is_national(name: &str) -> bool {
    NATIONAL_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NATIONAL.iter().any(|known| name.starts_with(known))
}

/// Cuts names written together apart: 财政部人力资源社会保障部.
pub(super) fn cut_joined(names: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = names;
    while let Some(known) = NATIONAL.iter().find(|known| rest.starts_with(**known)) {
        found.push((*known).to_owned());
        rest = &rest[known.len()..];
    }
    match (found.len(), rest) {
        (0 | 1, _) => vec![names.to_owned()],
        (_, "") => found,
        (_, rest) => {
            found.push(rest.to_owned());
            found
        }
    }
}

/// What is known when the place is asked for.
pub(super) struct Clues<'c> {
    pub(super) issuers: &'c [String],
    /// Whether the document itself names them.
    pub(super) issuers_stated: bool,
    pub(super) title: &'c str,
    pub(super) folders: &'c [String],
    pub(super) text: &'c str,
}

/// Whose document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) region: Option<RegionCode>,
    pub(super) level: Option<Level>,
    pub(super) origin: Provenance,
}

/// Finds whose document it is; nothing when no clue says.
pub(super) fn whose(clues: &Clues<'_>, gazetteer: &Gazetteer) -> Option<Whose> {
    let context = context(clues, gazetteer);
    // 国家税务总局某市税务局 begins like an authority of the whole country and is the city's.
    let of_nation = |name: &str| is_national(name) && first_place(name, gazetteer, &context).is_none();
    let of_place = |name: &String| first_place(name, gazetteer, &context).is_some();
    // A site that publishes a document is not its issuer; then the title has the first word.
    let head = clues.title.split("关于").next().unwrap_or(clues.title);
    let by_title = !clues.issuers_stated && of_nation(head);
    let by_issuer = clues.issuers.iter().any(|issuer| of_nation(issuer)) && !clues.issuers.iter().any(of_place);
    if by_title || by_issuer {
        let place = if by_issuer { Place::Issuer } else { Place::Title };
        return Some(Whose { region: None, level: Some(Level::National), origin: Provenance::stated(place) });
    }
    let outer = outside_quotes(clues.title);
    let folders = clues.folders.iter().rev().map(String::as_str);
    let stated = clues.issuers.iter().map(String::as_str).map(|issuer| (issuer, Provenance::stated(Place::Issuer)));
    let titles = [outer.as_str(), clues.title].map(|clue| (clue, Provenance::inferred(Place::Title)));
    let named = stated
        .chain(titles)
        .chain(folders.map(|clue| (clue, Provenance::inferred(Place::Folder))))
        .find_map(|(clue, origin)| first_place(clue, gazetteer, &context).map(|region| (region, origin)));
    let found = named.or_else(|| {
        province_spoken_of(clues.text, gazetteer).map(|region| (region, Provenance::inferred(Place::Text)))
    })?;
    Some(Whose { region: Some(found.0.code.clone()), level: Some(found.0.level), origin: found.1 })
}

/// The province a text names most, when it does so more than once: local texts name their own.
fn province_spoken_of<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<&'g Region> {
    let head: String = text.chars().take(SPOKEN_CHARS).collect();
    let mut counts: Vec<(usize, &Region)> = Vec::new();
    for (range, regions) in gazetteer.mentions(&head) {
        let province =
            regions.into_iter().find(|region| region.level == Level::Provincial && region.name == head[range.clone()]);
        let Some(province) = province else { continue };
        match counts.iter_mut().find(|(_, known)| known.code == province.code) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, province)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts.as_slice() {
        [(count, province)] if *count > 1 => Some(province),
        [(first, province), (second, _), ..] if *first > 1 && first > &(second * 2) => Some(province),
        _ => None,
    }
}

/// The first place a phrase names, with the places inside it that follow at once: 甘肃省会宁县人民政府 is 会宁县's.
fn first_place<'g>(clue: &str, gazetteer: &'g Gazetteer, context: &HashSet<&str>) -> Option<&'g Region> {
    let mentions = gazetteer.mentions(clue);
    let mut found: Option<(usize, &Region)> = None;
    for (range, candidates) in mentions {
        match found {
            None => {
                let name = &clue[range.clone()];
                if is_place(name, &clue[..range.start], &clue[range.end..], &candidates) {
                    found = choose(&candidates, gazetteer, context).map(|region| (range.end, region));
                }
            }
            Some((end, outer)) if end == range.start => {
                let inside = candidates.iter().find(|inner| {
                    inner.code != outer.code
                        && gazetteer.lineage(&inner.code).iter().any(|above| above.code == outer.code)
                });
                let Some(inside) = inside else { break };
                found = Some((range.end, inside));
            }
            Some(_) => break,
        }
    }
    found.map(|(_, region)| region)
}

/// Whether a name is meant as a place: a full name of three characters or more; a short one that goes on as authorities
/// do and does not end another word, as 安新 does in 雄安新区; a province at the very beginning.
fn is_place(name: &str, before: &str, after: &str, candidates: &[&Region]) -> bool {
    const OPENERS: [&str; 9] = ["关于", "印发", "转发", "支持", "推进", "省", "市", "（", "《"];
    let full = candidates.iter().any(|region| region.name == name) && name.chars().count() > 2;
    let province = candidates.iter().any(|region| region.level == Level::Provincial);
    let opens = before.is_empty() || OPENERS.iter().any(|word| before.ends_with(word));
    let goes_on = GOES_ON.iter().any(|word| after.starts_with(word));
    // 中国（江澜）自由贸易试验区
    let bracketed = before.ends_with('（') && after.starts_with('）');
    let alone = before.is_empty() && (province || after.is_empty());
    full || alone || (province && bracketed) || (opens && goes_on)
}

/// Of several places of one name, the one whose province or prefecture is named beside it; else the first.
fn choose<'g>(candidates: &[&'g Region], gazetteer: &Gazetteer, context: &HashSet<&str>) -> Option<&'g Region> {
    let supported = |region: &&&Region| {
        gazetteer.lineage(&region.code).iter().skip(1).any(|above| context.contains(above.code.as_str()))
    };
    candidates.iter().find(supported).or_else(|| candidates.first()).copied()
}

/// Codes of the provinces and prefectures named anywhere near: they tell places of one name apart.
fn context<'g>(clues: &Clues<'_>, gazetteer: &'g Gazetteer) -> HashSet<&'g str> {
    let ends = ends(clues.text);
    let near = clues.issuers.iter().chain(clues.folders).map(String::as_str).chain([clues.title, ends.as_str()]);
    let mentioned = near.flat_map(|clue| gazetteer.mentions(clue)).flat_map(|(_, regions)| regions);
    mentioned
        .filter(|region| matches!(region.level, Level::Provincial | Level::Prefecture))
        .map(|region| region.code.as_str())
        .collect()
}

/// A title without what stands between 《 and 》: there may stand another authority's title.
fn outside_quotes(title: &str) -> String {
    let mut depth = 0usize;
    title
        .chars()
        .filter(|c| {
            match c {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect()
}

fn ends(text: &str) -> String {
    let total = text.chars().count();
    let tail = text.chars().skip(total.saturating_sub(LETTERHEAD_CHARS).max(LETTERHEAD_CHARS));
    text.chars().take(LETTERHEAD_CHARS).chain(['\n']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let region = |code: &str, name: &str, parent: &str, level, alias: &str| Region {
            code: RegionCode::parse(code).unwrap(),
            name: name.to_owned(),
            parent: RegionCode::parse(parent),
            level,
            aliases: vec![alias.to_owned()],
        };
        vec![
            region("990000", "江澜省", "", Level::Provincial, "江澜"),
            region("990100", "栖云市", "990000", Level::Prefecture, "栖云"),
            region("990121", "长安区", "990100", Level::County, "长安"),
            region("980000", "海岳省", "", Level::Provincial, "海岳"),
            region("980121", "长安区", "980000", Level::County, "长安"),
        ]
        .into()
    }

    fn code(issuers: &[&str], title: &str) -> Option<String> {
        let issuers: Vec<String> = issuers.iter().map(|&issuer| issuer.to_owned()).collect();
        let clues = Clues { issuers: &issuers, issuers_stated: true, title, folders: &[], text: "" };
        whose(&clues, &gazetteer()).and_then(|whose| whose.region).map(|code| code.to_string())
    }

    #[test]
    fn the_issuer_tells_the_place() {
        assert_eq!(code(&["江澜省栖云市人民政府"], "通知").as_deref(), Some("990100"));
        assert_eq!(code(&["长安区人民政府"], "关于转发海岳省某通知的通知").as_deref(), Some("980121"));
        assert_eq!(code(&["栖云市财政局", "国家税务总局栖云市税务局"], "通知").as_deref(), Some("990100"));
        assert_eq!(code(&["国务院"], "关于支持栖云市发展的意见"), None);
        assert_eq!(code(&[], "江澜省某某条例").as_deref(), Some("990000"));
        assert_eq!(code(&["财政部"], "关于江澜省某事的复函"), None);
        assert_eq!(cut_joined("财政部人力资源社会保障部"), ["财政部", "人力资源社会保障部"]);
    }
}
