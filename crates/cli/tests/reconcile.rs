//! `logframe reconcile`: verdicts, exit statuses, formats, ranges.

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};
use serde_json::Value;

use crate::run::{Folder, IOM, TINY, logframe};

fn wrong(folder: &Folder) -> String {
    folder.file("wrong.toml", std::fs::read_to_string(IOM).unwrap().replacen("4_853_748", "4_835_748", 1))
}

#[test]
fn a_plan_that_adds_up_gets_one_line() {
    let folder = Folder::new();
    let ran = logframe(&["reconcile", &folder.file("tiny.toml", TINY)]);
    assert_eq!((ran.status, ran.out.as_str()), (Success, "Exact. All 2 printed amounts add up as they are printed.\n"));
}

#[test]
fn the_iom_plan_is_consistent_and_its_budget_is_shown() {
    let ran = logframe(&["reconcile", IOM, "--range", "total", "--sums"]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    assert!(
        ran.out.starts_with("Consistent. One unrounded budget can stand behind all 130 printed amounts and 22\nshares"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("all others as printed\n") && ran.out.contains("within ± "), "{}", ran.out);
    assert!(ran.out.contains("32,326,038.5 to\n  32,326,043.5"), "{}", ran.out);
}

#[test]
fn figures_that_contradict_each_other_exit_with_1_and_name_the_culprit() {
    let folder = Folder::new();
    let path = wrong(&folder);
    let ran = logframe(&["reconcile", &path]);
    assert_eq!(ran.status, Findings);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("printed 4,835,748, should be 4,853,748 (neighbouring digits transposed: 35 for 53)"), "{text}");
    assert!(ran.out.contains(&format!("--> {path}:987:")), "{}", ran.out);
}

#[test]
fn json_and_html_say_the_same_verdict() {
    let folder = Folder::new();
    let path = wrong(&folder);
    let ran = logframe(&["reconcile", &path, "--format", "json", "--range", "total"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, value["verdict"].as_str()), (Findings, Some("inconsistent")));
    assert!(value["ranges"]["total"]["figures"].is_array());
    let page = logframe(&["reconcile", &path, "--format", "html"]).out;
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Impossible."), "{page}");
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    let ran = logframe(&["reconcile", IOM, "--range", "office=nowhere"]);
    assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""));
    assert!(ran.err.contains("no printed amount goes by `office=nowhere`"), "{}", ran.err);
    assert_eq!(logframe(&["reconcile", "no-such-file.toml"]).status, CouldNotRun);
}

#[test]
fn a_repair_changes_what_it_may() {
    let folder = Folder::new();
    let ran = logframe(&["reconcile", &wrong(&folder), "--repair", "fewest", "--fix", "totals"]);
    assert!(ran.out.contains("Colombia / Socio-economic integration (the budget): 4,835,748 -> 4,853,74"), "{}", ran.out);
    assert_eq!(logframe(&["reconcile", IOM, "--repair", "least", "--fix", "office=nowhere"]).status, CouldNotRun);
}
