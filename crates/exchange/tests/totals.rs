//! Rows that may be totals of others: nothing that is in doubt is counted twice, or left out, without a word.

use crate::sheets::{Cells, read, said, total};

const PLAIN: &[&str] = &["Description", "Amount (USD)"];
const HEAD: &[&str] = &["Description", "Qty", "Unit cost", "Total (USD)"];
const STAFF: &[&str] = &["Officer", "2", "5000", "10000"];
const KITS: &[&str] = &["Kits", "100", "20", "2000"];
const NO_TOTAL: &str = "no total of all was found in";

/// The total that a sheet is read to, and everything that is said, without the name of the file.
fn told(cells: Cells<'_>) -> (String, Vec<String>) {
    told_as(cells, "")
}

fn told_as(cells: Cells<'_>, table: &str) -> (String, Vec<String>) {
    let mapping = if table.is_empty() { String::new() } else { format!("[[table]]\nsheet = 'B'\n{table}\n") };
    let imported = read(&[("B", cells)], &mapping);
    let said = said(&imported).into_iter().map(|said| said.trim_start_matches("b.xlsx:").trim().to_owned()).collect();
    (total(&imported), said)
}

/// 1,000 and 2,000 are 3,000, and 300 and 200 are 500: 3,500 in all.
const ABOVE: [&[&str]; 7] = [
    PLAIN,
    &["Staff costs", "3000"],
    &["Officer", "1000"],
    &["Driver", "2000"],
    &["Movement", "500"],
    &["Flights", "300"],
    &["Fuel", "200"],
];
const BELOW: [&[&str]; 7] = [
    PLAIN,
    &["Officer", "1000"],
    &["Driver", "2000"],
    &["Staff costs", "3000"],
    &["Flights", "300"],
    &["Fuel", "200"],
    &["Movement", "500"],
];

#[test]
fn sections_that_only_figures_tell_are_not_added_and_are_named() {
    for (cells, rows) in [(ABOVE, [2, 5]), (BELOW, [4, 7])] {
        let named = format!("`Staff costs` (row {}), `Movement` (row {})", rows[0], rows[1]);
        let by_figures = format!(
            "B!B{}: warning[table]: only figures tell what is a total of the lines beside it, and is not counted with them: {named}",
            rows[0]
        );
        let (total, said) = told(&cells);
        assert_eq!((total.as_str(), said.len(), &said[0]), ("3500", 2, &by_figures), "{said:?}");
        assert!(said[1].contains(NO_TOTAL), "{said:?}");
        // The total of all proves them, and what is told is not asked.
        let whole = [cells.as_slice(), &[&["Total", "3500"]]].concat();
        assert_eq!(told(&whole), ("3500".to_owned(), vec![by_figures]));
        assert_eq!(told_as(&whole, &format!("totals = [{}, {}]", rows[0], rows[1])), ("3500".to_owned(), vec![]));
        // A total that is wrong by ten is held against the sections all the same.
        let wrong = [cells.as_slice(), &[&["Total", "3510"]]].concat();
        let (total, said) = told(&wrong);
        assert_eq!((total.as_str(), said.len()), ("3500", 2), "{said:?}");
        assert!(said.iter().any(|said| said.starts_with("B!B8: error[declared-total]") && said.contains("10 more")), "{said:?}");
    }
}

#[test]
fn two_sums_by_chance_make_no_sections() {
    let cells: Cells<'_> = &[
        PLAIN,
        &["Rent", "500"],
        &["Water", "500"],
        &["Wells", "1000"],
        &["Ropes", "300"],
        &["Pumps", "200"],
        &["Pipes", "500"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("3000", 3), "{said:?}");
    assert!(said[0].starts_with("B!B4: warning[table]: `Wells` (row 4) is what 2 lines beside it come to"), "{said:?}");
    assert!(said[1].starts_with("B!B7: warning[table]: `Pipes` (row 7) is what 2 lines beside it come to"), "{said:?}");
}

