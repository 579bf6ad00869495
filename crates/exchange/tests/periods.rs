//! Columns of periods beside a list of lines: amounts over the calendar, held against the total, and never a guess.

use logframe::{Plan, Step};
use logframe_exchange::{Document, Imported, Mapping, import};

use crate::books::{book, rows};
use crate::sheets::{self, Cells, said, total};

fn read(cells: Cells<'_>, mapping: &str) -> Imported {
    sheets::read(&[("B", cells)], mapping)
}

/// When the lines are spent: the period, and the amounts of its steps.
fn spread(plan: &Plan) -> Vec<String> {
    let amounts = |line: &logframe::Line| {
        let amounts = line.spread.as_ref().and_then(|spread| spread.amounts.clone()).unwrap_or_default();
        amounts.iter().map(|amount| amount.value.to_string()).collect::<Vec<_>>().join(" ")
    };
    let period = |line: &logframe::Line| line.period.map_or("-".to_owned(), |period| period.to_string());
    plan.lines
        .iter()
        .map(|line| format!("{}: {} {}", line.description, period(line), amounts(line)).trim_end().to_owned())
        .collect()
}

const QUARTERS: Cells<'_> = &[
    &["Description", "Qty", "Unit cost", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026", "Total (USD)"],
    &["Officer", "4", "2500", "2500", "2500", "2500", "2500", "10000"],
    &["Kits", "100", "20", "1500", "", "-", "500", "2000"],
    &["Total", "", "", "4000", "2500", "2500", "3000", "12000"],
];

/// The same with one cell changed.
fn with<'c>(cells: Cells<'c>, row: usize, column: usize, text: &'c str) -> Vec<Vec<&'c str>> {
    let mut changed: Vec<Vec<&str>> = cells.iter().map(|row| row.to_vec()).collect();
    changed[row][column] = text;
    changed
}

fn read_changed(cells: &[Vec<&str>], mapping: &str) -> Imported {
    read(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>(), mapping)
}

#[test]
fn quarters_beside_a_total_are_kept_and_a_blank_one_is_nothing() {
    let imported = read(QUARTERS, "");
    assert_eq!((total(&imported).as_str(), said(&imported)), ("12000", vec![]));
    let plan = imported.plan.as_ref().unwrap();
    assert_eq!(spread(plan), ["Officer: 2026 2500 2500 2500 2500", "Kits: 2026 1500 0 0 500"]);
    assert_eq!(plan.lines[0].spread.as_ref().unwrap().by, Step::Quarter);
    assert!(imported.recognised[0].contains("\n  D   2026-Q1      Q1 2026\n"), "{}", imported.recognised[0]);
    assert_eq!(imported.mapping.tables[0].columns["G"], "2026-Q4");
    // What was recognised is a mapping that leads to the same.
    let again = read(QUARTERS, &imported.mapping.text("b.xlsx"));
    assert_eq!(again.plan, imported.plan);
}

#[test]
fn parts_that_do_not_add_up_are_found_at_their_cells() {
    let imported = read_changed(&with(QUARTERS, 2, 6, "400"), "");
    let said = said(&imported);
    assert_eq!(said[0], "b.xlsx:B!G4: error[subtotal]: `Total` of 2026-Q4 is 3,000, but its 2 lines come to 2,900: 100 more");
    assert!(
        said[1].starts_with("b.xlsx:B!H3: error[spread-mismatch]: ") && said[1].contains("2,000") && said[1].contains("1,900"),
        "{said:?}"
    );
    assert_eq!(said.len(), 2);
    let report = imported.plan.as_ref().unwrap().check().findings;
    let places = report[0].labels.iter().filter_map(|label| imported.source.cell(label.span?.start())).collect::<Vec<_>>();
    // The total; the amount of the first quarter, the dash and the last one. Nothing stands in the second.
    assert_eq!(places, ["B!H3", "B!D3", "B!F3", "B!G3"]);
}

