//! Which crate may know which: the arrows point one way, and there are no others.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// The crates of the house, and those that each knows. Crates that are not built yet stand here too.
const ARROWS: [(&str, &[&str]); 8] = [
    ("saidline-html", &[]),
    ("saidline-models", &[]),
    ("saidline", &["saidline-html", "saidline-models"]),
    ("saidline-sources", &["saidline"]),
    ("saidline-store", &["saidline"]),
    ("saidline-web", &["saidline", "saidline-store"]),
    ("saidline-cli", &["saidline", "saidline-sources", "saidline-store", "saidline-web"]),
    ("saidline-py", &["saidline", "saidline-sources"]),
];

/// The crates of the workspace, each with those it depends on, for building, running or testing.
fn workspace() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("metadata is JSON");
    let name = |package: &Value| package["name"].as_str().expect("it has a name").to_owned();
    let packages = metadata["packages"].as_array().expect("there are packages");
    let names: BTreeSet<_> = packages.iter().map(name).collect();
    let known = |package: &Value| {
        let all = package["dependencies"].as_array().expect("it has a list of dependencies");
        all.iter().map(name).filter(|dependency| names.contains(dependency)).collect()
    };
    packages.iter().map(|package| (name(package), known(package))).collect()
}

#[test]
fn the_arrows_are_those_of_the_design() {
    let workspace = workspace();
    let mut allowed = BTreeMap::new();
    for (name, known) in ARROWS.into_iter().filter(|(name, _)| workspace.contains_key(*name)) {
        let known = known.iter().filter(|known| workspace.contains_key(**known));
        allowed.insert(name.to_owned(), known.map(|&known| known.to_owned()).collect::<BTreeSet<_>>());
    }
    assert_eq!(workspace, allowed);
}
