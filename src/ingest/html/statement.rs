//! What a page states beside the text (页面载明): its catalogue, its meta tags, its heading and its path, in this order.
//!
//! The catalogue is what the office filled in and leads; meta tags are what the publishing system made of it; heading,
//! path and the line below the heading come last. Where a later one says something else, that is kept beside.

use jiff::civil::Date;
use scraper::{ElementRef, Html, Selector};

use super::catalogue::{Field, fields};
use super::walk::text_of;
use crate::ingest::parse_date;
use crate::ingest::stated::{Stated, disclosure, names_in};
use crate::policy::{DocumentNumber, Place};

pattern!(
    PUBLISHED,
    r"(?:发布时间|发布日期|发稿时间|公开日期|时间|日期)\s*[：:]\s*([12][0-9]{3}[^\p{Han}]{0,2}[年\-/.][^：:]{3,12})"
);
pattern!(PUBLISHER, r"(?:信息来源|来源|稿源)\s*[：:]\s*(\p{Han}{3,30})");
pattern!(PATH, r"(?:当前|现在|所在|您的|你的)(?:所在)?的?位置(?:是)?\s*[：:]?(.{2,200})");

/// Names of meta tags, the standard of government sites (网页元数据) first.
const META_TITLE: [&str; 3] = ["ArticleTitle", "og:title", "title"];
const META_PUBLISHED: [&str; 6] =
    ["PubDate", "publishdate", "firstpublishedtime", "article:published_time", "PublishTime", "makedate"];
const META_SOURCE: [&str; 2] = ["ContentSource", "source"];
const META_COLUMN: [&str; 3] = ["ColumnName", "ColumnKeywords", "catalogs"];
const META_URL: [&str; 3] = ["Url", "og:url", "ArticleUrl"];

/// Values with where they stand, the first of which is kept.
struct Claims<'s> {
    stated: &'s mut Stated,
}

impl Claims<'_> {
    /// The first value there is; the others that differ are kept beside.
    fn first<T: PartialEq>(
        &mut self,
        field: &str,
        claims: Vec<(Option<T>, Place)>,
        show: fn(&T) -> String,
    ) -> Option<T> {
        let mut kept: Option<T> = None;
        for (value, place) in claims {
            let Some(value) = value else { continue };
            match &kept {
                None => {
                    self.stated.places.push((field.to_owned(), place));
                    kept = Some(value);
                }
                Some(first) if *first != value => self.stated.others.push((field.to_owned(), show(&value), place)),
                Some(_) => {}
            }
        }
        kept
    }
}

