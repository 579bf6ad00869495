//! Budget lines in a table beside the plan.

use std::fs;
use std::path::{Path, PathBuf};

use logframe::diagnostic::text::concise;
use logframe::{Plan, Spanned};
use logframe_exchange::{load, save};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The proposal with its lines in a table.
fn proposal() -> Plan {
    let text = fs::read_to_string(root().join("plans/proposal-example.toml")).unwrap();
    let plan = Plan::parse(&logframe::Source::new("proposal.toml", text)).plan.unwrap();
    let mut draft = plan.draft();
    draft.header.lines.file = Some(Spanned::from("lines.csv".to_owned()));
    draft.header.lines.is_read = true;
    Plan::new(draft)
}

const PLAN: &str = "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\nlines = { file = 'lines.csv', unit = 0.01 NUMBERS }\n\
                    [[head]]\nid = 'h'\ntitle = 'H'\n[[office]]\nid = 'o'\nname = 'O'\n";

/// What loading a plan with such a table gives: its total, or what is wrong.
fn loaded(table: &[u8], numbers: &str) -> Result<String, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN.replace("NUMBERS", numbers)).unwrap();
    fs::write(folder.path().join("lines.csv"), table).unwrap();
    let loaded = load(folder.path().join("plan.toml")).unwrap();
    let said = |text: String| text.replace(&format!("{}/", folder.path().display()), "");
    let messages = || loaded.diagnostics.iter().map(|finding| said(concise(finding, Some(&loaded.source)))).collect();
    loaded.plan.as_ref().map(|plan| plan.total().unwrap().to_string()).ok_or_else(messages)
}

#[test]
fn a_plan_with_its_lines_in_a_table_comes_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let (file, plan) = (folder.path().join("plan.toml"), proposal());
    save(&plan, &file).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("file = \"lines.csv\"") && !text.contains("[[line]]"), "{text}");
    assert!(fs::read_to_string(folder.path().join("lines.csv")).unwrap().lines().count() == 61);
    let again = load(&file).unwrap();
    let read = again.plan.unwrap();
    assert_eq!(read, plan);
    assert_eq!(read.check().findings, []);
    // One text has everything in it.
    let inline = read.to_toml();
    assert!(!inline.contains("lines.csv"));
    assert_eq!(Plan::parse(&logframe::Source::new("one.toml", inline)).plan.unwrap(), plan);
    // The text alone says that it is not whole.
    let alone = Plan::parse(&logframe::Source::new("plan.toml", text)).plan.unwrap();
    assert!(alone.check().findings.iter().any(|finding| finding.rule == "lines-not-read"));
}

#[test]
fn a_finding_about_a_line_stands_in_the_table() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN.replace("NUMBERS", "")).unwrap();
    fs::write(folder.path().join("lines.csv"), "office,result,description,quantity,unit cost,amount\no,h,Tents,3,250,700\n")
        .unwrap();
    let loaded = load(folder.path().join("plan.toml")).unwrap();
    let findings = loaded.plan.unwrap().check().findings;
    let place = logframe::diagnostic::text::place(&findings[0], Some(&loaded.source));
    assert!(place.ends_with("lines.csv:2:17"), "{place}");
    let excerpt = logframe::diagnostic::text::excerpt(&findings[0], Some(&loaded.source), 80, false);
    assert!(excerpt.contains("2 | o,h,Tents,3,250,700"), "{excerpt}");
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let plain = "office,result,description,quantity,unit-cost\no,h,\"Tents, large\",3,250.50\n\n,,,,\n";
    assert_eq!(loaded(plain.as_bytes(), ""), Ok("USD 751.50".to_owned()));
    let german = "\u{feff}Office;Result;Description;Quantity;Unit cost\no;h;Tents;3;1.250,50\n";
    assert_eq!(loaded(german.as_bytes(), ", numbers = '1.234,56'"), Ok("USD 3,751.50".to_owned()));
    let of =
        "id,office,result,description,amount,percent,of\na,o,h,Tents,1000,,\nb,o,h,Reserve,,5,all\n,o,h,Support,,7,lines: a b\n";
    assert_eq!(loaded(of.as_bytes(), ""), Ok("USD 1,123.50".to_owned()));
}

#[test]
fn excels_own_first_line_and_parts_of_every_kind_are_read() {
    let head = "office;result;description;amount;period;spread\n";
    assert_eq!(loaded(format!("sep=;\n{head}o;h;X;10,50;;\n").as_bytes(), ", numbers = '1.234,56'").unwrap(), "USD 10.50");
    assert_eq!(
        loaded(format!("{head}o;h;X;10,50;2027/2028;year: 1,5 2\n").as_bytes(), ", numbers = '1.234,56'").unwrap(),
        "USD 10.50"
    );
    assert_eq!(loaded(format!("{head}o;h;X;10.50;2027/2028;year = 0.50 10\n").as_bytes(), "").unwrap(), "USD 10.50");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN.replace("NUMBERS", "")).unwrap();
    fs::write(folder.path().join("lines.csv"), format!("{head}o;h;X;10,50;;\n")).unwrap();
    let hint = &load(folder.path().join("plan.toml")).unwrap().diagnostics[0].help[0];
    assert!(hint.contains("numbers = \"1.234,56\""), "{hint}");
}

#[test]
fn what_is_wrong_is_said_at_its_cell() {
    let wrong = |table: &str| loaded(table.as_bytes(), "").unwrap_err();
    assert_eq!(
        wrong("office,result,description,amount\no,h,Tents,\"1,250\"\no,,Nothing,1e3\n"),
        [
            "lines.csv:2:11: error[wrong-value]: `1,250` is no exact number",
            "lines.csv:3:12: error[wrong-value]: `1e3` is no exact number",
            "lines.csv:3:1: error[wrong-value]: a line has no `result`",
        ]
    );
    assert_eq!(
        wrong("office,results,description\n")[0],
        "lines.csv:1:8: error[wrong-value]: `results` is no column of budget lines"
    );
    assert!(wrong("office,result,description\no,h,Tents,5\n")[0].contains("more cells in this row than columns"));
    assert!(wrong("office,result,description\no,h,\"Tents\n")[0].contains("never closed"));
    assert!(wrong("")[0].contains("is empty"));
    assert!(wrong("office,result,description,spread,period\no,h,T,week,2027-Q9\n").len() == 2);
    assert!(loaded(b"\xff\xfe\0o", "").unwrap_err()[0].contains("UTF-16"));
    assert!(loaded(b"office\n", ", numbers = '1;2'").unwrap_err()[0].contains("write 1234.56 as the table would"));
}

#[test]
fn a_table_is_inside_the_folder_of_its_plan() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("lines.csv"), "office,result,description\n").unwrap();
    for (file, why) in
        [("../lines.csv", "must be a path inside"), ("/etc/passwd", "must be a path inside"), ("no.csv", "cannot read")]
    {
        let text = PLAN.replace("NUMBERS", "").replace("lines.csv", file);
        fs::write(inner.join("plan.toml"), text).unwrap();
        let loaded = load(inner.join("plan.toml")).unwrap();
        assert!(loaded.plan.is_none() && loaded.diagnostics[0].message.contains(why), "{}", loaded.diagnostics[0].message);
    }
}
