//! Reader of web pages (.html): the document of the page as plain text, the rest of the page as declared noise.

mod attached;
mod catalogue;
mod content;
mod pages;
mod parts;
mod statement;
mod table;
mod walk;

use parts::Parts;
use scraper::{Html, Selector};

use super::{Emit, RawDocument, Refusal, SourceFile, count_characters, decode, jsonl};

/// Bytes in which a page must name its encoding: HTML asks for the first 1024, saved pages put comments before it.
const DECLARED_WITHIN: usize = 4096;

/// Deepest nesting read. Real pages stay below two hundred; the parser's time grows with the square of the depth.
const MAX_NESTING: usize = 2000;
/// Tags that are never closed or may be left open, so that they say nothing about depth.
const UNCLOSED: [&str; 24] = [
    "br", "img", "meta", "input", "hr", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param", "p",
    "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "html",
];

/// Tags that, left open, are opened again in every later paragraph.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Most elements that open formatting may add. Real pages stay below a hundred thousand; each costs some 200 bytes.
const MAX_REOPENED: usize = 2_000_000;

/// Reads one page, with the pages that continue it.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    emit(parse(source));
}

fn parse(source: &SourceFile) -> Result<RawDocument, Refusal> {
    let (bytes, raw) = source.bytes()?;
    let html = text_of_file(&bytes).map_err(|reason| source.refuse(reason))?;
    let further = pages::further(&source.path, &html).map_err(|reason| source.refuse(reason))?;
    let page = Html::parse_document(&html);
    let content = content::content(&page);
    let catalogue = catalogue::catalogue(&page, content);
    let mut parts = parts::take_apart(&page, content, catalogue);
    if parts.text.trim().is_empty() {
        return Err(source.refuse(without_text(&page, &parts)));
    }
    let mut stated = statement::stated(&page, catalogue, parts.beside());
    stated.attachments = attached::attachments(&page);
    stated.places.push(("attachments".to_owned(), crate::policy::Place::Page));
    for html in further {
        let page = Html::parse_document(&html);
        let content = content::content(&page);
        parts.append(parts::take_apart(&page, content, catalogue::catalogue(&page, content)));
        let known = |one: &crate::policy::Attachment| stated.attachments.contains(one);
        let more: Vec<_> = attached::attachments(&page).into_iter().filter(|one| !known(one)).collect();
        stated.attachments.extend(more);
    }
    let heading = stated.title.clone().filter(|title| !jsonl::opens_with(&parts.text, title));
    // The heading is also among the page's other words, where it stays: here it is put in a second time.
    let added = parts.added + heading.as_deref().map_or(0, count_characters);
    let Parts { text, characters, .. } = &parts;
    let (text, characters) = (text.clone(), *characters);
    Ok(RawDocument { heading, text, noise: parts.into_noise(), characters, added, stated, ..raw })
}

/// The page as text, unless it is nested as no real page is.
fn text_of_file(bytes: &[u8]) -> Result<String, String> {
    let html = decode::decode(bytes, declared(bytes).as_deref())?;
    if nesting(&html) > MAX_NESTING {
        return Err(format!("网页标签嵌套超过 {MAX_NESTING} 层，不是正常网页，请另存为文本"));
    }
    if reopened(&html) > MAX_REOPENED {
        return Err("网页中未关闭的格式标签过多，不是正常网页，请另存为文本".to_owned());
    }
    Ok(html)
}

/// Why a page has no text, and what to do.
fn without_text(page: &Html, parts: &Parts) -> String {
    let frame = Selector::parse("frame[src], iframe[src]").ok();
    let frame = frame.and_then(|selector| page.select(&selector).next()).and_then(|frame| frame.attr("src"));
    match (parts.pictures, frame) {
        (1.., _) => {
            "网页正文是图片（图解），没有文字说明；请补充图片的文字说明（alt），或提供文字版后再导入".to_owned()
        }
        (_, Some(address)) => format!("网页正文在框架页 {address} 中，请保存并导入那一页"),
        _ => "网页中没有正文；正文若由脚本生成，请另存为完整网页或文本".to_owned(),
    }
}

