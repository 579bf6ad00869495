//! `logframe show`: tables, formats, exit statuses.

use logframe::{Plan, Source};
use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};
use serde_json::Value;

use crate::run::{Folder, IOM, TINY, logframe, logframe_reading};

#[test]
fn the_budget_is_the_default_and_fits_80_columns() {
    let ran = logframe(&["show", IOM]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    assert_eq!(ran.out, logframe(&["show", IOM, "budget"]).out);
    assert!(ran.out.contains("Colombia") && ran.out.contains("13,399,999") && ran.out.contains("32,326,041"), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
}

#[test]
fn every_table_comes_in_every_format() {
    for table in [&["budget"][..], &["results"], &["office", "colombia"], &["sdg"], &["declared"]] {
        let show = |format: &str| {
            let ran = logframe(&[&["show", IOM][..], table, &["--format", format]].concat());
            assert_eq!((ran.status, ran.err.as_str()), (Success, ""), "{table:?} as {format}");
            assert!(ran.out.ends_with('\n'), "{table:?} as {format}");
            ran.out
        };
        assert!(!show("text").is_empty());
        assert!(show("markdown").contains("---"));
        let html = show("html");
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<table") && html.ends_with("</html>\n"), "{html}");
        assert!(show("csv").contains(','));
        assert!(serde_json::from_str::<Value>(&show("json")).is_ok(), "{table:?}");
    }
}

#[test]
fn numbers_for_programs_are_plain_digits() {
    let csv = logframe(&["show", IOM, "budget", "--format", "csv"]).out;
    assert!(csv.lines().any(|line| line.starts_with("colombia,") || line.starts_with("Colombia,")), "{csv}");
    assert!(csv.contains("1745950,3313160,3487141,4853748"), "{csv}");
}

#[test]
fn json_without_a_table_is_the_whole_plan_and_reads_back_equal() {
    let ran = logframe(&["show", IOM, "--format", "json"]);
    let again = Plan::parse(&Source::new("again.json", ran.out)).plan.unwrap();
    assert_eq!(again, Plan::parse(&Source::read(IOM).unwrap()).plan.unwrap());
}

#[test]
fn a_mistyped_office_is_answered_with_the_nearest() {
    let ran = logframe(&["show", IOM, "office", "columbia"]);
    assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""));
    assert_eq!(ran.err, "error: no office `columbia` in the plan; did you mean `colombia`?\n");
}

#[test]
fn a_text_that_is_no_plan_is_explained_on_stderr() {
    let ran = logframe_reading(&["show", "-"], TINY.replace("1_250 }", "1,250 }").as_bytes());
    assert_eq!((ran.status, ran.out.as_str()), (Findings, ""));
    assert!(ran.err.contains("error[syntax]") && ran.err.contains("<stdin>:13:"), "{}", ran.err);
}

#[test]
fn a_missing_plan_and_a_workbook_could_not_be_run() {
    let folder = Folder::new();
    for name in ["missing.toml", "budget.xlsx"] {
        let ran = logframe(&["show", &crate::run::argument(&folder.path(name))]);
        assert_eq!(ran.status, CouldNotRun, "{name}");
        assert!(ran.err.starts_with("error: cannot read ") && ran.err.contains(name), "{}", ran.err);
    }
}
