//! What every library knows (内置词表与地名): the places of China, the lexicon, the emergency numbers. A library with
//! files of its own uses those instead.

/// The divisions of China (GB/T 2260).
pub(super) const REGIONS: &str = include_str!("../../corpus/regions/china.tsv");

/// Emergency replies, to be confirmed by the operator.
pub(super) const EMERGENCY: &str = include_str!("../../corpus/directory/emergency.yaml");

/// Everyday words and official terms.
pub(super) const LEXICON: &[(&str, &str)] = &[
    ("falv.tsv", include_str!("../../corpus/lexicon/falv.tsv")),
    ("fangyan.tsv", include_str!("../../corpus/lexicon/fangyan.tsv")),
    ("huiqi.tsv", include_str!("../../corpus/lexicon/huiqi.tsv")),
    ("jiaoyu.tsv", include_str!("../../corpus/lexicon/jiaoyu.tsv")),
    ("jigou.tsv", include_str!("../../corpus/lexicon/jigou.tsv")),
    ("jiuye.tsv", include_str!("../../corpus/lexicon/jiuye.tsv")),
    ("laodong-xingshi-xingzheng.tsv", include_str!("../../corpus/lexicon/laodong-xingshi-xingzheng.tsv")),
    ("minfa-caichan.tsv", include_str!("../../corpus/lexicon/minfa-caichan.tsv")),
    ("minfa-renshen.tsv", include_str!("../../corpus/lexicon/minfa-renshen.tsv")),
    ("minfa-tiao-1.tsv", include_str!("../../corpus/lexicon/minfa-tiao-1.tsv")),
    ("minfa-tiao-2.tsv", include_str!("../../corpus/lexicon/minfa-tiao-2.tsv")),
    ("nongye.tsv", include_str!("../../corpus/lexicon/nongye.tsv")),
    ("shehui-baozhang.tsv", include_str!("../../corpus/lexicon/shehui-baozhang.tsv")),
    ("yiliao.tsv", include_str!("../../corpus/lexicon/yiliao.tsv")),
    ("zhengwu.tsv", include_str!("../../corpus/lexicon/zhengwu.tsv")),
    ("zhufang.tsv", include_str!("../../corpus/lexicon/zhufang.tsv")),
];
