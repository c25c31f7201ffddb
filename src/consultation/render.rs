//! Renders what the desk knows into the shapes promised to outsiders.

use jiff::civil::Date;

use super::life::{clauses, life_event_json, relation_json};
use super::understood::{region, understood};
use crate::answer::{Compared, Consultation, Explained, Measure, NextStep, Offer, Quoted, QuotedFigure};
use crate::contract::{
    AnswerJson, AskJson, ChoiceJson, CitationJson, CitedClauseJson, CitedDocumentJson, ComparedJson, ContactJson,
    DatumJson, DocumentJson, DocumentSummaryJson, InterpretationJson, InterpretationLinkJson, NextStepJson,
    ProgrammeLinkJson, SourceJson, StatementJson, ValueJson,
};
use crate::index::{Generation, Head, InterpretationLink};
use crate::policy::{Clause, Metadata, PolicyDocument, ValidityVerdict, validity};

/// The label by which the demonstration corpus is known.
const EXAMPLE: &str = "示例";

/// Below this every whole number is told apart from its neighbours as a float, too.
const MOST_WHOLE: f64 = 9e15;

/// An answer as it leaves the house.
#[must_use]
pub fn render(consultation: &Consultation, took_ms: f64) -> AnswerJson {
    let need = &consultation.need;
    let citations = consultation.quotes.iter().zip(1..).map(|(quoted, number)| citation(quoted, number)).collect();
    AnswerJson {
        question: need.question.clone(),
        status: consultation.status,
        as_of: need.as_of.to_string(),
        region: need.region.as_ref().map(region),
        understood: understood(need),
        answer: consultation.statements.iter().map(statement).collect(),
        message: consultation.message.clone(),
        notes: consultation.notes.clone(),
        missing: consultation.missing.clone(),
        reason: consultation.refusal.map(|refusal| refusal.name().to_owned()),
        ask: ask(consultation),
        contacts: consultation
            .contacts
            .iter()
            .map(|(name, phone)| ContactJson { name: name.clone(), phone: phone.clone() })
            .collect(),
        citations,
        values: consultation.figures.iter().map(value).collect(),
        comparison: consultation.comparison.iter().filter_map(|row| compared(consultation, row)).collect(),
        interpretations: consultation.explanations.iter().map(interpretation).collect(),
        next_steps: consultation.next_steps.iter().map(next_step).collect(),
        programmes: consultation.offers.iter().map(offer).collect(),
        related_questions: consultation.related.clone(),
        confidence: (f64::from(consultation.confidence) * 1000.0).round() / 1000.0,
        took_ms,
    }
}

fn offer(offer: &Offer) -> ProgrammeLinkJson {
    let Offer { id, name } = offer;
    ProgrammeLinkJson { id: id.clone(), name: name.clone(), url: format!("/match?programme={id}") }
}

/// A document as a citation names it, with its validity on the day asked about.
#[must_use]
pub fn cited_document(meta: &Metadata, verdict: &ValidityVerdict) -> CitedDocumentJson {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    CitedDocumentJson {
        id: meta.id.to_string(),
        title: meta.title.clone(),
        document_number: meta.number.as_ref().map(ToString::to_string),
        issuer: meta.issuers.join("、"),
        kind: meta.kind.name().to_owned(),
        issued: day(meta.dates.issued()),
        effective: day(meta.dates.effective),
        expires: day(meta.dates.expires),
        validity: verdict.state.name().to_owned(),
        validity_basis: verdict.basis.clone(),
        example: meta.sources.iter().any(|source| source.location == EXAMPLE),
        url: format!("/documents/{}", meta.id),
    }
}

/// A clause as a citation names it.
pub(super) fn cited_clause(clause: Clause<'_>) -> CitedClauseJson {
    CitedClauseJson {
        id: clause.id().to_string(),
        label: clause.label().to_owned(),
        path: clause.path(),
        url: format!("/documents/{}#{}", clause.document().id(), clause.id()),
    }
}

/// A document in a list.
#[must_use]
pub fn document_summary(head: &Head, as_of: Date) -> DocumentSummaryJson {
    let verdict = validity(&head.meta, &head.events, as_of);
    DocumentSummaryJson {
        document: cited_document(&head.meta, &verdict),
        region: head.meta.region.as_ref().map(ToString::to_string),
        themes: head.meta.themes.clone(),
    }
}

