//! The command in a folder of its own, and what it answers.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
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
        for variable in ["NO_COLOR", "COLUMNS", "SAIDLINE_DATA", "CLICOLOR_FORCE", "TERM"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command runs")
    }

    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command runs");
        let mut stdin = child.stdin.take().expect("it has an input");
        // A command that ends early does not read it all.
        let _ = stdin.write_all(input);
        drop(stdin);
        child.wait_with_output().expect("the command ends")
    }
}

/// What the command answered: exit status, then each line of standard output behind `|`, each of standard error
/// behind `!`. Of JSONL only the pages' paths are shown: what a model finds in them is tested elsewhere.
pub fn answer(output: &Output) -> String {
    let mut answer = format!("{}\n", output.status.code().expect("it was not killed"));
    for line in String::from_utf8(output.stdout.clone()).expect("output is UTF-8").lines() {
        match serde_json::from_str::<serde_json::Value>(line) {
            Ok(line) if line["type"] == "page" => {
                let _ = writeln!(answer, "| page {}", line["path"].as_str().expect("a page has a path"));
            }
            Ok(line) if line["type"].is_string() => {}
            _ => {
                let _ = writeln!(answer, "| {line}");
            }
        }
    }
    for line in String::from_utf8(output.stderr.clone()).expect("messages are UTF-8").lines() {
        let _ = writeln!(answer, "! {line}");
    }
    answer.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
