//! Reflow (断行还原): raw text becomes canonical text, one paragraph a line; nothing is lost unsaid.

mod account;
mod line;
mod page;
mod wrap;

pub use account::unaccounted;

use line::Line;

use crate::policy::Noise;

/// A canonical text and what was left out of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reflowed {
    /// The canonical text: a paragraph a line.
    pub text: String,
    /// What was left out, in order: page numbers, running heads, the byte order mark.
    pub noise: Vec<Noise>,
}

/// Joins hard line breaks inside sentences and words, and sets page numbers and running heads apart as noise.
///
/// Lines are joined only where the document as a whole is hard-wrapped, or where one break can be nothing else:
/// inside a year, around a dropped page number, in the middle of a long paragraph.
#[must_use]
pub fn reflow(raw: &str) -> Reflowed {
    let mut reflowed = Reflowed::default();
    let body = raw.trim_start_matches(BYTE_ORDER_MARK);
    if body.len() < raw.len() {
        let text = raw[..raw.len() - body.len()].to_owned();
        reflowed.noise.push(Noise { text, reason: "字节顺序标记".to_owned() });
    }
    let mut lines = line::read(body);
    page::mark(&mut lines);
    let (kept, dropped): (Vec<Line<'_>>, Vec<Line<'_>>) = lines.into_iter().partition(|line| line.noise.is_none());
    reflowed.noise.extend(
        dropped
            .iter()
            .map(|line| Noise { text: line.text.to_owned(), reason: line.noise.unwrap_or_default().to_owned() }),
    );
    reflowed.text = wrap::join(&kept, body.len());
    reflowed
}

const BYTE_ORDER_MARK: char = '\u{feff}';
