//! Promise 14: a cold start with an index that is there answers at once.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::demonstration::Demonstration;
use super::house::{House, program};

/// From launch to the first answer. The release build is held to one second; this build is slower, and the machine of
/// the tests is busy.
const MOST: Duration = Duration::from_secs(10);

/// A running server that is stopped when the test ends, however it ends.
pub(super) struct Serving {
    child: Child,
    pub(super) address: String,
}

impl Serving {
    /// Starts the program and waits until it has printed its address.
    pub(super) fn start(folder: &std::path::Path, arguments: &[&str]) -> Self {
        let mut child = program(folder)
            .args(arguments)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let address = out.lines().map_while(Result::ok).find_map(|line| {
            let at = line.find("http://")?;
            Some(line[at..].split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned())
        });
        let Some(address) = address else {
            child.kill().ok();
            panic!("the server ended without an address: {:?}", child.wait());
        };
        Self { child, address }
    }

    /// Asks the server to stop and tells its exit code.
    pub(super) fn stop(mut self) -> Option<i32> {
        let told = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(told.is_ok_and(|status| status.success()));
        let begun = Instant::now();
        while begun.elapsed() < MOST {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_cold_start_answers_at_once_and_stops_when_told() {
    let demonstration = Demonstration::open();
    let (corpus, index) = (Demonstration::corpus(), demonstration.index());
    let begun = Instant::now();
    let house = House::empty();
    let serving =
        Serving::start(house.root(), &["--corpus", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()]);
    let answer = super::door::post(
        &format!("{}/api/v1/consult", serving.address),
        &serde_json::json!({"question": "高龄津贴每人每月多少钱", "region": "990121"}),
    );
    let took = begun.elapsed();
    println!("from launch to the first answer: {} ms", took.as_millis());
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(took < MOST, "{took:?}");
    assert_eq!(serving.stop(), Some(0));
}

#[test]
fn the_first_start_builds_the_index() {
    let house = House::furnished();
    assert!(!house.path("index").exists());
    let serving = Serving::start(house.root(), &[]);
    let page = super::door::get(&format!("{}/readyz", serving.address));
    assert_eq!(page.status, 200);
    assert!(house.path("index/CURRENT").exists());
}
