//! Reach (适用范围): which grants a sentence elsewhere in the document is about.

use super::grant::Grant;
use super::sentence::Sentence;
use crate::policy::PolicyDocument;

/// Which grants lie where.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    document: &'a PolicyDocument,
    /// Node and first sentence of each grant.
    grants: Vec<(usize, usize)>,
    /// Node of each sentence.
    nodes: Vec<usize>,
    texts: Vec<&'a str>,
}

pattern!(NAMED, r"第[一二三四五六七八九十百零]+条");
pattern!(OTHER_WORK, r"》(?:（[^）]*）)?[^，。；]{0,4}第[一二三四五六七八九十百零]+条");

impl<'a> Scope<'a> {
    pub(super) fn new(document: &'a PolicyDocument, sentences: &[Sentence<'a>], grants: &[Grant]) -> Self {
        Self {
            document,
            grants: grants.iter().map(|grant| (grant.node, grant.sentence)).collect(),
            nodes: sentences.iter().map(|sentence| sentence.node).collect(),
            texts: sentences.iter().map(|sentence| sentence.text).collect(),
        }
    }

    /// The grants that a sentence is about: those it names by article, the one it follows in its clause, or those of the
    /// smallest part of the document that holds it and any grant.
    pub(super) fn of_sentence(&self, at: usize) -> Vec<usize> {
        let named = self.named(self.texts[at]);
        if !named.is_empty() {
            return named;
        }
        let node = self.nodes[at];
        let before =
            (0..self.grants.len()).rev().find(|&grant| self.grants[grant].0 == node && self.grants[grant].1 <= at);
        before.map_or_else(|| self.of_node(node), |grant| vec![grant])
    }

    /// The grants of the smallest part of the document that holds this clause and any grant.
    pub(super) fn of_node(&self, node: usize) -> Vec<usize> {
        let mut line = self.document.outline().lineage(node);
        while let Some(above) = line.pop() {
            let inside: Vec<usize> = (0..self.grants.len()).filter(|&grant| self.is_in(grant, above)).collect();
            if !inside.is_empty() {
                return inside;
            }
        }
        (0..self.grants.len()).collect()
    }

    fn is_in(&self, grant: usize, node: usize) -> bool {
        self.document.outline().lineage(self.grants[grant].0).contains(&node)
    }

    /// The grants in the articles that a text names as its own document's.
    fn named(&self, text: &str) -> Vec<usize> {
        if OTHER_WORK.is_match(text) {
            return Vec::new();
        }
        let labels: Vec<&str> = NAMED.find_iter(text).map(|found| found.as_str()).collect();
        let nodes = self.document.outline().nodes();
        let stands = |grant: &usize| {
            let line = self.document.outline().lineage(self.grants[*grant].0);
            line.iter().any(|&node| labels.contains(&nodes[node].label.as_str()))
        };
        (0..self.grants.len()).filter(stands).collect()
    }
}
