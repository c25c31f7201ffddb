//! Holdings (馆藏): what only the files of the corpus tell — noise, documents that are not public, attachments.

use std::collections::{HashMap, HashSet};

use super::finding::{Finding, FindingKind};
use super::wording::{self, plain};
use crate::corpus::Corpus;
use crate::index::Head;
use crate::policy::{ClauseKind, DocumentId, Metadata, Noise, PolicyDocument, RelationKind, Target};

/// A document of which more than this share of the source was left out is listed: navigation of a site takes some
/// 40 % of a short notice.
const NOISE_SHARE: f64 = 0.6;
/// Noise of fewer characters than this is a page number or a line of navigation.
const NOISE_CHARS: usize = 200;

pattern!(LISTED, r"(?m)^\s*附\s*件\s*[：:]?\s*(?:[0-9]{1,2}\s*[.．、]\s*)?([^\n：:]{2,80})$");

/// What the corpus tells beside the index.
#[derive(Default)]
pub(super) struct Holdings {
    noise: HashMap<DocumentId, usize>,
    /// Documents that are not public, by id, number and title.
    withheld_ids: HashSet<DocumentId>,
    withheld_names: HashSet<String>,
    /// Places the documents came from, whole and by their last part.
    locations: HashSet<String>,
    /// Characters in noise, in all.
    pub(super) noise_characters: u64,
    /// Whether the files were at hand.
    known: bool,
}

impl Holdings {
    /// Reads the corpus once, file by file.
    pub(super) fn of(corpus: &Corpus, findings: &mut Vec<Finding>) -> Self {
        let mut holdings = Self { known: true, ..Self::default() };
        corpus.each(&mut |read| match read {
            Ok((meta, noise, _)) => holdings.take(&meta, &noise, findings),
            Err(problem) => {
                let detail = format!("{problem}；请修复或移走该文件");
                findings.push(Finding::about(FindingKind::Unreadable, "", "", detail));
            }
        });
        holdings
    }

    fn take(&mut self, meta: &Metadata, noise: &[Noise], findings: &mut Vec<Finding>) {
        let chars: usize = noise.iter().map(|noise| characters(&noise.text)).sum();
        self.noise_characters += chars as u64;
        self.locations.extend(meta.sources.iter().flat_map(|source| [source.location.clone(), last(&source.location)]));
        if meta.disclosure.is_public() {
            if chars > NOISE_CHARS {
                self.noise.insert(meta.id.clone(), chars);
            }
            for command in noise.iter().filter_map(|noise| wording::commands(&noise.text)) {
                let detail = format!("导入时略去的文字里有“{command}”，像是写给程序的指令；请核对来源页面是否被篡改");
                findings.push(Finding::of(FindingKind::HiddenText, meta, detail));
            }
        } else {
            self.withheld_ids.insert(meta.id.clone());
            self.withheld_names.extend(meta.number.as_ref().map(|number| number.key()));
            self.withheld_names.insert(plain(&meta.title));
        }
    }

    /// Whether a target is a document of the library that is not public.
    pub(super) fn withholds(&self, target: &Target) -> bool {
        target.document.as_ref().is_some_and(|id| self.withheld_ids.contains(id))
            || target.number.as_ref().is_some_and(|number| self.withheld_names.contains(&number.key()))
            || target.title.as_ref().is_some_and(|title| self.withheld_names.contains(&plain(title)))
    }

    /// Reports a document of which most was left out.
    pub(super) fn much_noise(&self, document: &PolicyDocument, findings: &mut Vec<Finding>) {
        let Some(&noise) = self.noise.get(document.id()) else { return };
        let kept = characters(document.text());
        #[expect(clippy::cast_precision_loss, reason = "counts of characters are far below 2^52")]
        let share = noise as f64 / (noise + kept) as f64;
        if share > NOISE_SHARE {
            let detail = format!(
                "来源中有 {noise} 字（{:.0}%）作为无关文字略去，正文只有 {kept} 字；请核对正文是否完整",
                share * 100.0
            );
            findings.push(Finding::of(FindingKind::MuchNoise, document.meta(), detail));
        }
    }

