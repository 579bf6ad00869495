//! How things look: read these snapshots when they change.

use crate::run::{Folder, IOM, TINY, logframe};

#[test]
fn help_reads_well_at_80_columns() {
    for command in ["", "check", "show", "new", "reconcile", "template"] {
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

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../exchange/tests/data/");
const TWO_BY_TWO: &str = "Office,2018,2019,Total\nA,120,235,354\nB,310,145,456\nTotal,431,381,811\n";

/// What `reconcile` says of a table, with its notes first.
fn reconciled(table: &str, args: &[&str]) -> String {
    let folder = Folder::new();
    let path = folder.file("table.csv", table);
    let ran = logframe(&[&["reconcile", &path], args].concat());
    format!("{}{}", ran.err, ran.out).replace(&path, "table.csv")
}

fn published(name: &str) -> String {
    std::fs::read_to_string(format!("{TABLES}{name}")).unwrap()
}

#[test]
fn tables_that_can_stand_read_well() {
    insta::assert_snapshot!("table-iom", reconciled(&published("iom-commas.csv"), &["--unit", "1"]));
    insta::assert_snapshot!("table-truncated", reconciled(&published("truncated.csv"), &["--unit", "0.1", "--sums"]));
    let thousands = ["--unit", "1", "--numbers", "1,234.56", "--range", "total"];
    insta::assert_snapshot!("table-thousands", reconciled(&published("thousands.csv"), &thousands));
    insta::assert_snapshot!("table-subtotals", reconciled(&published("subtotals.csv"), &["--sums"]));
}

#[test]
fn tables_that_cannot_read_well() {
    insta::assert_snapshot!("table-two-by-two", reconciled(TWO_BY_TWO, &["--unit", "1", "--repair", "fewest"]));
    insta::assert_snapshot!("table-no-unit", reconciled(&published("truncated.csv"), &[]));
    let iom = published("iom-commas.csv");
    let slips = [
        ("colombia", "4,853,748", "4,835,748"),
        ("mexico", "665,418", "665,481"),
        ("brazil", "2,354,000", "235,400"),
        ("chile", "\"227,273\",\"224,138\"", "\"224,138\",\"227,273\""),
    ];
    for (name, from, to) in slips {
        let changed = iom.replacen(from, to, 1);
        assert_ne!(changed, iom, "{name}");
        insta::assert_snapshot!(format!("table-iom-{name}"), reconciled(&changed, &["--unit", "1"]));
    }
}

#[test]
fn help_never_runs_past_the_window() {
    for command in ["check", "show", "reconcile", "explain", "rules", "schema", "new", "split", "round", "completions"] {
        let help = logframe(&[command, "--help"]).out;
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    }
    assert!(!logframe(&["check", IOM, "--help"]).out.is_empty());
}
