//! Links to other documents (页面链接): those of the text, and those under 相关文件, 相关解读, 政策原文.
//!
//! Menus and lists of the site's other pages are not taken: only the text itself and blocks whose label says that what
//! follows belongs to this document.

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::attached::is_file;
use super::walk::{Step, is_hidden, text_of, walk};
use crate::policy::Link;

/// Most links of one document.
const MOST: usize = 60;
/// Most links of a labelled block: one with more is a list of the site.
const MOST_IN_BLOCK: usize = 12;
/// Elements above a label in which its links may lie: real pages wrap the label twice or three times.
const LEVELS: usize = 3;
/// Bytes of a page in which browsers say where they saved it from.
const SAVED_WITHIN: usize = 2048;

// What stands above or before links that belong to the document; nothing else may stand in the label.
pattern!(
    LABEL,
    r"^[\s【\[（(>》|·]*(?:(?:相关|关联|附)(?:政策)?(?:文件|政策|解读|文档|信息)|解读(?:链接|文件|材料|信息)|文件解读|(?:政策|文件|解读)?原文|原文链接|政策文件链接)(?:链接)?[\s：:】\]）)》|]*$"
);
// The labels that stand in no menu, so that a link that is called so is taken wherever it stands.
pattern!(
    NAMED,
    r"^[\s【\[（(>]*(?:查看|阅读|点击查看)?(?:相关解读|解读链接|文件解读|政策原文|文件原文|原文链接|关联解读)[\s：:】\]）)>]*$"
);
pattern!(SAVED_FROM, r"<!--\s*saved from url=\([0-9]{4}\)(https?://[^\s>]{4,1000})");

/// Where the page stands on the web: where it was fetched, else what it states, else where a browser saved it from.
pub(super) fn address(location: &str, stated: Option<&str>, html: &str) -> Option<String> {
    let is_web = |address: &&str| address.starts_with("http://") || address.starts_with("https://");
    let end = html.char_indices().map(|(at, _)| at).take_while(|at| *at < SAVED_WITHIN).last().unwrap_or(0);
    let saved = SAVED_FROM.captures(&html[..end]).and_then(|found| found.get(1)).map(|found| found.as_str());
    [Some(location), stated, saved].into_iter().flatten().find(is_web).map(str::to_owned)
}

/// The documents that a page links to, each address once.
pub(super) fn links<'a>(page: &'a Html, content: ElementRef<'a>, address: Option<&str>) -> Vec<Link> {
    let base = base(page, address);
    let mut found =
        Found { base: base.as_ref(), own: address.and_then(|address| Url::parse(address).ok()), links: Vec::new() };
    anchors(content).into_iter().for_each(|link| found.take(link));
    let mut labels: Vec<ElementRef<'a>> = Vec::new();
    walk(page.root_element(), &mut |step| {
        if let Step::Open(element) = step {
            let label = text_of_own(element);
            if element.value().name() == "a" {
                if NAMED.is_match(&label) {
                    found.take(element);
                }
                return false;
            }
            if LABEL.is_match(&label) {
                labels.push(element);
            }
            return !is_hidden(element);
        }
        true
    });
    labels.into_iter().flat_map(block).for_each(|link| found.take(link));
    found.links
}

/// The words directly in an element, those of its children left out unless it is a link.
fn text_of_own(element: ElementRef<'_>) -> String {
    if element.value().name() == "a" {
        return text_of(element);
    }
    let own = element.children().filter_map(|child| child.value().as_text().map(|text| text.trim().to_owned()));
    own.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The links that stand with a label: in it, else in the nearest element around it that holds any.
fn block(label: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let around = label.ancestors().filter_map(ElementRef::wrap).take(LEVELS);
    let mut held = std::iter::once(label).chain(around).map(anchors);
    held.find(|links| !links.is_empty()).filter(|links| links.len() <= MOST_IN_BLOCK).unwrap_or_default()
}

fn anchors(within: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut found = Vec::new();
    walk(within, &mut |step| {
        let Step::Open(element) = step else { return true };
        if element.value().name() == "a" && !is_hidden(element) {
            found.push(element);
        }
        !is_hidden(element)
    });
    found
}

/// What relative addresses are resolved against.
fn base(page: &Html, address: Option<&str>) -> Option<Url> {
    let own = address.and_then(|address| Url::parse(address).ok());
    let selector = Selector::parse("base[href]").ok()?;
    let stated = page.select(&selector).next().and_then(|base| base.attr("href"));
    match (own, stated) {
        (Some(own), Some(stated)) => Some(own.join(stated).unwrap_or(own)),
        (None, Some(stated)) => Url::parse(stated).ok(),
        (own, None) => own,
    }
}

/// The links found so far.
struct Found<'b> {
    base: Option<&'b Url>,
    /// The page's own address.
    own: Option<Url>,
    links: Vec<Link>,
}

