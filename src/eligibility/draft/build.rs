//! Building a proposal (拟成事项): one grant with everything in the document that is about it.

use std::ops::Range;

use super::condition::{self, Ground, Test};
use super::contact::Facet;
use super::grant::Grant;
use super::requirement::{Requirement, Together, parts};
use super::scope::Scope;
use super::sentence::Sentence;
use super::shape::{Basis, Leaf, Node, Proposed, Stated};
use super::vocabulary::Vocabulary;
use super::{beside, grant, naming, pay};
use crate::policy::{Gazetteer, Level, PolicyDocument};

/// A document as far as it has been read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) document: &'a PolicyDocument,
    pub(super) vocabulary: &'a Vocabulary,
    /// What the document calls its own place.
    pub(super) names: Vec<String>,
    pub(super) scope: Scope<'a>,
    pub(super) sentences: &'a [Sentence<'a>],
    pub(super) grants: &'a [Grant],
    pub(super) requirements: &'a [Requirement],
    /// What each sentence states beside benefits and conditions.
    pub(super) facets: Vec<Vec<Facet>>,
}

/// One proposal in the making.
pub(super) struct Proposal<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) grant: &'a Grant,
    pub(super) out: Proposed,
}

/// The names by which a document calls its own place: 我省, 本省, 全省, 河北省.
pub(super) fn place_names(document: &PolicyDocument, gazetteer: &Gazetteer) -> Vec<String> {
    let Some(code) = &document.meta().region else { return Vec::new() };
    let unit = match code.level() {
        Level::Provincial => "省",
        Level::Prefecture => "市",
        _ => "县",
    };
    let mut names: Vec<String> = ["本", "我", "全"].iter().map(|own| format!("{own}{unit}")).collect();
    names.push(format!("{unit}内"));
    names.extend(gazetteer.get(code).map(|region| region.name.clone()));
    names
}

/// Proposes a programme for the grant at this place.
pub(super) fn propose(reading: &Reading<'_>, at: usize) -> Proposed {
    let grant = &reading.grants[at];
    let meta = reading.document.meta();
    let mut proposal = Proposal { reading, grant, out: Proposed::default() };
    proposal.out.id = format!("{}-{}", naming::slug(meta.id.as_str()), at + 1);
    proposal.out.name = naming::name(reading, grant);
    proposal.out.audience = naming::audience(reading, grant);
    proposal.out.region = meta.region.as_ref().map(|code| code.as_str().to_owned());
    proposal.out.themes.clone_from(&meta.themes);
    proposal.out.from = meta.dates.commencement().map(|day| day.to_string());
    proposal.out.until = meta.dates.expires.map(|day| day.to_string());
    proposal.claimants(at);
    pay::benefits(&mut proposal);
    beside::facets(&mut proposal, at);
    proposal.out
}

