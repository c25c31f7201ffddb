//! Departments (部门名录): names, telephones, former names; and the numbers to call in an emergency.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::RegionCode;

/// A former name of a department (原机构).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerName {
    /// The former name.
    pub name: String,
    /// The day it ended.
    #[serde(default)]
    pub until: Option<Date>,
    /// Why.
    #[serde(default)]
    pub basis: String,
}

/// A unit of a department with a telephone of its own (股室).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its telephone.
    #[serde(default)]
    pub phone: Option<String>,
}

/// A department (部门).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Full name.
    pub name: String,
    /// The short name documents use: 县民政局.
    #[serde(default)]
    pub short: Option<String>,
    /// Other names people use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where it is.
    #[serde(default)]
    pub region: Option<RegionCode>,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// Address.
    #[serde(default)]
    pub address: Option<String>,
    /// Opening hours.
    #[serde(default)]
    pub hours: Option<String>,
    /// What people come for.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Former names.
    #[serde(default)]
    pub succeeds: Vec<FormerName>,
    /// Units.
    #[serde(default)]
    pub units: Vec<Unit>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyLine {
    /// Whose number it is.
    pub name: String,
    /// The number.
    pub number: String,
}

/// What is said first when a question sounds like an emergency (紧急情形).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyReply {
    /// The kind of emergency.
    pub situation: String,
    /// What only somebody in it says: 我不想活了, 胸口疼.
    pub patterns: Vec<String>,
    /// Words that name it, as questions about it do too: they need a sign of its presence.
    #[serde(default)]
    pub named: Vec<String>,
    /// Whether the patterns count in any company, a question of the law included.
    #[serde(default)]
    pub always: bool,
    /// Whether the rest of the question may be answered after the reply.
    #[serde(default)]
    pub then_answers: bool,
    /// Numbers to call.
    pub numbers: Vec<EmergencyLine>,
    /// The fixed reply.
    pub reply: String,
}

/// The public holidays of a year (法定节假日安排), as announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayYear {
    /// The year.
    pub year: i16,
    /// Days off (放假).
    pub off: Vec<Date>,
    /// Weekend days worked instead (调休上班).
    #[serde(default)]
    pub work: Vec<Date>,
    /// The announcement.
    #[serde(default)]
    pub basis: String,
}

/// The departments and the emergency replies of a library.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directory {
    /// Departments.
    pub departments: Vec<Department>,
    /// Emergency replies, confirmed by the operator.
    pub emergencies: Vec<EmergencyReply>,
    /// Public holidays, of the years that the operator gave.
    #[serde(default)]
    pub holidays: Vec<HolidayYear>,
}

impl Directory {
    /// The departments that bear this name now or bore it once, those of `region` first.
    #[must_use]
    pub fn named(&self, name: &str, region: Option<&RegionCode>) -> Vec<&Department> {
        let mut found: Vec<&Department> = self
            .departments
            .iter()
            .filter(|department| {
                department.name == name
                    || department.short.as_deref() == Some(name)
                    || department.aliases.iter().any(|alias| alias == name)
                    || department.succeeds.iter().any(|former| former.name == name)
            })
            .collect();
        found.sort_by_key(|department| department.region.as_ref() != region);
        found
    }
}
