//! `/docs`: the interface to read, made of its own description.

use std::sync::LazyLock;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::super::api;
use super::super::problem::Kind;
use super::chrome::{Chrome, Here, page};

/// Where the shapes stand in the description.
const SCHEMAS: &str = "#/components/schemas/";

struct Field {
    name: String,
    shape: String,
    required: bool,
    says: String,
}

struct Reply {
    status: String,
    says: String,
    shape: String,
}

struct Operation {
    method: String,
    path: String,
    says: String,
    body: String,
    parameters: Vec<Field>,
    replies: Vec<Reply>,
}

struct Shape {
    name: String,
    says: String,
    fields: Vec<Field>,
    values: String,
}

struct Described {
    operations: Vec<Operation>,
    shapes: Vec<Shape>,
}

/// The page.
#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    chrome: Chrome,
    described: &'static Described,
    problems: Vec<(&'static str, u16, &'static str)>,
}

static DESCRIBED: LazyLock<Described> = LazyLock::new(|| {
    let value: Value = serde_json::from_str(api::description()).unwrap_or_default();
    Described { operations: operations(&value), shapes: shapes(&value) }
});

/// Shows the interface.
pub(super) async fn docs() -> Response {
    let problems = Kind::ALL.into_iter().map(|kind| {
        let (name, status, title) = kind.parts();
        (name, status.as_u16(), title)
    });
    let template = DocsPage { chrome: Chrome::new(Here::Docs), described: &DESCRIBED, problems: problems.collect() };
    page(StatusCode::OK, &template)
}

fn entries<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn operations(api: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in entries(api, "paths") {
        for (method, operation) in item.as_object().into_iter().flatten() {
            operations.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                says: text(operation, "summary"),
                body: operation.get("requestBody").map(content).unwrap_or_default(),
                parameters: operation
                    .get("parameters")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .map(parameter)
                    .collect(),
                replies: entries(operation, "responses")
                    .map(|(status, reply)| Reply {
                        status: status.clone(),
                        says: text(reply, "description"),
                        shape: content(reply),
                    })
                    .collect(),
            });
        }
    }
    operations
}

/// The shape of a body.
fn content(value: &Value) -> String {
    entries(value, "content").next().map_or(String::new(), |(_, media)| shape(&media["schema"]))
}

fn parameter(value: &Value) -> Field {
    Field {
        name: text(value, "name"),
        shape: shape(&value["schema"]),
        required: value["required"].as_bool().unwrap_or(false),
        says: text(value, "description"),
    }
}

fn shapes(api: &Value) -> Vec<Shape> {
    let Some(schemas) = api.pointer("/components/schemas") else { return Vec::new() };
    let each = schemas.as_object().into_iter().flatten();
    each.map(|(name, schema)| {
        let values = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let one_of = schema["oneOf"].as_array().into_iter().flatten().flat_map(|one| one["enum"].as_array()).flatten();
        let values: Vec<&str> = values.chain(one_of.filter_map(Value::as_str)).collect();
        let mut fields = Vec::new();
        gather_fields(schema, &mut fields);
        Shape { name: name.clone(), says: text(schema, "description"), fields, values: values.join(" · ") }
    })
    .collect()
}

/// Fields of a shape, those it takes from other shapes named as such.
fn gather_fields(schema: &Value, fields: &mut Vec<Field>) {
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one.as_str() == Some(name)));
    for (name, property) in entries(schema, "properties") {
        let field = Field {
            name: name.clone(),
            shape: shape(property),
            required: required(name),
            says: text(property, "description"),
        };
        fields.push(field);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if part.get("$ref").is_some() {
            let says = "的全部字段".to_owned();
            fields.push(Field { name: "…".to_owned(), shape: shape(part), required: true, says });
        }
        gather_fields(part, fields);
    }
}

/// A shape in a word.
fn shape(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.strip_prefix(SCHEMAS).unwrap_or(reference).to_owned();
    }
    if let Some(one_of) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        let all: Vec<String> = one_of.iter().map(shape).filter(|word| word != "null").collect();
        return all.join(" | ");
    }
    match &schema["type"] {
        Value::String(word) if word == "array" => format!("[{}]", shape(&schema["items"])),
        Value::String(word) => word.clone(),
        Value::Array(words) => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).filter(|word| *word != "null").collect();
            words.join(" | ")
        }
        _ => "any".to_owned(),
    }
}
