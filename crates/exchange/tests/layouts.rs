//! Budgets as offices and donors lay them out: each is read to its own total, or what is in doubt is asked. What goes wrong elsewhere must
//! not happen here: subtotals counted twice, years or other donors' money added, rows dropped without a word.

use logframe::diagnostic::text::concise;
use logframe::{Plan, Severity};
use logframe_exchange::{Document, Mapping, import};

use crate::books::{book, rows};
use crate::sheets::{self, Cells};

/// The plan of sheets, and what is said of it: by the rules, errors only.
fn read(sheets: &[(&str, Cells<'_>)]) -> (Option<Plan>, Vec<String>) {
    read_as(sheets, "")
}

/// The same, as a mapping says.
fn read_as(sheets: &[(&str, Cells<'_>)], mapping: &str) -> (Option<Plan>, Vec<String>) {
    let imported = sheets::read(sheets, mapping);
    let mut said: Vec<String> = imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect();
    if let Some(plan) = &imported.plan {
        let report = plan.check().findings;
        let serious = report.iter().filter(|finding| finding.severity == Severity::Error);
        said.extend(serious.map(|finding| concise(finding, Some(&imported.source))));
    }
    (imported.plan, said)
}

/// The total that a sheet is read to, and everything that is said.
fn one(cells: Cells<'_>) -> (String, Vec<String>) {
    let (plan, said) = read(&[("B", cells)]);
    (plan.map_or_else(|| "no plan".to_owned(), |plan| plan.total().unwrap().amount.normalized().to_string()), said)
}

const HEAD: &[&str] = &["Description", "Qty", "Unit cost", "Total (USD)"];
const STAFF: &[&str] = &["Officer", "2", "5000", "10000"];
const KITS: &[&str] = &["Kits", "100", "20", "2000"];

#[test]
fn a_total_is_no_line_whatever_it_is_called() {
    for label in [
        "TOTAL",
        "GRAND TOTAL (A+B)",
        "Grand total project costs",
        "Project total cost",
        "Overall total cost of the action",
        "Total direct costs",
        "COSTO TOTAL DEL PROYECTO",
        "Coût total du projet",
        "Presupuesto total del proyecto",
        "Sub-total A",
        "Direct costs subtotal (A)",
        "Direct costs",
        "",
    ] {
        assert_eq!(one(&[HEAD, STAFF, KITS, &[label, "", "", "12000"]]), ("12000".to_owned(), vec![]), "{label}");
    }
}

#[test]
fn a_wrong_total_is_found_whatever_it_is_called() {
    for label in ["GRAND TOTAL (A+B)", "Project total cost", "Coût total du projet", "TOTAL"] {
        let (total, said) = one(&[HEAD, STAFF, KITS, &[label, "", "", "12100"]]);
        assert_eq!((total.as_str(), said.len()), ("12000", 1), "{label}: {said:?}");
        assert!(said[0].starts_with("b.xlsx:B!D4: error[declared-total]"), "{said:?}");
    }
}

#[test]
fn totals_above_what_they_add_up_are_not_added() {
    let cells: Cells<'_> = &[
        HEAD,
        &["TOTAL", "", "", "14000"],
        &["A. Staff", "", "", "10000"],
        STAFF,
        &["B. Supplies", "", "", "4000"],
        KITS,
        &["Tents", "20", "100", "2000"],
    ];
    assert_eq!(one(cells), ("14000".to_owned(), vec![]));
}

/// What is said of a list, without the name of the file.
fn told(cells: Cells<'_>) -> (String, Vec<String>) {
    let (total, said) = one(cells);
    (total, said.into_iter().map(|said| said.trim_start_matches("b.xlsx:").trim().to_owned()).collect())
}

#[test]
fn totals_of_parts_stand_above_them_and_the_total_of_all_below() {
    let lettered: Cells<'_> = &[
        HEAD,
        &["A. Staff", "", "", "10000"],
        STAFF,
        &["B. Supplies", "", "", "4000"],
        KITS,
        &["Tents", "20", "100", "2000"],
        &["TOTAL", "", "", "14000"],
    ];
    assert_eq!(told(lettered), ("14000".to_owned(), vec![]));
    let numbered: Cells<'_> = &[
        HEAD,
        &["1. Outcome one", "", "", "12000"],
        &["1.1 Training", "", "", "10000"],
        &["1.1.1 Officer", "2", "5000", "10000"],
        &["1.2 Relief", "", "", "2000"],
        &["1.2.1 Kits", "100", "20", "2000"],
        &["TOTAL", "", "", "12000"],
    ];
    assert_eq!(told(numbered), ("12000".to_owned(), vec![]));
    let wrong: Cells<'_> = &[
        HEAD,
        &["1. Outcome one", "", "", "12010"],
        &["1.1 Training", "", "", "10010"],
        &["1.1.1 Officer", "2", "5000", "10000"],
        &["1.2 Relief", "", "", "2000"],
        &["1.2.1 Kits", "100", "20", "2000"],
        &["TOTAL", "", "", "12010"],
    ];
    let (total, said) = told(wrong);
    assert_eq!((total.as_str(), said.len()), ("12000", 3), "{said:?}");
    assert!(said.iter().all(|said| said.contains("error[declared-total]") && said.contains("10 more")), "{said:?}");
    assert!(said.iter().any(|said| said.starts_with("B!D3: error[declared-total]: Training is printed as 10,010")), "{said:?}");
}

