//! Says that, and why, nothing is stated.

use std::collections::HashSet;

use crate::contract::Status;
use crate::index::Generation;
use crate::query::{InformationNeed, Refusal};
use crate::ranking::Ranking;

use super::{
    Abstention, Ask, Consultation, Evidence, NotFound, Statement, compose, figures, functions, phrases, related, steps,
};

/// The consultation that abstains.
#[must_use]
pub fn abstain(
    generation: &Generation,
    need: InformationNeed,
    abstention: Abstention,
    ranking: Option<Ranking>,
) -> Consultation {
    let mut consultation = Consultation {
        need,
        status: Status::NotFound,
        message: String::new(),
        notes: Vec::new(),
        offers: Vec::new(),
        statements: Vec::new(),
        quotes: Vec::new(),
        figures: Vec::new(),
        comparison: Vec::new(),
        missing: Vec::new(),
        refusal: None,
        ask: None,
        contacts: Vec::new(),
        explanations: Vec::new(),
        next_steps: Vec::new(),
        related: Vec::new(),
        confidence: 0.0,
        signals: Vec::new(),
        ranking,
    };
    match abstention {
        Abstention::Emergency => emergency(&mut consultation),
        Abstention::Refused(refusal) => {
            consultation.status = Status::Refused;
            consultation.message = phrases::refused(refusal).to_owned();
            consultation.refusal = Some(refusal);
            if matches!(refusal, Refusal::PersonalData | Refusal::IndividualCase) {
                consultation.next_steps = steps::window(generation, &consultation.need);
            }
        }
        Abstention::NotFound(why) => not_found(generation, &mut consultation, &why),
        Abstention::ElsewhereOnly(evidence) => {
            show(&mut consultation, Status::ElsewhereOnly, phrases::ELSEWHERE, &evidence);
        }
        Abstention::LapsedOnly(evidence) => show(&mut consultation, Status::LapsedOnly, phrases::LAPSED, &evidence),
        Abstention::NeedsRegion(regions) => {
            consultation.status = Status::NeedsFact;
            consultation.message = phrases::NEEDS_REGION.to_owned();
            consultation.ask = Some(Ask::of_regions(&regions));
        }
        Abstention::NeedsFact(ask) => {
            consultation.status = Status::NeedsFact;
            let region = ask.fact == "region";
            consultation.message = if region { phrases::NEEDS_REGION } else { phrases::NEEDS_MATTER }.to_owned();
            consultation.ask = Some(ask);
        }
        Abstention::Function(function) => functions::lead(generation, &mut consultation, function),
    }
    consultation
}

fn emergency(consultation: &mut Consultation) {
    consultation.status = Status::Emergency;
    if let Some(reply) = &consultation.need.emergency {
        consultation.message.clone_from(&reply.reply);
        consultation.contacts = reply.numbers.iter().map(|line| (line.name.clone(), line.number.clone())).collect();
    }
}

fn not_found(generation: &Generation, consultation: &mut Consultation, why: &NotFound) {
    let empty = consultation.need.is_empty() && *why == NotFound::Nothing;
    // An interpretation whose policy is in the library is no reason: the policy does not say it.
    let explained =
        |title: &String| generation.heads().iter().any(|head| &head.meta.title == title && !head.interprets.is_empty());
    let why = match why {
        NotFound::OnlyInterpretation(title) if explained(title) => &NotFound::Nothing,
        why => why,
    };
    consultation.message = if empty { phrases::EMPTY.to_owned() } else { phrases::not_found(why) };
    consultation.next_steps = steps::window(generation, &consultation.need);
    let terms = consultation.ranking.as_ref().map(|ranking| &ranking.terms);
    consultation.related = related::of(generation, &consultation.need, terms, &HashSet::new());
}

/// Shows quotes that do not govern, under the words that say so.
fn show(consultation: &mut Consultation, status: Status, phrase: &str, evidence: &Evidence) {
    consultation.status = status;
    consultation.message = phrase.to_owned();
    consultation.quotes = evidence.quotes().cloned().collect();
    consultation.statements = compose::statements(&consultation.quotes);
    consultation.figures = figures::of(&consultation.quotes);
    consultation.statements.insert(0, Statement { text: phrase.to_owned(), quotes: Vec::new() });
    consultation.confidence = evidence.confidence;
    consultation.signals.clone_from(&evidence.signals);
}
