//! `logframe diff`.

use std::fs;

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};

use crate::run::{logframe, logframe_reading};

const PLAN: &str = "../../plans/proposal-example.toml";

/// The proposal with dearer meetings, as a text.
fn revised() -> String {
    fs::read_to_string(PLAN).unwrap().replace("unit-cost     = 620.00", "unit-cost     = 1_620.00")
}

#[test]
fn the_exit_status_says_whether_they_differ() {
    assert_eq!(logframe(&["diff", PLAN, PLAN]).status, Success);
    assert_eq!(logframe(&["diff", PLAN, PLAN]).out, "The two say the same.\n");
    assert_eq!(logframe_reading(&["diff", PLAN, "-"], revised().as_bytes()).status, Findings);
    assert_eq!(logframe(&["diff", PLAN, "nothing.toml"]).status, CouldNotRun);
    let broken = logframe_reading(&["diff", PLAN, "-"], b"format = 1\n");
    assert_eq!(broken.status, CouldNotRun);
    assert!(broken.err.contains("error[missing-key]"), "{}", broken.err);
}

#[test]
fn a_revision_reads_well_at_80_columns() {
    insta::assert_snapshot!(logframe_reading(&["diff", PLAN, "-"], revised().as_bytes()).out);
}

#[test]
fn every_format_says_it() {
    let of = |format: &str| logframe_reading(&["diff", PLAN, "-", "--format", format], revised().as_bytes()).out;
    assert!(of("markdown").contains("## Needs an amendment"));
    assert!(of("html").contains("<!DOCTYPE html>"));
    let json: serde_json::Value = serde_json::from_str(&of("json")).unwrap();
    assert_eq!(json["totals"][0]["difference"], "8731.20");
    assert_eq!(json["amendments"][0]["change"]["id"], "travel");
}

#[test]
fn the_rules_of_another_donor_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("donor.toml");
    let rules = "id = \"strict\"\n[[clause]]\nid = \"none\"\ntext = \"nothing moves\"\namendment = { heading = \"outcome\", change = 0.1 }\n";
    fs::write(&file, rules).unwrap();
    let args = ["diff", PLAN, "-", "--profile", file.to_str().unwrap()];
    let out = logframe_reading(&args, revised().as_bytes()).out;
    assert!(out.contains("Management and monitoring +3.4 % against the approved plan, limit 0.1 %"), "{out}");
    let cap = "id = \"own\"\n[[clause]]\nid = \"staff\"\ntext = \"staff is little\"\ncategory-share = { of = [\"staff\"], most = 10 }\n";
    let capped = folder.path().join("capped.toml");
    fs::write(&capped, cap).unwrap();
    let checked = logframe(&["check", "--profile", capped.to_str().unwrap(), PLAN]);
    assert!(checked.status == Findings && checked.out.contains("error[category-share-above]"), "{}", checked.out);
    fs::write(&file, "id = \"strict\"\nclaus = 3\n").unwrap();
    let refused = logframe_reading(&args, revised().as_bytes());
    assert!(refused.status == CouldNotRun && refused.err.contains("unknown-key"), "{}", refused.err);
}
