//! Judgement (研判): how sure it is that an interpretation explains a document, and why.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::Found;
use super::names::{How, Name, names};
use super::titles::{Carries, Titles};
use crate::index::head::Head;
use crate::policy::{DocumentKind, Gazetteer, RegionCode, RegionFit, RelationKind};

/// Where a link starts by how the work is named; what follows moves it up or down.
const STATED: f32 = 0.95;
/// See [`STATED`]: titles of interpretations name what they interpret.
const TITLED: f32 = 0.8;
/// See [`STATED`]: an opening that announces a work mostly goes on to explain it.
const ANNOUNCED: f32 = 0.68;
/// See [`STATED`]: a text mentions what the work rests on, and what it replaces.
const MENTIONED: f32 = 0.35;
/// What an announcement is worth when the title names a work: the opening then tells what that one rests on or replaces,
/// and even its number does not make it what is explained.
const BESIDE_TITLE: f32 = 0.36;
/// Letters of a name in a title that is more than 《若干措施》.
const FULL_NAME_CHARS: usize = 7;

/// Taken off where only 试行, 暂行 or 修订 differ.
const OTHER_EDITION_NAME: f32 = 0.1;
/// Taken off where a name was cut off.
const CUT_NAME: f32 = 0.12;
/// Taken off a document that changes the work named.
const CHANGES: f32 = 0.35;
/// Taken off a title that holds the name beside other words: most such documents are others.
const HOLDS: f32 = 0.5;
/// Added where the number given beside the name agrees.
const NUMBER_AGREES: f32 = 0.15;
/// Taken off where that number is another.
const NUMBER_DIFFERS: f32 = 0.3;
/// Added where the issuers agree.
const ISSUER_AGREES: f32 = 0.05;
/// Added where the document came out shortly before.
const SHORTLY_BEFORE: f32 = 0.08;
/// Taken off where it came out years before.
const LONG_BEFORE: f32 = 0.1;
/// Taken off where it was written after its interpretation: another edition.
const AFTER: f32 = 0.4;
/// Taken off where only the day it was published is later: sites put old documents online years after.
const PUT_ONLINE_AFTER: f32 = 0.12;
/// Taken off editions that are not the best one.
const LESSER_EDITION: f32 = 0.35;
/// Taken off a draft: its final text is what is interpreted.
const DRAFT: f32 = 0.3;
/// Least that is reported.
const LEAST: f32 = 0.05;
/// Most that an inferred link reaches; only a stated one is certain.
const MOST: f32 = 0.98;

/// Days within which an interpretation appears with its policy.
const SHORTLY_DAYS: i32 = 92;
/// Days after which an earlier document is probably not the occasion.
const LONG_DAYS: i32 = 800;
/// Days by which sites publish the policy after the interpretation.
const LATE_DAYS: i32 = 31;
/// Days within which documents of one title are one edition.
const EDITION_DAYS: i32 = 31;
/// Days assumed of a document without a date, when editions are compared.
const UNDATED_DAYS: i32 = 5_000;

/// One interpretation and the library it is judged in.
struct Case<'a> {
    heads: &'a [Head],
    interpretation: &'a Head,
    gazetteer: &'a Gazetteer,
    day: Option<Date>,
}

/// The documents that an interpretation may explain, with confidence and reason.
pub(super) fn judged(heads: &[Head], place: usize, text: &str, titles: &Titles, gazetteer: &Gazetteer) -> Vec<Found> {
    let interpretation = &heads[place];
    let day = interpretation.meta.dates.published.or(interpretation.meta.dates.written);
    let case = Case { heads, interpretation, gazetteer, day };
    let mut found = case.stated();
    let mut names = names(&interpretation.meta, text);
    let numbers = case.numbers(&names);
    // The number beside the full name in the text is that of the name in the title.
    for at in 0..names.len() {
        let same = names.iter().filter(|other| other.key == names[at].key);
        names[at].number = same.filter_map(|other| other.number.clone()).next();
    }
    // A headline names nothing; 《若干措施》 is short for what the opening announces.
    let titled =
        names.iter().any(|name| name.how <= How::Titled && name.quoted && name.key.chars().count() >= FULL_NAME_CHARS);
    for name in &names {
        let mut carrying = titles.carrying(&name.words, name.cut);
        if let Some(places) = name.number.as_ref().and_then(|number| numbers.get(&number.key())) {
            for &place in places {
                if !carrying.iter().any(|(other, way)| *other == place && *way < Carries::Begins) {
                    carrying.retain(|(other, _)| *other != place);
                    carrying.push((place, Carries::Whole));
                }
            }
        }
        carrying.retain(|(place, _)| case.may_mean(*place));
        found.extend(case.of_name(name, &carrying, titled));
    }
    found.retain(|one| one.confidence >= LEAST);
    found
}

