//! What stands beside a grant (期限、材料、部门、地点、互斥), from its own clause or from others about it.

use std::ops::Range;

use super::build::Proposal;
use super::contact::Facet;
use super::naming::plain;
use super::sentence::Sentence;
use super::shape::Stated;
use super::window::{self, Window};

/// Writes windows, materials, contacts and exclusions into the proposal.
pub(super) fn facets(proposal: &mut Proposal<'_>, at: usize) {
    let reading = proposal.reading;
    let mut order: Vec<usize> =
        (0..reading.sentences.len()).filter(|&one| reading.scope.of_sentence(one).contains(&at)).collect();
    // What its own clause says goes before what others say.
    order.sort_by_key(|&one| (reading.sentences[one].node != proposal.grant.node, one));
    let year = reading.document.meta().dates.issued().map(|day| day.year());
    for one in order {
        let sentence = &reading.sentences[one];
        if let Some((found, part)) = window::window(sentence.text, year) {
            put_window(proposal, sentence, found, &part);
        }
        for facet in &reading.facets[one] {
            put(proposal, sentence, facet);
        }
    }
    end(proposal);
    material_clauses(proposal, at);
    responsible(proposal);
}

/// The last day that the clause of the grant states of itself.
fn end(proposal: &mut Proposal<'_>) {
    let reading = proposal.reading;
    let own = reading.sentences.iter().filter(|sentence| sentence.node == proposal.grant.node);
    if let Some((sentence, (day, part))) = own.filter_map(|one| Some((one, window::until(one.text)?))).next() {
        proposal.cite("until", sentence.at(&part));
        proposal.out.until = Some(day.to_string());
    }
}

fn put(proposal: &mut Proposal<'_>, sentence: &Sentence<'_>, facet: &Facet) {
    let whole = sentence.at(&(0..sentence.text.len()));
    let state = |proposal: &mut Proposal<'_>, purpose: &str, at: &Range<usize>| {
        let basis = proposal.cite(purpose, whole.clone());
        Stated { text: plain(&sentence.text[at.clone()]), basis }
    };
    match facet {
        Facet::Telephone(at) if proposal.out.telephone.is_none() => {
            proposal.out.telephone = Some(state(proposal, "contact", at));
        }
        Facet::Place(at) if proposal.out.place.is_none() => proposal.out.place = Some(state(proposal, "contact", at)),
        Facet::Online(at) if proposal.out.online.is_none() => {
            proposal.out.online = Some(state(proposal, "contact", at))
        }
        Facet::Department(at) if proposal.out.department.is_none() => {
            proposal.out.department = Some(state(proposal, "department", at));
        }
        Facet::Exclusive(rule, _) => {
            let basis = proposal.cite("exclusive", whole);
            if proposal.out.exclusive.iter().all(|(_, known)| *known != basis) {
                proposal.out.exclusive.push((rule, basis));
            }
        }
        Facet::ByItself(_) if sentence.node == proposal.grant.node || RULES.is_match(sentence.text) => {
            proposal.cite("delivery", whole);
            proposal.out.by_itself = true;
        }
        Facet::Total(at) => {
            let Stated { text, basis } = state(proposal, "total", at);
            proposal.leave(format!("总额限制：{text}"), basis);
        }
        Facet::Materials(names) => {
            for name in names {
                let stated = state(proposal, "materials", name);
                add_material(proposal, stated);
            }
        }
        _ => {}
    }
}

pattern!(RULES, r"(?:实行|采取|采用|均为|通过)[^，。；]{0,6}免申即享|不需(?:企业|要)?申[请报]|直接兑现");

fn add_material(proposal: &mut Proposal<'_>, stated: Stated) {
    if proposal.out.materials.iter().all(|known| known.text != stated.text) {
        proposal.out.materials.push(stated);
    }
}

/// A window is taken when it is the first and a fact or a calendar can hold it; else it is left to a person.
fn put_window(proposal: &mut Proposal<'_>, sentence: &Sentence<'_>, found: Window, part: &Range<usize>) {
    let basis = proposal.cite("window", sentence.at(&(0..sentence.text.len())));
    let keys = if proposal.out.window.is_none() { keys(proposal, &found) } else { None };
    match keys {
        Some(keys) => proposal.out.window = Some((keys, basis)),
        None if proposal.out.window.as_ref().is_some_and(|(_, known)| *known == basis) => {}
        None => proposal.leave(format!("时限：{}", plain(&sentence.text[part.clone()])), basis),
    }
}

fn keys(proposal: &Proposal<'_>, found: &Window) -> Option<String> {
    match found {
        Window::Always => Some("always: true".to_owned()),
        Window::Yearly(opens, closes) => Some(format!("opens: {opens}, closes: {closes}, yearly: true")),
        Window::Once(opens, closes) => {
            let opens = opens.map(|day| format!("opens: {day}, ")).unwrap_or_default();
            closes.map(|closes| format!("{opens}closes: {closes}"))
        }
        Window::Since { days, months, of } => {
            let audience = proposal.out.audience;
            let dates = proposal.reading.vocabulary.of(&["date"]).filter(|fact| fact.subject == audience);
            let fact =
                dates.into_iter().find(|fact| fact.words().any(|word| of.ends_with(word.trim_end_matches("日期"))))?;
            let length = match (days, months) {
                (Some(days), _) => format!("within_days: {days}"),
                (None, Some(months)) => format!("within_months: {months}"),
                (None, None) => return None,
            };
            Some(format!("{length}, of: {}", fact.id))
        }
        Window::Other => None,
    }
}

pattern!(
    MATERIALS_HEADING,
    r"^(?:申请|申报|提交|所需|报送|申领)?(?:的)?(?:材料|资料)(?:清单)?(?:包括|：|:|。|$)|(?:提交|提供|报送|准备)(?:以下|下列)(?:申请|申报)?(?:材料|资料)"
);
pattern!(NOT_BROUGHT, r"不提交|不需|无需|免交|不再|核验|共享");

/// Items of a clause that is headed as the list of materials.
fn material_clauses(proposal: &mut Proposal<'_>, at: usize) {
    let reading = proposal.reading;
    for (nth, sentence) in reading.sentences.iter().enumerate() {
        let announces = MATERIALS_HEADING.is_match(sentence.text) && reading.scope.of_node(sentence.node).contains(&at);
        if !announces {
            continue;
        }
        let below = reading.sentences[nth + 1..].iter().take_while(|next| {
            next.node == sentence.node || reading.document.outline().lineage(next.node).contains(&sentence.node)
        });
        for item in below.filter(|item| item.node != sentence.node && !NOT_BROUGHT.is_match(item.text)) {
            for name in super::contact::listed(item.text, 0..item.text.len()) {
                let basis = proposal.cite("materials", item.at(&(0..item.text.len())));
                let text = plain(&item.text[name]);
                add_material(proposal, Stated { text, basis });
            }
        }
    }
}

/// The unit that the clause itself names as responsible.
fn responsible(proposal: &mut Proposal<'_>) {
    let outline = proposal.reading.document.outline();
    let line = outline.lineage(proposal.grant.node);
    let named = line.iter().rev().flat_map(|&node| &outline.nodes()[node].responsibilities);
    let units =
        named.filter(|one| one.role.contains("单位") || one.role.contains("部门")).find(|one| !one.values.is_empty());
    if let Some(units) = units.cloned() {
        let basis = proposal.cite("department", units.range.clone());
        proposal.out.department = Some(Stated { text: units.values.join("、"), basis });
    }
}
