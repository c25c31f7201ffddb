//! The lexicon (词表): what people say, and what documents call it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{is_han, normalise};

/// Longest official term taught to the word cutter; longer ones are sentences or titles and would swallow their words.
const LONGEST_OFFICIAL_WORD: usize = 8;
/// Longest everyday word taught to the word cutter that only points at a matter: 小孩摔伤了 would swallow 摔伤.
const LONGEST_LOOSE_WORD: usize = 4;
/// Shortest word taught to the word cutter.
const SHORTEST_WORD: usize = 2;
/// Columns of a lexicon file, in the order of [`LexiconEntry`]'s fields; the last may be left out.
const COLUMNS: [&str; 6] = ["term", "official", "relation", "domain", "note", "sense"];

/// An entry of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconEntry {
    /// What people say (俗称).
    pub term: String,
    /// What documents call it (规范用语), the best first.
    pub officials: Vec<String>,
    /// How the two relate: 俗称, 简称, 同义, 上位, 错字 …
    pub relation: String,
    /// The field of policy it belongs to.
    pub domain: String,
    /// A remark for the people who keep the lexicon.
    pub note: String,
    /// In which company the term has this sense.
    pub sense: Sense,
}

impl LexiconEntry {
    /// Whether the official terms are wider or narrower than the term rather than other names of it.
    #[must_use]
    pub fn is_loose(&self) -> bool {
        matches!(self.relation.as_str(), "broader" | "narrower")
    }

    /// Whether the term says nothing in an official text and gives way to the official one.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        matches!(self.relation.as_str(), "dialect" | "typo")
    }
}

/// The company of words in which a term means what its entry says (义项限定): 工资 beside 拖欠 is 劳动报酬, beside 计算 it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sense {
    /// Of each of these groups one stands beside it; none asks for nothing.
    pub with: Vec<Vec<String>>,
    /// None of these stands beside it.
    pub without: Vec<String>,
}

impl Sense {
    /// Whether a folded text holds the company asked for beside the range where the term stands.
    fn fits(&self, text: &str, term: &Range<usize>) -> bool {
        let (before, after) = (&text[..term.start], &text[term.end..]);
        let holds = |word: &String| before.contains(word.as_str()) || after.contains(word.as_str());
        self.with.iter().all(|group| group.iter().any(holds)) && !self.without.iter().any(holds)
    }

    /// Reads `with:词|词 with:词 without:词`, whose parts must all hold; none when it is written otherwise.
    fn parse(text: &str) -> Option<Self> {
        let mut sense = Self::default();
        for part in text.split([';', '；', ' ']).filter(|part| !part.is_empty()) {
            let (limit, words) = part.split_once(':')?;
            let words = words.split('|').filter(|word| !word.is_empty()).map(|word| normalise(word).text);
            match limit {
                "with" => sense.with.push(words.collect()),
                "without" => sense.without.extend(words),
                _ => return None,
            }
        }
        Some(sense)
    }
}

/// Why lexicon files cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// The first line does not name the columns.
    #[error(
        "词表 {file} 第 {line} 行应为表头：term、official、relation、domain、note、sense（可无）各列，以制表符分隔"
    )]
    Header {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// A line lacks the term or the official term.
    #[error("词表 {file} 第 {line} 行缺少{what}；每行至少要有 term 和 official，以制表符分隔")]
    Missing {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is missing.
        what: &'static str,
    },
    /// A line has more columns than the header.
    #[error("词表 {file} 第 {line} 行多于六列；备注中不能有制表符")]
    TooMany {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// The limits of a sense cannot be read.
    #[error("词表 {file} 第 {line} 行的义项限定（sense）应写作 with:词|词 或 without:词|词，几项以空格分开")]
    Sense {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
    },
}

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconHit<'l> {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Its entry.
    pub entry: &'l LexiconEntry,
}

/// All entries, with their places by folded term.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<LexiconEntry>", into = "Vec<LexiconEntry>")]
pub struct Lexicon {
    entries: Vec<LexiconEntry>,
    by_term: HashMap<String, Vec<usize>>,
    officials: HashSet<String>,
    longest: usize,
}

