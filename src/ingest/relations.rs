//! Relations (文件关系) that titles and texts state, each with the words that state it.

use super::find_dates;
use crate::policy::{DocumentKind, DocumentNumber, Relation, RelationKind, Target};
use std::ops::Range;

/// How much of a text's beginning names what it rests on: later sentences use 根据 for conditions.
const PREAMBLE_CHARS: usize = 1200;
/// Longest basis kept: a sentence, not a list of a hundred repealed titles.
const MAX_BASIS_CHARS: usize = 300;
/// Longest sentence that is believed to end something; longer ones are lists or tables run together.
const MAX_ENDING_CHARS: usize = 400;
/// Most characters between a name and the next, or the verb: 和1998年1月1日省人民政府发布的《…》.
const MAX_APART: usize = 36;
/// Shortest title that names one document: 《条例》 and 《规定》 are short for another.
const MIN_TITLE_CHARS: usize = 4;
/// Most relations of one kind taken from one document: repeal lists reach some hundreds.
const MAX_RELATIONS: usize = 300;

pattern!(NAMED, r"《([^《》]{2,120}(?:《[^《》]{2,100}》[^《》]{0,60})*)》\s*(?:[（(]([^（）()]{4,40})[）)])?");
pattern!(BASIS, r"(?:根据|依据|按照|依照|贯彻落实|贯彻|落实)[^。；\n]{0,12}?《");
pattern!(ENDS, r"(?:同时|予以|即行|自行|相应|一并|即)废止|废止《|停止执行|宣布失效|不再执行");
pattern!(UNQUOTED, r"原([\p{Han}]{4,40}?)(?:同时|即行|予以|自行)?废止");
pattern!(KEPT, r"保留|继续有效|继续执行|拟废止");
pattern!(RESTS_ON, r"(?:根据|依据|按照|依照|贯彻|落实|关于废止)[^《》]{0,8}$");
pattern!(FORWARDED, r"转发(?:《([^》]{4,120})》|(\p{Han}{2,30}关于[^《》]{4,100}?))的?(?:通知|函)$");
pattern!(AMENDING, r"关于修(?:改|订)《?([^《》]{2,60}?)》?(?:等.{0,12})?的(?:决定|通知)");
pattern!(DRAFT, r"《?([^《》]{4,100}?)[（(](?:公开)?征求意见稿[）)]");

/// The relations a document states.
pub(super) fn relations(title: &str, text: &str, kind: DocumentKind) -> Vec<Relation> {
    let mut found = Vec::new();
    from_title(title, kind == DocumentKind::Interpretation, &mut found);
    // An interpretation tells what another document rests on and ends, and a draft ends nothing yet.
    if kind.is_authority() {
        bases(title, text, &mut found);
    }
    if kind.is_authority() && kind != DocumentKind::Draft {
        endings(title, text, &mut found);
    }
    let mut kept: Vec<Relation> = Vec::new();
    for relation in found {
        let known = kept.iter().any(|other| other.kind == relation.kind && other.target == relation.target);
        let alike = kept.iter().filter(|other| other.kind == relation.kind).count();
        let names_one = relation.target.title.as_ref().is_none_or(|name| name.chars().count() >= MIN_TITLE_CHARS);
        if !known && names_one && alike < MAX_RELATIONS && relation.target.title.as_deref() != Some(title) {
            kept.push(relation);
        }
    }
    kept
}

fn from_title(title: &str, is_interpretation: bool, found: &mut Vec<Relation>) {
    let mut add = |kind, target| found.push(Relation { kind, target, on: None, basis: Some(title.to_owned()) });
    if is_interpretation {
        match named(title).into_iter().next() {
            Some(target) => add(RelationKind::Interprets, target),
            None => add(RelationKind::Interprets, titled(&without_interpretation_words(title))),
        }
        return;
    }
    if let Some(captures) = FORWARDED.captures(title)
        && let Some(name) = captures.get(1).or_else(|| captures.get(2))
    {
        add(RelationKind::Forwards, titled(name.as_str()));
    }
    if let Some(name) = AMENDING.captures(title).and_then(|captures| captures.get(1)) {
        add(RelationKind::Amends, titled(name.as_str()));
    }
    if title.contains("废止《") || title.contains("废止部分") {
        named(title).into_iter().for_each(|target| add(RelationKind::Repeals, target));
    }
    if let Some(name) = DRAFT.captures(title).and_then(|captures| captures.get(1)) {
        let name = name.as_str();
        let name = ["公开征求", "征求"].iter().find_map(|verb| name.split_once(verb)).map_or(name, |(_, rest)| rest);
        add(RelationKind::DraftOf, titled(name.trim_start_matches('《')));
    }
}

