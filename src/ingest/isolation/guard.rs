//! A reader that panics refuses its file, and nothing else (恐慌隔离).

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::super::{Emit, SourceFile};

thread_local! {
    /// Whether a panic of this thread is going to be reported as a refusal.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader; a panic becomes a refusal and is not printed.
pub(in crate::ingest) fn guarded(source: &SourceFile, read: fn(&SourceFile, Emit<'_>), emit: Emit<'_>) {
    silence();
    let before = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| read(source, &mut *emit)));
    GUARDED.set(before);
    if outcome.is_err() {
        emit(Err(source.refuse("内容有误，读取程序无法处理；请另存为 .txt 后导入，并把该文件报告给维护者")));
    }
}

/// Keeps guarded panics off the terminal; all others are printed as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                usual(panic);
            }
        }));
    });
}
