//! Reads the values of a text.

use std::ops::Range;

use regex::Captures;

use crate::analysis::{Numeral, NumeralKind, numerals_in};

use super::date::days_in;
use super::unit::{Unit, unit_at};
use super::{Figure, FigureKind, Measure, scope};

// What stands in these names something, and its numbers are no values: 《2026年…》, 〔2021〕, 第十二条.
pattern!(NAMES, r"《[^》]*》|〔[^〕]*〕|［[^］]*］");
// 80—89周岁, 3至5年, 10万—20万元.
pattern!(DASH, r"^\s*(?:[-—–~～－]{1,2}|至|到)\s*$");
// The head of a column that gives the unit of its cells: 补贴标准（元/月）.
pattern!(
    COLUMN_UNIT,
    r"[（(]\s*(?:单位[:：]\s*)?(?P<unit>万元|亿元|元|%|％|个月|年|天|人|户|亩)(?P<scope>(?:[/／·.][^）)/／·.]{1,4})*)\s*[）)]"
);

// Columns that a unit given for the whole table (单位：元) does not mean.
pattern!(OTHER_COLUMN, r"比例|率|年限|期限|数量|面积|人数|次数|序号|编号|年龄|时间|日期|%|％|年度|层数|楼层");

/// The unit that a line before the head of a table gives for all of it: （单位：元/户）.
fn unit_of_table(text: &str) -> Option<Captures<'_>> {
    let before = text.lines().take_while(|line| !line.trim_start().starts_with('|'));
    before.filter(|line| line.contains("单位")).last().and_then(|line| COLUMN_UNIT.captures(line))
}

/// The values of a text, in order.
pub(in super::super) fn figures_in(text: &str) -> Vec<Figure> {
    let days = days_in(text);
    let mut covered: Vec<Range<usize>> = NAMES.find_iter(text).map(|found| found.range()).collect();
    let free = |covered: &[Range<usize>], range: &Range<usize>| {
        covered.iter().all(|other| range.end <= other.start || other.end <= range.start)
    };
    let mut figures: Vec<Figure> = Vec::new();
    for (range, day) in days {
        if free(&covered, &range) {
            covered.push(range.clone());
            figures.push(Figure {
                kind: FigureKind::Date,
                measure: Measure::Day(day),
                unit: day.unit(),
                scope: vec![],
                range,
            });
        }
    }
    let numerals: Vec<Numeral> = numerals_in(text).into_iter().filter(|one| free(&covered, &one.range)).collect();
    for (index, numeral) in numerals.iter().enumerate() {
        if let Some(figure) = figure(text, numeral, numerals.get(index + 1)).or_else(|| cell(text, numeral)) {
            figures.push(figure);
        }
    }
    figures.sort_by_key(|figure| figure.range.start);
    with_scopes(text, figures)
}

/// The value of a numeral with its unit, or with that of the next one when both make a range.
fn figure(text: &str, numeral: &Numeral, next: Option<&Numeral>) -> Option<Figure> {
    let before = &text[..numeral.range.start];
    if before.ends_with(['第', '-', '〔']) || text[numeral.range.end..].starts_with('号') {
        return None;
    }
    if numeral.kind == NumeralKind::Rate {
        return Some(made(FigureKind::Rate, round(numeral.value * 100.0), "%", numeral.range.clone()));
    }
    if let Some(unit) = unit_at(before, &numeral.text, &text[numeral.range.end..]) {
        let range = numeral.range.start..numeral.range.end + unit.len;
        return Some(made(unit.kind, round(numeral.value * unit.factor), unit.name, range));
    }
    let next = next.filter(|next| DASH.is_match(text.get(numeral.range.end..next.range.start).unwrap_or_default()))?;
    if next.kind == NumeralKind::Rate {
        return Some(made(FigureKind::Rate, numeral.value, "%", numeral.range.clone()));
    }
    let unit = unit_at(&text[..next.range.start], &next.text, &text[next.range.end..])?;
    let scale = scale_of(&next.text).filter(|_| scale_of(&numeral.text).is_none()).unwrap_or(1.0);
    Some(made(unit.kind, round(numeral.value * scale * unit.factor), unit.name, numeral.range.clone()))
}

