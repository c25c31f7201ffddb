//! A match as the page shows it: the own case, the next question, the programmes by verdict.

use std::collections::BTreeMap;

use super::super::labels;
use super::super::link::{link, quote};
use super::case::Case;
use super::code;
use crate::contract::{
    CitationJson, ConditionJson, FactDefinitionJson, MatchJson, ProgrammeMatchJson, StatedJson, WindowJson,
};

/// Undetermined programmes shown whole; the rest is a line each until it is opened.
const WHOLE_UNDETERMINED: usize = 8;
/// Facts of the form that tells many at once: more are asked one by one.
const FORM_FACTS: usize = 24;
/// Days before the end from which it is said loudly.
const SOON: i32 = 30;

/// A line with the numbers of its bases.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) words: String,
    pub(super) numbers: Vec<u32>,
}

/// A condition.
#[derive(Debug)]
pub(super) struct ConditionView {
    pub(super) state: &'static str,
    pub(super) mark: &'static str,
    pub(super) words: String,
    pub(super) gap: String,
    pub(super) numbers: Vec<u32>,
}

/// A quote.
#[derive(Debug)]
pub(super) struct BasisView {
    pub(super) number: u32,
    pub(super) quote: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) badge: (String, &'static str),
    pub(super) example: bool,
}

/// A word with its class.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) class: &'static str,
    pub(super) words: String,
}

/// A programme.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) verdict: String,
    pub(super) tags: Vec<Tag>,
    pub(super) given: Vec<Line>,
    pub(super) lacking_title: &'static str,
    pub(super) lacking: String,
    pub(super) remarks: Vec<Line>,
    pub(super) open: bool,
    pub(super) conditions: Vec<ConditionView>,
    pub(super) unresolved: Vec<Line>,
    pub(super) materials: Vec<Line>,
    pub(super) dealing: Vec<(&'static str, Line)>,
    pub(super) citations: Vec<BasisView>,
    pub(super) ask_url: String,
}

/// A programme in a line.
#[derive(Debug)]
pub(super) struct Brief {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) words: String,
}

/// The programmes of one verdict.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) class: &'static str,
    pub(super) title: &'static str,
    pub(super) none: &'static str,
    pub(super) cards: Vec<Card>,
    pub(super) briefs: Vec<Brief>,
}

impl Group {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.cards.len() + self.briefs.len()
    }
}

/// A known fact.
#[derive(Debug)]
pub(super) struct FactView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) told: String,
    /// The words it was just read from.
    pub(super) words: String,
}

/// A question.
#[derive(Debug)]
pub(super) struct AskView {
    pub(super) fact: String,
    pub(super) name: String,
    pub(super) question: String,
    pub(super) explanation: String,
    pub(super) kind: String,
    pub(super) unit: String,
    pub(super) choices: Vec<String>,
    pub(super) waiting: usize,
    pub(super) for_amount: bool,
}

/// A match as the page shows it.
#[derive(Debug)]
pub(super) struct MatchView {
    pub(super) subject: String,
    pub(super) day: String,
    pub(super) facts: Vec<FactView>,
    /// Facts answered with 不知道.
    pub(super) unknown: Vec<FactView>,
    /// Free words from which nothing could be read.
    pub(super) unread: bool,
    pub(super) ask: Option<AskView>,
    pub(super) groups: Vec<Group>,
    pub(super) form: Vec<AskView>,
    pub(super) only: String,
    /// The case as the next form carries it.
    pub(super) profile: String,
    pub(super) code: String,
}

impl MatchView {
    /// The view of a match of this case.
    pub(super) fn new(matched: &MatchJson, case: &Case, facts: &[FactDefinitionJson]) -> Self {
        let carried = serde_json::json!({
            "subject": matched.subject, "as_of": matched.as_of, "facts": matched.facts, "unknown": matched.unknown,
        });
        let profile = carried.to_string();
        let shown: Vec<&ProgrammeMatchJson> =
            matched.programmes.iter().filter(|one| case.only.is_empty() || one.id == case.only).collect();
        let named = |id: &String| facts.iter().find(|fact| fact.fact == *id);
        let waiting = waiting(&shown);
        let open = |(id, count): (&String, usize)| named(id).map(|fact| ask(fact, count, false));
        let next = matched.next_question.as_ref().map(|next| ask(&next.fact, next.waiting, next.for_amount));
        let only_next = waiting.first().and_then(|(id, count)| open((id, *count)));
        let form = waiting.iter().filter_map(|(id, count)| open((id, *count))).take(FORM_FACTS).collect();
        let unknown = matched.unknown.iter().filter_map(named);
        Self {
            subject: matched.subject.clone(),
            day: matched.as_of.clone(),
            facts: known(matched),
            unknown: unknown.map(|fact| fact_view(&fact.fact, &fact.name, "不知道", "")).collect(),
            unread: !case.text.is_empty() && matched.read.is_empty(),
            ask: if case.only.is_empty() { next } else { only_next },
            groups: groups(matched, &shown, !case.only.is_empty()),
            form,
            only: case.only.clone(),
            code: code::write(&profile),
            profile,
        }
    }
}

