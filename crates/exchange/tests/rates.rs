//! Lines that are a percentage of others, in budgets as they are sent.

use crate::sheets::{Cells, errors, read, serious, total};

const HEAD: &[&str] = &["Item", "Amount (USD)"];
const STAFF: &[&str] = &["Staff", "1000"];
const TRAVEL: &[&str] = &["Travel", "500"];
const DIRECT: &[&str] = &["Subtotal", "1500"];

fn told(cells: Cells<'_>) -> (String, Vec<String>) {
    let imported = read(&[("B", cells)], "");
    let said = serious(&imported).into_iter().map(|said| said.trim_start_matches("b.xlsx:").trim().to_owned()).collect();
    (total(&imported), said)
}

/// A budget of 1,500 with one more line and its total.
fn with(label: &str, amount: &str, whole: &str) -> (String, Vec<String>) {
    told(&[HEAD, STAFF, TRAVEL, DIRECT, &[label, amount], &["Total", whole]])
}

#[test]
fn a_percentage_line_that_is_not_its_percentage_is_an_error_at_its_cell() {
    // 7 % of 1,500 are 105.
    let (total, said) = with("Indirect costs 7%", "150", "1650");
    assert_eq!(total, "1650");
    assert_eq!(said, ["B!B5: error[percentage-line]: `Indirect costs 7%` is 150, but 7 % of the 1,500 above it is 105: 45 more"]);
    let labels = [
        ("PSC (7%)", "7"),
        ("GMS 8 %", "8"),
        ("VAT 15%", "15"),
        ("Contingency 5%", "5"),
        ("Management fee 10 %", "10"),
        ("Gastos administrativos 8%", "8"),
        ("Frais de gestion 7,5 %", "7.5"),
        ("Custos indiretos (6%)", "6"),
        ("Verwaltungskosten 13 %", "13"),
        ("Накладные расходы 5 %", "5"),
        ("Kharashka maamulka 7%", "7"),
        ("Audit 2%", "2"),
        ("Monitoring, 5 per cent", "5"),
    ];
    for (label, rate) in labels {
        let (_, said) = with(label, "333", "1833");
        let expected = format!("B!B5: error[percentage-line]: `{label}` is 333, but {rate} % of the 1,500 above it is ");
        assert!(said.len() == 1 && said[0].starts_with(&expected), "{said:?}");
    }
}

#[test]
fn a_percentage_line_that_is_its_percentage_is_no_matter() {
    for (label, amount, whole) in [
        ("Indirect costs 7%", "105", "1605"),
        ("VAT 15%", "225", "1725"),
        // 6.54 % to 6.55 % are 98.10 to 98.25.
        ("Overheads 6.54%", "98.15", "1598.15"),
        // 7.25 % are 108.75, in whole money 109 or 108.
        ("PSC 7.25 %", "109", "1609"),
        ("PSC 7.25 %", "108", "1608"),
        ("Indirect costs (maximum 7% of 3)", "90", "1590"),
        ("Contingency 5-10 %", "100", "1600"),
        // 7 % of the 1,612.90 in all.
        ("Indirect costs, 7 % of the total budget", "112.9", "1612.9"),
    ] {
        assert_eq!(with(label, amount, whole), (whole.to_owned(), vec![]), "{label}");
    }
    let more = with("Indirect costs (maximum 7% of 3)", "120", "1620").1;
    assert!(
        more[0].starts_with("B!B5: error[percentage-line]")
            && more[0].contains("but at most 7 % of the 1,500 above it is 105: 15 more"),
        "{more:?}"
    );
}

