//! Which clause a question means by 第八条, （八）, 三（二） (条款对号).
//!
//! Exact labels first. Only a document that has none is looked through for the same ordinal in another style: people
//! call the （八） of a work plan 第八条.

use crate::analysis::parse_number;
use crate::policy::{ClauseKind, Outline};
use crate::query::InformationNeed;

/// The clauses of a document that a question's label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedClause {
    nodes: Vec<usize>,
    exact: bool,
}

impl AskedClause {
    /// Finds the clauses of a document that a need names, if it names any. Another numbering is thought of only when the
    /// need names its document too: then the clause is in it or nowhere.
    pub(crate) fn of(need: &InformationNeed, outline: &Outline) -> Option<Self> {
        let pinned = !need.numbers.is_empty() || !need.titles.is_empty();
        need.clause.as_deref().map(|asked| Self::find(asked, outline)).map(|clause| match clause.exact || pinned {
            true => clause,
            false => Self { nodes: Vec::new(), exact: true },
        })
    }

    /// The clause with this label, in its own numbering.
    pub(crate) fn labelled(label: &str, outline: &Outline) -> Option<usize> {
        let found = Self::find(label, outline);
        found.nodes.first().copied().filter(|_| found.exact)
    }

    fn find(asked: &str, outline: &Outline) -> Self {
        let wanted = steps(asked);
        let labels: Vec<Vec<Step>> = outline
            .nodes()
            .iter()
            .map(|node| if counted(node.kind) { steps(&node.label) } else { Vec::new() })
            .collect();
        let all = |fits: &dyn Fn(&[Step]) -> bool| -> Vec<usize> {
            labels.iter().enumerate().filter(|(_, label)| !label.is_empty() && fits(label)).map(|(at, _)| at).collect()
        };
        let Some(first) = wanted.first() else { return Self { nodes: Vec::new(), exact: true } };
        let mut nodes = all(&|label| label == wanted);
        if nodes.is_empty() {
            nodes = all(&|label| label.ends_with(&wanted));
        }
        // 第三条第二款 of a document whose paragraphs have no labels is looked for in 第三条.
        for len in (1..wanted.len()).rev() {
            if nodes.is_empty() {
                nodes = all(&|label| label == &wanted[..len]);
            }
        }
        if !nodes.is_empty() {
            return Self { nodes, exact: true };
        }
        let alone = matches!(first.style, Style::Article) || wanted.len() == 1 && first.style == Style::Bracket;
        let last: Vec<Option<Step>> = labels.iter().map(|label| label.last().copied()).collect();
        Self { nodes: same_ordinal(*first, &last).filter(|_| alone).into_iter().collect(), exact: false }
    }

    /// Whether a node is one of them.
    pub(crate) fn holds(&self, node: usize) -> bool {
        self.nodes.contains(&node)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether the label is that of the document and not another one with the same ordinal.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }
}

/// How many measures a document counts: the last ordinal of the numbering that runs through it from one.
pub(crate) fn measures(outline: &Outline) -> Option<u32> {
    let counted = outline.nodes().iter().filter(|node| counted(node.kind));
    longest_run(&counted.filter_map(|node| steps(&node.label).pop()).collect::<Vec<_>>())
}

fn longest_run(steps: &[Step]) -> Option<u32> {
    let running = |style: &Style| {
        let mut ordinals: Vec<u32> =
            steps.iter().filter(|step| step.style == *style).map(|step| step.ordinal).collect();
        ordinals.sort_unstable();
        let count = u32::try_from(ordinals.len()).ok()?;
        ordinals.iter().copied().eq(1..=count).then_some(count)
    };
    Style::ALL.iter().chain(&[Style::Article]).filter_map(running).max().filter(|count| *count > 1)
}

fn counted(kind: ClauseKind) -> bool {
    !matches!(kind, ClauseKind::Title | ClauseKind::Letterhead | ClauseKind::Row)
}

