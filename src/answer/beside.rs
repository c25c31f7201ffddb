//! What must be read beside a quote (并读): the definition of a word it turns on, and the exception to its rule.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};
use crate::query::InformationNeed;

use super::sentence::{Sentence, sentences};
use super::{Quoted, quoting, weights};

// 本办法所称灵活就业人员，是指…
pattern!(
    DEFINITION,
    r"(?:^|[。；\n　\s）)条])[^。；\n，]{0,6}所(?:称|指)的?“?(?P<term>\p{Han}[^，。；：:“”\n]{1,24}?)”?(?:（[^）]{1,30}）|\([^)]{1,30}\))?[，、]?(?:是指|系指|指|包括)"
);
// A sentence that takes something out of the rule before it.
pattern!(EXCEPTION, r"^(?:但是?[，,]?|除.{1,30}外[，,]|前款.{0,20}不适用|法律.{0,12}另有规定的)");
// A clause that lists what is left out.
pattern!(LEFT_OUT, r"^[^。；：:\n]{0,12}(?:有?下列|以下)[^。；：:\n]{0,24}(?:不|停止|取消|除外)");

/// The definitions and exceptions that belong to what is said, node and range, each once.
pub(super) fn of(need: &InformationNeed, said: &[&Quoted]) -> Vec<(usize, Range<usize>)> {
    let Some(first) = said.first() else { return Vec::new() };
    let document = &*first.document;
    let own: Vec<&Quoted> = said.iter().copied().filter(|quoted| quoted.document.id() == document.id()).collect();
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    if quoting::is_drafted(document.meta().kind) {
        let asked = |term: &str| need.meant.contains(term) || need.expansions.iter().any(|one| one.to.contains(term));
        found.extend(definitions(&asked, document, &own).into_iter().take(weights::DEFINITIONS));
        found.extend(own.iter().filter_map(|quoted| exception_after(document, quoted)).take(1));
        found.extend(exception_beside(document, first));
    }
    found
}

/// The sentences of a document that define a word which is asked for and a quote holds.
fn definitions(
    asked: &dyn Fn(&str) -> bool,
    document: &PolicyDocument,
    quotes: &[&Quoted],
) -> Vec<(usize, Range<usize>)> {
    let text = document.text();
    if !text.contains("所称") && !text.contains("所指") {
        return Vec::new();
    }
    let held = |term: &str| quotes.iter().any(|quoted| quoted.citation.quote().contains(term));
    DEFINITION
        .captures_iter(text)
        .filter_map(|captures| captures.name("term"))
        .filter(|term| asked(term.as_str()) && held(term.as_str()))
        .filter_map(|term| sentence_at(document, term.start()))
        .map(|sentence| (sentence.node, sentence.range))
        .collect()
}

/// The sentence of a document that holds this byte.
fn sentence_at(document: &PolicyDocument, at: usize) -> Option<Sentence> {
    let node = document.outline().nodes().get(document.outline().deepest_at(at)?)?;
    sentences(document, &(node.start..node.own_end)).into_iter().find(|sentence| sentence.range.contains(&at))
}

/// The sentence right after a quote, in the same article, when it takes something out.
fn exception_after(document: &PolicyDocument, quoted: &Quoted) -> Option<(usize, Range<usize>)> {
    let article = &document.outline().nodes()[article_of(document, quoted.node)?];
    let end = quoted.citation.range().end;
    let next =
        sentences(document, &(article.start..article.end)).into_iter().find(|sentence| sentence.range.start >= end)?;
    EXCEPTION.is_match(document.text().get(next.range.clone())?).then_some((next.node, next.range))
}

/// The article after that of the first quote, when it lists what is left out.
fn exception_beside(document: &PolicyDocument, quoted: &Quoted) -> Option<(usize, Range<usize>)> {
    let outline = document.outline();
    let nodes = outline.nodes();
    let article = article_of(document, quoted.node)?;
    let parent = nodes[article].parent.map(|parent| parent as usize);
    let next = outline.children(parent).skip_while(|index| *index != article).nth(1)?;
    let node = nodes.get(next).filter(|node| node.kind == nodes[article].kind)?;
    let own = document.text().get(node.start..node.own_end)?;
    let words = own.trim_start().trim_start_matches(node.label.as_str()).trim_start();
    if !LEFT_OUT.is_match(words) {
        return None;
    }
    let fits = |end: &usize| end - node.start <= weights::LIST_BYTES;
    let ends = outline.children(Some(next)).map(|child| nodes[child].end);
    let end = ends.take_while(fits).last().unwrap_or(node.own_end);
    fits(&end).then_some((next, node.start..end))
}

/// The article in which a node stands.
fn article_of(document: &PolicyDocument, node: usize) -> Option<usize> {
    let outline = document.outline();
    outline.lineage(node).into_iter().find(|&index| outline.nodes()[index].kind == ClauseKind::Article)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata, Validity, ValidityVerdict};

    use super::*;

    const TEXT: &str = "第一条　本办法所称灵活就业人员，是指以个人身份参保的人员。\n第二条　灵活就业人员每人每月补贴100元。但已领取其他补贴的，不再发放。\n第三条　有下列情形之一的，不予补贴：\n（一）已退休的；\n（二）提供虚假材料的。\n第四条　本办法自印发之日起施行。\n";

    fn document() -> Arc<PolicyDocument> {
        let text: Arc<str> = TEXT.into();
        let meta = Metadata::new(DocumentId::parse("shili").unwrap(), "示例办法", DocumentKind::Normative);
        Arc::new(PolicyDocument::new(meta, text.clone(), outline::outline(&text)).unwrap())
    }

    fn quoted(document: &Arc<PolicyDocument>, words: &str) -> Quoted {
        let start = TEXT.find(words).unwrap();
        let node = document.outline().deepest_at(start).unwrap();
        let citation = document.clause_at(node).unwrap().cite(start..start + words.len()).unwrap();
        let validity = ValidityVerdict { state: Validity::InForce, basis: String::new(), by: None };
        Quoted { citation, document: document.clone(), node, validity }
    }

    #[test]
    fn a_defined_word_and_the_exceptions_of_a_rule_are_found() {
        let document = document();
        let rule = quoted(&document, "灵活就业人员每人每月补贴100元。");
        let words = |(_, range): (usize, Range<usize>)| TEXT[range].trim_end().to_owned();
        let defined =
            |asked: bool| definitions(&|_| asked, &document, &[&rule]).into_iter().map(words).collect::<Vec<_>>();
        assert_eq!(defined(true), ["第一条　本办法所称灵活就业人员，是指以个人身份参保的人员。"]);
        assert!(defined(false).is_empty());
        assert_eq!(exception_after(&document, &rule).map(words).unwrap(), "但已领取其他补贴的，不再发放。");
        assert!(exception_beside(&document, &rule).map(words).unwrap().ends_with("（二）提供虚假材料的。"));
        assert!(exception_beside(&document, &quoted(&document, "已退休的")).is_none());
    }
}
