//! Reader of archives (.zip): the documents an archive office hands over, each member read as the file it is.
//!
//! Members are read from memory, one after the other, in the process the archive itself is read in.

use super::isolation::guarded;
use super::package::{Package, PackageError};
use super::{Emit, Refusal, SourceFile, format_of};

/// Largest archive read: twice the largest document. Larger ones are better imported as the folder they were.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Archives within archives: one level, as a department packs what its offices packed.
const MAX_NESTED: usize = 1;
/// What systems leave in every folder, and no document (系统文件).
const SYSTEM_FILES: [&str; 4] = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"];
/// The folder in which macOS keeps the other half of each file, and how such a half begins.
const SYSTEM_HALVES: (&str, &str) = ("__MACOSX", "._");
/// What to do with an archive that is not read.
const ADVICE: &str = "请解压后导入文件夹";

/// Reads the members of an archive, each as the file it is.
pub(super) fn read(source: &SourceFile, emit: Emit<'_>) {
    read_within(source, 0, &mut 0, emit);
}

/// `inflated` counts the bytes given so far by all archives together.
fn read_within(source: &SourceFile, level: usize, inflated: &mut u64, emit: Emit<'_>) {
    let refuse = |error: PackageError| source.refuse(format!("{error}；{ADVICE}"));
    let bytes = match source.content(MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(refusal) => return emit(Err(refusal)),
    };
    let mut package = match Package::open_archive(&bytes) {
        Ok(package) => package,
        Err(error) => return emit(Err(refuse(error))),
    };
    package.count(*inflated);
    let names: Vec<String> = package.names().filter(|name| !is_system_file(name)).map(str::to_owned).collect();
    if names.is_empty() {
        return emit(Err(source.refuse("压缩包中没有文件")));
    }
    for name in names {
        if let Err(refusal) = member(source, &name, level, &mut package, emit) {
            emit(Err(refusal));
        }
        if package.is_spent() {
            let refusal = refuse(PackageError::TooLarge(name));
            emit(Err(Refusal { reason: format!("{}；其后的文件未读取", refusal.reason), ..refusal }));
            break;
        }
    }
    *inflated = package.inflated();
}

fn member(
    source: &SourceFile,
    name: &str,
    level: usize,
    package: &mut Package<'_>,
    emit: Emit<'_>,
) -> Result<(), Refusal> {
    let refuse = |reason: String| Refusal { name: format!("{}!{name}", source.name()), reason };
    // A member that cannot be read anyway is not inflated.
    source.member_format(name)?;
    let bytes = package.read(name).map_err(|error| refuse(error.to_string()))?;
    let member = source.member(name, bytes)?;
    if member.extension != "zip" {
        let member = super::disguise::unmask(&member)?;
        let Some(format) = format_of(&member.extension) else { return Ok(()) };
        guarded(&member, format.read, emit);
        return Ok(());
    }
    if level >= MAX_NESTED {
        return Err(refuse(format!("压缩包嵌套超过 {MAX_NESTED} 层，{ADVICE}")));
    }
    let mut inflated = package.inflated();
    read_within(&member, level + 1, &mut inflated, emit);
    package.count(inflated);
    Ok(())
}

fn is_system_file(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (folder, half) = SYSTEM_HALVES;
    name.split('/').any(|part| part == folder)
        || file.starts_with(half)
        || SYSTEM_FILES.iter().any(|system| system.eq_ignore_ascii_case(file))
}
