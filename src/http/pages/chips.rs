//! What was understood, as short notes (标签) that can be changed. Plain links and forms: they work without scripts.

use super::again::Again;
use super::labels;
use crate::contract::{AnswerJson, ExpansionJson};

/// A note of what was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    /// What was understood.
    pub(super) text: String,
    /// The address that asks again without it; none where there is nothing to take back.
    pub(super) url: String,
}

/// A note with a form that changes it: the place and the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// What was understood.
    pub(super) text: String,
    /// What the form holds now.
    pub(super) value: String,
    /// What it sends beside it.
    pub(super) hidden: Vec<(&'static str, String)>,
    /// The address that asks again without it.
    pub(super) url: String,
}

/// A word that was taken for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) from: String,
    pub(super) to: String,
    /// Why, in plain words.
    pub(super) because: String,
    /// The address that asks again without it.
    pub(super) url: String,
}

/// All that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Understood {
    pub(super) place: Change,
    pub(super) day: Change,
    /// What always shows.
    pub(super) chips: Vec<Chip>,
    /// What is folded: words taken for others.
    pub(super) words: Vec<Word>,
    /// The address that asks again with nothing taken back; empty when nothing was.
    pub(super) restore: String,
}

impl Understood {
    /// What was understood of a question.
    pub(super) fn new(answer: &AnswerJson, again: &Again) -> Self {
        let folded = answer.understood.expansions.iter().filter(|one| !is_slip(one));
        Self {
            place: place(answer, again),
            day: day(answer, again),
            chips: chips(answer, again),
            words: folded.map(|one| word(one, again)).collect(),
            restore: if again.no.is_empty() {
                String::new()
            } else {
                Again { no: String::new(), ..again.clone() }.url()
            },
        }
    }
}

fn place(answer: &AnswerJson, again: &Again) -> Change {
    let asked = answer.region.as_ref();
    let chosen = asked.is_some_and(|region| region.from == "request");
    let no = if chosen || asked.is_none() { again.no.clone() } else { again.less("region") };
    let text = match asked {
        Some(region) => format!("地区：{}（{}）", region.name, labels::region_from(&region.from)),
        None => "地区：没有限定".to_owned(),
    };
    let beside: Vec<&str> = answer.understood.regions_beside.iter().map(|region| region.name.as_str()).collect();
    let text = if beside.is_empty() { text } else { format!("{text}，另有{}", beside.join("、")) };
    Change {
        text,
        value: asked.map(|region| region.code.clone()).unwrap_or_default(),
        hidden: hidden([("q", &again.question), ("as_of", &again.as_of), ("after", &again.after), ("no", &no)]),
        url: match asked {
            None => String::new(),
            Some(_) => Again { region: String::new(), no, ..again.clone() }.url(),
        },
    }
}

fn day(answer: &AnswerJson, again: &Again) -> Change {
    let said = answer.understood.as_of.as_ref().is_some_and(|day| day.from == "question");
    let no = if said { again.less("as_of") } else { again.no.clone() };
    Change {
        text: format!("按{}的规定", labels::day(&answer.as_of)),
        value: answer.as_of.clone(),
        hidden: hidden([("q", &again.question), ("region", &again.region), ("after", &again.after), ("no", &no)]),
        url: match said || !again.as_of.is_empty() {
            false => String::new(),
            true => Again { as_of: String::new(), no, ..again.clone() }.url(),
        },
    }
}

fn hidden<const N: usize>(fields: [(&'static str, &String); N]) -> Vec<(&'static str, String)> {
    fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect()
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

fn chips(answer: &AnswerJson, again: &Again) -> Vec<Chip> {
    let understood = &answer.understood;
    let chip = |text: String, what: &str| Chip { text, url: again.without(what) };
    let inherited = |fact: &str| understood.inherited.iter().any(|one| one.fact == fact);
    let mut chips = Vec::new();
    for one in understood.inherited.iter().filter(|one| one.fact != "region") {
        chips.push(chip(format!("{}：{}", heading(&one.fact), one.value), &one.fact));
    }
    let wanted = labels::answer_type(&understood.answer_type);
    if !wanted.is_empty() && !inherited("answer_type") {
        chips.push(chip(format!("想知道：{wanted}"), "answer_type"));
    }
    if !inherited("documents") {
        chips.extend(understood.documents.iter().map(|name| chip(format!("指明文件：{name}"), "documents")));
    }
    if let Some(label) = understood.clause.as_ref().filter(|_| !inherited("clause")) {
        chips.push(chip(format!("指明条款：{label}"), "clause"));
    }
    let slips = understood.expansions.iter().filter(|one| is_slip(one));
    chips.extend(slips.map(|one| chip(format!("“{}”当作“{}”", one.from, one.to), &format!("{}>{}", one.from, one.to))));
    chips.extend(understood.facts.iter().map(|fact| chip(format!("{}：{}", fact.label, fact.words), "facts")));
    chips
}

/// Whether a word was read as a slip of the keyboard or as pinyin: the asker should see that at once.
fn is_slip(one: &ExpansionJson) -> bool {
    matches!(one.because.as_str(), "同音错字" | "拼音" | "拼音首字母")
}

fn word(one: &ExpansionJson, again: &Again) -> Word {
    Word {
        from: one.from.clone(),
        to: one.to.clone(),
        because: plainly(&one.because),
        url: again.without(&format!("{}>{}", one.from, one.to)),
    }
}

/// Why a word was taken for another, in plain words; of what was learnt, how often and not from which files.
fn plainly(because: &str) -> String {
    if let Some(counted) = because.strip_prefix("解读与问答中") {
        let counted = counted.split('（').next().unwrap_or_default();
        return format!("从本库的解读和问答里学来：前一个词出现的地方，{counted}后一个词");
    }
    match because {
        "简称" => "简称和全称",
        "更名" => "名称改过",
        "下位词" => "后者是其中一种",
        "上位词" => "后者范围更大",
        "方言口语" => "口头说法",
        "同义词" => "文件里的说法",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learnt_is_said_without_names_of_files() {
        let plain = plainly("解读与问答中20处有10处同现（jl-2023-jiedu、faq-b1-1）");
        assert!(plain.contains("20处有10处同现") && !plain.contains("faq"), "{plain}");
    }
}
