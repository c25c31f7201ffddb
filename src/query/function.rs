//! Functions asked for as if they were questions (功能): 政策原文pdf下载. No clause answers them; a page does.

use super::matter;

/// What the program can do, and a page does (功能).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// 查文件清单: the list of documents, narrowed.
    List,
    /// 下载原文: the file as published.
    Original,
    /// 找解读: the interpretations of a document.
    Interpretation,
    /// 复制摘要: the words and where they stand, to pass on.
    Copy,
    /// 统计: what was asked and not answered.
    Statistics,
}

patterns! {
    LIST = r"(?:只|仅|单独|专门)(?:要|想)?(?:查|看|搜|列|找|检索|显示)|(?:别|不要|不看|不用|排除)(?:给|要|出|显示|带)?(?:我)?(?:新闻|动态|报道|解读|资讯)";
    KINDS = r"行政规范性文件|规范性文件|政府规章|规章|法律法规|法规|法律|文件|政策|解读|通知|公告";
    ORIGINAL = r"(?i:pdf|word|docx?|ofd|扫描件|原件)|下载|打印版|电子版";
    INTERPRETATION = r"(?:有|找|看|要|给|发|附).{0,4}解读|解读(?:在哪|链接|有没有|有吗|发我|呢)";
    COPY = r"(?:复制|整理|做|转|改|写|生成|压缩|缩|编)(?:成|为|到)?(?:一条|一段|个)?(?:短信|微信|文字版|摘要|截图)|[0-9一二三四五六七八九十百]+\s*个?字(?:以内|之内|内|以下)";
    STATISTICS = r"(?:答不上来|没答上|未答|没有答案|无答案|问得最多|最多人问|最常问|热门|高频|访问量|点击量|提问量|满意度|好评率).{0,12}(?:前[0-9一二三四五六七八九十]+|排行|排名|统计|有哪些|问题|榜|多少|报表)|(?:统计|报表|排行榜).{0,8}(?:提问|咨询|访问|问题)";
    // What function words leave over.
    WORDS = r"(?i:pdf|word|docx?|ofd)|扫描件|原件|下载|打印版|电子版|链接|新闻|动态|报道|解读|资讯|行政规范性文件|规范性文件|政府规章|规章|法律法规|法规|法律|公告|单独|专门|别|显示|排除|列|搜|检索";
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 5] = [Self::List, Self::Original, Self::Interpretation, Self::Copy, Self::Statistics];

    /// The name used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Original => "original",
            Self::Interpretation => "interpretation",
            Self::Copy => "copy",
            Self::Statistics => "statistics",
        }
    }
}

/// Who asks for a function says so in a line; a longer text tells a story.
const LONGEST: usize = 40;

/// The function that a text asks for, when it asks for nothing of a matter beside.
pub(super) fn of(question: &str) -> Option<Function> {
    if question.chars().count() > LONGEST {
        return None;
    }
    if STATISTICS.is_match(question) {
        return Some(Function::Statistics);
    }
    if COPY.is_match(question) {
        return Some(Function::Copy);
    }
    let bare = !matter::is_named(&WORDS.replace_all(question, ""));
    if !bare {
        return None;
    }
    if LIST.is_match(question) && KINDS.is_match(question) {
        return Some(Function::List);
    }
    if ORIGINAL.is_match(question) {
        return Some(Function::Original);
    }
    INTERPRETATION.is_match(question).then_some(Function::Interpretation)
}

/// The kind of document (文种) that a text names.
#[must_use]
pub fn kind_named(question: &str) -> Option<&str> {
    KINDS.find(question).map(|found| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_told_from_questions() {
        for (question, expected) in [
            ("只看规章 不要新闻", Some(Function::List)),
            ("原文word下载", Some(Function::Original)),
            ("有没有解读 发个链接", Some(Function::Interpretation)),
            ("帮我整理成短信发群里", Some(Function::Copy)),
            ("上周没答上的问题排行", Some(Function::Statistics)),
            ("低保申请表在哪下载", None),
            ("规范性文件有效期几年", None),
            ("政策解读要在几天内发布", None),
            ("高龄津贴多少", None),
            ("热门专业毕业生有没有求职补贴", None),
        ] {
            assert_eq!(of(question), expected, "{question}");
        }
    }
}
