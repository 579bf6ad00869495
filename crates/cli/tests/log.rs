//! `logframe log`.

use std::fs;
use std::path::Path;
use std::process::Command;

use logframe_cli::ExitStatus::{CouldNotRun, Success};

use crate::run::logframe;

fn git(folder: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"];
    assert!(Command::new("git").current_dir(folder).args(identity).args(args).status().unwrap().success());
}

#[test]
fn a_folder_of_plans_is_a_table_a_plan_and_what_has_no_history_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::copy("../../plans/teaching.toml", at("teaching.toml")).unwrap();
    git(folder.path(), &["init", "-q"]);
    assert_eq!(logframe(&["log", &at("")]).status, CouldNotRun);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "The first"]);
    let one = logframe(&["log", &at("teaching.toml"), "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!((one.status, &json["rows"][0]["total"]), (Success, &"587742".into()), "{}", one.out);
    fs::copy("../../plans/iom-venezuela-2018.toml", at("new.toml")).unwrap();
    let both = logframe(&["log", &at("")]);
    assert_eq!(both.status, CouldNotRun);
    assert!(both.err.contains("new.toml is in no commit"), "{}", both.err);
    assert!(both.out.contains("587,742") && both.out.contains("The first"), "{}", both.out);
    assert_eq!(logframe(&["log", &at("nowhere/")]).status, CouldNotRun);
}
