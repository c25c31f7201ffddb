//! Fields (域): their results are the document's words, their instructions are not — but for those that draw.

use super::numeral::circled;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its instruction.
    pub(super) instruction: String,
    /// Whether its result has begun.
    pub(super) has_result: bool,
}

/// Whether an instruction makes a table of contents.
pub(super) fn is_contents(instruction: &str) -> bool {
    instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
}

impl Field {
    /// What a field without a result draws: Word sets encircled numbers and fractions as `EQ` (带圈字符).
    pub(super) fn drawn(&self) -> Option<String> {
        let formula =
            self.instruction.trim().strip_prefix("EQ").or_else(|| self.instruction.trim().strip_prefix("eq"))?;
        if self.has_result {
            return None;
        }
        let formula = formula.trim();
        let open = formula.find('(')?;
        let arguments = formula[open + 1..].strip_suffix(')')?;
        let (operator, parts) = (formula[..open].to_lowercase(), arguments.split([',', '，', ';']).collect::<Vec<_>>());
        match parts.as_slice() {
            [ring, inner] if operator.contains("\\o") && is_ring(ring) => Some(ringed(inner)),
            [above, below] if operator.trim().starts_with("\\f") => Some(format!("{}/{}", plain(above), plain(below))),
            _ => Some(plain(arguments)),
        }
    }
}

fn is_ring(sign: &str) -> bool {
    plain(sign).chars().all(|c| matches!(c, '○' | '〇' | '◯' | '□' | '△' | '◇' | 'O'))
}

fn ringed(inner: &str) -> String {
    let inner = plain(inner);
    inner.parse().map_or(inner, circled)
}

/// The words of an argument without the switches of a formula.
fn plain(argument: &str) -> String {
    let mut words = String::new();
    let mut rest = argument.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            words.push(c);
            continue;
        }
        while rest.next_if(|c| c.is_ascii_alphanumeric()).is_some() {}
        rest.next_if_eq(&'(');
    }
    words.trim_matches([' ', ')', '(']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_draw_are_words() {
        let drawn = |code: &str| Field { instruction: code.to_owned(), has_result: false }.drawn();
        assert_eq!(drawn(r" EQ \o\ac(○,11) ").as_deref(), Some("⑪"));
        assert_eq!(drawn(r"eq \o\ac(○,密)").as_deref(), Some("密"));
        assert_eq!(drawn(r"EQ \f(1,2)").as_deref(), Some("1/2"));
        assert_eq!(drawn(r"EQ \o(\s\up 8(上),下)").as_deref().map(|words| words.contains('下')), Some(true));
        assert_eq!(drawn(" PAGE ").as_deref(), None);
        assert!(is_contents(r#" TOC \o "1-3" \h "#) && !is_contents("TOCX"));
    }
}
