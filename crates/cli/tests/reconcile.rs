//! `logframe reconcile`: verdicts, exit statuses, formats, ranges.

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};
use serde_json::Value;

use crate::run::{Folder, IOM, TINY, logframe, logframe_reading};

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

/// The four changes of a published table that are told from each other: what should be said, and on which line.
#[test]
fn a_slip_in_a_table_is_found_and_explained() {
    let iom = include_str!("../../exchange/tests/data/iom-commas.csv");
    let changes = [
        ("4,853,748", "4,835,748", "should be 4,853,748 (neighbouring digits transposed", "<stdin>:6:46"),
        ("665,418", "665,481", "should be 665,418 (neighbouring digits transposed", "<stdin>:11:50"),
        ("2,354,000", "235,400", "should be 2,354,000 (ten times too small)", "<stdin>:3:28"),
        ("\"227,273\",\"224,138\"", "\"224,138\",\"227,273\"", "should be exchanged", "<stdin>:5:7"),
    ];
    for (from, to, expected, place) in changes {
        let ran = logframe_reading(&["reconcile", "-", "--unit", "1"], iom.replacen(from, to, 1).as_bytes());
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.status, Findings, "{text}");
        assert!(text.contains(expected) && text.contains(place), "{text}");
    }
    // Panama's data and one more: a budget exists all the same.
    let ran = logframe_reading(&["reconcile", "-", "--unit", "1"], iom.replacen("237,514", "237,515", 1).as_bytes());
    assert_eq!(ran.status, Success, "{}", ran.out);
}

#[test]
fn without_a_unit_figures_are_exact_and_the_text_says_what_to_declare() {
    let table = "Office,A,B,Total\nPeru,1,2,4\nChile,1,1,2\n";
    let args = ["reconcile", "-", "--total-column", "last"];
    let ran = logframe_reading(&args, table.as_bytes());
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(ran.status, Findings);
    assert!(text.contains("No unit is declared, so every figure was taken as exact."), "{text}");
    assert!(text.contains("Rounded to the nearest 1, they would be possible: `--unit 1`"), "{text}");
    assert_eq!(logframe_reading(&[&args[..], &["--unit", "1"]].concat(), table.as_bytes()).status, Success);
}

#[test]
fn where_no_rule_is_declared_the_rules_that_would_do_are_told() {
    // Five times 0.9 are 4.5: cut off, 0 and 4; to the nearest, five zeros are less than 2.5 together.
    let table = "x,a,b,c,d,e,total\nP,0,0,0,0,0,4\nQ,1,1,1,1,1,5\n";
    let ran = logframe_reading(&["reconcile", "-", "--unit", "1"], table.as_bytes());
    assert_eq!(ran.status, Findings);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Had all figures been rounded down or by cutting digits off, they would be possible."), "{text}");
    let cut = logframe_reading(&["reconcile", "-", "--unit", "1", "--rounding", "truncate"], table.as_bytes());
    assert_eq!(cut.status, Success, "{}", cut.out);
    let declared = logframe_reading(&["reconcile", "-", "--unit", "1", "--rounding", "nearest"], table.as_bytes());
    assert!(!declared.out.contains("Had all figures"), "{}", declared.out);
}

#[test]
fn ranges_of_tables_go_by_row_and_column() {
    let table = "x,a,b,total\nP,120,235,355\nQ,310,145,455\ntotal,430,380,810\n";
    let args = ["reconcile", "-", "--unit", "1", "--rounding", "half-up", "--range"];
    let range = |ids: &str| logframe_reading(&[&args[..], &[ids]].concat(), table.as_bytes()).out;
    // The total of P with what it is printed as left out: its two cells, and the rest of the last column.
    let told = range("row=P,column=total");
    assert!(told.contains("the total of P can be anything from"), "{told}");
    assert_eq!(range("row=P"), told);
    assert_eq!(range("row=total,column=total"), range("total"));
    let ran = logframe_reading(&[&args[..], &["row=R"]].concat(), table.as_bytes());
    assert!(ran.status == CouldNotRun && ran.err.contains("no printed amount goes by `row=R`"), "{}", ran.err);
}

