//! What the library's own words teach (词汇): prepared once per generation, used by every question.

use std::collections::HashMap;

use crate::analysis::{Analyzer, Lexicon, SoundTable, is_han, normalise};
use crate::policy::{Gazetteer, Level, RegionCode};

use super::question_words;
use super::titles::Titles;

/// A document of the library, by its name.
#[derive(Debug, Clone, Copy)]
pub struct KnownTitle<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its place.
    pub region: Option<&'a RegionCode>,
    /// How many measures it has, when people may call it by that: 二十二条.
    pub measures: Option<u32>,
}

/// Whether documents with this title are called by the number of their measures: …若干措施.
#[must_use]
pub fn is_called_by_measures(title: &str) -> bool {
    const ENDS: &[&str] = &["措施", "若干意见", "若干政策", "若干规定", "政策"];
    let name = crate::policy::work_title(title);
    let name = name.strip_suffix("的通知").unwrap_or(name).trim_end_matches('》');
    ENDS.iter().any(|end| name.ends_with(end))
}

/// The words and titles of a library, prepared for understanding.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub(super) sounds: SoundTable,
    pub(super) titles: Titles,
}

/// Weight of a term or official term of the lexicon, beside counts in the dictionary's corpus: what people come for.
const LEXICON_WEIGHT: f32 = 2_000.0;
/// Weight of a question word.
const QUESTION_WEIGHT: f32 = 20_000.0;
/// Weight of a place that people name without their county: provinces and prefectures.
const PLACE_WEIGHT: f32 = 500.0;
/// Weight of a word of the library for each passage it stands in.
const PASSAGE_WEIGHT: f32 = 20.0;
/// Passages beyond which a word does not become more usual.
const MOST_PASSAGES: u64 = 500;
/// Particles and everyday words of one character, which stand between the words that matter.
const PARTICLES: &str =
    "我你他她的了吗呢吧是在有能要不没给领交办可去到和跟也还就都会这那几钱人家娃月年天日岁元块个次户件亩";
/// Everyday words of questions that documents seldom have.
const EVERYDAY: &[&str] = &[
    "什么",
    "哪个",
    "哪里",
    "怎样",
    "为什么",
    "我妈",
    "我爸",
    "奶奶",
    "爷爷",
    "老人",
    "孩子",
    "我们",
    "今年",
    "去年",
    "明年",
    "现在",
    "一个月",
    "每个月",
    "每个",
    "个月",
    "一年",
    "每月",
    "每年",
    "可以",
    "需要",
    "领取",
    "报销",
    "申请",
    "办理",
    "政府",
    "政策",
    "老家",
    "农村",
    "城里",
    "户口",
    "老板",
    "公司",
    "打工",
    "退休",
    "手机",
    "营收",
    "流水",
    "月薪",
    "年薪",
];

impl Vocabulary {
    /// Prepares the words of a library: its lexicon, its titles, its places and the words of its passages, each with the
    /// number of passages it stands in.
    #[must_use]
    pub fn new<'a>(
        analyzer: &Analyzer,
        lexicon: &Lexicon,
        gazetteer: &Gazetteer,
        titles: impl Iterator<Item = KnownTitle<'a>>,
        passages: impl Iterator<Item = (String, u64)>,
    ) -> Self {
        let mut words: HashMap<String, f32> = HashMap::new();
        let mut add = |word: &str, weight: f32| {
            if !word.is_empty() && word.chars().all(is_han) {
                let known = words.entry(word.to_owned()).or_default();
                *known = known.max(weight);
            }
        };
        for (word, count) in passages.filter(|(word, _)| word.chars().nth(1).is_some()) {
            add(&word, PASSAGE_WEIGHT * count.min(MOST_PASSAGES) as f32);
        }
        for entry in lexicon.entries().iter().filter(|entry| !entry.is_replaced()) {
            for text in std::iter::once(&entry.term).chain(&entry.officials) {
                let folded = normalise(text).text;
                for token in analyzer.words(&folded) {
                    if token.term.chars().nth(1).is_some() {
                        add(&token.term, LEXICON_WEIGHT.min(analyzer.usage(&token.term) as f32).max(1.0));
                    }
                }
                add(&folded, LEXICON_WEIGHT);
            }
        }
        question_words::all().for_each(|word| add(word, QUESTION_WEIGHT));
        EVERYDAY.iter().for_each(|word| add(word, QUESTION_WEIGHT));
        PARTICLES.chars().for_each(|c| add(c.encode_utf8(&mut [0; 4]), LEXICON_WEIGHT));
        let wide =
            gazetteer.regions().iter().filter(|place| matches!(place.level, Level::Provincial | Level::Prefecture));
        for place in wide {
            std::iter::once(&place.name).chain(&place.aliases).for_each(|name| add(name, PLACE_WEIGHT));
        }
        let mut known = Titles::default();
        for title in titles {
            known.add(title, gazetteer);
            if let Some(place) = title.region.and_then(|code| gazetteer.get(code)) {
                std::iter::once(&place.name).chain(&place.aliases).for_each(|name| add(name, LEXICON_WEIGHT));
            }
        }
        Self { sounds: SoundTable::new(&words), titles: known }
    }
}
