//! Spreadsheets are made here, part by part.

use std::io::Write as _;

use super::*;

/// Packs a workbook of sheets: name, state and the XML of its rows and merged cells.
fn pack(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let (mut list, mut relations) = (String::new(), String::new());
    for (at, (name, state, rows)) in sheets.iter().enumerate() {
        list += &format!(r#"<sheet name="{name}" sheetId="{}" state="{state}" r:id="r{at}"/>"#, at + 1);
        relations += &format!(r#"<Relationship Id="r{at}" Type="{kind}/worksheet" Target="worksheets/s{at}.xml"/>"#);
        put(&format!("xl/worksheets/s{at}.xml"), &format!(r#"<worksheet xmlns="{main}">{rows}</worksheet>"#));
    }
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    put("_rels/.rels", &root);
    put("xl/workbook.xml", &format!(r#"<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{list}</sheets></workbook>"#));
    put("xl/_rels/workbook.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    writer.finish().unwrap().into_inner()
}

fn rows(rows: &[&[&str]]) -> String {
    let mut xml = String::from("<sheetData>");
    for (at, row) in rows.iter().enumerate() {
        xml += &format!(r#"<row r="{}">"#, at + 1);
        for (column, words) in row.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            let place = format!("{}{}", (b'A' + u8::try_from(column).unwrap()) as char, at + 1);
            xml += &match words.parse::<f64>() {
                Ok(_) => format!(r#"<c r="{place}"><v>{words}</v></c>"#),
                Err(_) => format!(r#"<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>"#),
            };
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

#[test]
fn a_clearing_list_is_a_table_under_its_title() {
    let list = rows(&[
        &["规范性文件清理结果（示例）"],
        &[],
        &["序号", "文件名称", "", "处理意见"],
        &["1", "示例办法", "", "保留"],
        &["2", "示例细则", "", ""],
        &["3.5", "1e6", "", "废止"],
    ]) + r#"<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="D4:D5"/></mergeCells>"#;
    let hidden = rows(&[&["底稿"]]);
    let tables = workbook(&pack(&[("Sheet1", "visible", &list), ("x", "hidden", &hidden)])).unwrap();
    let expected = "规范性文件清理结果（示例）\n| 序号 | 文件名称 | 处理意见 |\n|---|---|---|\n| 1 | 示例办法 | 保留 |\n\
                    | 2 | 示例细则 | 保留 |\n| 3.5 | 1000000 | 废止 |\n";
    assert_eq!(tables.text, expected);
    assert_eq!((tables.noise[0].text.as_str(), tables.noise[0].reason.as_str()), ("底稿", HIDDEN));
    let noise: usize = tables.noise.iter().map(|noise| count_characters(&noise.text)).sum();
    assert_eq!(tables.characters + tables.added, count_characters(&tables.text) + noise);
}

#[test]
fn a_sheet_that_claims_to_be_endless_holds_what_it_holds() {
    let far = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
        <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    assert!(workbook(&pack(&[("Sheet1", "visible", far)])).is_ok());
    assert!(workbook(b"PK\x03\x04").is_err() && workbook(b"nothing").is_err());
}
