//! The parent's side (父进程): starts the child, bounds what it may say and how long, and tells how it died.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::super::{Emit, SourceFile};
use super::fence::{CPU_SECONDS, FILE_MIB, MEMORY_MIB};
use super::frame::{self, Request, Taken};

/// Longest time a child may take, by the clock: its processor time is limited apart, this stops those that sleep.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most bytes a child may say: four times what all members of an archive may give.
const MAX_OUTPUT: u64 = 256 * 1024 * 1024;
/// Bytes of a child's last words that are looked at.
const LAST_WORDS: u64 = 4096;
/// What every refusal of a dead reader ends with.
const ADVICE: &str = "请另存为 .docx 或 .txt 后导入";

/// Keeps one child at a time.
pub(super) struct Keeper<'p> {
    program: &'p Path,
    patience: Duration,
    most: u64,
}

/// What came of a child.
struct Outcome {
    output: Vec<u8>,
    status: ExitStatus,
    late: bool,
    last_words: String,
}

impl<'p> Keeper<'p> {
    pub(super) fn new(program: &'p Path) -> Self {
        Self { program, patience: PATIENCE, most: MAX_OUTPUT }
    }

    /// Reads a file in a child; documents said before it died count.
    pub(super) fn read(&self, source: &SourceFile, emit: Emit<'_>) {
        let outcome = match self.run(source) {
            Ok(outcome) => outcome,
            Err(error) => return emit(Err(source.refuse(format!("无法启动读取程序：{error}")))),
        };
        let mut left = outcome.output.as_slice();
        while let Some(taken) = frame::take(&mut left, source) {
            match taken {
                Ok(Taken::End) => return,
                Ok(Taken::Refused(refusal)) => emit(Err(refusal)),
                Ok(Taken::Document(mut raw, itself)) => {
                    if itself {
                        match source.bytes() {
                            Ok((_, own)) => raw.original = own.original,
                            Err(refusal) => return emit(Err(refusal)),
                        }
                    }
                    emit(Ok(*raw));
                }
                Err(refusal) => return emit(Err(refusal)),
            }
        }
        emit(Err(source.refuse(self.cause_of_death(&outcome))));
    }

    fn run(&self, source: &SourceFile) -> io::Result<Outcome> {
        let scratch = tempfile::Builder::new().prefix("zhengda-read-").tempdir()?;
        let mut words = tempfile::tempfile()?;
        let mut child = self.start(source, scratch.path(), words.try_clone()?)?;
        let pid = Pid::from_child(&child);
        let (done, waits) = mpsc::channel::<()>();
        let (output, late) = std::thread::scope(|scope| {
            let watch = scope.spawn(move || {
                let late = waits.recv_timeout(self.patience) == Err(mpsc::RecvTimeoutError::Timeout);
                // The child has not been waited for, so its number is still its own.
                late && kill_process_group(pid, Signal::KILL).is_ok()
            });
            let output = self.listen(&mut child, source, scratch.path());
            if output.is_err() {
                let _ = kill_process_group(pid, Signal::KILL);
            }
            let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            drop(done);
            (output, watch.join().unwrap_or(false))
        });
        // Whatever the child started ends with it.
        let _ = kill_process_group(pid, Signal::KILL);
        let status = child.wait()?;
        let mut last_words = Vec::new();
        words.rewind()?;
        words.take(LAST_WORDS).read_to_end(&mut last_words)?;
        let last_words = String::from_utf8_lossy(&last_words).into_owned();
        Ok(Outcome { output: output?, status, late, last_words })
    }

    fn start(&self, source: &SourceFile, scratch: &Path, words: File) -> io::Result<Child> {
        Command::new(self.program)
            .arg("read-source")
            .arg(&source.path)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("TMPDIR", scratch)
            .env("HOME", scratch)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(words)
            .process_group(0)
            .spawn()
    }