#[test]
fn without_a_total_the_amount_is_the_sum_and_that_is_said() {
    let cells: Cells<'_> = &[
        &["Budget in USD"],
        &["Description", "Enero 2026", "Febrero 2026", "Marzo 2026"],
        &["Officer", "100.5", "100.5", "99"],
        &["Kits", "", "50", "n/a"],
        &["Total", "100.5", "150.5", "99"],
    ];
    let imported = read_changed(&with(cells, 3, 3, "7"), "");
    assert_eq!(total(&imported), "357");
    assert_eq!(spread(imported.plan.as_ref().unwrap()), ["Officer: 2026-Q1 100.5 100.5 99", "Kits: 2026-Q1 0 50 7"]);
    assert_eq!(
        said(&imported),
        [
            "b.xlsx:B!B2: note[table]: no column holds the whole amount of a line: it is the sum of B `Enero 2026`, C `Febrero 2026`, D `Marzo 2026`",
            "b.xlsx:B!D5: error[subtotal]: `Total` of 2026-03 is 99, but its 2 lines come to 106: 7 less",
        ]
    );
    // What is not known is not nothing.
    assert!(
        said(&read(cells, "")).contains(
            &"b.xlsx:B!D4: warning[table]: what is spent in a period is not known, and the line is not spread".to_owned()
        )
    );
}

const YEARS: Cells<'_> = &[
    &["Description", "Year 1", "Year 2", "Total (USD)"],
    &["Officer", "6000", "4000", "10000"],
    &["Kits", "500", "1500", "2000"],
    &["Total", "6500", "5500", "12000"],
];

#[test]
fn years_of_no_calendar_are_held_against_the_total_and_kept_where_the_mapping_says_when_the_plan_is() {
    let left_out = "b.xlsx:B!B1: warning[table]: amounts by period are left out of the plan: B `Year 1`, C `Year 2`: nothing says of which year they are";
    let imported = read(YEARS, "");
    assert_eq!((total(&imported).as_str(), said(&imported)), ("12000", vec![left_out.to_owned()]));
    assert_eq!(spread(imported.plan.as_ref().unwrap()), ["Officer: -", "Kits: -"]);
    let wrong = read_changed(&with(YEARS, 1, 2, "3000"), "");
    assert_eq!(
        said(&wrong),
        [
            left_out,
            "b.xlsx:B!D2: error[spread-mismatch]: Officer comes to 10,000, but its parts add up to 9,000",
            "b.xlsx:B!C4: error[subtotal]: `Total` of `Year 2` is 5,500, but its 2 lines come to 4,500: 1,000 more",
        ]
    );
    let kept = ["Officer: 2026/2027 6000 4000", "Kits: 2026/2027 500 1500"];
    let of_plan = read(YEARS, "[plan]\nduration = \"2026/2027\"\n");
    assert_eq!((spread(of_plan.plan.as_ref().unwrap()), said(&of_plan)), (kept.map(str::to_owned).to_vec(), vec![]));
    assert_eq!(of_plan.plan.as_ref().unwrap().header.duration.as_ref().unwrap().to_string(), "2026-01-01 to 2027-12-31");
    // The mapping that was written, with the duration added; or with the columns named.
    let written = imported.mapping.text("b.xlsx");
    assert!(written.contains("B = \"part\"\nC = \"part\""), "{written}");
    let added = written.replace("currency = \"USD\"", "currency = \"USD\"\nduration = \"2026/2027\"");
    assert_eq!(spread(read(YEARS, &added).plan.as_ref().unwrap()), kept);
    let named = written.replacen("\"part\"", "\"2026\"", 1).replacen("\"part\"", "\"2027\"", 1);
    assert_eq!(spread(read(YEARS, &named).plan.as_ref().unwrap()), kept);
    // Years that begin in April are no years of the calendar.
    assert_eq!(said(&read(YEARS, "[plan]\nduration = \"2026-04/2028-03\"\n")), [left_out]);
}

