//! What matching costs: one profile with everything that explains it, the next question, and the verdicts of 10,000
//! enterprises for all programmes of the demonstration library.
//!
//! `cargo bench --bench eligibility`.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its data has nothing to say")]

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use serde_json::json;
use zhengda::corpus::{Corpus, programmes_of};
use zhengda::eligibility::{Setting, Verdict, match_all, next_question, verdict};
use zhengda::policy::Gazetteer;
use zhengda::policy::programme::{Claimant, GivenProfile, Profile, Rulebook};

struct Library {
    book: Rulebook,
    places: Gazetteer,
    enterprises: Vec<Profile>,
}

/// As many enterprises as a county has.
const ENTERPRISES: u32 = 10_000;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let corpus = Corpus::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap();
    let (book, places) = (programmes_of(&corpus).book, corpus.gazetteer().unwrap());
    let enterprises = (0..ENTERPRISES).map(|number| enterprise(number, &book, &places)).collect();
    Library { book, places, enterprises }
});

impl Library {
    fn setting(&self) -> Setting<'_> {
        Setting { book: &self.book, places: &self.places, as_of: jiff::civil::date(2026, 11, 21) }
    }
}

/// An enterprise of some place, industry and size.
fn enterprise(number: u32, book: &Rulebook, places: &Gazetteer) -> Profile {
    let industry = ["C13", "C35", "F52", "H62", "I65", "A01"][(number % 6) as usize];
    let facts = json!({
        "registered_region": if number.is_multiple_of(4) { "990122" } else { "990121" },
        "industry": industry,
        "staff": number % 700,
        "annual_revenue": u64::from(number % 997) * 100_000,
        "founded": format!("{}-0{}-15", 2005 + number % 20, 1 + number % 9),
        "dishonest": number.is_multiple_of(50),
        "wage_arrears": number.is_multiple_of(70),
        "qualifications": if number.is_multiple_of(9) { vec!["高新技术企业"] } else { Vec::new() },
    });
    GivenProfile::read(&json!({"subject": "企业", "facts": facts}), book, places).unwrap().profile
}

fn main() {
    divan::main();
}

#[divan::bench]
fn ten_thousand_enterprises(bencher: Bencher<'_, '_>) {
    let library = &*LIBRARY;
    let own: Vec<_> =
        library.book.programmes.iter().filter(|programme| programme.audience == Claimant::Enterprise).collect();
    bencher.bench(|| {
        let all = library.enterprises.iter().flat_map(|profile| own.iter().map(move |programme| (programme, profile)));
        all.filter(|(programme, profile)| verdict(programme, profile, library.setting()) == Verdict::Eligible).count()
    });
}

#[divan::bench]
fn one_match(bencher: Bencher<'_, '_>) {
    let library = &*LIBRARY;
    bencher.bench(|| match_all(black_box(&library.enterprises[7]), library.setting()).len());
}

#[divan::bench]
fn one_question(bencher: Bencher<'_, '_>) {
    let library = &*LIBRARY;
    bencher.bench(|| next_question(black_box(&library.enterprises[7]), library.setting()).map(|next| next.waiting));
}
