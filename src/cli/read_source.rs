//! Reading one file in a process of its own: started by the import, never by people.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::ingest;

use super::Failure;

/// 隔离读取.
#[derive(Debug, Args)]
pub(super) struct ReadSourceArgs {
    /// 要读取的文件
    path: PathBuf,
}

pub(super) fn run(args: ReadSourceArgs) -> Result<ExitCode, Failure> {
    let program = std::env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    ingest::read_confined(args.path, folder, &mut input, &mut output).map_err(Failure::system)?;
    Ok(ExitCode::SUCCESS)
}