#[test]
fn periods_that_leave_one_out_overlap_or_are_in_disorder_are_not_kept() {
    let heads = |one: &'static str, two: &'static str, last: &'static str| -> (String, Vec<String>) {
        let cells: Cells<'_> = &[&["Description", one, two, last], &["Officer", "1", "2", "3"], &["Kits", "4", "5", "9"]];
        let imported = read(cells, "[plan]\ncurrency = \"USD\"\n");
        assert!(imported.plan.iter().all(|plan| plan.lines.iter().all(|line| line.spread.is_none())));
        (total(&imported), said(&imported))
    };
    let left_out = |columns: &str, why: &str| format!("amounts by period are left out of the plan: {columns}: {why}");
    for (one, two, why) in [
        ("Q1 2026", "Q3 2026", "one between them is missing"),
        ("Q2 2026", "Q1 2026", "they are not in their order"),
        ("2026", "Q1 2026", "they overlap"),
        ("Q1 2026", "H2 2026", "they are not all months, all quarters, all half-years or all calendar years"),
    ] {
        let (total, said) = heads(one, two, "Total");
        assert_eq!((total.as_str(), said.len()), ("12", 1), "{one}, {two}: {said:?}");
        assert!(said[0].starts_with("b.xlsx:B!B1: warning[table]: "), "{said:?}");
        assert!(said[0].ends_with(&left_out(&format!("B `{one}`, C `{two}`"), why)), "{said:?}");
    }
    // Without a total what overlaps cannot be added up.
    let (total, said) = heads("2026", "Q1 2026", "Q2 2026");
    assert_eq!(total, "no plan");
    assert!(said[0].starts_with("b.xlsx:B!B1: error[table]: ") && said[0].ends_with("they overlap"), "{said:?}");
    let (total, said) = heads("Q1", "Q2", "Q3");
    assert_eq!((total.as_str(), said.len()), ("24", 2), "{said:?}");
}

#[test]
fn headings_that_call_the_years_costs_are_parts_where_the_total_proves_it() {
    let cells: Cells<'_> = &[
        &["Description", "Qty", "Unit cost", "Budget 2026 (USD)", "Budget 2027", "Total cost"],
        &["Officer", "2", "5000", "6000", "4000", "10000"],
        &["Kits", "100", "20", "500", "1500", "2000"],
    ];
    let imported = read(cells, "");
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(spread(imported.plan.as_ref().unwrap()), ["Officer: 2026/2027 6000 4000", "Kits: 2026/2027 500 1500"]);
}

#[test]
fn years_that_stand_over_quarters_are_theirs() {
    let cells: Cells<'_> = &[
        &["Description", "Unit", "2026", "", "2027", "", "Total (USD)"],
        &["", "", "Q3", "Q4", "Q1", "Q2", ""],
        &["Officer", "month", "1", "2", "3", "4", "10"],
        &["Kits", "kit", "5", "6", "7", "8", "26"],
    ];
    let imported = read(cells, "");
    assert_eq!(said(&imported), [""; 0]);
    let period = "2026-07-01/2027-06-30";
    assert_eq!(
        spread(imported.plan.as_ref().unwrap()),
        [format!("Officer: {period} 1 2 3 4"), format!("Kits: {period} 5 6 7 8")]
    );
}

#[test]
fn offices_by_years_are_lines_and_years_never_outcomes() {
    let cells: Cells<'_> = &[
        &["Regional plan (USD)"],
        &["Office", "2026", "2027", "Total"],
        &["Peru", "100", "200", "300"],
        &["Chile", "50", "-", "50"],
        &["Total", "150", "200", "350"],
    ];
    let imported = read(cells, "");
    assert_eq!((total(&imported).as_str(), said(&imported)), ("350", vec![]));
    let plan = imported.plan.as_ref().unwrap();
    let offices: Vec<&str> = plan.lines.iter().map(|line| line.office.as_str()).collect();
    assert_eq!((offices, plan.heads.len(), plan.outcomes.len()), (vec!["peru", "chile"], 1, 0));
    assert_eq!(spread(plan), ["Peru: 2026/2027 100 200", "Chile: 2026/2027 50 0"]);
    // The printed total of a year is a statement about its column.
    let wrong = read_changed(&with(cells, 4, 1, "160"), "");
    assert_eq!(said(&wrong), ["b.xlsx:B!B5: error[subtotal]: `Total` of 2026 is 160, but its 2 lines come to 150: 10 more"]);
    let one: Cells<'_> = &[&["Office", "2026"], &["Peru", "100"], &["Chile", "50"], &["Total", "150"]];
    let imported = read(one, "[plan]\ncurrency = \"USD\"\n");
    assert_eq!((total(&imported).as_str(), said(&imported)), ("150", vec![]));
    assert_eq!(spread(imported.plan.as_ref().unwrap()), ["Peru: 2026", "Chile: 2026"]);
    assert_eq!(read(one, &imported.mapping.text("b.xlsx")).plan, imported.plan);
}