    /// Asks, and listens until the child has said all or too much.
    fn listen(&self, child: &mut Child, source: &SourceFile, scratch: &Path) -> io::Result<Vec<u8>> {
        let request = Request {
            location: source.location.clone(),
            extension: source.extension.clone(),
            folders: source.folders.clone(),
            sha256: source.sha256.clone(),
            scratch: scratch.to_owned(),
        };
        if let Some(mut input) = child.stdin.take() {
            // A child that died before it was asked is told by its death.
            let _ = input.write_all(&serde_json::to_vec(&request)?);
        }
        let mut output = Vec::new();
        if let Some(said) = child.stdout.take() {
            said.take(self.most + 1).read_to_end(&mut output)?;
        }
        if output.len() as u64 > self.most {
            let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
        }
        Ok(output)
    }

    /// Why there was no end mark, in words that name the limit.
    fn cause_of_death(&self, outcome: &Outcome) -> String {
        let has = |words: &str| outcome.last_words.contains(words);
        let signal = outcome.status.signal().map(Signal::from_named_raw);
        let signal = signal.flatten();
        if outcome.output.len() as u64 > self.most {
            format!("读出的内容超过 {} MiB 的上限，请拆分", self.most / (1024 * 1024))
        } else if outcome.late {
            format!("读取用时超过 {} 秒的上限，{ADVICE}", self.patience.as_secs())
        } else if signal == Some(Signal::XCPU) {
            format!("读取所用处理器时间超过 {CPU_SECONDS} 秒的上限，{ADVICE}")
        } else if signal == Some(Signal::XFSZ) {
            format!("读取时的临时文件超过 {FILE_MIB} MiB 的上限，{ADVICE}")
        } else if has("memory allocation") || has("bad_alloc") || has("out of memory") {
            format!("读取所用内存超过 {MEMORY_MIB} MiB 的上限，{ADVICE}")
        } else if has("overflowed its stack") {
            format!("内容嵌套过深，读取程序的栈溢出，{ADVICE}")
        } else {
            format!("读取程序异常退出（{}），{ADVICE}", ending(outcome.status))
        }
    }
}

fn ending(status: ExitStatus) -> String {
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("信号 {signal}"),
        (_, Some(code)) => format!("退出码 {code}"),
        _ => "原因不明".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Instant;

    use super::*;

    /// The reasons given when this script stands in for the reader.
    fn reasons(script: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "第一条").unwrap();
        let program = folder.path().join("reader");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let source = SourceFile::open(&file, None).unwrap();
        let keeper = Keeper { program: &program, patience: Duration::from_secs(1), most: 1024 * 1024 };
        let mut reasons = Vec::new();
        keeper.read(&source, &mut |item| reasons.push(item.map_or_else(|refusal| refusal.reason, |raw| raw.location)));
        reasons
    }

    #[test]
    fn every_way_of_dying_is_told_in_words() {
        let begun = Instant::now();
        let cases = [
            ("sleep 1000 & sleep 1000", "用时超过 1 秒"),
            ("exec >&-; sleep 1000", "用时超过 1 秒"),
            ("exec cat /dev/zero", "读出的内容超过 1 MiB"),
            ("kill -XCPU $$", "处理器时间超过 30 秒"),
            ("kill -SEGV $$", "异常退出（信号 11）"),
            ("echo memory allocation of 9 bytes failed >&2; kill -ABRT $$", "内存超过 1024 MiB"),
            ("exit 3", "异常退出（退出码 3）"),
            ("exit 0", "异常退出（退出码 0）"),
            ("echo nonsense", "输出有误"),
        ];
        for (script, expected) in cases {
            let found = reasons(script);
            assert!(found.len() == 1 && found[0].contains(expected), "{script}: {found:?}");
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(reasons("echo '\"End\"'; exec sleep 1000").len(), 0, "what was said before a hang counts");
    }

    #[test]
    fn a_child_speaks_for_its_file_alone() {
        let frame = "echo '{\"Document\":[{\"location\":\"/other/file.txt\"},\"None\"]}'";
        assert!(reasons(frame)[0].contains("输出有误"));
    }
}
