//! What the pieces say (释义): a number beside a name, a choice, a place, a day, and whether it is denied.

use super::super::facts::Setting;
use super::ReadFact;
use super::lexicon::Meaning;
use super::number::Number;
use super::token::{Token, TokenKind};
use crate::policy::programme::{Claimant, Days, Decimal, FactDefinition, FactType, FactValue, Holding, Holdings};

pattern!(BETWEEN, r"^(?:总额|总数|数量|金额)?(?:\s|大?概?是|为|有|共|共有|达到?|在|了|到|：|:|=|于|的|一共|目前|现)*$");
pattern!(
    DENIED,
    r"(?:不是|没有|没|非|未|不属于|还不是|尚未|从未|无|不存在|不)(?:被|曾|有|取得|获得|获|认定为?|评上|列入|纳入|任何|发生过?|过)*$"
);
pattern!(DOUBTED, r"可能|好像|也许|不知道|不清楚|是不是|是否|有没有|算不算|准备|打算|想要|如果|假如|要是");
pattern!(KIN_BEFORE, r"(?:我|他|她|妈|爸|母亲|父亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|老人|老伴|本人|今年|已经|已)\s*$");
pattern!(AGE_AFTER, r"^了");
/// A piece of the words between two of these is one statement.
const STOPS: [char; 12] = ['，', '。', '；', '、', '！', '？', ',', ';', '!', '?', '\n', ' '];

/// Reads the pieces.
pub(super) struct Reader<'a, 't> {
    pub(super) text: &'a str,
    pub(super) tokens: &'t [Token<'a>],
    pub(super) who: Claimant,
    pub(super) setting: Setting<'a>,
}