#[test]
fn a_total_of_all_that_counts_sections_and_their_lines_is_asked_about() {
    // 7,000 are twice 3,500: all rows are lines, or the total counts all of them twice.
    let cells = [ABOVE.as_slice(), &[&["Total", "7000"]]].concat();
    let (total, said) = told(&cells);
    assert_eq!((total.as_str(), said.len()), ("7000", 2), "{said:?}");
    let doubt = "is what 2 lines beside it come to, or nearly; it is read as a line of its own";
    assert_eq!(said[0], format!("B!B2: warning[table]: `Staff costs` (row 2) {doubt}"));
    assert_eq!(said[1], format!("B!B5: warning[table]: `Movement` (row 5) {doubt}"));
    assert_eq!(told_as(&cells, "lines = [2, 5]"), ("7000".to_owned(), vec![]));
}

#[test]
fn one_row_that_may_be_a_total_is_a_line_and_asked_about_unless_a_total_proves_it() {
    let cells: &[&[&str]] =
        &[PLAIN, &["Officer", "1000"], &["Driver", "2000"], &["People", "3000"], &["Flights", "300"], &["Pens", "60"]];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("6360", 2), "{said:?}");
    assert!(said[0].starts_with("B!B4: warning[table]: `People` (row 4) is what 2 lines beside it come to"), "{said:?}");
    assert_eq!(told(&[cells, &[&["Total", "6360"]]].concat()), ("6360".to_owned(), vec![]));
    let (total, said) = told(&[cells, &[&["Total", "3360"]]].concat());
    assert_eq!((total.as_str(), said.len()), ("3360", 1), "{said:?}");
    assert!(said[0].starts_with("B!B4: warning[table]: only figures tell"), "{said:?}");
}

#[test]
fn a_section_that_misses_its_lines_a_little_is_asked_about() {
    // Officers and drivers are 3,000, and 3,100 is printed above them.
    let cells: Cells<'_> = &[
        HEAD,
        &["People", "", "", "3100"],
        &["Officer", "1", "1000", "1000"],
        &["Driver", "2", "1000", "2000"],
        &["Movement", "", "", "500"],
        &["Flights", "3", "100", "300"],
        &["Fuel", "2", "100", "200"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("6600", 2), "{said:?}");
    assert!(said[0].starts_with("B!D2: warning[table]: `People` (row 2) is what 2 lines beside it come to, or nearly"));
    let (total, said) = told_as(cells, "totals = [2]");
    assert_eq!(total, "3500");
    assert!(said.iter().any(|said| said.contains("error[declared-total]") && said.contains("100 more")), "{said:?}");
}

#[test]
fn what_the_total_of_all_counts_twice_is_named() {
    let station: &[&str] = &["Total station", "", "", "12000"];
    let (total, said) = told(&[HEAD, STAFF, KITS, station, &["Pens", "1", "100", "100"], &["TOTAL", "", "", "24100"]]);
    assert_eq!((total.as_str(), said.len()), ("12100", 2), "{said:?}");
    let message = "B!D6: warning[table]: the total of all is 12,000 more than its lines: it counts `Total station` (row 4) too, which is read as a total";
    assert!(said.contains(&message.to_owned()), "{said:?}");
    assert!(said.iter().any(|said| said.contains("error[declared-total]")));
    let mapped = told_as(&[HEAD, STAFF, KITS, station, &["Pens", "1", "100", "100"], &["TOTAL", "", "", "24100"]], "lines = [4]");
    assert_eq!(mapped, ("24100".to_owned(), vec![]));
    // 12,000 and 11 are the subtotals, and 24,022 twice as much.
    let twice: Cells<'_> = &[
        PLAIN,
        &["Officer", "10000"],
        &["Kits", "2000"],
        &["Subtotal", "12000"],
        &["Pens", "5"],
        &["Books", "6"],
        &["Subtotal", "11"],
        &["TOTAL", "24022"],
    ];
    let (total, said) = told(twice);
    assert_eq!(total, "12011");
    let message = "the total of all is 12,011 more than its lines: it counts what its subtotals come to once more";
    assert!(said.iter().any(|said| said.contains(message)), "{said:?}");
    // A formula that takes a sum in besides what it is the sum of.
    let formula: Cells<'_> =
        &[PLAIN, &["Officer", "10000"], &["Kits", "2000"], &["Insurance", "=SUM(B2:B3)|12000"], &["Total", "=SUM(B2:B4)|24000"]];
    let (_, said) = told(formula);
    assert!(said.iter().any(|said| said.contains("it counts `Insurance` (row 4) too, which is read as a total")), "{said:?}");
    assert_eq!(told_as(formula, "lines = [4]"), ("24000".to_owned(), vec![]));
}

