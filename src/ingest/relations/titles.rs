//! Relations that titles state: 关于修改《X》的决定, 转发, 征求意见稿, 《X》解读.

use super::names::{named, titled};
use crate::policy::{Relation, RelationKind};

pattern!(FORWARDED, r"转发(?:《([^》]{4,120})》|(\p{Han}{2,30}关于[^《》]{4,100}?))的?(?:通知|函)$");
pattern!(
    DRAFT,
    r"《?([^《》]{4,100}?)(?:[（(](?:公开)?(?:征求意见稿|草案征求意见稿|草案|送审稿|修订草案|修改草案|修订征求意见稿)[）)])"
);

/// What the title of a document states; an interpretation's names what it interprets.
pub(super) fn from_title(title: &str, is_interpretation: bool, found: &mut Vec<Relation>) {
    let mut add = |kind, target| found.push(Relation::new(kind, target).because(title));
    if is_interpretation {
        match named(title).into_iter().next() {
            Some(target) => add(RelationKind::Interprets, target),
            None => add(RelationKind::Interprets, titled(&without_interpretation_words(title))),
        }
        return;
    }
    if let Some(captures) = FORWARDED.captures(title)
        && let Some(name) = captures.get(1).or_else(|| captures.get(2))
    {
        add(RelationKind::Forwards, titled(name.as_str()));
    }
    if title.contains("废止《")
        || title.contains("废止部分")
        || title.contains("停止执行《")
        || title.contains("失效《")
    {
        named(title).into_iter().for_each(|target| add(RelationKind::Repeals, target));
    }
    if let Some(name) = DRAFT.captures(title).and_then(|captures| captures.get(1)) {
        let name = name.as_str();
        let name = ["公开征求", "征求"].iter().find_map(|verb| name.split_once(verb)).map_or(name, |(_, rest)| rest);
        add(RelationKind::DraftOf, titled(name.trim_start_matches('《')));
    }
}

/// 关于X的解读, X政策解读, 一图读懂X: what is left is X.
fn without_interpretation_words(title: &str) -> String {
    const WORDS: [&str; 12] = [
        "一图读懂",
        "图解",
        "政策解读",
        "解读材料",
        "文字解读",
        "图文解读",
        "解读",
        "政策问答",
        "答记者问",
        "：",
        ":",
        "|",
    ];
    let mut name = title.to_owned();
    for word in WORDS {
        name = name.replace(word, "");
    }
    name.trim().trim_end_matches('的').to_owned()
}
