//! The rulebook (事项汇编): all programmes and the facts they ask about, checked against each other.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    Benefit, BenefitKind, Condition, FactDefinition, FactType, FactVocabulary, Leaf, Literal, Measure,
    SupportProgramme, Test, WindowDays, industry_code,
};

/// All programmes and the facts they ask about (事项汇编).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Rulebook {
    /// The facts.
    pub vocabulary: FactVocabulary,
    /// The programmes, by id.
    pub programmes: Vec<SupportProgramme>,
}

impl Rulebook {
    /// The programme with this id.
    #[must_use]
    pub fn programme(&self, id: &str) -> Option<&SupportProgramme> {
        self.programmes.iter().find(|programme| programme.id == id)
    }

    /// The programme with this id, name or other name.
    #[must_use]
    pub fn programme_named(&self, word: &str) -> Option<&SupportProgramme> {
        let by_name = |programme: &&SupportProgramme| {
            programme.name == word || programme.aliases.iter().any(|alias| alias == word)
        };
        self.programme(word).or_else(|| self.programmes.iter().find(by_name))
    }

    /// What is wrong with a programme beside the facts and its neighbours: each line names the place and what to do.
    #[must_use]
    pub fn faults(&self, programme: &SupportProgramme) -> Vec<String> {
        let mut faults = Vec::new();
        for key in programme.bases_named() {
            if !programme.bases.contains_key(key) {
                faults.push(format!("依据“{key}”没有写在 bases 中；补上文件、条款和原文"));
            }
        }
        if programme.from.zip(programme.until).is_some_and(|(from, until)| until < from) {
            faults.push("until 早于 from".to_owned());
        }
        let mut ids = HashSet::new();
        for leaf in programme.conditions.leaves() {
            if !ids.insert(leaf.id.as_str()) {
                faults.push(format!("条件标识“{}”用了两次；每个条件另取一个 id", leaf.id));
            }
        }
        let whens = programme.benefits.iter().filter_map(|benefit| benefit.when.as_ref());
        for leaf in programme.conditions.leaves().into_iter().chain(whens.flat_map(Condition::leaves)) {
            faults.extend(self.faults_of_leaf(programme, leaf));
        }
        faults.extend(programme.benefits.iter().filter_map(|benefit| self.fault_of_benefit(programme, benefit)));
        for window in &programme.window {
            if let WindowDays::Since { of, .. } = &window.days
                && self.fact(programme, of).is_none_or(|fact| fact.kind != FactType::Date)
            {
                faults.push(format!("申报期从“{of}”起算，但词表中没有这个日期事实"));
            }
        }
        for other in programme.exclusive.iter().flat_map(|exclusive| &exclusive.with) {
            if self.programme(other).is_none() {
                faults.push(format!("互斥的事项“{other}”不存在；核对标识"));
            }
        }
        faults
    }

    fn fact(&self, programme: &SupportProgramme, id: &str) -> Option<&FactDefinition> {
        self.vocabulary.get(id).filter(|fact| fact.subject == programme.audience)
    }

    fn faults_of_leaf(&self, programme: &SupportProgramme, leaf: &Leaf) -> Vec<String> {
        let named = |id: &str| format!("条件 {}：事实“{id}”不在{}的词表中", leaf.id, programme.audience.label());
        match &leaf.of {
            Measure::Ratio { of, to } => {
                let wrong =
                    [of, to].into_iter().filter(|id| self.fact(programme, id).is_none_or(|f| !f.kind.is_number()));
                wrong.map(|id| format!("{}，或不是数字", named(id))).collect()
            }
            Measure::Fact(id) => match self.fact(programme, id) {
                None => vec![named(id)],
                Some(fact) => {
                    let wrong = leaf.tests.iter().filter_map(|test| self.fault_of_test(fact, test));
                    wrong.map(|fault| format!("条件 {}：{fault}", leaf.id)).collect()
                }
            },
        }
    }

    fn fault_of_test(&self, fact: &FactDefinition, test: &Test) -> Option<String> {
        let misfit = || Some(format!("{}（{}）不能这样判断", fact.name, fact.kind.name()));
        match test {
            Test::Is(value) | Test::IsNot(value) => fault_of_literal(fact, value),
            Test::In(values) | Test::NotIn(values) => values.iter().find_map(|value| fault_of_literal(fact, value)),
            Test::Has { any, .. } | Test::HasNone(any) => match fact.kind {
                FactType::Choices => any.iter().find_map(|value| fault_of_choice(fact, value)),
                FactType::Programmes => {
                    let missing = any.iter().find(|id| self.programme(id).is_none());
                    missing.map(|id| format!("事项“{id}”不存在；核对标识"))
                }
                _ => misfit(),
            },
            Test::AtLeast(_) | Test::AtMost(_) | Test::MoreThan(_) | Test::LessThan(_) => {
                if fact.kind.is_number() {
                    None
                } else {
                    misfit()
                }
            }
            Test::OnOrAfter(_) | Test::OnOrBefore(_) | Test::WithinMonths(_) | Test::AtLeastMonths(_) => {
                if fact.kind == FactType::Date { None } else { misfit() }
            }
            Test::Within(values) => match fact.kind {
                FactType::Region => None,
                FactType::Industry => {
                    let wrong = values.iter().find(|value| industry_code(value).is_none());
                    wrong.map(|value| format!("“{value}”不是 GB/T 4754 行业代码"))
                }
                _ => misfit(),
            },
        }
    }

    fn fault_of_benefit(&self, programme: &SupportProgramme, benefit: &Benefit) -> Option<String> {
        let id = benefit.facts()?;
        let known = self.fact(programme, id).is_some_and(|fact| fact.kind.is_number());
        let kind = match benefit.kind {
            BenefitKind::Amount { .. } => "amount",
            BenefitKind::Rate { .. } => "rate",
            BenefitKind::Tiers { .. } => "tiers",
            BenefitKind::Reduction { .. } => "reduction",
            BenefitKind::Service => "service",
        };
        (!known).then(|| format!("待遇 {kind}：“{id}”不是{}词表中的数字事实", programme.audience.label()))
    }
}

fn fault_of_literal(fact: &FactDefinition, value: &Literal) -> Option<String> {
    match (fact.kind, value) {
        (FactType::YesNo, Literal::YesNo(_)) | (FactType::Number | FactType::Money, Literal::Number(_)) => None,
        (FactType::Choice, Literal::Word(word)) => fault_of_choice(fact, word),
        (FactType::Region | FactType::Industry, Literal::Word(_)) => None,
        _ => Some(format!("{}（{}）不能与这个值相比", fact.name, fact.kind.name())),
    }
}

fn fault_of_choice(fact: &FactDefinition, word: &str) -> Option<String> {
    let known = fact.choices.iter().any(|choice| choice.value == word);
    (!known).then(|| format!("“{word}”不是{}的选项；先加进 facts.yaml", fact.name))
}
