//! Prolonged and confirmed documents: 关于延长《X》有效期的通知, 《X》继续有效.

use super::names::{self, clip, named, sentence_around, titled};
use crate::ingest::period::last_day;
use crate::policy::{Relation, RelationKind, Target};

pattern!(
    TITLED,
    r"关于(?:继续)?(?:延长|顺延|延续|延期执行|延期实施|继续执行|继续实施|继续施行|适当延长)(?:[《〈]([^《》〈〉]{4,120})[》〉]|([^《〈]{2,80}?(?:办法|规定|细则|通知|意见|措施|方案|条例|规则|公告|决定)(?:（试行）)?))\s*(?:[（(][^（）]{4,30}[）)])?(?:等\p{Han}{0,8}文件)?(?:的)?(?:有效期限?|执行期限?|实施期限?|施行期限?|试行期限?|政策期限|期限|有关事项|有关问题|执行时间)?(?:的)?(?:通知|公告|决定|函|通告)"
);
pattern!(
    TITLED_BEFORE,
    r"关于[《〈]([^《》〈〉]{4,120})[》〉](?:[（(][^（）]{4,30}[）)])?(?:等\p{Han}{0,8}文件)?(?:延长|延期|延续|顺延|继续执行|继续有效|继续实施)(?:有效期限?|执行期限?|执行|实施)?的(?:通知|公告|决定|函)"
);
pattern!(
    EXTENDED,
    r"(?:延长|顺延|延续|延期|继续执行|继续有效|继续实施|继续施行)(?:执行|实施|施行)?(?:，?有效期)?(?:至|到)\s*([^。；，,、\n至到]{4,16}?(?:日|底|末|月))"
);
pattern!(PERIOD_UNTIL, r"有效期限?(?:延长|顺延|延续|调整)?(?:至|到|为)\s*([^。；，,、\n至到]{4,16}?(?:日|底|末|月))");
pattern!(LENGTHENED, r"(?:有效期限?|执行期限?|施行期限?|实施期限?)(?:再)?(?:延长|顺延|延续)");
pattern!(CONTINUES, r"继续有效|继续执行|继续施行|继续适用");
pattern!(CONDITION, r"可以|应当|如|若|期满前|届满前|申请|证书|成绩|资格|经评估.{0,12}的|需要|应|拟");

/// What the title and the sentences prolong or confirm.
pub(super) fn extensions(title: &str, text: &str, found: &mut Vec<Relation>) {
    let first = found.len();
    for cue in EXTENDED.find_iter(text).chain(LENGTHENED.find_iter(text)).chain(CONTINUES.find_iter(text)) {
        let range = sentence_around(text, cue.start());
        let sentence = &text[range.clone()];
        let before = &sentence[..cue.start() - range.start];
        if CONDITION.is_match(before) {
            continue;
        }
        for target in subject_of(before) {
            let known = found[first..].iter().any(|other| other.target == target);
            if !known {
                found.push(relation(sentence, target));
            }
        }
    }
    let captures = TITLED.captures(title).or_else(|| TITLED_BEFORE.captures(title));
    let Some(captures) = captures.filter(|_| found.len() == first) else { return };
    let Some(name) = captures.get(1).or_else(|| captures.get(2)) else { return };
    let target = named(title).into_iter().next().unwrap_or_else(|| titled(name.as_str()));
    let until = EXTENDED.captures(text).or_else(|| PERIOD_UNTIL.captures(text));
    match until.and_then(|captures| Some((captures.get(0)?.start(), last_day(captures.get(1)?.as_str())?))) {
        Some((at, day)) => {
            let words = clip(&text[sentence_around(text, at)]);
            found.push(Relation { until: Some(day), ..Relation::new(RelationKind::Extends, target).because(words) });
        }
        None if title.contains("延") => found.push(Relation::new(RelationKind::Extends, target).because(title)),
        None => found.push(Relation::new(RelationKind::Confirms, target).because(title)),
    }
}

/// The documents named as the subject: 《X》（号）有效期, 将《X》有效期; not those the sentence rests on.
fn subject_of(before: &str) -> Vec<Target> {
    let Some(last) = names::places(before).pop() else { return Vec::new() };
    let between = before[last.end..].trim();
    let close = between.is_empty() || SUBJECT_TAIL.is_match(between);
    let lead = &before[..last.start];
    let rests_on =
        ["根据", "依据", "按照", "依照", "贯彻", "落实", "执行"].iter().any(|word| lead.trim_end().ends_with(word));
    if close && !rests_on { names_joined_back(before) } else { Vec::new() }
}

pattern!(
    SUBJECT_TAIL,
    r"^(?:等\p{Han}{0,10})?(?:的)?(?:有效期限?|执行期限?|施行期限?|实施期限?|试行期限?|政策)?(?:自.{6,20}(?:起|后))?(?:届满后|到期后|期满后)?(?:予以|再|现|均|，)?(?:有效期)?$"
);

/// The names joined to each other at the end of the words.
fn names_joined_back(before: &str) -> Vec<Target> {
    let mut from = None;
    let mut found = Vec::new();
    for place in names::places(before).into_iter().rev() {
        let apart = from.is_some_and(|from: usize| {
            !before[place.end..from].chars().all(|c| matches!(c, '、' | '，' | '和' | '及' | '以' | '与' | ' '))
        });
        if apart {
            break;
        }
        from = Some(place.start);
        found.extend(named(&before[place]));
    }
    found.reverse();
    found
}

fn relation(sentence: &str, target: Target) -> Relation {
    let day = EXTENDED.captures(sentence).or_else(|| PERIOD_UNTIL.captures(sentence));
    let until = day.and_then(|captures| last_day(captures.get(1)?.as_str()));
    let extends = until.is_some() || LENGTHENED.is_match(sentence);
    let kind = if extends { RelationKind::Extends } else { RelationKind::Confirms };
    Relation { until, ..Relation::new(kind, target).because(clip(sentence)) }
}