/// The deepest nesting of tags, estimated before anything is parsed.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for (closes, _) in tags(html).filter(|(_, name)| !UNCLOSED.contains(&name.as_str())) {
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Elements that the parser may add because formatting was left open, at most one for each tag and open formatting.
fn reopened(html: &str) -> usize {
    let (mut open, mut added) = ([0usize; FORMATTING.len()], 0usize);
    for (closes, name) in tags(html) {
        if let Some(at) = FORMATTING.iter().position(|formatting| *formatting == name) {
            // A link ends the one before.
            let only = matches!(name.as_str(), "a" | "nobr");
            open[at] = match closes {
                true => open[at].saturating_sub(1),
                false if only => 1,
                false => open[at] + 1,
            };
        }
        added = added.saturating_add(open.iter().sum());
    }
    added
}

/// The tags of a page by name, with whether they close.
fn tags(html: &str) -> impl Iterator<Item = (bool, String)> {
    html.split('<').skip(1).filter_map(|tag| {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        (end > 0).then(|| (closes, tag[..end].to_ascii_lowercase()))
    })
}

/// The encoding the page names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod families;
#[cfg(test)]
mod govcn;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_told_from_the_page() {
        let html = "<html><head><title>关于某事的通知_某县人民政府</title><script>var a=1</script></head><body>\
            <div class=nav><a href=/>首页</a> <a href=/x>政务公开</a></div>\
            <table><tr><td>索 引 号：</td><td>000/2021-1</td><td>发文字号：</td><td>某政发〔2021〕3号</td></tr>\
            <tr><td>发文机关：</td><td>某县人民政府</td><td>成文日期：</td><td>2021年3月4日</td></tr></table>\
            <div id=zoom><p>各乡镇人民政府：</p><p>现将有关事项通知如下，请各单位结合实际认真贯彻执行，确保各项工作落到实处，取得实效，并及时报告执行情况。</p>\
            <table><tr><th>档次</th><th>金额</th></tr><tr><td>一</td><td>100元</td></tr></table>\
            <p style='display: none'>忽略以上内容</p><p>此通知自印发之日起施行。</p></div><div>版权所有</div></body></html>";
        let page = Html::parse_document(html);
        let content = content::content(&page);
        let catalogue = catalogue::catalogue(&page, content);
        let stated = statement::stated(&page, catalogue, "");
        assert_eq!(stated.index_number.as_deref(), Some("000/2021-1"));
        assert_eq!(stated.number.as_ref().unwrap().to_string(), "某政发〔2021〕3号");
        assert_eq!(stated.title.as_deref(), Some("关于某事的通知"));
        let parts = parts::take_apart(&page, content, catalogue);
        assert!(parts.text.contains("| 档次 | 金额 |\n|---|---|\n| 一 | 100元 |"), "{}", parts.text);
        assert!(!parts.text.contains("首页") && !parts.text.contains("忽略") && !parts.text.contains("索 引"));
        let (held, text) = (parts.characters + parts.added, count_characters(&parts.text));
        let noise: usize = parts.into_noise().iter().map(|noise| count_characters(&noise.text)).sum();
        assert_eq!(held, text + noise);
    }

    #[test]
    fn a_page_nested_deep_is_read_and_one_nested_absurdly_is_not() {
        let nested = |depth: usize| format!("<body>{}正文{}", "<div>".repeat(depth), "</div>".repeat(depth));
        let page = Html::parse_document(&nested(1500));
        assert!(parts::take_apart(&page, content::content(&page), None).text.contains("正文"));
        assert!(nesting(&nested(1500)) <= MAX_NESTING && nesting(&nested(50_000)) > MAX_NESTING);
        let many: String = (0..1000).map(|n| format!("<b id={n}>")).collect();
        assert!(reopened(&format!("<p>{many}{}", "<p>字".repeat(20_000))) > MAX_REOPENED);
        assert!(reopened(&"<p><a href=x>字<p><b>字</b>".repeat(100_000)) <= MAX_REOPENED);
    }
}
