//! Tests of the room: nasty cases written for it, arbitrary texts, and the real documents beside the repository.

mod cases;
mod hebei;
mod laws;
mod properties;
mod seeds;
mod speed;

use std::path::PathBuf;

/// A folder of the real data beside the repository; none, with a word about it, when it is not there.
fn data(folder: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let found = [beside, PathBuf::from("/work/shared/data")]
        .into_iter()
        .map(|root| root.join(folder))
        .find(|path| path.exists());
    if found.is_none() {
        println!("skipped: no real data in ../shared/data/{folder}");
    }
    found
}
