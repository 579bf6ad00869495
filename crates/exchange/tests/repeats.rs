//! Sheets that say again what others say: summaries, versions, price lists. No money is counted twice without a word.

use logframe::Severity;
use logframe_exchange::{Imported, Layout};

use crate::sheets::{Cells, errors, read, total};

const HEAD: &[&str] = &["Description", "Qty", "Unit cost", "Total (USD)"];
/// 2 x 5,000 and 100 x 20: 12,000.
const DETAIL: Cells<'_> = &[
    HEAD,
    &["A. Staff"],
    &["Officer", "2", "5000", "10000"],
    &["Subtotal", "", "", "10000"],
    &["B. Supplies"],
    &["Kits", "100", "20", "2000"],
    &["Subtotal", "", "", "2000"],
    &["Total", "", "", "12000"],
];

/// The total that a workbook is read to, and its errors, those of the rules too.
fn both(imported: &Imported) -> (String, Vec<String>) {
    (total(imported), errors(imported))
}

fn of(sheets: &[(&str, Cells<'_>)], mapping: &str) -> (String, Vec<String>) {
    both(&read(sheets, mapping))
}

fn sound(amount: &str) -> (String, Vec<String>) {
    (amount.to_owned(), Vec::new())
}

#[test]
fn a_typed_summary_adds_nothing_whatever_it_calls_things() {
    let named: Cells<'_> = &[&["Category", "Total (USD)"], &["Staff", "10000"], &["Supplies", "2000"], &["Total", "12000"]];
    let other: Cells<'_> = &[&["Category", "Total (USD)"], &["People", "10000"], &["Things", "2000"], &["Total", "12000"]];
    for summary in [named, other] {
        assert_eq!(of(&[("Summary", summary), ("Budget", DETAIL)], ""), sound("12000"));
        assert_eq!(of(&[("Budget", DETAIL), ("Overview", summary)], ""), sound("12000"));
    }
    let imported = read(&[("Summary", named), ("Budget", DETAIL)], "");
    assert_eq!(imported.recognised.last().unwrap(), "Summary: summary of `Budget`");
    let kept = imported.mapping.text("b.xlsx");
    assert_eq!(imported.mapping.tables[1].layout, Some(Layout::Summary));
    assert_eq!(of(&[("Summary", named), ("Budget", DETAIL)], &kept), sound("12000"));
}

#[test]
fn a_summary_that_is_wrong_is_found_at_its_cell() {
    let summary: Cells<'_> =
        &[&["Category", "Total (USD)"], &["A. Staff", "10000"], &["B. Supplies", "2010"], &["Total", "12010"]];
    let (total, errors) = of(&[("Summary", summary), ("Budget", DETAIL)], "");
    assert_eq!(total, "12000");
    assert!(
        errors[0].starts_with("b.xlsx:Summary!B3: error[subtotal]: `B. Supplies` is 2,010 in the sheet `Summary`"),
        "{errors:?}"
    );
    assert!(
        errors[0].ends_with("comes to 2,000: 10 more") && errors[1].starts_with("b.xlsx:Summary!B4: error[declared-total]"),
        "{errors:?}"
    );
    // Names that the other sheet does not have: what does not add up within the summary is found all the same.
    let other: Cells<'_> = &[&["Category", "Total (USD)"], &["People", "10000"], &["Things", "2010"], &["Total", "12000"]];
    let (total, errors) = of(&[("Summary", other), ("Budget", DETAIL)], "");
    assert_eq!((total.as_str(), errors.len()), ("12000", 1), "{errors:?}");
    assert!(errors[0].starts_with("b.xlsx:Summary!B4: error[declared-total]"), "{errors:?}");
}

#[test]
fn a_summary_by_formulas_adds_nothing_though_its_shares_are_no_formulas_over_sheets() {
    let budget: Cells<'_> = &[
        &["Category", "Description", "Qty", "Unit cost", "Total (USD)"],
        &["Staff", "Officer", "2", "5000", "10000"],
        &["Supplies", "Kits", "100", "20", "2000"],
        &["Total", "", "", "", "12000"],
    ];
    let summary: Cells<'_> = &[
        &["Category", "Amount (USD)", "% of total"],
        &["Staff", "=SUMIF(Budget!A2:A3,A2,Budget!E2:E3)|10000", "=B2/B4|0.8333"],
        &["Supplies", "=SUMIF(Budget!A2:A3,A3,Budget!E2:E3)|2000", "=B3/B4|0.1667"],
        &["Total", "=SUM(B2:B3)|12000", "1"],
    ];
    assert_eq!(of(&[("Summary", summary), ("Budget", budget)], ""), sound("12000"));
}

