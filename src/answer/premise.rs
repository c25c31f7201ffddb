//! False premises (错误前提): a number, share, day or clause stated in the question that the quoted clauses do not hold.
//! It is never affirmed: a fixed phrase says that it does not stand there, and the clause's own words follow.

use crate::policy::PolicyDocument;
use crate::query::{AnswerType, InformationNeed};
use crate::ranking::AskedClause;

use super::claim::{claims, is_stated};
use super::figures::{Figure, FigureKind, Measure, figures_in};
use super::{Quoted, phrases, value};

// A clause named as what something rests on.
pattern!(RESTS_ON, r"依据|根据|按照|依照|按|凭");

/// A need with the kinds of value that its question states (最高20万对吗 asks for an amount), where it names no other.
#[must_use]
pub fn with_stated_kinds(mut need: InformationNeed) -> InformationNeed {
    if need.answer_types.iter().all(|kind| !kind.wants_value()) {
        let own: Vec<&str> = need.facts.iter().map(|fact| fact.words.as_str()).collect();
        let stated: Vec<AnswerType> = claims(&need.meant, &own).iter().map(value::kind_of).collect();
        for kind in stated.into_iter().rev().filter(|kind| kind.wants_value()) {
            need.answer_types.retain(|known| *known != kind);
            need.answer_types.insert(0, kind);
        }
    }
    need
}

/// The fixed phrases about what the question states and these quotes do not hold; `said` of them make the answer.
pub(super) fn of(need: &InformationNeed, quotes: &[Quoted], said: usize) -> Vec<&'static str> {
    let own: Vec<&str> = need.facts.iter().map(|fact| fact.words.as_str()).collect();
    let claims = claims(&need.meant, &own);
    let mut found: Vec<&'static str> = Vec::new();
    if !claims.is_empty() {
        let held: Vec<Figure> = quotes.iter().flat_map(|quoted| figures_in(quoted.citation.quote())).collect();
        let documents = documents(quotes);
        // Over a quote without any figure it would stand for nothing: then the figure is what is missing.
        let met = |claim: &Figure| {
            let in_cells = |quoted: &Quoted| quoted.citation.quote().contains('|');
            held.iter().any(|other| is_alike(claim.kind, other.kind)) || quotes.iter().any(in_cells)
        };
        for claim in claims.iter().filter(|claim| met(claim) && is_false(claim, &held, quotes, &documents)) {
            let phrase = phrases::premise(claim.kind);
            if !found.contains(&phrase) {
                found.push(phrase);
            }
        }
    }
    let answering = quotes.get(..said).unwrap_or(quotes);
    found.extend(rests_on_another_clause(need, answering).then_some(phrases::PREMISE_CLAUSE));
    found
}

/// A claimed value that these quotes neither hold nor have another one of its kind for: the document's own is wanted.
pub(super) fn unheld(need: &InformationNeed, quotes: &[Quoted]) -> Option<Figure> {
    let own: Vec<&str> = need.facts.iter().map(|fact| fact.words.as_str()).collect();
    let held = |claim: &Figure| quotes.iter().any(|quoted| fit(claim, quoted.citation.quote()) > 0);
    claims(&need.meant, &own).into_iter().find(|claim| !held(claim) && !stands_bare(claim, quotes))
}

/// How well the values of a text stand against a claimed one: 0 when none is of its kind, 2 when one has its scope too.
pub(super) fn fit(claim: &Figure, text: &str) -> u8 {
    let figures = figures_in(text);
    let alike = figures.iter().filter(|other| is_comparable(claim, other));
    let scoped = |other: &Figure| {
        claim.scope.iter().any(|word| other.scope.iter().any(|own| own.contains(word.as_str()) || word.contains(own)))
    };
    alike.map(|other| 1 + u8::from(scoped(other))).max().unwrap_or(0)
}

/// Whether two values answer the same kind of question.
fn is_comparable(claim: &Figure, other: &Figure) -> bool {
    let day = claim.kind == FigureKind::Date && other.kind == FigureKind::Date;
    day || is_alike(claim.kind, other.kind) && alike_units(claim.unit) == alike_units(other.unit)
}

