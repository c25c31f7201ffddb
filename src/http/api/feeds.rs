//! `GET /feeds/news.atom`, `/feeds/news.json`: what is new, for whoever subscribes. The address holds filter terms only
//! (region, theme, industry): never a profile.

use axum::extract::{OriginalUri, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::asked::{self, Asked, FilterQuery};
use super::super::problem::{Problem, ProblemJson};
use super::super::reception::Reception;
use crate::consultation::{DocumentFilter, Library, ListOrder};
use crate::export::{
    DAYS_AHEAD, DAYS_BACK, FeedHead, NewsItem, NewsSpan, ProgrammeFilter, Selection, atom, in_order, json_feed,
    news_of_documents, news_of_programmes,
};
use crate::policy::sha256_hex;

/// Furthest a feed looks back or ahead, in days: two years.
const MOST_DAYS: usize = 731;
/// Longest host that is repeated in the addresses of a feed.
const MAX_HOST: usize = 255;
/// Readers come back after ten minutes at the earliest: news is counted in days.
const KEPT: &str = "public, max-age=600";

/// How far a feed looks.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedQuery {
    /// Days looked back, 1 to 731; 90 when left out.
    days: Option<String>,
    /// Days looked ahead for what ends, 1 to 731; 60 when left out.
    ahead: Option<String>,
    /// Programmes for 企业 or 个人.
    audience: Option<String>,
    /// Programmes open to this industry: a GB/T 4754 code such as C13.
    industry: Option<String>,
    #[serde(flatten)]
    #[param(ignore)]
    filter: FilterQuery,
}

/// What is new, as Atom.
#[utoipa::path(
    get,
    path = "/feeds/news.atom",
    tag = "feeds",
    summary = "订阅：新发布、有变化、即将到期（Atom）",
    params(FeedQuery, FilterQuery),
    responses(
        (status = 200, description = "Atom 订阅源", content_type = "application/atom+xml"),
        (status = 422, description = "参数不合规", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn news_atom(
    State(reception): State<Reception>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Asked(query): Asked<FeedQuery>,
) -> Result<Response, Problem> {
    let (head, items) = news(&reception, &headers, uri.to_string(), query).await?;
    let body = atom(&head, &items).map_err(|error| {
        tracing::error!(%error, "订阅源写出失败");
        Problem::internal()
    })?;
    Ok(kept(&headers, "application/atom+xml; charset=utf-8", body))
}

/// What is new, as JSON Feed 1.1.
#[utoipa::path(
    get,
    path = "/feeds/news.json",
    tag = "feeds",
    summary = "订阅：新发布、有变化、即将到期（JSON Feed 1.1）",
    params(FeedQuery, FilterQuery),
    responses(
        (status = 200, description = "JSON Feed 订阅源", content_type = "application/feed+json"),
        (status = 422, description = "参数不合规", body = ProblemJson, content_type = "application/problem+json"),
    )
)]
pub(super) async fn news_json(
    State(reception): State<Reception>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Asked(query): Asked<FeedQuery>,
) -> Result<Response, Problem> {
    let (head, items) = news(&reception, &headers, uri.to_string(), query).await?;
    Ok(kept(&headers, "application/feed+json; charset=utf-8", json_feed(&head, &items).to_string().into_bytes()))
}

async fn news(
    reception: &Reception,
    headers: &HeaderMap,
    path: String,
    query: FeedQuery,
) -> Result<(FeedHead, Vec<NewsItem>), Problem> {
    let days = |name, value: &Option<String>, usual: u32| {
        let usual = usize::try_from(usual).unwrap_or(MOST_DAYS);
        let days = asked::count(name, value.as_ref(), usual, MOST_DAYS)?;
        Ok::<u32, Problem>(u32::try_from(days).unwrap_or(DAYS_BACK))
    };
    let (back, ahead) = (days("days", &query.days, DAYS_BACK)?, days("ahead", &query.ahead, DAYS_AHEAD)?);
    let base = base(headers);
    reception
        .work(move |library| {
            let (filter, as_of) = query.filter.parse(library.generation())?;
            let serials = library.serials(&filter, ListOrder::Newest, as_of);
            let selection = Selection { generation: library.generation(), serials: &serials, as_of };
            let span = NewsSpan { as_of, back, ahead };
            let programmes = news_of_programmes(library.generation(), &query.programmes(&filter)?, span);
            let items = in_order(news_of_documents(&selection, span).into_iter().chain(programmes).collect());
            let title = title(library, &query.filter);
            Ok((FeedHead { base, path, title }, items))
        })
        .await
}

impl FeedQuery {
    /// Which programmes are wanted, beside the documents.
    fn programmes(&self, documents: &DocumentFilter) -> Result<ProgrammeFilter, Problem> {
        let audience = asked::audience(self.audience.as_ref())?.map(|audience| audience.name().to_owned());
        let industry = asked::stated(self.industry.as_ref()).map(str::to_owned);
        if let Some(code) = industry.as_ref().filter(|code| !is_industry(code)) {
            let shown = asked::shown(code);
            return Err(Problem::invalid(format!("industry “{shown}” 不是 GB/T 4754 代码；请写成 C13 的样子。")));
        }
        Ok(ProgrammeFilter { region: documents.region.clone(), theme: documents.theme.clone(), audience, industry })
    }
}

/// A letter, perhaps with digits: C, C13, C1392.
fn is_industry(code: &str) -> bool {
    let mut bytes = code.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && bytes.len() <= 4
        && bytes.all(|byte| byte.is_ascii_digit())
}

/// The title of a feed: what it is limited to.
fn title(library: &Library, filter: &FilterQuery) -> String {
    let gazetteer = library.generation().gazetteer();
    let region = asked::stated(filter.region.as_ref()).map(|text| {
        let code = crate::policy::RegionCode::parse(text);
        code.and_then(|code| gazetteer.get(&code)).map_or_else(|| text.to_owned(), |place| place.name.clone())
    });
    let others = [&filter.theme, &filter.kind, &filter.issuer].map(|value| asked::stated(value.as_ref()));
    let limits: Vec<String> = region.into_iter().chain(others.into_iter().flatten().map(asked::shown)).collect();
    if limits.is_empty() { "政策动态".to_owned() } else { format!("政策动态：{}", limits.join("、")) }
}

/// Scheme and host as the client knows them; a host that is not a plain one is left out, and the addresses are relative.
fn base(headers: &HeaderMap) -> String {
    let word = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = word(HOST.as_str());
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    if host.is_empty() || host.len() > MAX_HOST || !host.bytes().all(plain) {
        return String::new();
    }
    let scheme = if word("x-forwarded-proto") == "https" { "https" } else { "http" };
    format!("{scheme}://{host}")
}

fn kept(headers: &HeaderMap, content_type: &'static str, body: Vec<u8>) -> Response {
    let etag = format!("\"{}\"", &sha256_hex(&body)[..16]);
    let known = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let about = [(CACHE_CONTROL, KEPT.to_owned()), (ETAG, etag)];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(CONTENT_TYPE, content_type)], body).into_response()
}