impl Proposal<'_> {
    pub(super) fn text(&self, range: &Range<usize>) -> &str {
        self.reading.document.text().get(range.clone()).unwrap_or_default()
    }

    /// The key of a quote; the same words are quoted once.
    pub(super) fn cite(&mut self, purpose: &str, range: Range<usize>) -> String {
        let whole = self.text(&range);
        let quote = whole.trim().to_owned();
        let start = range.start + whole.len() - whole.trim_start().len();
        if let Some(known) = self.out.bases.iter().find(|basis| basis.start == start && basis.quote == quote) {
            return known.key.clone();
        }
        let many = self.out.bases.iter().filter(|basis| basis.key.starts_with(purpose)).count();
        let key = if many == 0 { purpose.to_owned() } else { format!("{purpose}{}", many + 1) };
        let outline = self.reading.document.outline();
        let line = outline.deepest_at(start).map(|node| outline.lineage(node)).unwrap_or_default();
        let labels = line.iter().rev().map(|&node| outline.nodes()[node].label.clone());
        let clause = labels.into_iter().find(|label| !label.is_empty()).unwrap_or_default();
        self.out.bases.push(Basis { key: key.clone(), clause, quote, start });
        key
    }

    /// Lists words that no condition can hold.
    pub(super) fn leave(&mut self, text: String, basis: String) {
        let stated = Stated { text, basis };
        if !self.out.unresolved.contains(&stated) {
            self.out.unresolved.push(stated);
        }
    }

    /// Reads the conditions of a range of the document, part by part.
    pub(super) fn read(&mut self, range: &Range<usize>) -> Vec<Node> {
        let mut nodes = Vec::new();
        for part in parts(self.text(range)) {
            let part = range.start + part.start..range.start + part.end;
            if grant::says_nothing(self.text(&part)) || PROCEDURE.is_match(self.text(&part)) {
                continue;
            }
            let (found, open) = self.read_part(&part);
            if open {
                let words = naming::plain(self.text(&part));
                let key = self.cite("who", part);
                self.leave(words, key);
            }
            nodes.extend(found);
        }
        nodes
    }

    /// The conditions of one part, and whether it says more.
    pub(super) fn read_part(&mut self, part: &Range<usize>) -> (Vec<Node>, bool) {
        let words = self.text(part).to_owned();
        self.read_as(&words, part)
    }

    /// The conditions of words put together from a quote.
    pub(super) fn read_words(&mut self, words: &str, quote: Range<usize>) -> Vec<Node> {
        self.read_as(words, &quote).0
    }

    fn read_as(&mut self, words: &str, part: &Range<usize>) -> (Vec<Node>, bool) {
        let code = self.reading.document.meta().region.as_ref().map(|code| code.as_str());
        let ground = Ground {
            vocabulary: self.reading.vocabulary,
            audience: self.out.audience,
            place: code.map(|code| (code, self.reading.names.as_slice())),
        };
        let condition::Reading { found, open } = condition::read(words, ground);
        let leaves = found.into_iter().map(|one| {
            let basis = self.cite("who", part.clone());
            Node::Leaf(Leaf { fact: one.fact, of: one.of, test: one.test, basis })
        });
        (leaves.collect(), open)
    }

    /// Who may claim: whom the grant is for, what its clause says before, and the clauses of conditions in reach.
    fn claimants(&mut self, at: usize) {
        let whom = self.grant.whom.clone();
        let mut nodes = match self.grant.given.iter().any(|one| one.benefit.member.is_some()) {
            true => self.members(&whom),
            false => self.read(&whom),
        };
        for range in self.said_before() {
            nodes.extend(self.read(&range));
        }
        for nth in 0..self.reading.requirements.len() {
            let requirement = &self.reading.requirements[nth];
            if self.reading.scope.of_node(requirement.node).contains(&at) {
                nodes.extend(self.requirement(requirement));
            }
        }
        for node in self.consistent(nodes) {
            if !self.out.conditions.contains(&node) {
                self.out.conditions.push(node);
            }
        }
    }

    /// Of whom a list of benefits is for, all but the last part: the list itself is read member by member.
    fn members(&mut self, whom: &Range<usize>) -> Vec<Node> {
        let listed =
            parts(self.text(whom)).pop().map_or(whom.clone(), |part| whom.start + part.start..whom.start + part.end);
        let words = naming::plain(self.text(&listed));
        let key = self.cite("who", listed.clone());
        self.leave(words, key);
        self.read(&(whom.start..listed.start))
    }

    /// Two bounds of one fact in one direction belong to different cases: both are left to a person.
    fn consistent(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let bound = |node: &Node| match node {
            Node::Leaf(Leaf { fact, of, test: Test::Number(operator, value), .. }) => {
                Some((fact.clone(), of.clone(), *operator, value.to_bits()))
            }
            _ => None,
        };
        let bounds: Vec<_> = nodes.iter().filter_map(bound).collect();
        let (kept, left): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(|node| {
            bound(node).is_none_or(|(fact, of, operator, value)| {
                bounds.iter().all(|other| (&other.0, &other.1, other.2) != (&fact, &of, operator) || other.3 == value)
            })
        });
        for node in left {
            let Node::Leaf(Leaf { basis, .. }) = node else { continue };
            let quote = self.out.bases.iter().find(|known| known.key == basis).map(|known| naming::plain(&known.quote));
            self.leave(quote.unwrap_or_default(), basis);
        }
        kept
    }

    /// Sentences of the clause before the benefit that say who may claim it (…的，可以享受…).
    fn said_before(&self) -> Vec<Range<usize>> {
        let sentences = self.reading.sentences;
        let own = (0..self.grant.sentence).rev().take_while(|&at| sentences[at].node == self.grant.node);
        let free = own
            .take_while(|&at| self.reading.grants.iter().all(|other| other.given.iter().all(|one| one.sentence != at)));
        let mut found: Vec<Range<usize>> = free
            .filter_map(|at| {
                let may = MAY.find(sentences[at].text)?;
                Some(sentences[at].at(&(0..may.start())))
            })
            .collect();
        found.reverse();
        found.extend(self.said_above());
        found
    }

    /// Sentences of the clauses above that say whom all of it is for (对…的企业，给予…补贴).
    fn said_above(&self) -> Vec<Range<usize>> {
        let reading = self.reading;
        let above = reading.document.outline().lineage(self.grant.node);
        let own = reading
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, one)| one.node != self.grant.node && above.contains(&one.node));
        let free =
            own.filter(|(at, _)| reading.grants.iter().all(|other| other.given.iter().all(|one| one.sentence != *at)));
        free.filter_map(|(_, one)| {
            let whom = FOR_WHOM.captures(one.text)?.name("whom")?;
            Some(one.at(&whom.range()))
        })
        .collect()
    }

    fn requirement(&mut self, requirement: &Requirement) -> Vec<Node> {
        let sentences = self.reading.sentences;
        let granted =
            |at: usize| self.reading.grants.iter().any(|grant| grant.given.iter().any(|one| one.sentence == at));
        let lines: Vec<Range<usize>> = requirement
            .lines
            .iter()
            .filter(|&&at| !granted(at) && !NO_CONDITION.is_match(sentences[at].text))
            .map(|&at| sentences[at].at(&(0..sentences[at].text.len())))
            .collect();
        if requirement.recognition {
            for line in lines {
                self.leave_line("（认定条件）", line);
            }
            return Vec::new();
        }
        match requirement.together {
            Together::All => lines.iter().flat_map(|line| self.read(line)).collect(),
            Together::Any => self.any(lines),
            Together::None => self.none(lines),
        }
    }

    fn leave_line(&mut self, what: &str, line: Range<usize>) {
        let words = format!("{what}{}", naming::plain(self.text(&line)));
        let key = self.cite("who", line);
        self.leave(words, key);
    }

    /// Alternatives: a group only when every one of them was read to the end.
    fn any(&mut self, lines: Vec<Range<usize>>) -> Vec<Node> {
        let read: Vec<(Vec<Node>, bool)> = lines.iter().map(|line| self.read_part(line)).collect();
        let closed = !read.is_empty() && read.iter().all(|(nodes, open)| !nodes.is_empty() && !open);
        if closed {
            let groups = read.into_iter().map(|(mut nodes, _)| match nodes.len() {
                1 => nodes.remove(0),
                _ => Node::All(nodes),
            });
            return vec![Node::Any(groups.collect())];
        }
        for line in lines {
            self.leave_line("（符合其一即可）", line);
        }
        Vec::new()
    }

    fn none(&mut self, lines: Vec<Range<usize>>) -> Vec<Node> {
        let mut nodes = Vec::new();
        for line in lines {
            let (found, open) = self.read_part(&line);
            if open || found.len() != 1 {
                self.leave_line("（排除情形）", line);
            } else {
                nodes.extend(found);
            }
        }
        if nodes.is_empty() { nodes } else { vec![Node::None(nodes)] }
    }
}

pattern!(MAY, r"的?，?(?:可以?|方可|均可|即可)(?:按规定)?(?:申请|申领|享受|申报|获得|领取)");
pattern!(
    FOR_WHOM,
    r"(?P<whom>对[^。；]{4,200}?的?(?:企业|单位|人员|个人|机构|毕业生|家庭|项目)(?:（[^）]*）)?)，(?:可|从[^，。；]{2,20})?(?:给予|发放|享受|按)"
);
pattern!(
    PROCEDURE,
    r"^(?:在[^，。；]{2,20}基础上|落实[^，。；]{2,20}政策|本事项|经[^，。；]{0,10}审核|同等条件下优先|(?:可以?|给予|发放|按规定|按|享受|实施)[^，。；]{0,24}(?:补贴|补助|奖励|返还|资助|贴息|支持))$"
);
pattern!(
    NO_CONDITION,
    r"^(?:资助范围|重点支持|优先支持|支持重点|优先|鼓励|咨询|联系|附件|本办法所称|责任单位)|申请表|申报书|材料|以上数据|另行|不少于申报|由[^，。；]{2,20}负责"
);
