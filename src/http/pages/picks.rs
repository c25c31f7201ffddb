//! What narrows a list (已选条件), each with a link that takes it away. Plain links: they work without scripts.

use super::labels;
use super::link::link;
use crate::contract::FacetJson;

/// A condition that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pick {
    /// What: 地区：青禾县.
    pub(super) text: String,
    /// The same list without it.
    pub(super) url: String,
}

/// The parameters that narrow a list, and what they are called.
const CONDITIONS: [(&str, &str); 9] = [
    ("kind", "文种"),
    ("region", "地区"),
    ("validity", "效力"),
    ("theme", "主题"),
    ("issuer", "发文机关"),
    ("year", "年份"),
    ("from", "印发不早于"),
    ("to", "印发不晚于"),
    ("as_of", "按哪天的效力"),
];

/// What a parameter is called.
pub(super) fn name(parameter: &str) -> &'static str {
    CONDITIONS.iter().find(|(name, _)| *name == parameter).map_or("", |(_, what)| what)
}

/// The conditions among the parameters of a list.
pub(super) fn picks(path: &str, facets: &[FacetJson], parameters: &[(&'static str, &str)]) -> Vec<Pick> {
    let pick = |(name, what): (&str, &str)| {
        let (_, value) = parameters.iter().find(|(parameter, _)| *parameter == name)?;
        let counted = facets.iter().find(|facet| facet.field == name && facet.value == *value);
        let label = match (counted, name) {
            (Some(facet), _) => facet.label.as_str(),
            (None, "validity") => labels::validity(value),
            (None, _) => value,
        };
        let others: Vec<(&str, &str)> =
            parameters.iter().copied().filter(|(parameter, _)| *parameter != name).collect();
        Some(Pick { text: format!("{what}：{label}"), url: link(path, &others) })
    };
    CONDITIONS.into_iter().filter_map(pick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_takes_one_condition_away() {
        let facets =
            [FacetJson { field: "region".into(), value: "990121".into(), label: "青禾县".into(), count: 3 }];
        let found = picks("/documents", &facets, &[("kind", "规章"), ("region", "990121"), ("sort", "title")]);
        assert_eq!(found[1].text, "地区：青禾县");
        assert_eq!(found[1].url, "/documents?kind=%E8%A7%84%E7%AB%A0&sort=title");
        assert!(found[0].url.contains("region=990121") && found.len() == 2);
    }
}
