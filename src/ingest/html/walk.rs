//! Walking a page without recursion: a page nested ten thousand deep must not end the process.

use scraper::ElementRef;

/// A step of the walk.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(ElementRef<'a>),
    /// Text.
    Text(&'a str),
    /// An element ends.
    Close(ElementRef<'a>),
}

/// Elements whose text is never seen by a reader.
const UNSEEN: [&str; 7] = ["script", "style", "noscript", "template", "iframe", "head", "svg"];

/// Walks an element in document order; `visit` says of each opened element whether to go inside.
pub(super) fn walk<'a>(root: ElementRef<'a>, visit: &mut dyn FnMut(Step<'a>) -> bool) {
    let end = *root;
    let mut node = end;
    loop {
        let mut inside = false;
        if let Some(element) = ElementRef::wrap(node) {
            inside = !UNSEEN.contains(&element.value().name()) && visit(Step::Open(element));
        } else if let Some(text) = node.value().as_text() {
            visit(Step::Text(text));
        }
        if inside {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            if let Some(element) = ElementRef::wrap(node) {
                visit(Step::Close(element));
            }
        }
        loop {
            if node == end {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            if let Some(element) = ElementRef::wrap(node) {
                visit(Step::Close(element));
            }
        }
    }
}

/// All text of an element, white space folded.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    walk(element, &mut |step| {
        match step {
            Step::Text(words) => text.push_str(words),
            Step::Open(inner) if is_block(inner) => text.push(' '),
            _ => {}
        }
        true
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element begins a line of its own.
pub(super) fn is_block(element: ElementRef<'_>) -> bool {
    const BLOCKS: [&str; 32] = [
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "tbody",
        "thead",
        "caption",
        "section",
        "article",
        "blockquote",
        "pre",
        "hr",
        "center",
        "form",
        "header",
        "footer",
        "main",
    ];
    BLOCKS.contains(&element.value().name())
}

/// Whether a style hides the element from readers.
pub(super) fn is_hidden(element: ElementRef<'_>) -> bool {
    let style: String = element.attr("style").unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    // font-size:0 hides, font-size:0.9em does not.
    let no_size = style.split(';').any(|rule| {
        rule.strip_prefix("font-size:0").is_some_and(|unit| unit.chars().all(|c| c.is_ascii_alphabetic() || c == '%'))
    });
    let unseen = ["display:none", "visibility:hidden"].iter().any(|rule| style.contains(rule));
    element.attr("hidden").is_some() || unseen || no_size
}
