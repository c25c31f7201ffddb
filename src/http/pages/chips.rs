//! What was understood, as short notes (标签), each with a link that takes it back. Plain links: they work without scripts.

use super::labels;
use super::link::link;
use crate::contract::AnswerJson;

/// The parameters a question was asked with.
#[derive(Debug, Clone, Default)]
pub(super) struct Again {
    pub(super) question: String,
    pub(super) region: String,
    pub(super) as_of: String,
    pub(super) after: String,
    pub(super) no: String,
}

/// A note of what was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    /// What was understood.
    pub(super) text: String,
    /// The address that asks again without it; none where there is nothing to take back.
    pub(super) url: String,
    /// What the link does.
    pub(super) act: &'static str,
}

impl Again {
    fn url(&self) -> String {
        let Self { question, region, as_of, after, no } = self;
        link("/", &[("q", question), ("region", region), ("as_of", as_of), ("after", after), ("no", no)])
    }

    /// Another question, in the same place and for the same day.
    pub(super) fn other(&self, question: &str) -> String {
        link("/", &[("q", question), ("region", &self.region), ("as_of", &self.as_of)])
    }

    /// The same question with the fact that decides.
    pub(super) fn chosen(&self, answer: &AnswerJson, value: &str) -> String {
        match answer.ask.as_ref().map(|ask| ask.fact.as_str()) {
            Some("matter") => Self { question: value.to_owned(), after: String::new(), ..self.clone() }.url(),
            _ => Self { region: value.to_owned(), ..self.clone() }.url(),
        }
    }

    /// The same question with one thing more taken back.
    fn without(&self, what: &str) -> String {
        let no = if self.no.is_empty() { what.to_owned() } else { format!("{},{what}", self.no) };
        Self { no, ..self.clone() }.url()
    }
}

/// The words that say where a part of the understanding was taken from.
fn heading(fact: &str) -> &'static str {
    match fact {
        "matter" => "接着问",
        "as_of" => "沿用日期",
        "documents" => "沿用文件",
        "clause" => "沿用条款",
        "answer_type" => "仍想知道",
        _ => "沿用",
    }
}

/// The notes on an answer.
pub(super) fn of(answer: &AnswerJson, again: &Again) -> Vec<Chip> {
    let understood = &answer.understood;
    let chip = |text: String, url: String| Chip { text, url, act: "去掉" };
    let inherited = |fact: &str| understood.inherited.iter().any(|one| one.fact == fact);
    let mut chips = Vec::new();
    chips.extend(answer.region.as_ref().map(|region| {
        let url = match region.from.as_str() {
            "request" => Again { region: String::new(), ..again.clone() }.url(),
            _ => again.without("region"),
        };
        chip(format!("{}：{}", labels::region_from(&region.from), region.name), url)
    }));
    let asked = understood.as_of.as_ref().is_some_and(|day| day.from == "question");
    let day = match (asked, again.as_of.is_empty()) {
        (true, _) => again.without("as_of"),
        (false, true) => String::new(),
        (false, false) => Again { as_of: String::new(), ..again.clone() }.url(),
    };
    chips.push(chip(format!("按{}的效力", answer.as_of), day));
    for one in understood.inherited.iter().filter(|one| one.fact != "region") {
        chips.push(chip(format!("{}：{}", heading(&one.fact), one.value), again.without(&one.fact)));
    }
    let wanted = labels::answer_type(&understood.answer_type);
    if !wanted.is_empty() && !inherited("answer_type") {
        chips.push(chip(format!("想知道：{wanted}"), again.without("answer_type")));
    }
    if !inherited("documents") {
        let documents = understood.documents.iter();
        chips.extend(documents.map(|name| chip(format!("指明文件：{name}"), again.without("documents"))));
    }
    if let Some(label) = understood.clause.as_ref().filter(|_| !inherited("clause")) {
        chips.push(chip(format!("指明条款：{label}"), again.without("clause")));
    }
    let facts = understood.facts.iter();
    chips.extend(facts.map(|fact| chip(format!("{}：{}", fact.label, fact.words), again.without("facts"))));
    chips.extend(understood.expansions.iter().map(|one| {
        let url = again.without(&format!("{}>{}", one.from, one.to));
        chip(format!("{} → {}（{}）", one.from, one.to, one.because), url)
    }));
    if !again.no.is_empty() {
        let url = Again { no: String::new(), ..again.clone() }.url();
        chips.push(Chip { text: "已去掉一些理解".to_owned(), url, act: "恢复" });
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_back_one_thing_and_keeps_the_rest() {
        let again = Again { question: "低保 多少".to_owned(), no: "region".to_owned(), ..Again::default() };
        let link = again.without("低保>最低生活保障");
        assert!(link.starts_with("/?q=") && link.contains("&no=region%2C"), "{link}");
        assert!(!again.other("别的").contains("no="));
    }
}
