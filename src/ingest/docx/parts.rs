//! Parts (部件) of a Word file, found by what they are to the document and not by their names.

use super::DocxError;
use super::tags::{Tag, Tags};
use crate::ingest::package::Package;

/// The body where the package does not say.
const USUAL_BODY: &str = "word/document.xml";

/// A package whose parts are asked for by their relation to the body.
pub(super) struct Parts<'b> {
    package: Package<'b>,
    body: String,
    /// The end of the relation's type, and the name of the part.
    related: Vec<(String, String)>,
}

impl<'b> Parts<'b> {
    /// Opens a package and finds the body.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocxError> {
        let mut package = Package::open(bytes)?;
        let stated = relations(&mut package, "", "_rels/.rels")?
            .into_iter()
            .find(|(kind, name)| kind == "/officeDocument" && package.contains(name));
        let body = stated.map_or_else(|| USUAL_BODY.to_owned(), |(_, name)| name);
        if !package.contains(&body) {
            return Err(DocxError::NoBody);
        }
        let (folder, name) = body.rsplit_once('/').unwrap_or(("", body.as_str()));
        let list = format!("{folder}/_rels/{name}.rels");
        let related = relations(&mut package, folder, &list)?;
        Ok(Self { package, body, related })
    }

    /// The body.
    pub(super) fn body(&mut self) -> Result<String, DocxError> {
        let name = self.body.clone();
        text(&mut self.package, &name)
    }

    /// The part of this kind, when there is one.
    pub(super) fn read(&mut self, kind: &str) -> Result<Option<String>, DocxError> {
        let name = self.related.iter().find(|(of, name)| of == kind && self.package.contains(name));
        name.cloned().map(|(_, name)| text(&mut self.package, &name)).transpose()
    }

    /// All parts of this kind, each once.
    pub(super) fn all(&mut self, kind: &str) -> Result<Vec<String>, DocxError> {
        let mut names: Vec<String> = self
            .related
            .iter()
            .filter(|(of, name)| of == kind && self.package.contains(name))
            .map(|(_, name)| name.clone())
            .collect();
        names.sort();
        names.dedup();
        names.iter().map(|name| text(&mut self.package, name)).collect()
    }
}

/// The relations of a list: the last word of each type, and the part it leads to.
fn relations(package: &mut Package<'_>, folder: &str, list: &str) -> Result<Vec<(String, String)>, DocxError> {
    if !package.contains(list) {
        return Ok(Vec::new());
    }
    let xml = text(package, list)?;
    let mut tags = Tags::new(&xml);
    let mut found = Vec::new();
    while let Some(tag) = tags.next()? {
        let Tag::Open(element) = tag else { continue };
        let (Some(kind), Some(target)) = (element.get("Type"), element.get("Target")) else { continue };
        if element.get("TargetMode").is_some_and(|mode| mode == "External") {
            continue;
        }
        let kind = kind.rfind('/').map_or(kind.as_str(), |at| &kind[at..]).to_owned();
        found.push((kind, place(folder, &target)));
    }
    Ok(found)
}

/// The name of the part a target leads to from a folder.
fn place(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
fn text(package: &mut Package<'_>, name: &str) -> Result<String, DocxError> {
    let bytes = package.read(name)?;
    let damaged = || DocxError::Encoding(name.to_owned());
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, skip)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[skip..]);
            text.map(std::borrow::Cow::into_owned).ok_or_else(damaged)
        }
        None => String::from_utf8(bytes).map_err(|_| damaged()),
    }
}
