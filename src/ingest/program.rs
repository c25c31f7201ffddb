//! Programs (外部程序): run with limits on time, on what they may say, and on what they may take.

use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getrlimit, kill_process_group, prlimit, waitid,
};

/// How long to sleep between two looks at a program.
const LOOK: Duration = Duration::from_millis(10);
/// Most of a program's complaints that is read, in bytes.
const MOST_COMPLAINT: u64 = 4096;
const MIB: u64 = 1024 * 1024;
/// Most memory a program may map, in MiB: LibreOffice maps some two thousand before it opens anything.
const MEMORY_MIB: u64 = 6 * 1024;
/// Largest file a program may write, in MiB.
const FILE_MIB: u64 = 256;

/// Why a program gave nothing (外部程序失败).
#[derive(Debug, thiserror::Error)]
pub(super) enum ProgramError {
    #[error("找不到程序")]
    Missing,
    #[error("无法启动：{0}")]
    Start(io::Error),
    #[error("给出的文字超过 {} MiB 的上限", .0 / MIB)]
    Talkative(u64),
    #[error("超过 {} 秒仍未结束，已停止", .0.as_secs())]
    Slow(Duration),
}

/// What a program said before it ended by itself.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) output: Vec<u8>,
    /// What it complained of; how it ended when it was killed, most likely by a limit.
    pub(super) complaint: String,
    pub(super) succeeded: bool,
}

/// Runs a program without input. What it starts ends with it when it leads a process group of its own.
pub(super) fn run(mut command: Command, limit: Duration, most: u64) -> Result<Said, ProgramError> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ProgramError::Missing,
        _ => ProgramError::Start(error),
    })?;
    let pid = Pid::from_child(&child);
    bound(pid, limit);
    let output = listen(child.stdout.take(), most + 1);
    let complaint = hear_out(child.stderr.take(), MOST_COMPLAINT);
    let ended = wait(pid, limit);
    // It has not been waited for, so its number is still its own; one that leads no group is killed alone.
    let _ = kill_process_group(pid, Signal::KILL);
    let status = end(&mut child).map_err(ProgramError::Start)?;
    let output = output.join().unwrap_or_default();
    let complaint = String::from_utf8_lossy(&complaint.join().unwrap_or_default()).trim().to_owned();
    if output.len() as u64 > most {
        return Err(ProgramError::Talkative(most));
    }
    if !ended {
        return Err(ProgramError::Slow(limit));
    }
    let complaint = match status.signal() {
        Some(signal) => format!("异常退出（信号 {signal}），可能超过处理器时间或内存的上限"),
        None => complaint,
    };
    Ok(Said { output, complaint, succeeded: status.success() })
}

/// Bounds what a running program may take, and with it all that it starts; lower limits it has already stay.
fn bound(pid: Pid, limit: Duration) {
    let bounds = [
        (Resource::As, MEMORY_MIB * MIB),
        (Resource::Fsize, FILE_MIB * MIB),
        (Resource::Cpu, limit.as_secs().saturating_mul(2)),
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
        let soft = getrlimit(resource).current.map_or(most, |current| current.min(most));
        let _ = prlimit(Some(pid), resource, Rlimit { current: Some(soft), maximum: Some(most) });
    }
}

/// Ends a program, whether it has ended or not.
fn end(child: &mut Child) -> io::Result<ExitStatus> {
    let _ = child.kill();
    child.wait()
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

/// Reads complaints up to a bound and hears out the rest: a program must not fail for having complained much.
fn hear_out(pipe: Option<impl Read + Send + 'static>, most: u64) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut heard = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.by_ref().take(most).read_to_end(&mut heard);
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
        heard
    })
}

/// Whether the program ended by itself within its time; it is left to be waited for.
fn wait(pid: Pid, limit: Duration) -> bool {
    let start = Instant::now();
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    while start.elapsed() < limit {
        match waitid(WaitId::Pid(pid), options) {
            Ok(Some(_)) => return true,
            Ok(None) => std::thread::sleep(LOOK),
            Err(_) => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt as _;

    use super::*;

    fn shell(script: &str, limit: u64, most: u64) -> Result<Said, ProgramError> {
        let mut command = Command::new("sh");
        command.args(["-c", script]).process_group(0);
        run(command, Duration::from_secs(limit), most)
    }

    #[test]
    fn programs_are_stopped_at_their_limits() {
        let begun = Instant::now();
        let said = shell("echo 条; echo no >&2; exit 1", 9, 9).unwrap();
        assert_eq!((said.output, said.complaint.as_str(), said.succeeded), ("条\n".into(), "no", false));
        assert!(matches!(shell("sleep 99 & sleep 99", 1, 9), Err(ProgramError::Slow(_))));
        assert!(matches!(shell("cat /dev/zero", 9, 999), Err(ProgramError::Talkative(999))));
        assert!(shell("head -c 900000 /dev/zero >&2; echo 1", 9, 9).unwrap().succeeded, "complaints are heard out");
        assert!(shell("kill -9 $$", 9, 9).unwrap().complaint.contains("信号 9"));
        assert!(shell("sleep 99 & exit 0", 9, 9).unwrap().succeeded, "what it leaves behind ends with it");
        assert!(matches!(run(Command::new("/no/such"), Duration::from_secs(1), 1), Err(ProgramError::Missing)));
        assert!(begun.elapsed() < Duration::from_secs(8));
    }
}
