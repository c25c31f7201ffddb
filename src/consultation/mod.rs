//! What becomes of a question? The whole trip, and the desk (咨询台) that everything else stands around.

mod cache;
mod life;
mod listing;
mod matching;
mod render;
mod runner_up;
mod search;
mod session;
mod understood;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use jiff::civil::Date;

use crate::answer::{self, Abstention, Consultation, Judgement, NotFound};
use crate::contract::{DocumentListJson, Status};
use crate::index::{Generation, Head, IndexError, View};
use crate::policy::RegionCode;
use crate::query::{self, Background, Enquiry, InformationNeed, KnownTitle, Setting, Vocabulary};
use crate::{ranking, retrieval};

pub use listing::ListOrder;
pub use matching::MatchError;
pub use render::{cited_document, document_json, document_summary, render};
pub use runner_up::{RunnerUp, runners_up};
pub use search::{DocumentFilter, SearchOrder, SearchRequest, search};
pub use session::{MAX_SESSION_CHARS, Sessions, context_after};

use cache::Answers;
use listing::Listing;

/// One generation of the index with what is derived from it: swapped as a whole.
pub struct Library {
    generation: Generation,
    regions: HashSet<RegionCode>,
    vocabulary: Vocabulary,
    listing: Listing,
    answers: Answers,
}

/// The desk: answers questions from the live generation of the index.
pub struct Desk {
    folder: PathBuf,
    library: RwLock<Arc<Library>>,
}

impl Library {
    /// A library over this generation.
    #[must_use]
    pub fn new(generation: Generation) -> Self {
        let regions = generation.heads().iter().filter_map(|head| head.meta.region.clone()).collect();
        let vocabulary = vocabulary(&generation);
        let listing = Listing::of(&generation);
        Self { generation, regions, vocabulary, listing, answers: Answers::new() }
    }

    /// The generation.
    #[must_use]
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// A page of the list of documents, with counts by property.
    #[must_use]
    pub fn list(
        &self,
        filter: &DocumentFilter,
        order: ListOrder,
        as_of: Date,
        page: usize,
        per_page: usize,
    ) -> DocumentListJson {
        self.listing.page(&self.generation, filter, order, as_of, (page, per_page))
    }

    /// The serials of all documents a filter admits, in order.
    #[must_use]
    pub fn serials(&self, filter: &DocumentFilter, order: ListOrder, as_of: Date) -> Vec<u32> {
        self.listing.serials(&self.generation, filter, order, as_of)
    }

    /// Answers a question that stands alone, from the cache when it was asked before.
    pub fn consult(&self, enquiry: &Enquiry) -> Result<Arc<Consultation>, IndexError> {
        self.consult_in(enquiry, &Setting::default())
    }

    /// Answers a question in its setting, from the cache when it was asked before.
    pub fn consult_in(&self, enquiry: &Enquiry, setting: &Setting) -> Result<Arc<Consultation>, IndexError> {
        let asked = (enquiry.clone(), setting.clone());
        if let Some(known) = self.answers.get(&asked) {
            return Ok(known);
        }
        let consultation = Arc::new(self.consult_afresh_in(enquiry, setting)?);
        self.answers.put(asked, &consultation);
        Ok(consultation)
    }

    /// Answers a question that stands alone: the whole flow.
    pub fn consult_afresh(&self, enquiry: &Enquiry) -> Result<Consultation, IndexError> {
        self.consult_afresh_in(enquiry, &Setting::default())
    }

    /// Answers a question that stands alone, as if these documents (serials) were not in the library.
    pub fn consult_without(&self, enquiry: &Enquiry, hidden: &HashSet<u32>) -> Result<Consultation, IndexError> {
        self.whole_flow(enquiry, &Setting::default(), hidden)
    }

    /// Answers a question in its setting: the whole flow, and for what is left of a mixed question once more.
    pub fn consult_afresh_in(&self, enquiry: &Enquiry, setting: &Setting) -> Result<Consultation, IndexError> {
        self.whole_flow(enquiry, setting, &HashSet::new())
    }

    fn whole_flow(
        &self,
        enquiry: &Enquiry,
        setting: &Setting,
        hidden: &HashSet<u32>,
    ) -> Result<Consultation, IndexError> {
        let consultation = self.of_every_place(self.attend(enquiry, setting, hidden)?, hidden)?;
        let Some(question) = consultation.need.rest.clone() else { return Ok(consultation) };
        let rest = Enquiry { question, ..enquiry.clone() };
        Ok(answer::beside(consultation, self.attend(&rest, setting, hidden)?))
    }

    /// The consultation beside those of the other places that its question names, each asked by itself.
    fn of_every_place(&self, first: Consultation, hidden: &HashSet<u32>) -> Result<Consultation, IndexError> {
        let fixed = matches!(first.status, Status::Emergency | Status::Refused | Status::NeedsFact);
        if first.need.regions_beside.is_empty() || fixed || first.need.function.is_some() {
            return Ok(first);
        }
        let mut parts = vec![first.clone()];
        for place in &first.need.regions_beside {
            let need = InformationNeed { region: Some(place.clone()), ..first.need.clone() };
            parts.push(self.look_up(InformationNeed { regions_beside: Vec::new(), ..need }, hidden)?);
        }
        Ok(answer::side_by_side(&self.generation, parts).unwrap_or(first))
    }