/// Whether no quote holds a claimed value, though a quote has another one of its kind, or the whole document has it
/// nowhere.
fn is_false(claim: &Figure, held: &[Figure], quotes: &[Quoted], documents: &[&PolicyDocument]) -> bool {
    if held.iter().any(|other| is_same(claim, other)) || stands_bare(claim, quotes) {
        return false;
    }
    let contradicted = held.iter().any(|other| is_comparable(claim, other));
    contradicted
        || documents.iter().all(|document| !figures_in(document.text()).iter().any(|other| is_same(claim, other)))
}

/// Whether two values are the same: of one family and one unit, whatever their scope.
fn is_same(claim: &Figure, other: &Figure) -> bool {
    match (claim.measure, other.measure) {
        (Measure::Day(one), Measure::Day(other)) => one.agrees_with(other),
        (Measure::Number(one), Measure::Number(two)) => {
            let near = (one - two).abs() <= f64::EPSILON * one.abs().max(1.0);
            near && is_alike(claim.kind, other.kind) && alike_units(claim.unit) == alike_units(other.unit)
        }
        _ => false,
    }
}

/// Whether the number stands in a quote without a unit, as in the cells of a table.
fn stands_bare(claim: &Figure, quotes: &[Quoted]) -> bool {
    let Measure::Number(value) = claim.measure else { return false };
    let table = quotes.iter().map(|quoted| quoted.citation.quote()).filter(|quote| quote.contains('|'));
    table.flat_map(crate::analysis::numerals_in).any(|numeral| {
        [numeral.value, numeral.value * 100.0]
            .iter()
            .any(|other| (other - value).abs() <= f64::EPSILON * value.abs().max(1.0))
    })
}

/// An amount may be claimed of a ceiling, and the other way round.
fn is_alike(one: FigureKind, other: FigureKind) -> bool {
    let family = |kind: FigureKind| match kind {
        FigureKind::Ceiling | FigureKind::Rate => FigureKind::Amount,
        kind => kind,
    };
    family(one) == family(other)
}

/// Units that people use for each other.
fn alike_units(unit: &'static str) -> &'static str {
    match unit {
        "周岁" => "岁",
        "工作日" => "日",
        "名" | "人次" => "人",
        unit => unit,
    }
}

/// The documents quoted, each once.
fn documents(quotes: &[Quoted]) -> Vec<&PolicyDocument> {
    let mut documents: Vec<&PolicyDocument> = Vec::new();
    for quoted in quotes {
        if documents.iter().all(|other| other.id() != quoted.document.id()) {
            documents.push(&quoted.document);
        }
    }
    documents
}

/// Whether the question rests something on a clause, and what answers it stands in another one.
fn rests_on_another_clause(need: &InformationNeed, answering: &[Quoted]) -> bool {
    let Some(label) = need.clause.as_deref() else { return false };
    let based = need.meant.find(label).is_some_and(|at| RESTS_ON.is_match(&need.meant[..at])) || is_stated(&need.meant);
    let in_clause = |quoted: &Quoted| {
        let outline = quoted.document.outline();
        let asked = AskedClause::of(need, outline);
        asked.is_some_and(|clause| outline.lineage(quoted.node).into_iter().any(|node| clause.holds(node)))
    };
    based && !answering.is_empty() && !answering.iter().any(in_clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Figure {
        figures_in(text).remove(0)
    }

    #[test]
    fn a_claim_is_measured_by_the_values_of_the_quotes() {
        let held = [figure("每人每月100元"), figure("80周岁以上"), figure("2027年12月31日")];
        let false_of = |text: &str| is_false(&figure(text), &held, &[], &[]);
        assert!(false_of("每月500元") && false_of("满60岁") && false_of("返90%") && false_of("10月31日"));
        assert!(!false_of("100元") && !false_of("80岁") && !false_of("12月31日") && !false_of("最高100元"));
    }
}
