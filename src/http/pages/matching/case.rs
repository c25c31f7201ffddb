//! The case (情况) as it travels in a form: a profile, what is added to it, what is taken away.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::code;
use crate::policy::programme::{FactType, Rulebook};

/// Fields of the form that tells many facts at once begin with this.
const WHOLE: &str = "w.";
/// What stands for the empty set.
const NOTHING: &str = "无";

/// A case.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Case {
    /// 企业, 个人, or not told.
    subject: Option<String>,
    as_of: Option<String>,
    facts: Map<String, Value>,
    unknown: Vec<String>,
    /// Free words of this turn.
    pub(super) text: String,
    /// The one programme it is about.
    pub(super) only: String,
}

impl Case {
    /// Nothing known yet, about one programme.
    pub(super) fn of(subject: &str, as_of: &str, only: &str) -> Self {
        let owned = |text: &str| Some(text.to_owned());
        Self { subject: owned(subject), as_of: owned(as_of), only: only.to_owned(), ..Self::default() }
    }

    /// The case that a form carries along: a hidden field, a file or a code.
    pub(super) fn carried(fields: &[(String, String)]) -> Result<Self, String> {
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        let only = field("programme").unwrap_or_default().to_owned();
        let words = match (field("profile"), field("code")) {
            (Some(json), _) => json.to_owned(),
            (None, Some(given)) if given.starts_with('{') => given.to_owned(),
            (None, Some(given)) => code::read(given)?,
            (None, None) => return Ok(Self { only, ..Self::default() }),
        };
        let wrong = "这不是本站存下的文件或代码；请核对是否完整，或重新填写。";
        let value: Value = serde_json::from_str(&words).map_err(|_| wrong.to_owned())?;
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let list = value.get("unknown").and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(Self {
            subject: text("subject"),
            as_of: text("as_of"),
            facts: value.get("facts").and_then(Value::as_object).cloned().unwrap_or_default(),
            unknown: list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            text: String::new(),
            only,
        })
    }

    /// The same with what this turn tells.
    pub(super) fn with(&self, fields: &[(String, String)], book: &Rulebook) -> Self {
        let mut case = self.clone();
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        let stated = |name: &str| field(name).filter(|value| !value.is_empty()).map(str::to_owned);
        case.subject = case.subject.or_else(|| stated("subject"));
        case.as_of = case.as_of.or_else(|| stated("as_of"));
        case.text = stated("text").unwrap_or_default();
        if let Some(fact) = stated("drop") {
            case.facts.remove(&fact);
            case.unknown.retain(|other| *other != fact);
        }
        if let Some(fact) = stated("fact") {
            if field("skip").is_some() {
                case.unknown.push(fact);
            } else {
                case.tell(&fact, &values(fields, "value"), book, true);
            }
        }
        for (key, _) in fields.iter().filter(|(key, _)| key.starts_with(WHOLE)) {
            case.tell(&key[WHOLE.len()..], &values(fields, key), book, false);
        }
        case
    }

    /// Tells a fact; an empty choice of a set that was asked for means that nothing is held.
    fn tell(&mut self, fact: &str, values: &[&str], book: &Rulebook, asked: bool) {
        let definition = book.vocabulary.get(fact);
        let set = definition.is_some_and(|own| matches!(own.kind, FactType::Choices | FactType::Programmes));
        let told = match values {
            [] if set && asked => NOTHING.to_owned(),
            [] => return,
            values => values.join("、"),
        };
        // What was known of a set before stays known.
        let known = self.facts.get(fact).and_then(|value| value.get("held")).and_then(Value::as_array);
        let value = match known {
            Some(held) if set => {
                let more = values.iter().map(|value| json!(value));
                Value::Array(held.iter().cloned().chain(more).collect())
            }
            _ => Value::String(told),
        };
        self.unknown.retain(|other| other != fact);
        self.facts.insert(fact.to_owned(), value);
    }

    /// Whether nothing was told.
    pub(super) fn is_empty(&self) -> bool {
        self.subject.is_none() && self.facts.is_empty() && self.text.is_empty()
    }

    /// The day asked about.
    pub(super) fn day(&self) -> Option<Date> {
        self.as_of.as_ref()?.parse().ok()
    }

    /// The profile, as the interface takes it.
    pub(super) fn profile(&self) -> Value {
        let mut profile = json!({"facts": self.facts, "unknown": self.unknown, "text": self.text});
        for (key, value) in [("subject", &self.subject), ("as_of", &self.as_of)] {
            if let Some(value) = value {
                profile[key] = json!(value);
            }
        }
        profile
    }

    /// The profile as a file.
    pub(super) fn to_file(&self) -> String {
        let Self { subject, as_of, facts, unknown, .. } = self;
        let file = json!({"subject": subject, "as_of": as_of, "facts": facts, "unknown": unknown});
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }
}

/// The stated values of a field, each once.
fn values<'f>(fields: &'f [(String, String)], name: &str) -> Vec<&'f str> {
    let mut values: Vec<&str> = Vec::new();
    for (_, value) in fields.iter().filter(|(key, _)| key == name) {
        let value = value.trim();
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_turn_adds_drops_and_skips() {
        let book = Rulebook::default();
        let start = Case::carried(&fields(&[("subject", "企业")])).unwrap();
        assert!(start.is_empty());
        let told = start.with(&fields(&[("subject", "企业"), ("fact", "staff"), ("value", "35人")]), &book);
        let carried = serde_json::to_string(&told.profile()).unwrap();
        let next = Case::carried(&fields(&[("profile", &carried)])).unwrap();
        assert_eq!(next.facts["staff"], "35人");
        let skipped = next.with(&fields(&[("fact", "layoff_rate"), ("skip", "1")]), &book);
        assert_eq!(skipped.unknown, ["layoff_rate"]);
        let dropped = skipped.with(&fields(&[("drop", "staff"), ("w.revenue", ""), ("w.age", "72")]), &book);
        assert!(!dropped.facts.contains_key("staff") && !dropped.facts.contains_key("revenue"));
        assert_eq!(dropped.facts["age"], "72");
        assert!(Case::carried(&fields(&[("profile", "{")])).is_err());
        assert!(Case::carried(&fields(&[("code", "ZD1.x.y")])).is_err());
    }
}