#[test]
fn formulas_say_what_is_a_total_whatever_it_is_called() {
    let cells: Cells<'_> = &[
        &["Description", "Amount (USD)"],
        &["Work in the north", "=B3+B4|3000"],
        &["Wells", "1000"],
        &["Pumps", "2000"],
        &["Work in the south", "=SUM(B6:B6)|500"],
        &["Pipes", "500"],
        &["Altogether", "=B2+B5|3500"],
    ];
    assert_eq!(told(cells), ("3500".to_owned(), vec![]));
    let missed: Cells<'_> = &[
        &["Description", "Amount (USD)"],
        &["Wells", "1000"],
        &["Pumps", "2000"],
        &["Pipes", "500"],
        &["Altogether", "=SUBTOTAL(9,B2:B3)|3000"],
    ];
    let (total, said) = told(missed);
    assert_eq!((total.as_str(), said.len()), ("3500", 2), "{said:?}");
    let lacks = "B!B5: warning[table]: the total of all is 500 less than its lines: it lacks `Pipes` (row 4), as it seems";
    assert_eq!(said[0], lacks);
    assert!(said[1].contains("500 less than"), "{said:?}");
}

#[test]
fn what_stands_last_and_is_nearly_all_is_the_total() {
    let (total, said) = told(&[HEAD, STAFF, KITS, &["Grant asked for", "", "", "12010"]]);
    assert_eq!((total.as_str(), said.len()), ("12000", 1), "{said:?}");
    assert!(said[0].starts_with("B!D4: error[declared-total]") && said[0].contains("10 more"), "{said:?}");
    // Without anything that is multiplied it can be a line as well: that is asked, and the mapping answers it.
    let plain: Cells<'_> = &[
        &["Description", "Amount (USD)"],
        &["Wells", "1000"],
        &["Pumps", "2000"],
        &["Pipes", "500"],
        &["Grant asked for", "3510"],
    ];
    let (total, said) = told(plain);
    assert_eq!(total, "7010");
    assert!(
        said[0].starts_with("B!B5: warning[table]: `Grant asked for` (row 5) is what 3 lines beside it come to, or nearly"),
        "{said:?}"
    );
    let mapped = read_as(&[("B", plain)], "[[table]]\nsheet = 'B'\ntotals = [5]\n");
    assert_eq!(mapped.0.unwrap().total().unwrap().amount, 3500.into());
    assert!(mapped.1[0].contains("error[declared-total]"), "{:?}", mapped.1);
    let line = read_as(&[("B", plain)], "[[table]]\nsheet = 'B'\nlines = [5]\n");
    assert_eq!(line.0.unwrap().total().unwrap().amount, 7010.into());
}

#[test]
fn an_empty_section_and_words_in_brackets_are_no_totals_of_others() {
    let cells: Cells<'_> = &[
        HEAD,
        &["A. Staff", "", "", ""],
        STAFF,
        &["Section total", "", "", "10000"],
        &["B. Equipment", "", "", ""],
        &["Section total", "", "", "0"],
        &["C. Supplies", "", "", ""],
        KITS,
        &["Section total", "", "", "2000"],
        &["Subtotal, direct costs", "", "", "12000"],
        &["Indirect costs (7% of the subtotal)", "", "", "840"],
        &["T O T A L", "", "", "12840"],
    ];
    assert_eq!(told(cells), ("12840".to_owned(), vec![]));
}