#[test]
fn what_is_the_total_of_all_by_one_word_only_is_told() {
    for label in ["Total station", "Insurance, total loss cover", "Balance total in hand"] {
        let (total, said) = told(&[HEAD, STAFF, KITS, &[label, "", "", "12000"]]);
        assert_eq!(total, "12000");
        assert_eq!(said, [format!("B!D4: note[table]: `{label}` (row 4) is read as the total of all, and not as a line")]);
        assert_eq!(told_as(&[HEAD, STAFF, KITS, &[label, "", "", "12000"]], "lines = [4]").0, "24000");
    }
}

#[test]
fn below_the_total_people_rates_and_funds_are_told_and_any_other_amount_is_refused() {
    let budget: Cells<'_> = &[HEAD, STAFF, KITS, &["TOTAL", "", "", "12000"]];
    for label in ["Beneficiaries", "Cost per person", "Exchange rate", "Funded by Northland", "Gap"] {
        let (total, said) = told(&[budget, &[&[label, "", "", "24"]]].concat());
        assert_eq!(total, "12000");
        assert_eq!(said, [format!("B!D5: warning[table]: `{label}` stands below the total of all, and is not read")]);
    }
    for label in [
        "Bank charges",
        "Vehicle insurance",
        "PSC 7 %",
        "Migrant shelters",
        "Telephone bills",
        "Grants to partners",
        "Contingency 5%",
    ] {
        let (total, said) = told(&[budget, &[&[label, "", "", "840"]]].concat());
        assert_eq!(total, "no plan");
        assert_eq!(said, [format!("B!D5: error[table]: `{label}` stands below the total of all, and is not read")]);
        assert_eq!(told_as(&[budget, &[&[label, "", "", "840"]]].concat(), "last = 4"), ("12000".to_owned(), vec![]));
    }
}

#[test]
fn totals_can_have_a_column_of_their_own() {
    let sheet = |whole: &'static str| -> Vec<&'static [&'static str]> {
        vec![
            &["Description", "Qty", "Unit cost", "Cost (USD)", "Sub-total (USD)"],
            &["A. Staff", "", "", "", "10000"],
            &["Officer", "2", "5000", "10000", ""],
            &["B. Supplies", "", "", "", "2500"],
            &["Kits", "100", "20", "2000", ""],
            &["Tents", "5", "100", "500", ""],
            if whole == "12500" { &["Total", "", "", "", "12500"] } else { &["Total", "", "", "", "12510"] },
        ]
    };
    assert_eq!(told(&sheet("12500")), ("12500".to_owned(), vec![]));
    let (total, said) = told(&sheet("12510"));
    assert_eq!((total.as_str(), said.len()), ("12500", 1), "{said:?}");
    assert!(said[0].starts_with("B!E7: error[declared-total]") && said[0].contains("10 more"), "{said:?}");
    // Where it is the only column of amounts, it is theirs.
    let only: Cells<'_> = &[&["Description", "Qty", "Unit cost (USD)", "Subtotal"], STAFF, KITS, &["Total", "", "", "12000"]];
    assert_eq!(told(only), ("12000".to_owned(), vec![]));
}

#[test]
fn a_section_that_is_typed_wrong_among_formulas_is_held_against_its_lines() {
    // Flights and days are 900, and 910 is typed above them; the totals count it.
    let cells: Cells<'_> = &[
        HEAD,
        &["1. Personal", "", "", "=SUM(D3:D4)|3000"],
        &["Officer", "1", "1000", "1000"],
        &["Driver", "2", "1000", "2000"],
        &["2. Viajes", "", "", "910"],
        &["Flights", "3", "100", "300"],
        &["Days", "6", "100", "600"],
        &["TOTAL COSTES DIRECTOS", "", "", "=D2+D5|3910"],
        &["Costes indirectos", "", "", "90"],
        &["TOTAL GENERAL", "", "", "=D8+D9|4000"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "3990", "{said:?}");
    let errors: Vec<&String> = said.iter().filter(|said| said.contains("error[")).collect();
    assert!(errors.iter().all(|said| said.contains("10 more")), "{errors:?}");
    assert!(errors.iter().any(|said| said.starts_with("B!D5: error[")), "{errors:?}");
}

