//! A day (日期) as it is written in parameters: 2026-11-21, and in no other of the forms that ISO 8601 allows.

use jiff::civil::Date;

/// Characters of a wrong day that are repeated.
const SHOWN_CHARS: usize = 20;

/// Parses `YYYY-MM-DD` and nothing else: no basic form, no sign, no time, no week.
pub fn parse_day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let shape = |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
    let written = text.len() == 10 && text.char_indices().all(shape);
    let day = written.then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| {
        let shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN_CHARS).collect();
        format!("“{shown}”不是日期；请写成 2026-11-21 的样子")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plain_form_is_a_day() {
        assert_eq!(parse_day("2026-11-21").map(|day| day.to_string()).as_deref(), Ok("2026-11-21"));
        for wrong in [
            "",
            "20261121",
            "+002026-11-21",
            "2026-11-21T10:00",
            "2026-W47-6",
            "2026-325",
            "2026-02-30",
            "２０２６-11-21",
        ] {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
    }
}