#[test]
fn what_says_the_budget_again_below_it_adds_nothing() {
    let cells: Cells<'_> = &[
        HEAD,
        STAFF,
        KITS,
        &["Total", "", "", "12000"],
        &["Funding", "", "", ""],
        &["Northland", "", "", "9000"],
        &["Own funds", "", "", "3000"],
        &["Total", "", "", "12000"],
        &["Total in EUR", "", "", "11111"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("12000", 3), "{said:?}");
    assert!(said[0].starts_with("B!D6: note[table]: `Northland` says a part of the total above again"), "{said:?}");
    assert!(said[2].starts_with("B!D9: warning[table]: `Total in EUR` stands below the total of all"), "{said:?}");
}

#[test]
fn running_totals_and_what_comes_on_top_are_understood() {
    let cells: Cells<'_> = &[
        HEAD,
        STAFF,
        &["Subtotal A", "", "", "10000"],
        KITS,
        &["Subtotal B", "", "", "2000"],
        &["Total", "", "", "12000"],
        &["PSC", "", "", "840"],
        &["Grand total", "", "", "12840"],
    ];
    assert_eq!(one(cells), ("12840".to_owned(), vec![]));
    // A rate that stands among the amounts is none.
    let rate: Cells<'_> =
        &[HEAD, STAFF, KITS, &["Total direct", "", "", "12000"], &["PSC amount", "", "", "840"], &["Total", "", "", "12840"]];
    assert_eq!(one(rate).0, "12840");
}

#[test]
fn a_word_for_a_total_makes_no_total_of_a_line() {
    assert_eq!(
        one(&[HEAD, &["Total station (survey instrument)", "1", "7000", "7000"], KITS, &["Total", "", "", "9000"]]),
        ("9000".to_owned(), vec![])
    );
    let remarks: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Total (USD)", "Remarks"],
        &["Officer", "2", "5000", "10000", "total of two posts"],
        KITS,
        &["Total", "", "", "12000"],
    ];
    assert_eq!(one(remarks), ("12000".to_owned(), vec![]));
}

#[test]
fn what_stands_below_the_total_is_told_and_a_line_there_is_refused() {
    let total: &[&str] = &["TOTAL", "", "", "12000"];
    assert_eq!(
        one(&[HEAD, STAFF, KITS, total, &["Number of beneficiaries", "", "", "25000"]]),
        (
            "12000".to_owned(),
            vec![
                "b.xlsx:B!D5: warning[table]: `Number of beneficiaries` stands below the total of all, and is not read"
                    .to_owned()
            ]
        )
    );
    assert_eq!(
        one(&[HEAD, STAFF, KITS, total, &["Late tents", "20", "100", "2000"]]),
        (
            "no plan".to_owned(),
            vec!["b.xlsx:B!D5: error[table]: `Late tents` stands below the total of all, and is not read".to_owned()]
        )
    );
}

#[test]
fn of_several_amounts_the_one_that_figures_prove_is_read_and_otherwise_none() {
    let years: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Year 1 cost (USD)", "Year 2 cost", "Total cost"],
        &["Officer", "2", "5000", "6000", "4000", "10000"],
        &["Kits", "100", "20", "500", "1500", "2000"],
        &["Total", "", "", "6500", "5500", "12000"],
    ];
    let (total, said) = one(years);
    assert_eq!((total.as_str(), said.len()), ("12000", 1), "{said:?}");
    assert!(said[0].contains("amounts by period are left out of the plan: D `Year 1 cost (USD)`, E `Year 2 cost`"));
    let others: Cells<'_> = &[
        &["Description", "Amount (USD)", "Partner contribution", "Variance"],
        &["Officer", "10000", "500", "-3"],
        &["Kits", "2000", "70", "4"],
    ];
    assert_eq!(one(others).0, "12000");
    let doubt: Cells<'_> =
        &[&["Description", "Budget 2024 (USD)", "Budget 2025 (USD)"], &["Officer", "6000", "4000"], &["Kits", "500", "1500"]];
    let (total, said) = one(doubt);
    assert_eq!(total, "no plan");
    assert_eq!(
        said,
        ["b.xlsx:B!B1: error[table]: several columns can be the amount: B `Budget 2024 (USD)`, C `Budget 2025 (USD)`"]
    );
}

