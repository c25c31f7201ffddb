//! Answers already given, per generation of the index.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use crate::answer::Consultation;
use crate::query::{Enquiry, Setting};

/// Answers kept: some ten megabytes at most, more than a day of distinct questions to a county's window.
const KEPT: NonZeroUsize = NonZeroUsize::new(2_048).expect("not zero");

/// All that an answer depends on beside the library.
pub(super) type Asked = (Enquiry, Setting);

/// The cache. It lives and dies with its generation, so that a new index never gives an old answer.
pub(super) struct Answers(Mutex<LruCache<Asked, Arc<Consultation>>>);

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answers")
    }
}

impl Answers {
    pub(super) fn new() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }

    pub(super) fn get(&self, asked: &Asked) -> Option<Arc<Consultation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(asked).cloned()
    }

    pub(super) fn put(&self, asked: Asked, consultation: &Arc<Consultation>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(asked, consultation.clone());
    }
}
