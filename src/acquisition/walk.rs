//! Walking sources in sorted order, hidden files and links out of the folder left alone.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::ingest::Refusal;

/// The files of a source, and what could not be looked into. A file is its own only file.
pub(super) fn files(source: &Path) -> (Vec<PathBuf>, Vec<Refusal>) {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    let walk = WalkDir::new(source).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() || (entry.depth() == 0 && entry.path().is_file()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {} // folders, and links: what they point to may lie anywhere
            Err(error) => unreadable.push(Refusal {
                name: error.path().unwrap_or(source).display().to_string(),
                reason: format!("无法读取：{error}"),
            }),
        }
    }
    (files, unreadable)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