#[test]
fn offices_by_outcomes_are_no_list_though_their_headings_say_outcome() {
    let cells: Cells<'_> = &[
        &["Office", "Outcome 1", "Outcome 2", "Total (USD)"],
        &["Kenya", "400", "50", "450"],
        &["Uganda", "300", "250", "550"],
        &["Total", "700", "300", "1000"],
    ];
    assert_eq!(one(cells), ("1000".to_owned(), vec![]));
}

#[test]
fn a_sheet_that_totals_others_adds_nothing_and_is_checked() {
    let office: Cells<'_> = &[HEAD, STAFF, KITS, &["Total", "", "", "12000"]];
    let summary: Cells<'_> = &[&["Office", "Total (USD)"], &["Kenya", "12000"], &["Uganda", "12000"], &["Total", "24000"]];
    let (plan, said) = read(&[("Summary", summary), ("Kenya", office), ("Uganda", office)]);
    assert_eq!(plan.unwrap().total().unwrap().to_string(), "USD 24,000");
    let note = "b.xlsx: note[table]: the sheet `Summary` totals `Kenya`, `Uganda`, and adds nothing to the budget: 3 figures are held against it";
    assert_eq!(said, [note]);
    let wrong: Cells<'_> = &[&["Office", "Total (USD)"], &["Kenya", "12000"], &["Uganda", "21000"], &["Total", "33000"]];
    let (_, said) = read(&[("Summary", wrong), ("Kenya", office), ("Uganda", office)]);
    assert!(
        said.iter().any(|one| one.starts_with("b.xlsx:Summary!B3: error[declared-total]: Uganda is printed as 21,000")),
        "{said:?}"
    );
}

#[test]
fn names_that_stand_once_for_several_rows_are_carried_down() {
    let cells: Cells<'_> = &[
        &["Office", "Description", "Amount (USD)"],
        &["Kenya", "Officer", "100"],
        &["", "Kits", "200"],
        &["Uganda", "Officer", "300"],
        &["", "Kits", "400"],
        &["Total", "", "1000"],
    ];
    let (plan, said) = read(&[("B", cells)]);
    let plan = plan.unwrap();
    let of = |office: &str| plan.lines.iter().filter(|line| line.office.as_str() == office).count();
    assert_eq!((of("kenya"), of("uganda"), plan.offices.len()), (2, 2, 2));
    assert_eq!(said, ["b.xlsx: note[table]: blank cells of column A are read as the name above them"]);
}

#[test]
fn thousands_are_of_money_only() {
    let people: Cells<'_> = &[&["A plan for 2 million people"], HEAD, STAFF, KITS];
    assert_eq!(one(people), ("12000".to_owned(), vec![]));
    let said = "warning[table]: no total of all was found in B!A1:D4: what its lines come to is held against nothing";
    let third: &[&str] = &["Tents", "20", "100", "2000"];
    assert_eq!(told(&[HEAD, STAFF, KITS, third]), ("14000".to_owned(), vec![said.to_owned()]));
    let money: Cells<'_> = &[
        &["Amounts in USD thousands"],
        &["Description", "Qty", "Unit cost", "Total"],
        &["Officer", "2", "5", "10"],
        &["Kits", "100", "0.02", "2"],
    ];
    assert_eq!(one(money).0, "12000");
}

#[test]
fn a_name_in_capitals_is_no_currency() {
    let cells: Cells<'_> = &[&["SOS Villages, ALL costs"], &["Description", "Qty", "Unit cost", "Total (EUR)"], STAFF];
    let (plan, _) = read(&[("B", cells)]);
    assert_eq!(plan.unwrap().header.currency.value, "EUR");
}

#[test]
fn days_and_months_are_multiplied_and_a_typed_amount_counts() {
    let days: Cells<'_> =
        &[&["Description", "No. of persons", "No. of days", "Unit cost", "Total (USD)"], &["Training", "10", "5", "30", "1500"]];
    assert_eq!(one(days), ("1500".to_owned(), vec![]));
    let (total, said) = one(&[HEAD, &["Kits", "100", "20", "2200"], &["Total", "", "", "2200"]]);
    assert_eq!(
        (total.as_str(), said),
        ("2200", vec!["b.xlsx:B!D2: error[line-amount]: Kits is typed as 2,200, but 100 x 20 is 2,000".to_owned()])
    );
}

