//! Whatever the text, it has an outline that accounts for every character.

use proptest::prelude::*;

use crate::outline::{outline, reflow, unaccounted};

/// Words that structure is made of, and words that only look so.
const WORDS: [&str; 62] = [
    "第一条",
    "第二条",
    "第三条之一",
    "第十二条规定的",
    "第一章",
    "第二章",
    "总则",
    "第一节",
    "第一编",
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2.",
    "3、",
    "１．",
    "（1）",
    "①",
    "②",
    "1.1",
    "1.1.2",
    "12",
    "2021",
    "年",
    "2021年8月27日",
    "附件",
    "附件1",
    "附件：",
    "目录",
    "关于印发",
    "通知",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "各县人民政府：",
    "某某县人民政府办公室",
    "责任单位：",
    "完成时限:",
    "县教育局、县财政局",
    "。",
    "；",
    "：",
    "，",
    "\n",
    "\n\n",
    " ",
    "\u{3000}\u{3000}",
    "\t",
    "| a | b |",
    "|---|---|",
    "— 1 —",
    "第1页 共3页",
    "- ",
    "（此件公开发布）",
    "抄送：",
    "建设。",
];

fn texts() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![4 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), 1 => ".{0,3}".boxed()],
        0..60,
    )
    .prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn every_text_has_an_outline(text in texts()) {
        let outline = outline(&text);
        prop_assert_eq!(outline.check(&text), Ok(()));
        let joined: String = outline.nodes().iter().map(|node| &text[node.start..node.own_end]).collect();
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(&joined), solid(&text));
        for node in outline.nodes() {
            for responsibility in &node.responsibilities {
                prop_assert!(node.start <= responsibility.range.start && responsibility.range.end <= node.own_end);
                prop_assert!(text.get(responsibility.range.clone()).is_some());
            }
        }
        prop_assert_eq!(super::super::outline(&text), outline);
    }

    #[test]
    fn reflow_loses_nothing(raw in texts()) {
        let reflowed = reflow(&raw);
        prop_assert_eq!(unaccounted(&raw, &reflowed), 0);
        prop_assert!(!reflowed.text.contains("\n\n"));
    }
}