impl From<Vec<LexiconEntry>> for Lexicon {
    fn from(entries: Vec<LexiconEntry>) -> Self {
        let mut by_term: HashMap<String, Vec<usize>> = HashMap::new();
        let mut longest = 0;
        let officials =
            entries.iter().flat_map(|entry| &entry.officials).map(|official| normalise(official).text).collect();
        for (index, entry) in entries.iter().enumerate() {
            let term = normalise(&entry.term).text;
            longest = longest.max(term.chars().count());
            by_term.entry(term).or_default().push(index);
        }
        Self { entries, by_term, officials, longest }
    }
}

impl From<Lexicon> for Vec<LexiconEntry> {
    fn from(lexicon: Lexicon) -> Self {
        lexicon.entries
    }
}

impl Lexicon {
    /// Reads files given as (name, content): tab-separated, a header first, officials separated by `|`; empty lines
    /// and lines that begin with `#` are skipped. A term may have several entries.
    pub fn parse(files: &[(String, String)]) -> Result<Self, LexiconError> {
        let mut entries = Vec::new();
        for (file, content) in files {
            let content = content.strip_prefix('\u{feff}').unwrap_or(content);
            let mut lines = content
                .lines()
                .enumerate()
                .map(|(index, line)| (index + 1, line))
                .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
            match lines.next() {
                Some((_, header)) if is_header(header) => {}
                Some((line, _)) => return Err(LexiconError::Header { file: file.clone(), line }),
                None => return Err(LexiconError::Header { file: file.clone(), line: 1 }),
            }
            for (line, text) in lines {
                entries.push(parse_line(file, line, text)?);
            }
        }
        Ok(Self::from(entries))
    }

    /// All entries, in the order of the files.
    #[must_use]
    pub fn entries(&self) -> &[LexiconEntry] {
        &self.entries
    }

