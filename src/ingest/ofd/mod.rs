//! Reader of OFD (.ofd, GB/T 33190): the pages' own words in document order; templates, annotations and watermarks are noise.

mod container;
mod document;
mod hints;
mod page;
mod sheet;
mod xml;

use container::Container;
use document::{Contents, Page};
use page::{Drawn, Role};

use super::{Emit, RawDocument, Refusal, SourceFile, count_characters, layout};
use crate::policy::Noise;

const TEMPLATE: &str = "模板页文字";
const ANNOTATION: &str = "批注";
const WATERMARK: &str = "水印";
const SEAL: &str = "签章";
const HIDDEN: &str = "隐藏文字";
const SHADOW: &str = "重影文字";
const GLYPHS: &str = "字形编码无法还原";

/// What to do with a scan.
const ADVICE: &str = "请先做文字识别（OCR），或取得文字版后再导入";
/// Most pages named in a message.
const MOST_NAMED: usize = 8;
/// Most documents of one package that are read.
const MAX_DOCUMENTS: usize = 256;
/// One character in so many without a meaning known to others, and the text is not worth quoting from.
const UNREADABLE_SHARE: usize = 20;
/// Parts that only packages encrypted after GM/T 0099 have.
const ENCRYPTED: [&str; 3] = ["encryptions.xml", "decryptseed.dat", "entriesmap.dat"];

/// Reads one file: each document in it is one of its own.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    match parse(source) {
        Ok(documents) => documents.into_iter().for_each(|document| emit(document)),
        Err(refusal) => emit(Err(refusal)),
    }
}

type Documents = Vec<Result<RawDocument, Refusal>>;

fn parse(source: &SourceFile) -> Result<Documents, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let refuse = |reason: String| source.refuse(reason);
    let mut container = Container::open(&bytes).map_err(refuse)?;
    if ENCRYPTED.iter().any(|part| container.holds(part)) {
        return Err(source.refuse("OFD 已加密，请解密后再导入"));
    }
    let bodies = document::bodies(&mut container).map_err(refuse)?;
    if bodies.len() > MAX_DOCUMENTS {
        return Err(source.refuse(format!("一个 OFD 中有 {} 个文档，超过 {MAX_DOCUMENTS} 个，请拆分", bodies.len())));
    }
    let several = bodies.len() > 1;
    let documents = bodies.iter().enumerate().map(|(index, body)| {
        let mut raw = raw.clone();
        if several {
            raw.name = format!("{} 第 {} 个文档", raw.name, index + 1);
            raw.location = format!("{}#{}", raw.location, index + 1);
        }
        let name = raw.name.clone();
        let contents = document::read(&mut container, body);
        let document = contents.and_then(|contents| assemble(contents, body, raw));
        document.map_err(|reason| Refusal { name, reason })
    });
    Ok(documents.collect())
}

/// Makes a document of what its pages draw, or tells why it cannot be one.
fn assemble(mut contents: Contents, body: &document::Body, raw: RawDocument) -> Result<RawDocument, String> {
    let characters = count(&contents);
    let recognised = choose(&mut contents)?;
    let mut noise = Declared::default();
    let (sheets, shadows) = sheet::sheets(&contents.pages);
    shadows.iter().for_each(|words| noise.add(SHADOW, words));
    for run in contents.pages.iter().flat_map(|page| &page.drawn.runs) {
        match run.role {
            Role::Body => {}
            Role::Watermark => noise.add(WATERMARK, &run.text),
            Role::Hidden => noise.add(HIDDEN, &run.text),
        }
    }
    let laid = layout::lay_out(&sheets);
    readable(&laid.text, &contents)?;
    laid.noise.iter().for_each(|left_out| noise.add(&left_out.reason, &left_out.text));
    for (reason, drawn) in &contents.around {
        drawn.runs.iter().for_each(|run| noise.add(reason, &run.text));
    }
    contents.remarks.iter().for_each(|remark| noise.add(ANNOTATION, remark));
    let bare: usize = contents.pages.iter().map(|page| page.drawn.bare_glyphs).sum();
    let added = laid.added + noise.stand_in(bare);
    let stated = hints::stated(body, &contents, &laid.text);
    Ok(RawDocument { characters, added, noise: noise.0, recognised, stated, text: laid.text, ..raw })
}

