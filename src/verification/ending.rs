//! Endings (废止) as the plain files state them: read again from front matter and text, by nothing of the index.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// One key of a relation in the front matter, in either style of YAML.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(type|target|title|number|on|clauses):[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,}\n]*)"#).unwrap()
});
/// 《某办法》（某发〔2018〕2号）同时废止, and nothing between: the plainest of all wordings.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"《([^《》]{4,100})》\s*(?:[（(]([^（）()]{4,36})[）)])?\s*(?:同时|予以|即行)废止(?:。|；|$|\n)")
        .unwrap()
});

/// Kinds that end nothing.
const POWERLESS: [&str; 3] = ["征求意见稿", "政策解读", "常见问题"];

/// An ending that a file states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The title of the file that states it.
    pub by: String,
    /// From which day, as an ISO date; none when no day is known.
    pub from: Option<String>,
}

/// A statement that a document ends.
#[derive(Debug, Clone)]
struct Statement {
    actor: String,
    region: String,
    number: Option<String>,
    ending: Ending,
}

/// All endings stated in a corpus, by what names the document that ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Endings {
    by_name: HashMap<String, Vec<Statement>>,
}

/// What identifies a document.
pub(super) struct Subject<'s> {
    pub(super) id: &'s str,
    pub(super) title: &'s str,
    pub(super) number: Option<&'s str>,
    pub(super) region: Option<&'s str>,
    /// Its first day, as an ISO date.
    pub(super) begins: Option<&'s str>,
}

impl Endings {
    /// Takes in what a file states; `value` gives the values of its front matter.
    pub(super) fn add(&mut self, id: &str, front: &str, text: &str, value: &dyn Fn(&str) -> Option<String>) {
        let kind = value("kind").unwrap_or_default();
        if POWERLESS.contains(&kind.as_str()) {
            return;
        }
        let title = value("title").unwrap_or_default();
        let begins = ["effective", "published", "written"].iter().find_map(|key| value(key));
        let state = |names: Vec<String>, number: Option<String>, on: Option<String>, all: &mut Self| {
            let ending = Ending { by: title.clone(), from: on.or_else(|| begins.clone()) };
            let region = value("region").unwrap_or_default();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let (actor, region, number) = (id.to_owned(), region.clone(), number.clone());
                let statement = Statement { actor, region, number, ending: ending.clone() };
                all.by_name.entry(name).or_default().push(statement);
            }
        };
        for entry in entries(front) {
            let key = |name: &str| entry.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
            let ends = matches!(key("type").as_deref(), Some("repeals" | "replaces"));
            if ends && key("clauses").is_none() {
                let number = key("number").map(|number| plain(&number));
                let names = vec![
                    key("target").map(|id| format!("id:{id}")).unwrap_or_default(),
                    key("title").map(|title| plain(&title)).unwrap_or_default(),
                    number.clone().map(|number| format!("no:{number}")).unwrap_or_default(),
                ];
                state(names, number, key("on"), self);
            }
        }
        for found in PLAIN.captures_iter(text) {
            let number = found.get(2).map(|number| plain(number.as_str())).filter(|number| number.ends_with('号'));
            let name = found.get(1).map_or(String::new(), |name| plain(name.as_str()));
            let by_number = number.clone().map(|number| format!("no:{number}")).unwrap_or_default();
            state(vec![name, by_number], number, None, self);
        }
    }

    /// What ends a document, by its id, its number or its title; of places that do not hold it, nothing.
    pub(super) fn of(&self, subject: &Subject<'_>) -> Vec<Ending> {
        let number = subject.number.map(plain);
        let inner =
            subject.title.split_once("印发《").and_then(|(_, rest)| rest.rsplit_once('》')).map(|(name, _)| name);
        let names = [
            Some(format!("id:{}", subject.id)),
            number.as_ref().map(|number| format!("no:{number}")),
            Some(plain(subject.title)),
            inner.map(plain),
        ];
        let mut found: Vec<Ending> = Vec::new();
        for name in names.into_iter().flatten() {
            for statement in self.by_name.get(&name).into_iter().flatten() {
                let exact = name.starts_with("id:");
                let other_number = matches!((&statement.number, &number), (Some(a), Some(b)) if a != b);
                let older = match (subject.begins, statement.ending.from.as_deref()) {
                    (Some(begins), Some(from)) => begins <= from,
                    _ => true,
                };
                let stem = statement.region.trim_end_matches("00");
                // A document without a place is the nation's: a local one ends it only by its id.
                let holds = stem.is_empty() || subject.region.is_some_and(|region| region.starts_with(stem));
                let counts = statement.actor != subject.id && (exact || !other_number && older && holds);
                if counts && !found.contains(&statement.ending) {
                    found.push(statement.ending.clone());
                }
            }
        }
        found
    }
}

