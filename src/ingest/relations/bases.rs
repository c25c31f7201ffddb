//! What a document rests on (依据): each 根据《…》、《…》 of its preamble.

use super::names::{clip, joined_names, named, sentence_from};
use crate::policy::{Relation, RelationKind};

/// How much of a text's beginning names what it rests on: later sentences use 根据 for conditions.
const PREAMBLE_CHARS: usize = 1200;

pattern!(BASIS, r"(?:根据|依据|按照|依照|贯彻落实|贯彻|落实)[^。；\n]{0,12}?《");

// The second article begins the rules: 依照《…》 says there how they are applied.
pattern!(SECOND_ARTICLE, r"第二条[\s　]");
// 根据2019年12月31日《…决定》第二次修订 tells of a revision, and a report of what was done.
pattern!(REVISION, r"^\s*[^。；\n《]{0,8}(?:修订|修正)");
pattern!(REPORT, r"(?:年报|年度报告|工作报告|情况报告|情况的报告|工作总结|公开总结|建设情况)$");

/// What the preamble says the document rests on.
pub(super) fn bases(title: &str, text: &str, found: &mut Vec<Relation>) {
    if REPORT.is_match(title) {
        return;
    }
    let end = text.char_indices().nth(PREAMBLE_CHARS).map_or(text.len(), |(at, _)| at);
    let preamble = &text[..end];
    let rules = preamble.find("第一条").and_then(|at| Some(at + SECOND_ARTICLE.find(&preamble[at..])?.start()));
    let preamble = &preamble[..rules.unwrap_or(end)];
    for opening in BASIS.find_iter(preamble) {
        let sentence = sentence_from(preamble, opening.start());
        // Only names joined to each other count: 根据《甲》《乙》和《丙》精神，结合……
        let Some(at) = sentence.find('《') else { continue };
        let joined = joined_names(sentence);
        if REVISION.is_match(&sentence[joined.len().max(at)..]) {
            continue;
        }
        let basis = clip(joined);
        for target in named(joined).into_iter().filter(|target| target.title.as_deref() != Some(title)) {
            found.push(Relation::new(RelationKind::BasedOn, target).because(basis.clone()));
        }
    }
}