#[test]
fn a_line_without_words_is_called_by_its_row_and_not_by_a_number_of_it() {
    // 2 x 50 is 100, and 140 is typed; the last says an amount alone. 100, 140 and 700 are 940.
    let cells: Cells<'_> =
        &[HEAD, &["Kits", "1", "100", "100"], &["", "2", "50", "140"], &["", "", "", "700"], &["Total", "", "", "940"]];
    let (plan, said) = read(&[("B", cells)]);
    assert_eq!(said, ["b.xlsx:B!D3: error[line-amount]: row 3 is typed as 140, but 2 x 50 is 100"]);
    let called: Vec<String> = plan.unwrap().lines.iter().map(|line| line.description.to_string()).collect();
    assert_eq!(called, ["Kits", "row 3", "row 4"]);
}

#[test]
fn however_many_notes_there_are_an_error_is_told() {
    // 2 x 50 is 100, and 140 is typed, below more remarks than are noted.
    let remark = "too long for a heading ".repeat(6);
    let remarks = vec![[remark.as_str()]; 201];
    let mut cells: Vec<&[&str]> = vec![HEAD];
    cells.extend(remarks.iter().map(|row| row as &[&str]));
    cells.extend([&["Nurse", "2", "50", "140"] as &[&str], &["Total", "", "", "140"]]);
    let (_, said) = one(&cells);
    assert_eq!(said.len(), 200 + 1 + 1, "the notes that are kept, that there are more, and the error");
    assert!(said.iter().any(|said| said.ends_with("Nurse is typed as 140, but 2 x 50 is 100")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("there are more than 200 findings of this kind")));
}

#[test]
fn the_share_among_the_factors_of_a_wrong_amount_is_in_per_cent() {
    // 1,500 x 32.5 is 48,750, and all of it is charged.
    let cells: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Months", "% charged", "Total (USD)"],
        &["Hygiene kits", "1500", "32.5", "1", "100%", "48850"],
    ];
    let (_, said) = one(cells);
    let told = "Hygiene kits is typed as 48,850, but 1,500 x 32.5 x 1 x 100 % is 48,750";
    assert_eq!(said, [format!("b.xlsx:B!F2: error[line-amount]: {told}")]);
}

#[test]
fn headings_may_stand_low_and_be_numbered_and_lines_too() {
    let mut cells: Vec<&[&str]> = vec![&["Notes"]; 60];
    cells.extend([
        &["Item No.", "Description", "Qty", "Unit cost", "Total (USD)"] as &[&str],
        &["1", "2", "3", "4", "5=3x4"],
        &["1.1", "Officer", "2", "5000", "10000"],
        &["", "Total", "", "", "10000"],
    ]);
    let (plan, said) = read(&[("B", &cells)]);
    let plan = plan.unwrap();
    assert_eq!((plan.lines.len(), &*plan.lines[0].description), (1, "Officer"), "{said:?}");
}

#[test]
fn headings_of_two_rows_are_read_together() {
    let cells: Cells<'_> = &[
        &["Description", "Inputs", "", "", "Budget (USD)"],
        &["", "Unit", "Quantity", "Unit cost", ""],
        &["Officer", "month", "2", "5000", "10000"],
        &["Kits", "kit", "100", "20", "2200"],
        &["Total", "", "", "", "12200"],
    ];
    let (total, said) = one(cells);
    assert_eq!(
        (total.as_str(), said),
        ("12200", vec!["b.xlsx:B!E4: error[line-amount]: Kits is typed as 2,200, but 100 x 20 is 2,000".to_owned()])
    );
}

#[test]
fn a_list_is_never_added_up_as_a_table() {
    let xml = rows(&[HEAD, STAFF, KITS]);
    let read = Document::of_bytes("b.xlsx", &book(&[("B", "", &xml)])).unwrap().table(&logframe_exchange::Options::default());
    assert!(read.table.is_none() && read.findings[0].message.starts_with("this is a list of budget lines"));
    let unclear: Cells<'_> = &[&["Post", "Qty", "Unit", "Unit cost"], &["Officer", "2", "person", "5000"]];
    let (total, said) = one(unclear);
    assert_eq!(total, "no plan");
    assert!(said.iter().any(|one| one.contains("looks like a list of budget lines")), "{said:?}");
}