/// What the page states; `other` are its words outside the document.
pub(super) fn stated(page: &Html, catalogue: Option<ElementRef<'_>>, other: &str) -> Stated {
    let listed = catalogue.map(fields).unwrap_or_default();
    let get = |wanted: Field| listed.iter().find(|(field, _)| *field == wanted).map(|(_, value)| value.clone());
    let date = |value: Option<String>| value.and_then(|text| parse_date(&text));
    let said =
        |pattern: &regex::Regex| pattern.captures(other).and_then(|found| found.get(1)).map(|m| m.as_str().to_owned());
    let mut stated = Stated { place: Some(Place::PageTable), ..Stated::default() };
    let mut claims = Claims { stated: &mut stated };
    let title = claims.first(
        "title",
        vec![
            (get(Field::Title).map(squeezed), Place::PageTable),
            (meta(page, &META_TITLE[..1]).map(squeezed), Place::MetaTag),
            (heading(page).map(squeezed), Place::Page),
        ],
        String::clone,
    );
    let published = claims.first(
        "published",
        vec![
            (date(get(Field::Published)), Place::PageTable),
            (date(meta(page, &META_PUBLISHED)), Place::MetaTag),
            (date(said(&PUBLISHED)), Place::Page),
        ],
        Date::to_string,
    );
    // What a page calls 生成日期 is the day its record was made where it also has a 成文日期, else the day of writing.
    let written = claims.first(
        "written",
        vec![(date(get(Field::Written)).or_else(|| date(get(Field::Generated))), Place::PageTable)],
        Date::to_string,
    );
    // Headings that only differ by the site's name or marks say nothing else.
    let plain = title.as_deref().map(bare).unwrap_or_default();
    stated.others.retain(|(field, other, _)| {
        let other = bare(other);
        field != "title" || !(plain.contains(&other) || other.contains(&plain))
    });
    Stated {
        title,
        published,
        written,
        number: get(Field::Number).and_then(|text| number(&text)),
        index_number: get(Field::IndexNumber),
        issuers: get(Field::Issuers).map(|text| names_in(&text)).unwrap_or_default(),
        publisher: meta(page, &META_SOURCE).or_else(|| get(Field::Publisher)).or_else(|| said(&PUBLISHER)),
        themes: get(Field::Themes).map(|text| vec![text]).unwrap_or_default(),
        category: column(page, get(Field::Category), said(&PATH)),
        effective: date(get(Field::Effective)),
        expires: date(get(Field::Expires)),
        disclosure: get(Field::Disclosure).and_then(|text| disclosure(&text)),
        url: meta(page, &META_URL).or_else(|| canonical(page)),
        ..stated
    }
}

/// The number a cell holds: alone, or the first of several.
fn number(text: &str) -> Option<DocumentNumber> {
    DocumentNumber::parse(text)
        .or_else(|| DocumentNumber::mentions(text).iter().filter(|m| !m.agency.is_empty()).find_map(|m| m.number()))
}

/// The column a page stands in: as tagged, as catalogued, the last but the page itself of its path.
fn column(page: &Html, catalogued: Option<String>, path: Option<String>) -> String {
    let last = path.and_then(|path| {
        let steps = path.split(['>', '»', '›', '＞', '/', '→']).map(str::trim).filter(|step| !step.is_empty());
        let steps: Vec<&str> = steps.filter(|step| !matches!(*step, "正文" | "详情" | "内容" | "信息详情")).collect();
        steps.last().filter(|step| step.chars().count() <= MAX_COLUMN).map(|step| (*step).to_owned())
    });
    [meta(page, &META_COLUMN), catalogued, last].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Longest name of a column, in characters.
const MAX_COLUMN: usize = 20;

fn squeezed(title: String) -> String {
    title.replace([' ', '\u{3000}', '\u{a0}'], "")
}

fn bare(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The first meta tag of these names.
fn meta(page: &Html, names: &[&str]) -> Option<String> {
    let selector = Selector::parse("meta").ok()?;
    let named = |meta: &ElementRef<'_>, name: &str| {
        ["name", "property"].iter().any(|key| meta.attr(key).is_some_and(|given| given.eq_ignore_ascii_case(name)))
    };
    names.iter().find_map(|name| {
        let content = page.select(&selector).find(|meta| named(meta, name))?.attr("content")?.trim();
        (!content.is_empty()).then(|| content.to_owned())
    })
}

fn canonical(page: &Html) -> Option<String> {
    let selector = Selector::parse("link[rel=canonical]").ok()?;
    page.select(&selector).next().and_then(|link| link.attr("href")).map(str::to_owned)
}

/// The page's own heading: its first h1, else its title without the site's name.
fn heading(page: &Html) -> Option<String> {
    let selector = Selector::parse("h1").ok()?;
    let first = page.select(&selector).map(text_of).find(|text| !text.is_empty());
    first.or_else(|| {
        // text_of does not look into the head, where the title stands.
        let selector = Selector::parse("title").ok()?;
        let title: String = page.select(&selector).next()?.text().collect();
        let title = title.split(['_', '|', '-', '—']).next().unwrap_or_default().trim().to_owned();
        (!title.is_empty()).then_some(title)
    })
}
