//! The programme (惠企/惠民政策事项): who gets what, when and where, each with the clause that says so.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::window::one_or_many;
use super::{Benefit, Claimant, Condition, Window};
use crate::policy::{DocumentId, RegionCode};

/// A programme (惠企/惠民政策事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportProgramme {
    /// Its id, the name of its file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Who may claim.
    pub audience: Claimant,
    /// Where it holds; none: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Themes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// On application or by itself.
    #[serde(default)]
    pub delivery: Delivery,
    /// First day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What a person last compared it with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
    /// The quotes it rests on, each once.
    pub bases: BTreeMap<String, Basis>,
    /// Who may claim.
    pub conditions: Condition,
    /// What it gives.
    pub benefits: Vec<Benefit>,
    /// When to claim; several when a change moved the days.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub window: Vec<Window>,
    /// What to bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Material>,
    /// Where to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Stated>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Stated>,
    /// Where to claim online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<Stated>,
    /// The department in charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Stated>,
    /// What cannot be had together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusive: Vec<Exclusive>,
    /// What no condition can hold; the department decides (由部门认定).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Stated>,
    /// What simply is so and is worth knowing (说明).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Stated>,
}

/// How it is given (兑现方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Delivery {
    /// On application (申报).
    #[default]
    #[serde(rename = "申报")]
    OnApplication,
    /// Without application (免申即享).
    #[serde(rename = "免申即享")]
    ByItself,
}

impl Delivery {
    /// The Chinese words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OnApplication => "申报",
            Self::ByItself => "免申即享",
        }
    }
}

/// What a statement rests on (依据): the exact words of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The document.
    pub document: DocumentId,
    /// The clause, by its label.
    pub clause: String,
    /// The clause's own words.
    pub quote: String,
}

/// What a person last compared a programme with (核对).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// On which day.
    pub on: Date,
    /// Documents, each with the first digits of the SHA-256 of its text on that day.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<DocumentId, String>,
}

/// A statement with its basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The words.
    pub text: String,
    /// The basis, by its key.
    pub basis: String,
}

/// Something to bring (材料).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Its name.
    pub name: String,
    /// The basis, by its key.
    pub basis: String,
}

/// Programmes that cannot be had together (互斥).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusive {
    /// The other programmes.
    pub with: Vec<String>,
    /// The rule.
    pub rule: ExclusiveRule,
    /// The basis, by its key.
    pub basis: String,
}

/// How an overlap is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExclusiveRule {
    /// The higher one, not both (就高不重复).
    #[serde(rename = "就高不重复")]
    Highest,
    /// One of them, as the claimant chooses (不可同时享受).
    #[serde(rename = "不可同时享受")]
    NotBoth,
    /// Both, as the text says (可以同时享受).
    #[serde(rename = "可以同时享受")]
    Both,
}

impl ExclusiveRule {
    /// The Chinese words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Highest => "就高不重复",
            Self::NotBoth => "不可同时享受",
            Self::Both => "可以同时享受",
        }
    }
}

impl SupportProgramme {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The windows that hold on a day: several when there are batches.
    pub fn windows_on(&self, day: Date) -> impl Iterator<Item = &Window> {
        self.window.iter().filter(move |window| window.holds_on(day))
    }

    /// Every key of a basis that something names, in the order of the file.
    #[must_use]
    pub fn bases_named(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.conditions.leaves().iter().map(|leaf| leaf.basis.as_str()).collect();
        for benefit in &self.benefits {
            keys.push(&benefit.basis);
            keys.extend(benefit.when.iter().flat_map(Condition::leaves).map(|leaf| leaf.basis.as_str()));
        }
        keys.extend(self.window.iter().map(|window| window.basis.as_str()));
        keys.extend(self.materials.iter().map(|material| material.basis.as_str()));
        let places = [&self.place, &self.telephone, &self.online, &self.department];
        keys.extend(
            places.into_iter().flatten().chain(&self.unresolved).chain(&self.notes).map(|stated| stated.basis.as_str()),
        );
        keys.extend(self.exclusive.iter().map(|exclusive| exclusive.basis.as_str()));
        keys
    }
}
