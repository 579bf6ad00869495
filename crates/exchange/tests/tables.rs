//! Tables of offices and results, and what stands in them that is not money of the budget: shares, people, other years, income.

use logframe::Severity;
use logframe::diagnostic::text::concise;
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{book, rows};

fn read(cells: &[&[&str]], mapping: &str) -> Imported {
    let bytes = book(&[("Budget", "", &rows(cells))]);
    import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::parse(mapping).unwrap())
}

/// The total, and what is said but for notes.
fn of(cells: &[&[&str]], mapping: &str) -> (String, Vec<String>) {
    let imported = read(cells, mapping);
    let checked = imported.plan.iter().flat_map(|plan| plan.check().findings);
    let findings: Vec<_> = imported.findings.iter().cloned().chain(checked).collect();
    let serious = findings.iter().filter(|finding| finding.severity != Severity::Note);
    let said = serious.map(|finding| concise(finding, Some(&imported.source))).collect();
    (imported.plan.map_or_else(|| "no plan".to_owned(), |plan| plan.total().unwrap().to_string()), said)
}

#[test]
fn a_row_of_shares_of_the_total_is_not_the_total() {
    let cells: &[&[&str]] = &[
        &["Office", "Outcome 1", "Outcome 2", "Total (USD)"],
        &["Kenya", "60", "20", "80"],
        &["Peru", "15", "5", "20"],
        &["Total", "75", "25", "100"],
        &["% of total", "0.75", "0.25", "1"],
    ];
    assert_eq!(of(cells, ""), ("USD 100".to_owned(), vec![]));
}

#[test]
fn people_who_are_counted_are_no_money() {
    let cells: &[&[&str]] = &[
        &["Office", "Beneficiaries", "Outcome 1", "Outcome 2", "Total (USD)"],
        &["Kenya", "1500", "60", "20", "80"],
        &["Peru", "800", "15", "5", "20"],
        &["Total", "2300", "75", "25", "100"],
    ];
    let (total, said) = of(cells, "");
    let note = "b.xlsx:Budget!B1: warning[table]: columns that count people or things are left out: `Beneficiaries`";
    assert_eq!((total.as_str(), said), ("USD 100", vec![note.to_owned()]));
    let kept = read(cells, "").mapping.text("b.xlsx");
    assert_eq!(of(cells, &kept), ("USD 100".to_owned(), vec![]));
    // Where the totals hold it, it is money.
    let money: &[&[&str]] = &[
        &["Office", "People in need", "Outcome 2", "Total (USD)"],
        &["Kenya", "60", "20", "80"],
        &["Peru", "15", "5", "20"],
        &["Total", "75", "25", "100"],
    ];
    assert_eq!(of(money, ""), ("USD 100".to_owned(), vec![]));
}

#[test]
fn another_year_and_the_change_to_it_are_asked_about() {
    let cells: &[&[&str]] = &[
        &["Country", "Budget 2024", "Budget 2025 (USD)", "Change"],
        &["Kenya", "6000", "8000", "2000"],
        &["Peru", "2500", "2000", "-500"],
        &["Total", "8500", "10000", "1500"],
    ];
    let (total, said) = of(cells, "");
    let wanted = "b.xlsx:Budget!C1: error[table]: `Budget 2025 (USD)` comes to `Budget 2024` and `Change` together: they are not all parts of one budget";
    assert_eq!((total.as_str(), said), ("no plan", vec![wanted.to_owned()]));
    let mapping = "[[table]]\nsheet = \"Budget\"\nlayout = \"offices-by-results\"\ncolumns = { B = \"other\", D = \"other\" }\n";
    assert_eq!(of(cells, mapping), ("USD 10,000".to_owned(), vec![]));
}

#[test]
fn totals_above_their_parts_in_one_column_are_not_added() {
    let cells: &[&[&str]] = &[
        &["", "Operating budget, in CHF"],
        &["Planned Operations", "329840"],
        &["Livelihoods", "45200"],
        &["Cash", "180000"],
        &["Health", "104640"],
        &["Enabling Approaches", "56500"],
        &["Coordination", "3000"],
        &["Secretariat", "53500"],
        &["Indirect Costs", "25112"],
        &["TOTAL BUDGET", "411452"],
    ];
    // 45,200 + 180,000 + 104,640 + 3,000 + 53,500 + 25,112.
    assert_eq!(of(cells, ""), ("CHF 411,452".to_owned(), vec![]));
}

#[test]
fn income_is_no_part_of_a_budget() {
    let (income, spent): (&[&[&str]], &[&[&str]]) = (
        &[&["INCOME"], &["Grant", "60000"], &["Own funds", "15000"], &["Total income", "75000"]],
        &[&["EXPENDITURE"], &["Staff", "40000"], &["Travel", "12000"], &["Materials", "23000"], &["Total expenditure", "75000"]],
    );
    let head: &[&[&str]] = &[&["Item", "Amount (EUR)"]];
    let balance: &[&[&str]] = &[&["Balance", "0"]];
    for cells in [[head, income, spent, balance].concat(), [head, spent, income, balance].concat()] {
        let imported = read(&cells, "");
        let plan = imported.plan.unwrap();
        assert_eq!((plan.lines.len(), plan.total().unwrap().to_string()), (3, "EUR 75,000".to_owned()));
        assert!(
            imported
                .findings
                .iter()
                .any(|finding| finding.message.starts_with("income is no part of the budget, and is left out"))
        );
    }
}

#[test]
fn a_refused_list_keeps_what_is_known_of_it_to_be_corrected() {
    let cells: &[&[&str]] =
        &[&["Description", "Budget 2024 (USD)", "Budget 2025 (USD)"], &["Officer", "6000", "4000"], &["Kits", "500", "1500"]];
    let imported = read(cells, "");
    assert!(imported.plan.is_none());
    let kept = imported.mapping.text("b.xlsx");
    assert!(kept.contains("A = \"description\"\nB = \"amount?\"\nC = \"amount?\""), "{kept}");
    assert!(of(cells, &kept).1[0].contains("the mapping says `B = \"amount?\"`, which is no column"));
    let corrected = kept.replacen("amount?", "other", 1).replace("amount?", "amount");
    assert_eq!(of(cells, &corrected).0, "USD 5,500");
    let unclear: &[&[&str]] =
        &[&["Post", "Qty", "Unit", "Unit cost", "Sum of it (USD)"], &["Officer", "2", "person", "5000", "10000"]];
    let imported = read(unclear, "");
    let message = &imported.findings[0].message;
    assert!(
        message.contains("B is `quantity`, C is `unit`, D is `unit-cost`") && message.contains("no column is `description`"),
        "{message}"
    );
    let corrected = imported.mapping.text("b.xlsx").replace("A = \"?\"", "A = \"description\"");
    assert_eq!(of(unclear, &corrected).0, "USD 10,000");
}

#[test]
fn a_web_page_that_is_called_a_workbook_is_told() {
    let page = b"<html><table><tr><td>Description</td><td>Total</td></tr><tr><td>a</td><td>5</td></tr></table></html>";
    let error = Document::of_bytes("b.xls", page).unwrap_err().to_string();
    assert!(error.contains("it is a web page, whatever its name says"), "{error}");
}
