//! The program `zhengda`.

use std::process::ExitCode;

fn main() -> ExitCode {
    zhengda::cli::run()
}
