//! Enrichment (元数据补全): what letterhead, title, text and folders say about a document, each value with its origin.

mod adoption;
mod around;
mod issuers;
mod kind;
mod running;

use super::place::{self, Clues};
use super::{RawDocument, gazette, period, relations};
use crate::outline::Letterhead;
use crate::policy::{
    Disagreement, DocumentId, DocumentKind, Gazetteer, Level, Metadata, Origin, Place, Provenance, Relation,
    RelationKind, Source, Target,
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
    fn note(&mut self, field: &str, from: Provenance) {
        self.meta.origins.push((field.to_owned(), from));
    }

    /// Keeps that another place says something else.
    fn odds(&mut self, field: &str, kept: (String, Place), other: (String, Place)) {
        let (field, (kept, kept_from), (other, other_from)) = (field.to_owned(), kept, other);
        self.meta.disagreements.push(Disagreement { field, kept, kept_from, other, other_from });
    }

    /// Takes the stated value, else the inferred one, and notes which.
    fn pick<T>(&mut self, field: &str, stated: Claim<T>, inferred: Claim<T>) -> Option<T> {
        let (value, from) = match (stated, inferred) {
            (Some((value, place)), _) => (value, Provenance::stated(place)),
            (None, Some((value, place))) => (value, Provenance::inferred(place)),
            (None, None) => return None,
        };
        self.note(field, from);
        Some(value)
    }

    /// Takes the first of two stated values, else the inferred one; of two that differ the second is kept beside.
    fn weigh<T: PartialEq + ToString>(&mut self, field: &str, stated: [Claim<T>; 2], inferred: Claim<T>) -> Option<T> {
        let [first, second] = stated;
        if let (Some((kept, kept_from)), Some((other, other_from))) = (&first, &second)
            && kept != other
        {
            self.odds(field, (kept.to_string(), *kept_from), (other.to_string(), *other_from));
        }
        self.pick(field, first.or(second), inferred)
    }
}

/// A value and where it stands.
type Claim<T> = Option<(T, Place)>;

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
    let from = |field: &str| stated.place_of(field);
    title(&mut draft, raw, text, letterhead);
    let number = letterhead.number.as_ref().map(|(_, number)| number.clone()).or_else(|| running::number(text));
    let number = number.map(|number| (number, Place::Head));
    let catalogued = stated.number.clone().map(|number| (number, from("number")));
    let same = matches!((&catalogued, &number), (Some((one, _)), Some((two, _))) if one.key() == two.key());
    draft.meta.number = draft.weigh("number", [catalogued, number.filter(|_| !same)], None);
    let index_number = stated.index_number.clone().map(|index| (index, from("index_number")));
    let index_number = index_number.or_else(|| around::element(letterhead, "索引号"));
    draft.meta.index_number = draft.pick("index_number", index_number, None);
    draft.meta.issuers = issuers::issuers(&mut draft, raw, text, letterhead);
    kind::kind(&mut draft, raw, text, gazetteer);
    whose(&mut draft, raw, text, gazetteer);
    let themes = some(&stated.themes, from("themes"));
    let themes = themes.or_else(|| around::element(letterhead, "主题分类").map(|(theme, place)| (vec![theme], place)));
    draft.meta.themes = draft.pick("themes", themes, None).unwrap_or_default();
    draft.meta.audience = draft.pick("audience", some(&stated.audience, from("audience")), None).unwrap_or_default();
    dates(&mut draft, raw, text, letterhead);
    around::disclosure(&mut draft, raw, letterhead);
    around::attachments(&mut draft, raw, letterhead);
    around::elements(&mut draft, raw, letterhead);
    draft.meta.recognised = raw.recognised;
    draft.meta.relations = related(&mut draft, raw, text);
    let gazette = gazette::issue(raw, text, &draft.meta.issuers);
    let file = Source { sha256: raw.sha256.clone(), gazette, ..Source::named(&raw.location) };
    let page = stated.url.clone().map(Source::named);
    draft.meta.sources = page.into_iter().chain([file]).collect();
    around::others(&mut draft, stated);
    draft.meta.origins.sort_by(|a, b| a.0.cmp(&b.0));
    draft.meta
}

/// A list that says something.
fn some<T: Clone>(list: &[T], place: Place) -> Claim<Vec<T>> {
    Some((list.to_vec(), place)).filter(|(list, _)| !list.is_empty())
}

