//! Numbers and industry codes as people write them (数字与行业代码的写法).

use super::Decimal;

/// Ten thousand and its square, as factors after a number.
const FACTORS: [(&str, i64); 5] =
    [("亿", 100_000_000), ("千万", 10_000_000), ("百万", 1_000_000), ("万", 10_000), ("千", 1_000)];

/// A number with its unit: 35人, 1200万, 1,200万元, 5.5%; none when words remain.
#[must_use]
pub fn number_in_words(text: &str, unit: Option<&str>) -> Option<Decimal> {
    let plain: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if let Some(part) = plain.strip_suffix(['%', '％']) {
        return Decimal::parse(part)?.over(Decimal::whole(100));
    }
    let bare = unit.and_then(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
    let bare = bare.strip_suffix(['元', '块']).unwrap_or(bare);
    for (word, factor) in FACTORS {
        if let Some(part) = bare.strip_suffix(word) {
            return Some(Decimal::parse(part)?.times(Decimal::whole(factor)));
        }
    }
    Decimal::parse(bare)
}

/// Where the divisions of each section of GB/T 4754-2017 begin: 01–05 are A, 06–12 are B ….
const SECTIONS: [(u8, char); 20] = [
    (1, 'A'),
    (6, 'B'),
    (13, 'C'),
    (44, 'D'),
    (47, 'E'),
    (51, 'F'),
    (53, 'G'),
    (61, 'H'),
    (63, 'I'),
    (66, 'J'),
    (70, 'K'),
    (71, 'L'),
    (73, 'M'),
    (76, 'N'),
    (80, 'O'),
    (83, 'P'),
    (84, 'Q'),
    (86, 'R'),
    (91, 'S'),
    (97, 'T'),
];

/// An industry code with its section: `1392` → `C1392`, `C` → `C`; none when it is no code of GB/T 4754.
#[must_use]
pub fn industry_code(text: &str) -> Option<String> {
    let letter = text.chars().next().filter(char::is_ascii_uppercase);
    let digits = if letter.is_some() { &text[1..] } else { text };
    if digits.len() > 4 || digits.len() == 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.is_empty() {
        return letter.filter(|letter| *letter <= 'T').map(String::from);
    }
    let division: u8 = digits[..2].parse().ok()?;
    let section = SECTIONS.iter().rev().find(|(first, _)| *first <= division).map(|(_, section)| *section)?;
    (division <= 97 && letter.is_none_or(|letter| letter == section)).then(|| format!("{section}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_codes_as_people_write_them() {
        let read = |text, unit| number_in_words(text, unit).map(|number| number.to_string());
        assert_eq!(read("1200万", Some("元")).as_deref(), Some("12000000"));
        assert_eq!(read("1.2亿元", Some("元")).as_deref(), Some("120000000"));
        assert_eq!(read("35人", Some("人")).as_deref(), Some("35"));
        assert_eq!(read("5.5%", None).as_deref(), Some("0.055"));
        assert_eq!(read("三五个", Some("人")), None);
        assert_eq!(industry_code("1392").as_deref(), Some("C1392"));
        assert_eq!(industry_code("C").as_deref(), Some("C"));
        assert_eq!(industry_code("A13"), None);
        assert_eq!(industry_code("食品"), None);
    }
}
