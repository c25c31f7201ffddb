//! What Word shows must be what is read: files are made here, part by part.

use std::io::{Cursor, Write as _};

use super::*;

const HEAD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m""#;

/// Packs a Word file of a body and other parts, each under its kind.
fn pack(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    };
    let relation = |kind: &str| format!(r#"<Relationship Id="{kind}" Type="http://x/{kind}" Target="{kind}.xml"/>"#);
    put("word/document.xml", &format!("<w:document {HEAD}><w:body>{body}</w:body></w:document>"));
    let relations: String = others.iter().map(|(kind, _)| relation(kind)).collect();
    put("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    for (kind, xml) in others {
        put(&format!("word/{kind}.xml"), &format!("<w:{kind} {HEAD}>{xml}</w:{kind}>"));
    }
    writer.finish().unwrap().into_inner()
}

/// Reads a file, whose account must balance.
fn read(body: &str, others: &[(&str, &str)]) -> Words {
    let words = document(&pack(body, others)).unwrap();
    let noise: usize = words.noise.iter().map(|noise| count_characters(&noise.text)).sum();
    assert_eq!(words.characters + words.added, count_characters(&words.text) + noise, "{words:#?}");
    words
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

/// A paragraph with these properties.
fn par(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(words))
}

fn item(list: u32, level: u32, words: &str) -> String {
    par(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), words)
}

fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn list(id: u32, levels: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#)
}

fn num(id: u32, of: u32, more: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>"#)
}

fn lines(words: &Words) -> Vec<&str> {
    words.text.lines().map(str::trim).collect()
}

#[test]
fn numbers_counted_by_word_are_read() {
    let levels = level(0, "chineseCountingThousand", "第%1条", "")
        + &level(1, "chineseCounting", "（%2）", "")
        + &level(2, "decimal", "%1.%2.%3", "<w:isLgl/>");
    let restart = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>"#;
    let numbering = list(7, &levels) + &num(1, 7, "") + &num(2, 7, restart);
    let body = [
        item(1, 0, "总则"),
        item(1, 1, "甲"),
        item(1, 1, "乙"),
        item(1, 2, "细目"),
        item(0, 0, "不编号"),
        item(1, 0, "分则"),
        item(1, 1, "丙"),
        item(2, 0, "另起"),
        item(2, 0, "再来"),
    ];
    let words = read(&body.concat(), &[("numbering", &numbering)]);
    let expected = [
        "第一条 总则",
        "（一）甲",
        "（二）乙",
        "1.2.1 细目",
        "不编号",
        "第二条 分则",
        "（一）丙",
        "第一条 另起",
        "第二条 再来",
    ];
    assert_eq!(lines(&words), expected);
}

