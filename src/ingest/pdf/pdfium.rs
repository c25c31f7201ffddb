//! The first engine: pdfium, loaded from its shared library at run time.

use std::path::PathBuf;
use std::sync::OnceLock;

use pdfium_render::prelude::*;

use super::{Extract, MOST_PAGES, PdfError, Tools, symbol};
use crate::ingest::layout::{Page, Rule, Run, WIDE_SPACE};

/// Where systems keep shared libraries, beside the loader's own search.
const SYSTEM_PLACES: [&str; 6] = [
    "/usr/local/lib",
    "/usr/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/opt/pdfium/lib",
];
/// A character further than this from the end of the one before, in font sizes, begins a run.
const GAP: f32 = 0.12;
/// Baselines that differ by more than this, in font sizes, belong to different runs.
const RAISED: f32 = 0.08;
/// A path thinner than this, in points, is a rule.
const THIN: f32 = 2.5;
/// Most objects of a page looked at for rules and pictures.
const MOST_OBJECTS: usize = 50_000;
/// Deepest nesting of forms looked into.
const MOST_NESTED: usize = 4;
/// Share of a page that a picture must cover to be a scan.
const SCAN_SHARE: f32 = 0.4;

/// The library, bound once; a second binding in one process is impossible.
fn library(tools: &Tools) -> Option<&'static Pdfium> {
    static LIBRARY: OnceLock<Option<Pdfium>> = OnceLock::new();
    LIBRARY
        .get_or_init(|| {
            places(tools).into_iter().find_map(|place| Pdfium::bind_to_library(place).ok()).map(Pdfium::new)
        })
        .as_ref()
}

fn places(tools: &Tools) -> Vec<PathBuf> {
    let name = Pdfium::pdfium_platform_library_name();
    let given = tools.pdfium.iter().map(|place| if place.is_dir() { place.join(&name) } else { place.clone() });
    let system = SYSTEM_PLACES.iter().map(|folder| PathBuf::from(folder).join(&name));
    given.chain(system).filter(|place| place.is_file()).collect()
}

/// Reads the pages of a PDF.
pub(super) fn extract(bytes: &[u8], tools: &Tools) -> Result<Extract, PdfError> {
    let library = library(tools).ok_or(PdfError::NoEngine)?;
    let document = library.load_pdf_from_byte_slice(bytes, None).map_err(|error| refused(&error))?;
    let pages = document.pages();
    let count = usize::try_from(pages.len()).unwrap_or(0);
    if count > MOST_PAGES {
        return Err(PdfError::TooLong(count));
    }
    let mut extract = Extract::default();
    for (at, page) in pages.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let frame = Frame::of(&page);
        let runs = runs(&page, &frame, number).map_err(|error| refused(&error))?;
        let mut drawn = Drawn::default();
        drawn.look(page.objects(), &frame, 0);
        if runs.is_empty() && drawn.pictures >= SCAN_SHARE * frame.width * frame.height {
            extract.pictures.push(number);
        }
        extract.characters += runs.iter().map(|run| crate::ingest::count_characters(&run.text)).sum::<usize>();
        extract.pages.push(Page { number, width: frame.width, height: frame.height, runs, rules: drawn.rules });
    }
    Ok(extract)
}

fn refused(error: &PdfiumError) -> PdfError {
    match error {
        PdfiumError::PdfiumLibraryInternalError(
            PdfiumInternalError::PasswordError | PdfiumInternalError::SecurityError,
        ) => PdfError::Locked,
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::FormatError | PdfiumInternalError::FileError) => {
            PdfError::Broken("无法解析".to_owned())
        }
        other => PdfError::Broken(other.to_string()),
    }
}

/// From the file's coordinates, which count from below and before the page is turned, to those of a reader.
struct Frame {
    width: f32,
    height: f32,
    left: f32,
    bottom: f32,
    turns: u8,
}

impl Frame {
    fn of(page: &PdfPage<'_>) -> Self {
        let (width, height) = (page.width().value, page.height().value);
        let turns = match page.rotation() {
            Ok(PdfPageRenderRotation::Degrees90) => 1,
            Ok(PdfPageRenderRotation::Degrees180) => 2,
            Ok(PdfPageRenderRotation::Degrees270) => 3,
            _ => 0,
        };
        let bounds = page.boundaries().crop().or_else(|_| page.boundaries().media()).map(|bounds| bounds.bounds);
        let (left, bottom) = bounds.map_or((0.0, 0.0), |bounds| (bounds.left().value, bounds.bottom().value));
        Self { width, height, left, bottom, turns }
    }

    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.left, y - self.bottom);
        match self.turns {
            0 => (x, self.height - y),
            1 => (y, x),
            2 => (self.width - x, y),
            _ => (self.width - y, self.height - x),
        }
    }

    fn rule(&self, bounds: &PdfRect) -> Rule {
        let (x1, y1) = self.place(bounds.left().value, bounds.bottom().value);
        let (x2, y2) = self.place(bounds.right().value, bounds.top().value);
        Rule { left: x1.min(x2), top: y1.min(y2), right: x1.max(x2), bottom: y1.max(y2) }
    }
}