fn fact_view(id: &str, name: &str, told: &str, words: &str) -> FactView {
    FactView { id: id.to_owned(), name: name.to_owned(), told: told.to_owned(), words: words.to_owned() }
}

fn known(matched: &MatchJson) -> Vec<FactView> {
    let read = |id: &str| matched.read.iter().find(|read| read.used && read.fact == id);
    let words = |id: &str| read(id).map_or("", |read| read.words.as_str());
    matched.known.iter().map(|fact| fact_view(&fact.fact, &fact.name, &fact.told, words(&fact.fact))).collect()
}

/// The facts that undetermined programmes wait for, those most wait for first.
fn waiting(shown: &[&ProgrammeMatchJson]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let missing = shown.iter().flat_map(|one| &one.missing_facts);
    for (at, fact) in missing.enumerate() {
        counts.entry(&fact.fact).or_insert((0, at)).0 += 1;
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(_, (count, at))| (std::cmp::Reverse(*count), *at));
    all.into_iter().map(|(fact, (count, _))| (fact.to_owned(), count)).collect()
}

fn ask(fact: &FactDefinitionJson, waiting: usize, for_amount: bool) -> AskView {
    AskView {
        fact: fact.fact.clone(),
        name: fact.name.clone(),
        question: fact.question.clone(),
        explanation: fact.explanation.clone(),
        kind: fact.kind.clone(),
        unit: fact.unit.clone().unwrap_or_default(),
        choices: fact.choices.clone(),
        waiting,
        for_amount,
    }
}

fn groups(matched: &MatchJson, shown: &[&ProgrammeMatchJson], only: bool) -> Vec<Group> {
    let group = |class: &'static str, title, none, whole: usize| {
        let mut cards = Vec::new();
        let mut briefs = Vec::new();
        for one in shown.iter().filter(|one| one.verdict == class) {
            if cards.len() < whole || only {
                cards.push(card(matched, one, only));
            } else {
                briefs.push(Brief { id: one.id.clone(), name: one.name.clone(), words: lacking(one) });
            }
        }
        Group { class, title, none, cards, briefs }
    };
    let all = vec![
        group("eligible", "符合条件", "目前还没有能确定符合的。", usize::MAX),
        group("undetermined", "还不能确定", "没有待定的了。", WHOLE_UNDETERMINED),
        group("not_eligible", "不符合", "没有不符合的。", 0),
    ];
    all.into_iter().filter(|group| !only || group.count() > 0).collect()
}

/// What stands in the way, or what would decide.
fn lacking(one: &ProgrammeMatchJson) -> String {
    if one.standing != "in_force" {
        return one.standing_words.clone();
    }
    if one.verdict == "undetermined" {
        return one.missing_facts.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>().join("、");
    }
    let unmet = one.conditions.iter().filter(|condition| condition.matters && condition.state == "not_met");
    let words = |condition: &ConditionJson| match &condition.by_how_much {
        Some(gap) => format!("{}（{gap}）", condition.words),
        None => condition.words.clone(),
    };
    unmet.map(words).collect::<Vec<_>>().join("；")
}

