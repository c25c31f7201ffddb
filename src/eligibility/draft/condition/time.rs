//! Ages of a business and days (成立年限、日期): how long ago, or on which side of a day.

use super::super::quantity::number;
use super::{Found, Ground, Test};

/// Months of a year.
const YEAR: f64 = 12.0;

pattern!(
    FOUNDED,
    r"(?:登记|注册|成立|设立|登记注册|注册登记|工商登记)(?:时间|年限)?(?:已)?(?P<how>满|达到|不少于|超过|不超过|未满|不满|不足)?(?P<number>[0-9一二三四五六七八九十两]+)(?P<unit>年|个月)(?P<after>及?以上|（含）以上|以内|内)?"
);

/// The conditions on the time since something happened.
pub(super) fn read(phrase: &str, ground: Ground<'_>) -> Vec<Found> {
    let Some(fact) = ground.vocabulary.get("founded").filter(|fact| fact.subject == ground.audience) else {
        return Vec::new();
    };
    let founded = FOUNDED.captures_iter(phrase).filter_map(|found| {
        let months = number(&found["number"])? * if &found["unit"] == "年" { YEAR } else { 1.0 };
        let how = found.name("how").map_or("", |how| how.as_str());
        let after = found.name("after").map_or("", |after| after.as_str());
        let operator = match (how, after) {
            ("满" | "达到" | "不少于", _) | ("", "以上" | "及以上" | "（含）以上") => "at_least_months",
            ("不超过" | "", "以内" | "内") | ("不超过", "") => "within_months",
            _ => return None,
        };
        let months = whole(months)?;
        // 登记 itself may belong to a place (在本县登记满6个月).
        let begin = found.name("how").or_else(|| found.name("number"))?.start();
        Some(Found::new(&fact.id, Test::Months(operator, months), begin..found.get(0)?.end()))
    });
    founded.collect()
}

/// A number of months within a human life.
fn whole(months: f64) -> Option<u32> {
    /// A century.
    const MOST: u32 = 1200;
    (1..=MOST).find(|whole| f64::from(*whole) >= months)
}
