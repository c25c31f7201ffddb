//! The library of `corpus/`, indexed once for all tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::house::{Ran, run_in};

/// Folders of other runs older than this belong to nobody.
const FORGOTTEN: Duration = Duration::from_secs(3600);
/// How the folder of a run begins.
const PREFIX: &str = "demonstration-";

/// The repository.
pub(super) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The data that lies beside the repository on the machine of the project, and nowhere else.
pub(super) fn shared(name: &str) -> Option<PathBuf> {
    let path = repository().join("../shared").join(name);
    if path.exists() {
        return Some(path.canonicalize().unwrap());
    }
    eprintln!("skipped: ../shared/{name} is not here");
    None
}

/// The demonstration library with its index.
pub(super) struct Demonstration {
    folder: PathBuf,
}

impl Demonstration {
    /// The library, indexed when it is first asked for.
    pub(super) fn open() -> &'static Self {
        static OPEN: OnceLock<Demonstration> = OnceLock::new();
        OPEN.get_or_init(|| {
            // Nothing runs when the test process ends; so the folder lies below `target`, and the next run sweeps.
            let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
            sweep(parent);
            let folder = parent.join(format!("{PREFIX}{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            let open = Self { folder };
            assert_eq!(open.run(&["index"]).code, 0);
            open
        })
    }

    pub(super) fn corpus() -> PathBuf {
        repository().join("corpus")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Runs the program with this library.
    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        let (corpus, index) = (Self::corpus(), self.index());
        let mut all = vec!["--corpus", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()];
        all.extend(arguments);
        run_in(&self.folder, &all)
    }

    /// Asks many questions at once: lines with `id`, `question` and so on; the answers come in the same order.
    pub(super) fn ask_all(&self, questions: &[Value]) -> Vec<Value> {
        let file = tempfile::NamedTempFile::new_in(&self.folder).unwrap();
        fs::write(file.path(), super::house::lines(questions.iter().cloned())).unwrap();
        self.run(&["ask", "--batch", file.path().to_str().unwrap()]).json_lines()
    }
}

#[expect(clippy::disallowed_methods, reason = "the age of a folder left behind is told by the clock")]
fn sweep(parent: &Path) {
    let now = SystemTime::now();
    for entry in fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok) {
        let old = entry
            .metadata()
            .and_then(|meta| meta.modified())
            .is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > FORGOTTEN));
        let id = entry.file_name().to_string_lossy().strip_prefix(PREFIX).map(str::to_owned);
        let gone =
            id.is_some_and(|id| old || Path::new("/proc/self").exists() && !Path::new("/proc").join(id).exists());
        if gone {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

/// The canonical text of a document of a corpus folder: every byte after the front matter.
pub(super) fn text_of(corpus: &Path, id: &str) -> String {
    let name = format!("{id}.md");
    let path = walkdir::WalkDir::new(corpus.join("documents"))
        .into_iter()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy() == name.as_str())
        .unwrap_or_else(|| panic!("no document {id}"))
        .into_path();
    let file = fs::read_to_string(path).unwrap();
    let (_, rest) = file.split_once("\n---\n").unwrap();
    rest.to_owned()
}
