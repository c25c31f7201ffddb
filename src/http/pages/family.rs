//! The family of a document (文件关系): what it rests on, what it did, what became of it, what explains it.

use super::labels;
use super::link::link;
use crate::consultation::document_summary;
use crate::contract::{DocumentJson, LifeEventJson, RelationJson};
use crate::index::{Generation, Head};
use crate::policy::{DocumentId, InterpretationForm, RelationKind};
use jiff::civil::Date;

/// Relatives of one kind that are shown; a national law has hundreds.
const MOST_OF_ONE_KIND: usize = 12;
/// Characters of the words that state a relation.
const BASIS_CHARS: usize = 90;

/// A document related to the one that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relative {
    pub(super) name: String,
    /// None when the library does not hold it.
    pub(super) url: Option<String>,
    /// Day of issue; empty when not known.
    pub(super) issued: String,
    /// Class and words of its badge.
    pub(super) badge: Option<(String, &'static str)>,
    /// From when, which clauses, in which words.
    pub(super) detail: String,
    /// The two side by side, for editions of one work.
    pub(super) compare: Option<String>,
}

/// Relatives of one kind.
#[derive(Debug)]
pub(super) struct Branch {
    /// What they are to the document.
    pub(super) name: &'static str,
    pub(super) relatives: Vec<Relative>,
    /// How many more there are.
    pub(super) more: usize,
}

/// The family, in the order of time.
#[derive(Debug, Default)]
pub(super) struct Family {
    /// Where it comes from and what it did to others.
    pub(super) before: Vec<Branch>,
    /// What was done to it, and what rests on it.
    pub(super) after: Vec<Branch>,
    /// What explains it, or what it explains.
    pub(super) beside: Vec<Branch>,
}

/// The branches in the order in which they are drawn: relation, what it is called, whether the document states it.
const BEFORE: [(RelationKind, &str, bool); 8] = [
    (RelationKind::BasedOn, "依据", true),
    (RelationKind::Forwards, "转发", true),
    (RelationKind::DraftOf, "本件的征求意见稿", false),
    (RelationKind::Replaces, "本件替代", true),
    (RelationKind::Repeals, "本件废止", true),
    (RelationKind::Amends, "本件修改", true),
    (RelationKind::Extends, "本件延长其有效期", true),
    (RelationKind::Confirms, "本件确认继续有效", true),
];
/// What others did: name in JSON, and what it is called.
const EVENTS: [(&str, &str); 5] = [
    ("amended", "修改本件"),
    ("replaced", "替代本件"),
    ("repealed", "废止本件"),
    ("extended", "延长本件有效期"),
    ("confirmed", "确认本件继续有效"),
];

/// Looks relatives up, as of a day.
struct Relations<'g> {
    generation: &'g Generation,
    as_of: Date,
    /// Carried over into links when the reader chose a day.
    day: Option<String>,
}

impl Relative {
    /// With a link to both side by side, when it is another edition that the library holds.
    fn beside(mut self, json: &DocumentJson, edition: bool) -> Self {
        let id = self.url.as_deref().and_then(|url| url.strip_prefix("/documents/"));
        let id = id.and_then(|rest| rest.split('?').next()).filter(|_| edition);
        self.compare = id.map(|id| link(&format!("/documents/{}/compare", json.summary.document.id), &[("with", id)]));
        self
    }
}

impl Family {
    /// The family of a document; `chosen` tells whether the reader chose the day.
    pub(super) fn of(generation: &Generation, head: &Head, json: &DocumentJson, as_of: Date, chosen: bool) -> Self {
        let relations = Relations { generation, as_of, day: chosen.then(|| as_of.to_string()) };
        let mut before: Vec<Branch> =
            BEFORE.into_iter().map(|(kind, name, own)| relations.branch(head, json, kind, name, own)).collect();
        let mut after: Vec<Branch> = EVENTS.into_iter().map(|event| relations.events(json, event)).collect();
        for (kind, name, own) in [
            (RelationKind::DraftOf, "正式印发的文件", true),
            (RelationKind::BasedOn, "以本件为依据", false),
            (RelationKind::Forwards, "转发本件", false),
        ] {
            after.push(relations.branch(head, json, kind, name, own));
        }
        let mut beside = relations.explanations(json);
        for branches in [&mut before, &mut after, &mut beside] {
            branches.retain(|branch| !branch.relatives.is_empty());
        }
        Self { before, after, beside }
    }

    /// Whether there is anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.beside.is_empty()
    }
}

