//! Tables (表格): the library as a folder of CSV files that a spreadsheet opens without running anything.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::graph::graph_csv;
use super::{ExportError, Selection};
use crate::inspection::{Finding, neutral, write_csv};
use crate::policy::validity;

/// The byte order mark by which Excel knows UTF-8.
const BOM: &str = "\u{feff}";

/// A CSV file whose cells no spreadsheet takes for formulas.
pub(super) struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// Begins with these headings.
    pub(super) fn new(mut out: W, bom: bool, headings: &[&str]) -> std::io::Result<Self> {
        if bom {
            out.write_all(BOM.as_bytes())?;
        }
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(headings)?;
        Ok(Self(csv))
    }

    /// Adds a row.
    pub(super) fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> std::io::Result<()> {
        for cell in cells {
            self.0.write_field(neutral(cell.as_ref()).as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Ends the file.
    pub(super) fn end(mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// Writes documents.csv, clauses.csv, relations.csv, interpretations.csv and findings.csv into a folder; gives the
/// files written.
pub fn tables(
    selection: &Selection<'_>,
    findings: &[Finding],
    folder: &Path,
    bom: bool,
) -> Result<Vec<PathBuf>, ExportError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ExportError::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut written = Vec::new();
    let mut file = |name: &str| -> Result<BufWriter<File>, ExportError> {
        let path = folder.join(name);
        let file = File::create(&path).map_err(failed(&path))?;
        written.push(path);
        Ok(BufWriter::new(file))
    };
    documents(selection, file("documents.csv")?, bom)?;
    clauses(selection, file("clauses.csv")?, bom)?;
    graph_csv(selection, file("relations.csv")?, bom)?;
    interpretations(selection, file("interpretations.csv")?, bom)?;
    let chosen = |finding: &&Finding| {
        let head = finding.document().and_then(|id| selection.generation.by_id(&id));
        head.is_none_or(|head| selection.serials.contains(&head.serial))
    };
    let whole = selection.serials.len() == selection.generation.heads().len();
    write_csv(file("findings.csv")?, findings.iter().filter(|one| whole || chosen(one)), bom)?;
    Ok(written)
}

fn documents(selection: &Selection<'_>, out: impl Write, bom: bool) -> Result<(), ExportError> {
    let headings = [
        "标识",
        "标题",
        "发文字号",
        "索引号",
        "发文机关",
        "地区代码",
        "地区",
        "层级",
        "文种",
        "主题",
        "适用对象",
        "成文日期",
        "发布日期",
        "施行日期",
        "有效期至",
        "效力",
        "效力依据",
        "公开属性",
        "版本",
        "来源",
        "公报",
        "正文SHA-256",
    ];
    let mut sheet = Sheet::new(out, bom, &headings)?;
    for head in selection.heads() {
        let meta = &head.meta;
        let verdict = validity(meta, &head.events, selection.as_of);
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let place = meta.region.as_ref().and_then(|code| selection.generation.gazetteer().get(code));
        let audience: Vec<&str> = meta.audience.iter().map(|audience| audience.name()).collect();
        let sources: Vec<String> = meta.sources.iter().map(|source| shown(&source.location)).collect();
        let gazettes = meta.sources.iter().filter_map(|source| source.gazette.as_ref());
        let gazettes: Vec<String> =
            gazettes.map(|issue| format!("{}{}年第{}期", issue.name, issue.year, issue.number)).collect();
        sheet.row([
            meta.id.to_string(),
            meta.title.clone(),
            meta.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            meta.index_number.clone().unwrap_or_default(),
            meta.issuers.join("、"),
            meta.region.as_ref().map(ToString::to_string).unwrap_or_default(),
            place.map(|place| place.name.clone()).unwrap_or_default(),
            meta.level.map(|level| level.name().to_owned()).unwrap_or_default(),
            meta.kind.name().to_owned(),
            meta.themes.join("、"),
            audience.join("、"),
            day(meta.dates.written),
            day(meta.dates.published),
            day(meta.dates.effective),
            day(meta.dates.expires),
            verdict.state.label().to_owned(),
            verdict.basis,
            meta.disclosure.name().to_owned(),
            meta.version.to_string(),
            sources.join("；"),
            gazettes.join("；"),
            head.text_sha256.clone(),
        ])?;
    }
    Ok(sheet.end()?)
}

/// A source by its last part: paths of the operator's machine are nobody's business.
fn shown(location: &str) -> String {
    if location.contains("://") {
        location.to_owned()
    } else {
        location.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    }
}

fn clauses(selection: &Selection<'_>, out: impl Write, bom: bool) -> Result<(), ExportError> {
    let headings = ["文件标识", "条款标识", "种类", "标签", "上级条款", "起", "止", "原文"];
    let mut sheet = Sheet::new(out, bom, &headings)?;
    for head in selection.heads() {
        let document = selection.generation.document(head.serial)?;
        for clause in document.clauses() {
            let node = clause.node();
            let parent = clause.parent().map(|parent| parent.id().to_string()).unwrap_or_default();
            let (start, end) = (node.start.to_string(), node.end.to_string());
            let id = head.meta.id.as_str();
            sheet.row([
                id,
                &node.id.0,
                node.kind.name(),
                &node.label,
                &parent,
                &start,
                &end,
                clause.own_text().trim(),
            ])?;
        }
    }
    Ok(sheet.end()?)
}

/// Which paragraph of which interpretation explains which clause, and why that is believed.
fn interpretations(selection: &Selection<'_>, out: impl Write, bom: bool) -> Result<(), ExportError> {
    let generation = selection.generation;
    let headings = ["文件标识", "条款标识", "条款标签", "解读标识", "解读标题", "解读文字"];
    let mut sheet = Sheet::new(out, bom, &headings)?;
    for head in selection.heads() {
        let document = generation.document(head.serial)?;
        for key in head.keys() {
            let place = generation.passage(key).and_then(|place| document.clause_at(place.node as usize));
            let Some(clause) = place else { continue };
            for explanation in generation.explanations(key) {
                let other = generation.document(explanation.serial)?;
                let words = other.text().get(explanation.start..explanation.end).unwrap_or_default();
                let (id, other_id) = (head.meta.id.as_str(), other.id().as_str());
                sheet.row([id, &clause.id().0, clause.label(), other_id, &other.meta().title, words.trim()])?;
            }
        }
    }
    Ok(sheet.end()?)
}