#[test]
fn a_mapping_that_names_what_is_not_there_says_so() {
    let bytes = book(&[("B", "", &rows(&[HEAD, STAFF]))]);
    let said = |mapping: &str| -> Vec<String> {
        let imported = import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::parse(mapping).unwrap());
        imported.findings.iter().map(|finding| finding.message.clone()).collect()
    };
    assert!(said("[[table]]\nsheet = \"Summry\"\n")[0].contains("names the sheet `Summry`, which is not there"));
    let column = "[[table]]\nsheet = \"B\"\nlayout = \"lines\"\nheader = 1\ncolumns = { A = \"description\", D = \"amout\" }\n";
    assert!(said(column).iter().any(|one| one.contains("the mapping says `D = \"amout\"`, which is no column")));
}

#[test]
fn headings_in_any_language_are_read_where_the_figures_tell() {
    for [item, count, price, amount] in [
        ["Kostenart", "Menge", "Einzelpreis", "Betrag (EUR)"],
        ["Pozycja", "Ilość", "Cena", "Kwota (EUR)"],
        ["Kulu", "Määrä", "Hinta", "Yhteensä (EUR)"],
    ] {
        let cells: Cells<'_> =
            &[&[item, count, price, amount], STAFF, KITS, &["Tents", "20", "100", "2000"], &["?", "", "", "14000"]];
        assert_eq!(one(cells), ("14000".to_owned(), vec![]), "{item}");
    }
    // What one column of words is called nobody needs to know.
    let cells: Cells<'_> = &[&["Kululaji", "Qty", "Unit cost", "Total (EUR)"], STAFF, KITS, &["Total", "", "", "12000"]];
    assert_eq!(one(cells), ("12000".to_owned(), vec![]));
}

#[test]
fn amounts_of_years_beside_their_sum_are_parts_of_it() {
    let cells: Cells<'_> = &[
        &["Description", "Unit cost", "Quantity Year 1", "Quantity Year 2", "Total Year 1", "Total Year 2", "Total (USD)"],
        &["Coordinator", "2400", "12", "6", "28800", "14400", "43200"],
        &["Training", "1800", "3", "3", "5400", "5400", "10800"],
        &["Total", "", "", "", "34200", "19800", "54000"],
    ];
    let (total, said) = one(cells);
    assert_eq!(total, "54000");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
}

#[test]
fn posts_and_rates_are_what_the_amounts_prove() {
    let (plan, said) = read(&[(
        "B",
        &[
            &["Position", "FTE", "Months", "Monthly cost", "Total (USD)"],
            &["Officer", "0.25", "12", "4000", "12000"],
            &["Guard", "2", "12", "300", "7200"],
            &["Total", "", "", "", "19200"],
        ],
    )]);
    let plan = plan.unwrap();
    assert_eq!(said, [""; 0]);
    let quantities: Vec<String> = plan.lines.iter().map(|line| line.quantity.unwrap().to_string()).collect();
    assert_eq!((quantities, plan.total().unwrap().amount), (vec!["0.25".to_owned(), "2".to_owned()], 19_200.into()));
}

#[test]
fn a_summary_below_the_total_adds_nothing() {
    let cells: Cells<'_> = &[
        HEAD,
        STAFF,
        &["Driver", "2", "100", "200"],
        KITS,
        &["Total", "", "", "=SUM(D2:D4)|12200"],
        &["Summary by category", "", "", ""],
        &["Staff", "", "", "=D2+D3|10200"],
        &["Supplies", "", "", "=D4|2000"],
        &["Total", "", "", "=SUM(D7:D8)|12200"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("12200", 2), "{said:?}");
    assert!(said.iter().all(|said| said.contains("says a part of the total above again, and adds nothing")), "{said:?}");
}

#[test]
fn what_formulas_make_finer_than_money_is_read_to_the_cent_and_told() {
    let cells: Cells<'_> = &[
        HEAD,
        &["Wells", "3", "1000.25", "=B2*C2|3000.75"],
        &["Tents", "1", "500", "=B3*C3|500"],
        // 7 % of 3,500.75 is 245.0525.
        &["Support costs, 7 %", "", "", "=(D2+D3)*7%|245.0525"],
        &["Total", "", "", "=SUM(D2:D4)|3745.8025"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("3745.8", 1), "{said:?}");
    assert!(said[0].starts_with("B!D4: note[table]: 2 amounts are worked out finer than USD can be paid"), "{said:?}");
    // What is typed so finely is a mistake.
    let typed: Cells<'_> = &[HEAD, STAFF, &["Support costs", "", "", "245.0525"], &["Total", "", "", "10245.0525"]];
    assert!(told(typed).1.iter().any(|said| said.contains("error")), "{:?}", told(typed));
}

