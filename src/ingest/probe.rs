//! Probes (试读): readers given bytes from memory, here and without a guard, as fuzzing gives them.
//!
//! A panic is a panic here and not a refusal, for it is what is looked for. Importing goes another way: [`super::read`].

use super::layout::{self, Page, Rule, Run};
use super::source::SourceFile;
use super::{Emit, RawDocument, Tools, count_characters, disguise, format_of, pdf, unsupported};

/// Letters of which runs are made up: what tells lines, clauses and tables apart.
const LETTERS: [char; 32] = [
    '第', '一', '二', '三', '章', '条', '（', '）', '、', '。', '；', '：', '，', '附', '件', '表', '页', '1', '2',
    '3', '.', '-', '—', ' ', '\u{3000}', '年', '月', '的', 'a', '〔', '〕', '号',
];
/// Lengths that no page should have.
const ODD: [f32; 6] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -1.0, 1e30, f32::MIN_POSITIVE];
/// Most letters of a run.
const RUN_LETTERS: u8 = 16;

/// Reads a file that lies in memory, as its ending says (内存试读).
pub fn read_bytes(name: &str, bytes: &[u8], emit: Emit<'_>) {
    match disguise::unmask(&SourceFile::in_memory(name, bytes)) {
        Err(refusal) => emit(Err(refusal)),
        Ok(source) => match format_of(&source.extension) {
            Some(format) => (format.read)(&source, &Tools::default(), emit),
            None => emit(Err(source.refuse(unsupported(&source.extension)))),
        },
    }
}

/// Lays out the table of words that poppler's `pdftotext -tsv` gives (版面试读).
#[must_use]
pub fn lay_out_words(table: &str) -> RawDocument {
    laid_out(&pdf::pages_of_words(table))
}

/// Lays out pages made up of bytes: a mark that says what it is, then its place and its letters (版面试读).
#[must_use]
pub fn lay_out_marks(bytes: &[u8]) -> RawDocument {
    let mut marks = bytes.iter().copied();
    let mut pages = vec![blank_page(1)];
    while let Some(mark) = marks.next() {
        let Some(page) = pages.last_mut() else { break };
        let [x, y, width, height] = [(); 4].map(|()| length(marks.next().unwrap_or_default()));
        match mark % 8 {
            0 => {
                let number = page.number + 1;
                pages.push(blank_page(number));
            }
            1 | 2 => page.rules.push(if mark % 2 == 0 {
                Rule { left: x, top: y, right: x + width, bottom: y }
            } else {
                Rule { left: x, top: y, right: x, bottom: y + height }
            }),
            _ => {
                let count = marks.next().unwrap_or_default() % RUN_LETTERS + 1;
                let text: String = marks.by_ref().take(usize::from(count)).map(letter).collect();
                let size = height / 16.0;
                page.runs.push(Run { page: page.number, x, y, width, height: size, size, text });
            }
        }
    }
    laid_out(&pages)
}

fn blank_page(number: u32) -> Page {
    Page { number, width: 595.0, height: 842.0, ..Page::default() }
}

/// A length on a page of paper, with a few that are none.
fn length(byte: u8) -> f32 {
    match usize::from(u8::MAX - byte) {
        odd if odd < ODD.len() => ODD[odd],
        _ => f32::from(byte) * 3.0,
    }
}

fn letter(byte: u8) -> char {
    LETTERS[usize::from(byte) % LETTERS.len()]
}

fn laid_out(pages: &[Page]) -> RawDocument {
    let characters = pages.iter().flat_map(|page| &page.runs).map(|run| count_characters(&run.text)).sum();
    let laid = layout::lay_out(pages);
    RawDocument { text: laid.text, noise: laid.noise, added: laid.added, characters, ..RawDocument::default() }
}
