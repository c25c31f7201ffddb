//! Enrichment (元数据补全): what letterhead, title, text and folders say about a document, each value with its origin.

use std::sync::LazyLock;

use regex::Regex;

use super::place::{self, Clues};
use super::{RawDocument, period, relations};
use crate::outline::Letterhead;
use crate::policy::{
    Disclosure, DocumentId, DocumentKind, Gazetteer, Level, Metadata, Origin, Relation, RelationKind, Source, Target,
};

/// How much of a text's beginning may say who adopted it.
const ADOPTION_CHARS: usize = 1500;
/// Longest title taken from a first line: longer ones are paragraphs.
const MAX_TITLE_CHARS: usize = 90;

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).unwrap());
    };
}
pattern!(
    PEOPLES_CONGRESS,
    r"第[一二三四五六七八九十]{1,3}届全国人民代表大会(常务委员会)?第[一二三四五六七八九十]{1,4}次会议"
);
pattern!(LOCAL_CONGRESS, r"(\p{Han}{2,9}?[省市区州县])第?[一二三四五六七八九十]{1,3}届人民代表大会(常务委员会)?");
pattern!(COUNCIL, r"国务院令|国务院第[一二三四五六七八九十0-9]{1,4}次常务会议|国务院(?:批准|发布)");
pattern!(
    MINISTRY,
    r"(\p{Han}{2,14}?(?:部|委员会|总局|署|局))(?:令第|第?[0-9一二三四五六七八九十]{1,4}次(?:部|委|局|署)务会议)"
);
pattern!(REVISED, r"[^\n。]{0,60}(?:修订|修正)[^\n。]{0,20}");
pattern!(ISSUER_IN_TITLE, r"^(.{2,60}?)(?:关于|印发|转发|批转|对.{2,30}的(?:批复|答复|复函))");
pattern!(
    AUTHORITY,
    r"(?:政府|办公厅|办公室|厅|局|委|委员会|部|院|会|署|总局|中心|银行|组|社|人大|军委|等.{0,6}部门|办)$"
);

/// The values found so far, with their origins.
struct Draft {
    meta: Metadata,
}

impl Draft {
    fn note(&mut self, field: &str, origin: Origin) {
        self.meta.origins.push((field.to_owned(), origin));
    }

    /// Takes the stated value, else the inferred one, and notes which.
    fn pick<T>(&mut self, field: &str, stated: Option<T>, inferred: Option<T>) -> Option<T> {
        let (value, origin) = match (stated, inferred) {
            (Some(value), _) => (value, Origin::Stated),
            (None, Some(value)) => (value, Origin::Inferred),
            (None, None) => return None,
        };
        self.note(field, origin);
        Some(value)
    }
}

/// Everything known about a document beside its text.
pub(super) fn enrich(
    raw: &RawDocument,
    text: &str,
    letterhead: &Letterhead,
    gazetteer: &Gazetteer,
    id: DocumentId,
) -> Metadata {
    let stated = &raw.stated;
    let mut draft = Draft { meta: Metadata::new(id, "", DocumentKind::Other) };
    let found = Some(tidy(&letterhead.title_text)).filter(|title| !title.is_empty());
    let title = draft.pick("title", stated.title.as_deref().map(tidy).or(found), Some(fallback_title(raw, text)));
    draft.meta.title = title.unwrap_or_default();
    let number = stated.number.clone().or_else(|| letterhead.number.as_ref().map(|(_, number)| number.clone()));
    draft.meta.number = draft.pick("number", number, None);
    draft.meta.index_number = draft.pick("index_number", stated.index_number.clone(), None);
    draft.meta.issuers = issuers(&mut draft, raw, text, letterhead);
    kind(&mut draft, raw, text);
    whose(&mut draft, raw, text, gazetteer);
    draft.meta.themes =
        draft.pick("themes", Some(stated.themes.clone()).filter(|t| !t.is_empty()), None).unwrap_or_default();
    let audience = Some(stated.audience.clone()).filter(|audience| !audience.is_empty());
    draft.meta.audience = draft.pick("audience", audience, None).unwrap_or_default();
    dates(&mut draft, raw, text, letterhead);
    let disclosure = stated.disclosure.or(letterhead.disclosure.as_ref().map(|(_, disclosure)| *disclosure));
    // A source handed over for import is one that was published.
    draft.meta.disclosure = draft.pick("disclosure", disclosure, Some(Disclosure::Proactive)).unwrap_or_default();
    draft.meta.relations = related(&mut draft, raw, text);
    let file = Source { location: raw.location.clone(), sha256: raw.sha256.clone() };
    let page = stated.url.clone().map(|location| Source { location, sha256: String::new() });
    draft.meta.sources = page.into_iter().chain([file]).collect();
    draft.meta.origins.sort_by(|a, b| a.0.cmp(&b.0));
    draft.meta
}

