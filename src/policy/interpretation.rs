//! Interpretations (政策解读): their forms, and the works their titles name.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// Characters of a text that tell its form: an opening, not a remark further down.
const OPENING_CHARS: usize = 300;
/// Questions a text must hold to be one of questions and answers: fewer are figures of speech.
const QUESTIONS: usize = 2;
/// Shortest name left of a title without its words of interpretation: 解读 alone names nothing.
const NAME_CHARS: usize = 6;

/// The form of an interpretation (解读形式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterpretationForm {
    /// Running text (文字解读).
    Text,
    /// Questions and answers (政策问答).
    Questions,
    /// A picture with its text alternative (图解).
    Picture,
    /// A press conference (新闻发布会).
    PressConference,
    /// An expert or an official speaks (专家解读).
    Expert,
    /// A video with its text alternative (视频解读).
    Video,
}

impl InterpretationForm {
    /// The Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "文字解读",
            Self::Questions => "政策问答",
            Self::Picture => "图解",
            Self::PressConference => "新闻发布会",
            Self::Expert => "专家解读",
            Self::Video => "视频解读",
        }
    }

    /// The name used in JSON.
    #[must_use]
    pub fn json_name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Questions => "questions",
            Self::Picture => "picture",
            Self::PressConference => "press_conference",
            Self::Expert => "expert",
            Self::Video => "video",
        }
    }

    /// The form with this name in JSON.
    #[must_use]
    pub fn from_json_name(name: &str) -> Option<Self> {
        let all = [Self::Text, Self::Questions, Self::Picture, Self::PressConference, Self::Expert, Self::Video];
        all.into_iter().find(|form| form.json_name() == name)
    }

    /// The form that title and text tell; the title counts first.
    #[must_use]
    pub fn of(title: &str, text: &str) -> Self {
        let opening: String = text.chars().take(OPENING_CHARS).collect();
        let holds = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        let asked = text.matches("问：").count().max(text.matches("\n答：").count());
        match () {
            () if holds(title, &["新闻发布会", "吹风会"]) => Self::PressConference,
            () if holds(title, &["图解", "一图", "读懂", "长图", "海报"]) => Self::Picture,
            () if holds(title, &["视频", "动漫", "动画"]) => Self::Video,
            () if holds(title, &["问答", "答记者问", "常见问题", "百问"]) => Self::Questions,
            () if holds(title, &["专家", "负责人", "厅长", "局长", "部长", "主任", "处长"]) => {
                Self::Expert
            }
            () if holds(&opening, &["新闻发布会现场", "举行新闻发布会", "召开新闻发布会"]) => {
                Self::PressConference
            }
            () if asked >= QUESTIONS || holds(&opening, &["回答了记者", "答记者问"]) => Self::Questions,
            () => Self::Text,
        }
    }
}

static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test run")]
    Regex::new(r"《([^《》]{2,160}(?:《[^《》]{2,120}》[^《》]{0,80})*)(》|$)").unwrap()
});

/// Words of a title that speak of interpreting, longer ones first; without them the title of the work is left.
const WORDS: [&str; 27] = [
    "政策解读问答",
    "新闻发布会全程实录",
    "新闻发布会",
    "政策解读",
    "解读材料",
    "文字解读",
    "图文解读",
    "视频解读",
    "专家解读",
    "解读方案",
    "一图读懂",
    "一图看懂",
    "图解",
    "政策问答",
    "常见问题解答",
    "答记者问",
    "问答",
    "起草说明",
    "编制说明",
    "政策简介",
    "详解",
    "解读",
    "【】",
    "：",
    ":",
    "|",
    "丨",
];

/// A work that the title of an interpretation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedWork {
    /// Its name, as it stands there.
    pub name: String,
    /// Whether the name was cut off (…) and is only the beginning.
    pub cut: bool,
    /// Whether it stood in 《》; otherwise it is what is left of the title.
    pub quoted: bool,
}

impl NamedWork {
    /// The works a title names: those in 《》, else the title without the words of interpretation.
    #[must_use]
    pub fn of_title(title: &str) -> Vec<Self> {
        let quoted: Vec<Self> = QUOTED
            .captures_iter(title)
            .filter_map(|captures| {
                let whole = captures.get(1)?.as_str();
                let open = captures.get(2).is_none_or(|end| end.as_str().is_empty());
                let name = whole.trim_end_matches(['.', '…', ' ']);
                Some(Self { name: name.to_owned(), cut: open || name.len() < whole.len(), quoted: true })
            })
            .collect();
        if !quoted.is_empty() {
            return quoted;
        }
        let mut rest = title.to_owned();
        for word in WORDS {
            rest = rest.replace(word, "");
        }
        let rest = rest.trim();
        let name = rest.trim_end_matches(['.', '…', '的', ' ']);
        if name.chars().count() < NAME_CHARS {
            return Vec::new();
        }
        vec![Self { name: name.to_owned(), cut: rest.ends_with(['.', '…']), quoted: false }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_works() {
        let names = |title: &str| -> Vec<(String, bool)> {
            NamedWork::of_title(title).into_iter().map(|work| (work.name, work.cut)).collect()
        };
        assert_eq!(names("《甲市高龄津贴办法》及《实施细则》解读").len(), 2);
        assert_eq!(names("一图读懂丨甲市高龄津贴办法"), [("甲市高龄津贴办法".to_owned(), false)]);
        assert_eq!(names("关于甲市高龄津贴办法的政策解读"), [("关于甲市高龄津贴办法".to_owned(), false)]);
        assert_eq!(names("《甲市教育局关于规范研究生培养..."), [("甲市教育局关于规范研究生培养".to_owned(), true)]);
        assert!(names("政策解读").is_empty());
    }

    #[test]
    fn forms_are_told_from_title_and_text() {
        let of = InterpretationForm::of;
        assert_eq!(of("《甲办法》解读", "一、出台背景"), InterpretationForm::Text);
        assert_eq!(of("《甲办法》政策问答", ""), InterpretationForm::Questions);
        assert_eq!(
            of("《甲办法》解读", "问：谁可以申请？\n答：老人。\n问：何时？\n答：现在。"),
            InterpretationForm::Questions
        );
        assert_eq!(of("一图读懂《甲办法》", ""), InterpretationForm::Picture);
        assert_eq!(of("《甲办法》新闻发布会", ""), InterpretationForm::PressConference);
        assert_eq!(of("市民政局负责人解读《甲办法》", ""), InterpretationForm::Expert);
    }
}
