//! Tables that people lay out, read as plans: the real one in every layout, and lists of budget lines.

use logframe::crossfoot::Verdict;
use logframe::diagnostic::text::concise;
use logframe::{Plan, Source};
use logframe_exchange::{Document, Imported, Layout, Mapping, import, load};

use crate::books::{book, rows};
use crate::file;

/// The cells of the printed table, the last row and column being its totals.
fn printed() -> Vec<Vec<String>> {
    let source = file("iom-commas.csv");
    let mut reader = csv::Reader::from_reader(source.text().as_bytes());
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let body = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
    std::iter::once(head).chain(body).collect()
}

/// How numbers stand in a workbook: as numbers, or as texts in a convention.
const WRITTEN: [&str; 3] = ["stored", "commas", "points"];

fn written(text: &str, how: &str) -> String {
    match how {
        "stored" => text.replace(',', ""),
        "points" => format!("'{}", text.replace(',', ".")),
        _ => format!("'{text}"),
    }
}

fn sheet(cells: &[Vec<String>]) -> String {
    let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    rows(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn titled(title: &str, cells: Vec<Vec<String>>) -> Vec<Vec<String>> {
    [vec![vec![title.to_owned()], vec![]], cells].concat()
}

/// The table in a layout, its amounts written in some way.
fn laid_out(layout: &str, how: &str) -> Vec<u8> {
    let table = printed();
    let amounts = |row: &[String]| row.iter().map(|text| written(text, how)).collect::<Vec<_>>();
    let (width, height) = (table[0].len(), table.len());
    match layout {
        "matrix" => {
            let body = table.iter().map(|row| [vec![row[0].clone()], amounts(&row[1..])].concat()).collect();
            book(&[("Budget 2018", "", &sheet(&titled("Regional plan (USD)", body)))])
        }
        "turned" => {
            let turned = (0..width)
                .map(|column| table.iter().map(|row| written(&row[column], how)).collect())
                .collect::<Vec<Vec<String>>>();
            let mut turned = titled("Regional plan (USD)", turned);
            "Outcome".clone_into(&mut turned[2][0]);
            book(&[("Plan", "", &sheet(&turned))])
        }
        _ => {
            let of_office = |row: &Vec<String>| {
                let mut cells = vec![vec!["Outcome".to_owned(), "USD".to_owned()]];
                cells.extend((1..width).map(|column| {
                    vec![
                        if column + 1 == width { "Total".to_owned() } else { table[0][column].clone() },
                        written(&row[column], how),
                    ]
                }));
                (row[0].clone(), sheet(&cells))
            };
            let sheets: Vec<(String, String)> = table[1..height - 1].iter().map(of_office).collect();
            book(&sheets.iter().map(|(name, rows)| (name.as_str(), "", rows.as_str())).collect::<Vec<_>>())
        }
    }
}

fn read(bytes: &[u8], mapping: &str) -> Imported {
    import(Document::of_bytes("budget.xlsx", bytes).unwrap(), &Mapping::parse(mapping).unwrap())
}

fn said(imported: &Imported) -> Vec<String> {
    imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect()
}

const WHOLE_DOLLARS: &str = "[plan]\nunit = \"1\"\n";

#[test]
fn the_real_table_comes_to_one_verdict_in_every_layout_and_convention() {
    let real = Plan::parse(&Source::read(format!("{}/../../plans/iom-venezuela-2018.toml", env!("CARGO_MANIFEST_DIR"))).unwrap())
        .plan
        .unwrap();
    for layout in ["matrix", "turned", "sheets"] {
        for how in WRITTEN {
            let imported = read(&laid_out(layout, how), WHOLE_DOLLARS);
            let plan = imported.plan.as_ref().unwrap_or_else(|| panic!("{layout}, {how}: {:?}", said(&imported)));
            assert_eq!(plan.total().unwrap().to_string(), "USD 32,326,043", "{layout}, {how}");
            assert_eq!(plan.reconcile().outcome.verdict, real.reconcile().outcome.verdict);
            assert_eq!(plan.reconcile().outcome.verdict, Verdict::Consistent);
            // Of the document's main table 7 totals miss their cells within rounding; a sheet an office has 4 of them.
            let within = plan.check().findings.iter().filter(|finding| finding.rule == "declared-total").count();
            assert_eq!(within, if layout == "sheets" { 4 } else { 7 }, "{layout}, {how}");
        }
    }
}

#[test]
fn a_wrong_figure_is_found_at_its_cell() {
    for (layout, place) in [("matrix", "'Budget 2018'!G11"), ("turned", "Plan!I9"), ("sheets", "Ecuador!B7")] {
        for how in WRITTEN {
            let bytes = laid_out(layout, how);
            let document = Document::of_bytes("budget.xlsx", &bytes).unwrap();
            assert!(document.source().text().contains(written("2,039,700", how).trim_start_matches('\'')), "{layout}, {how}");
        }
        // The same table with two digits of Ecuador's total exchanged.
        let table = laid_out(layout, "stored");
        let imported = read(&exchanged(&table, "2039700", "2093700"), WHOLE_DOLLARS);
        let report = imported.plan.as_ref().unwrap().check();
        let wrong = report
            .findings
            .iter()
            .find(|finding| finding.severity == logframe::Severity::Error && finding.rule == "declared-total")
            .unwrap();
        let said = concise(wrong, Some(&imported.source));
        assert!(
            said.starts_with(&format!("budget.xlsx:{place}: error[declared-total]: Ecuador is printed as 2,093,700")),
            "{said}"
        );
    }
}

/// A workbook in which a number is another.
fn exchanged(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let parts: Vec<(String, String)> = names
        .into_iter()
        .map(|name| {
            let mut text = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            (name, text.replace(from, to))
        })
        .collect();
    crate::books::zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

const LINES: &[&[&str]] = &[
    &["Project budget (amounts in USD)"],
    &[],
    &[
        "#",
        "Budget line description",
        "Unit",
        "Quantity",
        "Unit cost",
        "Duration (months)",
        "% charged",
        "Total (USD)",
        "Remarks",
    ],
    &["A", "A. Staff and other personnel"],
    &["A.1", "Field staff", "person", "3", "1850", "12", "60%", "39960", "in the north"],
    &["A.2", "Coordinator", "person", "1", "2850", "12", "100%", "34200"],
    &["", "Subtotal A", "", "", "", "", "", "=SUM(H5:H6)|74160"],
    &["B", "B. Travel"],
    &["B.1", "Flights", "trip", "4", "620", "", "", "2480"],
    &["", "Subtotal B", "", "", "", "", "", "2480"],
    &["", "TOTAL", "", "", "", "", "", "76640"],
];

#[test]
fn a_list_of_budget_lines_is_one_of_lines() {
    let imported = read(&book(&[("Budget", "", &rows(LINES))]), "");
    let plan = imported.plan.as_ref().unwrap_or_else(|| panic!("{:?}", said(&imported)));
    assert_eq!((plan.lines.len(), plan.total().unwrap().to_string()), (3, "USD 76,640".to_owned()));
    let staff = &plan.lines[0];
    assert_eq!(staff.category.as_ref().unwrap().as_str(), "staff");
    assert_eq!(
        (&*staff.description, staff.unit.as_deref(), staff.remarks.as_deref()),
        ("Field staff", Some("person"), Some("in the north"))
    );
    assert_eq!(plan.check().findings, []);
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(imported.mapping.tables[0].layout, Some(Layout::Lines));
    assert_eq!(imported.mapping.tables[0].columns["E"], "unit-cost");
}

#[test]
fn every_slip_in_a_list_is_found_at_its_cell() {
    let slip = |from: &str, to: &str| {
        let imported = read(&book(&[("Budget", "", &rows(LINES).replacen(from, to, 1))]), "");
        let mut all = said(&imported);
        if let Some(plan) = &imported.plan {
            all.extend(plan.check().findings.iter().map(|finding| concise(finding, Some(&imported.source))));
        }
        all
    };
    assert_eq!(
        slip(r#"<c r="H9"><v>2480</v>"#, r#"<c r="H9"><v>2408</v>"#)[0],
        "budget.xlsx:Budget!H9: error[line-amount]: Flights is typed as 2,408, but 4 x 620 is 2,480"
    );
    assert_eq!(
        slip(r#"<c r="H10"><v>2480</v>"#, r#"<c r="H10"><v>2840</v>"#),
        ["budget.xlsx:Budget!H10: error[subtotal]: `Subtotal B` is 2,840, but its line comes to 2,480: 360 more"]
    );
    assert!(slip("<v>76640</v>", "<v>76460</v>")[0].starts_with("budget.xlsx:Budget!H11: error[declared-total]: "));
    assert_eq!(
        slip("<v>74160</v>", "<v>74610</v>")[0],
        "budget.xlsx:Budget!H7: warning[stale-formula]: the formula adds up H5:H6, which come to 74160, but its kept value is 74610"
    );
    // That 0.6 is a part of one is proven by the amount; without that proof it is asked.
    assert_eq!(slip(r#"t="inlineStr"><is><t>60%</t></is>"#, "><v>0.6</v>"), [""; 0]);
    let doubt = slip(r#"t="inlineStr"><is><t>60%</t></is>"#, "><v>0.7</v>");
    assert_eq!(doubt, ["budget.xlsx:Budget!G5: error[doubtful-numbers]: `0.7` can be 0.7 % or a hundred times as much"]);
}

#[test]
fn one_allocation_a_row_is_read_as_allocations() {
    let cells: &[&[&str]] = &[
        &["Office", "Outcome", "Amount (EUR)"],
        &["Peru", "Outcome 1: Water", "100"],
        &["Peru", "Shelter", "-"],
        &["Chile", "Outcome 1: Water", "50.5"],
    ];
    let imported = read(&book(&[("Data", "", &rows(cells))]), "");
    let plan = imported.plan.as_ref().unwrap();
    assert_eq!((plan.allocations.len(), plan.total().unwrap().to_string()), (3, "EUR 150.5".to_owned()));
    assert!(plan.node("1").is_some_and(|node| node.title == "Water"));
    let twice = [cells, &[&["Peru", "Shelter", "3"]]].concat();
    let message = "budget.xlsx:Data!C5: error[duplicate-id]: there are two amounts of peru for shelter";
    assert_eq!(said(&read(&book(&[("Data", "", &rows(&twice))]), "")), [message]);
}

#[test]
fn a_file_that_was_saved_in_another_locale_is_not_trusted() {
    // What was typed as 180.572 became a number of thousandths, what was typed as 2.354.000 a text.
    let cells: &[&[&str]] = &[&["Office", "Water, USD"], &["Peru", "180.572"], &["Chile", "'2.354.000"]];
    let imported = read(&book(&[("Budget", "", &rows(cells))]), "");
    assert!(imported.plan.is_none());
    let wanted = "budget.xlsx:Budget!B2: error[doubtful-numbers]: `180.572` is a number, and `2.354.000` a text in which points group thousands";
    assert!(said(&imported).contains(&wanted.to_owned()), "{:?}", said(&imported));
}

#[test]
fn thousands_are_multiplied_and_that_is_said() {
    let cells: &[&[&str]] = &[
        &["Budget, USD thousands"],
        &["Office", "Water", "Total"],
        &["Peru", "1.5", "1.5"],
        &["Chile", "2", "2"],
        &["Total", "3.5", "3.5"],
    ];
    let imported = read(&book(&[("Budget", "", &rows(cells))]), "");
    assert_eq!(imported.plan.as_ref().unwrap().total().unwrap().to_string(), "USD 3,500.0");
    assert!(said(&imported).iter().any(|one| one.contains("amounts are multiplied by 1000")), "{:?}", said(&imported));
}

#[test]
fn what_nothing_says_is_asked_for() {
    let cells: &[&[&str]] = &[&["Office", "Water"], &["Peru", "1"], &["Chile", "2"]];
    let bytes = book(&[("Budget", "", &rows(cells))]);
    assert!(said(&read(&bytes, ""))[0].contains("nothing says in which currency the amounts are"));
    assert!(read(&bytes, "[plan]\ncurrency = \"USD\"\n").plan.is_some());
    let empty = book(&[("Notes", "", &rows(&[&["Only words"]]))]);
    assert!(read(&empty, "").plan.is_none() && said(&read(&empty, "")).iter().any(|one| one.contains("no column holds figures")));
}

#[test]
fn what_was_recognised_can_be_corrected_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("budget.xlsx");
    let cells: &[&[&str]] = &[&["What", "Value", "Old"], &["Tents", "5", "4"], &["Blankets", "7", "6"]];
    std::fs::write(&path, book(&[("Sheet1", "", &rows(cells)), ("Drafts", "", &rows(cells))])).unwrap();
    let mapping = "[plan]\ncurrency = \"USD\"\n[[table]]\nsheet = \"Sheet1\"\nlayout = \"lines\"\nheader = 1\noffice = \"Peru\"\n\
                   columns = { A = \"description\", B = \"amount\" }\n";
    std::fs::write(Mapping::beside(&path), mapping).unwrap();
    let plan = load(&path).unwrap().plan.unwrap();
    assert_eq!((plan.lines.len(), plan.total().unwrap().to_string()), (2, "USD 12".to_owned()));
    // What was recognised is a mapping that leads to the same.
    let imported = import(Document::read(&path).unwrap(), &Mapping::read(Mapping::beside(&path)).unwrap());
    let again = import(Document::read(&path).unwrap(), &Mapping::parse(&imported.mapping.text("budget.xlsx")).unwrap());
    assert_eq!(again.plan, imported.plan);
    std::fs::write(Mapping::beside(&path), "[plan]\ncurency = 3\n").unwrap();
    assert!(load(&path).unwrap_err().to_string().contains("it is no mapping of tables"));
}
