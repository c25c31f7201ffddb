//! Values (单元格的值) as people read them: no 2.0 for two, no 1e6 for a million, dates as dates.

use calamine::{Data, ExcelDateTime};

/// Beyond this a floating number is no exact integer any more.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value in words, in one line.
pub(super) fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_shown(*number),
        Data::Bool(true) => "是".to_owned(),
        Data::Bool(false) => "否".to_owned(),
        Data::DateTime(moment) => moment_shown(moment),
        Data::DateTimeIso(moment) => moment.trim_end_matches("T00:00:00").replace('T', " "),
        Data::DurationIso(duration) => duration.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// A number with the fifteen digits a spreadsheet keeps.
fn number_shown(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{number:.0}");
    }
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn moment_shown(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time =
        || if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return time();
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {}", time()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn values_read_as_people_write_them() {
        assert_eq!(shown(&Data::Float(1_000_000.0)), "1000000");
        assert_eq!(shown(&Data::Float(2.0)), "2");
        assert_eq!(shown(&Data::Float(0.1 + 0.2)), "0.3");
        assert_eq!(shown(&Data::Float(-12.5)), "-12.5");
        assert_eq!(shown(&Data::Float(1e300)).len(), 301);
        assert_eq!(shown(&Data::String(" 甲\n 乙 ".to_owned())), "甲 乙");
        let date = ExcelDateTime::new(45000.0, ExcelDateTimeType::DateTime, false);
        assert_eq!(shown(&Data::DateTime(date)), "2023-03-15");
    }
}
