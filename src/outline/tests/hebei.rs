//! A provincial portal's documents, most of them one line each: nothing is lost, and numbered heads are found.

use super::data;
use crate::outline::{letterhead, outline, reflow, unaccounted};

#[test]
fn portal_documents_are_divided_without_loss() {
    let Some(folder) = data("hebei") else { return };
    let raw = std::fs::read_to_string(folder.join("documents.jsonl")).unwrap();
    let (mut documents, mut nodes, mut headed, mut signed, mut bytes) = (0, 0, 0, 0, 0);
    let mut time = std::time::Duration::ZERO;
    for line in raw.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let source = value["text"].as_str().unwrap_or_default();
        let started = std::time::Instant::now();
        let reflowed = reflow(source);
        let outline = outline(&reflowed.text);
        time += started.elapsed();
        assert_eq!(unaccounted(source, &reflowed), 0, "{}", value["id"]);
        assert_eq!(outline.check(&reflowed.text), Ok(()), "{}", value["id"]);
        documents += 1;
        bytes += source.len();
        nodes += outline.nodes().len();
        headed += usize::from(outline.nodes().iter().any(|node| !node.heading.is_empty()));
        signed += usize::from(letterhead(&reflowed.text).written.is_some());
    }
    println!(
        "{documents} documents, {nodes} nodes, {headed} with headings, {signed} with a date of writing, {:.1} MB/s",
        bytes as f64 / 1e6 / time.as_secs_f64()
    );
    assert!(documents > 0);
}
