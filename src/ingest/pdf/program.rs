//! Programs (外部程序): run with a limit on time and on what they may say.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::PdfError;

/// How long to sleep between two looks at a program.
const LOOK: Duration = Duration::from_millis(10);
/// Most of a program's complaints that is read, in bytes.
const MOST_COMPLAINT: u64 = 4096;

/// What a program said before it ended by itself.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) output: Vec<u8>,
    pub(super) complaint: String,
    pub(super) succeeded: bool,
}

/// Runs a program without input; `name` is what messages call it.
pub(super) fn run(mut command: Command, name: &str, limit: Duration, most: u64) -> Result<Said, PdfError> {
    let failed = |what: String| PdfError::Program(format!("{name} {what}"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => PdfError::NoEngine,
        _ => failed(format!("无法启动：{error}")),
    })?;
    let output = listen(child.stdout.take(), most + 1);
    let complaint = listen(child.stderr.take(), MOST_COMPLAINT);
    let ended = wait(&mut child, limit);
    if ended.is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
    let output = output.join().unwrap_or_default();
    let complaint = String::from_utf8_lossy(&complaint.join().unwrap_or_default()).trim().to_owned();
    if output.len() as u64 > most {
        return Err(failed(format!("给出的文字超过 {} MiB 的上限", most / (1024 * 1024))));
    }
    let succeeded = ended.ok_or_else(|| failed(format!("超过 {} 秒仍未结束，已停止", limit.as_secs())))?;
    Ok(Said { output, complaint, succeeded })
}

/// Reads a pipe up to a bound, and then lets it go, so that the program cannot go on.
fn listen(pipe: Option<impl Read + Send + 'static>, most: u64) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut heard = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(most).read_to_end(&mut heard);
        }
        heard
    })
}

/// Whether the program ended well; none when it had to be stopped.
fn wait(child: &mut Child, limit: Duration) -> Option<bool> {
    let start = Instant::now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) => std::thread::sleep(LOOK),
            Err(_) => return None,
        }
    }
    None
}
