//! Chooses the span that answers (答案片段): a run of segments, scored by signals that have names.

use crate::analysis::normalise;
use crate::policy::PolicyDocument;
use std::ops::Range;

use super::asked::{Asked, Shape};
use super::segment::{Segment, segments};
use super::{span_weights as w, value};

/// A passage in which a span is sought.
pub(super) struct Field {
    /// Its range in the document.
    pub(super) range: Range<usize>,
    /// Sentences that score well, with their score as a share of the best one's.
    pub(super) good: Vec<(Range<usize>, f32)>,
}

// A number or mark that opens an item: （一）, 1., 一是.
pattern!(
    ITEM,
    r"^\s*(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[,，条]|[0-9]{1,2}[.、．)）](?:[^0-9]|$)|[①-⑳●·■◆]|——|首先|其次|再次|最后)"
);

// The opening or the end of a condition: what follows holds only under it.
pattern!(CONDITION, r"^(?:对|凡|符合|经|如|若|因|未|属|在|按照|自|除)|(?:的|者|时|后|前|内|起|下|上|外)[，,]$");

/// A segment with what it holds of the question.
struct Unit {
    segment: Segment,
    held: u64,
    echo: f32,
    chars: f32,
    item: bool,
    /// Its last character.
    end: char,
    value: bool,
    condition: bool,
    /// What its sentence scored, as a share of the best one; 0 when a span may not begin in it.
    strength: f32,
}

impl Unit {
    /// Whether a mark ends it: a heading has none.
    fn ends(&self) -> bool {
        matches!(self.end, '。' | '；' | '！' | '？' | ';' | '，' | ',')
    }
}

/// A passage made ready.
struct Ground {
    units: Vec<Unit>,
    /// Terms that each sentence holds, and holds with its headings and the two before it.
    sentences: Vec<(u64, u64)>,
}

/// The best worth of a sentence: what a span is measured by.
#[derive(Clone, Copy)]
struct Best {
    sentence: f32,
    context: f32,
}

/// A run of segments of one passage.
#[derive(Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
}

/// The range of the best span of these passages of a document.
pub(super) fn best_span(document: &PolicyDocument, asked: &Asked, fields: &[Field]) -> Option<Range<usize>> {
    let grounds: Vec<Ground> = fields.iter().map(|field| Ground::of(document, asked, field)).collect();
    let most = |of: fn(&(u64, u64)) -> u64| {
        let sentences = grounds.iter().flat_map(|ground| &ground.sentences);
        sentences.map(|sentence| asked.worth(of(sentence))).fold(f32::MIN_POSITIVE, f32::max)
    };
    let best = Best { sentence: most(|held| held.0), context: most(|held| held.1) };
    let must_hold = asked.must_hold && grounds.iter().any(Ground::best_holds);
    let mut winner: Option<(f32, Range<usize>)> = None;
    for ground in &grounds {
        for run in ground.runs().filter(|run| !must_hold || ground.holds(*run) && ground.keeps_values(*run)) {
            let score: f32 = ground
                .signals(asked, best, run)
                .iter()
                .zip(w::WEIGHTS)
                .map(|(value, (_, weight))| value * weight)
                .sum();
            if winner.as_ref().is_none_or(|(most, _)| score > *most) {
                winner = Some((score, ground.range(run)));
            }
        }
    }
    winner.map(|(_, range)| range)
}

impl Ground {
    fn of(document: &PolicyDocument, asked: &Asked, field: &Field) -> Self {
        let text = document.text();
        let units: Vec<Unit> = segments(document, &field.range)
            .into_iter()
            .map(|segment| {
                let original = &text[segment.range.clone()];
                let folded = normalise(original).text;
                let strength = field
                    .good
                    .iter()
                    .find(|(range, _)| range.start <= segment.range.start && segment.range.end <= range.end);
                Unit {
                    held: asked.held(&folded),
                    echo: asked.echo(&folded),
                    chars: original.chars().filter(|c| !c.is_whitespace()).count() as f32,
                    end: original.chars().next_back().unwrap_or(' '),
                    item: ITEM.is_match(original),
                    value: asked.value.is_some_and(|kind| value::holds(kind, &folded)),
                    condition: CONDITION.is_match(original),
                    strength: strength.map_or(0.0, |(_, strength)| *strength),
                    segment,
                }
            })
            .collect();
        let sentences = sentences_of(document, asked, &units);
        Self { units, sentences }
    }