#[test]
fn sheets_of_years_or_donors_and_that_of_all_are_one_budget() {
    let year = |officers: &'static str, amount: &'static str| {
        [HEAD, &["Officer", officers, "5000", amount], &["Total", "", "", amount]].map(<[&str]>::to_vec)
    };
    let (one, two, all) = (year("2", "10000"), year("3", "15000"), year("5", "25000"));
    let cells =
        |year: &'_ [Vec<&'static str>]| -> Vec<&'static [&'static str]> { year.iter().map(|row| &*row.clone().leak()).collect() };
    let (one, two, all) = (cells(&one), cells(&two), cells(&all));
    assert_eq!(of(&[("Year 1", &one), ("Year 2", &two), ("All years", &all)], ""), sound("25000"));
    assert_eq!(of(&[("Total budget", &all), ("ECHO share", &one), ("Own share", &two)], ""), sound("25000"));
    assert_eq!(of(&[("Year 1", &one), ("Year 2", &two)], ""), sound("25000"));
}

#[test]
fn versions_are_asked_about_and_the_mapping_settles_it() {
    let first: Cells<'_> =
        &[HEAD, &["Officer", "2", "5000", "10000"], &["Fuel", "12", "100", "1200"], &["Total", "", "", "11200"]];
    let second: Cells<'_> =
        &[HEAD, &["Officer", "1", "5000", "5000"], &["Fuel", "10", "100", "1000"], &["Total", "", "", "6000"]];
    let sheets: &[(&str, Cells<'_>)] = &[("Budget v1", first), ("Budget v2", second)];
    let imported = read(sheets, "");
    let (plan, errors) = both(&imported);
    let wanted = "b.xlsx:'Budget v1'!A1: error[table]: the sheets `Budget v1` (11,200) and `Budget v2` (6,000) hold the same lines: they may be one budget in two versions";
    assert_eq!((plan.as_str(), errors), ("no plan", vec![wanted.to_owned()]));
    let help = &imported.findings.iter().find(|finding| finding.severity == Severity::Error).unwrap().help[0];
    assert!(help.contains("`layout = \"skip\"`") && help.contains("`layout = \"lines\"`"), "{help}");
    assert_eq!(of(sheets, "[[table]]\nsheet = \"Budget v1\"\nlayout = \"skip\"\n"), sound("6000"));
    let both = "[[table]]\nsheet = \"Budget v1\"\nlayout = \"lines\"\n[[table]]\nsheet = \"Budget v2\"\nlayout = \"lines\"\n";
    assert_eq!(of(sheets, both), sound("17200"));
    // What is kept of a doubt does not settle it.
    assert_eq!(of(sheets, &imported.mapping.text("b.xlsx")).0, "no plan");
}

#[test]
fn one_total_in_two_sheets_is_asked_about() {
    let outcomes: Cells<'_> = &[&["Outcome", "Total (USD)"], &["Water", "7000"], &["Shelter", "5000"], &["Total", "12000"]];
    let offices: Cells<'_> = &[&["Country", "Total (USD)"], &["Peru", "4000"], &["Chile", "8000"], &["Total", "12000"]];
    let sheets: &[(&str, Cells<'_>)] = &[("By outcome", outcomes), ("By country", offices)];
    let (total, errors) = of(sheets, "");
    assert_eq!((total.as_str(), errors.len()), ("no plan", 1), "{errors:?}");
    assert!(errors[0].contains("`By outcome` (12,000) and `By country` (12,000) come to the same"), "{errors:?}");
    let (total, errors) = of(sheets, "[[table]]\nsheet = \"By outcome\"\nlayout = \"summary\"\n");
    assert_eq!((total.as_str(), errors), ("12000", Vec::new()));
}

#[test]
fn offices_with_the_same_lines_are_added_up() {
    let office = |amount: &'static str| -> Vec<&'static [&'static str]> {
        vec![HEAD, vec!["Officer", "2", "", amount].leak(), &["Fuel", "12", "100", "1200"]]
    };
    assert_eq!(of(&[("Kenya", &office("10000")), ("Uganda", &office("9000"))], ""), sound("21400"));
}

#[test]
fn a_list_that_draws_its_prices_is_the_budget_and_the_price_list_is_not() {
    let grid: Cells<'_> = &[
        &["Position", "Months", "Monthly salary", "Total (USD)"],
        &["Officer", "12", "2000", "24000"],
        &["Driver", "12", "700", "8400"],
    ];
    let budget: Cells<'_> = &[
        HEAD,
        &["Officer", "='Salary grid'!B2|12", "='Salary grid'!C2|2000", "24000"],
        &["Driver", "='Salary grid'!B3|12", "='Salary grid'!C3|700", "8400"],
        &["Fuel", "12", "350", "4200"],
        &["Total", "", "", "36600"],
    ];
    assert_eq!(of(&[("Budget", budget), ("Salary grid", grid)], ""), sound("36600"));
    let prices: Cells<'_> =
        &[&["Item", "Quantity assumed", "Price list USD"], &["Officer", "12", "2000"], &["Driver", "12", "700"]];
    assert_eq!(of(&[("Salary grid", prices), ("Budget", budget)], ""), sound("36600"));
    // A list whose money does not stand in the one that draws from it may be an office of its own.
    let other: Cells<'_> = &[HEAD, &["Officer", "3", "=Kenya!C2|2000", "6000"], &["Total", "", "", "6000"]];
    let kenya: Cells<'_> = &[HEAD, &["Officer", "12", "2000", "24000"], &["Total", "", "", "24000"]];
    let (total, errors) = of(&[("Kenya", kenya), ("Uganda", other)], "");
    assert_eq!((total.as_str(), errors.len()), ("no plan", 1));
    assert!(errors[0].contains("the sheet `Uganda` (6,000) draws figures from the sheet `Kenya` (24,000)"), "{errors:?}");
}

#[test]
fn a_sheet_that_another_draws_from_is_added_up_all_the_same() {
    let budget: &[&[&str]] = &[&["Item", "Amount USD"], &["Staff", "100"], &["Travel", "50"], &["Total", "170"]];
    let cash_flow: &[&[&str]] = &[
        &["Item", "Q1 2026", "Q2 2026", "Total (USD)"],
        &["Staff", "=Budget!B2/2|50", "=Budget!B2/2|50", "=B2+C2|100"],
        &["Travel", "=Budget!B3/2|25", "=Budget!B3/2|25", "=B3+C3|50"],
        &["Total", "=B2+B3|75", "=C2+C3|75", "=D2+D3|150"],
    ];
    let imported = read(&[("Budget", budget), ("Cash flow", cash_flow)], "");
    let wanted = "b.xlsx:Budget!B4: error[declared-total]: Budget is printed as 170 (sheet Budget), but its 2 lines come to 150: 20 more than its lines";
    assert_eq!((total(&imported).as_str(), errors(&imported)), ("150", vec![wanted.to_owned()]));
}

#[test]
fn what_one_donor_pays_is_held_against_its_column() {
    let master: &[&[&str]] = &[
        &["Item", "Total (EUR)", "Donor A", "Donor B"],
        &["Staff", "100", "60", "40"],
        &["Inputs", "50", "20", "30"],
        &["Travel", "30", "10", "20"],
        &["Total", "180", "90", "90"],
    ];
    let donor = |inputs: &'static str, total: &'static str| {
        vec![vec!["Item", "Amount EUR"], vec!["Staff", "60"], vec!["Inputs", inputs], vec!["Travel", "10"], vec!["Total", total]]
    };
    let of_donor = |donor: Vec<Vec<&str>>| {
        let donor: Vec<&[&str]> = donor.iter().map(Vec::as_slice).collect();
        both(&read(&[("Master", master), ("Donor A", &donor)], ""))
    };
    assert_eq!(of_donor(donor("20", "90")), sound("180"));
    let wrong =
        "b.xlsx:'Donor A'!B3: error[subtotal]: `Inputs` is 21 in the sheet `Donor A`, but what it is of comes to 20: 1 more";
    assert_eq!(of_donor(donor("21", "91")), ("180".to_owned(), vec![wrong.to_owned()]));
    let total = "b.xlsx:'Donor A'!B5: error[declared-total]: Donor A is printed as 80 (sheet Donor A), but its 3 lines come to 90: 10 less than its lines";
    assert_eq!(of_donor(donor("20", "80")), ("180".to_owned(), vec![total.to_owned()]));
}

#[test]
fn a_line_that_only_the_summary_has_is_a_line() {
    let outcome = |amount: &'static str| vec![vec!["Activity", "Total (USD)"], vec!["Training", amount], vec!["Total", amount]];
    let (one, two) = (outcome("100"), outcome("300"));
    let (one, two): (Vec<&[&str]>, Vec<&[&str]>) =
        (one.iter().map(Vec::as_slice).collect(), two.iter().map(Vec::as_slice).collect());
    let summary = |total: &'static str| {
        vec![
            vec!["Summary", "USD"],
            vec!["Outcome 1", "100"],
            vec!["Outcome 2", "300"],
            vec!["Total direct costs", "400"],
            vec!["Indirect costs 7%", "28"],
            vec!["Total", total],
        ]
    };
    let of_total = |total| {
        let summary = summary(total);
        let summary: Vec<&[&str]> = summary.iter().map(Vec::as_slice).collect();
        both(&read(&[("Outcome 1", &one), ("Outcome 2", &two), ("Summary", &summary)], ""))
    };
    assert_eq!(of_total("428"), sound("428"));
    let (total, errors) = of_total("482");
    assert_eq!(total, "428");
    assert!(
        !errors.is_empty() && errors.iter().all(|error| error.starts_with("b.xlsx:Summary!B6: error[declared-total]")),
        "{errors:?}"
    );
}

#[test]
fn a_cover_with_figures_is_no_part_of_the_budget() {
    let cover: &[&[&str]] = &[
        &["GRANT APPLICATION"],
        &["Organisation", "Health for All"],
        &["Project title", "Safe delivery"],
        &["Duration (months)", "12"],
        &["Amount requested (USD)", "12000"],
        &["Number of beneficiaries", "3200"],
    ];
    assert_eq!(of(&[("Cover", cover), ("Budget", DETAIL)], ""), sound("12000"));
}

#[test]
fn a_summary_below_the_sections_adds_nothing_and_is_held_against_them() {
    let bill = |second: &'static str| {
        let cells: &[&[&str]] = &[
            &["Item", "Description", "Qty", "Rate (USD)", "Amount (USD)"],
            &["BILL 1", "PRELIMINARIES"],
            &["A", "Mobilisation", "1", "450", "450"],
            &["", "Total BILL 1 carried to summary", "", "", "450"],
            &["BILL 2", "ROOFING"],
            &["A", "Trusses", "2", "165", "330"],
            &["", "Total BILL 2 carried to summary", "", "", "330"],
            &["", "GENERAL SUMMARY"],
            &["BILL 1", "PRELIMINARIES", "", "", "450"],
            &["BILL 2", "ROOFING", "", "", second],
            &["", "GRAND TOTAL", "", "", "780"],
        ];
        both(&read(&[("BoQ", cells)], ""))
    };
    assert_eq!(bill("330"), sound("780"));
    let wrong =
        "b.xlsx:BoQ!E10: error[subtotal]: `BILL 2 ROOFING` is 303 in the summary, but the total above comes to 330: 27 less";
    assert_eq!(bill("303"), ("780".to_owned(), vec![wrong.to_owned()]));
    let funds: &[&[&str]] = &[
        &["Component", "Description", "Total (USD)"],
        &["Component 1", "Experts", "300"],
        &["", "Travel", "200"],
        &["", "sub-total", "500"],
        &["", "PROJECT TOTAL", "500"],
        &["Summary of Funds:"],
        &["", "GEF", "500"],
        &["", "UNDP", "100"],
        &["", "TOTAL", "600"],
    ];
    assert_eq!(both(&read(&[("TBWP", funds)], "")), sound("500"));
    // A section that is called so is one.
    let section: &[&[&str]] = &[
        &["Description", "Qty", "Unit cost", "Total (USD)"],
        &["Staff"],
        &["Officer", "2", "50", "100"],
        &["Summary reports"],
        &["Printing", "1", "30", "30"],
        &["Total", "", "", "130"],
    ];
    assert_eq!(both(&read(&[("B", section)], "")), sound("130"));
}

#[test]
fn parts_beside_the_amount_are_held_against_it_whatever_numbers_the_rows() {
    let cells: &[&[&str]] = &[
        &["Line", "Description", "Total EUR", "Donor A", "Donor B"],
        &["1", "Staff", "900", "600", "300"],
        &["2", "Inputs", "450", "300", "150"],
        &["3", "Admin", "140", "80", "60"],
        &["", "Total", "1490", "890", "510"],
    ];
    // 600 + 300 + 80 are 980.
    let wanted =
        "b.xlsx:B!C5: error[subtotal]: `Total` is 1,490, but the columns that it adds up elsewhere come to 1,400: 90 more";
    assert_eq!(both(&read(&[("B", cells)], "")), ("1490".to_owned(), vec![wanted.to_owned()]));
}
