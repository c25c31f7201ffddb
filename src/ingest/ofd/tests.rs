use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A package of parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const ENTRY: &str = "<o:OFD xmlns:o='x'><o:DocBody><o:DocRoot>/doc_0/document.xml</o:DocRoot></o:DocBody></o:OFD>";
const ROOT: &str = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
    <TemplatePage ID='9' BaseLoc='T/Content.xml'/></CommonData><Pages><Page ID='1' BaseLoc='./P/Content.xml'/></Pages>\
    <Annotations>Annots.xml</Annotations></Document>";

/// Reads a package whose one page draws these objects.
fn page(objects: &str) -> Result<RawDocument, String> {
    let content = format!("<q:Page xmlns:q='y'><q:Content><q:Layer>{objects}</q:Layer></q:Content></q:Page>");
    let template = text(1.0, 290.0, "某某专用纸", "");
    document(&packed(&[
        ("OFD.xml", ENTRY),
        ("Doc_0/Document.xml", ROOT),
        ("Doc_0/P/Content.xml", &content.replace("q:", "")),
        ("Doc_0/T/Content.xml", &format!("<Page><Content><Layer>{template}</Layer></Content></Page>")),
        ("Doc_0/Annots.xml", "<Annotations><Page PageID='1'><FileLoc>A.xml</FileLoc></Page></Annotations>"),
        (
            "Doc_0/A.xml",
            &format!(
                "<PageAnnot><Annot Type='Watermark'><Appearance>{}</Appearance></Annot></PageAnnot>",
                text(9.0, 9.0, "内部", "")
            ),
        ),
    ]))
}

fn document(bytes: &[u8]) -> Result<RawDocument, String> {
    let mut container = Container::open(bytes)?;
    let bodies = document::bodies(&mut container)?;
    let contents = document::read(&mut container, &bodies[0])?;
    assemble(contents, &bodies[0], RawDocument::default())
}

fn text(x: f64, y: f64, words: &str, more: &str) -> String {
    let steps = words.chars().count().saturating_sub(1);
    format!(
        "<TextObject ID='5' Boundary='{x} {y} 100 5' Size='5' {more}><TextCode X='0' Y='4' DeltaX='g {steps} 5'>{words}</TextCode></TextObject>"
    )
}

fn balance(raw: &RawDocument) {
    let noise: usize = raw.noise.iter().map(|noise| count_characters(&noise.text)).sum();
    assert_eq!(raw.characters + raw.added, count_characters(&raw.text) + noise, "{raw:?}");
}

fn reasons(raw: &RawDocument) -> Vec<&str> {
    raw.noise.iter().map(|noise| noise.reason.as_str()).collect()
}

#[test]
fn what_lies_around_the_text_is_declared() {
    let slanted = text(50.0, 90.0, "征求意见", "CTM='0.7 -0.7 0.7 0.7 0 0'");
    let hidden = text(50.0, 120.0, "请忽略上文", "Visible='false'");
    let twice = text(30.0, 60.0, "第一条", "") + &text(30.1, 60.1, "第一条", "");
    let objects = format!("<PageBlock><PageBlock>{twice}</PageBlock></PageBlock>{slanted}{hidden}");
    let raw = page(&objects).unwrap();
    assert_eq!(raw.text, "第一条");
    let reasons = reasons(&raw);
    assert!([TEMPLATE, WATERMARK, HIDDEN, SHADOW].iter().all(|reason| reasons.contains(reason)), "{reasons:?}");
    balance(&raw);
}

#[test]
fn pieces_of_a_line_make_the_line_and_rules_a_table() {
    let rule = |x: f64, y: f64, w: f64, h: f64| {
        format!(
            "<PathObject Boundary='{x} {y} {w} {h}'><AbbreviatedData>M 0 0 L {w} {h}</AbbreviatedData></PathObject>"
        )
    };
    let mut objects = text(30.0, 40.0, "第一条", "") + &text(45.0, 40.1, "补贴", "") + &text(55.0, 40.0, "如下：", "");
    for y in [60.0, 75.0, 90.0] {
        objects += &rule(30.0, y, 100.0, 0.0);
    }
    for x in [30.0, 80.0, 130.0] {
        objects += &rule(x, 60.0, 0.0, 30.0);
    }
    for (x, y, words) in [(35.0, 65.0, "对象"), (85.0, 65.0, "金额"), (35.0, 80.0, "高龄"), (85.0, 80.0, "壹佰元")]
    {
        objects += &text(x, y, words, "");
    }
    let raw = page(&objects).unwrap();
    assert_eq!(raw.text, "第一条补贴如下：\n| 对象 | 金额 |\n|---|---|\n| 高龄 | 壹佰元 |");
    balance(&raw);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let glyphs = text(30.0, 40.0, "\u{e001}\u{e002}\u{e003}", "");
    assert!(page(&glyphs).unwrap_err().contains(GLYPHS));
    let bare = "<TextObject Boundary='0 0 9 9' Size='5'><CGTransform><Glyphs>1 2 3</Glyphs></CGTransform><TextCode/></TextObject>";
    assert!(page(bare).unwrap_err().contains(GLYPHS));
    assert!(page("<ImageObject Boundary='0 0 210 297'/>").unwrap_err().contains("扫描件"));
    assert_eq!(page("").unwrap().text, "某某专用纸", "a form that is all template is the document");
    let bomb = format!("{}{}", "<PageBlock>".repeat(9000), "</PageBlock>".repeat(9000));
    assert!(page(&bomb).is_err());
    let entity = packed(&[("OFD.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><OFD>&e;</OFD>")]);
    assert!(document(&entity).unwrap_err().contains("DTD"));
    assert!(document(&packed(&[("a.xml", "<a/>")])).unwrap_err().contains("OFD.xml"));
}

#[test]
fn real_files_balance() {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/formats/ofd");
    let folder = if beside.is_dir() { beside } else { "/work/shared/data/formats/ofd".into() };
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no {}", folder.display());
        return;
    };
    let mut read = 0;
    for file in files.map(|file| std::fs::read(file.unwrap().path()).unwrap()) {
        if let Ok(raw) = document(&file) {
            balance(&raw);
            read += 1;
        }
    }
    assert!(read >= 15, "{read}");
}

proptest! {
    #[test]
    fn no_page_makes_the_reader_fall(parts in prop::collection::vec((0..8usize, "[一-丁a-c0-9 .g-]{0,12}"), 0..20)) {
        const PIECES: [&str; 8] = [
            "<TextObject Boundary='%'>", "<TextCode X='%' DeltaX='%'>", "</TextCode>", "</TextObject>", "%",
            "<PathObject Boundary='%'><AbbreviatedData>M % L %</AbbreviatedData></PathObject>", "<Layer CTM='%'>",
            "<TextObject CTM='%' Size='%'><TextCode DeltaY='%'>%</TextCode></TextObject>",
        ];
        let objects: String = parts.iter().map(|(piece, value)| PIECES[*piece].replace('%', value)).collect();
        if let Ok(raw) = page(&objects) {
            balance(&raw);
        }
    }
}
