//! The catalogue of a page (信息公开目录表头): what the table above the text and the meta tags state.

use scraper::{ElementRef, Html, Selector};

use super::walk::text_of;
use crate::ingest::parse_date;
use crate::ingest::stated::{Stated, disclosure, names_in};
use crate::policy::DocumentNumber;

/// Labels that catalogue tables use.
const LABELS: [&str; 15] = [
    "索引号",
    "主题分类",
    "分类",
    "发文机关",
    "发布机构",
    "发文单位",
    "成文日期",
    "生成日期",
    "标题",
    "名称",
    "发文字号",
    "文号",
    "发布日期",
    "有效性",
    "公开方式",
];
/// Labels that must meet in a table for it to be the catalogue.
const ENOUGH_LABELS: usize = 3;

/// What the page states beside the text.
pub(super) fn stated(page: &Html) -> Stated {
    let fields = catalogue(page).map(fields).unwrap_or_default();
    let get = |names: &[&str]| {
        let found = fields.iter().find(|(label, _)| names.contains(&label.as_str()));
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    let date = |value: Option<String>| value.and_then(|text| parse_date(&text));
    Stated {
        title: get(&["标题", "名称"])
            .or_else(|| meta(page, "ArticleTitle"))
            .or_else(|| heading(page))
            .map(|t| t.replace(' ', "")),
        number: get(&["发文字号", "文号"]).and_then(|text| DocumentNumber::parse(&text)),
        index_number: get(&["索引号"]),
        issuers: get(&["发文机关", "发布机构", "发文单位"]).map(|text| names_in(&text)).unwrap_or_default(),
        publisher: meta(page, "ContentSource"),
        themes: get(&["主题分类", "分类"]).map(|text| vec![text]).unwrap_or_default(),
        category: meta(page, "ColumnName").unwrap_or_default(),
        written: date(get(&["成文日期", "生成日期"])),
        published: date(get(&["发布日期"])).or_else(|| date(meta(page, "PubDate"))),
        disclosure: get(&["公开方式"]).and_then(|text| disclosure(&text)),
        url: meta(page, "Url").or_else(|| canonical(page)),
        ..Stated::default()
    }
}

/// The innermost table or list that holds the catalogue.
pub(super) fn catalogue(page: &Html) -> Option<ElementRef<'_>> {
    let selector = Selector::parse("table, ul, dl").ok()?;
    page.select(&selector).rfind(|element| fields(*element).len() >= ENOUGH_LABELS)
}

/// Labels and values in an element: a cell and the one after it, or both in one item.
fn fields(element: ElementRef<'_>) -> Vec<(String, String)> {
    let Ok(selector) = Selector::parse("td, th, li, dt, dd") else { return Vec::new() };
    let has_table = |cell: &ElementRef<'_>| cell.descendent_elements().any(|inner| inner.value().name() == "table");
    let cells: Vec<String> = element.select(&selector).filter(|cell| !has_table(cell)).map(text_of).collect();
    let mut fields = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let (label, value) = cell.split_once(['：', ':']).unwrap_or((cell.as_str(), ""));
        let label: String = label.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
        if !LABELS.contains(&label.as_str()) {
            continue;
        }
        let value = match value.trim() {
            "" => cells.get(index + 1).map(String::as_str).unwrap_or_default(),
            value => value,
        };
        fields.push((label, value.trim().to_owned()));
    }
    fields
}

fn meta(page: &Html, name: &str) -> Option<String> {
    let selector = Selector::parse("meta").ok()?;
    let found =
        page.select(&selector).find(|meta| meta.attr("name").is_some_and(|given| given.eq_ignore_ascii_case(name)));
    found.and_then(|meta| meta.attr("content")).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn canonical(page: &Html) -> Option<String> {
    let selector = Selector::parse("link[rel=canonical]").ok()?;
    page.select(&selector).next().and_then(|link| link.attr("href")).map(str::to_owned)
}

/// The page's own heading: its only h1, else its title without the site's name.
fn heading(page: &Html) -> Option<String> {
    let first = |selector: &str| {
        let selector = Selector::parse(selector).ok()?;
        page.select(&selector).map(text_of).find(|text| !text.is_empty())
    };
    first("h1").or_else(|| {
        // text_of does not look into the head, where the title stands.
        let selector = Selector::parse("title").ok()?;
        let title: String = page.select(&selector).next()?.text().collect();
        let title = title.split(['_', '|', '-', '—']).next().unwrap_or_default().trim().to_owned();
        (!title.is_empty()).then_some(title)
    })
}
