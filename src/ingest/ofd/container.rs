//! The package (文件包) of an OFD and the paths in it, which producers write absolute, relative and in the wrong case.

use super::xml::{self, Element};
use crate::ingest::package::Package;

/// An opened package.
pub(super) struct Container<'b>(Package<'b>);

impl<'b> Container<'b> {
    /// Opens a package.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        Package::open(bytes).map(Self).map_err(|error| error.to_string())
    }

    /// Whether a part of this file name, in any folder, is in the package.
    pub(super) fn holds(&self, file: &str) -> bool {
        self.0.names().filter_map(|name| name.rsplit('/').next()).any(|name| name.eq_ignore_ascii_case(file))
    }

    /// The part a path means, seen from another part; none when it is not there.
    pub(super) fn resolve(&self, from: &str, path: &str) -> Option<String> {
        let path = path.trim().replace('\\', "/");
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = (!path.starts_with('/')).then(|| join(folder, &path)).flatten();
        let root = join("", &path);
        [near, root].into_iter().flatten().find(|name| self.0.contains(name))
    }

    /// Reads a part as XML.
    pub(super) fn tree(&mut self, name: &str) -> Result<Element, String> {
        let bytes = self.0.read(name).map_err(|error| error.to_string())?;
        xml::parse(&bytes).map_err(|reason| format!("{name} {reason}"))
    }
}

/// Joins a path to a folder; none when it leads out of the package.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
