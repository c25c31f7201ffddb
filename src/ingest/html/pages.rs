//! Several pages of one document (分页): the pages saved beside the first are read with it and not again.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::ingest::source::MAX_BYTES;

// createPageHTML(3, 0, "t2020_1", "html"), createPageHTML('page_div',3,0,…): pages, which of them, name.
pattern!(
    PAGER,
    r#"createPageHTML\s*\(\s*(?:['"][^'"()]{0,40}['"]\s*,\s*)?([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*,\s*['"]([^'"()]{1,120})['"]"#
);
pattern!(NEXT, r#"<a[^>]{0,200}href\s*=\s*['"]?([^'"\s>]{1,200})[^>]{0,200}>\s*(?:<[^>]{1,60}>\s*)?下一?页"#);
/// Most pages of one document.
const MOST_PAGES: usize = 200;

/// The pages that continue this one, as text; a reason when one is missing or when this page itself continues another.
pub(super) fn further(path: &Path, html: &str) -> Result<Vec<String>, String> {
    let (Some(stem), Some(extension)) =
        (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str()))
    else {
        return Ok(Vec::new());
    };
    if let Some((first, number)) = continued(path, stem, extension) {
        return Err(format!("是 {first} 的第 {} 页，随该文件一并导入，不另作一篇", number + 1));
    }
    let count = counted(html, stem).unwrap_or(0);
    let mut found = Vec::new();
    for number in 1..MOST_PAGES {
        let name = format!("{stem}_{number}.{extension}");
        let linked = if number == 1 { html } else { found.last().map_or("", String::as_str) };
        if number >= count && !links_to(linked, &name) {
            break;
        }
        let text = load(&path.with_file_name(&name));
        found.push(
            text.ok_or_else(|| format!("正文分页，缺第 {} 页 {name}；请把各页存在同一文件夹后再导入", number + 1))?,
        );
    }
    Ok(found)
}

/// How many pages the pager of this page counts, when it counts those of this document.
fn counted(html: &str, stem: &str) -> Option<usize> {
    let captures = PAGER.captures(html)?;
    let own = captures.get(3)?.as_str() == stem;
    captures.get(1)?.as_str().parse().ok().filter(|_| own)
}

fn links_to(html: &str, name: &str) -> bool {
    NEXT.captures_iter(html).filter_map(|captures| captures.get(1)).any(|address| file_name(address.as_str()) == name)
}

fn file_name(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// The first page and this page's number, when the first lies beside it and leads to it.
fn continued(path: &Path, stem: &str, extension: &str) -> Option<(String, usize)> {
    let (front, number) = stem.rsplit_once('_')?;
    let number: usize = number.parse().ok().filter(|number| (1..MOST_PAGES).contains(number))?;
    let name = format!("{front}.{extension}");
    let first = load(&path.with_file_name(&name))?;
    let counts = counted(&first, front).is_some_and(|count| number < count);
    let leads = |page: &str, number: usize| links_to(page, &format!("{front}_{number}.{extension}"));
    let led = counts
        || leads(&first, 1)
            && (2..=number).all(|at| {
                let before: PathBuf = path.with_file_name(format!("{front}_{}.{extension}", at - 1));
                load(&before).is_some_and(|page| leads(&page, at))
            });
    led.then_some((name, number))
}

fn load(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    super::text_of_file(&bytes).ok()
}