#[test]
fn numbers_come_through_styles_too() {
    let levels = level(0, "japaneseCounting", "%1、", r#"<w:pStyle w:val="H1"/>"#)
        + &level(1, "decimalEnclosedCircle", "%2", r#"<w:pStyle w:val="H2"/>"#);
    let numbering = list(0, &levels) + &num(3, 0, "");
    let styles = r#"<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Off"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>"#;
    let body: String = ["H1", "H2", "Off", "H2", "H1", "Loop"]
        .map(|style| par(&format!(r#"<w:pStyle w:val="{style}"/>"#), "文"))
        .concat();
    let words = read(&body, &[("numbering", &numbering), ("styles", styles)]);
    assert_eq!(lines(&words), ["一、文", "① 文", "文", "② 文", "二、文", "文"]);
}

#[test]
fn what_a_reader_does_not_see_is_noise() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>密语</w:t></w:r>\
         <w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>白字</w:t></w:r>\
         <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p>{}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        run("甲"),
        run("乙"),
        run("框"),
        run("框")
    );
    let header = format!("<w:p>{}</w:p>", run("内部资料"));
    let words = read(&body, &[("header", &header)]);
    assert_eq!(lines(&words), ["甲乙", "框"]);
    let noise: Vec<(&str, &str)> =
        words.noise.iter().map(|noise| (noise.reason.as_str(), noise.text.as_str())).collect();
    let expected =
        [("修订删除的文字", "旧的"), ("隐藏文字", "密语白字"), ("供旧版软件使用的副本", "框"), ("页眉", "内部资料")];
    assert_eq!(noise, expected);
}

#[test]
fn fields_notes_and_signs_are_read_in_their_places() {
    let field = |code: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>
            <w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let body = format!(
        r#"<w:p>{}<w:r><w:tab/></w:r>{}</w:p><w:p>{}<w:r><w:footnoteReference w:id="2"/></w:r>{}</w:p>
        <w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{}</w:p>"#,
        field(" TOC \\o ", &run("第一章 总则")),
        run("1"),
        run("正文"),
        run("。"),
        run("同意&amp;签字")
    );
    let notes = format!(
        r#"<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
        <w:footnote w:id="2"><w:p>{}</w:p></w:footnote>"#,
        run("见附件")
    );
    let words = read(&body, &[("footnotes", &notes)]);
    assert_eq!(lines(&words), ["目录", "第一章 总则 1", "正文〔注1〕。", "☑同意&签字", "注释", "〔注1〕见附件"]);
}

#[test]
fn tables_keep_rows_and_columns_and_layout_is_dropped() {
    let cell = |properties: &str, words: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{}</w:p></w:tc>",
            if words.is_empty() { String::new() } else { run(words) }
        )
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell("", "对象"), cell(r#"<w:gridSpan w:val="2"/>"#, "标准")]),
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, "城镇"), cell("", "一档"), cell("", "100")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "二档"), cell("", "200")]),
    ];
    let layout = row(&[cell("", "第一条 内容。")]);
    let words = read(&format!("<w:tbl>{}</w:tbl><w:p/><w:tbl>{layout}</w:tbl>", table.concat()), &[]);
    let expected =
        ["| 对象 | 标准 | 标准 |", "|---|---|---|", "| 城镇 | 一档 | 100 |", "| 城镇 | 二档 | 200 |", "第一条 内容。"];
    assert_eq!(lines(&words), expected);
}

#[test]
fn hostile_files_are_refused_by_name() {
    let refused = |body: &str| document(&pack(body, &[])).unwrap_err().to_string();
    assert!(refused(&"<w:sdt>".repeat(500)).contains("嵌套过深"));
    assert!(refused("<w:p>&evil;</w:p>").contains("evil"));
    assert!(refused("<w:altChunk/>").contains("altChunk"));
    assert!(refused("<w:p>").contains("XML"));
    assert!(document(b"PK\x03\x04 nothing").is_err());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").unwrap();
    assert_eq!(document(&writer.finish().unwrap().into_inner()), Err(DocxError::DocType));
}

proptest::proptest! {
    #[test]
    fn any_order_of_elements_is_survived_and_accounted(picks in proptest::collection::vec(0usize..24, 0..60)) {
        const PIECES: [&str; 24] = [
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>文字</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
            "<w:del>", "</w:del>", "<mc:Fallback>", "</mc:Fallback>", "<w:fldChar w:fldCharType=\"begin\"/>",
            "<w:fldChar w:fldCharType=\"end\"/>", "<w:instrText>EQ \\o(a,b</w:instrText>", "<w:txbxContent>", "</w:txbxContent>",
            "<w:vMerge/>", "<w:gridSpan w:val=\"99999999999\"/>", "<w:footnoteReference w:id=\"1\"/>", "<w:tcPr/>",
        ];
        let mut open: Vec<&str> = Vec::new();
        let mut body = String::new();
        for pick in picks {
            let piece = PIECES[pick];
            if let Some(name) = piece.strip_prefix("</") {
                // Only well-formed XML reaches the walk.
                while let Some(last) = open.pop() {
                    body.push_str(&format!("</{last}>"));
                    if last == name.trim_end_matches('>') { break; }
                }
            } else {
                body.push_str(piece);
                if !piece.contains("/>") && !piece.contains("</") {
                    open.push(piece.trim_matches(['<', '>']));
                }
            }
        }
        for name in open.iter().rev() { body.push_str(&format!("</{name}>")); }
        read(&body, &[]);
    }
}
