//! Matching from the terminal: one profile, or a table of enterprises.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::consultation::{Desk, MatchError};
use crate::contract::{ConditionJson, MatchJson, ProgrammeMatchJson};

use super::{Failure, Places, library};

/// 匹配.
#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// 画像文件：{"subject":"企业","facts":{"从业人员数":35},"text":"食品加工 高企"}
    #[arg(required_unless_present = "batch")]
    profile: Option<PathBuf>,
    /// 按哪一天的规定匹配，如 2026-06-30；缺省为画像所写的日期或今天
    #[arg(long)]
    as_of: Option<Date>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 成批匹配：CSV 表，首行是事实名称（“名称”一列写单位名，“身份”一列可写 个人），每行一个企业
    #[arg(long, value_name = "FILE", conflicts_with = "profile", requires = "out")]
    batch: Option<PathBuf>,
    /// 成批匹配的结果表（CSV，带 UTF-8 标记，可用表格软件打开）
    #[arg(long, value_name = "FILE", requires = "batch")]
    out: Option<PathBuf>,
}

pub(super) fn run(places: &Places, args: &MatchArgs) -> Result<ExitCode, Failure> {
    let desk = library::open_fresh(places)?;
    if let (Some(from), Some(to)) = (&args.batch, &args.out) {
        return batch(&desk, from, to, args.as_of);
    }
    let path = args.profile.as_deref().unwrap_or(Path::new(""));
    let unread = |why: &dyn std::fmt::Display| Failure::input(format!("无法读取 {}：{why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|why| unread(&why))?;
    let mut profile: Value =
        serde_json::from_str(&text).map_err(|why| Failure::input(format!("{} 不是 JSON：{why}", path.display())))?;
    if let (Some(day), Some(object)) = (args.as_of, profile.as_object_mut()) {
        object.insert("as_of".to_owned(), json!(day.to_string()));
    }
    let began = Instant::now();
    let matched = desk.library().match_profile(&profile, super::today()).map_err(failure)?;
    let took_ms = (began.elapsed().as_secs_f64() * 1e5).round() / 100.0;
    if args.json {
        super::print_json(&MatchJson { took_ms, ..matched })?;
    } else {
        print_match(&matched);
    }
    Ok(ExitCode::SUCCESS)
}

fn failure(error: MatchError) -> Failure {
    match error {
        MatchError::Profile(wrong) => Failure::input(wrong),
        MatchError::Index(damaged) => Failure::system(damaged),
    }
}

fn print_match(matched: &MatchJson) {
    say!(
        "【{}】{}　符合 {} 项，待定 {} 项，不符合 {} 项",
        matched.subject,
        matched.as_of,
        matched.counts.eligible,
        matched.counts.undetermined,
        matched.counts.not_eligible
    );
    for read in matched.read.iter().filter(|read| read.used) {
        say!("从“{}”读出：{}＝{}", read.words, read.name, read.told);
    }
    for told in matched.programmes.iter().filter(|told| told.standing == "in_force") {
        print_programme(told);
    }
    if let Some(next) = &matched.next_question {
        say!("下一问（{} 个事项等它）：{}", next.waiting, next.fact.question);
    }
    for citation in &matched.citations {
        let document = &citation.document;
        say!("[{}] 《{}》{}：“{}”", citation.number, document.title, citation.clause.label, citation.quote);
    }
}

fn print_programme(told: &ProgrammeMatchJson) {
    say!("— {}：{}", told.name, told.label);
    for condition in told.conditions.iter().filter(|condition| condition.matters && condition.state != "met") {
        say!("    {}{}[{}]", mark(condition), condition.words, condition.citation);
    }
    if told.verdict == "not_eligible" {
        return;
    }
    for benefit in &told.benefits {
        say!("    可得：{}[{}]", benefit.words, benefit.citation);
    }
    for overlap in &told.exclusive {
        say!("    {}[{}]", overlap.words, overlap.citation);
    }
    if let Some(window) = &told.window {
        say!("    {}[{}]", window.words, window.citation);
    }
    if let Some(telephone) = &told.telephone {
        say!("    ☎ {}[{}]", telephone.text, telephone.citation);
    }
}

fn mark(condition: &ConditionJson) -> String {
    match (condition.state.as_str(), &condition.by_how_much) {
        ("not_met", Some(gap)) => format!("不符（{gap}）："),
        ("not_met", None) => "不符：".to_owned(),
        _ => "未知：".to_owned(),
    }
}

/// Columns of a table that are no facts.
const NAME: &str = "名称";
const SUBJECT: &str = "身份";

/// Matches every row of a table; a row that is wrong is told in the table and does not stop the others.
fn batch(desk: &Desk, from: &Path, to: &Path, as_of: Option<Date>) -> Result<ExitCode, Failure> {
    let input = |path: &Path, why: &dyn std::fmt::Display| Failure::input(format!("{}：{why}", path.display()));
    let text = std::fs::read_to_string(from).map_err(|why| input(from, &why))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns: Vec<String> = reader.headers().map_err(|why| input(from, &why))?.iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(|why| input(from, &why))?;
    let library = desk.library();
    let mut names: Vec<(String, String)> = Vec::new();
    let bar = library::progress_bar("匹配");
    bar.set_length(rows.len() as u64);
    let mut matched = Vec::new();
    for row in &rows {
        let (name, profile) = profile_of(&columns, row, as_of);
        let told = library.match_profile(&profile, super::today());
        for told in told.iter().flat_map(|told| &told.programmes).filter(|told| told.standing == "in_force") {
            if !names.iter().any(|(id, _)| *id == told.id) {
                names.push((told.id.clone(), told.name.clone()));
            }
        }
        matched.push((name, told));
        bar.inc(1);
    }
    bar.finish_and_clear();
    names.sort();
    let file = std::fs::File::create(to).map_err(|why| input(to, &why))?;
    write_table(file, &names, &matched).map_err(|why| input(to, &why))?;
    let wrong = matched.iter().filter(|(_, told)| told.is_err()).count();
    say!("{} 行已匹配，{wrong} 行有误，写入 {}", rows.len() - wrong, to.display());
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn profile_of(columns: &[String], row: &csv::StringRecord, as_of: Option<Date>) -> (String, Value) {
    let mut facts = Map::new();
    let mut name = String::new();
    let mut subject = "企业".to_owned();
    for (column, value) in columns.iter().zip(row.iter()).filter(|(_, value)| !value.trim().is_empty()) {
        match column.trim() {
            NAME => value.trim().clone_into(&mut name),
            SUBJECT => value.trim().clone_into(&mut subject),
            column => {
                facts.insert(column.to_owned(), json!(value.trim()));
            }
        }
    }
    let as_of = as_of.map(|day| day.to_string());
    (name, json!({"subject": subject, "as_of": as_of, "facts": facts}))
}

type Row = (String, Result<MatchJson, MatchError>);

fn write_table(mut file: std::fs::File, names: &[(String, String)], rows: &[Row]) -> Result<(), csv::Error> {
    use std::io::Write as _;
    file.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(file);
    let head = [NAME, "有误", "符合项数", "下一问"].into_iter().chain(names.iter().map(|(_, name)| name.as_str()));
    writer.write_record(head)?;
    for (name, told) in rows {
        let cells = match told {
            Err(wrong) => vec![name.clone(), wrong.to_string()],
            Ok(told) => {
                let next = told.next_question.as_ref().map_or(String::new(), |next| next.fact.question.clone());
                let verdicts = names.iter().map(|(id, _)| {
                    told.programmes.iter().find(|told| told.id == *id).map_or_else(String::new, verdict_cell)
                });
                let head = [name.clone(), String::new(), told.counts.eligible.to_string(), next];
                head.into_iter().chain(verdicts).collect()
            }
        };
        // Names of enterprises are text, never formulas of a spreadsheet.
        let padded = cells.iter().map(|cell| crate::inspection::neutral(cell).to_string());
        let mut record: Vec<String> = padded.collect();
        record.resize(names.len() + 4, String::new());
        writer.write_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

/// 符合：50万元; 不符合：从业人员数不少于10人（差5人）; 待定：缺 行业.
fn verdict_cell(told: &ProgrammeMatchJson) -> String {
    let because: Vec<String> = match told.verdict.as_str() {
        "eligible" => told.benefits.iter().map(|benefit| benefit.words.clone()).collect(),
        "undetermined" => told.missing_facts.iter().map(|fact| fact.name.clone()).collect(),
        _ => {
            let unmet = told.conditions.iter().filter(|one| one.matters && one.state == "not_met");
            let gap = |one: &ConditionJson| one.by_how_much.as_ref().map_or(String::new(), |gap| format!("（{gap}）"));
            unmet.map(|one| format!("{}{}", one.words, gap(one))).collect()
        }
    };
    format!("{}：{}", told.label, because.join("；"))
}
