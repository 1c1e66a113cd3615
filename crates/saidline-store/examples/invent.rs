//! Makes a store of invented pages: `cargo run -p saidline-store --example invent -- FILE`.
//!
//! The tests of other tools use it, and the file that is kept of each format is made by it
//! (`tests/formats/README.md`).

#[path = "../tests/common/invented.rs"]
#[allow(dead_code)]
mod invented;

use std::path::PathBuf;
use std::process::ExitCode;

use saidline_store::Store;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("error: say which file is to be made");
        return ExitCode::from(2);
    };
    let made = Store::create(&path).and_then(|mut store| invented::fill(&mut store));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(3)
        }
    }
}
