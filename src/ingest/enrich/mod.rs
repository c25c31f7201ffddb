//! Enrichment (元数据补全): what letterhead, title, text and folders say about a document, each value with its origin.

mod adoption;
mod issuers;
mod kind;

use super::place::{self, Clues};
use super::{RawDocument, period, relations};
use crate::outline::Letterhead;
use crate::policy::{
    Disclosure, DocumentId, DocumentKind, Gazetteer, Level, Metadata, Origin, Relation, RelationKind, Source, Target,
};

/// Longest title taken from a first line: longer ones are paragraphs.
const MAX_TITLE_CHARS: usize = 90;

/// Lines in which a title must begin: issuers, 文件, number and signer stand above it.
const LINES_ABOVE_TITLE: usize = 12;

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
    let found = Some(tidy(&letterhead.title_text)).filter(|title| !title.is_empty() && !issuers::is_authority(title));
    let title = draft.pick("title", stated.title.as_deref().map(tidy).or(found), Some(fallback_title(raw, text)));
    draft.meta.title = title.unwrap_or_default();
    let number = stated.number.clone().or_else(|| letterhead.number.as_ref().map(|(_, number)| number.clone()));
    draft.meta.number = draft.pick("number", number, None);
    draft.meta.index_number = draft.pick("index_number", stated.index_number.clone(), None);
    draft.meta.issuers = issuers::issuers(&mut draft, raw, text, letterhead);
    kind::kind(&mut draft, raw, text, gazetteer);
    whose(&mut draft, raw, text, gazetteer);
    draft.meta.themes =
        draft.pick("themes", Some(stated.themes.clone()).filter(|t| !t.is_empty()), None).unwrap_or_default();
    let audience = Some(stated.audience.clone()).filter(|audience| !audience.is_empty());
    draft.meta.audience = draft.pick("audience", audience, None).unwrap_or_default();
    dates(&mut draft, raw, text, letterhead);
    let disclosure = stated.disclosure.or(letterhead.disclosure.as_ref().map(|(_, disclosure)| *disclosure));
    // A source handed over for import is one that was published.
    draft.meta.disclosure = draft.pick("disclosure", disclosure, Some(Disclosure::Proactive)).unwrap_or_default();
    draft.meta.attachments = draft.pick("attachments", some(&stated.attachments), None).unwrap_or_default();
    draft.meta.recognised = raw.recognised;
    draft.meta.relations = related(&mut draft, raw, text);
    let file = Source { sha256: raw.sha256.clone(), ..Source::named(&raw.location) };
    let page = stated.url.clone().map(Source::named);
    draft.meta.sources = page.into_iter().chain([file]).collect();
    draft.meta.origins.sort_by(|a, b| a.0.cmp(&b.0));
    draft.meta
}

/// A list that says something.
fn some<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    Some(list.to_vec()).filter(|list| !list.is_empty())
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

/// The first line that can be a title, else the file's name. The names of issuers above the title are none.
fn fallback_title(raw: &RawDocument, text: &str) -> String {
    let mut lines = text.lines().map(tidy).filter(|line| !line.is_empty()).take(LINES_ABOVE_TITLE);
    let line = lines.find(|line| !issuers::is_above_title(line)).unwrap_or_default();
    match (line.chars().count() <= MAX_TITLE_CHARS, raw.stem.is_empty()) {
        (true, _) => line,
        (false, false) => raw.stem.clone(),
        (false, true) => line.chars().take(MAX_TITLE_CHARS).collect(),
    }
}

fn whose(draft: &mut Draft, raw: &RawDocument, text: &str, gazetteer: &Gazetteer) {
    let (issuers, title) = (draft.meta.issuers.clone(), draft.meta.title.clone());
    let issuers_stated = draft.meta.origins.contains(&("issuers".to_owned(), Origin::Stated));
    let clues = Clues { issuers: &issuers, issuers_stated, title: &title, folders: &raw.folders, text };
    let ministerial = draft.meta.kind == DocumentKind::Rule && raw.folders.iter().any(|folder| folder == "部门规章");
    let national = ministerial
        || matches!(
            draft.meta.kind,
            DocumentKind::Law | DocumentKind::Regulation | DocumentKind::JudicialInterpretation
        );
    if raw.stated.region.is_some() {
        draft.meta.region = draft.pick("region", raw.stated.region.clone(), None);
        let code = draft.meta.region.as_ref();
        let level = code.map(|code| gazetteer.get(code).map_or_else(|| code.level(), |region| region.level));
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
    // A draft states a period that has not come to pass, an interpretation that of another document.
    let not_its_own = matches!(draft.meta.kind, DocumentKind::Draft | DocumentKind::Interpretation);
    let found = if not_its_own { period::Period::default() } else { period::period(&draft.meta.title, text, &issued) };
    // A version adopted after the first commencement cannot have been in force before it was adopted.
    let revised = named.filter(|named| found.effective.is_some_and(|effective| effective < *named));
    let (effective, adopted) = if revised.is_some() { (None, revised) } else { (found.effective, None) };
    draft.meta.dates.effective = draft.pick("effective", stated.effective.or(effective), adopted);
    draft.meta.dates.expires = draft.pick("expires", stated.expires.or(found.expires), None);
    draft.meta.terms = found.terms;
}

fn related(draft: &mut Draft, raw: &RawDocument, text: &str) -> Vec<Relation> {
    if !raw.stated.relations.is_empty() {
        draft.note("relations", Origin::Stated);
        return raw.stated.relations.clone();
    }
    let title = draft.meta.title.clone();
    let mut found = relations::relations(&title, text, draft.meta.kind);
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
        DocumentKind::Law
            | DocumentKind::Regulation
            | DocumentKind::LocalRegulation
            | DocumentKind::Rule
            | DocumentKind::JudicialInterpretation
    );
    // 某办法修正案 is an act of its own, not an edition.
    let edition = lawlike && !draft.meta.title.contains("修正案");
    let basis = adoption::last_revision(text).filter(|_| edition)?;
    let target = Target { title: Some(draft.meta.title.clone()), ..Target::default() };
    Some(Relation::new(RelationKind::Replaces, target).because(basis))
}