impl<'a> Reader<'a, '_> {
    pub(super) fn read(&self) -> Vec<ReadFact> {
        let mut found = Vec::new();
        let mut taken = vec![false; self.tokens.len()];
        for at in 0..self.tokens.len() {
            let read = match &self.tokens[at].kind {
                _ if taken[at] || self.is_doubted(at) => None,
                TokenKind::Number(number) => self.number(at, number, &mut taken),
                TokenKind::Days(days) => self.day(at, *days, &mut taken),
                TokenKind::Place(code) => self.place(at, code.as_str(), &mut taken),
                TokenKind::Word(_) => None,
            };
            found.extend(read);
        }
        for at in (0..self.tokens.len()).filter(|at| !taken[*at]).collect::<Vec<_>>() {
            if let TokenKind::Word(meanings) = &self.tokens[at].kind
                && !self.is_doubted(at)
            {
                found.extend(self.word(at, meanings));
            }
        }
        found.extend(self.industry());
        found
    }

    fn read_fact(&self, fact: &FactDefinition, value: FactValue, first: usize, last: usize) -> ReadFact {
        let range = self.tokens[first].range.start..self.tokens[last].range.end;
        ReadFact { fact: fact.id.clone(), value, range }
    }

    /// The words before a piece, back to the last stop.
    fn before(&self, at: usize) -> &'a str {
        let head = &self.text[..self.tokens[at].range.start];
        let from = head.rfind(STOPS).map_or(0, |stop| stop + head[stop..].chars().next().map_or(0, char::len_utf8));
        &head[from..]
    }

    fn after(&self, at: usize) -> &'a str {
        let tail = &self.text[self.tokens[at].range.end..];
        &tail[..tail.find(STOPS).unwrap_or(tail.len())]
    }

    fn is_doubted(&self, at: usize) -> bool {
        DOUBTED.is_match(self.before(at)) || self.after(at).contains('吗')
    }

    /// The words that deny a piece, as bytes before it; none when it stands.
    fn denial(&self, at: usize) -> Option<usize> {
        let before = self.before(at);
        let own = self.tokens[at].range.start;
        DENIED.find(before).map(|found| own - (before.len() - found.start()))
    }

    fn between(&self, left: usize, right: usize) -> &'a str {
        self.text.get(self.tokens[left].range.end..self.tokens[right].range.start).unwrap_or("x")
    }

    /// The one fact of these kinds that a word names.
    fn named(&self, at: usize, fits: impl Fn(&FactDefinition) -> bool) -> Option<&'a FactDefinition> {
        let TokenKind::Word(meanings) = &self.tokens.get(at)?.kind else { return None };
        let mut facts = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Name(fact) if fits(fact) => Some(*fact),
            _ => None,
        });
        let first = facts.next()?;
        facts.next().is_none().then_some(first)
    }

    fn number(&self, at: usize, number: &Number<'a>, taken: &mut [bool]) -> Option<ReadFact> {
        let fits = |fact: &FactDefinition| fact.kind.is_number() && number.of(fact).is_some();
        let left = at.checked_sub(1).filter(|left| !taken[*left] && BETWEEN.is_match(self.between(*left, at)));
        let right =
            Some(at + 1).filter(|right| *right < self.tokens.len() && matches!(self.between(at, *right), "" | "的"));
        let beside = left
            .and_then(|left| self.named(left, fits).map(|fact| (fact, left)))
            .or_else(|| right.and_then(|right| self.named(right, fits).map(|fact| (fact, right))));
        let (fact, other) = match beside {
            Some(found) => found,
            None => (self.by_unit(at, number)?, at),
        };
        taken[at] = true;
        taken[other] = true;
        let value = number.of(fact).or_else(|| self.bare_age(at, number))?;
        number.exact.then(|| self.read_fact(fact, FactValue::Number(value), at.min(other), at.max(other)))
    }

    /// The fact that a unit alone tells: one that names the unit (岁) or counts it (人数).
    fn by_unit(&self, at: usize, number: &Number<'a>) -> Option<&'a FactDefinition> {
        let own = self.setting.book.vocabulary.facts().iter().filter(|fact| fact.subject == self.who);
        if self.bare_age(at, number).is_some() {
            return own.into_iter().find(|fact| fact.id == "age");
        }
        let counted = format!("{}数", number.unit);
        let unit = number.unit.trim_start_matches('周');
        let told = |fact: &&FactDefinition| {
            !unit.is_empty() && fact.synonyms.iter().any(|synonym| *synonym == counted || synonym == unit)
        };
        let mut facts = own.filter(told).filter(|fact| number.of(fact).is_some());
        let first = facts.next()?;
        facts.next().is_none().then_some(first)
    }

    /// 我妈72了: a number between somebody and 了 is an age.
    fn bare_age(&self, at: usize, number: &Number<'a>) -> Option<Decimal> {
        let said = self.who == Claimant::Person
            && number.unit.is_empty()
            && !number.factored
            && KIN_BEFORE.is_match(self.before(at))
            && AGE_AFTER.is_match(self.after(at));
        said.then_some(number.value)
    }

    fn day(&self, at: usize, days: Days, taken: &mut [bool]) -> Option<ReadFact> {
        let fits = |fact: &FactDefinition| fact.kind == FactType::Date;
        let left = at.checked_sub(1).filter(|left| BETWEEN.is_match(self.between(*left, at)));
        let right =
            Some(at + 1).filter(|right| *right < self.tokens.len() && self.between(at, *right).trim().is_empty());
        let (fact, other) = right
            .and_then(|right| self.named(right, fits).map(|fact| (fact, right)))
            .or_else(|| left.and_then(|left| self.named(left, fits).map(|fact| (fact, left))))?;
        taken[at] = true;
        taken[other] = true;
        Some(self.read_fact(fact, FactValue::Date(days), at.min(other), at.max(other)))
    }

    /// A place beside the name of a place fact, else the first place fact of the vocabulary.
    fn place(&self, at: usize, code: &str, taken: &mut [bool]) -> Option<ReadFact> {
        if self.denial(at).is_some() {
            return None;
        }
        let fits = |fact: &FactDefinition| fact.kind == FactType::Region;
        let left = at.checked_sub(1).filter(|left| BETWEEN.is_match(self.between(*left, at)));
        let right = Some(at + 1).filter(|right| *right < self.tokens.len() && self.between(at, *right).is_empty());
        let beside =
            [left, right].into_iter().flatten().find_map(|other| self.named(other, fits).map(|fact| (fact, other)));
        let (fact, other) = match beside {
            Some(found) => found,
            None => {
                let own = self.setting.book.vocabulary.facts().iter();
                (own.filter(|fact| fact.subject == self.who).find(|fact| fits(fact))?, at)
            }
        };
        taken[at] = true;
        taken[other] = true;
        Some(self.read_fact(fact, FactValue::Word(code.to_owned()), at.min(other), at.max(other)))
    }

    /// A choice, or the name of something that is so or not.
    fn word(&self, at: usize, meanings: &[Meaning<'a>]) -> Option<ReadFact> {
        let mut senses = meanings.iter().filter_map(|meaning| self.sense(at, meaning));
        let first = senses.next()?;
        senses.next().is_none().then_some(first)
    }

    fn sense(&self, at: usize, meaning: &Meaning<'a>) -> Option<ReadFact> {
        let denied = self.denial(at);
        let (fact, value) = match (meaning, denied) {
            (Meaning::Choice(fact, _), Some(_)) if fact.kind == FactType::Choice => return None,
            (Meaning::Choice(fact, value), None) if fact.kind == FactType::Choice => {
                (fact, FactValue::Word((*value).to_owned()))
            }
            (Meaning::Choice(fact, value), denied) => {
                let set = match denied {
                    Some(_) => Holdings { lacking: vec![(*value).to_owned()], ..Holdings::default() },
                    None => Holdings { held: vec![Holding::of(*value)], ..Holdings::default() },
                };
                (fact, FactValue::Set(set))
            }
            (Meaning::Name(fact), denied) if fact.kind == FactType::YesNo => (fact, FactValue::YesNo(denied.is_none())),
            // 没有残疾员工: none of them.
            (Meaning::Name(fact), Some(_)) if fact.kind.is_number() => (fact, FactValue::Number(Decimal::ZERO)),
            _ => return None,
        };
        let mut read = self.read_fact(fact, value, at, at);
        read.range.start = denied.unwrap_or(read.range.start);
        Some(read)
    }

    /// The industry, when all words for one agree: 食品加工 and 食品 may, 批发 and 零售 do not.
    fn industry(&self) -> Option<ReadFact> {
        let fact = self.setting.book.vocabulary.facts().iter();
        let fact = fact.filter(|fact| fact.subject == self.who).find(|fact| fact.kind == FactType::Industry)?;
        let mut agreed: Option<(&str, usize)> = None;
        for (at, token) in self.tokens.iter().enumerate() {
            let TokenKind::Word(meanings) = &token.kind else { continue };
            let codes: Vec<&str> = meanings
                .iter()
                .filter_map(|meaning| match meaning {
                    Meaning::Industry(code) => Some(*code),
                    _ => None,
                })
                .collect();
            if codes.is_empty() || self.is_doubted(at) || self.denial(at).is_some() {
                continue;
            }
            // One word for an industry and its own part: only the whole is sure.
            let own = codes.iter().min_by_key(|code| code.len()).copied()?;
            if !codes.iter().all(|code| code.starts_with(own)) {
                return None;
            }
            agreed = match agreed {
                None => Some((own, at)),
                Some((known, _)) if own.starts_with(known) => Some((own, at)),
                Some((known, place)) if known.starts_with(own) => Some((known, place)),
                Some(_) => return None,
            };
        }
        agreed.map(|(code, at)| self.read_fact(fact, FactValue::Word(code.to_owned()), at, at))
    }
}