/// The one node with this ordinal in another style. Where several styles have exactly one, that with the longest run of
/// ordinals is meant: it counts through the document as articles do.
fn same_ordinal(wanted: Step, labels: &[Option<Step>]) -> Option<usize> {
    let mut best: Option<(u32, usize)> = None;
    for style in Style::ALL.into_iter().filter(|style| *style != wanted.style) {
        let of_style =
            || labels.iter().enumerate().filter_map(|(at, step)| step.filter(|s| s.style == style).map(|s| (at, s)));
        let mut with = of_style().filter(|(_, step)| step.ordinal == wanted.ordinal);
        let (Some((at, _)), None) = (with.next(), with.next()) else { continue };
        let longest = of_style().map(|(_, step)| step.ordinal).max().unwrap_or(0);
        if best.is_none_or(|(known, _)| longest > known) {
            best = Some((longest, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The style of a numeral in a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 第八章.
    Chapter,
    /// 第八节.
    Section,
    /// 第八条.
    Article,
    /// 第二款.
    Paragraph,
    /// 八、
    Comma,
    /// （八）, 第（八）项, 第八项.
    Bracket,
    /// 8.
    Figure,
    /// 附件8.
    Annex,
}

impl Style {
    /// Those in which a clause of a plan may be numbered, from the top down.
    const ALL: [Self; 3] = [Self::Comma, Self::Bracket, Self::Figure];
}

/// A step of a label: a style and an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    style: Style,
    ordinal: u32,
}

/// The steps of a label: 第八条第二款第（三）项, 三（二）, 2.
fn steps(label: &str) -> Vec<Step> {
    let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c);
    let compact: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    let mut rest = compact.as_str();
    while let Some(start) = rest.find(numeral) {
        let len = rest[start..].find(|c: char| !numeral(c)).unwrap_or(rest.len() - start);
        let (before, after) = (&rest[..start], &rest[start + len..]);
        // An ordinal is a small whole number.
        let Some(ordinal) = parse_number(&rest[start..start + len]).map(|value| value as u32) else { break };
        let bracket = before.ends_with(['（', '(']);
        let inner = if bracket { after.trim_start_matches(['）', ')']) } else { after };
        let figure = rest[start..].starts_with(|c: char| c.is_ascii_digit());
        let style = match inner.chars().next() {
            Some('章') => Style::Chapter,
            Some('节') => Style::Section,
            Some('条') => Style::Article,
            Some('款') => Style::Paragraph,
            Some('项') => Style::Bracket,
            _ if before.ends_with("附件") => Style::Annex,
            _ if bracket => Style::Bracket,
            _ if figure => Style::Figure,
            _ => Style::Comma,
        };
        found.push(Step { style, ordinal });
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(label: &str) -> Option<Step> {
        steps(label).pop()
    }

    #[test]
    fn labels_are_read_in_steps() {
        assert_eq!(steps("第12条第二款"), steps("第十二条第2款"));
        assert_eq!(steps("三（二）"), steps("三、(二)"));
        assert_eq!(steps("第九条第（八）项"), steps("第九条（八）"));
        assert_ne!(step("第八条"), step("（八）"));
    }

    #[test]
    fn measures_are_counted_by_the_running_numbering() {
        let count = |labels: &[&str]| longest_run(&labels.iter().filter_map(|label| step(label)).collect::<Vec<_>>());
        assert_eq!(count(&["一", "一（一）", "一（二）", "二", "二（三）", "二（四）"]), Some(4));
        assert_eq!(count(&["一", "二", "三", "三（一）", "二（一）"]), Some(3));
        assert_eq!(count(&[""]), None);
    }

    #[test]
    fn another_numbering_is_taken_only_when_one_fits() {
        let labels = |list: &[&str]| -> Vec<Option<Step>> { list.iter().map(|label| step(label)).collect() };
        let wanted = Step { style: Style::Article, ordinal: 2 };
        // （一） … （三） run through the parts.
        let running = labels(&["一、", "一（一）", "一（二）", "二、", "二（三）"]);
        assert_eq!(same_ordinal(wanted, &running), Some(2));
        // （一）（二） begin anew in each part: only the parts themselves are told apart.
        let anew = labels(&["一、", "一（一）", "一（二）", "二、", "二（一）", "二（二）"]);
        assert_eq!(same_ordinal(wanted, &anew), Some(3));
        assert_eq!(same_ordinal(Step { ordinal: 9, ..wanted }, &anew), None);
    }
}
