//! The draft as YAML (草稿文件), one document of a stream for each programme, refused by every loader while it is marked.

use std::fmt::Write as _;

use super::condition::Test;
use super::shape::{Benefit, Draft, Kind, Leaf, Node, Proposed, Stated};

impl Draft {
    /// The whole draft, programmes one after the other.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let files: Vec<String> = self.files().into_iter().map(|(_, content)| content).collect();
        match files.is_empty() {
            true => format!("{}# 没有找到写明金额或比例的奖补条款。\n", self.header()),
            false => files.join("---\n"),
        }
    }

    /// Each programme with its id, to be written to a file of its own.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        self.programmes.iter().map(|one| (one.id.clone(), self.header() + &programme(one, &self.document))).collect()
    }

    fn header(&self) -> String {
        let title = self.title.replace(['\n', '\r'], " ");
        format!(
            "# 草稿，须人工核对：由程序从《{title}》（{}）的条款拟出，不会自行发布。\n# 核对无误后删去 draft 一行，另存为 corpus/programmes/<id>.yaml；写有“待定”的地方须填好才能载入。\n",
            self.document
        )
    }
}

fn programme(one: &Proposed, document: &str) -> String {
    let mut out = String::from("draft: true\n");
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key}: {value}");
    };
    line("id", one.id.clone());
    line("name", quoted(&one.name));
    line("audience", one.audience.to_owned());
    if let Some(region) = &one.region {
        line("region", quoted(region));
    }
    line("themes", list(&one.themes));
    line("delivery", if one.by_itself { "免申即享" } else { "申报" }.to_owned());
    for (key, day) in [("from", &one.from), ("until", &one.until)] {
        if let Some(day) = day {
            line(key, day.clone());
        }
    }
    out.push_str("bases:\n");
    for basis in &one.bases {
        let (clause, quote) = (quoted(&basis.clause), quoted(&basis.quote));
        let _ = writeln!(out, "  {}: {{document: {document}, clause: {clause}, quote: {quote}}}", basis.key);
    }
    out.push_str("conditions:\n");
    group(&mut out, "all", &one.conditions, 2, &mut 0);
    out.push_str("benefits:\n");
    for benefit in &one.benefits {
        self::benefit(&mut out, benefit);
    }
    ending(&mut out, one);
    out
}

fn ending(out: &mut String, one: &Proposed) {
    if let Some((keys, basis)) = &one.window {
        let _ = writeln!(out, "window: {{{keys}, basis: {basis}}}");
    }
    stated_list(out, "materials", "name", &one.materials);
    let single = [
        ("place", &one.place),
        ("telephone", &one.telephone),
        ("online", &one.online),
        ("department", &one.department),
    ];
    for (key, stated) in single {
        if let Some(Stated { text, basis }) = stated {
            let _ = writeln!(out, "{key}: {{text: {}, basis: {basis}}}", quoted(text));
        }
    }
    if !one.exclusive.is_empty() {
        out.push_str("exclusive:   # 与哪些事项互斥，须人工填入 with\n");
        for (rule, basis) in &one.exclusive {
            let _ = writeln!(out, "  - {{with: [], rule: {rule}, basis: {basis}}}");
        }
    }
    stated_list(out, "unresolved", "text", &one.unresolved);
}

fn stated_list(out: &mut String, key: &str, name: &str, list: &[Stated]) {
    if list.is_empty() {
        return;
    }
    let _ = writeln!(out, "{key}:");
    for Stated { text, basis } in list {
        let _ = writeln!(out, "  - {{{name}: {}, basis: {basis}}}", quoted(text));
    }
}

fn benefit(out: &mut String, one: &Benefit) {
    let mut fields = vec![match one.kind {
        Kind::Amount => format!("kind: amount, amount: {}", figure(one.value)),
        Kind::Rate => format!("kind: rate, rate: {}", figure(one.value)),
        Kind::Reduction => format!("kind: reduction, rate: {}", figure(one.value)),
    }];
    fields.extend(one.of.as_ref().map(|of| match one.kind {
        Kind::Amount => format!("times: {of}"),
        _ => format!("of: {of}"),
    }));
    fields.extend(one.per.as_ref().map(|per| format!("per: {}", quoted(per))));
    fields.extend(one.ceiling.map(|ceiling| format!("ceiling: {}", figure(ceiling))));
    fields.push(format!("basis: {}", one.basis));
    let when = match &one.when[..] {
        [] => None,
        [Node::Leaf(one)] => Some(format!("{{{}}}", leaf(one))),
        many => Some(format!("{{all: [{}]}}", many.iter().map(flow).collect::<Vec<_>>().join(", "))),
    };
    fields.extend(when.map(|when| format!("when: {when}")));
    let note = one.note.as_ref().map(|note| format!("   # {}", note.replace(['\n', '\r'], " "))).unwrap_or_default();
    let _ = writeln!(out, "  - {{{}}}{note}", fields.join(", "));
}

/// A condition on one line.
fn flow(node: &Node) -> String {
    let many =
        |name: &str, nodes: &[Node]| format!("{{{name}: [{}]}}", nodes.iter().map(flow).collect::<Vec<_>>().join(", "));
    match node {
        Node::Leaf(one) => format!("{{{}}}", leaf(one)),
        Node::All(nodes) => many("all", nodes),
        Node::Any(nodes) => many("any", nodes),
        Node::None(nodes) => many("none", nodes),
    }
}

fn group(out: &mut String, name: &str, nodes: &[Node], indent: usize, count: &mut usize) {
    let pad = " ".repeat(indent);
    if nodes.is_empty() {
        let _ = writeln!(out, "{pad}{name}: []");
        return;
    }
    let _ = writeln!(out, "{pad}{name}:");
    for node in nodes {
        let (inner, nodes) = match node {
            Node::Leaf(one) => {
                *count += 1;
                let _ = writeln!(out, "{pad}  - {{id: c{count}, {}}}", leaf(one));
                continue;
            }
            Node::All(nodes) => ("all", nodes),
            Node::Any(nodes) => ("any", nodes),
            Node::None(nodes) => ("none", nodes),
        };
        let mut nested = String::new();
        group(&mut nested, inner, nodes, indent + 4, count);
        // The first line of a nested group carries the dash of its item.
        let _ = write!(out, "{pad}  - {}", nested.trim_start());
    }
}

fn leaf(one: &Leaf) -> String {
    let measured = match &one.of {
        Some(to) => format!("ratio: {{of: {}, to: {to}}}", one.fact),
        None => format!("fact: {}", one.fact),
    };
    let test = match &one.test {
        Test::Is(value) => format!("is: {value}"),
        Test::In(values) => format!("in: {}", list(values)),
        Test::NotIn(values) => format!("not_in: {}", list(values)),
        Test::HasAny(values) => format!("has_any: {}", list(values)),
        Test::Number(operator, value) => format!("{operator}: {}", figure(*value)),
        Test::Months(operator, months) => format!("{operator}: {months}"),
        Test::Within(code) => format!("within: {}", quoted(code)),
    };
    format!("{measured}, {test}, basis: {}", one.basis)
}

/// A number as YAML reads it back.
fn figure(value: f64) -> String {
    format!("{value}")
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
}

/// A YAML string in double quotes: every character comes back as it was.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = match u32::from(c) {
                    code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
