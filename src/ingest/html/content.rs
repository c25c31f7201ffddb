//! Where the document stands in the page (正文区).

use scraper::{ElementRef, Html, Selector};

use super::attached;
use super::walk::{Step, is_hidden, walk};
use crate::ingest::count_characters;

/// Containers in which the publishing systems of government sites put the text, the most certain first.
const CONTAINERS: [&str; 44] = [
    "#UCAP-CONTENT",
    ".TRS_Editor",
    ".TRS_UEDITOR",
    ".trs_editor_view",
    ".view.TRS_UEDITOR",
    ".pages_content",
    "#zoom",
    "#Zoom",
    "#zoomcon",
    "#fontzoom",
    ".zoom",
    "#artibody",
    "#mainText",
    "#infoContent",
    "#info_content",
    "#js_content",
    ".wp_articlecontent",
    ".ewb-article-info",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".article-con",
    ".art_con",
    ".news_content",
    ".wz_content",
    ".wzcon",
    ".con_content",
    ".detail-content",
    ".info-cont",
    ".xxgk_content",
    ".xxgkContent",
    ".gk_content",
    ".gkxl-content",
    ".main-txt",
    ".page-content",
    ".bt-content",
    "#article",
    ".article",
    ".view",
    "#content",
    ".content",
    "article",
    "main",
    "[role=main]",
];
/// Characters a container must hold to be believed: shorter ones are captions and share bars.
const MIN_CHARACTERS: usize = 60;
/// Share of the text outside links that a block must keep for the search to go on inside it.
const KEEP: f64 = 0.7;
/// Steps down the tree: real pages put their text within thirty.
const MAX_DEPTH: usize = 64;

/// The element that holds the document: a known container, else the deepest block with most of the page's own words.
pub(super) fn content(page: &Html) -> ElementRef<'_> {
    known(page).unwrap_or_else(|| densest(body(page)))
}

fn body(page: &Html) -> ElementRef<'_> {
    let selector = Selector::parse("body").ok();
    selector.and_then(|selector| page.select(&selector).next()).unwrap_or_else(|| page.root_element())
}

fn known(page: &Html) -> Option<ElementRef<'_>> {
    CONTAINERS.iter().filter_map(|container| Selector::parse(container).ok()).find_map(|selector| {
        let fullest =
            page.select(&selector).map(|element| (words(element), element)).max_by_key(|(words, _)| *words)?;
        (fullest.0 >= MIN_CHARACTERS).then_some(fullest.1)
    })
}

fn densest(body: ElementRef<'_>) -> ElementRef<'_> {
    let mut at = body;
    let mut held = words(at);
    for _ in 0..MAX_DEPTH {
        let Some((most, child)) =
            at.child_elements().map(|child| (words(child), child)).max_by_key(|(words, _)| *words)
        else {
            break;
        };
        #[expect(clippy::cast_precision_loss, reason = "counts of characters of one page are far below 2^52")]
        let goes_on = most as f64 >= held as f64 * KEEP && child.value().name() != "p";
        if !goes_on {
            break;
        }
        (at, held) = (child, most);
    }
    at
}

/// Characters outside links.
fn words(element: ElementRef<'_>) -> usize {
    let mut count = 0;
    walk(element, &mut |step| match step {
        Step::Open(inner) => {
            let alternative = if inner.value().name() == "img" { attached::alternative(inner) } else { None };
            count += alternative.map_or(0, |alt| count_characters(&alt));
            inner.value().name() != "a" && !is_hidden(inner)
        }
        Step::Text(text) => {
            count += count_characters(text);
            true
        }
        Step::Close(_) => true,
    });
    count
}