#[test]
fn a_percentage_can_be_one_of_a_subtotal_a_section_or_all_lines_above() {
    let fine = |rows: &[&[&str]]| assert_eq!(told(&[&[HEAD], rows].concat()).1, [""; 0], "{rows:?}");
    // Without a subtotal: 7 % of 1,500.
    fine(&[STAFF, TRAVEL, &["PSC 7%", "105"], &["Total", "1605"]]);
    // 5 % of 1,500 are 75; 7 % of 1,575 are 110.25, of 1,500 they are 105.
    let reserve: &[&str] = &["Contingency 5%", "75"];
    fine(&[STAFF, TRAVEL, DIRECT, reserve, &["PSC 7%", "110.25"], &["Total", "1685.25"]]);
    fine(&[STAFF, TRAVEL, DIRECT, reserve, &["PSC 7%", "105"], &["Total", "1680"]]);
    fine(&[STAFF, TRAVEL, reserve, &["PSC 7%", "105"], &["Total", "1680"]]);
    // 22 % of the salaries alone; the salaries are a section.
    let salaries: &[&[&str]] = &[&["Salaries", ""], STAFF, &["Guard", "600"], &["Social charges 22%", "352"]];
    fine(&[salaries, &[&["Other costs", ""], TRAVEL, &["Total", "2452"]]].concat());
    // A total that does not hold: what is worked out is a base, too.
    let wrong = told(&[HEAD, STAFF, TRAVEL, &["Subtotal", "1700"], &["PSC 7%", "105"], &["Total", "1605"]]).1;
    assert!(!wrong.iter().any(|said| said.contains("percentage-line")) && wrong.len() == 1, "{wrong:?}");
    // What is named, and is not found, is a warning.
    let named = with("VAT (20%) on fees only", "40", "1540").1;
    assert!(named.len() == 1 && named[0].starts_with("B!B5: warning[percentage-line]"), "{named:?}");
}

#[test]
fn a_percentage_that_is_no_rate_of_others_does_not_alarm() {
    for label in [
        "Coordinator 50%",
        "Officer (60 % time)",
        "Admin officer 20%",
        "M&amp;E officer 10%",
        "Laptops (incl. VAT 15%)",
        "Rent, 40 % charged",
        "Alcohol 70%",
        "Office support, 50%",
        "Chlorine 65%",
        "Internet 20%",
        "Insurance 2.5%",
    ] {
        // Among the lines, behind the subtotal of a section, and behind that of all.
        let among = told(&[HEAD, &["Driver 50%", "1000"], &[label, "321"], TRAVEL, &["Total", "1821"]]);
        assert_eq!(among, ("1821".to_owned(), vec![]), "{label}");
        let section = told(&[HEAD, STAFF, TRAVEL, DIRECT, &[label, "321"], &["Cook 20%", "9"], &["Total", "1830"]]);
        assert_eq!(section, ("1830".to_owned(), vec![]), "{label}");
        let only =
            told(&[HEAD, STAFF, TRAVEL, DIRECT, &["Office", ""], &[label, "321"], &["Subtotal", "321"], &["Total", "1821"]]);
        assert_eq!(only, ("1821".to_owned(), vec![]), "{label}");
    }
    for label in ["Bank charges (10%)", "Administration building 30%"] {
        let among = told(&[HEAD, &["Driver 50%", "1000"], &[label, "321"], TRAVEL, &["Total", "1821"]]);
        assert_eq!(among, ("1821".to_owned(), vec![]), "{label}");
    }
    let factors: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Total (USD)"],
        &["Coordinator 50%", "12", "1500", "18000"],
        &["Overhead lamps 5%", "2", "50", "100"],
        &["VAT adviser 15 %", "2", "100", "200"],
        &["Total", "", "", "18300"],
    ];
    assert_eq!(told(factors), ("18300".to_owned(), vec![]));
}

