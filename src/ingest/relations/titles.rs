//! Relations that titles state: 关于修改《X》的决定, 转发, 征求意见稿, 《X》解读.

use super::names::{named, titled};
use crate::policy::{NamedWork, Relation, RelationKind};

pattern!(FORWARDED, r"转发(?:《([^》]{4,120})》|(\p{Han}{2,30}关于[^《》]{4,100}?))的?(?:通知|函)$");
pattern!(
    DRAFT,
    r"《?([^《》]{4,100}?)(?:[（(](?:公开)?(?:征求意见稿|草案征求意见稿|草案|送审稿|修订草案|修改草案|修订征求意见稿)[）)])"
);
pattern!(KIND_AT_END, r"(?:通知|意见|办法|规定|方案|报告|请示|函|公告|决定|细则|措施|计划|规划|纲要|要点|标准|条例)$");

/// What the title of a document states; an interpretation's names what it interprets.
pub(super) fn from_title(title: &str, is_interpretation: bool, found: &mut Vec<Relation>) {
    let mut add = |kind, target| found.push(Relation::new(kind, target).because(title));
    if is_interpretation {
        let unquoted = || NamedWork::of_title(title).into_iter().next().map(|work| titled(&work.name));
        if let Some(target) = named(title).into_iter().next().or_else(unquoted) {
            add(RelationKind::Interprets, target);
        }
        return;
    }
    if let Some(captures) = FORWARDED.captures(title)
        && let Some(name) = captures.get(1).or_else(|| captures.get(2))
    {
        // 转发甲厅关于某事的通知 ends with the noun of what is forwarded, unless the name already has one.
        let name = name.as_str();
        let bare = title.contains("转发《") || KIND_AT_END.is_match(name);
        add(RelationKind::Forwards, titled(&if bare { name.to_owned() } else { format!("{name}的通知") }));
    }
    if title.contains("废止《")
        || title.contains("废止部分")
        || title.contains("停止执行《")
        || title.contains("失效《")
    {
        // 某部令《关于废止部分规章的决定》 names itself.
        let itself = |target: &crate::policy::Target| target.title.as_ref().is_some_and(|name| name.contains("废止"));
        named(title).into_iter().filter(|target| !itself(target)).for_each(|target| add(RelationKind::Repeals, target));
    }
    if let Some(name) = DRAFT.captures(title).and_then(|captures| captures.get(1)) {
        let name = name.as_str();
        let name = ["公开征求", "征求"].iter().find_map(|verb| name.split_once(verb)).map_or(name, |(_, rest)| rest);
        add(RelationKind::DraftOf, titled(name.trim_start_matches('《')));
    }
}