    /// Reports attachments that are named but not here.
    pub(super) fn attachments(&self, document: &PolicyDocument, findings: &mut Vec<Finding>) {
        let meta = document.meta();
        let has_annex = document.outline().nodes().iter().any(|node| node.kind == ClauseKind::Annex);
        for attachment in meta.attachments.iter().filter(|_| self.known) {
            let why = match &attachment.location {
                None if has_annex || follows(document.text(), &attachment.title) => continue,
                None => "有名称，没有文件",
                Some(at) if is_page(at) => continue,
                Some(at) if self.locations.contains(at) || self.locations.contains(&last(at)) => continue,
                Some(_) => "链接的文件没有导入",
            };
            let detail = format!("附件“{}”{why}；请补充导入该附件", attachment.title);
            findings.push(Finding::of(FindingKind::DeadAttachment, meta, detail));
        }
        if has_annex || !meta.attachments.is_empty() {
            return;
        }
        if let Some(listed) = LISTED.captures(document.text())
            && let (Some(whole), Some(name)) = (listed.get(0), listed.get(1))
        {
            let at = whole.end() - name.as_str().len();
            let detail = format!("正文列有附件“{}”，库中没有它的内容；请补充导入该附件", name.as_str().trim());
            findings.push(Finding::of(FindingKind::DeadAttachment, meta, detail).at(document, at));
        }
    }
}

/// Reports references that lead nowhere or to a document that is not public; `open` gives the relations by place.
pub(super) fn references(head: &Head, open: &[u32], holdings: &Holdings, findings: &mut Vec<Finding>) {
    for relation in open.iter().filter_map(|&at| head.meta.relations.get(at as usize)) {
        let target = &relation.target;
        let title = target.title.as_ref().map(|title| format!("《{title}》"));
        let number = target.number.as_ref().map(|number| format!("（{number}）"));
        let name = match (title, number) {
            (None, None) => target.document.as_ref().map(ToString::to_string).unwrap_or_default(),
            (title, number) => title.unwrap_or_default() + &number.unwrap_or_default(),
        };
        let verb = relation.kind.name();
        // An earlier edition of its own title misleads nobody by its absence, nor does what was repealed.
        let earlier = relation.kind == RelationKind::Replaces
            && target.title.as_ref().is_some_and(|title| plain(title) == plain(&head.meta.title));
        let finding = if (earlier || relation.kind == RelationKind::Repeals) && !holdings.withholds(target) {
            continue;
        } else if holdings.withholds(target) {
            let detail = format!("{verb}{name}，该文件在库中但未公开；请核对公开属性，能公开的应当公开");
            Finding::of(FindingKind::WithheldBasis, &head.meta, detail)
        } else {
            let detail = format!("{verb}{name}，库中没有这份文件；请导入，或核对名称和文号");
            Finding::of(FindingKind::UnresolvedReference, &head.meta, detail)
        };
        findings.push(finding);
    }
}

/// Characters of a text that belong to no top-level clause or to two of them; 0, or the outline is wrong.
pub(super) fn unaccounted(document: &PolicyDocument) -> usize {
    let text = document.text();
    let mut cursor = 0;
    let mut astray = 0;
    for node in document.outline().nodes().iter().filter(|node| node.parent.is_none()) {
        let (from, to) = (node.start.min(cursor), node.start.max(cursor));
        astray += text.get(from..to).map_or(to - from, characters);
        cursor = node.end.max(cursor);
    }
    astray + text.get(cursor..).map_or(0, characters)
}

fn characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Characters after the name of an annex that are more than signature and date: its own text.
const ANNEX_CHARS: usize = 300;

/// Whether the annex of this name stands in the text itself, behind the notice that lists it.
fn follows(text: &str, title: &str) -> bool {
    let name = title.trim_matches(['《', '》']);
    text.rfind(name).is_some_and(|at| text[at + name.len()..].chars().nth(ANNEX_CHARS).is_some())
}

/// Whether an address is that of a page, which is linked to and not attached.
fn is_page(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.ends_with('/') || [".html", ".htm", ".shtml"].iter().any(|end| path.ends_with(end))
}

/// The last part of a path or an address.
fn last(location: &str) -> String {
    location.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
