//! Rows with amounts that are no lines: contributions below the total, parts of the row above, subtotals that say `Sum of …`.

use crate::sheets::{Cells, read, said, total};

const HEAD: &[&str] = &["Item", "Amount (NOK)"];
const STAFF: &[&str] = &["Staff", "600"];
const TRAVEL: &[&str] = &["Travel", "400"];

fn told(cells: Cells<'_>) -> (String, Vec<String>) {
    let imported = read(&[("B", cells)], "");
    let said = said(&imported).into_iter().map(|said| said.trim_start_matches("b.xlsx:").trim().to_owned()).collect();
    (total(&imported), said)
}

fn with(below: Cells<'_>) -> (String, Vec<String>) {
    told(&[&[HEAD, STAFF, TRAVEL, &["Total project costs", "1000"]], below].concat())
}

#[test]
fn an_own_contribution_below_the_total_is_taken_off_what_is_applied_for() {
    let note =
        |label: &str| format!("B!B5: note[table]: `{label}` says who pays for `Total project costs`, and is not taken off it");
    // 1,000 less 100 are 900; 10 % of 1,000 are 100.
    let less: &[&str] = &["Less own contribution (10%)", "-100"];
    assert_eq!(with(&[less, &["Applied amount from Norad", "900"]]), ("1000".to_owned(), vec![note(less[0])]));
    let (total, said) = with(&[less, &["Applied amount from Norad", "950"]]);
    assert_eq!(total, "1000");
    let message = "`Applied amount from Norad` is 950, but `Total project costs` less the contributions is 900: 50 more";
    assert_eq!(said, [note(less[0]), format!("B!B6: error[subtotal]: {message}")]);
    let (_, said) = with(&[&["Less own contribution (10%)", "-120"], &["Applied amount from Norad", "880"]]);
    let message = "`Less own contribution (10%)` is 120, but 10 % of the 1,000 above it is 100: 20 more";
    assert!(said.contains(&format!("B!B5: error[percentage-line]: {message}")), "{said:?}");
}

#[test]
fn contributions_of_others_can_be_added_up_before_what_is_requested() {
    let rows = |sum: &'static str, requested: &'static str| {
        let ours: &[&str] = &["Contribution of UNICEF", "300"];
        with(&[ours, &["Contribution of WFP", "100"], &["Total other contributions", sum], &["Amount requested", requested]])
    };
    let (total, said) = rows("400", "600");
    assert_eq!((total.as_str(), said.len()), ("1000", 1), "{said:?}");
    let (_, said) = rows("500", "600");
    assert!(said.iter().any(|said| said.starts_with("B!B7: error[subtotal]: `Total other contributions` is 500")), "{said:?}");
    // What is asked for follows the sum that is wrong: that is told once.
    assert_eq!(rows("500", "500").1.len(), 2);
    let (_, said) = rows("400", "700");
    assert!(said.iter().any(|said| said.starts_with("B!B8: error[subtotal]: `Amount requested` is 700")), "{said:?}");
}

#[test]
fn what_is_charged_on_top_is_no_contribution() {
    let cells: Cells<'_> =
        &[HEAD, STAFF, TRAVEL, &["Total direct costs", "1000"], &["Administration contribution (7%)", "70"], &["Total", "1070"]];
    assert_eq!(told(cells), ("1070".to_owned(), vec![]));
    let schools: Cells<'_> =
        &[HEAD, STAFF, TRAVEL, &["Total staff", "1000"], &["Contribution to schools", "300"], &["Total", "1300"]];
    assert_eq!(told(schools).0, "1300");
}

#[test]
fn what_is_of_which_is_not_added_unless_the_total_counts_it() {
    for label in ["of which vehicles", "dont véhicules", "de los cuales vehículos", "davon Fahrzeuge", "including vehicles"] {
        let rows = |whole: &'static str| told(&[HEAD, STAFF, &[label, "300"], TRAVEL, &["Total", whole]]);
        let note = format!("B!B3: note[table]: `{label}` is a part of the row above it, and is not added");
        assert_eq!(rows("1000"), ("1000".to_owned(), vec![note.clone()]));
        assert_eq!(rows("1300"), ("1300".to_owned(), vec![]));
        let (total, said) = rows("1010");
        assert_eq!((total.as_str(), said.len()), ("1000", 2), "{said:?}");
        assert!(said.contains(&note) && said.iter().any(|said| said.starts_with("B!B5: error[declared-total]")), "{said:?}");
    }
    // More than the row above has is no part of it.
    assert_eq!(told(&[HEAD, STAFF, &["Including guards", "700"], TRAVEL, &["Total", "1700"]]).0, "1700");
}

#[test]
fn sums_of_sections_are_subtotals_in_lists_and_in_columns_of_amounts() {
    // 800 and 200 are 1,000, and 10 % of them 100.
    let list: Cells<'_> = &[
        &["Bezeichnung", "Menge", "Einzelpreis (EUR)", "Gesamt (EUR)"],
        &["Personalkosten", "", "", ""],
        &["Leitung", "2", "400", "800"],
        &["Summe Personalkosten", "", "", "800"],
        &["Reisekosten", "", "", ""],
        &["Flüge", "2", "100", "200"],
        &["Summe Reisekosten", "", "", "200"],
        &["Zwischensumme direkte Kosten", "", "", "1000"],
        &["Verwaltungskosten 10 %", "", "", "100"],
        &["Gesamtsumme", "", "", "1100"],
    ];
    assert_eq!(told(list), ("1100".to_owned(), vec![]));
    let column: Cells<'_> = &[
        &["Cost item", "EUR"],
        &["Head", "300"],
        &["Staff", "540"],
        &["Sum of personnel", "840"],
        &["Books", "42"],
        &["Sum of materials", "42"],
        &["Overall (1+2)", "882"],
    ];
    assert_eq!(told(column).0, "882");
}
