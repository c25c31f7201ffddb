//! Size of an enterprise (企业划型) by the official standard: 《中小企业划型标准规定》(工信部联企业〔2011〕300号) with the
//! industries of 《统计上大中小微型企业划分办法（2017）》(国统字〔2017〕213号).
//!
//! 大型, 中型 and 小型 must reach the lower bound of every indicator listed for the industry, else they fall to the next
//! smaller size; 微型 needs one indicator only. So the size is the smallest that any indicator gives. Where an indicator
//! is not known, every size up to that of the known ones stays possible.

use crate::policy::programme::Decimal;

/// Sizes, from small to large.
pub(super) const SIZES: [&str; 4] = ["微型", "小型", "中型", "大型"];

/// Lower bounds of 小型, 中型 and 大型.
type Bounds = [i64; 3];

/// An industry of the standard with its indicators.
struct Row {
    /// Codes of GB/T 4754-2017 it covers.
    codes: &'static [&'static str],
    /// Staff.
    staff: Option<Bounds>,
    /// Annual revenue in 万元.
    revenue: Option<Bounds>,
    /// Total assets in 万元.
    assets: Option<Bounds>,
}

const fn row(
    codes: &'static [&'static str],
    staff: Option<Bounds>,
    revenue: Option<Bounds>,
    assets: Option<Bounds>,
) -> Row {
    Row { codes, staff, revenue, assets }
}

/// The table of the standard. Finance, education, health care and public bodies are not in it.
const TABLE: [Row; 15] = [
    row(&["A"], None, Some([50, 500, 20_000]), None),
    row(&["B", "C", "D"], Some([20, 300, 1_000]), Some([300, 2_000, 40_000]), None),
    row(&["E"], None, Some([300, 6_000, 80_000]), Some([300, 5_000, 80_000])),
    row(&["F51"], Some([5, 20, 200]), Some([1_000, 5_000, 40_000]), None),
    row(&["F52"], Some([10, 50, 300]), Some([100, 500, 20_000]), None),
    row(&["G54", "G55", "G56", "G57", "G58"], Some([20, 300, 1_000]), Some([200, 3_000, 30_000]), None),
    row(&["G59"], Some([20, 100, 200]), Some([100, 1_000, 30_000]), None),
    row(&["G60"], Some([20, 300, 1_000]), Some([100, 2_000, 30_000]), None),
    row(&["H"], Some([10, 100, 300]), Some([100, 2_000, 10_000]), None),
    row(&["I63", "I64"], Some([10, 100, 2_000]), Some([100, 1_000, 100_000]), None),
    row(&["I65"], Some([10, 100, 300]), Some([50, 1_000, 10_000]), None),
    row(&["K701"], None, Some([100, 1_000, 200_000]), Some([2_000, 5_000, 10_000])),
    row(&["K702"], Some([100, 300, 1_000]), Some([500, 1_000, 5_000]), None),
    row(&["L"], Some([10, 100, 300]), None, Some([100, 8_000, 120_000])),
    row(&["K703", "K709", "M", "N", "O", "Q85", "R"], Some([10, 100, 300]), None, None),
];

/// What is known for the computation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Indicators<'p> {
    /// Industry code with its section.
    pub(super) industry: Option<&'p str>,
    /// Staff.
    pub(super) staff: Option<Decimal>,
    /// Annual revenue in yuan.
    pub(super) revenue: Option<Decimal>,
    /// Total assets in yuan.
    pub(super) assets: Option<Decimal>,
}

/// Facts the computation can still use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacking {
    Industry,
    Staff,
    Revenue,
    Assets,
}

impl Lacking {
    /// The id of the fact.
    pub(super) fn fact(self) -> &'static str {
        match self {
            Self::Industry => "industry",
            Self::Staff => "staff",
            Self::Revenue => "annual_revenue",
            Self::Assets => "total_assets",
        }
    }
}

/// The rows an industry code can mean: its own, or all below it when it is a whole section.
fn rows(industry: Option<&str>) -> Vec<&'static Row> {
    let fits = |code: &&str| industry.is_none_or(|own| own.starts_with(*code) || code.starts_with(own));
    TABLE.iter().filter(|row| row.codes.iter().any(fits)).collect()
}

/// The step that a number reaches.
fn step(number: Decimal, bounds: Bounds, unit: i64) -> usize {
    bounds.iter().filter(|bound| number >= Decimal::whole(**bound * unit)).count()
}