    /// Answers a question, a follow-up first from the documents of the answer before, then from the whole library.
    fn attend(&self, enquiry: &Enquiry, setting: &Setting, hidden: &HashSet<u32>) -> Result<Consultation, IndexError> {
        let consultation = self.look_up(self.understand_in(enquiry, setting), hidden)?;
        let need = &consultation.need;
        let in_vain = consultation.status == Status::NotFound && need.function.is_none();
        if in_vain && need.asks_of_documents_before() {
            return self.look_up(self.understand_in(enquiry, &setting.released()), hidden);
        }
        Ok(consultation)
    }

    /// From a need to its answer.
    fn look_up(&self, need: InformationNeed, hidden: &HashSet<u32>) -> Result<Consultation, IndexError> {
        let generation = &self.generation;
        if let Some(abstention) = must_abstain(&need) {
            return Ok(answer::abstain(generation, need, abstention, None));
        }
        let candidates = retrieval::candidates_without(generation, &need, hidden)?;
        let ranking = ranking::rank(generation, &need, candidates)?;
        if let Some(ask) = answer::needed(generation, &need, &ranking) {
            return Ok(answer::abstain(generation, need, Abstention::NeedsFact(ask), Some(ranking)));
        }
        let mut consultation = match answer::select_evidence(generation, &need, &ranking)? {
            Judgement::Evidence(evidence) => answer::compose(generation, need, evidence, ranking)?,
            Judgement::Abstention(abstention) => answer::abstain(generation, need, abstention, Some(ranking)),
        };
        consultation.notes = answer::notes(generation, &consultation);
        consultation.offers = answer::offers(generation, &consultation);
        Ok(consultation)
    }

    /// Understands a question that stands alone, and nothing more.
    #[must_use]
    pub fn understand(&self, enquiry: &Enquiry) -> InformationNeed {
        self.understand_in(enquiry, &Setting::default())
    }

    /// Understands a question in its setting.
    fn understand_in(&self, enquiry: &Enquiry, setting: &Setting) -> InformationNeed {
        let stands = |word: &str| self.generation.doc_freq(View::Grams, word).is_ok_and(|count| count > 0);
        let background = Background {
            analyzer: self.generation.analyzer(),
            gazetteer: self.generation.gazetteer(),
            lexicon: self.generation.lexicon(),
            learnt: self.generation.learnt(),
            directory: self.generation.directory(),
            regions: &self.regions,
            vocabulary: &self.vocabulary,
            stands: &stands,
        };
        answer::with_stated_kinds(query::understand_in(enquiry, setting, &background))
    }
}

/// The words and titles of a generation, prepared for understanding.
fn vocabulary(generation: &Generation) -> Vocabulary {
    let mut words: Vec<(String, u64)> = Vec::new();
    // Should the terms not be readable, the search itself will say so; understanding does with the lexicon.
    let _ = generation.for_each_term(View::Words, |word, count| words.push((word.to_owned(), count)));
    let counted = |head: &Head| {
        let document = query::is_called_by_measures(&head.meta.title).then(|| generation.document(head.serial).ok());
        document.flatten().and_then(|document| ranking::measures(document.outline()))
    };
    let titles = generation.heads().iter().map(|head| KnownTitle {
        title: &head.meta.title,
        region: head.meta.region.as_ref(),
        measures: counted(head),
    });
    Vocabulary::new(generation.analyzer(), generation.lexicon(), generation.gazetteer(), titles, words.into_iter())
}

/// What a question says by itself that keeps it from the library.
fn must_abstain(need: &query::InformationNeed) -> Option<Abstention> {
    match (&need.emergency, need.refusal, need.function) {
        (Some(_), _, _) => Some(Abstention::Emergency),
        (None, Some(refusal), _) => Some(Abstention::Refused(refusal)),
        (None, None, Some(function)) => Some(Abstention::Function(function)),
        (None, None, None) if need.is_empty() => Some(Abstention::NotFound(NotFound::Nothing)),
        (None, None, None) => None,
    }
}

impl Desk {
    /// Opens the live generation of an index folder.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let library = Library::new(crate::index::open(folder)?);
        Ok(Self { folder: folder.to_owned(), library: RwLock::new(Arc::new(library)) })
    }

    /// The library as it is now; keep it for the whole of a request.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Takes up a newer generation when one was published. Tells whether it did.
    pub fn refresh(&self) -> Result<bool, IndexError> {
        let live = crate::index::current(&self.folder)?;
        let held = self.library().generation().number();
        if live.is_none_or(|manifest| manifest.generation == held) {
            return Ok(false);
        }
        let fresh = Arc::new(Library::new(crate::index::open(&self.folder)?));
        *self.library.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(true)
    }
}
