//! Amendments (修改): which documents a decision changes, and which of their clauses.

use super::names::{clip, number_in, titled};
use crate::policy::{Relation, RelationKind, Target};

/// Most clauses kept of one amendment; a decision on a whole code changes some hundreds.
const MAX_CLAUSES: usize = 400;

pattern!(
    TITLED,
    r"关于(?:修改|修订|修正|废止和修改|修改和废止|修改、废止)(?:[《〈<]([^《》〈〉<>]{2,90})[》〉>]|([^《》〈〉<>]{2,60}?))(?:等.{0,12}?)?(?:部分\p{Han}{2,4}|个别\p{Han}{2,4}|有关\p{Han}{2,4}|第.{1,10}条)?的(?:决定|通知|公告|命令|令)"
);
pattern!(MODIFYING_ACT, r"修正案$|^《?([^《》]{4,60})》?修正案");
pattern!(
    SECTION,
    r"(?:对|将)?《([^《》]{2,90})》(?:[（(]([^（）()]{4,40})[）)])?(?:的?(?:部分|有关|个别)?(?:条款|内容|规定)?)?\s*(?:作|做|作出|做出|进行|予以)(?:如下|以下)?(?:的)?修[改订正]"
);
pattern!(
    LISTED,
    r"[一二三四五六七八九十]{1,3}、\s*([^《》。；，\n（(]{6,90}(?:（[^（）]{2,6}）)?|[^《》。；，\n（(]{0,60}《[^《》\n]{2,90}》[^《》。；，\n（(]{0,20})\s*[（(]([^（）()]{4,36}号)[）)]\s*(?:1[.．、]|（一）|将|删|对|第|在)"
);
pattern!(
    CHANGED,
    r"(将|删去|删除|对|在|把|作为|改为|列为|移至)?(?:原)?(?:《[^《》]{2,60}》)?(第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?(?:第[一二三四五六七八九十0-9]{1,3}款)?(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?项)?)((?:(?:、|和|，|及)第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?(?:第[一二三四五六七八九十0-9]{1,3}款)?(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?项)?)*)([^。；：:第]{0,30}?)(修改为|修订为|改为第[一二三四五六七八九十百零〇0-9]{1,7}条|改为|调整为|中的|中“|删去|删除|增加|合并|作如下|修改|。|；|$)"
);
pattern!(
    ANY_CLAUSE,
    r"第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?(?:第[一二三四五六七八九十0-9]{1,3}款)?(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?项)?"
);

pattern!(
    CLOSING,
    r"本(?:决定|通知|修正案|令|公告)自.{2,24}?起(?:施行|执行|生效|实施)|根据本(?:决定|修正案|通知)[^。]{0,40}(?:修改|修订|调整|修正|公布)"
);

/// Whether a title announces changes of other documents.
pub(super) fn is_amending(title: &str) -> bool {
    TITLED.is_match(title) || MODIFYING_ACT.is_match(title)
}

/// What an amending document changes.
pub(super) fn amendments(title: &str, text: &str, found: &mut Vec<Relation>) {
    let announced = TITLED.captures(title).and_then(|captures| captures.get(1).or_else(|| captures.get(2)));
    let announced = announced.map(|name| titled(name.as_str())).filter(names_one);
    let sections = sections(text, is_amending(title) || title.contains("清理"));
    let bare = without_quotations(text);
    match (&announced, sections.is_empty()) {
        (Some(target), true) => found.push(amendment(target.clone(), &bare, title)),
        (Some(target), false) if sections.iter().all(|(other, _)| other.title != target.title) => {
            found.push(amendment(target.clone(), &bare, title));
        }
        _ => {}
    }
    for (target, part) in sections {
        let words = clip(&part);
        let part = without_quotations(&part);
        found.push(amendment(target, &part, &words));
    }
}

/// 部分规章 names no document.
fn names_one(target: &Target) -> bool {
    target
        .title
        .as_ref()
        .is_some_and(|name| !name.starts_with("部分") && !name.starts_with("有关") && !name.contains('件'))
}

fn amendment(target: Target, text: &str, words: &str) -> Relation {
    let clauses = changed_clauses(text);
    Relation { clauses, ..Relation::new(RelationKind::Amends, target).because(words) }
}

/// The documents changed one after the other, each with the text that says how.
fn sections(text: &str, amending: bool) -> Vec<(Target, String)> {
    if !amending {
        return Vec::new();
    }
    let mut starts: Vec<(usize, usize, Target)> = Vec::new();
    for captures in SECTION.captures_iter(text) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
        let number = captures.get(2).and_then(|number| number_in(number.as_str()));
        starts.push((whole.start(), whole.end(), Target { number, ..titled(name.as_str()) }));
    }
    for captures in LISTED.captures_iter(text) {
        let (Some(name), Some(number)) = (captures.get(1), captures.get(2)) else { continue };
        let number = number_in(number.as_str());
        let title = name.as_str();
        let alone = title.strip_prefix('《').and_then(|title| title.strip_suffix('》'));
        starts.push((name.start(), name.end(), Target { number, ..titled(alone.unwrap_or(title)) }));
    }
    starts.sort_by_key(|(start, ..)| *start);
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]).collect();
    let parts = starts.into_iter().zip(ends).filter(|((_, from, _), end)| from <= end);
    let mut found: Vec<(Target, String)> = Vec::new();
    for ((start, _, target), end) in parts {
        match found.iter_mut().find(|(other, _)| *other == target) {
            Some((_, part)) => part.push_str(&text[start..end]),
            None => found.push((target, text[start..end].to_owned())),
        }
    }
    found
}

/// The labels of the clauses that are changed or struck out, in their former numbering. 增加一条，作为第七条 changes none.
fn changed_clauses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let first = CHANGED.find(text).map_or(text.len(), |found| found.start());
    // After its closing words a decision only repeats the text that it changed, in full.
    let end = CLOSING.find_at(text, first).map_or(text.len(), |found| found.start());
    for captures in CHANGED.captures_iter(&text[..end]) {
        let group = |n: usize| captures.get(n).map_or("", |found| found.as_str());
        let (lead, verb) = (group(1), group(5));
        let new_place = matches!(lead, "作为" | "改为" | "列为" | "移至");
        let plain_end = matches!(verb, "。" | "；" | "");
        let struck = matches!(lead, "删去" | "删除");
        if new_place || plain_end && !struck {
            continue;
        }
        let more = ANY_CLAUSE.find_iter(group(3)).map(|clause| clause.as_str().to_owned());
        for clause in std::iter::once(group(2).to_owned()).chain(more) {
            if !found.contains(&clause) && found.len() < MAX_CLAUSES {
                found.push(clause);
            }
        }
    }
    found
}

/// The text without what it quotes: new wording speaks of other clauses.
fn without_quotations(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0usize;
    let mut last = '\n';
    for c in text.chars() {
        match c {
            // A quotation over several paragraphs opens again in each and closes once.
            '“' if depth > 0 && (last.is_whitespace() || matches!(last, '。' | '；')) => {}
            '“' => {
                if depth == 0 {
                    bare.push('“');
                }
                depth += 1;
            }
            '”' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
        last = c;
    }
    bare
}