    /// The runs that may be quoted.
    fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let starts = (0..self.units.len()).filter(|from| self.may_begin(*from));
        starts.flat_map(|from| {
            let mut chars = 0.0;
            let longest = self.units[from..]
                .iter()
                .take(w::MOST_SEGMENTS)
                .take_while(|unit| {
                    chars += unit.chars;
                    chars <= w::MOST_CHARS
                })
                .count();
            (from..from + longest.max(1)).filter(|to| self.may_end(*to)).map(move |to| Run { from, to })
        })
    }

    /// Whether the best sentence of all has a value of the kind asked for.
    fn best_holds(&self) -> bool {
        self.units.iter().any(|unit| unit.value && unit.strength >= 1.0)
    }

    /// Whether a run has one.
    fn holds(&self, run: Run) -> bool {
        self.units[run.from..=run.to].iter().any(|unit| unit.value)
    }

    /// Whether a run leaves no value of a sentence out of which it takes another: 个人缴费420元，财政补助730元 are read
    /// together.
    fn keeps_values(&self, run: Run) -> bool {
        let inside = run.from..=run.to;
        let (first, last) = (self.units[run.from].segment.sentence, self.units[run.to].segment.sentence);
        let of = |sentence: usize| {
            let units = self.units.iter().enumerate().filter(move |(_, unit)| unit.segment.sentence == sentence);
            units.filter(|(_, unit)| unit.value).map(|(at, _)| inside.contains(&at)).collect::<Vec<bool>>()
        };
        [first, last].into_iter().map(of).all(|values| values.iter().all(|is| *is) || values.iter().all(|is| !*is))
    }

    /// Whether a span may begin here: in a good sentence, and not after a condition that the question does not name.
    fn may_begin(&self, at: usize) -> bool {
        let unit = &self.units[at];
        let before = self.units[..at].iter().rev().take_while(|other| other.segment.sentence == unit.segment.sentence);
        unit.strength > 0.0 && before.into_iter().all(|other| !other.condition || other.echo >= w::CONDITION_NAMED)
    }

    /// Whether a span may end here: not with a condition whose consequence follows.
    fn may_end(&self, at: usize) -> bool {
        let unit = &self.units[at];
        unit.segment.last || !unit.condition
    }

    fn range(&self, run: Run) -> Range<usize> {
        self.units[run.from].segment.range.start..self.units[run.to].segment.range.end
    }
}

/// Terms that each sentence holds, alone and with its headings and the two sentences before it.
fn sentences_of(document: &PolicyDocument, asked: &Asked, units: &[Unit]) -> Vec<(u64, u64)> {
    let count = units.last().map_or(0, |unit| unit.segment.sentence + 1);
    let mut own = vec![0_u64; count];
    let mut headings = vec![0_u64; count];
    let mut known: Option<(usize, u64)> = None;
    for unit in units {
        let segment = &unit.segment;
        own[segment.sentence] |= unit.held;
        if segment.first {
            let held = known
                .filter(|(node, _)| *node == segment.node)
                .map_or_else(|| headings_of(document, asked, segment.node), |(_, held)| held);
            known = Some((segment.node, held));
            headings[segment.sentence] = held;
        }
    }
    let context = |at: usize| own[at.saturating_sub(2)..=at].iter().fold(headings[at], |all, held| all | held);
    (0..count).map(|at| (own[at], context(at))).collect()
}

/// Terms that the headings above a node hold.
fn headings_of(document: &PolicyDocument, asked: &Asked, node: usize) -> u64 {
    let lineage = document.outline().lineage(node).into_iter().filter_map(|index| document.clause_at(index));
    lineage.fold(0, |all, clause| all | asked.held(&normalise(clause.heading()).text))
}

/// 1 when it is so.
fn flag(on: bool) -> f32 {
    f32::from(u8::from(on))
}

