//! The ledger (台账): the file, opened when it is first needed, one writer at a time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::schema::{self, Found};

/// The file in the folder `var/`.
const FILE: &str = "zhengda.sqlite";
/// How long to wait for another process that writes, such as an export beside a server.
const PATIENCE: Duration = Duration::from_secs(5);
/// The journal is cut back to this after it was written into the file: 4 MiB.
const JOURNAL_BYTES: i64 = 4 * 1024 * 1024;

/// Why something could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum CaseworkError {
    /// The folder cannot be made.
    #[error("无法建立数据文件夹 {path}：{source}；请检查 --var 的位置、权限和剩余空间")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no ledger.
    #[error("{0} 不存在：还没有收到过评价和转办问题，或 --var 指错了位置")]
    Missing(PathBuf),
    /// A newer program wrote it.
    #[error("{0} 由更新版本的程序写成；请换用新版程序，不要用旧版打开")]
    Newer(PathBuf),
    /// It is not ours.
    #[error("{0} 不是本程序的数据文件；请移走它，或用 --var 换一个文件夹")]
    Foreign(PathBuf),
    /// SQLite failed.
    #[error("数据文件 {path} 不能读写：{source}；请检查权限和磁盘剩余空间")]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The system gives no random numbers.
    #[error("系统没有给出随机数，无法生成查询码；请检查 /dev/urandom")]
    Randomness,
}

/// Everything people did with the answers, in one file.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    connection: Mutex<Option<Connection>>,
}

impl Ledger {
    /// The ledger of this folder; made when something is first kept in it.
    #[must_use]
    pub fn at(var: &Path) -> Self {
        Self { path: var.join(FILE), connection: Mutex::new(None) }
    }

    /// A ledger that is there already.
    pub fn existing(var: &Path) -> Result<Self, CaseworkError> {
        let ledger = Self::at(var);
        if ledger.path.is_file() { Ok(ledger) } else { Err(CaseworkError::Missing(ledger.path)) }
    }

    /// Whether something can be kept: opens the file, and makes it where it is missing.
    pub fn ready(&self) -> Result<(), CaseworkError> {
        self.work(|_| Ok(()))
    }

    /// Works on the open file. After a failure it is opened anew the next time: a disk that has room again is used again.
    pub(super) fn work<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, CaseworkError> {
        let mut slot = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut connection = match slot.take() {
            Some(open) => open,
            None => self.open()?,
        };
        let done = work(&mut connection).map_err(|source| self.failed(source))?;
        *slot = Some(connection);
        Ok(done)
    }

    fn failed(&self, source: rusqlite::Error) -> CaseworkError {
        CaseworkError::Database { path: self.path.clone(), source }
    }

    /// Opens the file, makes it where it is missing, and brings it to the present schema.
    fn open(&self) -> Result<Connection, CaseworkError> {
        if let Some(folder) = self.path.parent() {
            let failed = |source| CaseworkError::Folder { path: folder.to_owned(), source };
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut connection = self.connect().map_err(|source| self.failed(source))?;
        match schema::bring_up(&mut connection).map_err(|source| self.failed(source))? {
            Found::Ready => Ok(connection),
            Found::Newer => Err(CaseworkError::Newer(self.path.clone())),
            Found::Foreign => Err(CaseworkError::Foreign(self.path.clone())),
        }
    }

    /// What is acknowledged must survive a power cut: written ahead, synced at every commit. What is deleted is overwritten.
    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update_and_check(None, "journal_size_limit", JOURNAL_BYTES, |_| Ok(()))?;
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(connection)
    }
}
