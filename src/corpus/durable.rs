//! Durable writing: temp file in the same folder, fsync, rename, fsync of the folder.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;

use super::CorpusError;

/// Threads that wait for the disk: a journalling file system brings many waiting files down with one write.
const WRITERS: usize = 16;
/// Files each of them may hold in hand; bounds memory, not speed.
const IN_HAND: usize = 8;

/// Writes files so that each is either wholly there or not at all. Files are on the disk, and errors known, after
/// [`Durable::settle`]; many files share the wait, and many files of one folder one folder fsync.
#[derive(Debug, Default)]
pub(super) struct Durable {
    writers: Option<Writers>,
    pending: HashSet<PathBuf>,
    unsettled: BTreeSet<PathBuf>,
}

/// The writing threads.
#[derive(Debug)]
struct Writers {
    jobs: Vec<SyncSender<Job>>,
    done: Receiver<Done>,
    next: usize,
}

struct Job {
    path: PathBuf,
    bytes: Vec<u8>,
}

struct Done {
    path: PathBuf,
    result: io::Result<()>,
}

impl Durable {
    /// Hands a file to be written in one step.
    pub(super) fn write(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), CorpusError> {
        self.wait_for(path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        self.unsettled.insert(folder.to_owned());
        self.pending.insert(path.to_owned());
        let writers = self.writers.get_or_insert_with(Writers::start);
        writers.give(Job { path: path.to_owned(), bytes }).map_err(|cause| CorpusError::io(path, cause))
    }

    /// Waits until a file handed over before can be read.
    pub(super) fn wait_for(&mut self, path: &Path) -> Result<(), CorpusError> {
        if self.pending.contains(path) { self.finish() } else { Ok(()) }
    }

    /// Brings every file and folder written to since the last call to the disk.
    pub(super) fn settle(&mut self) -> Result<(), CorpusError> {
        self.finish()?;
        while let Some(folder) = self.unsettled.pop_first() {
            // Only Unix lets a folder be opened and synchronised; elsewhere the rename is all there is.
            if cfg!(unix) {
                File::open(&folder)
                    .and_then(|folder| folder.sync_all())
                    .map_err(|cause| CorpusError::io(&folder, cause))?;
            }
        }
        Ok(())
    }

    /// Waits for the files handed over; the first error is told, whatever became of the others.
    fn finish(&mut self) -> Result<(), CorpusError> {
        let Some(writers) = &self.writers else { return Ok(()) };
        let mut first = None;
        while !self.pending.is_empty() {
            let Ok(Done { path, result }) = writers.done.recv() else {
                return Err(CorpusError::io(Path::new("."), io::Error::other("写入线程已退出")));
            };
            self.pending.remove(&path);
            if let Err(cause) = result {
                first = first.or(Some(CorpusError::io(&path, cause)));
            }
        }
        first.map_or(Ok(()), Err)
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), CorpusError> {
        if self.unsettled.contains(folder) || folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder).map_err(|cause| CorpusError::io(folder, cause))?;
        // The parent of a relative path's first part is the empty path, which cannot be opened.
        let above = folder.ancestors().skip(1).take(2).filter(|above| !above.as_os_str().is_empty());
        self.unsettled.extend(above.map(Path::to_owned));
        Ok(())
    }
}

impl Writers {
    fn start() -> Self {
        let (tell, done) = mpsc::channel();
        let jobs = (0..WRITERS)
            .map(|_| {
                let (give, jobs) = mpsc::sync_channel(IN_HAND);
                let tell = tell.clone();
                thread::spawn(move || work(&jobs, &tell));
                give
            })
            .collect();
        Self { jobs, done, next: 0 }
    }

    fn give(&mut self, job: Job) -> io::Result<()> {
        self.next = (self.next + 1) % self.jobs.len();
        self.jobs[self.next].send(job).map_err(|_| io::Error::other("写入线程已退出"))
    }
}

/// Writes until nobody gives any more.
fn work(jobs: &Receiver<Job>, tell: &Sender<Done>) {
    for Job { path, bytes } in jobs {
        let result = replace(&path, &bytes);
        if tell.send(Done { path, result }).is_err() {
            return;
        }
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Readable by other accounts as any published text is; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
