//! Pushing what is new to a platform.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::filter::FilterArgs;
use super::{Failure, Places, library};
use crate::consultation::ListOrder;
use crate::export::{
    DAYS_AHEAD, DAYS_BACK, NewsItem, NewsSpan, ProgrammeFilter, Selection, in_order, news_of_documents,
    news_of_programmes,
};
use crate::policy::sha256_hex;
use crate::web::{PushMessage, PushSecret, push, push_address};

/// 把新动态推送给平台.
#[derive(Debug, Args)]
pub(super) struct NotifyArgs {
    /// 接收推送的地址（https）
    #[arg(long, env = "ZHENGDA_NOTIFY_URL")]
    url: String,
    /// 签名密钥所在文件（whsec_ 加 Base64，与平台约定）
    #[arg(long, env = "ZHENGDA_NOTIFY_SECRET_FILE", value_name = "FILE")]
    secret_file: PathBuf,
    /// 向前看多少天的动态
    #[arg(long, default_value_t = DAYS_BACK)]
    days: u32,
    /// 提前多少天提醒到期
    #[arg(long, default_value_t = DAYS_AHEAD)]
    ahead: u32,
    /// 只显示要推送的内容，不推送
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Pushes the news that this platform has not had, in one message; what it did not take is pushed again the next time.
pub(super) fn run(places: &Places, args: &NotifyArgs) -> Result<ExitCode, Failure> {
    let url = push_address(&args.url).map_err(Failure::input)?;
    let words = fs::read_to_string(&args.secret_file)
        .map_err(|why| Failure::input(format!("读不到签名密钥 {}：{why}", args.secret_file.display())))?;
    let secret = PushSecret::parse(&words).map_err(Failure::input)?;
    let sent_file = places.var.join(format!("notified-{}.json", &sha256_hex(url.as_str().as_bytes())[..16]));
    let sent = sent_before(&sent_file)?;
    let all = news(places, args)?;
    let fresh: Vec<&NewsItem> = all.iter().filter(|item| !sent.contains(&item.id)).collect();
    if fresh.is_empty() {
        say!("没有新的动态，没有推送");
        return Ok(ExitCode::SUCCESS);
    }
    let ids: String = fresh.iter().map(|item| item.id.as_str()).collect();
    let body = json!({"type": "zhengda.news", "items": fresh}).to_string();
    if args.dry_run {
        say!("{body}");
        return Ok(ExitCode::SUCCESS);
    }
    let id = format!("msg_{}", &sha256_hex(ids.as_bytes())[..32]);
    push(&url, &secret, &PushMessage { id, timestamp: super::now(), body }).map_err(Failure::system)?;
    // What left the feed need not be remembered.
    remember(&sent_file, all.iter().map(|item| item.id.as_str()).collect())?;
    say!("已推送 {} 条动态到 {url}", fresh.len());
    Ok(ExitCode::SUCCESS)
}

fn news(places: &Places, args: &NotifyArgs) -> Result<Vec<NewsItem>, Failure> {
    let desk = library::open_fresh(places)?;
    let held = desk.library();
    let as_of = args.filter.as_of();
    let serials = held.serials(&args.filter.filter(&desk)?, ListOrder::Newest, as_of);
    let selection = Selection { generation: held.generation(), serials: &serials, as_of };
    let span = NewsSpan { as_of, back: args.days, ahead: args.ahead };
    let filter = args.filter.filter(&desk)?;
    let wanted = ProgrammeFilter { region: filter.region, theme: filter.theme, ..ProgrammeFilter::default() };
    let programmes = news_of_programmes(held.generation(), &wanted, span);
    Ok(in_order(news_of_documents(&selection, span).into_iter().chain(programmes).collect()))
}

fn sent_before(file: &Path) -> Result<BTreeSet<String>, Failure> {
    let words = match fs::read_to_string(file) {
        Ok(words) => words,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(why) => return Err(Failure::system(format!("读不到推送记录 {}：{why}", file.display()))),
    };
    serde_json::from_str(&words)
        .map_err(|why| Failure::input(format!("推送记录 {} 已损坏：{why}；删除它会把近期动态再推一遍", file.display())))
}

/// Writes the ids so that a crash leaves either the old or the new list.
fn remember(file: &Path, ids: BTreeSet<&str>) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let write = || {
        fs::create_dir_all(folder)?;
        let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
        fresh.write_all(serde_json::to_string(&ids)?.as_bytes())?;
        fresh.as_file().sync_all()?;
        fresh.persist(file)?;
        fs::File::open(folder)?.sync_all()
    };
    write().map_err(|why: std::io::Error| {
        Failure::system(format!("推送记录 {} 写不下来：{why}；下次会再推一遍", file.display()))
    })
}
