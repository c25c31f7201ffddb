//! Shows outlines while the parser is worked on: `OUT=file cargo test show -- --ignored --nocapture`.

use crate::outline::{letterhead, outline, reflow, unaccounted};

#[test]
#[ignore = "prints"]
fn show() {
    let list = std::fs::read_to_string("/tmp/show.txt").unwrap();
    for path in list.lines() {
        let raw = std::fs::read_to_string(path).unwrap();
        let reflowed = reflow(&raw);
        println!("===== {path} unaccounted {}", unaccounted(&raw, &reflowed));
        for noise in &reflowed.noise {
            println!("  noise {:?}", noise);
        }
        let text = &reflowed.text;
        println!("{:?}", letterhead(text));
        let outline = outline(text);
        println!("check {:?}", outline.check(text));
        for node in outline.nodes() {
            let own: String = text[node.start..node.own_end].chars().take(60).collect();
            let heading: String = text[node.heading.clone()].chars().take(24).collect();
            println!(
                "{:28} {:10} {:14} [{}] {} {:?}",
                node.id.0,
                node.kind.name(),
                node.label,
                heading,
                own.replace('\n', "⏎"),
                node.responsibilities.iter().map(|r| (&r.role, &r.values)).collect::<Vec<_>>()
            );
        }
    }
}
