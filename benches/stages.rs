//! Where the time of a consultation goes, stage by stage, beside the bare search engine's top ten of the same run.
//!
//! `cargo bench --bench stages`, with `ZHENGDA_BENCH` naming a folder in BEIR layout for another collection than the
//! demonstration library. First divan's table (one iteration asks all questions of the sample), then the percentiles of
//! each stage over the questions and their ratio to those of the bare top ten: that ratio is the same on every machine,
//! the milliseconds are not.
#![expect(clippy::print_stdout, reason = "a benchmark speaks on the terminal")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its data has nothing to say")]

mod collection;

use std::collections::HashSet;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use collection::Collection;
use divan::Bencher;
use divan::counter::ItemsCount;
use zhengda::answer;
use zhengda::consultation::Library;
use zhengda::evaluation::{Latency, Ratio};
use zhengda::index::{self, View};
use zhengda::query::{Enquiry, InformationNeed};
use zhengda::ranking::{self, Ranking};
use zhengda::retrieval::{self, Candidates};

/// Questions asked, evenly spread over the collection: what is kept between the stages fits into memory.
const QUESTIONS: usize = 150;
/// Rounds per question and stage; the best counts, so that other work on the machine does not.
const ROUNDS: usize = 3;

/// A question with what each stage makes of it.
struct Asked {
    enquiry: Enquiry,
    need: InformationNeed,
    candidates: Candidates,
    ranking: Ranking,
}

struct Bench {
    name: String,
    library: Library,
    asked: Vec<Asked>,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    let collection = Collection::load();
    let place = tempfile::tempdir().unwrap();
    collection.build(place.path());
    let library = Library::new(index::open(place.path()).unwrap());
    let step = collection.enquiries.len().div_ceil(QUESTIONS).max(1);
    let asked = collection.enquiries.into_iter().step_by(step).map(|enquiry| {
        let need = library.understand(&enquiry);
        let candidates = retrieval::candidates(library.generation(), &need).unwrap();
        let ranking = ranking::rank(library.generation(), &need, candidates.clone()).unwrap();
        Asked { enquiry, need, candidates, ranking }
    });
    let asked = asked.collect();
    // The mapped files stay readable although the folder is gone.
    Bench { name: collection.name, library, asked }
});

/// Does its work for one question, and tells how long it took.
type Stage = fn(&Library, &Asked) -> Duration;

/// Every stage, the bare search engine first.
const STAGES: &[(&str, Stage)] = &[
    ("bare top ten", bare),
    ("analysis", analysis),
    ("understanding", understanding),
    ("retrieval", retrieval),
    ("ranking", ranking),
    ("evidence", evidence),
    ("whole consultation", consultation),
];

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let done = black_box(work());
    let taken = begun.elapsed();
    drop(done);
    taken
}

/// Ten passages for all grams of the question, by the search engine alone, on the same index.
fn bare(library: &Library, asked: &Asked) -> Duration {
    timed(|| {
        let mut seen = HashSet::new();
        let grams = library.generation().analyzer().grams(&asked.enquiry.question).into_iter();
        let terms = grams.filter(|token| seen.insert(token.term.clone())).map(|token| (token.term, 1.0));
        let terms: Vec<(String, f32)> = terms.collect();
        library.generation().top(View::Grams, &terms, 10).unwrap()
    })
}

fn analysis(library: &Library, asked: &Asked) -> Duration {
    let analyzer = library.generation().analyzer();
    timed(|| (analyzer.grams(&asked.enquiry.question), analyzer.words(&asked.enquiry.question)))
}

fn understanding(library: &Library, asked: &Asked) -> Duration {
    timed(|| library.understand(&asked.enquiry))
}

fn retrieval(library: &Library, asked: &Asked) -> Duration {
    timed(|| retrieval::candidates(library.generation(), &asked.need).unwrap())
}

fn ranking(library: &Library, asked: &Asked) -> Duration {
    let candidates = asked.candidates.clone();
    timed(|| ranking::rank(library.generation(), &asked.need, candidates).unwrap())
}

fn evidence(library: &Library, asked: &Asked) -> Duration {
    timed(|| answer::select_evidence(library.generation(), &asked.need, &asked.ranking).unwrap())
}

fn consultation(library: &Library, asked: &Asked) -> Duration {
    timed(|| library.consult_afresh(&asked.enquiry).unwrap())
}

#[divan::bench(args = STAGES.iter().map(|(name, _)| *name), sample_count = 10, sample_size = 1)]
fn stage(bencher: Bencher<'_, '_>, wanted: &str) {
    let (_, work) = STAGES.iter().find(|(name, _)| *name == wanted).unwrap();
    let all = || BENCH.asked.iter().map(|asked| work(&BENCH.library, asked)).sum::<Duration>();
    bencher.counter(ItemsCount::new(BENCH.asked.len())).bench_local(all);
}

fn main() {
    LazyLock::force(&BENCH);
    divan::main();
    ratios(&BENCH);
}

/// Percentiles of each stage over the questions, in turns with the bare search.
fn ratios(bench: &Bench) {
    println!("{}: {} questions", bench.name, bench.asked.len());
    println!("{:<20} {:>9} {:>9} {:>9}   ratio to bare at p50, p95, p99", "stage", "p50 ms", "p95 ms", "p99 ms");
    let mut times = vec![Vec::new(); STAGES.len()];
    for asked in &bench.asked {
        let mut best = vec![Duration::MAX; STAGES.len()];
        for _ in 0..ROUNDS {
            for ((_, work), best) in STAGES.iter().zip(&mut best) {
                *best = (*best).min(work(&bench.library, asked));
            }
        }
        for (times, best) in times.iter_mut().zip(best) {
            times.push(best.as_secs_f64() * 1e3);
        }
    }
    let latencies: Vec<Latency> = times.into_iter().map(Latency::of).collect();
    for ((name, _), latency) in STAGES.iter().zip(&latencies) {
        let ratio = Ratio::of(*latency, latencies[0]);
        println!(
            "{name:<20} {:>9.3} {:>9.3} {:>9.3}   {:.2} {:.2} {:.2}",
            latency.p50, latency.p95, latency.p99, ratio.p50, ratio.p95, ratio.p99
        );
    }
}
