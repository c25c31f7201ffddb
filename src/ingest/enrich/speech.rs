//! Reports held as speeches (政府工作报告): they open with a salutation and say in their first sentence what they are.

/// Within how many characters the speaker says what is reported.
const OPENING_CHARS: usize = 400;
/// Longest name of a file that can be that of a place.
const LONGEST_PLACE: usize = 12;

pattern!(
    SPEAKS_FOR,
    r"我代表(国务院|\p{Han}{0,15}?(?:人民政府|政府|行署))[，,]?\s*(?:向(?:大会|会议))?(?:作|报告)(?:政府)?工作"
);

/// The title of a report that has none of its own, with the place of which it speaks, as far as text or file name say.
pub(super) fn title(text: &str, stem: &str) -> Option<String> {
    let opening: String = text.chars().take(OPENING_CHARS).collect();
    let whose = SPEAKS_FOR.captures(&opening)?.get(1).map_or("", |found| found.as_str());
    let whose = ["人民政府", "政府", "行署"].iter().find_map(|end| whose.strip_suffix(end)).unwrap_or(whose);
    let short = stem.chars().count() <= LONGEST_PLACE && stem.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    // 市人民政府 does not say which.
    let place = if whose.chars().count() > 1 {
        whose
    } else if short {
        stem
    } else {
        ""
    };
    Some(format!("{place}政府工作报告"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_it_is() {
        let speech = "各位代表：\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n一、去年工作回顾";
        assert_eq!(title(speech, "栖云").as_deref(), Some("栖云政府工作报告"));
        assert_eq!(title(&speech.replace("代表市", "代表栖云市"), "a1").as_deref(), Some("栖云市政府工作报告"));
        assert_eq!(title("各位代表：今天开会。", "栖云"), None);
    }
}