fn card(matched: &MatchJson, one: &ProgrammeMatchJson, open: bool) -> Card {
    let line = |stated: &StatedJson| Line { words: stated.text.clone(), numbers: vec![stated.citation] };
    let dealing = [
        (
            "申报期",
            one.window.as_ref().map(|window| Line { words: window.words.clone(), numbers: vec![window.citation] }),
        ),
        ("找谁", one.department.as_ref().map(line)),
        ("电话", one.telephone.as_ref().map(line)),
        ("在哪办", one.place.as_ref().map(line)),
        ("网上办", one.online.as_ref().map(line)),
    ];
    let overlaps = one.exclusive.iter();
    let overlaps = overlaps.map(|other| Line { words: other.words.clone(), numbers: vec![other.citation] });
    let mut card = Card {
        id: one.id.clone(),
        name: one.name.clone(),
        verdict: one.label.clone(),
        tags: tags(one),
        given: given(one),
        lacking_title: if one.verdict == "undetermined" { "还要知道：" } else { "差：" },
        lacking: if one.verdict == "eligible" { String::new() } else { lacking(one) },
        remarks: overlaps.chain(one.notes.iter().map(line)).collect(),
        open,
        conditions: one.conditions.iter().map(condition).collect(),
        unresolved: one.unresolved.iter().map(line).collect(),
        materials: one.materials.iter().map(line).collect(),
        dealing: dealing.into_iter().filter_map(|(name, line)| Some((name, line?))).collect(),
        citations: Vec::new(),
        ask_url: link("/", &[("q", &one.name), ("region", one.region.as_deref().unwrap_or_default())]),
    };
    card.citations = used(&card).into_iter().filter_map(|number| basis(matched, number)).collect();
    card
}

/// The numbers of all bases of a card, each once, upwards.
fn used(card: &Card) -> Vec<u32> {
    let lines = card.given.iter().chain(&card.remarks).chain(&card.unresolved).chain(&card.materials);
    let lines = lines.chain(card.dealing.iter().map(|(_, line)| line)).flat_map(|line| &line.numbers);
    let mut numbers: Vec<u32> =
        lines.chain(card.conditions.iter().flat_map(|condition| &condition.numbers)).copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn basis(matched: &MatchJson, number: u32) -> Option<BasisView> {
    let cite: &CitationJson = matched.citations.iter().find(|cite| cite.number == number)?;
    Some(BasisView {
        number,
        quote: cite.quote.clone(),
        name: format!("{}{}", labels::titled(&cite.document.title), cite.clause.label),
        url: quote(&cite.document.id, &cite.clause.id, cite.start, cite.end),
        badge: labels::badge(&cite.document),
        example: cite.document.example,
    })
}

fn given(one: &ProgrammeMatchJson) -> Vec<Line> {
    let benefit = |benefit: &crate::contract::BenefitJson| {
        let per = benefit.per.as_ref().filter(|per| !benefit.words.contains(per.as_str()));
        let per = per.map(|per| format!("（{per}）")).unwrap_or_default();
        let maybe = if benefit.state == "unknown" { "可能有：" } else { "" };
        Line { words: format!("{maybe}{}{per}", benefit.words), numbers: vec![benefit.citation] }
    };
    one.benefits.iter().map(benefit).collect()
}

fn tags(one: &ProgrammeMatchJson) -> Vec<Tag> {
    let itself = (one.delivery == "免申即享").then(|| Tag { class: "itself", words: "免申即享".to_owned() });
    itself.into_iter().chain(one.window.as_ref().and_then(window_tag)).collect()
}

fn window_tag(window: &WindowJson) -> Option<Tag> {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let (class, words) = match (window.state.as_str(), window.days_left) {
        ("open", Some(0)) => ("soon", "今天截止".to_owned()),
        ("open", Some(left)) if left <= SOON => ("soon", format!("还剩{left}天")),
        ("open", Some(_)) => ("", format!("{}截止", day(&window.closes))),
        ("opens", _) => ("over", format!("{}开始申报", day(&window.opens))),
        ("closed", _) => ("over", "申报期已过".to_owned()),
        _ => return None,
    };
    Some(Tag { class, words })
}

fn condition(one: &ConditionJson) -> ConditionView {
    let (state, mark) = match (one.matters, one.state.as_str()) {
        (false, _) => ("idle", "不影响"),
        (true, "met") => ("met", "符合"),
        (true, "not_met") => ("not_met", "不符合"),
        (true, _) => ("unknown", "未知"),
    };
    let either = one.alternative.map(|other| format!("（符合其一即可，第{}种）", other.branch + 1)).unwrap_or_default();
    ConditionView {
        state,
        mark,
        words: format!("{}{either}", one.words),
        gap: one.by_how_much.clone().unwrap_or_default(),
        numbers: vec![one.citation],
    }
}