    /// Whether a folded word is an official term or another name of one: a word of policy. Dialect and typing errors are
    /// neither, nor are everyday words that only point at a matter (稿子, 邻居).
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        let plain = |index: &usize| {
            let entry = &self.entries[*index];
            !entry.is_loose() && !entry.is_replaced()
        };
        self.officials.contains(word) || self.by_term.get(word).is_some_and(|indexes| indexes.iter().any(plain))
    }

    /// Terms found in a text, longest first at each place, not overlapping; several entries of one term give several
    /// hits with one range.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Vec<LexiconHit<'_>> {
        let folded = normalise(text);
        let bounds: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
        let mut hits = Vec::new();
        let mut from = 0;
        while from + 1 < bounds.len() {
            let longest = self.longest.min(bounds.len() - 1 - from);
            let hit = (1..=longest)
                .rev()
                .map(|len| bounds[from]..bounds[from + len])
                .filter(|range| whole(&folded.text, range))
                .map(|range| (self.meant(&folded.text, &range), range))
                .find(|(entries, _)| !entries.is_empty());
            let Some((entries, range)) = hit else {
                from += 1;
                continue;
            };
            let original = folded.original_range(range.clone());
            hits.extend(entries.into_iter().map(|entry| LexiconHit { range: original.clone(), entry }));
            from = bounds.partition_point(|&bound| bound < range.end);
        }
        hits
    }

    /// The entries of the term in this range of a folded text that have their sense there.
    fn meant(&self, text: &str, range: &Range<usize>) -> Vec<&LexiconEntry> {
        let places = self.by_term.get(&text[range.clone()]);
        places
            .into_iter()
            .flatten()
            .map(|&at| &self.entries[at])
            .filter(|entry| entry.sense.fits(text, range))
            .collect()
    }

    /// The words that a word cutter should know.
    pub(super) fn words(&self) -> Vec<String> {
        let longest = |entry: &LexiconEntry| if entry.is_loose() { LONGEST_LOOSE_WORD } else { usize::MAX };
        let terms = self.entries.iter().map(|entry| (entry.term.as_str(), longest(entry)));
        let officials =
            self.entries.iter().flat_map(|entry| &entry.officials).map(|word| (word.as_str(), LONGEST_OFFICIAL_WORD));
        let mut words: Vec<String> = terms
            .chain(officials)
            .map(|(word, longest)| (normalise(word).text, longest))
            .filter(|(word, longest)| (SHORTEST_WORD..=*longest).contains(&word.chars().count()))
            .map(|(word, _)| word)
            .filter(|word| word.chars().all(char::is_alphanumeric))
            .collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Tells lexicons apart whose words differ.
    pub(super) fn digest(&self) -> String {
        /// Digits of the digest kept: 64 bits are plenty to tell two lexicons apart.
        const DIGEST_BYTES: usize = 8;
        let hash = Sha256::digest(self.words().join("\n").as_bytes());
        hash.iter().take(DIGEST_BYTES).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a find does not cut a Latin word or a number in two.
fn whole(text: &str, range: &Range<usize>) -> bool {
    let latin = |c: char| c.is_alphanumeric() && !is_han(c);
    let cuts = |left: Option<char>, right: Option<char>| left.is_some_and(latin) && right.is_some_and(latin);
    let found = &text[range.clone()];
    !cuts(text[..range.start].chars().next_back(), found.chars().next())
        && !cuts(found.chars().next_back(), text[range.end..].chars().next())
}

fn parse_line(file: &str, line: usize, text: &str) -> Result<LexiconEntry, LexiconError> {
    let mut columns = text.split('\t').map(str::trim);
    let mut next = || columns.next().unwrap_or_default().to_owned();
    let (term, officials, relation, domain, note, sense) = (next(), next(), next(), next(), next(), next());
    if columns.next().is_some() {
        return Err(LexiconError::TooMany { file: file.to_owned(), line });
    }
    let officials: Vec<String> =
        officials.split('|').map(str::trim).filter(|official| !official.is_empty()).map(str::to_owned).collect();
    let missing = |what| LexiconError::Missing { file: file.to_owned(), line, what };
    if term.is_empty() {
        return Err(missing("俗称（term）"));
    }
    if officials.is_empty() {
        return Err(missing("规范用语（official）"));
    }
    let sense = Sense::parse(&sense).ok_or_else(|| LexiconError::Sense { file: file.to_owned(), line })?;
    Ok(LexiconEntry { term, officials, relation, domain, note, sense })
}

/// Whether a line names the columns; files without limits of sense may leave the last one out.
fn is_header(line: &str) -> bool {
    let columns = || line.split('\t').map(str::trim);
    columns().eq(COLUMNS) || columns().eq(COLUMNS[..COLUMNS.len() - 1].iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "term\tofficial\trelation\tdomain\tnote";

    fn parse(content: &str) -> Result<Lexicon, LexiconError> {
        Lexicon::parse(&[("社保.tsv".to_owned(), content.to_owned())])
    }

    #[test]
    fn finds_the_longest_and_leads_back() {
        let lexicon =
            parse(&format!("{HEADER}\n# 注\n\n低保\t最低生活保障\t简称\t救助\t\n低保金\t最低生活保障金\t\t\n"))
                .unwrap();
        let text = "領低保金要什么，低保呢";
        let hits = lexicon.find_in(text);
        let found: Vec<_> = hits.iter().map(|hit| &text[hit.range.clone()]).collect();
        assert_eq!(found, ["低保金", "低保"]);
        assert_eq!(hits[0].entry.officials, ["最低生活保障金"]);
        let json = serde_json::to_string(&lexicon).unwrap();
        assert_eq!(serde_json::from_str::<Lexicon>(&json).unwrap().entries(), lexicon.entries());
    }

    #[test]
    fn a_term_means_what_its_company_says() {
        let lines = "押金\t租赁物\tbroader\t\t\twith:房东|租房\n押金\t旅游服务质量保证金\tbroader\t\t\twith:旅行社 without:房东\n";
        let lexicon = parse(&format!("{HEADER}\tsense\n{lines}")).unwrap();
        let officials = |text: &str| -> Vec<String> {
            lexicon.find_in(text).iter().flat_map(|hit| hit.entry.officials.clone()).collect()
        };
        assert_eq!(officials("房东不退押金"), ["租赁物"]);
        assert_eq!(officials("旅行社押金"), ["旅游服务质量保证金"]);
        assert!(officials("押金").is_empty());
    }

    #[test]
    fn errors_name_file_and_line() {
        for (content, words) in [
            ("低保\t最低生活保障\n".to_owned(), "社保.tsv 第 1 行"),
            (format!("{HEADER}\n低保\n"), "社保.tsv 第 2 行缺少规范用语"),
            (format!("{HEADER}\n\n\tx\n"), "社保.tsv 第 3 行缺少俗称"),
            (format!("{HEADER}\na\tb\tc\td\te\t\tg\n"), "社保.tsv 第 2 行多于六列"),
            (format!("{HEADER}\tsense\na\tb\tc\td\te\t只有\n"), "社保.tsv 第 2 行的义项限定"),
        ] {
            let message = parse(&content).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
