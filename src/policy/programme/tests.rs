//! The written format and its JSON Schema say the same.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Benefit, Condition, FactDefinition, SupportProgramme, Window};

const PROGRAMME: &str = include_str!("../../../corpus/programmes/schema/programme.schema.json");
const FACTS: &str = include_str!("../../../corpus/programmes/schema/facts.schema.json");

/// The fields that a shape takes, as its refusal of an unknown one tells them.
fn taken<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(json!({"no such field": 1})) else { panic!("took an unknown field") };
    let told = error.to_string();
    let names = told.split_once("expected").unwrap().1.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

fn written(schema: &Value, at: &str) -> BTreeSet<String> {
    let shape = schema.pointer(at).and_then(|shape| shape.get("properties")).and_then(Value::as_object).unwrap();
    shape.keys().cloned().collect()
}

#[test]
fn the_schema_names_the_fields_that_are_read() {
    let programme: Value = serde_json::from_str(PROGRAMME).unwrap();
    let facts: Value = serde_json::from_str(FACTS).unwrap();
    assert_eq!(written(&programme, ""), taken::<SupportProgramme>());
    assert_eq!(written(&programme, "/$defs/condition"), taken::<Condition>());
    assert_eq!(written(&programme, "/$defs/benefit"), taken::<Benefit>());
    assert_eq!(written(&programme, "/$defs/window"), taken::<Window>());
    assert_eq!(written(&facts, "/items"), taken::<FactDefinition>());
}

#[test]
fn what_is_wrong_is_named() {
    let refused = |json: Value| serde_json::from_value::<Condition>(json).unwrap_err().to_string();
    assert!(refused(json!({"id": "a", "fact": "staff", "basis": "who"})).contains("条件 a：没有判断"));
    assert!(refused(json!({"id": "a", "fact": "staff", "at_least": 1})).contains("没有 basis"));
    assert!(refused(json!({"all": [], "any": []})).contains("all、any、none 之一"));
    let window = |json: Value| serde_json::from_value::<Window>(json).unwrap_err().to_string();
    assert!(window(json!({"opens": "2026-05-01", "closes": "2026-04-01", "basis": "b"})).contains("早于"));
    assert!(window(json!({"opens": "02-30", "closes": "04-01", "yearly": true, "basis": "b"})).contains("05-01"));
}

#[test]
fn a_condition_is_written_as_it_was_read() {
    let text = json!({"all": [
        {"id": "a", "fact": "staff", "at_least": 10, "less_than": 0.5, "basis": "who", "from": "2025-01-01"},
        {"none": [{"id": "b", "ratio": {"of": "x", "to": "y"}, "more_than": 0.015, "basis": "who"}]},
        {"any": [{"id": "c", "fact": "industry", "within": ["C", "I65"], "basis": "who"}]},
    ]});
    let read: Condition = serde_json::from_value(text).unwrap();
    let again: Condition = serde_json::from_value(serde_json::to_value(&read).unwrap()).unwrap();
    assert_eq!(read, again);
}
