//! The second engine: poppler's `pdftotext`, run as a program; it gives words with their places, but no rules.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Extract, MOST_PAGES, PdfError, Tools, program};
use crate::ingest::count_characters;
use crate::ingest::layout::{Page, Run};

const PROGRAM: &str = "pdftotext";
/// A thousand pages take some ten seconds.
const LIMIT: Duration = Duration::from_secs(60);
/// A thousand full pages with the places of their words are some 100 MiB.
const MOST_OUTPUT: u64 = 128 * 1024 * 1024;
/// Where the baseline lies in the box of a word, counted from above; Chinese fonts have it here.
const BASELINE: f32 = 0.84;
/// Share of a page that a picture must cover to be a scan.
const SCAN_SHARE: f32 = 0.4;
/// Points to an inch.
const INCH: f32 = 72.0;

/// Reads the pages of a PDF.
pub(super) fn extract(path: &Path, tools: &Tools) -> Result<Extract, PdfError> {
    let mut command = Command::new(tools.pdftotext.as_deref().unwrap_or(Path::new(PROGRAM)));
    let last = (MOST_PAGES + 1).to_string();
    command.args(["-tsv", "-enc", "UTF-8", "-l", &last]).arg(path).arg("-");
    let said = program::run(command, PROGRAM, LIMIT, MOST_OUTPUT)?;
    if !said.succeeded {
        return Err(refused(&said.complaint));
    }
    let mut pages = pages(&String::from_utf8_lossy(&said.output));
    pages.iter_mut().for_each(measure);
    if pages.len() > MOST_PAGES {
        return Err(PdfError::TooLong(pages.len()));
    }
    let characters = pages.iter().flat_map(|page| &page.runs).map(|run| count_characters(&run.text)).sum();
    let pictures = if pages.iter().any(|page| page.runs.is_empty()) { pictures(path, &pages) } else { Vec::new() };
    Ok(Extract { pages, pictures, characters })
}

fn refused(complaint: &str) -> PdfError {
    if complaint.contains("password") {
        return PdfError::Locked;
    }
    let line = complaint.lines().next_back().unwrap_or("无法解析");
    PdfError::Broken(line.chars().take(120).collect())
}

/// Reads the table of words: level, page, …, left, top, width, height, confidence, text.
fn pages(table: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for line in table.lines() {
        let fields: Vec<&str> = line.splitn(12, '\t').collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<f32>().ok()).unwrap_or(0.0);
        match (fields.first(), fields.get(11)) {
            (Some(&"1"), _) => {
                let page = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
                pages.push(Page { number: page, width: number(8), height: number(9), ..Page::default() });
            }
            (Some(&"5"), Some(&text)) if !text.trim().is_empty() => {
                let Some(page) = pages.last_mut() else { continue };
                page.runs.push(word(page.number, [number(6), number(7), number(8), number(9)], text));
            }
            _ => {}
        }
    }
    pages
}

fn word(page: u32, [x, top, width, height]: [f32; 4], text: &str) -> Run {
    Run { page, x, y: top + BASELINE * height, width, height, size: height.max(1.0), text: text.to_owned() }
}

/// Sets sizes by the width of Han characters, for the boxes of some fonts are higher than the font, and folds letters
/// that are drawn half as wide as they are given.
fn measure(page: &mut Page) {
    let mut ratios: Vec<f32> = page.runs.iter().filter_map(squareness).collect();
    ratios.sort_by(f32::total_cmp);
    let ratio = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0).clamp(0.5, 1.5);
    for run in &mut page.runs {
        run.size = (run.height * ratio).max(1.0);
        if let Some(text) = narrow(&run.text, run.width / run.size) {
            run.text = text;
        }
    }
}

/// How wide a character of a word of Han characters is, measured by the height of its box.
fn squareness(run: &Run) -> Option<f32> {
    let count = run.text.chars().count();
    let han = run.text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    (han && count >= 2 && run.height > 0.0).then(|| run.width / count as f32 / run.height)
}

/// Full-width letters and digits folded back where they are drawn half as wide: so poppler gives the ASCII of GBK fonts.
///
/// `width` is the width of the word in font sizes.
fn narrow(text: &str, width: f32) -> Option<String> {
    const OFFSET: u32 = '！' as u32 - '!' as u32;
    let is_wide =
        |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '－' | '％' | '／' | '＋' | '＝' | '＠');
    let wide = text.chars().filter(|&c| is_wide(c)).count() as f32;
    let others: f32 = text.chars().filter(|&c| !is_wide(c)).map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
    // Justification makes words wider than their letters, never narrower.
    let folded = wide > 0.0 && width < others + wide * 0.8;
    folded.then(|| {
        let fold = |c: char| if is_wide(c) { char::from_u32(c as u32 - OFFSET).unwrap_or(c) } else { c };
        text.chars().map(fold).collect()
    })
}

/// Pages without words that a picture covers, as far as poppler's `pdfimages` tells; without it, all of them.
fn pictures(path: &Path, pages: &[Page]) -> Vec<u32> {
    let empty = || pages.iter().filter(|page| page.runs.is_empty());
    let mut command = Command::new("pdfimages");
    command.arg("-list").arg(path);
    let Ok(said) = program::run(command, "pdfimages", LIMIT, MOST_OUTPUT) else {
        return empty().map(|page| page.number).collect();
    };
    let mut covered: HashMap<u32, f32> = HashMap::new();
    for line in String::from_utf8_lossy(&said.output).lines() {
        // page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio
        let fields: Vec<f32> = line.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
        if let [page, _, _, width, height, _, _, _, _, _, _, _, across, down, ..] = fields[..]
            && across > 0.0
            && down > 0.0
        {
            *covered.entry(page as u32).or_default() += width / across * INCH * height / down * INCH;
        }
    }
    let is_scan =
        |page: &&Page| covered.get(&page.number).is_some_and(|area| *area >= SCAN_SHARE * page.width * page.height);
    empty().filter(is_scan).map(|page| page.number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_that_a_gbk_font_widens_is_folded_back_and_wide_digits_stay() {
        assert_eq!(narrow("２０２４", 2.0).as_deref(), Some("2024"));
        assert_eq!(narrow("１年以上", 3.5).as_deref(), Some("1年以上"));
        assert_eq!(narrow("１年以上", 4.0), None);
        assert_eq!(narrow("（一）", 3.0), None);
    }

    #[test]
    fn the_table_of_words_is_read() {
        let table = "level\tpage_num\n1\t1\t0\t0\t0\t0\t0.0\t0.0\t595.3\t841.9\t-1\t###PAGE###\n\
            5\t1\t0\t0\t0\t0\t76.56\t96.03\t31.91\t16.19\t100\t附件\nrubbish\n5\t\t\n";
        let pages = pages(table);
        assert_eq!((pages.len(), pages[0].runs.len()), (1, 1));
        assert_eq!(pages[0].runs[0].text, "附件");
    }
}