impl Relations<'_> {
    fn branch(&self, head: &Head, json: &DocumentJson, kind: RelationKind, name: &'static str, own: bool) -> Branch {
        if own {
            let stated = json.relations.iter().filter(|relation| relation.kind == kind.json_name());
            let edition = matches!(kind, RelationKind::Replaces | RelationKind::DraftOf);
            return cut(name, stated.map(|relation| self.stated(relation).beside(json, edition)).collect());
        }
        let others = head.related.iter().filter(|other| !other.outgoing && other.kind == kind);
        let heads = others.filter_map(|other| self.generation.head(other.serial));
        let edition = kind == RelationKind::DraftOf;
        cut(name, heads.map(|other| self.held(other, String::new()).beside(json, edition)).collect())
    }

    fn events(&self, json: &DocumentJson, (event, name): (&str, &'static str)) -> Branch {
        let acts = json.life_events.iter().filter(|act| act.kind == event);
        cut(name, acts.map(|act| self.act(act).beside(json, event == "replaced")).collect())
    }

    fn explanations(&self, json: &DocumentJson) -> Vec<Branch> {
        let likely = |direction: &str, name: &'static str| {
            let links = json.interpretation_links.iter().filter(|link| link.likely && link.direction == direction);
            let relatives = links.filter_map(|link| {
                let form = InterpretationForm::from_json_name(&link.form).map_or("", InterpretationForm::name);
                let why = format!("{}（把握 {:.0}%）", link.reason, link.confidence * 100.0);
                let detail = if form.is_empty() { why } else { format!("{form}；{why}") };
                Some(self.held(self.find(&link.document)?, detail))
            });
            cut(name, relatives.collect())
        };
        vec![likely("interpreted_by", "解读（不作依据）"), likely("interprets", "所解读的文件")]
    }

    fn find(&self, id: &str) -> Option<&Head> {
        DocumentId::parse(id).ok().and_then(|id| self.generation.by_id(&id))
    }

    /// A document of the library, with its standing on the day.
    fn held(&self, head: &Head, detail: String) -> Relative {
        let document = document_summary(head, self.as_of).document;
        Relative {
            name: labels::name(&head.meta),
            url: Some(link(&document.url, &[("as_of", self.day.as_deref().unwrap_or_default())])),
            issued: document.issued.clone().unwrap_or_default(),
            badge: Some(labels::badge(&document)),
            detail,
            compare: None,
        }
    }

    fn stated(&self, relation: &RelationJson) -> Relative {
        let basis = relation.basis.as_deref().map(|words| format!("“{}”", clipped(words)));
        let detail = told(relation.on.as_deref(), relation.until.as_deref(), &relation.clauses, basis, false);
        self.named(relation.document.as_deref(), &relation.name, detail)
    }

    fn act(&self, event: &LifeEventJson) -> Relative {
        let basis = event.basis.as_deref().map(|words| format!("“{}”", clipped(words)));
        let detail = told(event.on.as_deref(), event.until.as_deref(), &event.clauses, basis, event.inferred);
        self.named(Some(&event.by), &event.by_name, detail)
    }

    fn named(&self, id: Option<&str>, name: &str, detail: String) -> Relative {
        match id.and_then(|id| self.find(id)) {
            Some(head) => self.held(head, detail),
            None => {
                Relative { name: name.to_owned(), url: None, issued: String::new(), badge: None, detail, compare: None }
            }
        }
    }
}

/// The relatives of a branch, the oldest first, no more than help.
fn cut(name: &'static str, mut relatives: Vec<Relative>) -> Branch {
    relatives.retain(|relative| !relative.name.is_empty());
    relatives.sort_by(|a, b| (a.issued.is_empty(), &a.issued, &a.name).cmp(&(b.issued.is_empty(), &b.issued, &b.name)));
    relatives.dedup();
    let more = relatives.len().saturating_sub(MOST_OF_ONE_KIND);
    relatives.truncate(MOST_OF_ONE_KIND);
    Branch { name, relatives, more }
}

fn clipped(words: &str) -> String {
    let mut clipped: String = words.chars().take(BASIS_CHARS).collect();
    if clipped.len() < words.len() {
        clipped.push('…');
    }
    clipped
}

fn told(on: Option<&str>, until: Option<&str>, clauses: &[String], basis: Option<String>, inferred: bool) -> String {
    let parts = [
        on.map(|day| format!("自{day}起")),
        until.map(|day| format!("有效期至{day}")),
        (!clauses.is_empty()).then(|| clauses.join("、")),
        basis,
        inferred.then(|| "推定，未见明文".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_stand_in_the_order_of_time_and_are_cut() {
        let relative = |name: &str, issued: &str| Relative {
            name: name.to_owned(),
            url: None,
            issued: issued.to_owned(),
            badge: None,
            detail: String::new(),
            compare: None,
        };
        let mut all = vec![relative("丙", ""), relative("乙", "2024-01-01"), relative("甲", "2020-01-01")];
        let branch = cut("依据", all.clone());
        let names: Vec<&str> = branch.relatives.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, branch.more), (vec!["甲", "乙", "丙"], 0));
        all.extend((0..20).map(|n| relative(&n.to_string(), "")));
        assert_eq!(cut("依据", all).more, 23 - MOST_OF_ONE_KIND);
        assert_eq!(
            told(Some("2026-01-01"), None, &["第三条".to_owned()], None, true),
            "自2026-01-01起；第三条；推定，未见明文"
        );
    }
}
