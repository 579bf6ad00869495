//! `logframe check`: findings, closing lines, formats, exit statuses.

use logframe_cli::ExitStatus::{CouldNotRun, Findings, Success};
use serde_json::Value;

use crate::run::{Folder, IOM, TINY, logframe, logframe_reading};

const WRONG: [&str; 2] = ["total = 1_250", "total = 1_205"];

fn wrong() -> String {
    TINY.replace(WRONG[0], WRONG[1])
}

#[test]
fn the_iom_plan_has_twelve_notes_and_its_sums_side_by_side() {
    let ran = logframe(&["check", IOM]);
    assert_eq!((ran.status, ran.err.as_str()), (Success, ""));
    let closing = "\
iom-venezuela-2018: USD 32,326,041 declared · cells 32,326,043 · offices 32,326,041 · outcomes and heads 32,326,041
94 declared figures checked against 58 allocations: 83 exact, 11 within rounding, 0 wrong
all 152 printed figures (130 amounts, 22 shares) are consistent with rounding: one unrounded budget can stand behind them
12 notes
";
    assert!(ran.out.ends_with(closing), "{}", ran.out);
    assert_eq!(ran.out.matches("note[declared-total]: ").count(), 11);
    assert_eq!(ran.out.matches("note[series-contradiction]: ").count(), 1);
    assert!(!ran.out.contains("error[") && !ran.out.contains("warning["));
}

