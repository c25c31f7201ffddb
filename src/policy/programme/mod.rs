//! Programmes (惠企/惠民政策事项) as data: who gets what, under which conditions, each resting on the words of a clause.

mod basis;
mod benefit;
mod condition;
mod decimal;
mod fact;
mod profile;
mod rulebook;
mod support;
mod value;
mod window;
mod words;

pub use basis::{BasisFault, ResolvedBasis};
pub use benefit::{Benefit, BenefitKind, Tier};
pub use condition::{Condition, Leaf, Literal, Measure, Test};
pub use decimal::Decimal;
pub use fact::{ChoiceDefinition, Claimant, FactDefinition, FactType, FactVocabulary, Industry};
pub use profile::{GivenProfile, Profile, ProfileError};
pub use rulebook::Rulebook;
pub use support::{Basis, Delivery, Exclusive, ExclusiveRule, Material, Reviewed, Stated, SupportProgramme};
pub use value::{Days, FactValue, Holding, Holdings};
pub use window::{MonthDay, Window, WindowDays};
pub use words::{industry_code, number_in_words};

#[cfg(test)]
mod tests;