/// Yuan in 万元.
const TEN_THOUSAND: i64 = 10_000;

/// The greatest size a row still allows, and whether it is certain.
fn of_row(row: &Row, known: Indicators<'_>) -> (usize, bool) {
    let indicators = [
        (row.staff, known.staff, 1),
        (row.revenue, known.revenue, TEN_THOUSAND),
        (row.assets, known.assets, TEN_THOUSAND),
    ];
    let asked = indicators.iter().filter_map(|(bounds, number, unit)| bounds.map(|bounds| (bounds, *number, *unit)));
    let mut greatest = SIZES.len() - 1;
    let mut certain = true;
    for (bounds, number, unit) in asked {
        match number {
            Some(number) => greatest = greatest.min(step(number, bounds, unit)),
            None => certain = false,
        }
    }
    (greatest, certain || greatest == 0)
}

/// The sizes that are still possible, from small to large; empty when the standard does not cover the industry.
pub(super) fn possible_sizes(known: Indicators<'_>) -> Vec<&'static str> {
    let rows = rows(known.industry);
    let mut possible = [false; SIZES.len()];
    for row in rows {
        let (greatest, certain) = of_row(row, known);
        let least = if certain { greatest } else { 0 };
        possible[least..=greatest].fill(true);
    }
    SIZES.into_iter().zip(possible).filter(|(_, possible)| *possible).map(|(size, _)| size).collect()
}

/// What would make the size certain.
pub(super) fn lacking(known: Indicators<'_>) -> Vec<Lacking> {
    if possible_sizes(known).len() <= 1 {
        return Vec::new();
    }
    let rows = rows(known.industry);
    if rows.len() > 1 {
        return vec![Lacking::Industry];
    }
    let mut lacking = Vec::new();
    for row in rows {
        let indicators = [
            (row.staff.is_some() && known.staff.is_none(), Lacking::Staff),
            (row.revenue.is_some() && known.revenue.is_none(), Lacking::Revenue),
            (row.assets.is_some() && known.assets.is_none(), Lacking::Assets),
        ];
        lacking.extend(indicators.into_iter().filter(|(open, _)| *open).map(|(_, which)| which));
    }
    lacking
}

/// The industry whose bounds stand for all while it is not known: most enterprises that claim make something.
const TYPICAL: &str = "C";

/// The bounds of an indicator in an industry, in its own unit.
pub(super) fn steps(fact: &str, industry: Option<&str>) -> Vec<Decimal> {
    let of = |row: &Row| match fact {
        "staff" => row.staff.map(|bounds| (bounds, 1)),
        "annual_revenue" => row.revenue.map(|bounds| (bounds, TEN_THOUSAND)),
        "total_assets" => row.assets.map(|bounds| (bounds, TEN_THOUSAND)),
        _ => None,
    };
    let bounds = rows(industry.or(Some(TYPICAL)))
        .into_iter()
        .filter_map(of)
        .flat_map(|(bounds, unit)| bounds.map(|bound| Decimal::whole(bound * unit)));
    bounds.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(industry: &str, staff: Option<i64>, revenue: Option<i64>, assets: Option<i64>) -> Vec<&'static str> {
        let money = |number: Option<i64>| number.map(|number| Decimal::whole(number * TEN_THOUSAND));
        possible_sizes(Indicators {
            industry: Some(industry),
            staff: staff.map(Decimal::whole),
            revenue: money(revenue),
            assets: money(assets),
        })
    }

    #[test]
    fn the_smaller_indicator_decides() {
        assert_eq!(sizes("C13", Some(35), Some(1200), None), ["小型"]);
        assert_eq!(sizes("C13", Some(300), Some(1999), None), ["小型"]);
        assert_eq!(sizes("C13", Some(300), Some(2000), None), ["中型"]);
        assert_eq!(sizes("C13", Some(1000), Some(40_000), None), ["大型"]);
        assert_eq!(sizes("C13", Some(19), None, None), ["微型"]);
        assert_eq!(sizes("A01", Some(2000), Some(499), None), ["小型"]);
        assert_eq!(sizes("E48", None, Some(6000), Some(4999)), ["小型"]);
        assert_eq!(sizes("F", Some(4), None, None), ["微型"]);
        assert_eq!(sizes("C", Some(200), None, None), ["微型", "小型"]);
        assert_eq!(sizes("L72", Some(120), None, Some(8000)), ["中型"]);
        assert!(sizes("J66", Some(100), Some(100), None).is_empty());
    }
}