/// A title in one line, without the white space that typesetting puts between Han.
fn tidy(title: &str) -> String {
    let mut tidy = String::with_capacity(title.len());
    let words: Vec<&str> = title.split_whitespace().collect();
    for word in words {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(tidy.chars().next_back()) && latin(word.chars().next()) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// The first line that can be a title, else the file's name.
fn fallback_title(raw: &RawDocument, text: &str) -> String {
    let line = text.lines().map(tidy).find(|line| !line.is_empty()).unwrap_or_default();
    match (line.chars().count() <= MAX_TITLE_CHARS, raw.stem.is_empty()) {
        (true, _) => line,
        (false, false) => raw.stem.clone(),
        (false, true) => line.chars().take(MAX_TITLE_CHARS).collect(),
    }
}

fn issuers(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) -> Vec<String> {
    let some = |names: Vec<String>| Some(names).filter(|names| !names.is_empty());
    let stated = some(raw.stated.issuers.clone())
        .or_else(|| some(letterhead.issuers.clone()))
        .or_else(|| some(issuers_of_title(&draft.meta.title)));
    let publisher = raw.stated.publisher.clone().map(|name| vec![name]);
    let inferred = adopter(text).map(|(name, _)| vec![name]).or(publisher);
    draft.pick("issuers", stated, inferred).unwrap_or_default()
}

/// 国务院办公厅关于… : the names before 关于, when they are names of authorities.
fn issuers_of_title(title: &str) -> Vec<String> {
    let Some(names) = ISSUER_IN_TITLE.captures(title).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let names: Vec<String> =
        super::stated::names_in(names.as_str()).iter().flat_map(|name| place::cut_joined(name)).collect();
    let all = names.iter().all(|name| AUTHORITY.is_match(name) && !name.contains(['《', '》', '的']));
    if all { names } else { Vec::new() }
}

/// Who adopted the text, as the note below the title of laws and regulations says, and what kind that makes it.
fn adopter(text: &str) -> Option<(String, DocumentKind)> {
    let head: String = text.chars().take(ADOPTION_CHARS).collect();
    // Articles quote other adoptions; the note stands before the first of them.
    let note = &head[..head.find("第一条").unwrap_or(head.len())];
    let committee = |found: Option<regex::Match<'_>>| found.map_or("", |found| found.as_str()).to_owned();
    if let Some(captures) = PEOPLES_CONGRESS.captures(note) {
        return Some((format!("全国人民代表大会{}", committee(captures.get(1))), DocumentKind::Law));
    }
    if let Some(captures) = LOCAL_CONGRESS.captures(note) {
        let place = captures.get(1).map_or("", |place| place.as_str());
        let place = place.rsplit(['日', '经', '由']).next().unwrap_or(place);
        return Some((format!("{place}人民代表大会{}", committee(captures.get(2))), DocumentKind::LocalRegulation));
    }
    if COUNCIL.is_match(note) {
        return Some(("国务院".to_owned(), DocumentKind::Regulation));
    }
    let name = MINISTRY.captures(note).and_then(|captures| captures.get(1))?.as_str();
    let name = name.rsplit(['日', '经', '由', '和']).next().filter(|rest| rest.chars().count() > 2).unwrap_or(name);
    Some((name.to_owned(), DocumentKind::Rule))
}

fn kind(draft: &mut Draft, raw: &RawDocument, text: &str) {
    let title = draft.meta.title.clone();
    let inferred = kind_of_title(&title)
        .or_else(|| kind_of_words(&raw.stated.category))
        .or_else(|| kind_of_authority(draft, text))
        .or_else(|| kind_of_folders(&raw.folders, &title))
        .or_else(|| kind_of_ending(draft, &title))
        .unwrap_or(DocumentKind::Other);
    draft.meta.kind = draft.pick("kind", raw.stated.kind, Some(inferred)).unwrap_or(DocumentKind::Other);
}

/// Kinds that a title settles whoever issued it.
fn kind_of_title(title: &str) -> Option<DocumentKind> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["征求意见稿", "（草案）", "公开征求"]) {
        Some(DocumentKind::Draft)
    } else if !has(&["若干问题的解释"]) && has(&["解读", "一图读懂", "图解", "政策问答", "答记者问"])
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
    let rules =
        ["法", "条例", "办法", "规定", "规则", "细则", "决定", "解释", "批复", "意见", "通则", "章程", "（试行）"];
    let sets_rules = rules.iter().any(|ending| title.ends_with(ending));
    if judicial && sets_rules {
        return Some(DocumentKind::JudicialInterpretation);
    }
    let normative = draft.meta.number.as_ref().is_some_and(|number| number.agency().contains('规'));
    if normative {
        return Some(DocumentKind::Normative);
    }
    adopter(text).map(|(_, kind)| kind).filter(|_| sets_rules || title.contains("修正案"))
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
fn kind_of_ending(draft: &Draft, title: &str) -> Option<DocumentKind> {
    let title =
        title.trim_end_matches("的通知").trim_end_matches('》').trim_end_matches("（试行）").trim_end_matches("(试行)");
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    if title.ends_with("条例") {
        let national = draft.meta.issuers.iter().any(|issuer| issuer.starts_with("国务院"));
        Some(if national { DocumentKind::Regulation } else { DocumentKind::LocalRegulation })
    } else if title.starts_with("中华人民共和国") && title.ends_with('法') {
        Some(DocumentKind::Law)
    } else if ends(&["规划", "计划", "要点", "行动方案", "工作方案", "规划纲要"]) {
        Some(DocumentKind::Plan)
    } else if ends(&["公告", "通告", "公示"]) {
        Some(DocumentKind::Notice)
    } else if ends(&["公报"]) {
        Some(DocumentKind::Gazette)
    } else if ends(&["办法", "规定", "细则", "规则"]) {
        Some(DocumentKind::Normative)
    } else {
        None
    }
}

fn whose(draft: &mut Draft, raw: &RawDocument, text: &str, gazetteer: &Gazetteer) {
    let (issuers, title) = (draft.meta.issuers.clone(), draft.meta.title.clone());
    let clues = Clues { issuers: &issuers, title: &title, folders: &raw.folders, text };
    let national =
        matches!(draft.meta.kind, DocumentKind::Law | DocumentKind::Regulation | DocumentKind::JudicialInterpretation);
    if raw.stated.region.is_some() {
        draft.meta.region = draft.pick("region", raw.stated.region.clone(), None);
        let level = draft.meta.region.as_ref().and_then(|code| gazetteer.get(code)).map(|region| region.level);
        draft.meta.level = draft.pick("level", raw.stated.level, level);
    } else if national {
        draft.meta.level = draft.pick("level", raw.stated.level, Some(Level::National));
    } else if let Some(whose) = place::whose(&clues, gazetteer) {
        if whose.region.is_some() {
            draft.note("region", whose.origin);
        }
        draft.meta.region = whose.region;
        draft.meta.level = draft.pick("level", raw.stated.level, whose.level);
    } else {
        draft.meta.level = draft.pick("level", raw.stated.level, None);
    }
}

fn dates(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) {
    let stated = &raw.stated;
    // Laws carry the date of the version in the file's name: 某法(2023-09-01).md
    let named = super::parse_date(&raw.stem);
    let written = stated.written.or(letterhead.written.as_ref().map(|(_, date)| *date));
    draft.meta.dates.written = draft.pick("written", written, named);
    draft.meta.dates.published = draft.pick("published", stated.published, None);
    let issued = draft.meta.dates;
    let found = period::period(text, &issued);
    // A version adopted after the first commencement cannot have been in force before it was adopted.
    let revised = named.filter(|named| found.effective.is_some_and(|effective| effective < *named));
    let (effective, adopted) = if revised.is_some() { (None, revised) } else { (found.effective, None) };
    draft.meta.dates.effective = draft.pick("effective", stated.effective.or(effective), adopted);
    draft.meta.dates.expires = draft.pick("expires", stated.expires.or(found.expires), None);
}

fn related(draft: &mut Draft, raw: &RawDocument, text: &str) -> Vec<Relation> {
    if !raw.stated.relations.is_empty() {
        draft.note("relations", Origin::Stated);
        return raw.stated.relations.clone();
    }
    let title = draft.meta.title.clone();
    let interpretation = draft.meta.kind == DocumentKind::Interpretation;
    let mut found = relations::relations(&title, text, interpretation);
    found.extend(replaces(draft, text));
    if !found.is_empty() {
        draft.note("relations", Origin::Stated);
    }
    found
}

/// A revised law replaces the earlier edition of the same title; the note below the title says that it was revised.
fn replaces(draft: &Draft, text: &str) -> Option<Relation> {
    let lawlike = matches!(
        draft.meta.kind,
        DocumentKind::Law | DocumentKind::Regulation | DocumentKind::LocalRegulation | DocumentKind::Rule
    );
    let head: String = text.chars().take(ADOPTION_CHARS).collect();
    let note = &head[..head.find("第一条").unwrap_or(0)];
    let basis = REVISED.find_iter(note).last().filter(|_| lawlike)?.as_str().trim().to_owned();
    let target = Target { title: Some(draft.meta.title.clone()), ..Target::default() };
    Some(Relation { kind: RelationKind::Replaces, target, on: None, basis: Some(basis) })
}
