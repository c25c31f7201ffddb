//! The kind (文种): from the title, the source's own column, who adopted it, its folder, the ending of the title.

use super::{Draft, adoption};
use crate::ingest::RawDocument;
use crate::policy::{DocumentKind, Gazetteer, Place};

/// Finds the kind.
pub(super) fn kind(draft: &mut Draft, raw: &RawDocument, text: &str, gazetteer: &Gazetteer) {
    let title = draft.meta.title.clone();
    let by = |kind: Option<DocumentKind>, place: Place| kind.map(|kind| (kind, place));
    let inferred = by(kind_of_title(&title), Place::Title)
        .or_else(|| by(kind_of_words(&raw.stated.category), raw.stated.place_of("category")))
        .or_else(|| by(kind_of_folders(&raw.folders, &title), Place::Folder))
        .or_else(|| by(kind_of_authority(draft, text), Place::Issuer))
        .or_else(|| by(kind_of_ending(draft, &title, gazetteer), Place::Title))
        .or(Some((DocumentKind::Other, Place::Default)));
    let stated = raw.stated.kind.map(|kind| (kind, raw.stated.place_of("kind")));
    draft.meta.kind = draft.pick("kind", stated, inferred).unwrap_or(DocumentKind::Other);
}

/// Endings of titles that speak of interpretation without being one: 政策解读工作办法.
const RULES_ABOUT_IT: [&str; 8] = ["的解释", "办法", "规定", "意见", "方案", "细则", "通知", "（试行）"];

/// Kinds that a title settles whoever issued it.
fn kind_of_title(title: &str) -> Option<DocumentKind> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["征求意见稿", "（草案）", "公开征求"]) {
        Some(DocumentKind::Draft)
    } else if ["图解", "一图读懂", "解读："].iter().any(|word| title.starts_with(word))
        || !RULES_ABOUT_IT.iter().any(|ending| title.ends_with(ending))
            && has(&["解读", "一图读懂", "图解", "政策问答", "答记者问"])
    {
        Some(DocumentKind::Interpretation)
    } else {
        None
    }
}

fn kind_of_words(words: &str) -> Option<DocumentKind> {
    let has = |word: &str| words.contains(word);
    if has("政策解读") || has("解读") || has("interpretation") {
        Some(DocumentKind::Interpretation)
    } else if has("规范性文件") {
        Some(DocumentKind::Normative)
    } else if has("政府公报") {
        Some(DocumentKind::Gazette)
    } else if has("通知公告") || has("公示") {
        Some(DocumentKind::Notice)
    } else {
        None
    }
}

fn kind_of_authority(draft: &Draft, text: &str) -> Option<DocumentKind> {
    let title = &draft.meta.title;
    let judicial =
        draft.meta.issuers.iter().any(|issuer| issuer.starts_with("最高人民")) || title.starts_with("最高人民");
    let ends = |words: &[&str]| words.iter().any(|ending| title.ends_with(ending));
    let tells = ends(&["通知", "函", "公告", "通告", "报告", "公报", "要点", "方案", "答复", "复函"]);
    if judicial && !tells {
        return Some(DocumentKind::JudicialInterpretation);
    }
    let normative = draft.meta.number.as_ref().is_some_and(|number| number.agency().contains('规'));
    if normative {
        return Some(DocumentKind::Normative);
    }
    // Departments decide and reply in many forms; only what sets rules is a rule.
    let decides = ends(&["意见", "批复", "决定", "决议"]) && !title.contains("修改") && !title.contains("废止");
    adoption::adopter(text).map(|(_, kind)| kind).filter(|kind| {
        let by_congress = matches!(kind, DocumentKind::Law | DocumentKind::LocalRegulation);
        !tells && (by_congress || !decides)
    })
}

fn kind_of_folders(folders: &[String], title: &str) -> Option<DocumentKind> {
    let named = |folder: &String| match folder.as_str() {
        "司法解释" => Some(DocumentKind::JudicialInterpretation),
        "行政法规" => Some(DocumentKind::Regulation),
        "部门规章" | "规章" | "地方政府规章" => Some(DocumentKind::Rule),
        "案例" => Some(DocumentKind::Other),
        name if name.contains("地方性法规") || name.contains("地方法规") => {
            Some(DocumentKind::LocalRegulation)
        }
        name if name.contains("规范性文件") => Some(DocumentKind::Normative),
        "法律" => Some(DocumentKind::Law),
        name if name.ends_with('法') && title.ends_with('法') => Some(DocumentKind::Law),
        _ => None,
    };
    folders.iter().rev().find_map(named)
}

/// What the ending of the title says when nothing else does.
fn kind_of_ending(draft: &Draft, title: &str, gazetteer: &Gazetteer) -> Option<DocumentKind> {
    let issued = title.contains("印发");
    let inner = title.trim_end_matches("的通知").trim_end_matches(['》', '”']);
    let inner = inner.trim_end_matches("（试行）").trim_end_matches("(试行)").trim_end_matches("（暂行）");
    let ends = |words: &[&str]| words.iter().any(|word| inner.ends_with(word));
    if title.ends_with("条例") {
        let of_place = gazetteer.mentions(title).first().is_some_and(|(range, _)| range.start == 0);
        let by_council = draft.meta.issuers.iter().any(|issuer| issuer.starts_with("国务院"));
        Some(if by_council || !of_place { DocumentKind::Regulation } else { DocumentKind::LocalRegulation })
    } else if title.starts_with("中华人民共和国") && title.ends_with('法') {
        Some(DocumentKind::Law)
    } else if ends(&["规划", "计划", "要点", "行动方案", "工作方案", "规划纲要"]) {
        Some(DocumentKind::Plan)
    } else if ends(&["公告", "通告", "公示"]) {
        Some(DocumentKind::Notice)
    } else if ends(&["公报"]) {
        Some(DocumentKind::Gazette)
    } else if ends(&["办法", "规定", "细则", "规则"]) && (issued || !title.ends_with("通知")) {
        Some(DocumentKind::Normative)
    } else {
        None
    }
}
