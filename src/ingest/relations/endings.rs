//! What a text puts an end to (废止): whole documents, and clauses of documents.

use super::names::{self, clip, joined_names, named, numbered, own_work, sentence_around, tidy, titled};
use crate::ingest::find_dates;
use crate::policy::{Relation, RelationKind, Target};

/// Longest sentence that is believed to end something; longer ones are lists or tables run together.
const MAX_ENDING_CHARS: usize = 400;
/// Most characters between a name and the next, or the verb: 和1998年1月1日省人民政府发布的《…》.
const MAX_APART: usize = 36;
/// A name without marks is believed up to here: 原某县某某管理办法同时废止.
const MAX_UNQUOTED_CHARS: usize = 40;

pattern!(
    ENDS,
    r"(?:同时|予以|即行|自行|自动|相应|一并|随之|现予|一律|全部|均|即|也)?(?:废止|作废)|(?:同时|予以|即行|自行|自动|一并|宣布|即)?失效|停止执行|停止施行|停止实施|终止执行|不再执行|不再适用|不再施行|予以撤销"
);
pattern!(
    ENDS_WHAT_FOLLOWS,
    r"(?:废止|停止执行|不再执行|宣布失效|撤销)(?:了)?(?:\p{Han}{0,12}(?:发布|印发|公布|下发|制定)的)?《"
);
pattern!(UNQUOTED, r"原([\p{Han}]{2,40}?)(?:（[^（）]{4,30}）)?(?:同时|即行|予以|自行|一并)?(?:废止|停止执行|失效)");
// 保留 and the like beside an ending: the sentence tells of several fates.
pattern!(KEPT, r"保留|继续有效|继续执行|拟废止|拟修改");
pattern!(RESTS_ON, r"(?:根据|依据|按照|依照|贯彻|落实|执行|参照|关于废止|符合|违反|不符|抵触|一致)[^《》]{0,8}$");
// Words before the verb that make it a condition, a plan or a report of the past.
pattern!(
    NOT_DONE,
    r"(?:应当|应|可以|可|拟|建议|是否|如|若|尚未|未|不得|不予|不|需|需要|已|已经|已被|已于[^，]{0,14}|申请|提出|可能|视为|将被|或者|或|及时|修改、|修订、|制定、|修改|修订|制定|评估|清理|要求|提请|依法|按程序|有权)(?:予以|宣布|及时|其|同时)?$"
);
// What follows a verb that only mentions an ending: 废止的, 废止后, 废止或者.
pattern!(
    ONLY_MENTIONED,
    r"^(?:的(?:$|[^。；\n])|后|或|和|与|、|以|情况|程序|建议|决定|目录|之|前|时|工作|手续|情形|申请|该|其|有关|部分)"
);
pattern!(
    CLAUSES,
    r"第[一二三四五六七八九十百零〇0-9]{1,7}[条章节](?:之[一二三四五六七八九十]{1,2})?(?:第[一二三四五六七八九十0-9]{1,3}款)?(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?项)?"
);
pattern!(PART, r"^(?:中|里|内)?(?:的)?(?:有关|相关|关于|涉及|与|部分|上述|所附|附件)");
pattern!(PLANNED, r"(?:建议|拟|提请|提出|研究)(?:对|将|把)?(?:[^，。；]{0,20}的)?《");
pattern!(CONDITION, r"不一致|抵触|不符|有下列|情形之一|相冲突");

/// What the text puts an end to.
pub(super) fn endings(title: &str, text: &str, found: &mut Vec<Relation>) {
    let shorts = names::short_names(text);
    for ending in ENDS.find_iter(text) {
        let range = sentence_around(text, ending.start());
        let sentence = &text[range.clone()];
        if sentence.trim_start().starts_with('|') {
            continue; // Rows of tables are read as such.
        }
        let at = ending.start() - range.start;
        let end = ending.end() - range.start;
        if !is_done(sentence, at, end) {
            continue;
        }
        let (targets, part) = targets_of(sentence, at);
        for target in targets {
            let target = in_full(target, &shorts, title);
            found.extend(relation(target, &part, title, sentence));
        }
    }
}

/// Whether the sentence ends something rather than speaks of ending.
fn is_done(sentence: &str, at: usize, end: usize) -> bool {
    // A list of what is kept and what is ended, run together, does not say which is which.
    let names: usize = names::places(sentence).iter().map(|place| sentence[place.clone()].chars().count()).sum();
    let chars = sentence.chars().count();
    let is_list = chars > MAX_ENDING_CHARS && names * 2 < chars || KEPT.is_match(sentence);
    let before = &sentence[..at];
    let follows = ENDS_WHAT_FOLLOWS.find_at(sentence, at).is_some_and(|found| found.start() <= end);
    // A quotation is another text: 修改为：“……同时废止”.
    let quoted = before.matches('“').count() > before.matches('”').count();
    // 失效 alone is what permits do: documents are declared so (宣布《…》失效).
    let lapses = &sentence[at..end] == "失效" && !before.contains("宣布");
    let planned = PLANNED.is_match(before) || NOT_DONE.is_match(before.trim_end());
    let mentioned = lapses || ONLY_MENTIONED.is_match(&sentence[end..]) && !follows;
    !is_list && !quoted && !mentioned && !planned && !CONDITION.is_match(sentence)
}

