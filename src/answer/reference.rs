//! Clauses that a quote refers to (引用条款): 本办法第七条, 前款. Without them the quote says only half.

use std::ops::Range;

use crate::policy::{ClauseKind, PolicyDocument};
use crate::ranking::AskedClause;

use super::{Quoted, weights};

pattern!(
    OWN_ARTICLE,
    r"(?:本(?:办法|规定|细则|条例|法|方案|意见|通知|规则|制度|标准))(第[一二三四五六七八九十百零〇0-9]+条(?:第[一二三四五六七八九十]+款)?)"
);
pattern!(PREVIOUS_PARAGRAPH, r"前款|上款");

/// The clauses that a quote refers to in its own document: node and range.
pub(super) fn meant_by(quoted: &Quoted) -> Vec<(usize, Range<usize>)> {
    let document = &*quoted.document;
    let words = quoted.citation.quote();
    let mut found: Vec<usize> =
        OWN_ARTICLE.captures_iter(words).filter_map(|captures| labelled(document, captures.get(1)?.as_str())).collect();
    if PREVIOUS_PARAGRAPH.is_match(words) {
        found.extend(paragraph_before(document, quoted.node));
    }
    let own = quoted.citation.range();
    found.dedup();
    found.truncate(weights::REFERENCES);
    found
        .into_iter()
        .filter_map(|index| Some((index, range_of(document, index)?)))
        .filter(|(_, range)| range.end <= own.start || own.end <= range.start)
        .collect()
}

/// The clause with this label.
fn labelled(document: &PolicyDocument, label: &str) -> Option<usize> {
    AskedClause::labelled(label, document.outline())
}

/// The paragraph before the one in which a node stands, in the same article.
fn paragraph_before(document: &PolicyDocument, node: usize) -> Option<usize> {
    let outline = document.outline();
    let nodes = outline.nodes();
    let paragraph = outline.lineage(node).into_iter().find(|&index| nodes[index].kind == ClauseKind::Paragraph)?;
    let parent = nodes[paragraph].parent.map(|parent| parent as usize);
    outline
        .children(parent)
        .take_while(|&index| index != paragraph)
        .filter(|&index| nodes[index].kind == ClauseKind::Paragraph)
        .last()
}

/// The clause whole, or its own words when it is long.
fn range_of(document: &PolicyDocument, index: usize) -> Option<Range<usize>> {
    let node = document.outline().nodes().get(index)?;
    let end = if node.end - node.start <= weights::LIST_BYTES { node.end } else { node.own_end };
    (end - node.start <= weights::LIST_BYTES).then_some(node.start..end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::outline;
    use crate::policy::{DocumentId, DocumentKind, Metadata, Validity, ValidityVerdict};

    use super::*;

    #[test]
    fn a_clause_of_the_same_document_is_found() {
        let text: Arc<str> =
            "第一条　补助每人每月100元。\n第二条　符合本办法第一条规定的，可以申请。\n前款申请应当书面提出。\n".into();
        let meta = Metadata::new(DocumentId::parse("shili").unwrap(), "示例办法", DocumentKind::Normative);
        let document = Arc::new(PolicyDocument::new(meta, text.clone(), outline::outline(&text)).unwrap());
        let quoted = |words: &str| {
            let start = text.find(words).unwrap();
            let node = document.outline().deepest_at(start).unwrap();
            let citation = document.clause_at(node).unwrap().cite(start..start + words.len()).unwrap();
            let validity = ValidityVerdict { state: Validity::InForce, basis: String::new(), by: None };
            Quoted { citation, document: document.clone(), node, validity }
        };
        let meant = |words: &str| -> Vec<&str> {
            meant_by(&quoted(words)).into_iter().map(|(_, range)| text[range].trim()).collect()
        };
        assert_eq!(meant("符合本办法第一条规定的，可以申请。"), ["第一条　补助每人每月100元。"]);
        assert_eq!(meant("前款申请应当书面提出。"), ["符合本办法第一条规定的，可以申请。"]);
    }
}
