//! A plan's history, in repositories that `git` makes here.

use std::fs;
use std::path::Path;
use std::process::Command;

use logframe_exchange::{history, history_table};
use tempfile::TempDir;

const PLAN: &str = r#"format = 1
[plan]
id = "demo"
title = "Demo"
currency = "USD"
lines = { file = "lines.csv" }
[[head]]
id = "food"
title = "Food"
[[office]]
id = "north"
name = "North"
"#;

fn git(folder: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").current_dir(folder).args(identity).args(args).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

fn lines(cost: &str) -> String {
    format!("office,result,description,unit-cost\nnorth,food,Rice,{cost}\n")
}

#[test]
fn every_commit_of_a_plan_its_table_and_its_former_names_is_a_version() {
    let folder = TempDir::new().unwrap();
    let plans = folder.path().join("plans");
    fs::create_dir(&plans).unwrap();
    let at = |name: &str| plans.join(name);
    git(folder.path(), &["init", "-q"]);
    fs::write(at("old.toml"), PLAN.replace("lines = { file = \"lines.csv\" }\n", "")).unwrap();
    commit(folder.path(), "A first draft");
    fs::rename(at("old.toml"), at("plan.toml")).unwrap();
    commit(folder.path(), "Another name");
    fs::write(at("plan.toml"), PLAN).unwrap();
    fs::write(at("lines.csv"), lines("100.10")).unwrap();
    commit(folder.path(), "Rice");
    fs::write(at("lines.csv"), lines("120")).unwrap();
    commit(folder.path(), "Rice is dear,\u{1b}[31m \"today\"");
    fs::write(at("plan.toml"), PLAN.replace("[[head]]", "[[haed]]")).unwrap();
    commit(folder.path(), "A slip");
    fs::write(at("plan.toml"), PLAN).unwrap();
    fs::write(at("lines.csv"), lines("90")).unwrap();
    let versions = history(at("plan.toml")).unwrap();
    let table = history_table("plan", &versions);
    let csv = table.csv();
    let without_dates: Vec<String> = csv.lines().map(|line| line.splitn(3, ',').nth(2).unwrap_or_default().to_owned()).collect();
    // 100.10, then 19.90 more, then unreadable, then 30 less than what was last known.
    assert_eq!(
        without_dates,
        [
            "currency,total,change,subject",
            "USD,0,,A first draft",
            "USD,0,,Another name",
            "USD,100.10,100.10,Rice",
            "USD,120,19.90,\"Rice is dear,\u{1b}[31m \"\"today\"\"\"",
            ",,,A slip",
            "USD,90,-30,",
        ]
    );
    assert!(csv.lines().last().unwrap().starts_with(",not committed,"), "{csv}");
    assert!(!table.text(80).contains('\u{1b}'));
    assert!(table.notes[0].contains("haed"), "{:?}", table.notes);
}

#[test]
fn where_there_is_no_history_the_reason_is_said() {
    let folder = TempDir::new().unwrap();
    let plan = folder.path().join("plan.toml");
    fs::write(&plan, PLAN).unwrap();
    assert!(history(&plan).unwrap_err().contains("not a git repository"));
    git(folder.path(), &["init", "-q"]);
    assert!(history(&plan).unwrap_err().contains("is in no commit"));
    assert!(history(folder.path().join("nowhere/plan.toml")).unwrap_err().contains("there is no history of"));
}

#[test]
fn what_has_no_amount_gives_no_total_and_a_scenario_is_refused() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    git(folder.path(), &["init", "-q"]);
    fs::write(at("plan.toml"), PLAN).unwrap();
    fs::write(at("lines.csv"), "office,result,description,unit-cost\nnorth,food,Rice,100\nnorth,food,Oil,\n").unwrap();
    fs::write(at("more.toml"), "format = 1\nscenario = { base = \"plan.toml\" }\n[[change]]\nscale = { to = 200 }\n").unwrap();
    commit(folder.path(), "All");
    let table = history_table("plan", &history(at("plan.toml")).unwrap());
    assert!(table.csv().contains(",,,,All"), "{}", table.csv());
    assert!(table.notes[0].ends_with("no total, as 1 of the budget lines have no amount"), "{:?}", table.notes);
    fs::write(at("lines.csv"), lines("100")).unwrap();
    commit(folder.path(), "Without oil");
    let refused = history(at("more.toml")).unwrap().remove(0).plan.unwrap_err();
    assert!(refused.contains("base"), "{refused}");
}