#[test]
fn the_noise_of_floats_is_no_money_finer_than_a_cent() {
    // 1,048,576.41 less 1,047,576.41 is 1,000, of which floats make 999.9999999998836. In all 1,047,576.41 and 1,000.
    let cells: Cells<'_> = &[
        HEAD,
        &["Wells", "", "", "1047576.41"],
        &["Balance of 2027", "", "", "=1048576.41-D2|999.9999999998836"],
        &["Total", "", "", "=SUM(D2:D3)|1048576.4099999999"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said), ("1048576.41", vec![]));
}

#[test]
fn what_donors_give_beside_the_amount_has_to_add_up_to_it() {
    let cells: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Total (USD)", "Northland", "Own funds"],
        &["Officer", "2", "5000", "10000", "6000", "4000"],
        &["Kits", "100", "20", "2000", "1500", "500"],
        &["Tents", "20", "100", "2000", "1500", "510"],
        &["Total", "", "", "14000", "9000", "5010"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "14000");
    let missed = "B!D4: error[subtotal]: `Tents` is 2,000, but the columns that it adds up elsewhere come to 2,010: 10 less";
    assert!(said.contains(&missed.to_owned()), "{said:?}");
    assert!(said.iter().any(|said| said.starts_with("B!D5: error[subtotal]: `Total` is 14,000")), "{said:?}");
}

#[test]
fn a_lump_sum_is_no_total_of_what_it_equals() {
    for label in ["Evaluation, lump sum", "Insurance, sum insured", "Suma alzada", "Somme forfaitaire"] {
        let (total, said) = told(&[HEAD, STAFF, KITS, &[label, "", "", "12000"], &["Total", "", "", "24000"]]);
        assert_eq!((total.as_str(), said), ("24000", vec![]), "{label}");
    }
    // Support costs below the total are money that it lacks.
    let below: Cells<'_> = &[HEAD, STAFF, KITS, &["Total", "", "", "12000"], &["Indirect costs, 7 %", "", "", "840"]];
    assert_eq!(told(below).0, "no plan");
}

#[test]
fn units_in_words_are_no_quantities_and_a_rate_per_hundred_is_a_share() {
    let units: Cells<'_> = &[
        &["Activities", "Units", "# Units", "Cost/unit", "Total (USD)"],
        &["Officer", "month", "2", "5000", "10000"],
        &["Kits", "kit", "100", "20", "2000"],
        &["Total", "", "", "", "12000"],
    ];
    assert_eq!(told(units), ("12000".to_owned(), vec![]));
    // 5 % of 12,000 are 600.
    let rate: Cells<'_> = &[
        &["Description", "Unit", "Qty", "Unit cost", "Total (USD)"],
        &["Officer", "month", "2", "5000", "10000"],
        &["Kits", "kit", "100", "20", "2000"],
        &["Subtotal", "", "", "", "12000"],
        &["Overhead", "%", "5", "12000", "600"],
        &["Total", "", "", "", "12600"],
    ];
    assert_eq!(told(rate), ("12600".to_owned(), vec![]));
}

#[test]
fn headings_below_one_that_they_share_and_below_a_title_are_understood() {
    let cells: Cells<'_> = &[
        &["A budget of the fund"],
        &["Description", "Qty", "Unit cost", "Amount (USD)", "", ""],
        &["", "", "", "Asked for", "Own funds", "Total"],
        &["Officer", "2", "5000", "9000", "1000", "10000"],
        &["Kits", "100", "20", "2000", "0", "2000"],
        &["Total", "", "", "11000", "1000", "12000"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("12000", 1), "{said:?}");
    assert!(said[0].contains("left out: D `Asked for`, E `Own funds`"), "{said:?}");
}

