//! Number formats (编号格式) of Word: how an automatic number is written.

/// Digits of a Chinese numeral and the signs of its places.
struct Han {
    digits: [&'static str; 10],
    /// Ten, hundred, thousand, ten thousand.
    places: [&'static str; 4],
    /// Whether ten to nineteen begin with the sign of ten.
    bare_ten: bool,
}

const PLAIN: Han = Han {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    places: ["十", "百", "千", "万"],
    bare_ten: true,
};
const LEGAL: Han = Han {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    places: ["拾", "佰", "仟", "万"],
    bare_ten: false,
};
const LEGAL_TRADITIONAL: Han = Han {
    digits: ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"],
    places: ["拾", "佰", "仟", "萬"],
    bare_ten: false,
};

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const ZERO: i64 = 0;

/// Writes a number in a format of Word; a format that is not known is written in Arabic digits.
pub(super) fn write(format: &str, number: i64) -> String {
    if number < ZERO {
        return number.to_string();
    }
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" | "01, 02, 03, ..." => format!("{number:02}"),
        "001, 002, 003, ..." => format!("{number:03}"),
        "0001, 0002, 0003, ..." => format!("{number:04}"),
        "upperRoman" => roman(number).unwrap_or_else(|| number.to_string()),
        "lowerRoman" => roman(number).map_or_else(|| number.to_string(), |text| text.to_lowercase()),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "numberInDash" => format!("- {number} -"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => enclosed(number, 0x2488, 20).unwrap_or_else(|| format!("{number}.")),
        "decimalEnclosedParen" => enclosed(number, 0x2474, 20).unwrap_or_else(|| format!("({number})")),
        "ideographEnclosedCircle" => enclosed(number, 0x3280, 10).unwrap_or_else(|| number.to_string()),
        "ideographTraditional" => in_turn(STEMS, number),
        "ideographZodiac" => in_turn(BRANCHES, number),
        "ideographZodiacTraditional" => sexagenary(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => digits(number),
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => digits(number),
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => han(number, &PLAIN),
        "chineseLegalSimplified" => han(number, &LEGAL),
        "ideographLegalTraditional" | "japaneseLegal" => han(number, &LEGAL_TRADITIONAL),
        _ => number.to_string(),
    }
}

/// A number in a circle; in brackets where no such sign exists.
pub(super) fn circled(number: i64) -> String {
    let sign = match number {
        0 => Some('⓪'),
        1..=20 => char::from_u32(0x2460 + (number as u32 - 1)),
        21..=35 => char::from_u32(0x3251 + (number as u32 - 21)),
        36..=50 => char::from_u32(0x32b1 + (number as u32 - 36)),
        _ => None,
    };
    sign.map_or_else(|| format!("({number})"), String::from)
}

fn enclosed(number: i64, first: u32, last: i64) -> Option<String> {
    (1..=last).contains(&number).then(|| char::from_u32(first + (number as u32 - 1)).map(String::from)).flatten()
}

/// Most of a format that says a number by repetition: z, zz, zzz.
const LONGEST_REPEAT: i64 = 30;

fn letters(number: i64, first: char) -> String {
    let times = (number - 1) / 26 + 1;
    if number < 1 || times > LONGEST_REPEAT {
        return number.to_string();
    }
    let letter = (first as u8 + ((number - 1) % 26) as u8) as char;
    std::iter::repeat_n(letter, times as usize).collect()
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

fn full_width(number: i64) -> String {
    number.to_string().chars().map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c)).collect()
}

fn in_turn(signs: &str, number: i64) -> String {
    let count = signs.chars().count() as i64;
    match number {
        1.. if number <= count => signs.chars().nth(number as usize - 1).map(String::from).unwrap_or_default(),
        _ => number.to_string(),
    }
}

fn sexagenary(number: i64) -> String {
    let sign = |signs: &str, count: i64| signs.chars().nth(((number - 1) % count) as usize);
    match (sign(STEMS, 10), sign(BRANCHES, 12)) {
        (Some(stem), Some(branch)) if (1..=60).contains(&number) => format!("{stem}{branch}"),
        _ => number.to_string(),
    }
}

/// Digit by digit: 二〇二四.
fn digits(number: i64) -> String {
    let sign = |c: char| match c {
        '0' => "〇",
        _ => PLAIN.digits[(c as usize).saturating_sub('0' as usize).min(9)],
    };
    number.to_string().chars().map(sign).collect()
}

/// A counting numeral: 一百二十三.
fn han(number: i64, signs: &Han) -> String {
    if number == 0 {
        return signs.digits[0].to_owned();
    }
    if number >= 100_000_000 {
        return number.to_string();
    }
    let (high, low) = (number / 10_000, number % 10_000);
    let mut text = String::new();
    if high > 0 {
        text.push_str(&han(high, signs));
        text.push_str(signs.places[3]);
        if low > 0 && low < 1000 {
            text.push_str(signs.digits[0]);
        }
    }
    below_ten_thousand(low, signs, &mut text);
    text
}

fn below_ten_thousand(number: i64, signs: &Han, text: &mut String) {
    let mut gap = false;
    let mut begun = false;
    for (value, place) in [(1000, signs.places[2]), (100, signs.places[1]), (10, signs.places[0]), (1, "")] {
        let digit = (number / value % 10) as usize;
        if digit == 0 {
            gap = begun;
            continue;
        }
        if gap {
            text.push_str(signs.digits[0]);
        }
        let bare = signs.bare_ten && value == 10 && digit == 1 && !begun && text.is_empty();
        if !bare {
            text.push_str(signs.digits[digit]);
        }
        text.push_str(place);
        (gap, begun) = (false, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let cases = [
            ("chineseCountingThousand", 1, "一"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 21, "二十一"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1260, "一千二百六十"),
            ("chineseCountingThousand", 10_203, "一万零二百零三"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 105, "一〇五"),
            ("japaneseCounting", 20, "二十"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedCircle", 60, "(60)"),
            ("upperRoman", 49, "XLIX"),
            ("lowerLetter", 28, "bb"),
            ("decimalZero", 7, "07"),
            ("decimalFullWidth", 12, "１２"),
            ("unheard-of", 5, "5"),
        ];
        for (format, number, text) in cases {
            assert_eq!(write(format, number), text, "{format} {number}");
        }
    }

    #[test]
    fn no_number_is_too_large() {
        for number in [i64::MIN, -1, 0, 99_999_999, i64::MAX] {
            for format in ["upperRoman", "lowerLetter", "chineseCountingThousand", "ideographZodiacTraditional"] {
                assert!(write(format, number).chars().count() < 40, "{format} {number}");
            }
        }
    }
}
