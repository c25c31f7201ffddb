//! Asking again (再问): the address of the same question with one thing changed, and of an answer that is shared.

use super::link::link;
use crate::contract::AnswerJson;
use crate::query::mask_personal_numbers;

/// The anchor of the answer on the page.
pub(super) const GIVEN: &str = "#given";

/// The parameters a question was asked with.
#[derive(Debug, Clone, Default)]
pub(super) struct Again {
    pub(super) question: String,
    pub(super) region: String,
    pub(super) as_of: String,
    pub(super) after: String,
    pub(super) no: String,
    /// Whether it is asked in the widget.
    pub(super) in_widget: bool,
}

impl Again {
    /// The address that asks so, down at the answer: without scripts it is in sight at once.
    pub(super) fn url(&self) -> String {
        self.address() + GIVEN
    }

    fn address(&self) -> String {
        let Self { question, region, as_of, after, no, .. } = self;
        link("/", &[("q", question), ("region", region), ("as_of", as_of), ("after", after), ("no", no)])
    }

    /// Another question, in the same place and for the same day.
    pub(super) fn other(&self, question: &str) -> String {
        link("/", &[("q", question), ("region", &self.region), ("as_of", &self.as_of)]) + GIVEN
    }

    /// The same question with the fact that decides.
    pub(super) fn chosen(&self, answer: &AnswerJson, value: &str) -> String {
        match answer.ask.as_ref().map(|ask| ask.fact.as_str()) {
            Some("matter") => Self { question: value.to_owned(), after: String::new(), ..self.clone() }.url(),
            _ => Self { region: value.to_owned(), ..self.clone() }.url(),
        }
    }

    /// What is taken back, with one thing more.
    pub(super) fn less(&self, what: &str) -> String {
        if self.no.is_empty() { what.to_owned() } else { format!("{},{what}", self.no) }
    }

    /// The same question with one thing more taken back.
    pub(super) fn without(&self, what: &str) -> String {
        Self { no: self.less(what), ..self.clone() }.url()
    }

    /// The address that gives the same answer to anybody on any day; none when the question holds personal numbers.
    pub(super) fn shared(&self, answer: &AnswerJson) -> Option<String> {
        let standalone = answer.understood.standalone.as_ref().unwrap_or(&self.question);
        if mask_personal_numbers(standalone) != *standalone || mask_personal_numbers(&self.question) != self.question {
            return None;
        }
        let region = answer.region.as_ref().filter(|region| region.from != "question");
        let said = answer.understood.as_of.as_ref().is_some_and(|day| day.from == "question");
        let shared = Self {
            question: standalone.clone(),
            region: region.map(|region| region.code.clone()).unwrap_or_default(),
            // A day that the question names is read from the question again.
            as_of: if said { self.as_of.clone() } else { answer.as_of.clone() },
            after: String::new(),
            no: self.no.clone(),
            in_widget: false,
        };
        Some(shared.address())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_again_changes_one_thing_and_keeps_the_rest() {
        let again = Again { question: "低保 多少".to_owned(), no: "region".to_owned(), ..Again::default() };
        let link = again.without("低保>最低生活保障");
        assert!(link.starts_with("/?q=") && link.contains("&no=region%2C"), "{link}");
        assert!(!again.other("别的").contains("no="));
    }
}