/// A document with its clauses.
#[must_use]
pub fn document_json(generation: &Generation, head: &Head, document: &PolicyDocument, as_of: Date) -> DocumentJson {
    let meta = document.meta();
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    DocumentJson {
        summary: document_summary(head, as_of),
        issuers: meta.issuers.clone(),
        level: meta.level.map(|level| level.name().to_owned()),
        audience: meta.audience.iter().map(|audience| audience.name().to_owned()).collect(),
        written: day(meta.dates.written),
        published: day(meta.dates.published),
        disclosure: meta.disclosure.name().to_owned(),
        version: meta.version,
        sources: meta.sources.iter().map(source).collect(),
        relations: meta.relations.iter().map(|relation| relation_json(generation, head, relation)).collect(),
        life_events: head.events.iter().map(life_event_json).collect(),
        interpretations: head
            .interpreted_by
            .iter()
            .filter_map(|serial| generation.head(*serial))
            .map(|other| other.meta.id.to_string())
            .collect(),
        interpretation_links: head.links.iter().filter_map(|link| interpretation_link(generation, link)).collect(),
        text_sha256: document.text_sha256().to_owned(),
        text_bytes: document.text().len(),
        clauses: clauses(head, document, as_of),
    }
}

fn source(source: &crate::policy::Source) -> SourceJson {
    let location = DocumentJson::public_location(&source.location);
    SourceJson { location, sha256: source.sha256.clone() }
}

fn interpretation_link(generation: &Generation, link: &InterpretationLink) -> Option<InterpretationLinkJson> {
    let other = generation.head(link.serial)?;
    Some(InterpretationLinkJson {
        document: other.meta.id.to_string(),
        title: other.meta.title.clone(),
        direction: if link.outgoing { "interprets" } else { "interpreted_by" }.to_owned(),
        form: link.form.json_name().to_owned(),
        confidence: link.confidence,
        likely: link.is_likely(),
        reason: link.reason.clone(),
    })
}

fn citation(quoted: &Quoted, number: u32) -> CitationJson {
    let range = quoted.citation.range();
    CitationJson {
        number,
        document: cited_document(quoted.document.meta(), &quoted.validity),
        clause: quoted_clause(quoted),
        quote: quoted.citation.quote().to_owned(),
        start: range.start,
        end: range.end,
        text_sha256: quoted.citation.text_sha256().to_owned(),
    }
}

fn quoted_clause(quoted: &Quoted) -> CitedClauseJson {
    quoted.document.clause_at(quoted.node).map_or_else(
        || CitedClauseJson { id: String::new(), label: String::new(), path: Vec::new(), url: String::new() },
        cited_clause,
    )
}

fn interpretation(explained: &Explained) -> InterpretationJson {
    let quoted = &explained.quoted;
    let range = quoted.citation.range();
    InterpretationJson {
        document: cited_document(quoted.document.meta(), &quoted.validity),
        clause: quoted_clause(quoted),
        quote: quoted.citation.quote().to_owned(),
        start: range.start,
        end: range.end,
        text_sha256: quoted.citation.text_sha256().to_owned(),
        explains: number(explained.explains),
    }
}

/// The number of a citation from its index.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn statement(statement: &crate::answer::Statement) -> StatementJson {
    StatementJson {
        text: statement.text.clone(),
        citations: statement.quotes.iter().map(|index| number(*index)).collect(),
    }
}

fn value(quoted: &QuotedFigure) -> ValueJson {
    let figure = &quoted.figure;
    ValueJson {
        citation: number(quoted.quote),
        kind: figure.kind.name().to_owned(),
        value: match figure.measure {
            // A whole number this small is the same as an integer.
            Measure::Number(value) if value.fract() == 0.0 && value.abs() < MOST_WHOLE => {
                DatumJson::Whole(value as i64)
            }
            Measure::Number(value) => DatumJson::Number(value),
            Measure::Day(day) => DatumJson::Day(day.to_string()),
        },
        unit: figure.unit.to_owned(),
        scope: figure.scope.clone(),
        text: quoted.text.clone(),
        start: figure.range.start,
        end: figure.range.end,
    }
}

fn compared(consultation: &Consultation, row: &Compared) -> Option<ComparedJson> {
    let quoted = consultation.quotes.get(row.first)?;
    Some(ComparedJson {
        places: row.places.clone(),
        document: quoted.document.id().to_string(),
        title: quoted.document.meta().title.clone(),
        level: row.level.map(|level| level.name().to_owned()),
        issued: row.issued.map(|day| day.to_string()),
        validity: quoted.validity.state.name().to_owned(),
        newest: row.newest,
        highest: row.highest,
        citations: row.quotes.iter().map(|index| number(*index)).collect(),
    })
}

fn next_step(step: &NextStep) -> NextStepJson {
    NextStepJson {
        kind: step.kind.name().to_owned(),
        name: step.name.clone(),
        now: step.now.clone(),
        basis: step.basis.clone(),
        office: step.office.clone(),
        citation: step.quote.map(number),
        phone: step.phone.clone(),
        address: step.address.clone(),
        url: step.url.clone(),
    }
}

fn ask(consultation: &Consultation) -> Option<AskJson> {
    let choice = |(value, label): &(String, String)| ChoiceJson { value: value.clone(), label: label.clone() };
    consultation.ask.as_ref().map(|ask| AskJson {
        fact: ask.fact.to_owned(),
        question: ask.question.to_owned(),
        choices: ask.choices.iter().map(choice).collect(),
    })
}
