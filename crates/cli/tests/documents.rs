//! `explain`, `rules`, `schema`, `new` and `completions`: what the program brings along.

use logframe_cli::ExitStatus::{CouldNotRun, Success};
use serde_json::Value;

use crate::run::{Folder, argument, logframe, logframe_reading};

#[test]
fn every_rule_that_is_listed_can_be_explained() {
    let listed = logframe(&["rules"]);
    assert_eq!(listed.status, Success);
    for rule in logframe::rules::ALL {
        assert!(listed.out.contains(rule.name), "{} is not listed", rule.name);
        let ran = logframe(&["explain", rule.name]);
        assert_eq!(ran.status, Success);
        assert!(ran.out.starts_with(&format!("# {}\n", rule.name)), "{}", ran.out);
    }
}

#[test]
fn a_mistyped_rule_is_answered_with_the_nearest() {
    let ran = logframe(&["explain", "declared-totl"]);
    assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""));
    assert_eq!(ran.err, "error: no rule is called `declared-totl`; did you mean `declared-total`?\n");
    assert!(logframe(&["explain", "xyzzy"]).err.contains("`logframe rules` lists them"));
}

#[test]
fn both_schemas_are_json() {
    let plan: Value = serde_json::from_str(&logframe(&["schema"]).out).unwrap();
    assert_eq!(plan, logframe::schema());
    let findings: Value = serde_json::from_str(&logframe(&["schema", "findings"]).out).unwrap();
    assert_eq!(findings, logframe::findings_schema());
}

#[test]
fn the_plan_to_start_from_checks_clean_and_has_every_part() {
    let plan = logframe(&["new"]).out;
    let ran = logframe_reading(&["check", "--strict", "-"], plan.as_bytes());
    assert_eq!(ran.status, Success, "{}", ran.out);
    assert!(
        ran.out.starts_with("clean-water: nothing is wrong; 10 declared figures checked against 5 allocations: 10 exact,"),
        "{}",
        ran.out
    );
    for part in [
        "#:schema",
        "[[outcome]]",
        "[[outcome.output.indicator]]",
        "[[outcome.output.activity]]",
        "[[head]]",
        "[[office]]",
        "[budget]",
    ] {
        assert!(plan.contains(part), "{part}");
    }
}

#[test]
fn a_changed_amount_in_the_new_plan_is_found() {
    let plan = logframe(&["new"]).out.replace("420_000", "402_000");
    let found = logframe_reading(&["check", "-", "--format", "concise"], plan.as_bytes()).out;
    assert!(found.contains("Kenya is printed as 585,500"), "{found}");
}

#[test]
fn new_writes_a_file_but_never_over_another() {
    let folder = Folder::new();
    let path = argument(&folder.path("plan.toml"));
    let ran = logframe(&["new", "-o", &path]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), logframe(&["new"]).out);

    std::fs::write(&path, "mine").unwrap();
    let ran = logframe(&["new", "-o", &path]);
    assert_eq!(ran.status, CouldNotRun);
    assert!(ran.err.contains("exists already") && ran.err.contains("`--force`"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");

    assert_eq!(logframe(&["new", "--force", "-o", &path]).status, Success);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("#:schema"));
}

#[test]
fn new_says_why_a_file_cannot_be_written() {
    let folder = Folder::new();
    let ran = logframe(&["new", "-o", &argument(&folder.path("no/such/folder.toml"))]);
    assert_eq!(ran.status, CouldNotRun);
    assert!(ran.err.starts_with("error: cannot write "), "{}", ran.err);
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = logframe(&["completions", shell]);
        assert_eq!(ran.status, Success);
        assert!(ran.out.contains("strict") && ran.out.contains("explain"), "{shell}");
    }
}
