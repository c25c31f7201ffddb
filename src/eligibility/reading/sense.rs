//! What the pieces say (释义): a number beside a name, a choice, a place, a day, and whether it is denied.

use super::super::facts::Setting;
use super::ReadFact;
use super::date::month_before;
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
pattern!(
    DENIED_AFTER,
    r"^(?:证书?|资格|资质|称号)?(?:还|也|都|一直|暂时|目前|从来|根本)*(?:没有|没|尚未|未|不是)(?:被)?(?:评上|评下来|批下来|批|办下来|办成|办|拿到|通过|下来|认定|获批|获得|取得|申请|申报|有|过)*(?:了|的|呢)*$"
);
pattern!(
    LAPSED_AFTER,
    r"^(?:证书?|资格|资质|认定|称号|待遇)?(?:还|也|都|已经|已|现在|目前|刚|又|被|早就?|去年|今年)*(?:没有?(?:评|批|办|拿|通过|下来|申|认|获)|未(?:评|批|办|通过|认|获)|正在|在申|在办|申请|申报|过期|到期|失效|取消|撤销|摘牌|停发|停了|退出|注销|评审|公示|准备|待批)"
);
pattern!(
    LAPSED_BEFORE,
    r"(?:以前|之前|原来|原先|从前|过去|曾经|曾|申请|申报|争取|培育|办理)(?:是|有|享受|吃|领|被|过|的|了|认定|成为)*$"
);
pattern!(
    AWAY_BEFORE,
    r"(?:不|没|未|非)(?:再|常|经常|长期)?(?:在|住|是|居住|属于|于|到)*$|(?:离开|迁出|迁离|搬离|搬出)了?$"
);
pattern!(AWAY, r"外地|外省|外县|外市|异地|非本地");
pattern!(CONTRASTED, r"^[^，。；,;！？]*[，,]?(?:但|却|不过|可是|然而|只是)");
pattern!(BORN_AFTER, r"^(?:出?生的?|生人)$");
pattern!(AGE_AFTER, r"^了");
/// Nobody tells a longer time since something.
const LONGEST_SPAN: i16 = 300;
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

    /// The bytes after a piece that deny it, to the end of the statement.
    fn denial_after(&self, at: usize) -> Option<usize> {
        DENIED_AFTER.find(self.after(at)).map(|found| self.tokens[at].range.end + found.end())
    }

    /// Whether it was so once, or is only sought: neither held nor surely lacking.
    fn is_lapsed_or_sought(&self, at: usize) -> bool {
        LAPSED_BEFORE.is_match(self.before(at)) || LAPSED_AFTER.is_match(self.after(at))
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
        if let Some(read) = left.and_then(|left| self.span(left, at, number).or_else(|| self.bare(left, at, number))) {
            taken[at] = true;
            taken[at - 1] = true;
            return number.exact.then_some(read);
        }
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

    /// 成立3个月, 成立五年了: the month or the year in which it was.
    fn span(&self, left: usize, at: usize, number: &Number<'a>) -> Option<ReadFact> {
        let fact = self.named(left, |fact| fact.kind == FactType::Date)?;
        let count = number.value.to_string().parse::<i16>().ok().filter(|count| (0..=LONGEST_SPAN).contains(count))?;
        let as_of = self.setting.as_of;
        let days = match number.unit {
            "个月" => month_before(as_of, i64::from(count))?,
            "年" => Days::year(as_of.year() - count)?,
            _ => return None,
        };
        Some(self.read_fact(fact, FactValue::Date(days), left, at))
    }

    /// 年龄：60: a number without a unit that ends the statement about a count; never an amount of money.
    fn bare(&self, left: usize, at: usize, number: &Number<'a>) -> Option<ReadFact> {
        if !number.unit.is_empty() || number.factored || !self.after(at).is_empty() {
            return None;
        }
        let fits = |fact: &FactDefinition| {
            fact.kind == FactType::Number
                && fact.min.is_none_or(|min| number.value >= min)
                && fact.max.is_none_or(|max| number.value <= max)
        };
        let fact = self.named(left, fits).filter(|fact| matches!(fact.unit.as_deref(), Some("岁" | "周岁" | "人")))?;
        Some(self.read_fact(fact, FactValue::Number(number.value), left, at))
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
        let own = self.setting.book.vocabulary.facts().iter();
        let born = own.filter(|fact| fact.subject == self.who).find(|fact| fact.id == "birth_date");
        let (fact, other) = right
            .and_then(|right| self.named(right, fits).map(|fact| (fact, right)))
            .or_else(|| left.and_then(|left| self.named(left, fits).map(|fact| (fact, left))))
            .or_else(|| born.filter(|_| BORN_AFTER.is_match(self.after(at))).map(|fact| (fact, at)))?;
        taken[at] = true;
        taken[other] = true;
        Some(self.read_fact(fact, FactValue::Date(days), at.min(other), at.max(other)))
    }

    /// A place beside the name of a place fact, else the first place fact of the vocabulary.
    fn place(&self, at: usize, code: &str, taken: &mut [bool]) -> Option<ReadFact> {
        let before = self.before(at);
        if self.denial(at).is_some()
            || AWAY_BEFORE.is_match(before)
            || AWAY.is_match(before)
            || AWAY.is_match(self.after(at))
        {
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
        let after = self.denial_after(at);
        let contrasted =
            matches!(meaning, Meaning::Name(_)) && CONTRASTED.is_match(&self.text[self.tokens[at].range.end..]);
        if (after.is_none() && self.is_lapsed_or_sought(at)) || contrasted {
            return None;
        }
        let own = self.tokens[at].range.start;
        let denied = self.denial(at).or(after.map(|_| own));
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
        read.range.end = after.unwrap_or(read.range.end);
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