/// The documents a verb ends, and what part of them.
fn targets_of(sentence: &str, at: usize) -> (Vec<Target>, Part) {
    let before = &sentence[..at];
    if let Some(found) = ENDS_WHAT_FOLLOWS.find_at(sentence, at)
        && found.start() <= at + "同时".len() * 2
    {
        let bracket = found.end() - '《'.len_utf8();
        let joined = joined_names(&sentence[bracket..]);
        return (named(joined), Part::of(&sentence[bracket + joined.len()..]));
    }
    let targets = named_before(before);
    let last = names::places(before).last().map_or(0, |place| place.end);
    let part = Part::of(&before[last..]);
    if !targets.is_empty() {
        return (targets, part);
    }
    let unquoted = UNQUOTED.captures(sentence).and_then(|found| found.get(1)).map(|name| name.as_str());
    if let Some(name) = unquoted.filter(|name| name.chars().count() <= MAX_UNQUOTED_CHARS) {
        return (vec![titled(name)], Part::Whole);
    }
    (numbered(before), Part::of(before.rsplit('号').next().unwrap_or_default()))
}

/// What part of a document is meant.
enum Part {
    Whole,
    /// Something in it that is not named by number: 中有关收费的规定.
    Unnamed,
    Clauses(Vec<String>),
}

impl Part {
    /// Reads the words between a name and its verb.
    fn of(between: &str) -> Self {
        let clauses: Vec<String> = CLAUSES.find_iter(between).map(|found| found.as_str().to_owned()).collect();
        match () {
            () if !clauses.is_empty() => Self::Clauses(clauses),
            () if PART.is_match(between.trim_start()) => Self::Unnamed,
            () => Self::Whole,
        }
    }
}

/// The documents that a sentence names close before the verb, each close to the next: what it rests on stands further off.
fn named_before(before: &str) -> Vec<Target> {
    let mut from = before.len();
    let mut found = Vec::new();
    for place in names::places(before).into_iter().rev() {
        let rests_on = RESTS_ON.is_match(&before[..place.start]);
        if before[place.end..from].chars().count() > MAX_APART || rests_on {
            break;
        }
        from = place.start;
        found.extend(named(&before[place]));
    }
    found.reverse();
    found
}

/// A short name (《办法》, 原办法) in full: as the text defines it, else the document's own earlier edition.
fn in_full(target: Target, shorts: &[(String, String)], title: &str) -> Target {
    let Some(name) = target.title.as_deref() else { return target };
    if let Some((_, full)) = shorts.iter().find(|(short, _)| short == name) {
        return Target { title: Some(full.clone()), ..target };
    }
    let own = own_work(title);
    let short = name.chars().count() <= SHORT_NAME_CHARS && target.number.is_none();
    if short && own.trim_end_matches("（试行）").ends_with(name) { titled(&own) } else { target }
}

/// 办法, 实施细则, 管理办法: names that only mean something beside the title.
const SHORT_NAME_CHARS: usize = 5;

fn relation(target: Target, part: &Part, title: &str, sentence: &str) -> Option<Relation> {
    let own = own_work(title);
    let name = target.title.clone().unwrap_or_default();
    let same = tidy(&name) == own || title.contains(&format!("《{name}》"));
    let clauses = if let Part::Clauses(clauses) = part { clauses.clone() } else { Vec::new() };
    let kind = match part {
        Part::Unnamed => RelationKind::Amends,
        // The earlier edition of what this document issues: 关于印发《甲办法》的通知 ends an older 《甲办法》.
        _ if same && target.number.is_none() && clauses.is_empty() && !title.contains("废止") => {
            RelationKind::Replaces
        }
        _ => RelationKind::Repeals,
    };
    let on = date_of_ending(sentence);
    Some(Relation { on, clauses, ..Relation::new(kind, target).because(clip(sentence)) })
}

/// The day stated in the sentence that ends something; none when the day is that of another document's publication.
fn date_of_ending(sentence: &str) -> Option<jiff::civil::Date> {
    find_dates(sentence).into_iter().find_map(|(range, date)| {
        let after = sentence[range.end..].trim_start();
        let begins = sentence[..range.start].trim_end().ends_with(['自', '从', '于']);
        let other = after.starts_with("起施行的") || after.starts_with("起实施的") || after.starts_with("起执行的");
        (begins && (after.starts_with('起') || ENDS.find(after).is_some_and(|verb| verb.start() == 0)) && !other)
            .then_some(date)
    })
}
