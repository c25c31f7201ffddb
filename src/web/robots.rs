//! robots.txt (RFC 9309): what a site asks programs to leave alone.

/// The name under which the program asks and looks for rules of its own.
pub(super) const AGENT: &str = "zhengda";
/// Rules read from one file; the standard asks for at least 500 KiB of text.
const MAX_RULES: usize = 10_000;

/// The rules that hold for this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// Pattern, whether it allows.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// A site that answered that it cannot be asked now: nothing is allowed.
    pub(super) fn closed() -> Self {
        Self { rules: vec![("/".to_owned(), false)] }
    }

    /// Reads the groups for this program, else those for all.
    pub(super) fn parse(text: &str) -> Self {
        let (mut own, mut all) = (None::<Self>, Self::default());
        let (mut ours, mut everyone, mut naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines().take(MAX_RULES) {
            let line = line.split_once('#').map_or(line, |(rule, _)| rule);
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (ours, everyone) = (false, false);
                }
                naming = true;
                ours |= value.eq_ignore_ascii_case(AGENT);
                everyone |= value == "*";
                if ours {
                    own.get_or_insert_default();
                }
                continue;
            }
            naming = false;
            let allows = match key.as_str() {
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            if value.is_empty() {
                continue;
            }
            let rule = (value.to_owned(), allows);
            if ours && let Some(own) = &mut own {
                own.rules.push(rule.clone());
            }
            if everyone {
                all.rules.push(rule);
            }
        }
        own.unwrap_or(all)
    }

    /// Whether a path with its query may be asked for: the longest matching rule decides, allowing wins a tie.
    pub(super) fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }
}

/// Whether a pattern with `*` and a closing `$` fits the beginning of a path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if whole && index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(
            "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nAllow: /private/open/\nDisallow: /*.php$\nDisallow:\n",
        );
        assert!(robots.allows("/zwgk/1.html"));
        assert!(!robots.allows("/private/1.html"));
        assert!(robots.allows("/private/open/1.html"));
        assert!(!robots.allows("/a/b.php"));
        assert!(robots.allows("/a/b.php?x=1"));
    }

    #[test]
    fn a_group_of_its_own_comes_first() {
        let robots =
            Robots::parse("User-agent: *\nDisallow: /\nUser-Agent: Zhengda\nUser-agent: b\nDisallow: /x # no\n");
        assert!(robots.allows("/y") && !robots.allows("/x1"));
        assert!(!Robots::closed().allows("/y"));
        assert!(Robots::parse("<html>没有这个文件</html>").allows("/y"));
    }
}