#[test]
fn options_of_tables_are_refused_for_plans() {
    let cases = [["--unit", "1"], ["--total-row", "last"], ["--blank", "zero"], ["--none", "unknown"], ["--labels", "1"]];
    for case in cases {
        let ran = logframe(&[&["reconcile", IOM][..], &case].concat());
        assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""), "{case:?}");
        assert!(ran.err.contains(case[0]) && ran.err.contains("a plan declares itself"), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_placed_or_has_no_totals_is_not_called_exact() {
    let folder = Folder::new();
    let ran = logframe(&["reconcile", &folder.file("typo.toml", TINY.replace("north = {", "nort = {"))]);
    assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""));
    assert!(ran.err.contains("no office has the id `nort`"), "{}", ran.err);
    let alone = TINY.split("[[declared]]").next().unwrap();
    let ran = logframe(&["reconcile", &folder.file("alone.toml", alone)]);
    assert!(ran.status == CouldNotRun && ran.out.starts_with("Nothing to reconcile."), "{}", ran.out);
    let ran = logframe_reading(&["reconcile", "-"], b"x,a\nP,3\nQ,4\n");
    assert!(ran.status == CouldNotRun && ran.out.starts_with("Nothing to reconcile."), "{}", ran.out);
}

#[test]
fn repairs_are_in_json_and_on_the_page() {
    let folder = Folder::new();
    let path = folder.file("table.csv", "Office,A,B,Total\nPeru,120,235,395\n");
    let args = ["reconcile", &path, "--repair", "fewest", "--fix", "cells"];
    let value: Value = serde_json::from_str(&logframe(&[&args[..], &["--format", "json"]].concat()).out).unwrap();
    let change = &value["repair"]["found"][0][0];
    assert_eq!((change["printed"].as_str(), change["number"].as_str()), (Some("395"), Some("355")), "{value}");
    let page = logframe(&[&args[..], &["--format", "html"]].concat()).out;
    assert!(page.contains("the total of Peru: 395 -&gt; 355"), "{page}");
}

#[test]
fn a_row_in_which_nothing_stands_is_left_out_aloud_or_not_known() {
    let folder = Folder::new();
    let path = folder.file("table.csv", ",a,b,Total\nPeru,1,,3\nChile,,,\nTotal,5,2,7\n");
    let ran = logframe(&["reconcile", &path]);
    assert_eq!(ran.status, Findings);
    assert!(ran.err.contains("taken for a heading; left out; with `--every-row` its amounts are not known"), "{}", ran.err);
    // What is not known takes up what is missing: Chile / a 4, Chile / b and Peru / b 2 in all.
    assert_eq!(logframe(&["reconcile", &path, "--every-row"]).status, Success);
    assert_eq!(logframe(&["reconcile", &path, "--every-row", "--blank", "zero"]).status, Findings);
}

#[test]
fn a_rule_of_rounding_is_refused_where_it_says_nothing() {
    let of_plan = logframe(&["reconcile", IOM, "--rounding", "floor"]);
    assert_eq!(of_plan.status, CouldNotRun);
    assert!(of_plan.err.contains("--rounding is for tables: a plan declares itself"), "{}", of_plan.err);
    let of_table = logframe_reading(&["reconcile", "-", "--rounding", "floor"], b"Office,a,Total\nPeru,1,1\n");
    assert_eq!(of_table.status, CouldNotRun);
    assert!(of_table.err.contains("say to which, as `--unit 1`"), "{}", of_table.err);
}