impl Ground {
    /// The signals of a run, in the order of [`w::WEIGHTS`].
    fn signals(&self, asked: &Asked, best: Best, run: Run) -> [f32; w::WEIGHTS.len()] {
        let units = &self.units[run.from..=run.to];
        let (first, last) = (&units[0], &units[units.len() - 1]);
        let number = first.segment.sentence;
        let held = units.iter().fold(0, |all, unit| all | unit.held);
        let earlier = self.units[..run.from].iter().rev().take_while(|unit| unit.segment.sentence == number);
        let before = earlier.fold(0, |all, unit| all | unit.held) & !held;
        let previous = number.checked_sub(1).map_or(0, |at| self.sentences[at].0) & !(held | before);
        let context = asked.worth(self.sentences[number].1) / best.context;
        let told = |set: u64| asked.worth(set) / best.sentence;
        let chars: f32 = units.iter().map(|unit| unit.chars).sum();
        let fresh: f32 = units.iter().map(|unit| unit.chars * (1.0 - unit.echo)).sum();
        let (short, long) = (asked.shape == Shape::Short, asked.shape == Shape::Long);
        let inside = flag(!first.segment.first);
        let echo_before = run.from.checked_sub(1).map_or(0.0, |at| self.units[at].echo) * inside;
        let sentences = (last.segment.sentence - number) as f32;
        let next = self.units.get(run.to + 1);
        let valued = units.iter().any(|unit| unit.value);
        let size = chars.max(1.0).ln();
        [
            told(held),
            told(previous),
            told(held & asked.after),
            context,
            flag(context >= 1.0),
            first.strength,
            echo_before,
            inside - echo_before,
            flag(first.segment.first),
            flag(last.segment.last),
            flag(!last.ends() && chars < w::FRAGMENT_CHARS),
            flag(first.segment.opens),
            units[1..].iter().filter(|unit| unit.segment.opens).count() as f32,
            flag(first.item),
            flag(next.is_some_and(|unit| unit.item)),
            sentences * flag(long),
            sentences * flag(!long),
            flag(asked.value.is_some() && valued),
            flag(asked.value.is_some() && !valued),
            (fresh / w::FRESH_CHARS).min(1.0),
            size * flag(short),
            size * size * flag(short),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata};

    use super::*;

    fn span(text: &str, terms: &[&str]) -> String {
        span_of(text, &Asked::about(terms))
    }

    fn span_of(text: &str, asked: &Asked) -> String {
        let text: Arc<str> = text.into();
        let meta = Metadata::new(DocumentId::parse("shili").unwrap(), "示例通知", DocumentKind::Other);
        let document = PolicyDocument::new(meta, text.clone(), outline::outline(&text)).unwrap();
        let field = Field { range: 0..text.len(), good: vec![(0..text.len(), 1.0)] };
        best_span(&document, asked, &[field]).map_or_else(String::new, |range| text[range].to_owned())
    }

    #[test]
    fn what_the_question_says_is_cut_before_the_answer() {
        let text = "加强农贸市场消毒通风管理，由经营者每天早晚各清扫一次并登记，县市场监管局每周检查。";
        let said = span(text, &["加强", "农贸", "市场", "消毒", "通风", "管理"]);
        assert_eq!(said, "由经营者每天早晚各清扫一次并登记，县市场监管局每周检查。");
    }

    #[test]
    fn two_values_of_one_sentence_are_not_parted() {
        let text = "二〇二七年度个人缴费标准为每人420元，各级财政补助标准为每人730元，集中缴费期另行通知。";
        let mut asked = Asked::about(&["个人", "缴费", "标准"]);
        (asked.must_hold, asked.value) = (true, Some(crate::query::AnswerType::Amount));
        let said = span_of(text, &asked);
        assert!(said.contains("420元") && said.contains("730元"), "{said}");
    }

    #[test]
    fn a_condition_that_the_question_does_not_name_stays() {
        let text = "对连续停业三十天以上的商户，减免摊位费，另给一次性补助500元。";
        assert!(span(text, &["摊位", "补助"]).starts_with("对连续停业三十天以上的商户，"), "{text}");
    }
}