impl Found<'_> {
    fn take(&mut self, link: ElementRef<'_>) {
        let Some(address) = link.attr("href").map(str::trim).filter(|address| !is_file(address)) else { return };
        let Some(url) = self.resolved(address).filter(|url| is_page(url)) else { return };
        let words = text_of(link);
        let named = link.attr("title").map(str::trim).filter(|title| title.chars().count() > words.chars().count());
        let title = named.unwrap_or(&words);
        if !title.is_empty() && self.links.len() < MOST && self.links.iter().all(|known| known.url != url) {
            self.links.push(Link { title: title.to_owned(), url });
        }
    }

    /// The address in full where the page says where it stands; none when it is no address of another page.
    fn resolved(&self, address: &str) -> Option<String> {
        let scheme = address.split_once(':').map(|(scheme, _)| scheme);
        let foreign = scheme.is_some_and(|scheme| {
            !scheme.contains(['/', '?', '.']) && !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        });
        if address.is_empty() || address.starts_with('#') || foreign {
            return None;
        }
        let Some(base) = self.base else { return Some(address.to_owned()) };
        let mut url = base.join(address).ok()?;
        url.set_fragment(None);
        (Some(&url) != self.own.as_ref()).then(|| url.to_string())
    }
}

/// Whether an address is that of one page: the front page of a site or a column is none.
fn is_page(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = path.rsplit('/').next().unwrap_or_default();
    let front = name.is_empty() || name.starts_with("index.") || name.starts_with("default.");
    !front || query.contains('=')
}

#[cfg(test)]
mod tests {
    use super::super::content;
    use super::*;

    fn links_of(html: &str, location: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(html);
        let address = address(location, None, html);
        let found = links(&page, content::content(&page), address.as_deref());
        found.into_iter().map(|link| (link.title, link.url)).collect()
    }

    const TEXT: &str = "示例：为保障老年人基本生活，县政府印发了《青禾县高龄津贴发放办法》，现就办法的背景、主要内容和办理方法解读如下，请遵照执行。\
        八十周岁以上的老年人每月可以领取津贴一百元。";

    #[test]
    fn links_of_text_and_labelled_blocks_are_taken_and_menus_are_not() {
        let html = format!(
            "<!-- saved from url=(0044)http://www.qinghe.example.gov.cn/jd/t2_1.html --><body><ul class=nav><li><a href=/jd/>政策解读</a>\
             <li><a href=/a/t9.html>某新闻</a></ul><div id=zoom><p>{TEXT}见<a href='../zc/t1_1.html#a'>《青禾县高龄津贴发放办法》</a>\
             <a href=b.docx>申请表</a><a href='javascript:void(0)'>打印</a></p></div>\
             <div class=xg><h3>相关文件：</h3><ul><li><a href=/zc/t1_3.html>实施细则</a></ul></div>\
             <div class=new><h3>最新公开</h3><a href=/zc/t7.html>别的文件</a></div><a href='t2_1.html'>政策原文</a></body>"
        );
        let site = "http://www.qinghe.example.gov.cn";
        assert_eq!(
            links_of(&html, "/下载/t2_1.html"),
            [
                ("《青禾县高龄津贴发放办法》".to_owned(), format!("{site}/zc/t1_1.html")),
                ("实施细则".to_owned(), format!("{site}/zc/t1_3.html"))
            ]
        );
    }

    #[test]
    fn addresses_stay_relative_where_the_page_does_not_say_where_it_stands() {
        let html = format!(
            "<body><div id=zoom><p>{TEXT}</p></div><p>【政策原文】<a href=./t1_1.html title=青禾县高龄津贴发放办法全文>点此</a>\
             <a href=mailto:a@b>来信</a><a href=/>首页</a></p></body>"
        );
        assert_eq!(
            links_of(&html, "/下载/t2_1.html"),
            [("青禾县高龄津贴发放办法全文".to_owned(), "./t1_1.html".to_owned())]
        );
        assert!(links_of("<body><p>相关解读：<a href=http://[>坏</a>", "http://a.b/1.html").is_empty());
    }
}