/// The title: as the source states it, else as it stands in the text; the first line or the file's name otherwise.
fn title(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) {
    let found = Some(tidy(&letterhead.title_text)).filter(|title| !title.is_empty() && !issuers::is_authority(title));
    let found = found.map(|title| (title, Place::Head));
    let stated = raw.stated.title.as_deref().map(|title| (tidy(title), raw.stated.place_of("title")));
    // A page may leave the issuer out of the title or give the title of what was issued alone.
    let bare = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let found = found.filter(|(found, _)| {
        let (found, stated) = (bare(found), stated.as_ref().map(|(title, _)| bare(title)).unwrap_or_default());
        stated.is_empty() || !(found.contains(&stated) || stated.contains(&found))
    });
    draft.meta.title = draft.weigh("title", [stated, found], Some(fallback_title(raw, text))).unwrap_or_default();
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
fn fallback_title(raw: &RawDocument, text: &str) -> (String, Place) {
    let mut lines = text.lines().map(tidy).filter(|line| !line.is_empty()).take(LINES_ABOVE_TITLE);
    let line = lines.find(|line| !issuers::is_above_title(line)).unwrap_or_default();
    match (line.chars().count() <= MAX_TITLE_CHARS, raw.stem.is_empty()) {
        (true, _) => (line, Place::Text),
        (false, false) => (raw.stem.clone(), Place::FileName),
        (false, true) => (line.chars().take(MAX_TITLE_CHARS).collect(), Place::Text),
    }
}

fn whose(draft: &mut Draft, raw: &RawDocument, text: &str, gazetteer: &Gazetteer) {
    let (issuers, title) = (draft.meta.issuers.clone(), draft.meta.title.clone());
    let issuers_stated =
        draft.meta.origins.iter().any(|(field, from)| field == "issuers" && from.origin == Origin::Stated);
    let clues = Clues { issuers: &issuers, issuers_stated, title: &title, folders: &raw.folders, text };
    let ministerial = draft.meta.kind == DocumentKind::Rule && raw.folders.iter().any(|folder| folder == "部门规章");
    let national = ministerial
        || matches!(
            draft.meta.kind,
            DocumentKind::Law | DocumentKind::Regulation | DocumentKind::JudicialInterpretation
        );
    let stated_level = raw.stated.level.map(|level| (level, raw.stated.place_of("level")));
    if let Some(region) = raw.stated.region.clone() {
        draft.meta.region = draft.pick("region", Some((region, raw.stated.place_of("region"))), None);
        let code = draft.meta.region.as_ref();
        let level = code.map(|code| gazetteer.get(code).map_or_else(|| code.level(), |region| region.level));
        draft.meta.level = draft.pick("level", stated_level, level.map(|level| (level, Place::Region)));
    } else if national {
        draft.meta.level = draft.pick("level", stated_level, Some((Level::National, Place::Issuer)));
    } else if let Some(whose) = place::whose(&clues, gazetteer) {
        if whose.region.is_some() {
            draft.note("region", whose.origin);
        }
        draft.meta.region = whose.region;
        draft.meta.level = draft.pick("level", stated_level, whose.level.map(|level| (level, Place::Region)));
    } else {
        draft.meta.level = draft.pick("level", stated_level, None);
    }
}

fn dates(draft: &mut Draft, raw: &RawDocument, text: &str, letterhead: &Letterhead) {
    let stated = &raw.stated;
    // Laws carry the date of the version in the file's name: 某法(2023-09-01).md
    let named = super::parse_date(&raw.stem);
    let from = |field: &str| stated.place_of(field);
    let signed =
        letterhead.written.as_ref().map(|(_, date)| (*date, letterhead.written_from.unwrap_or(Place::Signature)));
    let signed = signed.or_else(|| running::signed(text).map(|(_, date)| (date, Place::Signature)));
    let catalogued = stated.written.map(|date| (date, from("written")));
    let by_name = named.map(|date| (date, Place::FileName));
    draft.meta.dates.written = draft.weigh("written", [catalogued, signed], by_name);
    let published = stated.published.map(|date| (date, from("published")));
    let published = published.or_else(|| around::day(letterhead, "发布日期"));
    draft.meta.dates.published = draft.pick("published", published, None);
    let issued = draft.meta.dates;
    // A draft states a period that has not come to pass, an interpretation that of another document.
    let not_its_own = matches!(draft.meta.kind, DocumentKind::Draft | DocumentKind::Interpretation);
    let found = if not_its_own { period::Period::default() } else { period::period(&draft.meta.title, text, &issued) };
    // A version adopted after the first commencement cannot have been in force before it was adopted.
    let revised = named.filter(|named| found.effective.is_some_and(|effective| effective < *named));
    let (effective, adopted) = if revised.is_some() { (None, revised) } else { (found.effective, None) };
    draft.meta.dates.effective = draft.pick(
        "effective",
        stated.effective.map(|date| (date, from("effective"))).or(effective.map(|date| (date, Place::Text))),
        adopted.map(|date| (date, Place::FileName)),
    );
    draft.meta.dates.expires = draft.pick(
        "expires",
        stated.expires.map(|date| (date, from("expires"))).or(found.expires.map(|date| (date, Place::Text))),
        None,
    );
    draft.meta.terms = found.terms;
}

fn related(draft: &mut Draft, raw: &RawDocument, text: &str) -> Vec<Relation> {
    if !raw.stated.relations.is_empty() {
        draft.note("relations", Provenance::stated(raw.stated.place_of("relations")));
        return raw.stated.relations.clone();
    }
    let title = draft.meta.title.clone();
    let mut found = relations::relations(&title, text, draft.meta.kind);
    found.extend(replaces(draft, text));
    if !found.is_empty() {
        draft.note("relations", Provenance::stated(Place::Text));
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