#[test]
fn concise_is_one_line_a_finding_with_its_place() {
    let ran = logframe(&["check", IOM, "--format", "concise"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 12 + 4);
    for line in &lines[..12] {
        let (place, message) = line.split_once(": note[").unwrap();
        let position = place.strip_prefix(IOM).unwrap();
        assert_eq!(position.split(':').skip(1).filter(|n| n.parse::<u32>().is_ok()).count(), 2, "{line}");
        assert!(message.contains("]: "), "{line}");
    }
}

#[test]
fn a_plan_without_fault_gets_one_line() {
    let folder = Folder::new();
    let ran = logframe(&["check", &folder.file("tiny.toml", TINY)]);
    let expected =
        "tiny: nothing is wrong; 1 declared figure checked against 1 allocation: 1 exact, 0 within rounding, 0 wrong\n";
    assert_eq!((ran.status, ran.out.as_str()), (Success, expected));
}

#[test]
fn a_plan_that_declares_nothing_says_that_nothing_was_checked() {
    let folder = Folder::new();
    let undeclared = TINY.split("[[declared]]").next().unwrap();
    let ran = logframe(&["check", &folder.file("tiny.toml", undeclared)]);
    assert_eq!(ran.out, "tiny: nothing is wrong; no total is declared to check 1 allocation against\n");
}

#[test]
fn a_figure_that_waits_for_an_amount_is_counted_as_such() {
    let folder = Folder::new();
    let open = TINY
        .replace("total = 1_250", "total = 1_300")
        .replace("currency", "printed = { none = \"unknown\" }\ncurrency")
        .replace("[budget]", "[[office]]\nid = \"south\"\nname = \"South\"\n[budget]\nsouth = { field = \"-\" }");
    let ran = logframe(&["check", &folder.file("tiny.toml", open)]);
    assert!(
        ran.out
            .contains("1 declared figure checked against 1 allocation: 0 exact, 0 within rounding, 0 wrong, 1 cannot be checked"),
        "{}",
        ran.out
    );
}

#[test]
fn a_wrong_total_exits_with_1_and_shows_the_line() {
    let folder = Folder::new();
    let ran = logframe(&["check", &folder.file("wrong.toml", wrong())]);
    assert_eq!((ran.status, ran.err.as_str()), (Findings, ""));
    assert!(ran.out.contains("error[declared-total]") && ran.out.contains("total = 1_205"), "{}", ran.out);
    assert!(ran.out.contains("tiny: USD 1,205 declared · cells 1,250\n"), "{}", ran.out);
    assert!(ran.out.ends_with("0 exact, 0 within rounding, 1 wrong\n1 error\n"), "{}", ran.out);
}

#[test]
fn numbers_are_written_as_the_plans_language_writes_them() {
    let folder = Folder::new();
    let spanish = wrong().replace("currency", "language = \"es\"\ncurrency");
    let ran = logframe(&["check", &folder.file("es.toml", spanish)]);
    assert!(ran.out.contains("tiny: USD 1.205 declared · cells 1.250\n"), "{}", ran.out);
}

#[test]
fn strict_takes_notes_for_errors() {
    let ran = logframe(&["check", IOM, "--strict"]);
    assert_eq!(ran.status, Findings);
    assert_eq!(ran.out.matches("error[declared-total]: ").count(), 11);
    assert!(ran.out.ends_with("\n12 errors\n"), "{}", ran.out);
    let json: Value = serde_json::from_str(&logframe(&["check", IOM, "--strict", "--format", "json"]).out).unwrap();
    assert_eq!(json["files"][0]["errors"], 12);
}

fn excepted(severity: &str) -> String {
    wrong()
        + &format!(
            "[[exception]]\nrule = \"declared-total\"\nseverity = \"{severity}\"\nreason = \"the donor's table says so\"\n"
        )
}

#[test]
fn an_exception_that_silences_a_rule_is_told_with_its_reason() {
    let folder = Folder::new();
    let ran = logframe(&["check", &folder.file("plan.toml", excepted("off"))]);
    assert_eq!(ran.status, Success);
    assert!(ran.out.ends_with("\nexception: declared-total is off (1 finding): the donor's table says so\n"), "{}", ran.out);
}

#[test]
fn strict_leaves_what_the_plan_weighs_with_a_reason() {
    let folder = Folder::new();
    let ran = logframe(&["check", "--strict", &folder.file("plan.toml", excepted("note"))]);
    assert_eq!(ran.status, Success);
    assert!(
        ran.out.contains("exception: declared-total is a note (1 finding): the donor's table says so\n1 note\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_text_that_is_no_plan_says_that_the_rules_were_not_run() {
    let folder = Folder::new();
    let path = folder.file("typo.toml", TINY.replace("title = \"A tiny", "titel = \"A tiny"));
    let ran = logframe(&["check", &path]);
    assert_eq!((ran.status, ran.err.as_str()), (Findings, ""));
    assert!(ran.out.contains("error[unknown-key]") && ran.out.contains("did you mean `title`?"), "{}", ran.out);
    assert!(ran.out.contains("the rules were not run"), "{}", ran.out);
}

#[test]
fn one_unreadable_file_does_not_stop_the_rest_and_the_order_is_kept() {
    let folder = Folder::new();
    let (good, bad) =
        (folder.file("good.toml", TINY.replace("tiny", "good")), folder.file("bad.toml", wrong().replace("tiny", "bad")));
    let missing = crate::run::argument(&folder.path("missing.toml"));
    let ran = logframe(&["check", &missing, &bad, &good]);
    assert_eq!(ran.status, CouldNotRun);
    assert!(ran.err.starts_with("error: cannot read ") && ran.err.contains("missing.toml"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
    assert!(ran.out.find("bad: USD").unwrap() < ran.out.find("good: nothing is wrong").unwrap());
    assert!(ran.out.ends_with("\n3 files: 1 error; 1 file could not be read\n"), "{}", ran.out);
}

#[test]
fn forty_files_come_out_in_the_order_given() {
    let folder = Folder::new();
    let files: Vec<String> =
        (0..40).map(|i| folder.file(&format!("{i}.toml"), TINY.replace("\"tiny\"", &format!("\"p{i}\"")))).collect();
    let args: Vec<&str> = ["check"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let ran = logframe(&args);
    let order: Vec<&str> = ran.out.lines().filter_map(|line| line.split_once(": nothing is wrong").map(|(id, _)| id)).collect();
    assert_eq!(order, (0..40).map(|i| format!("p{i}")).collect::<Vec<_>>());
    assert!(ran.out.ends_with("\n40 files: nothing to report\n"), "{}", ran.out);
}

#[test]
fn json_has_an_entry_for_every_file_also_for_one_that_failed() {
    let folder = Folder::new();
    let (missing, bad) = (crate::run::argument(&folder.path("missing.toml")), folder.file("bad.toml", wrong()));
    let ran = logframe(&["check", "--format", "json", &bad, &missing]);
    assert_eq!(ran.status, CouldNotRun);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["version"], 1);
    let finding = &json["files"][0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&"declared-total".into(), &"error".into()));
    assert_eq!(
        (&finding["declared"], &finding["computed"], &finding["difference"]),
        (&"1205".into(), &"1250".into(), &"-45".into())
    );
    assert_eq!(finding["places"][0]["line"], 16);
    assert_eq!(json["files"][1]["file"], missing);
    assert!(json["files"][1]["failure"].as_str().unwrap().starts_with("cannot read "));
}

#[test]
fn sarif_names_rule_level_and_region() {
    let folder = Folder::new();
    let ran = logframe(&["check", "--format", "sarif", &folder.file("bad.toml", wrong())]);
    assert_eq!(ran.status, Findings);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!((results.len(), &results[0]["ruleId"], &results[0]["level"]), (1, &"declared-total".into(), &"error".into()));
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"], &region["endColumn"]), (&16.into(), &9.into(), &14.into()));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "declared-total"));
}

#[test]
fn standard_input_is_read_as_toml_or_json() {
    let ran = logframe_reading(&["check", "-"], wrong().as_bytes());
    assert_eq!(ran.status, Findings);
    assert!(ran.out.contains("--> <stdin>:16:9"), "{}", ran.out);
    let json = logframe(&["show", IOM, "--format", "json"]).out;
    let ran = logframe_reading(&["check", "-", "--format", "concise"], json.as_bytes());
    assert_eq!(ran.status, Success);
    assert!(ran.out.ends_with("\n12 notes\n"), "{}", ran.out);
}