impl Case<'_> {
    /// Documents named by id.
    fn stated(&self) -> Vec<Found> {
        let relations = &self.interpretation.meta.relations;
        let ids = relations.iter().filter(|relation| relation.kind == RelationKind::Interprets);
        let ids = ids.filter_map(|relation| relation.target.document.as_ref());
        let places = ids.filter_map(|id| self.heads.binary_search_by(|head| head.meta.id.cmp(id)).ok());
        let found = places.filter(|&place| self.heads[place].meta.kind.is_authority());
        found.map(|place| Found { place, confidence: 1.0, reason: "元数据载明所解读的文件".to_owned() }).collect()
    }

    /// Places of the documents whose number the names give.
    fn numbers(&self, names: &[Name]) -> HashMap<String, Vec<usize>> {
        let asked: HashSet<String> = names.iter().filter_map(|name| Some(name.number.as_ref()?.key())).collect();
        let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
        if asked.is_empty() {
            return numbers;
        }
        for (place, head) in self.heads.iter().enumerate() {
            if let Some(key) = head.meta.number.as_ref().map(crate::policy::DocumentNumber::key)
                && asked.contains(&key)
            {
                numbers.entry(key).or_default().push(place);
            }
        }
        numbers
    }

    /// Whether a document can be meant at all: authority, and of a place in line with the interpretation's.
    fn may_mean(&self, place: usize) -> bool {
        let other = &self.heads[place].meta;
        other.id != self.interpretation.meta.id
            && other.kind.is_authority()
            && in_line(self.gazetteer, self.interpretation.meta.region.as_ref(), other.region.as_ref())
    }

    fn of_name(&self, name: &Name, carrying: &[(usize, Carries)], titled: bool) -> Vec<Found> {
        let best = self.best_edition(name, carrying);
        let one = |&(place, way): &(usize, Carries)| {
            let mut verdict = Verdict::begin(name, way, titled);
            let meant = best.is_some_and(|best| self.same_edition(best, place));
            self.weigh_number(&mut verdict, name, place, meant);
            self.weigh_issuers(&mut verdict, place);
            self.weigh_date(&mut verdict, place);
            if way <= Carries::Edition && !meant {
                verdict.move_by(-LESSER_EDITION, "库中另有更相符的版本");
            }
            if self.heads[place].meta.kind == DocumentKind::Draft {
                verdict.move_by(-DRAFT, "该文件是征求意见稿");
            }
            verdict.found(place)
        };
        carrying.iter().map(one).collect()
    }

    /// Of several editions of one title the one meant: one that just came out, else that of the number given, else that of
    /// the name as it stands, else the last one before the interpretation.
    fn best_edition(&self, name: &Name, carrying: &[(usize, Carries)]) -> Option<usize> {
        let editions = carrying.iter().filter(|(_, way)| *way <= Carries::Edition);
        editions
            .min_by_key(|&&(place, way)| {
                let numbered = name.number.is_some() && name.number == self.heads[place].meta.number;
                let draft = self.heads[place].meta.kind == DocumentKind::Draft;
                // An interpretation gives the number of the edition it replaces, too: one that just came out is meant.
                let fresh = self.days_before(place).is_some_and(|days| (-LATE_DAYS..=SHORTLY_DAYS).contains(&days));
                (draft, !fresh, !numbered, way == Carries::Edition, self.distance(place), place)
            })
            .map(|(place, _)| *place)
    }

    /// Days from a document to the interpretation; those of a later one count many times over.
    fn distance(&self, place: usize) -> i32 {
        match self.days_before(place) {
            Some(days) if days >= -LATE_DAYS => days.max(0),
            Some(days) => days.saturating_abs().saturating_add(UNDATED_DAYS),
            None => UNDATED_DAYS,
        }
    }

    fn same_edition(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.heads[a].meta, &self.heads[b].meta);
        match (&one.number, &other.number) {
            (Some(one), Some(other)) => one == other,
            _ => match (issued(&self.heads[a]), issued(&self.heads[b])) {
                (Some(one), Some(other)) => days_between(one, other).abs() <= EDITION_DAYS,
                (None, None) => self.heads[a].text_sha256 == self.heads[b].text_sha256 || a == b,
                _ => false,
            },
        }
    }

    /// The number beside the name in a text may be that of the edition replaced: it speaks for the edition meant only.
    fn weigh_number(&self, verdict: &mut Verdict, name: &Name, place: usize, meant: bool) {
        match (&name.number, &self.heads[place].meta.number) {
            (Some(named), Some(number)) if named == number && meant => {
                verdict.move_by(NUMBER_AGREES, &format!("文号{number}一致"));
            }
            (Some(named), Some(number)) if named != number && !meant && verdict.way <= Carries::Edition => {
                verdict.move_by(-NUMBER_DIFFERS, &format!("文号不同（{number}）"));
            }
            _ => {}
        }
    }

    fn weigh_issuers(&self, verdict: &mut Verdict, place: usize) {
        let issuers = &self.heads[place].meta.issuers;
        let same = |one: &String| {
            self.interpretation
                .meta
                .issuers
                .iter()
                .any(|other| other.ends_with(one.as_str()) || one.ends_with(other.as_str()))
        };
        if issuers.iter().any(same) {
            verdict.move_by(ISSUER_AGREES, "发文机关一致");
        }
    }

    fn weigh_date(&self, verdict: &mut Verdict, place: usize) {
        match self.days_before(place) {
            Some(days) if days < -LATE_DAYS && self.heads[place].meta.dates.written.is_none() => {
                verdict.move_by(-PUT_ONLINE_AFTER, &format!("上网日期晚于解读{}天", -days));
            }
            Some(days) if days < -LATE_DAYS => verdict.move_by(-AFTER, &format!("晚于解读{}天", -days)),
            Some(days) if days < 0 => verdict.move_by(0.0, &format!("晚{}天", -days)),
            Some(0) => verdict.move_by(SHORTLY_BEFORE, "同日发布"),
            Some(days) if days <= SHORTLY_DAYS => verdict.move_by(SHORTLY_BEFORE, &format!("早{days}天")),
            Some(days) if days > LONG_DAYS => verdict.move_by(-LONG_BEFORE, &format!("早{days}天")),
            Some(days) => verdict.move_by(0.0, &format!("早{days}天")),
            None => {}
        }
    }

    fn days_before(&self, place: usize) -> Option<i32> {
        Some(days_between(issued(&self.heads[place])?, self.day?))
    }
}