#[test]
fn the_total_of_all_stands_first_though_it_is_wrong() {
    // 2,800 + 1,500 + 500 are 4,800.
    let cells: Cells<'_> = &[
        &["Code", "Item", "Qty", "Unit cost", "Total (EUR)"],
        &["", "GRAND TOTAL", "", "", "5150"],
        &["A", "Personnel", "", "", "4300"],
        &["A1", "Manager", "1", "2800", "2800"],
        &["A2", "Officer", "1", "1500", "1500"],
        &["B", "Equipment", "", "", "500"],
        &["B1", "Pump", "2", "250", "500"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("4800", 1), "{said:?}");
    assert!(said[0].starts_with("B!E2: error[declared-total]") && said[0].contains("350 more"), "{said:?}");
}

#[test]
fn a_total_counts_the_quantities_too_and_is_no_line() {
    let cells: Cells<'_> = &[
        &["Sector", "People targeted", "Cost per person (USD)", "Requirement (USD)"],
        &["Food", "12000", "36", "432000"],
        &["Shelter", "4500", "58", "261000"],
        &["TOTAL", "16500", "", "639000"],
    ];
    let (total, said) = told(cells);
    assert_eq!((total.as_str(), said.len()), ("693000", 1), "{said:?}");
    assert!(said[0].starts_with("B!D4: error[declared-total]"), "{said:?}");
    assert!(said[0].contains("but its 2 lines come to 693,000: 54,000 less than its lines"), "{said:?}");
}

#[test]
fn a_last_row_that_alone_is_not_multiplied_is_asked_about() {
    // 200 and 330 are 530.
    let lines: Cells<'_> = &[HEAD, &["Staff", "2", "100", "200"], &["Tents", "3", "110", "330"]];
    let (total, said) = told(&[lines, &[&["Envelope", "", "", "600"]]].concat());
    assert_eq!(total, "1130");
    assert!(said[0].starts_with("B!D4: warning[table]: `Envelope` (row 4) is what 2 lines beside it come to, or nearly"));
    // Far less is a line.
    assert_eq!(told(&[lines, &[&["Bank charges", "", "", "60"]]].concat()).0, "590");
}

#[test]
fn what_stands_below_a_total_and_in_none_is_told() {
    let cells: Cells<'_> = &[HEAD, STAFF, KITS, &["Total fund", "", "", "12000"], &["Bank charges", "1", "5", "5"]];
    let (total, said) = told(cells);
    assert_eq!(total, "12005");
    let message = "B!D5: warning[table]: `Bank charges` (row 5) stands below `Total fund` (row 4), and in no total; it is counted as a line";
    assert_eq!(said, [message]);
}

#[test]
fn a_total_in_the_title_is_held_against_the_lines() {
    let sheet = |whole: &'static str| -> Vec<&'static [&'static str]> {
        let total: &[&str] = if whole == "12000" { &["Total budget (USD):", "12000"] } else { &["Total budget (USD):", "14000"] };
        vec![&["Project", "WASH"], total, HEAD, STAFF, KITS]
    };
    assert_eq!(told(&sheet("12000")), ("12000".to_owned(), vec![]));
    let (_, said) = told(&sheet("14000"));
    let message =
        "B!B2: warning[subtotal]: `Total budget (USD)` above the table is 14,000, but its 2 lines come to 12,000: 2,000 more";
    assert_eq!(said, [message]);
    // A count is none.
    assert_eq!(told(&[&["Total beneficiaries:", "5000"], HEAD, STAFF, KITS]), ("12000".to_owned(), vec![]));
}

#[test]
fn a_summary_below_the_sections_adds_nothing() {
    let bills: Cells<'_> = &[
        HEAD,
        &["BILL 1 PRELIMINARIES", "", "", ""],
        &["Mobilisation", "1", "450", "450"],
        &["Total BILL 1 carried to summary", "", "", "450"],
        &["BILL 2 ROOFING", "", "", ""],
        &["Trusses", "2", "165", "330"],
        &["Total BILL 2 carried to summary", "", "", "330"],
        &["GENERAL SUMMARY", "", "", ""],
        &["BILL 1 PRELIMINARIES", "", "", "450"],
        &["BILL 2 ROOFING", "", "", "330"],
        &["GRAND TOTAL", "", "", "780"],
    ];
    let (total, said) = told(bills);
    assert_eq!(total, "780");
    assert_eq!(said, ["B!A9: note[table]: a summary below the total adds nothing to the budget, and is held against it"]);
    // The fund pays all 500 of it, and others 100 beside it.
    let funds: Cells<'_> = &[
        PLAIN,
        &["Experts", "300"],
        &["Travel", "200"],
        &["PROJECT TOTAL", "500"],
        &["Summary of Funds:", ""],
        &["GEF", "500"],
        &["UNDP", "100"],
        &["TOTAL", "600"],
    ];
    let (total, said) = told(funds);
    assert_eq!(total, "500", "{said:?}");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
}