/// 关于X的解读, X政策解读, 一图读懂X: what is left is X.
fn without_interpretation_words(title: &str) -> String {
    const WORDS: [&str; 12] = [
        "一图读懂",
        "图解",
        "政策解读",
        "解读材料",
        "文字解读",
        "图文解读",
        "解读",
        "政策问答",
        "答记者问",
        "：",
        ":",
        "|",
    ];
    let mut name = title.to_owned();
    for word in WORDS {
        name = name.replace(word, "");
    }
    name.trim().trim_end_matches('的').to_owned()
}

/// What the preamble says the document rests on: each 根据《…》、《…》 with what follows it.
fn bases(title: &str, text: &str, found: &mut Vec<Relation>) {
    let end = text.char_indices().nth(PREAMBLE_CHARS).map_or(text.len(), |(at, _)| at);
    let preamble = &text[..end];
    for opening in BASIS.find_iter(preamble) {
        let sentence = sentence_from(preamble, opening.start());
        // Only names joined to each other count: 根据《甲》《乙》和《丙》精神，结合……
        let joined = joined_names(sentence);
        let basis = clip(joined);
        for target in named(joined).into_iter().filter(|target| target.title.as_deref() != Some(title)) {
            found.push(Relation { kind: RelationKind::BasedOn, target, on: None, basis: Some(basis.clone()) });
        }
    }
}

fn joined_names(sentence: &str) -> &str {
    let mut end = 0;
    for name in NAMED.find_iter(sentence) {
        let between = &sentence[end..name.start()];
        let apart = end > 0 && !between.chars().all(|c| matches!(c, '、' | '，' | '和' | '及' | '以' | '与' | ' '));
        if apart {
            break;
        }
        end = name.end();
    }
    &sentence[..end]
}

/// What the text puts an end to.
fn endings(title: &str, text: &str, found: &mut Vec<Relation>) {
    for ending in ENDS.find_iter(text) {
        let range = sentence_around(text, ending.start());
        let sentence = &text[range.clone()];
        // A list of what is kept and what is ended, run together, does not say which is which.
        let is_list = sentence.chars().count() > MAX_ENDING_CHARS || KEPT.is_match(sentence);
        if is_list {
            continue;
        }
        let at = ending.start() - range.start;
        let named = if ending.as_str().ends_with('《') {
            named(joined_names(&sentence[at..]))
        } else {
            named_before(sentence, at)
        };
        for target in named.into_iter().filter(|target| target.title.as_deref() != Some(title)) {
            // The earlier edition of what this document issues: 关于印发《甲办法》的通知 ends an older 《甲办法》.
            let own = target.title.as_ref().is_some_and(|name| title.contains(&format!("《{name}》")));
            let kind = if own && target.number.is_none() { RelationKind::Replaces } else { RelationKind::Repeals };
            let basis = Some(sentence.trim().to_owned());
            found.push(Relation { kind, target, on: date_of_ending(sentence), basis });
        }
    }
}

/// The documents that a sentence names close before the verb, each close to the next: what it rests on stands further off.
fn named_before(sentence: &str, verb: usize) -> Vec<Target> {
    let mut from = verb;
    let mut names = Vec::new();
    for name in NAMED.find_iter(&sentence[..verb]).collect::<Vec<_>>().into_iter().rev() {
        let rests_on = RESTS_ON.is_match(&sentence[..name.start()]);
        if sentence[name.end()..from].chars().count() > MAX_APART || rests_on {
            break;
        }
        from = name.start();
        names.extend(named(name.as_str()));
    }
    names.reverse();
    if !names.is_empty() {
        return names;
    }
    let numbers = DocumentNumber::mentions(&sentence[..verb]).into_iter();
    let clean =
        numbers.filter(|mention| !mention.agency.is_empty() && !mention.agency.contains(['日', '部', '厅', '委']));
    names.extend(clean.filter_map(|m| m.number()).map(|number| Target { number: Some(number), ..Target::default() }));
    if names.is_empty()
        && let Some(name) = UNQUOTED.captures(sentence).and_then(|captures| captures.get(1))
    {
        names.push(titled(name.as_str()));
    }
    names
}

/// The day stated in the sentence that ends something; none when the day is that of another document's publication.
fn date_of_ending(sentence: &str) -> Option<jiff::civil::Date> {
    let (range, date) = find_dates(sentence).into_iter().next()?;
    let from =
        sentence[..range.start].trim_end().ends_with(['自', '从', '于']) && sentence[range.end..].starts_with('起');
    from.then_some(date)
}

