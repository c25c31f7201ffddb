//! One document of a package (版式文档): its pages, and what lies around them.

use std::collections::HashMap;

use super::container::Container;
use super::page::{self, Drawn};
use super::xml::Element;
use crate::policy::Attachment;

/// Most pages read: the longest books have some thousand.
const MAX_PAGES: usize = 5000;
/// A4 in millimetres, where a document does not say how large its pages are.
pub(super) const A4: [f64; 2] = [210.0, 297.0];

/// A document of the package, as its entry file lists it.
pub(super) struct Body {
    /// Where its root lies.
    root: String,
    /// 标题 in the document information.
    pub(super) title: Option<String>,
    /// 作者 in the document information.
    pub(super) author: Option<String>,
}

/// A page.
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) drawn: Drawn,
}

/// A document taken apart.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) pages: Vec<Page>,
    /// What template pages, annotations and watermarks draw, with why it is not the document's.
    pub(super) around: Vec<(&'static str, Drawn)>,
    /// Remarks written into annotations.
    pub(super) remarks: Vec<String>,
    pub(super) attachments: Vec<Attachment>,
    /// Named parts of the text (语义标引): a name and the ids of the objects that hold it.
    pub(super) tags: Vec<(String, Vec<String>)>,
}

/// The documents of a package.
pub(super) fn bodies(container: &mut Container<'_>) -> Result<Vec<Body>, String> {
    let entry = container.resolve("", "OFD.xml").ok_or("缺少 OFD.xml，不是 OFD 文件")?;
    let tree = container.tree(&entry)?;
    let bodies: Vec<Body> = tree
        .all("DocBody")
        .filter_map(|body| {
            let info = body.child("DocInfo");
            let fact = |name: &str| info.and_then(|info| info.value(name)).map(str::to_owned);
            let root = container.resolve(&entry, body.value("DocRoot")?)?;
            Some(Body { root, title: fact("Title"), author: fact("Author") })
        })
        .collect();
    if bodies.is_empty() { Err("OFD.xml 没有指向任何文档，文件不完整".to_owned()) } else { Ok(bodies) }
}

/// Reads a document.
pub(super) fn read(container: &mut Container<'_>, body: &Body) -> Result<Contents, String> {
    let tree = container.tree(&body.root)?;
    let mut reading =
        Reading { container, root: &body.root, composites: HashMap::new(), contents: Contents::default() };
    let common = tree.child("CommonData");
    reading.resources(common);
    let size = common.and_then(|common| common.child("PageArea")).and_then(area).unwrap_or(A4);
    for template in common.into_iter().flat_map(|common| common.all("TemplatePage")) {
        reading.template(template);
    }
    for page in tree.child("Pages").into_iter().flat_map(|pages| pages.all("Page")).take(MAX_PAGES) {
        reading.page(page, size)?;
    }
    reading.annotations(&tree);
    reading.attachments(&tree);
    reading.tags(&tree);
    Ok(reading.contents)
}

struct Reading<'r, 'b> {
    container: &'r mut Container<'b>,
    root: &'r str,
    composites: HashMap<String, Element>,
    contents: Contents,
}

impl Reading<'_, '_> {
    /// A part that may be missing or broken without harm to the text.
    fn optional(&mut self, from: &str, path: &str) -> Option<(String, Element)> {
        let name = self.container.resolve(from, path)?;
        let tree = self.container.tree(&name).ok()?;
        Some((name, tree))
    }

    /// Takes up drawings that pages refer to.
    fn resources(&mut self, holder: Option<&Element>) {
        let names = ["PublicRes", "DocumentRes", "PageRes"];
        let paths = holder.into_iter().flat_map(|holder| &holder.children);
        let paths: Vec<&str> =
            paths.filter(|child| names.contains(&child.name.as_str())).map(|child| child.text.trim()).collect();
        for path in paths {
            let Some((_, mut tree)) = self.optional(self.root, path) else { continue };
            for list in tree.children.iter_mut().filter(|list| list.name == "CompositeGraphicUnits") {
                for unit in list.children.drain(..) {
                    if let Some(id) = unit.attribute("ID").map(str::to_owned) {
                        self.composites.insert(id, unit);
                    }
                }
            }
        }
    }

    fn template(&mut self, template: &Element) {
        let path = template.attribute("BaseLoc").unwrap_or_default();
        if let Some((_, tree)) = self.optional(self.root, path) {
            let drawn = page::draw(&tree, &self.composites);
            self.contents.around.push((super::TEMPLATE, drawn));
        }
    }

    fn page(&mut self, page: &Element, size: [f64; 2]) -> Result<(), String> {
        let path = page.attribute("BaseLoc").unwrap_or_default();
        let name = self.container.resolve(self.root, path).ok_or_else(|| format!("缺少页面 {path}，文件不完整"))?;
        let tree = self.container.tree(&name)?;
        self.resources(Some(&tree));
        let [width, height] = tree.child("Area").and_then(area).unwrap_or(size);
        let drawn = page::draw(&tree, &self.composites);
        self.contents.pages.push(Page { width, height, drawn });
        Ok(())
    }

    fn annotations(&mut self, tree: &Element) {
        let Some((name, list)) = tree.value("Annotations").and_then(|path| self.optional(self.root, path)) else {
            return;
        };
        for path in list.all("Page").filter_map(|page| page.value("FileLoc")) {
            let Some((_, annotations)) = self.optional(&name, path) else { continue };
            for annotation in annotations.all("Annot") {
                let reason = match annotation.attribute("Type") {
                    Some("Watermark") => super::WATERMARK,
                    Some("Stamp") => super::SEAL,
                    _ => super::ANNOTATION,
                };
                for appearance in annotation.all("Appearance") {
                    let drawn = page::draw(appearance, &self.composites);
                    self.contents.around.push((reason, drawn));
                }
                self.contents.remarks.extend(annotation.value("Remark").map(str::to_owned));
            }
        }
    }

    fn attachments(&mut self, tree: &Element) {
        let Some((name, list)) = tree.value("Attachments").and_then(|path| self.optional(self.root, path)) else {
            return;
        };
        for attachment in list.all("Attachment") {
            let path = attachment.value("FileLoc");
            let location = path.map(|path| self.container.resolve(&name, path).unwrap_or_else(|| path.to_owned()));
            let file = location.as_deref().and_then(|path| path.rsplit('/').next());
            let Some(title) = attachment.attribute("Name").or(file) else { continue };
            self.contents.attachments.push(Attachment { title: title.to_owned(), location });
        }
    }

    fn tags(&mut self, tree: &Element) {
        let Some((name, list)) = tree.value("CustomTags").and_then(|path| self.optional(self.root, path)) else {
            return;
        };
        for path in list.all("CustomTag").filter_map(|tag| tag.value("FileLoc")) {
            let Some((_, tags)) = self.optional(&name, path) else { continue };
            tags.each(&mut |element| {
                let objects: Vec<String> =
                    element.all("ObjectRef").map(|object| object.text.trim().to_owned()).collect();
                if !objects.is_empty() {
                    let name = element.attribute("Name").unwrap_or(&element.name).to_owned();
                    self.contents.tags.push((name, objects));
                }
            });
        }
    }
}

/// Width and height of an area.
fn area(area: &Element) -> Option<[f64; 2]> {
    let edges: Vec<f64> = area.value("PhysicalBox")?.split_whitespace().filter_map(|edge| edge.parse().ok()).collect();
    match edges[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some([width, height]),
        _ => None,
    }
}
