//! Sentences that speak of the document itself (本办法……), told from those that speak of permits and contracts.

/// 本办法, 本暂行规定, 《办法》 in an interpretation-like notice; not 本省, 本单位.
const NOUNS: &str = r"法|条例|办法|规定|规则|细则|规程|规范|准则|通知|意见|方案|措施|标准|公告|文件|政策|决定|决议|通告|指引|指南|制度|章程|目录|清单|计划|规划|预案|要点|批复|解释|命令|令|函|纲要|基准|协定|实施";

pattern!(
    NUMBERING,
    r"^[\s　]*(?:(第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?)[\s　]*|(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[0-9]{1,2}[.．、])[\s　]*)"
);
pattern!(
    ARTICLE,
    r"(?:^|[\s　。；])(第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十]{1,2})?)[\s　\p{Han}]"
);

pattern!(RUN_ON, r"(第[一二三四五六七八九十百零〇0-9]{1,7}条)[\s　]*(本条例|本[^条款]|除本|除第)");

/// A sentence in its place.
#[derive(Debug, Clone)]
pub(super) struct Sentence<'t> {
    /// Its words without the number of its clause, verbatim.
    pub(super) words: &'t str,
    /// The label of the article in which it stands; empty outside articles.
    pub(super) at: String,
    /// The sentence before it in the same paragraph.
    pub(super) before: &'t str,
}

/// The sentences of a text. A stop inside a quotation ends none: “……。” is another text's sentence.
pub(super) fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut label = String::new();
        let mut before = "";
        for raw in line.split(['。', '；']).flat_map(|raw| raw.split("　　")) {
            let (mut words, number) = unnumbered(raw);
            if let Some(article) = number.or_else(|| last_article(raw)) {
                label = article.to_owned();
            }
            // 第四章附则第十三条本办法……: headings and articles run together; the sentence begins with the last of them.
            if let Some(found) = RUN_ON.captures_iter(words).last()
                && let (Some(article), Some(first)) = (found.get(1), found.get(2))
            {
                label = article.as_str().to_owned();
                words = &words[first.start()..];
            }
            let words = words.trim();
            if !words.is_empty() {
                found.push(Sentence { words, at: label.clone(), before });
                before = words;
            }
        }
    }
    found
}

/// A sentence without its number, and the article's label when the number is one. 第三章自…起施行 keeps its subject.
fn unnumbered(raw: &str) -> (&str, Option<&str>) {
    let Some(captures) = NUMBERING.captures(raw) else { return (raw, None) };
    let (Some(whole), article) = (captures.get(0), captures.get(1)) else { return (raw, None) };
    let rest = &raw[whole.end()..];
    // 第八条自2025年1月1日起施行: the number is what the sentence speaks of.
    let spaced = whole.as_str().ends_with([' ', '　', '\t']);
    let is_subject = article.is_some() && !spaced && rest.starts_with(['自', '从', '的', '、', '和', '至', '第']);
    if is_subject { (raw, None) } else { (rest, article.map(|found| found.as_str())) }
}

/// An article that begins inside a run-on sentence.
fn last_article(raw: &str) -> Option<&str> {
    ARTICLE.captures_iter(raw).last().and_then(|captures| captures.get(1)).map(|found| found.as_str())
}

/// A pattern of what names the document itself at the beginning of a clause.
pub(super) fn subject() -> String {
    format!(
        r"(?:(?:以上|上述|本|此|该)(?:\p{{Han}}{{0,8}}?)(?:{NOUNS})|本《[^》]{{2,40}}》|《[^》]{{2,80}}》(?:[（(][^）)]{{2,30}}[）)])?)"
    )
}