/// Regions above their countries, as many documents print them: 2,005 is 1,204 and 801.
#[test]
fn regions_that_no_word_calls_subtotals_are_told_by_their_figures() {
    let table = "Office,2018,2019,Total\nSouth America,2005,2012,4017\nPeru,1204,1308,2512\nChile,801,704,1505\n\
                 Central America,455,363,818\nPanama,303,206,509\nCosta Rica,152,157,309\nGrand total,2460,2375,4835\n";
    let ran = logframe_reading(&["reconcile", "-", "--unit", "1"], table.as_bytes());
    assert!(ran.out.starts_with("Exact."), "{}", ran.out);
    assert!(ran.err.contains("`South America`, `Central America` are taken for subtotals"), "{}", ran.err);
    let wrong = logframe_reading(&["reconcile", "-", "--unit", "1"], table.replace("1204,1308", "1240,1308").as_bytes());
    let text = wrong.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Peru / 2018, printed 1,240, should be 1,204 (neighbouring digits transposed"), "{text}");
}

#[test]
fn an_amount_that_its_factors_do_not_make_is_a_contradiction_though_the_totals_hold() {
    // Field visits: 24 trips of 85 are 2,040, and 2,400 is typed; the total of 79,040 is that of the typed amounts.
    let budget = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/tables/budget.xlsx");
    let ran = logframe(&["reconcile", budget]);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(ran.status, Findings, "{text}");
    assert!(text.starts_with("Impossible. 1 printed amount is not what the lines or factors behind it make."), "{text}");
    assert!(text.contains("Field visits is typed as 2,400, but 24 x 85 is 2,040 --> "), "{text}");
    assert!(text.contains("budget.xlsx:Budget!H10 What is printed besides, with these as they are: Exact."), "{text}");
    assert!(text.contains("budget.xlsx` says what to do about each."), "{text}");
    let ran = logframe(&["reconcile", budget, "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, value["verdict"].as_str()), (Findings, Some("inconsistent")));
    let error = &value["errors"][0];
    assert_eq!((error["cell"].as_str(), error["computed"].as_str()), (Some("Budget!H10"), Some("2040")));
    let page = logframe(&["reconcile", budget, "--format", "html"]).out;
    assert!(page.contains("<b>Impossible.") && page.contains("but 24 x 85 is 2,040."), "{page}");
}

#[test]
fn a_subtotal_that_its_lines_do_not_make_is_a_contradiction_in_a_text_too() {
    // The lines of A are 2 x 50 + 3 x 10 = 130; 140 is printed, and 130 + 70 = 200 for all.
    let rows = [
        "Description,Quantity,Unit cost,Total (USD)",
        "A. Staff,,,",
        "Nurse,2,50,100",
        "Guard,3,10,30",
        "Subtotal A,,,140",
        "B. Travel,,,",
        "Bus,7,10,70",
        "Subtotal B,,,70",
        "Total,,,200",
    ];
    let ran = logframe_reading(&["reconcile", "-", "--csv"], rows.join("\n").as_bytes());
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(ran.status, Findings, "{text} {}", ran.err);
    assert!(text.contains("`Subtotal A` is 140, but its 2 lines come to 130: 10 more"), "{text}");
    let right = rows.join("\n").replace("140", "130");
    let ran = logframe_reading(&["reconcile", "-", "--csv"], right.as_bytes());
    assert!(ran.status == Success && ran.out.starts_with("Exact."), "{}", ran.out);
}

#[test]
fn a_mapping_beside_a_table_is_used_as_check_uses_it() {
    let folder = Folder::new();
    // 10 and 20 are not 40, and can be rounded to tens: 14 and 24 are 38.
    let path = folder.file("grid.csv", "Office,Food,Rent,Total\nNorth,10,20,40\nSouth,50,60,110\nTotal,60,80,150\n");
    assert_eq!(logframe(&["reconcile", &path]).status, Findings);
    let mapping = "[plan]\ncurrency = \"USD\"\nunit = \"10\"\n";
    let named = folder.file("other.toml", mapping);
    assert_eq!(logframe(&["reconcile", &path, "--mapping", &named]).status, Success);
    folder.file("grid.csv.map.toml", mapping);
    let ran = logframe(&["reconcile", &path]);
    assert!(ran.status == Success && ran.out.starts_with("Consistent."), "{}{}", ran.out, ran.err);
    // What is said on the command line counts before the file.
    assert_eq!(logframe(&["reconcile", &path, "--unit", "1"]).status, Findings);
    folder.file("grid.csv.map.toml", "[plan]\nunit = 10\n");
    let ran = logframe(&["reconcile", &path]);
    assert!(ran.status == CouldNotRun && ran.err.contains("grid.csv.map.toml"), "{}", ran.err);
}

#[test]
fn the_currency_of_a_list_of_lines_can_be_said() {
    let folder = Folder::new();
    let list = "Office,Result,Category,Description,Quantity,Unit cost,Amount\nnorth,food,staff,Cook,2,100,200\n\
                north,food,travel,Bus,3,50,150\nnorth,food,,Total,,,350\n";
    let path = folder.file("list.csv", list);
    let ran = logframe(&["reconcile", &path]);
    assert!(ran.status == CouldNotRun && ran.err.contains("nothing says in which currency the amounts are"), "{}", ran.err);
    let ran = logframe(&["reconcile", &path, "--currency", "EUR"]);
    assert!(ran.status == Success && ran.out.starts_with("Exact."), "{}{}", ran.out, ran.err);
}

#[test]
fn options_that_would_not_count_are_refused() {
    let refused = |args: &[&str]| {
        let ran = logframe(&[&["reconcile"], args].concat());
        assert_eq!(ran.status, CouldNotRun, "{}", ran.out);
        ran.err
    };
    assert!(refused(&[IOM, "--currency", "USD"]).contains("--currency is for workbooks and CSV"));
    let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/tables/budget.xlsx");
    let said = refused(&[lines, "--unit", "1", "--rounding", "half-even"]);
    assert!(said.contains("--rounding is for tables of figures"), "{said}");
}
