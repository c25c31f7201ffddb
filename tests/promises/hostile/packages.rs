//! Packages of XML (DOCX, OFD, XLSX, ODS), good and hostile.

use super::files::{Files, zip_of};

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";

/// The relation by which a part of an office package leads to another.
fn relation(kind: &str, target: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
        Target=\"{target}\"/></Relationships>"
    )
}

fn docx(document: &[u8]) -> Vec<u8> {
    let root = relation("officeDocument", "word/document.xml");
    zip_of(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document),
    ])
}

fn ofd_of(page: &[u8], resources: &str) -> Vec<u8> {
    let document = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>\
        <PublicRes>Res.xml</PublicRes></CommonData><Pages><Page ID='1' BaseLoc='Page.xml'/></Pages></Document>";
    zip_of(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Res.xml", resources.as_bytes()),
        ("Doc_0/Page.xml", page),
    ])
}

fn ofd(page: &[u8]) -> Vec<u8> {
    ofd_of(page, "<Res/>")
}

fn xlsx_of(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let root = relation("officeDocument", "xl/workbook.xml");
    let related = relation("worksheet", "worksheets/sheet1.xml").replace(
        "</Relationships>",
        "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" \
         Target=\"sharedStrings.xml\"/></Relationships>",
    );
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    zip_of(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn xlsx(sheet: &[u8]) -> Vec<u8> {
    xlsx_of(sheet, b"<sst/>")
}

/// A format of packages: its ending, how one is made of its main part, and what surrounds the words of that part.
pub(super) type Kind = (&'static str, fn(&[u8]) -> Vec<u8>, [&'static str; 2], fn(&str) -> String);

/// The formats made of XML, each with a main part that its reader takes.
pub(super) const KINDS: [Kind; 3] = [
    ("docx", docx, ["<w:document xmlns:w=\"w\"><w:body>", "</w:body></w:document>"], |words| {
        words.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect()
    }),
    ("ofd", ofd, ["<Page><Content><Layer>", "</Layer></Content></Page>"], |words| {
        let lines = words.lines().filter(|line| !line.is_empty()).enumerate();
        lines
            .map(|(at, line)| {
                let (top, steps) = (30 + 9 * at, line.chars().count().saturating_sub(1));
                format!(
                    "<TextObject Boundary='30 {top} 150 6' Size='5'>\
                     <TextCode X='0' Y='5' DeltaX='g {steps} 5'>{line}</TextCode></TextObject>"
                )
            })
            .collect()
    }),
    (
        "xlsx",
        xlsx,
        [
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
            "</sheetData></worksheet>",
        ],
        |words| {
            let lines = words.lines().filter(|line| !line.is_empty()).enumerate();
            lines
                .map(|(at, line)| {
                    let row = at + 1;
                    format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{line}</t></is></c></row>")
                })
                .collect()
        },
    ),
];

/// A good file of a kind.
pub(super) fn package((_, made, [before, after], part): Kind, words: &str) -> Vec<u8> {
    made(format!("{before}{}{after}", part(words)).as_bytes())
}

/// XML that no office writes, around or within a good main part, and what it is refused for.
fn hostile_xml((_, _, [before, after], part): Kind) -> Vec<(String, &'static str)> {
    let words = part("第一条 某某。");
    let whole = |dtd: &str, more: &str| format!("{dtd}{before}{words}{more}{after}");
    let nested = |depth: usize| whole("", &format!("{}{}", "<b>".repeat(depth), "</b>".repeat(depth)));
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=\"\"")).collect();
    vec![
        (whole("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<b>&x;</b>"), "文档类型声明"),
        (whole("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\">", ""), "文档类型声明"),
        (whole(&format!("<!DOCTYPE a [<!ENTITY l0 \"哈\">{laughs}]>"), "<b>&l9;</b>"), "文档类型声明"),
        (whole("", "<b>&xxe;</b>"), "未知实体“xxe”"),
        (nested(300), "嵌套超过 256 层"),
        (nested(100_000), "嵌套超过 256 层"),
        (whole("", &format!("<b{attributes}/>")), "属性超过 256 个"),
        (format!("{before}<b></c>{after}"), ""),
        (format!("{before}<b"), ""),
        (String::new(), ""),
    ]
}

/// Files within all limits of their formats that take more than a reader may have, and what stops them.
pub(super) fn killers() -> Files {
    // Rows of as many columns as there may be, written in a few bytes each.
    let row = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\">\
        <text:p>条</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"表\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        row.repeat(4000)
    );
    let memory = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<m:manifest xmlns:m=\"x\"/>"),
        ("content.xml", content.as_bytes()),
    ]);
    // Drawings that draw drawings, a thousand each.
    let units: String = (0..9)
        .map(|unit| {
            let inner = format!("<CompositeObject Boundary='0 0 9 9' ResourceID='{}'/>", unit + 1).repeat(1000);
            format!("<CompositeGraphicUnit ID='{unit}'><Content>{inner}</Content></CompositeGraphicUnit>")
        })
        .collect();
    let resources = format!("<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>");
    let [before, after] = KINDS[1].2;
    let page = format!("{before}<CompositeObject Boundary='0 0 9 9' ResourceID='0'/>{after}");
    vec![
        ("memory.ods".into(), memory, "内存超过 1024 MiB"),
        // By the clock when the machine is busy.
        ("time.ofd".into(), ofd_of(page.as_bytes(), &resources), "超过 "),
    ]
}

pub(super) fn packages(files: &mut Files) {
    for kind in KINDS {
        for (at, (xml, reason)) in hostile_xml(kind).into_iter().enumerate() {
            files.push((format!("xml-{at}.{}", kind.0), kind.1(xml.as_bytes()), reason));
        }
        let [before, after] = kind.2;
        let long = |bytes: usize| format!("{before}{}{}{after}", kind.3("第一条 某某。"), " ".repeat(bytes));
        files.push((format!("bomb.{}", kind.0), kind.1(long(40 << 20).as_bytes()), "压缩比超过 100"));
        let whole = package(kind, "第一条 某某。");
        for (at, cut) in [10, 60, 200, whole.len() - 60, whole.len() - 20, whole.len() - 3].into_iter().enumerate() {
            files.push((format!("cut-{at}.{}", kind.0), whole[..cut].to_vec(), ""));
        }
    }
    files.push(("no-document.docx".into(), zip_of(&[("[Content_Types].xml", TYPES.as_bytes())]), "没有正文部件"));
    files.push(("no-document.ofd".into(), zip_of(&[("other.xml", b"<a/>")]), "缺少 OFD.xml"));
    let wide = b"<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData></worksheet>";
    files.push(("dimension.xlsx".into(), xlsx(wide), "没有文字"));
    for (at, cut) in [10, 60, 100].into_iter().enumerate() {
        files.push((format!("cut-{at}.zip"), docx(b"<a/>")[..cut].to_vec(), "不是完整的 ZIP"));
    }
}
