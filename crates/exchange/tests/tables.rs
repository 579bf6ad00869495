//! Tables of offices and results, and what stands in them that is not money of the budget: shares, people, other years, income.

use logframe_exchange::{Document, Imported};

use crate::sheets::{self, Cells, serious};

fn read(cells: Cells<'_>, mapping: &str) -> Imported {
    sheets::read(&[("Budget", cells)], mapping)
}

/// The total, and what is said but for notes.
fn of(cells: Cells<'_>, mapping: &str) -> (String, Vec<String>) {
    let imported = read(cells, mapping);
    let total = imported.plan.as_ref().map_or_else(|| "no plan".to_owned(), |plan| plan.total().unwrap().to_string());
    (total, serious(&imported))
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

/// The errors of a table in USD, or GBP, without the places of the file.
fn wrong(cells: Cells<'_>) -> Vec<String> {
    let of_cell = |said: &String| said.trim_start_matches("b.xlsx:Budget!").to_owned();
    of(cells, "").1.iter().map(of_cell).collect()
}

#[test]
fn a_wrong_total_of_a_row_does_not_make_an_office_of_the_totals() {
    for heading in ["Total FY 25/26 (GBP)", "Total cost (GBP)", "Total 2025 (GBP)", "Total incl. VAT (GBP)", "Budget (GBP)"] {
        let cells: &[&[&str]] = &[
            &["Category", "Staff", "Operations", heading],
            &["Fees", "60", "50", "101"],
            &["Travel", "20", "20", "40"],
            &["TOTAL", "80", "70", "141"],
        ];
        let wanted = [
            "D2: error[declared-total]: Fees is printed as 101 (sheet Budget), but its 2 cells add up to 110: 9 less than its cells",
            "D4: error[declared-total]: the plan is printed as 141 (sheet Budget), but its 4 cells add up to 150: 9 less than its cells",
        ];
        assert_eq!((of(cells, "").0.as_str(), wrong(cells)), ("GBP 150", wanted.map(str::to_owned).to_vec()), "{heading}");
    }
}

#[test]
fn things_that_are_counted_are_not_added_to_money() {
    for heading in ["Schools", "HH", "Families", "Kits", "Sites", "km", "Nombre", "Kişi"] {
        let cells: &[&[&str]] = &[
            &["Site", heading, "Grants (USD)"],
            &["Dadaab", "13", "50000"],
            &["Kakuma", "9", "30000"],
            &["Total", "22", "80000"],
        ];
        let wanted = format!("B1: warning[table]: columns that count people or things are left out: `{heading}`");
        assert_eq!((of(cells, "").0.as_str(), wrong(cells)), ("USD 80,000", vec![wanted]));
    }
    // Posts or what they cost? It is asked, and either answer read.
    let cells: &[&[&str]] =
        &[&["Site", "Staff", "Grants (USD)"], &["Dadaab", "13", "50000"], &["Kakuma", "9", "30000"], &["Total", "22", "80000"]];
    let wanted = "B1: error[table]: it is not clear whether `Staff` is money, as `Grants (USD)` is: nothing says so, and no total adds them up";
    assert_eq!((of(cells, "").0.as_str(), wrong(cells)), ("no plan", vec![wanted.to_owned()]));
    let mapping = |column: &str| {
        format!("[[table]]\nsheet = \"Budget\"\nlayout = \"offices-by-results\"\ncolumns = {{ B = \"{column}\" }}\n")
    };
    assert_eq!(of(cells, &mapping("other")), ("USD 80,000".to_owned(), vec![]));
    assert_eq!(of(cells, &mapping("amount")), ("USD 80,022".to_owned(), vec![]));
    // Nothing tells: what money is for, or what is counted?
    let bare: &[&[&str]] =
        &[&["Budget in USD"], &["Site", "Schools", "Water"], &["Dadaab", "13", "50000"], &["Kakuma", "9", "30000"]];
    assert!(of(bare, "").1[0].contains("it is not clear whether `Schools` is money, as `Water` is"), "{:?}", of(bare, ""));
    let nearly: &[&[&str]] = &[
        &["Budget in USD"],
        &["Site", "Schools", "Water", "Total"],
        &["Dadaab", "1300", "5000", "6301"],
        &["Kakuma", "900", "3000", "3901"],
    ];
    assert_eq!(of(nearly, "").0, "USD 10,200");
    // A total that adds them up says that they are money; one that is of the others, that they are none.
    let money: &[&[&str]] = &[
        &["Site", "Staff", "Grants (USD)", "Total (USD)"],
        &["Dadaab", "13", "50000", "50013"],
        &["Kakuma", "9", "30000", "30009"],
    ];
    assert_eq!(of(money, ""), ("USD 80,022".to_owned(), vec![]));
    let none: &[&[&str]] = &[
        &["Site", "Staff", "Grants (USD)", "Travel (USD)", "Total (USD)"],
        &["Dadaab", "13", "50000", "200", "50200"],
        &["Kakuma", "9", "30000", "100", "30100"],
    ];
    assert_eq!(of(none, "").0, "USD 80,300");
}

#[test]
fn sums_that_a_plan_has_no_place_for_are_held_against_their_parts() {
    let cells: &[&[&str]] = &[
        &["Activity", "Staff", "Operations", "Total (USD)"],
        &["Survey", "60", "50", "110"],
        &["Profile", "20", "20", "40"],
        &["TOTAL OUTCOME 1", "80", "90", "150"],
        &["Shelter", "40", "300", "340"],
        &["TOTAL IOM ECUADOR", "120", "370", "940"],
    ];
    // 50 + 20 are 70, and 110 + 40 + 340 are 490.
    let wanted = [
        "C4: error[subtotal]: `TOTAL OUTCOME 1` is 90 for `Operations`, but the 2 lines that it adds up come to 70: 20 more",
        "D6: error[declared-total]: the plan is printed as 940 (sheet Budget), but its 6 cells add up to 490: 450 more than its cells",
    ];
    assert_eq!((of(cells, "").0.as_str(), wrong(cells)), ("USD 490", wanted.map(str::to_owned).to_vec()));
    let unnamed: &[&[&str]] = &[
        &["", "Initial budget (EUR)"],
        &["Result 1", "100"],
        &["Result 2", "200"],
        &["Total direct eligible costs", "290"],
        &["Indirect costs (7%)", "21"],
        &["Total eligible costs", "321"],
    ];
    let wanted = "B4: error[subtotal]: `Total direct eligible costs` is 290 for `Initial budget (EUR)`, but the 2 lines that it adds up come to 300: 10 less";
    assert_eq!((of(unnamed, "").0.as_str(), wrong(unnamed)), ("EUR 321", vec![wanted.to_owned()]));
}

#[test]
fn a_share_that_is_off_by_more_than_a_point_is_wrong_in_any_unit() {
    let cells = |share: &'static str| -> Vec<Vec<&'static str>> {
        vec![
            vec!["Office", "Outcome 1", "Outcome 2", "Total (USD)", "%"],
            vec!["Peru", "300", "157", "457", share],
            vec!["Chile", "300", "243", "543", "54%"],
            vec!["Total", "600", "400", "1000", "100%"],
            vec!["% of total", "60%", "40%", "100%"],
        ]
    };
    let told = |share| {
        let cells = cells(share);
        wrong(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let wanted = "E2: error[declared-share]: the share of `Peru` is printed as 55.7 %, but 457 of 1,000 is 45.7 %";
    assert_eq!(told("55.7%"), [wanted]);
    for share in ["45.7%", "46%", "45%"] {
        assert_eq!(told(share), [""; 0], "{share}");
    }
}

#[test]
fn rows_that_are_parts_of_the_one_above_are_not_added_again() {
    let cells: &[&[&str]] = &[
        &["Heading", "Lead", "Partner", "Total EUR"],
        &["Staff", "120", "84", "204"],
        &["  of which expatriates", "80", "0", "80"],
        &["Equipment", "22", "41", "63"],
        &["  davon Fahrzeuge", "12", "30", "42"],
        &["Total", "142", "125", "267"],
    ];
    assert_eq!(of(cells, ""), ("EUR 267".to_owned(), vec![]));
}

#[test]
fn a_sum_of_something_is_a_subtotal() {
    let cells: &[&[&str]] = &[
        &["Cost item", "EUR"],
        &["Head", "300"],
        &["Staff", "540"],
        &["Sum of personnel", "840"],
        &["Books", "42"],
        &["IT", "88"],
        &["Sum of materials", "103"],
        &["Overall (1+2)", "970"],
    ];
    // 42 + 88 are 130.
    let wanted = "B7: error[declared-total]: Books and IT / EUR is printed as 103 (sheet Budget: Sum of materials), but its 2 cells add up to 130: 27 less than its cells";
    assert_eq!((of(cells, "").0.as_str(), wrong(cells)), ("EUR 970", vec![wanted.to_owned()]));
}

#[test]
fn a_table_over_years_is_read_whatever_its_lines_are_called() {
    let cells: &[&[&str]] = &[
        &["Programme area", "2025 (USD)", "2026 (USD)", "Total (USD)"],
        &["Health", "1250", "1310", "2560"],
        &["Immunisation", "842", "790", "1632"],
        &["Subtotal", "2092", "2100", "4192"],
        &["Office", "300", "310", "610"],
        &["Total", "2392", "2410", "4802"],
    ];
    assert_eq!(of(cells, ""), ("USD 4,802".to_owned(), vec![]));
    let mut wrong_year = cells.to_vec();
    wrong_year[5] = &["Total", "2932", "2410", "4802"];
    assert_eq!(wrong(&wrong_year), ["B6: error[subtotal]: `Total` of 2025 is 2,932, but its 3 lines come to 2,392: 540 more"]);
    // Years beside something else are no list.
    let mixed: &[&[&str]] = &[&["Area", "2025 (USD)", "Kenya (USD)"], &["Health", "1250", "1310"], &["Office", "300", "310"]];
    assert!(of(mixed, "").1[0].contains("`2025 (USD)` in `Budget` is a period"), "{:?}", of(mixed, ""));
}

#[test]
fn names_of_columns_may_stand_alone_above_the_figures() {
    let cells: &[&[&str]] = &[
        &["EMERGENCY APPEAL BUDGET"],
        &["MDRXX012", "", "all amounts in Swiss Francs (CHF)"],
        &["", "Budget CHF"],
        &["RELIEF", "2975"],
        &["Shelter", "2150"],
        &["Water", "825"],
        &["PERSONNEL", "428"],
        &["International", "286"],
        &["National", "142"],
        &["DIRECT COSTS", "3403"],
        &["INDIRECT COSTS (6.5%)", "221"],
        &["TOTAL BUDGET", "3624"],
    ];
    // 2,150 + 825 + 286 + 142 + 221.
    assert_eq!(of(cells, ""), ("CHF 3,624".to_owned(), vec![]));
}

#[test]
fn a_row_that_is_printed_to_get_nothing_is_meant_so() {
    let cells: &[&[&str]] = &[
        &["Object class", "WASH", "Health", "Total (USD)"],
        &["Personnel", "60", "20", "80"],
        &["Construction", "0", "0", "0"],
        &["Total", "60", "20", "80"],
    ];
    assert_eq!(of(cells, ""), ("USD 80".to_owned(), vec![]));
}
