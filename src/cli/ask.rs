//! Asking and searching from the terminal.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::consultation::{Desk, SearchOrder, SearchRequest, context_after, render};
use crate::contract::{AnswerJson, SearchJson};
use crate::query::{Context, Enquiry, Setting};

use super::filter::{FilterArgs, region_of};
use super::{Failure, Places, library};

/// 提问.
#[derive(Debug, Args)]
pub(super) struct AskArgs {
    /// 问题
    #[arg(required_unless_present = "batch")]
    question: Option<String>,
    /// 地区：行政区划代码或名称
    #[arg(long)]
    region: Option<String>,
    /// 按哪一天的规定回答，如 2024-06-30；缺省为今天
    #[arg(long, value_parser = crate::policy::parse_day)]
    as_of: Option<Date>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
    /// 逐行读取 {"id","question","region"?,"as_of"?,"session"?,"follows"?}，按顺序逐行输出答案；session 相同或
    /// follows 写明前面某行的 id 的，按追问理解
    #[arg(long, conflicts_with = "question")]
    batch: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct BatchLine {
    id: serde_json::Value,
    question: String,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    as_of: Option<String>,
    #[serde(default)]
    session: Option<String>,
    #[serde(default)]
    follows: Option<serde_json::Value>,
}

/// What the lines before left behind, by their ids and their sessions.
#[derive(Debug, Default)]
struct Said(HashMap<String, Arc<Context>>);

impl Said {
    /// What a line follows.
    fn before(&self, row: &BatchLine) -> Option<Arc<Context>> {
        let line = row.follows.as_ref().and_then(|id| self.0.get(&format!("id {id}")));
        let session = row.session.as_ref().and_then(|name| self.0.get(&format!("session {name}")));
        line.or(session).cloned()
    }