/// Characters of everything drawn, counted where it is written.
fn count(contents: &Contents) -> usize {
    let pages = contents.pages.iter().map(|page| page.drawn.characters);
    let around = contents.around.iter().map(|(_, drawn)| drawn.characters);
    let remarks = contents.remarks.iter().map(|remark| count_characters(remark));
    pages.chain(around).chain(remarks).sum()
}

/// Decides which words are the document where no page shows any: recognised text under the pictures of a scan, or a form
/// that is all template. Returns whether the words were recognised.
fn choose(contents: &mut Contents) -> Result<bool, String> {
    let shows = |drawn: &Drawn, role: Role| drawn.runs.iter().any(|run| run.role == role);
    let any = |pages: &[Page], role: Role| pages.iter().any(|page| shows(&page.drawn, role));
    if any(&contents.pages, Role::Body) {
        return scanned(&contents.pages).map_or(Ok(false), Err);
    }
    let pictures: usize = contents.pages.iter().map(|page| page.drawn.pictures).sum();
    if any(&contents.pages, Role::Hidden) && pictures > 0 {
        let runs = contents.pages.iter_mut().flat_map(|page| &mut page.drawn.runs);
        runs.filter(|run| run.role == Role::Hidden).for_each(|run| run.role = Role::Body);
        return Ok(true);
    }
    let glyphs: usize = contents.pages.iter().map(|page| page.drawn.bare_glyphs).sum();
    if glyphs > 0 {
        return Err(unreadable(glyphs));
    }
    if pictures > 0 {
        return Err(format!("扫描件，没有文字层（共 {} 页）；{ADVICE}", contents.pages.len()));
    }
    let (form, around): (Vec<_>, Vec<_>) = std::mem::take(&mut contents.around)
        .into_iter()
        .partition(|(reason, drawn)| *reason == TEMPLATE && shows(drawn, Role::Body));
    contents.around = around;
    if form.is_empty() {
        return Err("没有文字：各页只有图形".to_owned());
    }
    let size = contents.pages.first().map_or(document::A4, |page| [page.width, page.height]);
    contents.pages.extend(form.into_iter().map(|(_, drawn)| Page { width: size[0], height: size[1], drawn }));
    Ok(false)
}

/// Why a document some pages of which are only pictures cannot be read whole.
fn scanned(pages: &[Page]) -> Option<String> {
    let silent = |page: &Page| page.drawn.runs.is_empty() && page.drawn.pictures > 0;
    let numbers: Vec<String> =
        (1..).zip(pages).filter(|(_, page)| silent(page)).map(|(number, _)| format!("第{number}页")).collect();
    let (named, more) = (numbers.iter().take(MOST_NAMED), numbers.len() > MOST_NAMED);
    let named = named.map(String::as_str).collect::<Vec<_>>().join("、") + if more { "等" } else { "" };
    (!numbers.is_empty()).then(|| format!("部分页是扫描图像，没有文字层（{named}）；{ADVICE}"))
}

/// Refuses text most of whose codes mean nothing outside its own fonts.
fn readable(text: &str, contents: &Contents) -> Result<(), String> {
    let private = |c: &char| matches!(*c as u32, 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff) || *c == '\u{fffd}';
    let bare: usize = contents.pages.iter().map(|page| page.drawn.bare_glyphs).sum();
    let lost = text.chars().filter(private).count() + bare;
    if lost * UNREADABLE_SHARE > count_characters(text) + bare { Err(unreadable(lost)) } else { Ok(()) }
}

fn unreadable(lost: usize) -> String {
    format!("{GLYPHS}：{lost} 个字只有字体内部编码，没有对应的文字；请改用 Word、PDF 或文本版")
}

/// Words left out, by reason.
#[derive(Default)]
struct Declared(Vec<Noise>);

impl Declared {
    fn add(&mut self, reason: &str, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|noise| noise.reason == reason) {
            Some(noise) => {
                noise.text.push('\n');
                noise.text.push_str(words);
            }
            None => self.0.push(Noise { text: words.to_owned(), reason: reason.to_owned() }),
        }
    }

    /// Puts a mark for each glyph that has no character, and counts the marks.
    fn stand_in(&mut self, glyphs: usize) -> usize {
        self.add(GLYPHS, &"□".repeat(glyphs));
        glyphs
    }
}

#[cfg(test)]
mod tests;
