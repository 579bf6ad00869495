//! How things look: read these snapshots when they change.

use crate::run::{Folder, IOM, TINY, logframe};

#[test]
fn help_reads_well_at_80_columns() {
    for command in ["", "check", "show", "new"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let name = if command.is_empty() { "help".to_owned() } else { format!("help-{command}") };
        insta::assert_snapshot!(name, logframe(&args).out);
    }
}

#[test]
fn a_wrong_total_reads_well() {
    let folder = Folder::new();
    let path = folder.file("plan.toml", TINY.replace("total = 1_250", "total = 1_205"));
    let shown = logframe(&["check", &path]).out.replace(&path, "plan.toml");
    insta::assert_snapshot!("wrong-total", shown);
}

#[test]
fn help_never_runs_past_the_window() {
    for command in ["check", "show", "reconcile", "explain", "rules", "schema", "new", "split", "round", "completions"] {
        let help = logframe(&[command, "--help"]).out;
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    }
    assert!(!logframe(&["check", IOM, "--help"]).out.is_empty());
}