#[test]
fn a_rate_can_stand_where_lines_have_what_the_project_bears() {
    let head: &[&str] = &["Description", "Quantity", "Unit cost", "% charged", "Total (USD)"];
    let rows: Cells<'_> = &[head, &["Staff", "10", "100", "100", "1000"], &["Rent", "10", "50", "50", "250"]];
    let sheet = |amount: &'static str, whole: &'static str| {
        let support: [&[&str]; 3] =
            [&["Subtotal", "", "", "", "1250"], &["PSC Cost Percent", "", "", "7", amount], &["Total", "", "", "", whole]];
        told(&[rows, &support].concat())
    };
    // 7 % of 1,250 are 87.50.
    assert_eq!(sheet("87.5", "1337.5"), ("1337.5".to_owned(), vec![]));
    let (total, said) = sheet("78.5", "1328.5");
    let message = "`PSC Cost Percent` is 78.5, but 7 % of the 1,250 above it is 87.5: 9 less";
    assert_eq!((total.as_str(), said), ("1328.5", vec![format!("B!E5: error[percentage-line]: {message}")]));
}

#[test]
fn a_rate_can_stand_in_another_column_and_be_one_of_the_money_of_one_donor() {
    let sheet = |support: &'static str, whole: &'static str| {
        let cells: Cells<'_> = &[
            &["Expected result", "Budget Description", "Amount (USD)"],
            &["1 Councils", "71600 Travel", "18500"],
            &["2 Courts", "72600 Grants", "120000"],
            &["", "Sub-total programme", "138500"],
        ];
        told(&[cells, &[&["GMS (8%)", "75100 Facilities &amp; administration", support], &["TOTAL", "", whole]]].concat())
    };
    // 8 % of 138,500 are 11,080.
    assert_eq!(sheet("11080", "149580").1, [""; 0]);
    let (_, said) = sheet("11800", "150300");
    assert!(said.len() == 1 && said[0].starts_with("B!C5: error[percentage-line]: `GMS (8%)` is 11,800"), "{said:?}");
    // 7 % of the 900 that one donor pays are 63.
    let donors: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "CERF", "Other sources", "Total (USD)"],
        &["Staff", "10", "100", "900", "100", "1000"],
        &["Rent", "5", "100", "", "500", "500"],
        &["Subtotal", "", "", "900", "600", "1500"],
        &["PSC 7%", "", "", "63", "0", "63"],
        &["Total", "", "", "963", "600", "1563"],
    ];
    let said = errors(&read(&[("B", donors)], ""));
    assert_eq!(said, [""; 0]);
}

#[test]
fn a_percentage_can_be_one_of_a_line_or_of_a_total_with_what_is_charged_on_it() {
    // 28 % of 1,000; 5 % of the 1,600 that are printed, and 12 % of 1,680.
    let fringe: Cells<'_> = &[HEAD, STAFF, TRAVEL, &["Fringe, international 28%", "280"], &["Total", "1780"]];
    assert_eq!(told(fringe).1, [""; 0]);
    let wrong: Cells<'_> = &[
        HEAD,
        STAFF,
        TRAVEL,
        &["Subtotal", "1600"],
        &["Imprévus (5%)", "80"],
        &["Frais administratifs (12%)", "201.60"],
        &["Total", "1881.60"],
    ];
    assert!(!told(wrong).1.iter().any(|said| said.contains("percentage-line")), "{:?}", told(wrong).1);
}

#[test]
fn a_discount_is_a_percentage_that_is_taken_off() {
    // 3 % of 1,500 are 45.
    assert_eq!(with("Supplier discount 3%", "-45", "1455").1, [""; 0]);
    let (_, said) = with("Supplier discount 3%", "-54", "1446");
    let message = "`Supplier discount 3%` is 54, but 3 % of the 1,500 above it is 45: 9 more";
    assert_eq!(said, [format!("B!B5: error[percentage-line]: {message}")]);
}

#[test]
fn nothing_is_said_where_what_stands_above_is_not_known() {
    let cells: Cells<'_> =
        &[&["Description", "Qty", "Unit cost (USD)", "Total (USD)"], &["Staff", "10", "100", ""], &["PSC 7%", "", "", "71"]];
    assert!(!errors(&read(&[("B", cells)], "")).iter().any(|said| said.contains("percentage-line")));
}