/// A number that fills a cell of a table, with the unit that the head of its column gives.
fn cell(text: &str, numeral: &Numeral) -> Option<Figure> {
    let line_start = text[..numeral.range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line_start..numeral.range.start].trim_end();
    let after = text[numeral.range.end..].trim_start();
    if !before.ends_with('|') || !after.starts_with('|') {
        return None;
    }
    let column = before.matches('|').count();
    let head = text.lines().find(|line| line.trim_start().starts_with('|'))?.trim();
    let name = head.split('|').nth(column)?;
    let found = COLUMN_UNIT.captures(name).or_else(|| unit_of_table(text).filter(|_| !OTHER_COLUMN.is_match(name)))?;
    let name = found.name("unit")?.as_str();
    let (factor, name) = match name {
        "万元" => (1e4, "元"),
        "亿元" => (1e8, "元"),
        "％" => (1.0, "%"),
        name => (1.0, name),
    };
    let (kind, unit) = match name {
        "%" => (FigureKind::Rate, "%"),
        name => unit_at("", "", name).map(|Unit { kind, name, .. }| (kind, name))?,
    };
    let mut figure = made(kind, round(numeral.value * factor), unit, numeral.range.clone());
    let scope = found.name("scope").map(|scope| scope.as_str().to_owned());
    figure.scope.extend(scope.filter(|scope| !scope.is_empty()));
    Some(figure)
}

fn made(kind: FigureKind, value: f64, unit: &'static str, range: Range<usize>) -> Figure {
    Figure { kind, measure: Measure::Number(value), unit, scope: Vec::new(), range }
}

/// The factor with which a numeral ends.
fn scale_of(numeral: &str) -> Option<f64> {
    match numeral.chars().next_back()? {
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

/// Without the dust of binary fractions.
fn round(value: f64) -> f64 {
    /// Decimals kept, beyond what any text states.
    const DECIMALS: f64 = 1e6;
    (value * DECIMALS).round() / DECIMALS
}

/// Adds the words around each value; those before it reach back to the value before at most.
fn with_scopes(text: &str, mut figures: Vec<Figure>) -> Vec<Figure> {
    let mut from = 0;
    for figure in &mut figures {
        let before = text.get(from..figure.range.start).unwrap_or_default();
        let around = scope::around(before, &text[figure.range.end..]);
        figure.scope.splice(0..0, around);
        if scope::is_ceiling(&figure.scope) && matches!(figure.kind, FigureKind::Amount | FigureKind::Rate) {
            figure.kind = FigureKind::Ceiling;
        }
        from = figure.range.end;
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, value, unit, scope.
    fn read(text: &str) -> Vec<String> {
        figures_in(text)
            .into_iter()
            .map(|figure| {
                let value = match figure.measure {
                    Measure::Number(value) => value.to_string(),
                    Measure::Day(day) => day.to_string(),
                };
                format!("{} {value}{} {}", figure.kind.name(), figure.unit, figure.scope.join("+"))
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn values_have_kind_unit_and_scope() {
        for (text, expected) in [
            ("年满80周岁的老年人，每人每月100元", &["age 80周岁 满", "amount 100元 每人每月"][..]),
            (
                "每户一次性补助1.5万元，最高不超过10万元",
                &["amount 15000元 每户+一次性", "ceiling 100000元 最高+不超过"],
            ),
            ("按60%返还，比例不低于百分之三", &["rate 60%", "rate 3% 不低于"]),
            ("期限最长不超过12个月", &["period 12月 最长+不超过"]),
            ("自2025年1月1日起施行，有效期至2027年12月31日止", &["date 2025-01-01日 自+起", "date 2027-12-31日 至+止"]),
            ("于每月25日前发放", &["date ---25日 每月+前"]),
            ("在20个工作日内答复", &["period 20工作日 内"]),
            ("80—89周岁的，每年3次", &["age 80周岁", "age 89周岁", "count 3次 每年"]),
            ("10—20万元", &["amount 100000元", "amount 200000元"]),
            ("二〇二五年十二月三十一日前", &["date 2025-12-31日 前"]),
            ("3月底前", &["date --03月"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_names_and_other_words_are_no_values() {
        for text in [
            "第十二条第二款",
            "青政办〔2021〕74号",
            "《2026年稳岗返还工作方案》",
            "一次性补助",
            "同一家单位",
            "统一管理",
            "三年级学生",
            "拨打12345",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn cells_have_the_unit_of_their_column() {
        let table = "| 年龄 | 标准（元/人/月） |\n| --- | --- |\n| 80—89周岁 | 100 |";
        assert_eq!(read(table), ["age 80周岁", "age 89周岁", "amount 100元 /人/月"]);
        let table = "见下表（单位：元/户）：\n| 类别 | 人数 | 重建 |\n| --- | --- | --- |\n| 低保户 | 3 | 38000 |";
        assert_eq!(read(table), ["amount 38000元 /户"]);
    }
}
