//! Records (记录): the shapes that are written, which postcard can read back and read fast.
//!
//! postcard does not tell fields apart, so types that leave fields out when they are empty cannot be written with it.
//! Metadata therefore has a shape of its own here, which also spares the parsing of dates and numbers at opening.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::IndexError;
use super::head::{Head, Related};
use super::interpretation::InterpretationLink;
use super::passage::Passage;
use super::store::Location;
use crate::policy::{
    Attachment, Audience, ClauseNode, Dates, Disagreement, Disclosure, DocumentId, DocumentKind, DocumentNumber,
    GazetteIssue, Level, LifeEvent, Link, Metadata, Origin, Place, PolicyDocument, Provenance, RegionCode, Relation,
    RelationKind, Source, Target, Term,
};

/// Text and outline of a document.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record<'r> {
    pub(crate) text: &'r str,
    pub(crate) nodes: Cow<'r, [ClauseNode]>,
}

impl<'r> Record<'r> {
    pub(crate) fn encode(document: &'r PolicyDocument) -> Result<Vec<u8>, IndexError> {
        let record = Record { text: document.text(), nodes: Cow::Borrowed(document.outline().nodes()) };
        encode(&record)
    }

    pub(crate) fn decode(bytes: &'r [u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}

/// Encodes a record.
pub(crate) fn encode(record: &impl Serialize) -> Result<Vec<u8>, IndexError> {
    postcard::to_allocvec(record).map_err(|error| IndexError::Encode(error.to_string()))
}

/// A day as yyyymmdd; 0 is none.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Day(u32);

impl From<Option<Date>> for Day {
    fn from(date: Option<Date>) -> Self {
        let packed = date.and_then(|date| {
            let (year, month, day) = (u32::try_from(date.year()).ok()?, date.month().unsigned_abs(), date.day());
            Some(year * 10_000 + u32::from(month) * 100 + u32::from(day.unsigned_abs()))
        });
        Self(packed.unwrap_or(0))
    }
}

impl From<Day> for Option<Date> {
    fn from(Day(packed): Day) -> Self {
        let year = i16::try_from(packed / 10_000).ok()?;
        let month = i8::try_from(packed / 100 % 100).ok()?;
        let day = i8::try_from(packed % 100).ok()?;
        Date::new(year, month, day).ok()
    }
}

#[derive(Serialize, Deserialize)]
struct RelationRecord {
    kind: RelationKind,
    document: Option<DocumentId>,
    number: Option<String>,
    title: Option<String>,
    on: Day,
    until: Day,
    clauses: Vec<String>,
    basis: Option<String>,
}

impl From<&Relation> for RelationRecord {
    fn from(relation: &Relation) -> Self {
        Self {
            kind: relation.kind,
            document: relation.target.document.clone(),
            number: relation.target.number.as_ref().map(DocumentNumber::stored),
            title: relation.target.title.clone(),
            on: relation.on.into(),
            until: relation.until.into(),
            clauses: relation.clauses.clone(),
            basis: relation.basis.clone(),
        }
    }
}

impl From<RelationRecord> for Relation {
    fn from(record: RelationRecord) -> Self {
        let number = record.number.as_deref().and_then(DocumentNumber::from_key);
        let target = Target { document: record.document, number, title: record.title };
        let (on, until) = (record.on.into(), record.until.into());
        Self { kind: record.kind, target, on, until, clauses: record.clauses, basis: record.basis }
    }
}

#[derive(Serialize, Deserialize)]
struct SourceRecord {
    location: String,
    sha256: String,
    gazette: Option<GazetteIssue>,
}

impl From<&Source> for SourceRecord {
    fn from(source: &Source) -> Self {
        let Source { location, sha256, gazette } = source.clone();
        Self { location, sha256, gazette }
    }
}

impl From<SourceRecord> for Source {
    fn from(record: SourceRecord) -> Self {
        let SourceRecord { location, sha256, gazette } = record;
        Self { location, sha256, gazette }
    }
}

#[derive(Serialize, Deserialize)]
struct MetaRecord {
    id: DocumentId,
    title: String,
    number: Option<String>,
    index_number: Option<String>,
    issuers: Vec<String>,
    region: Option<RegionCode>,
    level: Option<Level>,
    kind: DocumentKind,
    themes: Vec<String>,
    audience: Vec<Audience>,
    dates: [Day; 4],
    disclosure: Disclosure,
    attachments: Vec<(String, Option<String>)>,
    links: Vec<(String, String)>,
    copied_to: Vec<String>,
    elements: Vec<(String, String)>,
    recognised: bool,
    sources: Vec<SourceRecord>,
    version: u32,
    relations: Vec<RelationRecord>,
    terms: Vec<Term>,
    origins: Vec<(String, Origin, Option<Place>)>,
    disagreements: Vec<Disagreement>,
}

impl From<&Metadata> for MetaRecord {
    fn from(meta: &Metadata) -> Self {
        let dates = &meta.dates;
        Self {
            id: meta.id.clone(),
            title: meta.title.clone(),
            number: meta.number.as_ref().map(DocumentNumber::stored),
            index_number: meta.index_number.clone(),
            issuers: meta.issuers.clone(),
            region: meta.region.clone(),
            level: meta.level,
            kind: meta.kind,
            themes: meta.themes.clone(),
            audience: meta.audience.clone(),
            dates: [dates.written.into(), dates.published.into(), dates.effective.into(), dates.expires.into()],
            disclosure: meta.disclosure,
            attachments: meta.attachments.iter().map(|one| (one.title.clone(), one.location.clone())).collect(),
            links: meta.links.iter().map(|one| (one.title.clone(), one.url.clone())).collect(),
            copied_to: meta.copied_to.clone(),
            elements: meta.elements.clone(),
            recognised: meta.recognised,
            sources: meta.sources.iter().map(SourceRecord::from).collect(),
            version: meta.version,
            relations: meta.relations.iter().map(RelationRecord::from).collect(),
            terms: meta.terms.clone(),
            origins: meta.origins.iter().map(|(field, from)| (field.clone(), from.origin, from.place)).collect(),
            disagreements: meta.disagreements.clone(),
        }
    }
}

impl From<MetaRecord> for Metadata {
    fn from(record: MetaRecord) -> Self {
        let [written, published, effective, expires] = record.dates.map(Option::from);
        Self {
            id: record.id,
            title: record.title,
            number: record.number.as_deref().and_then(DocumentNumber::from_key),
            index_number: record.index_number,
            issuers: record.issuers,
            region: record.region,
            level: record.level,
            kind: record.kind,
            themes: record.themes,
            audience: record.audience,
            dates: Dates { written, published, effective, expires },
            disclosure: record.disclosure,
            attachments: record
                .attachments
                .into_iter()
                .map(|(title, location)| Attachment { title, location })
                .collect(),
            links: record.links.into_iter().map(|(title, url)| Link { title, url }).collect(),
            copied_to: record.copied_to,
            elements: record.elements,
            recognised: record.recognised,
            sources: record.sources.into_iter().map(Source::from).collect(),
            version: record.version,
            relations: record.relations.into_iter().map(Relation::from).collect(),
            terms: record.terms,
            origins: record
                .origins
                .into_iter()
                .map(|(field, origin, place)| (field, Provenance { origin, place }))
                .collect(),
            disagreements: record.disagreements,
        }
    }
}

/// A head as it is written.
#[derive(Serialize, Deserialize)]
pub(crate) struct HeadRecord {
    serial: u32,
    meta: MetaRecord,
    text_sha256: String,
    passages: Vec<Passage>,
    events: Vec<LifeEvent>,
    interprets: Vec<u32>,
    interpreted_by: Vec<u32>,
    links: Vec<InterpretationLink>,
    related: Vec<Related>,
    digest: String,
    location: Location,
    bridge: u64,
    cited_by: u32,
}

impl From<&Head> for HeadRecord {
    fn from(head: &Head) -> Self {
        Self {
            serial: head.serial,
            meta: (&head.meta).into(),
            text_sha256: head.text_sha256.clone(),
            passages: head.passages.clone(),
            events: head.events.clone(),
            interprets: head.interprets.clone(),
            interpreted_by: head.interpreted_by.clone(),
            links: head.links.clone(),
            related: head.related.clone(),
            digest: head.digest.clone(),
            location: head.location,
            bridge: head.bridge,
            cited_by: head.cited_by,
        }
    }
}

impl From<HeadRecord> for Head {
    fn from(record: HeadRecord) -> Self {
        Self {
            serial: record.serial,
            meta: record.meta.into(),
            text_sha256: record.text_sha256,
            passages: record.passages,
            events: record.events,
            interprets: record.interprets,
            interpreted_by: record.interpreted_by,
            links: record.links,
            related: record.related,
            digest: record.digest,
            location: record.location,
            bridge: record.bridge,
            cited_by: record.cited_by,
        }
    }
}

/// What is kept of a document that is not public: what it does to others, so that a repealed text is not cited as in
/// force. Neither its title nor its words are written.
#[derive(Serialize, Deserialize)]
pub(crate) struct WithheldRecord {
    id: DocumentId,
    digest: String,
    kind: DocumentKind,
    region: Option<RegionCode>,
    commencement: Day,
    relations: Vec<RelationRecord>,
}

/// A document that is not public, as the build needs it.
#[derive(Debug, Clone)]
pub(crate) struct Withheld {
    pub(crate) id: DocumentId,
    pub(crate) digest: String,
    pub(crate) kind: DocumentKind,
    pub(crate) region: Option<RegionCode>,
    pub(crate) commencement: Option<Date>,
    pub(crate) relations: Vec<Relation>,
}

impl From<&Withheld> for WithheldRecord {
    fn from(withheld: &Withheld) -> Self {
        Self {
            id: withheld.id.clone(),
            digest: withheld.digest.clone(),
            kind: withheld.kind,
            region: withheld.region.clone(),
            commencement: withheld.commencement.into(),
            relations: withheld.relations.iter().map(RelationRecord::from).collect(),
        }
    }
}

impl From<WithheldRecord> for Withheld {
    fn from(record: WithheldRecord) -> Self {
        Self {
            id: record.id,
            digest: record.digest,
            kind: record.kind,
            region: record.region,
            commencement: record.commencement.into(),
            relations: record.relations.into_iter().map(Relation::from).collect(),
        }
    }
}
