//! Large and hostile texts take time in proportion to their length.

use std::time::Instant;

use crate::outline::{outline, reflow, unaccounted};

/// Bytes of each hostile text.
const SIZE: usize = 400_000;
/// Seconds a hostile text may take in a development build on a busy machine; a quadratic walk would take hours.
const PATIENCE: f64 = 10.0;

#[test]
fn hostile_texts_take_linear_time() {
    let seeds = [
        "第一条 甲。\n",
        "（一）",
        "（一）（二）",
        "一、",
        "“",
        "“一、",
        "（",
        "附件：",
        "附件：\n",
        "附件\n",
        "目录\n",
        "目录\n一\n",
        "1.",
        "1.1.1.1.",
        "第",
        "：",
        "责任单位：",
        "责任单位",
        " ",
        "\u{3000}\u{3000}甲",
        "2021年8月27日",
        "2021年8月27日\n",
        "某某县人民政府\n2021年8月27日\n",
        "|a|\n",
        "a\tb\n",
        "1\n",
        "— 1 —\n标题\n",
        "甲乙丙丁戊己庚辛，\n",
        "关于印发《",
        "某某局",
        "各县：",
        "负责）",
        "（负责）",
        "抄送：甲\n目录\n",
        "\n",
        "甲",
        "（2021",
        "〔2021〕1号",
        "第一章 甲 第一条 ",
        "。一、甲（一）",
        "：\n",
    ];
    for seed in seeds {
        let text = seed.repeat(SIZE / seed.len());
        let started = Instant::now();
        let reflowed = reflow(&text);
        let folded = started.elapsed();
        let outline = outline(&text);
        let divided = started.elapsed() - folded;
        assert_eq!(outline.check(&text), Ok(()), "{seed}");
        assert_eq!(unaccounted(&text, &reflowed), 0, "{seed}");
        let all = started.elapsed();
        if all.as_secs_f64() > 0.5 {
            println!("{seed:?}: reflow {folded:?}, outline {divided:?}, all {all:?}");
        }
        assert!(all.as_secs_f64() < PATIENCE, "{seed:?}: {all:?}");
    }
}