/// The relations of a front matter, each as its keys and values.
fn entries(front: &str) -> Vec<Vec<(String, String)>> {
    let Some(at) = front.find("\nrelations:") else { return Vec::new() };
    let mut blocks: Vec<String> = Vec::new();
    for line in front[at + 1..].lines().skip(1) {
        let trimmed = line.trim_start();
        if let Some(rest) = trimmed.strip_prefix("- ").filter(|rest| rest.starts_with('{') || rest.contains(':')) {
            blocks.push(rest.to_owned());
        } else if line.starts_with([' ', '-']) {
            if let Some(last) = blocks.last_mut() {
                last.push('\n');
                last.push_str(trimmed);
            }
        } else {
            break;
        }
    }
    let pairs = |block: &String| {
        let found = KEY.captures_iter(block).filter_map(|found| {
            let value = super::source::unquote(found.get(2)?.as_str());
            Some((found.get(1)?.as_str().to_owned(), value))
        });
        found.collect()
    };
    blocks.iter().map(pairs).collect()
}

/// A name in letters and figures only, so that brackets and spaces make no difference.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    name.chars().map(half).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endings(front: &str, text: &str) -> Endings {
        let mut endings = Endings::default();
        let value = |key: &str| {
            front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(super::super::source::unquote)
        };
        endings.add("b", front, text, &value);
        endings
    }

    #[test]
    fn endings_are_read_from_front_matter_in_both_styles_and_from_the_text() {
        let subject = Subject {
            id: "a",
            title: "青禾县某某办法",
            number: Some("青政规〔2018〕2号"),
            region: Some("990121"),
            begins: Some("2018-03-01"),
        };
        let head = "id: b\ntitle: 新办法\nkind: 行政规范性文件\nregion: \"990121\"\neffective: 2023-07-01";
        let expected = [Ending { by: "新办法".to_owned(), from: Some("2023-07-01".to_owned()) }];
        for (relations, text) in [
            ("\nrelations:\n  - {type: repeals, target: a, basis: \"……，同时废止\"}", ""),
            ("\nrelations:\n- type: repeals\n  title: 青禾县某某办法\n  basis: x", ""),
            ("\nrelations:\n- type: replaces\n  number: 青政规[2018]2号", ""),
            ("", "第九条 《青禾县某某办法》（青政规〔2018〕2号）同时废止。"),
        ] {
            assert_eq!(endings(&format!("{head}{relations}"), text).of(&subject), expected, "{relations}{text}");
        }
        for (relations, text) in [
            ("\nrelations:\n- type: repeals\n  title: 青禾县某某办法\n  clauses:\n  - 第八条", ""),
            ("\nrelations:\n- type: based_on\n  title: 青禾县某某办法", ""),
            ("\nrelations:\n- type: repeals\n  title: 青禾县某某办法\n  number: 青政规〔2015〕9号", ""),
            ("", "《青禾县某某办法》规定应当予以废止的"),
        ] {
            assert_eq!(endings(&format!("{head}{relations}"), text).of(&subject), [], "{relations}{text}");
        }
        let elsewhere = Subject { region: Some("990122"), number: None, ..subject };
        assert_eq!(
            endings(&format!("{head}\nrelations:\n- type: repeals\n  title: 青禾县某某办法"), "").of(&elsewhere),
            []
        );
    }
}
