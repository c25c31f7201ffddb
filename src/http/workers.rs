//! The workers (工位): a bounded pool for the work that takes a core, so that connections never wait for a question.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::limits::{Limits, QUEUE_PER_CORE};
use super::measures;
use super::problem::Problem;

/// As many places as cores, and a queue that does not grow without bound.
#[derive(Debug, Clone)]
pub(super) struct Workers {
    places: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    patience: Duration,
}

/// Counts one who waits, also when the client hangs up meanwhile.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Workers {
    /// Workers under these limits.
    pub(super) fn new(limits: &Limits) -> Self {
        let cores = match limits.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            workers => workers,
        };
        Self {
            places: Arc::new(Semaphore::new(cores)),
            waiting: Arc::default(),
            most_waiting: cores.saturating_mul(QUEUE_PER_CORE),
            patience: limits.queue,
        }
    }

    /// Does a piece of work on a thread of its own; turns it away when no place frees in time.
    pub(super) async fn run<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce() -> T + Send + 'static,
    {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            drop(Waiting(&self.waiting));
            measures::turned_away();
            return Err(Problem::busy());
        }
        let waiting = Waiting(&self.waiting);
        let place = tokio::time::timeout(self.patience, self.places.clone().acquire_owned()).await;
        drop(waiting);
        let Ok(Ok(place)) = place else {
            measures::turned_away();
            return Err(Problem::busy());
        };
        // The place goes with the work: a client that hangs up does not free a core that is still busy.
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|error| {
            tracing::error!(%error, "处理请求的任务异常中止");
            Problem::internal()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_beyond_the_cores_is_turned_away_in_time() {
        let limits = Limits { workers: 1, queue: Duration::from_millis(50), ..Limits::default() };
        let workers = Workers::new(&limits);
        let busy = workers.clone();
        let long = tokio::spawn(async move { busy.run(|| std::thread::sleep(Duration::from_millis(400))).await });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(workers.run(|| 1).await.unwrap_err().status().as_u16(), 503);
        assert!(long.await.unwrap().is_ok());
        assert_eq!(workers.run(|| 1).await.unwrap(), 1);
        assert_eq!(workers.waiting.load(Ordering::Relaxed), 0);
        let broken: Result<(), Problem> = workers.run(|| panic!("for the test")).await;
        assert_eq!(broken.unwrap_err().status().as_u16(), 500);
    }
}
