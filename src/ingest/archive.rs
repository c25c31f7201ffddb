//! Reader of archives (.zip): the documents an archive office hands over, each member read as the file it is.
//!
//! Members are read from memory, one after the other, in the process the archive itself is read in.

use super::isolation::guarded;
use super::package::{Member, Package};
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
    let bytes = match source.content(MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(refusal) => return emit(Err(refusal)),
    };
    let mut package = match Package::open_archive(&bytes) {
        Ok(package) => package,
        Err(error) => return emit(Err(source.refuse(format!("{error}；{ADVICE}")))),
    };
    package.count(*inflated);
    let members: Vec<Member> =
        package.members().iter().filter(|member| !is_system_file(&member.name)).cloned().collect();
    if members.is_empty() {
        return emit(Err(source.refuse("压缩包中没有文件")));
    }
    for member in members {
        let outcome = read_member(source, member, level, &mut package, emit);
        if package.is_spent() {
            *inflated = package.inflated();
            return emit(Err(source.refuse(format!("解压后总量超过上限，其后的文件未读取；{ADVICE}"))));
        }
        if let Err(refusal) = outcome {
            emit(Err(refusal));
        }
    }
    *inflated = package.inflated();
}

fn read_member(
    source: &SourceFile,
    member: Member,
    level: usize,
    package: &mut Package<'_>,
    emit: Emit<'_>,
) -> Result<(), Refusal> {
    let name = member.name.clone();
    let refuse = |reason: String| Refusal { name: format!("{}!{name}", source.name()), reason };
    // A member that cannot be read anyway is not inflated.
    source.member_format(&name)?;
    let bytes = package.read_member(member).map_err(|error| refuse(error.to_string()))?;
    let member = source.member(&name, bytes)?;
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