    /// Keeps what a line leaves behind. A line that leaves nothing hands on what it followed.
    fn keep(&mut self, row: &BatchLine, left: Option<Context>) {
        let Some(left) = left.map(Arc::new).or_else(|| self.before(row)) else { return };
        if let Some(name) = &row.session {
            self.0.insert(format!("session {name}"), left.clone());
        }
        self.0.insert(format!("id {}", row.id), left);
    }
}

#[derive(Debug, Serialize)]
struct BatchAnswer {
    id: serde_json::Value,
    #[serde(flatten)]
    answer: AnswerJson,
}

pub(super) fn ask(places: &Places, args: &AskArgs) -> Result<ExitCode, Failure> {
    let desk = library::open_fresh(places)?;
    if let Some(path) = &args.batch {
        return batch(&desk, path, args);
    }
    let question = args.question.as_deref().unwrap_or_default();
    let (answer, _) = answer(&desk, question, args.region.as_deref(), args.as_of, None)?;
    if args.json {
        super::print_json(&answer)?;
    } else {
        print_answer(&answer);
    }
    Ok(ExitCode::SUCCESS)
}

fn batch(desk: &Desk, path: &PathBuf, args: &AskArgs) -> Result<ExitCode, Failure> {
    let file = File::open(path).map_err(|why| Failure::input(format!("无法读取 {}：{why}", path.display())))?;
    let mut said = Said::default();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let line = line.map_err(|why| Failure::input(format!("无法读取 {} 第 {number} 行：{why}", path.display())))?;
        if line.trim().is_empty() {
            continue;
        }
        let row: BatchLine = serde_json::from_str(&line)
            .map_err(|why| Failure::input(format!("{} 第 {number} 行不合要求：{why}", path.display())))?;
        let chosen = row.region.as_deref().filter(|region| !region.trim().is_empty());
        let region = chosen.or(args.region.as_deref());
        let day = row.as_of.as_deref().filter(|day| !day.trim().is_empty()).map(crate::policy::parse_day).transpose();
        let day = day.map_err(|why| Failure::input(format!("{} 第 {number} 行 as_of {why}", path.display())))?;
        let (answer, left) = answer(desk, &row.question, region, day.or(args.as_of), said.before(&row))?;
        said.keep(&row, left);
        let text = serde_json::to_string(&BatchAnswer { id: row.id, answer }).map_err(Failure::system)?;
        say!("{text}");
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(
    desk: &Desk,
    question: &str,
    region: Option<&str>,
    as_of: Option<Date>,
    context: Option<Arc<Context>>,
) -> Result<(AnswerJson, Option<Context>), Failure> {
    let library = desk.library();
    let enquiry = Enquiry {
        question: question.to_owned(),
        region: region.map(|name| region_of(desk, name)).transpose()?,
        as_of: as_of.unwrap_or_else(super::today),
        audience: None,
    };
    let begun = Instant::now();
    let setting = Setting { context, day_open: as_of.is_none(), ..Setting::default() };
    let consultation = library.consult_in(&enquiry, &setting).map_err(Failure::system)?;
    Ok((render(&consultation, begun.elapsed().as_secs_f64() * 1e3), context_after(&consultation, as_of)))
}

fn print_answer(answer: &AnswerJson) {
    let region = answer.region.as_ref().map_or(String::new(), |region| format!(" · {}", region.name));
    say!("【{}】{}{region}", answer.status.label(), answer.as_of);
    if !answer.message.is_empty() && answer.answer.iter().all(|statement| statement.text != answer.message) {
        say!("{}", answer.message);
    }
    for statement in &answer.answer {
        let marks: String = statement.citations.iter().map(|number| format!("[{number}]")).collect();
        say!("  {}{marks}", statement.text);
    }
    for missing in &answer.missing {
        say!("文件未写明：{missing}");
    }
    if let Some(ask) = &answer.ask {
        let choices: Vec<&str> = ask.choices.iter().map(|choice| choice.label.as_str()).collect();
        say!("{}{}", ask.question, choices.join(" / "));
    }
    for contact in &answer.contacts {
        say!("☎ {} {}", contact.name, contact.phone);
    }
    for citation in &answer.citations {
        let document = &citation.document;
        let number = document.document_number.as_deref().map_or(String::new(), |number| format!("（{number}）"));
        let path = citation.clause.path.join(" / ");
        say!("[{}] 《{}》{number} {path}", citation.number, document.title);
        say!("    {} · {}", document.issuer, document.validity_basis);
    }
    for step in &answer.next_steps {
        say!("→ {} {}", step.now.as_deref().unwrap_or(&step.name), step.phone.as_deref().unwrap_or(""));
    }
}

/// 检索.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// 检索词
    query: String,
    #[command(flatten)]
    filter: FilterArgs,
    /// 第几页
    #[arg(long, default_value_t = 1)]
    page: usize,
    /// 说明得分由来
    #[arg(long)]
    explain: bool,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn search(places: &Places, args: &SearchArgs) -> Result<ExitCode, Failure> {
    let desk = library::open_fresh(places)?;
    let filter = args.filter.filter(&desk)?;
    let request = SearchRequest {
        enquiry: Enquiry {
            question: args.query.clone(),
            region: filter.region.clone(),
            as_of: args.filter.as_of(),
            audience: None,
        },
        filter,
        order: SearchOrder::default(),
        page: args.page,
        explain: args.explain,
    };
    let begun = Instant::now();
    let mut found = crate::consultation::search(&desk.library(), &request).map_err(Failure::system)?;
    found.took_ms = begun.elapsed().as_secs_f64() * 1e3;
    if args.json {
        super::print_json(&found)?;
    } else {
        print_results(&found);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_results(found: &SearchJson) {
    say!("共 {} 份文件，第 {} 页", found.total, found.page);
    for result in &found.results {
        say!("《{}》 {:.3}", result.document.title, result.score);
        for clause in &result.clauses {
            say!("  {} {}", clause.clause.label, clause.excerpt.replace('\n', " "));
            if let Some(explanation) = &clause.explanation {
                say!("    {explanation}");
            }
        }
    }
}
