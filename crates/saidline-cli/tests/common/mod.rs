//! The command in a folder of its own, and what it answers.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder with files, in which the command is run.
pub struct Place(TempDir);

impl Place {
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self(TempDir::new().expect("a folder can be made"));
        for (name, bytes) in files {
            let path = place.at(name);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
        place
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The command, ready to run here, in an environment that says nothing about colours and widths.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_saidline"));
        command.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        for variable in ["NO_COLOR", "COLUMNS", "SAIDLINE_DATA", "SAIDLINE_STORE", "CLICOLOR_FORCE", "TERM"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command runs")
    }
}