fn runs(page: &PdfPage<'_>, frame: &Frame, number: u32) -> Result<Vec<Run>, PdfiumError> {
    let text = page.text()?;
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for char in text.chars().iter() {
        if char.is_generated().unwrap_or(false) {
            continue;
        }
        let c = meaning(&char);
        if c.is_whitespace() || c.is_control() {
            if (open || c == WIDE_SPACE)
                && let Some(last) = runs.last_mut()
            {
                last.text.push(if c == WIDE_SPACE { c } else { ' ' });
            }
            open = false;
            continue;
        }
        let (Ok(bounds), Ok((x, y))) = (char.loose_bounds(), char.origin()) else { continue };
        let rect = frame.rule(&bounds);
        let (x, y) = frame.place(x.value, y.value);
        let size = rect.bottom - rect.top;
        let run = Run {
            page: number,
            x: rect.left.min(x),
            y,
            width: rect.right - rect.left,
            height: rect.bottom - rect.top,
            size,
            text: c.to_string(),
        };
        match runs.last_mut().filter(|last| open && follows(last, &run)) {
            Some(last) => {
                last.width = (run.x + run.width - last.x).max(last.width);
                last.text.push(c);
            }
            None => runs.push(run),
        }
        open = true;
    }
    Ok(runs)
}

/// The character, and for private codes of symbol fonts what they are known to mean.
fn meaning(char: &PdfPageTextChar<'_>) -> char {
    match char.unicode_char() {
        Some(c @ '\u{e000}'..='\u{f8ff}') => symbol::meaning(c, &char.font_name()).unwrap_or(c),
        Some(c) => c,
        None => char::REPLACEMENT_CHARACTER,
    }
}

fn follows(last: &Run, next: &Run) -> bool {
    let gap = next.x - (last.x + last.width);
    (last.size - next.size).abs() <= 0.5
        && (last.y - next.y).abs() <= RAISED * next.size
        && gap.abs() <= GAP * next.size
}

/// What is drawn on a page beside its text.
#[derive(Default)]
struct Drawn {
    rules: Vec<Rule>,
    /// The area that pictures cover.
    pictures: f32,
    seen: usize,
}

impl Drawn {
    fn look<'p>(&mut self, objects: &'p impl PdfPageObjectsCommon<'p>, frame: &Frame, depth: usize) {
        for object in objects.iter() {
            self.seen += 1;
            if self.seen > MOST_OBJECTS {
                return;
            }
            self.object(&object, frame, depth);
        }
    }

    fn object(&mut self, object: &PdfPageObject<'_>, frame: &Frame, depth: usize) {
        let Ok(bounds) = object.bounds() else { return };
        let rule = frame.rule(&bounds.to_rect());
        match object {
            PdfPageObject::Image(_) => self.pictures += (rule.right - rule.left) * (rule.bottom - rule.top),
            PdfPageObject::Path(path) => {
                if (rule.right - rule.left).min(rule.bottom - rule.top) <= THIN {
                    self.rules.push(rule);
                } else {
                    self.sides(path, frame);
                }
            }
            PdfPageObject::XObjectForm(form) if depth < MOST_NESTED => {
                for index in 0..form.len() {
                    if let Ok(inner) = form.get(index) {
                        self.object(&inner, frame, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The level and upright sides of a stroked path.
    fn sides(&mut self, path: &PdfPagePathObject<'_>, frame: &Frame) {
        if !path.is_stroked().unwrap_or(false) {
            return;
        }
        let Ok(matrix) = path.matrix() else { return };
        let (mut start, mut at) = (None, None);
        for segment in path.segments().transform(matrix).iter() {
            let (x, y) = segment.point();
            let point = frame.place(x.value, y.value);
            match segment.segment_type() {
                PdfPathSegmentType::MoveTo => start = Some(point),
                PdfPathSegmentType::LineTo => self.side(at, Some(point)),
                _ => {}
            }
            at = Some(point);
            if segment.is_close() {
                self.side(at, start);
                at = start;
            }
        }
    }

    fn side(&mut self, from: Option<(f32, f32)>, to: Option<(f32, f32)>) {
        if let (Some(from), Some(to)) = (from, to)
            && ((from.0 - to.0).abs() <= THIN || (from.1 - to.1).abs() <= THIN)
        {
            self.rules.push(Rule {
                left: from.0.min(to.0),
                top: from.1.min(to.1),
                right: from.0.max(to.0),
                bottom: from.1.max(to.1),
            });
        }
    }
}