/// Documents named with 《》, with the number that follows in brackets.
fn named(text: &str) -> Vec<Target> {
    let targets = NAMED.captures_iter(text).filter_map(|captures| {
        let name = captures.get(1)?.as_str();
        let number = captures.get(2).and_then(|number| DocumentNumber::parse(number.as_str()));
        Some(Target { document: None, number, title: Some(tidy(name)) })
    });
    targets.collect()
}

fn titled(name: &str) -> Target {
    Target { title: Some(tidy(name)), ..Target::default() }
}

fn tidy(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

fn sentence_from(text: &str, start: usize) -> &str {
    let end = text[start..].find(['。', '；', '\n']).map_or(text.len(), |end| start + end);
    &text[start..end]
}

fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let stops = ['。', '；', '\n'];
    let start = text[..at].rfind(stops).map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(stops).map_or(text.len(), |stop| at + stop);
    start..end
}

fn clip(text: &str) -> String {
    text.chars().take(MAX_BASIS_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: RelationKind, title: &str, text: &str, is_interpretation: bool) -> Vec<String> {
        let of = if is_interpretation { DocumentKind::Interpretation } else { DocumentKind::Normative };
        let found = relations(title, text, of).into_iter().filter(|relation| relation.kind == kind);
        found
            .map(|relation| {
                let number = relation.target.number.map(|number| number.to_string()).unwrap_or_default();
                format!("{}{number}", relation.target.title.unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn titles_state_relations() {
        let interprets = |title: &str| of(RelationKind::Interprets, title, "", true);
        assert_eq!(interprets("《青禾县高龄津贴发放办法》政策解读"), ["青禾县高龄津贴发放办法"]);
        assert_eq!(interprets("一图读懂《某某办法》"), ["某某办法"]);
        assert_eq!(interprets("关于某某办法的解读"), ["关于某某办法"]);
        assert_eq!(
            of(RelationKind::DraftOf, "关于公开征求《某县某某办法（征求意见稿）》意见的公告", "", false),
            ["某县某某办法"]
        );
        assert_eq!(of(RelationKind::Amends, "某省人民政府关于修改《某某办法》的决定", "", false), ["某某办法"]);
        assert_eq!(
            of(RelationKind::Forwards, "国务院办公厅转发国家地震局关于加强防震减灾工作意见的通知", "", false),
            ["国家地震局关于加强防震减灾工作意见"]
        );
    }

    #[test]
    fn texts_state_relations_with_their_words() {
        let text = "为做好工作，根据《某甲条例》（国发〔2014〕3号）、《某乙办法》，结合实际，制定本办法。\n\
                    第九条 本办法自2023年7月1日起施行，《某丙办法》（青政规〔2018〕2号）同时废止。\n有下列情形的，应当予以废止：";
        assert_eq!(of(RelationKind::BasedOn, "丁办法", text, false), ["某甲条例国发〔2014〕3号", "某乙办法"]);
        assert_eq!(of(RelationKind::Repeals, "丁办法", text, false), ["某丙办法青政规〔2018〕2号"]);
        let repeal = relations("丁办法", text, DocumentKind::Normative)
            .into_iter()
            .find(|r| r.kind == RelationKind::Repeals)
            .unwrap();
        assert!(text.contains(repeal.basis.as_deref().unwrap()));
        assert_eq!(repeal.on, Some(jiff::civil::date(2023, 7, 1)));
    }

    #[test]
    fn what_is_kept_or_merely_mentioned_is_not_repealed() {
        let repeals = |title: &str, text: &str| of(RelationKind::Repeals, title, text, false);
        assert!(repeals("清理结果目录", "一、保留《甲办法》《乙办法》；二、").is_empty());
        assert!(repeals("清理结果", "保留《甲办法》继续有效，《乙办法》予以废止").is_empty());
        assert_eq!(
            repeals("关于废止《乙管理办法》的决定", "根据《甲部门通知》要求，决定对《乙管理办法》予以废止。"),
            ["乙管理办法"]
        );
        assert!(of(RelationKind::Repeals, "《甲办法》解读", "《丙管理办法》同时废止。", true).is_empty());
        let own =
            of(RelationKind::Replaces, "关于印发《甲管理办法》的通知", "2014年发布的《甲管理办法》同时废止。", false);
        assert_eq!(own, ["甲管理办法"]);
    }
}
