//! One question about several places (分地区作答): each was asked by itself, and the answers stand side by side. What the
//! library does not have of one place is said; nothing is dropped.

use crate::contract::Status;
use crate::index::Generation;

use super::{Consultation, Quoted, Statement, comparison, phrases, weights};

/// The consultations of the places of one question as one, in the order in which the question names them.
#[must_use]
pub fn side_by_side(generation: &Generation, parts: Vec<Consultation>) -> Option<Consultation> {
    let answers = |part: &Consultation| matches!(part.status, Status::Answered | Status::Partial);
    let lacking: Vec<String> = parts.iter().filter(|part| !answers(part)).filter_map(lacks).collect();
    let place = parts.first().and_then(|part| part.need.region.clone());
    let beside = parts.first().map(|part| part.need.regions_beside.clone()).unwrap_or_default();
    let (answered, others): (Vec<Consultation>, Vec<Consultation>) = parts.into_iter().partition(answers);
    if answered.is_empty() {
        let mut first = others.into_iter().next()?;
        // Only an answer can lack a part; here nothing is answered.
        extend_new(&mut first.notes, lacking);
        return Some(first);
    }
    let places: Vec<(String, Vec<String>)> = answered.iter().map(documents_of).collect();
    let mut whole = answered.into_iter().reduce(joined)?;
    (whole.need.region, whole.need.regions_beside) = (place, beside);
    whole.missing.extend(lacking);
    if !whole.missing.is_empty() {
        whole.status = Status::Partial;
        whole.message = phrases::PARTIAL.to_owned();
    }
    let (ours, said): (Vec<Statement>, Vec<Statement>) =
        std::mem::take(&mut whole.statements).into_iter().partition(|statement| statement.quotes.is_empty());
    let of_said = |index: &usize| said.iter().any(|statement| statement.quotes.contains(index));
    let quotes: Vec<(usize, &Quoted)> = whole.quotes.iter().enumerate().filter(|(index, _)| of_said(index)).collect();
    let mut rows = comparison::rows(generation, quotes.into_iter());
    for row in &mut rows {
        let id = whole.quotes[row.first].document.id().as_str();
        let of = places.iter().filter(|(_, documents)| documents.iter().any(|document| document == id));
        row.places = of.map(|(place, _)| place.clone()).collect();
    }
    let marked = comparison::marked(&rows, said);
    let ours = ours.into_iter().filter(|one| !phrases::is_marking(&one.text));
    whole.statements = ours.chain(marked).collect();
    whole.comparison = rows;
    Some(whole)
}

/// What is said of a place of which the library has nothing.
fn lacks(part: &Consultation) -> Option<String> {
    part.need.region.as_ref().map(|region| phrases::nothing_of(&region.name))
}

/// The name of the place of a part, and the documents that its answer quotes.
fn documents_of(part: &Consultation) -> (String, Vec<String>) {
    let place = part.need.region.as_ref().map_or(String::new(), |region| region.name.clone());
    (place, part.quotes.iter().map(|quoted| quoted.citation.document().to_string()).collect())
}

/// Two consultations as one: the quotes of the second after those of the first, each once.
fn joined(mut first: Consultation, second: Consultation) -> Consultation {
    let mut places: Vec<usize> = Vec::new();
    for quoted in second.quotes {
        let known = first.quotes.iter().position(|other| other.citation == quoted.citation);
        places.push(known.unwrap_or(first.quotes.len()));
        if known.is_none() {
            first.quotes.push(quoted);
        }
    }
    let place = |index: usize| places.get(index).copied();
    for statement in second.statements {
        let quotes = statement.quotes.into_iter().filter_map(place).collect();
        let moved = Statement { quotes, ..statement };
        if !first.statements.contains(&moved) {
            first.statements.push(moved);
        }
    }
    for mut figure in second.figures {
        let Some(quote) = place(figure.quote) else { continue };
        figure.quote = quote;
        if !first.figures.contains(&figure) {
            first.figures.push(figure);
        }
    }
    for mut explained in second.explanations {
        let Some(explains) = place(explained.explains) else { continue };
        explained.explains = explains;
        first.explanations.push(explained);
    }
    for mut step in second.next_steps {
        step.quote = step.quote.and_then(place);
        if first.next_steps.iter().all(|known| known.name != step.name) {
            first.next_steps.push(step);
        }
    }
    extend_new(&mut first.missing, second.missing);
    extend_new(&mut first.notes, second.notes);
    extend_new(&mut first.related, second.related);
    first.related.truncate(weights::RELATED);
    first.confidence = first.confidence.min(second.confidence);
    first
}

fn extend_new(list: &mut Vec<String>, more: Vec<String>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}