#[test]
fn what_is_called_a_total_is_never_a_line() {
    let counted: Cells<'_> =
        &[&["Item", "Quantity", "Budget (USD)"], &["A", "10", "500"], &["B", "20", "700"], &["Total", "30", "1200"]];
    assert_eq!(told(counted), ("1200".to_owned(), vec![]));
    // 100 x 200 and 160 x 175.625 are 48,100: 185 is the mean price of 260.
    let priced: Cells<'_> =
        &[HEAD, &["Kits", "100", "200", "20000"], &["Tents", "160", "175.625", "28100"], &["Total", "260", "185", "48100"]];
    assert_eq!(told(priced), ("48100".to_owned(), vec![]));
    let direct: Cells<'_> =
        &[HEAD, STAFF, KITS, &["Total direct", "102", "", "12000"], &["Support", "", "", "840"], &["Total", "102", "", "12840"]];
    assert_eq!(told(direct), ("12840".to_owned(), vec![]));
}

#[test]
fn a_title_counts_what_its_table_counts() {
    let sheet = |whole: &'static str| -> Vec<&'static [&'static str]> {
        let total: &[&str] = if whole == "12" { &["Total budget:", "12"] } else { &["Total budget:", "13"] };
        vec![
            &["Amounts in USD thousands"],
            total,
            &["Description", "Qty", "Unit cost", "Total"],
            &["Officer", "2", "5", "10"],
            &["Kits", "100", "0.02", "2"],
        ]
    };
    let (total, said) = told(&sheet("12"));
    assert_eq!((total.as_str(), said.len()), ("12000", 1), "{said:?}");
    let (_, said) = told(&sheet("13"));
    assert!(
        said.iter().any(|said| said.contains("above the table is 13,000, but its 2 lines come to 12,000: 1,000 more")),
        "{said:?}"
    );
}

#[test]
fn what_is_not_available_beside_an_amount_is_not_nothing() {
    let cells: Cells<'_> = &[
        &["Description", "Donor A", "Donor B", "Total (EUR)"],
        &["Staff", "100", "200", "300"],
        &["Kits", "50", "50", "100"],
        &["Pens", "10", "n/a", "30"],
        &["Total", "160", "", "430"],
    ];
    let (total, said) = told(cells);
    assert_eq!(total, "430");
    assert!(said.iter().all(|said| !said.starts_with("B!D4")), "{said:?}");
}

#[test]
fn a_summary_is_held_against_the_last_total_of_each_section() {
    // 10 and 20 are the staff's 30, and 11 is the travel.
    let sheet = |staff: &'static str| -> Vec<&'static [&'static str]> {
        let again: &[&str] = if staff == "30" { &["Staff", "", "", "30"] } else { &["Staff", "", "", "31"] };
        vec![
            HEAD,
            &["Staff", "", "", ""],
            &["International", "1", "10", "10"],
            &["Subtotal international", "", "", "10"],
            &["National", "2", "10", "20"],
            &["Subtotal national", "", "", "20"],
            &["Total staff", "", "", "30"],
            &["Travel", "", "", ""],
            &["Flights", "1", "11", "11"],
            &["Total travel", "", "", "11"],
            &["GRAND TOTAL", "", "", "41"],
            &["SUMMARY", "", "", ""],
            again,
            &["Travel", "", "", "11"],
        ]
    };
    let (total, said) = told(&sheet("30"));
    assert_eq!(total, "41");
    assert!(said.iter().all(|said| !said.contains("error")), "{said:?}");
    let (_, said) = told(&sheet("31"));
    assert!(said.iter().any(|said| said.starts_with("B!D13: error[subtotal]: `Staff` is 31 in the summary")), "{said:?}");
}