#[test]
fn the_amounts_of_years_that_are_multiplied_each_add_up_to_the_whole() {
    // 12 x 100 and 12 x 110 are 2,520; 10 x 20 and 10 x 21 are 410.
    let cells: Cells<'_> = &[
        &["Description", "Year 1", "", "", "Year 2", "", "", "Total (USD)"],
        &["", "Qty", "Unit Cost", "Total", "Qty", "Unit Cost", "Total", ""],
        &["Officer", "12", "100", "1200", "12", "110", "1320", "2520"],
        &["Kits", "10", "20", "200", "10", "21", "210", "410"],
        &["Total", "", "", "1400", "", "", "1530", "2930"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "2930", "{said:?}");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
    assert!(said.iter().any(|said| said.contains("factors of a part of the amount are left out: B `Qty`, C `Unit Cost`")));
}

#[test]
fn a_number_with_words_is_asked_for_alone_and_the_amount_is_not_blamed() {
    let cells: Cells<'_> = &[HEAD, &["Officer", "2 months", "5000", "10000"], KITS, &["Total", "", "", "12000"]];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("no plan", 1), "{said:?}");
    assert!(said[0].starts_with("B!B2: error[not-a-number]: `2 months` cannot be read as a number"), "{said:?}");
}

#[test]
fn what_is_asked_for_in_full_is_the_amount_and_two_years_alike_are_not() {
    let full: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Total cost (EUR)", "Total requested", "Total cofinanced"],
        &["Officer", "2", "5000", "10000", "10000", "0"],
        &["Kits", "100", "20", "2000", "2000", "0"],
        &["Total", "", "", "12000", "12000", "0"],
    ];
    let (total, said) = told(full);
    assert_eq!((total.as_str(), said.len()), ("12000", 1), "{said:?}");
    assert!(said[0].contains("left out: E `Total requested`, F `Total cofinanced`"), "{said:?}");
    let years: Cells<'_> =
        &[&["Description", "Total year 1 (USD)", "Total year 2 (USD)"], &["Officer", "100", "100"], &["Kits", "20", "20"]];
    assert!(told(years).1[0].contains("error[table]: several columns can be the amount"), "{:?}", told(years));
}

#[test]
fn shares_and_subtotals_beside_the_total_are_not_the_amount() {
    let cells: Cells<'_> = &[
        &["Budget line", "Apr 24 - Mar 25", "Sub-total", "PMC", "Total (GBP)", "% of total"],
        &["Nursery", "300", "300", "0", "300", "75"],
        &["Manager", "60", "60", "40", "100", "25"],
        &["Total", "360", "360", "40", "400", "100"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "400", "{said:?}");
    assert!(said.iter().any(|said| said.contains("left out: F `% of total`, C `Sub-total`")), "{said:?}");
}

#[test]
fn quantities_of_several_quarters_are_no_factors_of_the_whole() {
    // 900 + 900 at 25 are 45,000; 4 x 50 at 0.35 are 70.
    let cells: Cells<'_> = &[
        &[
            "Activity",
            "Payment currency",
            "Unit cost",
            "Q1 Quantity",
            "Q2 Quantity",
            "Q1 Cash Outflow",
            "Q2 Cash Outflow",
            "Total (USD)",
        ],
        &["Per diem", "MZN", "25", "900", "900", "22500", "22500", "45000"],
        &["Tests", "USD", "0.35", "100", "100", "35", "35", "70"],
        &["Total", "", "", "", "", "22535", "22535", "45070"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "45070", "{said:?}");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
}

#[test]
fn a_product_is_not_the_amount_where_another_column_says_that_it_is() {
    let cells: Cells<'_> = &[
        &["Cosa", "N", "Precio", "Trimestre", "Total (USD)"],
        &["Officer", "2", "5000", "10000", "20000"],
        &["Kits", "100", "20", "2000", "5000"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "no plan");
    assert!(said[0].contains("several columns can be the amount: D `Trimestre`, E `Total (USD)`"), "{said:?}");
}

#[test]
fn years_that_are_multiplied_each_are_parts_of_the_grand_total() {
    // 2 x 100 and 3 x 110 are 530; 4 x 20 and 5 x 21 are 185.
    let cells: Cells<'_> = &[
        &["Line", "Y1 Qty", "Y1 Cost", "Y1 Total", "Y2 Qty", "Y2 Cost", "Y2 Total", "Grand total USD"],
        &["Officer", "2", "100", "200", "3", "110", "330", "530"],
        &["Kits", "4", "20", "80", "5", "21", "105", "185"],
        &["Total", "", "", "280", "", "", "435", "715"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "715", "{said:?}");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
}
