//! Sessions (会话): what the last question of a conversation left behind, in memory only and not for long.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use lru::LruCache;

use crate::answer::{Consultation, Quoted};
use crate::contract::Status;
use crate::query::Context;

/// Longest name of a session that is accepted: a UUID has 36 characters, a signed token some hundred.
pub const MAX_SESSION_CHARS: usize = 128;
/// Conversations remembered at once: some two megabytes; the one that has been silent longest goes first.
const KEPT: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");
/// A conversation silent for longer is over: whoever comes back asks anew.
const SILENCE: Duration = Duration::from_secs(30 * 60);

/// When something was said, and what it left behind.
type Said = (Instant, Arc<Context>);

/// The conversations going on, by the names that clients gave them. Nothing of them is written or logged; a context
/// holds no more of a question than what it was about, personal numbers masked.
pub struct Sessions(Mutex<LruCache<String, Said>>);

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Sessions {
    /// What the last question of a session left behind, unless it has been silent too long by `now`.
    #[must_use]
    pub fn recall(&self, session: &str, now: Instant) -> Option<Arc<Context>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, context) = kept.get(session)?;
        if now.saturating_duration_since(*at) <= SILENCE {
            return Some(context.clone());
        }
        kept.pop(session);
        None
    }

    /// Keeps what a question left behind; an over-long name is not kept.
    pub fn remember(&self, session: &str, context: Context, now: Instant) {
        if session.chars().count() <= MAX_SESSION_CHARS {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.put(session.to_owned(), (now, Arc::new(context)));
        }
    }
}

/// What a consultation leaves behind for the next question; nothing when it was refused, alarming or a function: then
/// what was said before still stands. `day` is the one the asker named.
#[must_use]
pub fn context_after(consultation: &Consultation, day: Option<Date>) -> Option<Context> {
    let aside = matches!(consultation.status, Status::Refused | Status::Emergency | Status::Unavailable);
    if aside || consultation.need.function.is_some() || consultation.need.is_empty() {
        return None;
    }
    let titles = consultation.quotes.iter().map(|quoted| quoted.document.meta().title.clone()).collect();
    let clause = consultation.quotes.first().and_then(answered_for);
    Some(Context::of(&consultation.need, titles, clause, day))
}

/// The clause of a quote, when it says itself who answers for it: then 那谁负责的 asks of that clause.
fn answered_for(quoted: &Quoted) -> Option<String> {
    let outline = quoted.document.outline();
    let noted = outline.lineage(quoted.node).into_iter().any(|at| !outline.nodes()[at].responsibilities.is_empty());
    quoted.document.clause_at(quoted.node).filter(|_| noted).map(|clause| clause.label().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_forgotten_after_a_silence_and_beyond_its_number() {
        let sessions = Sessions::default();
        let now = Instant::now();
        let context = Context { matter: "低保".to_owned(), ..Context::default() };
        sessions.remember("甲", context.clone(), now);
        assert_eq!(sessions.recall("甲", now + SILENCE).as_deref(), Some(&context));
        assert!(sessions.recall("乙", now).is_none());
        assert!(sessions.recall("甲", now + SILENCE + Duration::from_secs(1)).is_none());
        sessions.remember(&"长".repeat(MAX_SESSION_CHARS + 1), context.clone(), now);
        assert!(sessions.recall(&"长".repeat(MAX_SESSION_CHARS + 1), now).is_none());
        for number in 0..=KEPT.get() {
            sessions.remember(&number.to_string(), context.clone(), now);
        }
        assert!(sessions.recall("0", now).is_none() && sessions.recall("1", now).is_some());
    }
}
