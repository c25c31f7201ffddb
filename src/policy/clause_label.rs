//! Clause labels (条款项): which clause a text means by 第八条, 第8条第二款, 第（三）项.

/// The figures of Chinese numerals.
const FIGURES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A label in one writing: Chinese numerals, no brackets, no white space (第12条第（三）项 → 第十二条第三项).
#[must_use]
pub(super) fn plain_label(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    let mut number = String::new();
    for c in label.chars() {
        let digit = match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            c => c,
        };
        if digit.is_ascii_digit() {
            number.push(digit);
            continue;
        }
        plain.push_str(&numeral(&std::mem::take(&mut number)));
        if !(c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')')) {
            plain.push(c);
        }
    }
    plain.push_str(&numeral(&number));
    plain
}

/// Whether the clause labelled `outer` is, or holds, the clause labelled `inner`.
#[must_use]
pub(super) fn covers(outer: &str, inner: &str) -> bool {
    !outer.is_empty() && inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('第'))
}

fn numeral(digits: &str) -> String {
    let Ok(value) = digits.parse::<usize>() else { return digits.to_owned() };
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    if value == 0 || hundreds > 9 {
        return digits.to_owned();
    }
    let mut text = String::new();
    if hundreds > 0 {
        text.push_str(FIGURES[hundreds]);
        text.push('百');
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (_, 0) if ones > 0 => text.push('零'),
        (_, 0) => {}
        (0, 1) => text.push('十'),
        _ => {
            text.push_str(FIGURES[tens]);
            text.push('十');
        }
    }
    text.push_str(FIGURES[ones]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_one_writing() {
        for (label, plain) in [
            ("第12条第（三）项", "第十二条第三项"),
            ("第 ８ 条第2款", "第八条第二款"),
            ("第110条", "第一百一十条"),
            ("第105条之一", "第一百零五条之一"),
            ("第20章", "第二十章"),
        ] {
            assert_eq!(plain_label(label), plain);
        }
        assert!(covers("第八条", "第八条第二款") && covers("第八条", "第八条"));
        assert!(!covers("第八条", "第八条之一") && !covers("第十条", "第十一条") && !covers("", "第一条"));
    }
}
