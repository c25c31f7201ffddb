//! Sameness (同一文件): whether two texts are copies of one work.

use std::collections::BTreeSet;

use super::likeness::Shingles;
use crate::corpus::identity::normal_title;
use crate::policy::{DocumentKind, Metadata, Origin};

/// Part of the shorter text that the longer one must hold when number, or issuer and day, agree: an annex or a site's
/// frame may be missing, the body not.
const HELD_WHEN_NAMED: f32 = 0.7;
/// Likeness from which texts of one title are one when nothing else speaks: a site's frame and typing errors cost some
/// hundredths, another year's edition more.
const NEARLY_IDENTICAL: f32 = 0.85;
/// Days by which two sites state the written date of one document differently.
const SAME_DAYS: i32 = 3;
/// Shortest name after 关于 that tells a document without its issuer.
const NAME_CHARS: usize = 8;

/// Whether two documents are copies of one work. Other editions are not: another number, another written date, other
/// figures in the title or another last year in the text make another document, and so do drafts and interpretations.
pub(in crate::corpus) fn same_work(one: &Metadata, one_text: &str, other: &Metadata, other_text: &str) -> bool {
    if !may_be_same(one, other) {
        return false;
    }
    let numbered = one.number.is_some() && one.number == other.number;
    if !numbered && (last_year(one_text) != last_year(other_text) || written_apart(one, other)) {
        return false;
    }
    let likeness = Shingles::new(one_text).likeness(&Shingles::new(other_text));
    let same_issuer = one.issuers.iter().any(|issuer| other.issuers.contains(issuer));
    let same_day = one.dates.written.is_some() && one.dates.written == other.dates.written;
    if numbered || (same_issuer && same_day) {
        likeness.contained >= HELD_WHEN_NAMED
    } else {
        likeness.alike >= NEARLY_IDENTICAL
    }
}

/// What letterheads alone can say against it.
pub(in crate::corpus) fn may_be_same(one: &Metadata, other: &Metadata) -> bool {
    class(one.kind) == class(other.kind)
        && works(&one.title).intersection(&works(&other.title)).next().is_some()
        && figures(&one.title) == figures(&other.title)
        && !matches!((&one.number, &other.number), (Some(one), Some(other)) if one != other)
        && !places_apart(one, other)
        && !issuers_apart(one, other)
}

/// Kinds that are never copies of one another.
fn class(kind: DocumentKind) -> u8 {
    match kind {
        DocumentKind::Draft => 1,
        DocumentKind::Interpretation | DocumentKind::Faq => 2,
        DocumentKind::Gazette => 3,
        _ => 0,
    }
}

/// The names of a title's work: the title, the part from 关于 on, and for 关于印发《…》的通知 the work.
fn works(title: &str) -> BTreeSet<String> {
    let whole = normal_title(title);
    let mut names = BTreeSet::new();
    if let Some((_, rest)) = whole.split_once("关于")
        && rest.chars().count() >= NAME_CHARS
    {
        names.insert(rest.to_owned());
    }
    if let Some((before, rest)) = title.split_once('《')
        && before.trim_end().ends_with("印发")
        && let Some((inner, _)) = rest.rsplit_once('》')
    {
        names.insert(normal_title(inner));
    }
    names.insert(whole);
    names.retain(|name| !name.is_empty());
    names
}

/// The figures of a title: years, batches, numbers.
fn figures(title: &str) -> Vec<String> {
    const ORDINALS: &str = "一二三四五六七八九十〇零百";
    let is_figure = |c: char| c.is_ascii_digit() || ORDINALS.contains(c);
    let parts = title.split(|c: char| !is_figure(c)).filter(|part| part.chars().any(|c| c.is_ascii_digit()));
    let batches = title
        .match_indices('第')
        .map(|(at, _)| title[at + '第'.len_utf8()..].chars().take_while(|c| is_figure(*c)).collect::<String>());
    parts.map(str::to_owned).chain(batches.filter(|batch| !batch.is_empty())).collect()
}

/// The last year a text names: annual notices of one title differ in it.
fn last_year(text: &str) -> Option<u16> {
    /// Years of documents; later ones are numbers.
    const YEARS: std::ops::RangeInclusive<u16> = 1949..=2100;
    let years = text.match_indices('年').filter_map(|(at, _)| {
        let figures: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let year: String = figures.chars().rev().collect();
        (year.len() == 4).then(|| year.parse::<u16>().ok()).flatten()
    });
    years.filter(|year| YEARS.contains(year)).max()
}

fn written_apart(one: &Metadata, other: &Metadata) -> bool {
    match (one.dates.written, other.dates.written) {
        (Some(one), Some(other)) => (other - one).get_days().abs() > SAME_DAYS,
        _ => false,
    }
}

/// Two places of which neither lies in the other.
fn places_apart(one: &Metadata, other: &Metadata) -> bool {
    let (Some(one), Some(other)) = (&one.region, &other.region) else { return false };
    let stem = |code: &str| code.trim_end_matches("00").to_owned();
    let (one, other) = (stem(one.as_str()), stem(other.as_str()));
    !one.starts_with(&other) && !other.starts_with(&one)
}

/// Whether both state their issuers and none is the same; what is inferred may be the site that copied it.
fn issuers_apart(one: &Metadata, other: &Metadata) -> bool {
    let stated = |meta: &Metadata| {
        !meta.issuers.is_empty()
            && meta.origins.iter().any(|(field, from)| field == "issuers" && from.origin != Origin::Inferred)
    };
    let meets = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
    let shared = one.issuers.iter().any(|a| other.issuers.iter().any(|b| meets(a, b)));
    stated(one) && stated(other) && !shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{DocumentId, DocumentNumber};

    fn meta(title: &str, number: &str) -> Metadata {
        let mut meta = Metadata::new(DocumentId::parse("a").unwrap(), title, DocumentKind::Normative);
        meta.number = DocumentNumber::parse(number);
        meta
    }

    fn text(year: u16) -> String {
        let body: String = (1..40).map(|n| format!("（{n}）各学校应当按照第{n}项要求做好{}工作；", n * 37)).collect();
        format!("为做好{year}年招生工作，通知如下。{body}")
    }

    #[test]
    fn copies_are_one_and_editions_are_not() {
        let title = "甲县教育局关于做好招生工作的通知";
        let (a, b) = (meta(title, "甲教〔2023〕1号"), meta("关于做好招生工作的通知", "甲教〔2023〕1号"));
        let half: String = text(2023).chars().take(400).collect();
        assert!(same_work(&a, &text(2023), &b, &half), "an annex is missing");
        let none = meta(title, "");
        assert!(same_work(&a, &text(2023), &none, &format!("{} 打印本页 分享到", text(2023))));
        assert!(!same_work(&none, &text(2023), &none, &text(2024)), "another year's notice");
        assert!(!same_work(&a, &text(2023), &meta(title, "甲教〔2024〕1号"), &text(2023)), "another number");
        let years = [meta("2023年招生工作通知全文", ""), meta("2024年招生工作通知全文", "")];
        assert!(!same_work(&years[0], &text(2023), &years[1], &text(2023)));
        let mut draft = meta(title, "");
        draft.kind = DocumentKind::Draft;
        assert!(!same_work(&draft, &text(2023), &none, &text(2023)));
        let batches = [meta("关于公布第一批名单的公告", ""), meta("关于公布第二批名单的公告", "")];
        assert!(!same_work(&batches[0], &text(2023), &batches[1], &text(2023)));
    }
}