#[test]
fn results_by_years_are_lines_of_one_office() {
    let cells: Cells<'_> = &[&["Outcome", "2026", "2027"], &["1. Water", "100", "200"], &["2. Shelter", "50", "25"]];
    let imported = read(cells, "[plan]\ncurrency = \"USD\"\n[[table]]\nsheet = \"B\"\noffice = \"Peru\"\n");
    let plan = imported.plan.as_ref().unwrap();
    assert_eq!((total(&imported).as_str(), plan.offices[0].id.as_str(), plan.heads.len()), ("375", "peru", 2));
    assert_eq!(spread(plan), ["1. Water: 2026/2027 100 200", "2. Shelter: 2026/2027 50 25"]);
}

#[test]
fn periods_in_a_matrix_that_is_no_list_are_asked_about() {
    let unnamed: Cells<'_> =
        &[&["", "2026", "2027", "Total (USD)"], &["Peru", "100", "200", "300"], &["Chile", "50", "25", "75"]];
    let imported = read(unnamed, "");
    assert_eq!(total(&imported), "no plan");
    assert_eq!(said(&imported), ["b.xlsx:B!B1: error[table]: `2026` in `B` is a period, and no result or office"]);
    let named = "[[table]]\nsheet = \"B\"\nlayout = \"lines\"\nheader = 1\ncolumns = { A = \"office\", B = \"2026\", C = \"2027\", D = \"amount\" }\n";
    assert_eq!(total(&read(unnamed, named)), "375");
    let down: Cells<'_> = &[&["Period", "Peru", "Chile"], &["Q1 2026", "100", "200"], &["Q2 2026", "50", "25"]];
    assert_eq!(
        said(&read(down, "[plan]\ncurrency = \"USD\"\n")),
        ["b.xlsx:B!A2: error[table]: `Q1 2026` in `B` is a period, and no result or office"]
    );
    // Strategic objectives by their letters are results.
    let objectives: Cells<'_> =
        &[&["Office", "S1", "S2", "Total (USD)"], &["Peru", "100", "200", "300"], &["Chile", "50", "25", "75"]];
    assert_eq!(read(objectives, "").plan.unwrap().heads.len(), 2);
}

#[test]
fn a_table_of_figures_by_years_beside_a_list_is_no_part_of_the_budget() {
    let list: Cells<'_> = &[&["Description", "Qty", "Unit cost", "Total (USD)"], &["Officer", "2", "5000", "10000"]];
    let people: Cells<'_> = &[&["Country", "2024", "2025"], &["Peru", "100", "200"], &["Chile", "50", "25"]];
    let bytes = book(&[("Lines", "", &rows(list)), ("People", "", &rows(people))]);
    let imported = import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::default());
    assert_eq!(total(&imported), "10000");
    assert_eq!(
        said(&imported),
        ["b.xlsx: warning[table]: the sheet `People` holds figures, and is not taken for a part of the budget"]
    );
}

#[test]
fn months_that_a_workbook_holds_as_days_are_months() {
    // Days are numbers with the format of a day: 46023 is the first of January 2026.
    let cells: Cells<'_> =
        &[&["Description", "46023", "46054", "Total (USD)"], &["Officer", "1", "2", "3"], &["Kits", "4", "5", "9"]];
    let xml =
        rows(cells).replace(r#"<c r="B1"><v>"#, r#"<c r="B1" s="2"><v>"#).replace(r#"<c r="C1"><v>"#, r#"<c r="C1" s="2"><v>"#);
    let imported = import(Document::of_bytes("b.xlsx", &book(&[("B", "", &xml)])).unwrap(), &Mapping::default());
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(
        spread(imported.plan.as_ref().unwrap()),
        ["Officer: 2026-01-01/2026-02-28 1 2", "Kits: 2026-01-01/2026-02-28 4 5"]
    );
}

#[test]
fn shares_of_a_period_are_no_amounts() {
    let cells = with(QUARTERS, 2, 3, "75%");
    let imported = read_changed(&cells, "");
    assert!(
        said(&imported).contains(&"b.xlsx:B!D3: error[not-a-number]: `75%` is a share among amounts".to_owned()),
        "{:?}",
        said(&imported)
    );
    assert_eq!(total(&imported), "no plan");
}
