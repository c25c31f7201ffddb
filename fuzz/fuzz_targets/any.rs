//! Every target: the name of the program says which one of the table it runs.
#![no_main]

#[path = "../../tests/promises/fuzzed.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzed::run(env!("CARGO_BIN_NAME"), bytes));