/// The day a document came out: issued, else the middle of the year of its number.
fn issued(head: &Head) -> Option<Date> {
    let of_number = || {
        let year = i16::try_from(head.meta.number.as_ref()?.year()?).ok()?;
        Date::new(year, 7, 1).ok()
    };
    head.meta.dates.issued().or_else(of_number)
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Whether one place lies in the other.
fn in_line(gazetteer: &Gazetteer, one: Option<&RegionCode>, other: Option<&RegionCode>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    let covers = |upper: &RegionCode, lower: &RegionCode| {
        let fit = gazetteer.fit(lower, Some(upper));
        matches!(fit, RegionFit::Same | RegionFit::Above(_) | RegionFit::Everywhere)
            || lower.as_str().starts_with(upper.as_str().trim_end_matches("00"))
    };
    covers(one, other) || covers(other, one)
}

/// A confidence in the making, with its reasons.
struct Verdict {
    way: Carries,
    confidence: f32,
    reasons: Vec<String>,
    stated: bool,
}

impl Verdict {
    fn begin(name: &Name, way: Carries, titled: bool) -> Self {
        let shown: String = name.words.chars().take(40).collect();
        let (start, reason) = match name.how {
            How::Stated => (STATED, format!("元数据载明《{shown}》")),
            How::Titled => (TITLED, format!("标题引用《{shown}》")),
            How::Announced if titled => (BESIDE_TITLE, format!("正文开头引用《{shown}》")),
            How::Announced => (ANNOUNCED, format!("正文开头介绍《{shown}》")),
            How::Mentioned => (MENTIONED, format!("正文提到《{shown}》")),
        };
        let mut verdict = Self { way, confidence: start, reasons: vec![reason], stated: name.how == How::Stated };
        match way {
            Carries::Whole | Carries::Issues => {}
            Carries::Edition => verdict.move_by(-OTHER_EDITION_NAME, "版本字样（试行、修订等）不同"),
            Carries::Begins => verdict.move_by(-CUT_NAME, "标题被截断，开头一致"),
            Carries::Changes => verdict.move_by(-CHANGES, "该文件修改或实施所引文件"),
            Carries::Holds => verdict.move_by(-HOLDS, "仅标题含有该名称"),
        }
        verdict
    }

    fn move_by(&mut self, by: f32, reason: &str) {
        self.confidence += by;
        self.reasons.push(reason.to_owned());
    }

    fn found(self, place: usize) -> Found {
        let most = if self.stated { 1.0 } else { MOST };
        // What is named at all stays on the list of the possible.
        let confidence = (self.confidence.clamp(LEAST, most) * 100.0).round() / 100.0;
        Found { place, confidence, reason: self.reasons.join("，") }
    }
}
