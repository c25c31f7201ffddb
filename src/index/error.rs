//! What can go wrong with an index (索引).

use std::io;
use std::path::{Path, PathBuf};

/// Why an index cannot be built or opened.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index.
    #[error("{0} 中没有索引；请运行 zhengda index 建立")]
    Missing(PathBuf),
    /// A file is not what was written.
    #[error("索引文件 {path} 已损坏（{what}）；请运行 zhengda index 重建")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The index was made by another version of the program or with another lexicon.
    #[error("索引的{what}是“{found}”，本程序需要“{wanted}”；请运行 zhengda index 重建")]
    Mismatch {
        /// What differs.
        what: &'static str,
        /// What the index has.
        found: String,
        /// What the program needs.
        wanted: String,
    },
    /// Another process builds.
    #[error("另一个进程正在 {0} 建立索引；请等它结束后再试")]
    Busy(PathBuf),
    /// The disk refused.
    #[error("读写 {path} 失败：{source}；请检查磁盘空间与目录权限")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A document is too large for the index.
    #[error("文件 {0} 太大，不能编入索引；请拆分后再导入")]
    TooLarge(String),
    /// The search library refused.
    #[error("检索库出错：{0}；请运行 zhengda index 重建，仍出错请报告")]
    Tantivy(#[from] tantivy::TantivyError),
    /// A record cannot be written.
    #[error("索引记录编码失败：{0}；这是程序的错误，请报告")]
    Encode(String),
}

impl IndexError {
    /// Names the file in an error of the system.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    /// A file that is not what was written.
    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// Whether building again mends it.
    #[must_use]
    pub fn calls_for_rebuild(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Damaged { .. } | Self::Mismatch { .. } | Self::Tantivy(_))
    }
}
