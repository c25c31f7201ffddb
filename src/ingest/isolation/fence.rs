//! The fence (围栏): what a child may use and open, set up by the child itself before it looks at the file.

use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, RestrictionStatus, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, Signal, setrlimit};

/// Most memory a child may map, in MiB. pdfium and the largest real files stay below 400.
pub(super) const MEMORY_MIB: u64 = 1024;
/// Most seconds of processor time: the slowest real file takes two.
pub(super) const CPU_SECONDS: u64 = 30;
/// Largest file a child may write into its scratch folder, in MiB: what a converter makes of a document.
pub(super) const FILE_MIB: u64 = 64;
/// Most open files: the program, its libraries, fonts of a converter.
const OPEN_FILES: u64 = 256;
/// Most processes and threads of the whole account, so not of this child alone: it stops endless forking, no more.
const PROCESSES: u64 = 4096;

/// What programs and their libraries are made of, and where fonts and their settings lie.
const READABLE: [&str; 14] = [
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/opt",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/libreoffice",
    "/etc/localtime",
    "/dev/urandom",
    "/proc/self",
];

/// Limits this process and all it starts, and fences it in as far as the kernel can.
pub(super) fn put_up(file: &Path, program: Option<&Path>, scratch: &Path) -> std::io::Result<()> {
    const MIB: u64 = 1024 * 1024;
    // Whoever kills the importing process kills its readers.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    let limits = [
        (Resource::As, MEMORY_MIB * MIB, MEMORY_MIB * MIB),
        // A second between the two, so that the first can be told by its signal.
        (Resource::Cpu, CPU_SECONDS, CPU_SECONDS + 1),
        (Resource::Fsize, FILE_MIB * MIB, FILE_MIB * MIB),
        (Resource::Nofile, OPEN_FILES, OPEN_FILES),
        (Resource::Nproc, PROCESSES, PROCESSES),
        (Resource::Core, 0, 0),
    ];
    for (resource, soft, hard) in limits {
        // A limit that is lower already stays.
        let hard = rustix::process::getrlimit(resource).maximum.map_or(hard, |most| most.min(hard));
        setrlimit(resource, Rlimit { current: Some(soft.min(hard)), maximum: Some(hard) })?;
    }
    // Best effort: an old kernel leaves the limits above.
    let _ = fence_in(file, program, scratch);
    Ok(())
}

fn fence_in(file: &Path, program: Option<&Path>, scratch: &Path) -> Result<RestrictionStatus, RulesetError> {
    let abi = ABI::V6;
    let readable = READABLE.iter().map(Path::new).chain([file]).chain(program);
    let ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?;
    ruleset
        .create()?
        .add_rules(path_beneath_rules(readable, AccessFs::from_read(abi)))?
        .add_rules(path_beneath_rules([Path::new("/dev/null")], AccessFs::ReadFile | AccessFs::WriteFile))?
        .add_rules(path_beneath_rules([scratch], AccessFs::from_all(abi)))?
        .restrict_self()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn behind_the_fence_nothing_but_the_file_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let (file, other, scratch) =
            (folder.path().join("a.txt"), folder.path().join("b.txt"), folder.path().join("scratch"));
        fs::write(&file, "a").unwrap();
        fs::write(&other, "b").unwrap();
        fs::create_dir(&scratch).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = address.local_addr().unwrap();
        // The fence stands around the thread that puts it up.
        let fenced = std::thread::spawn(move || {
            let status = fence_in(&file, None, &scratch);
            if !status.is_ok_and(|status| status.ruleset == landlock::RulesetStatus::FullyEnforced) {
                return eprintln!("skipped: this kernel has no complete Landlock");
            }
            assert_eq!(fs::read_to_string(&file).unwrap(), "a");
            fs::write(scratch.join("c"), "c").unwrap();
            let denied = |outcome: std::io::Result<()>| {
                assert_eq!(outcome.unwrap_err().kind(), ErrorKind::PermissionDenied);
            };
            denied(fs::read(&other).map(drop));
            denied(fs::read("/etc/passwd").map(drop));
            denied(fs::write(&file, "changed"));
            denied(fs::write(folder.path().join("d"), "d"));
            denied(TcpStream::connect(port).map(drop));
            denied(TcpListener::bind("127.0.0.1:0").map(drop));
        });
        fenced.join().unwrap();
    }
}
