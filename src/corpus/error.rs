//! What can go wrong with the library's files.

use std::io;
use std::path::{Path, PathBuf};

use crate::policy::DocumentId;

/// Why the library cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The folder is not there.
    #[error("找不到文件库目录 {}；请用 --corpus 指定，或先运行 zhengda import", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("无法读写 {}：{cause}；请检查权限和磁盘空间", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file is there but damaged.
    #[error("{} 已损坏或格式不对：{reason}；请按文件库格式改正或从备份恢复", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Two files bear the same id.
    #[error("文件标识 {id} 重复：{} 与 {}；请改名或移走其中一个", first.display(), second.display())]
    DuplicateId {
        /// The id.
        id: DocumentId,
        /// The file that comes first.
        first: PathBuf,
        /// The other file.
        second: PathBuf,
    },
    /// The folder named for new documents is not a plain folder inside the library.
    #[error("“{into}” 不能作为存放目录；请给出 documents 下的相对目录名，如 县政府")]
    BadFolder {
        /// The name given.
        into: String,
    },
    /// Another import is running.
    #[error("另一个导入正在写入 {}；请等它结束后再试", path.display())]
    Busy {
        /// The library.
        path: PathBuf,
    },
}

impl CorpusError {
    /// An I/O error at a path.
    pub(crate) fn io(path: &Path, cause: io::Error) -> Self {
        Self::Io { path: path.to_owned(), cause }
    }

    /// A damaged file.
    pub(crate) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.into() }
    }
}
