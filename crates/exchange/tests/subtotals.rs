//! Subtotals that a list prints: those of a result or an office are statements of the plan, each at its cell.

use logframe::{Plan, Source};
use logframe_exchange::Imported;

use crate::sheets::{Cells, read, said};

/// What is declared: of which offices and results, how much, and in which cell.
fn declared(imported: &Imported) -> Vec<String> {
    let plan = imported.plan.as_ref().unwrap();
    let ids = |ids: &Option<Vec<logframe::Spanned<logframe::Id>>>| {
        ids.as_ref().map_or("all".to_owned(), |ids| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("+"))
    };
    let cell = |span: Option<logframe::Span>| span.and_then(|span| imported.source.cell(span.start())).unwrap_or_default();
    let shown = |s: &logframe::Statement| {
        format!("{} / {}: {} {}", ids(&s.scope.offices), ids(&s.scope.results), s.value.value, cell(s.value.span))
    };
    plan.statements().iter().map(shown).collect()
}

const HEAD: &[&str] = &["Description", "Qty", "Unit cost", "Total (USD)"];
const SECTIONS: Cells<'_> = &[
    HEAD,
    &["1. Water"],
    &["Wells", "2", "50", "100"],
    &["Pumps", "4", "25", "100"],
    &["Subtotal 1", "", "", "200"],
    &["2. Shelter"],
    &["Tents", "3", "10", "30"],
    &["Subtotal 2", "", "", "30"],
    &["TOTAL", "", "", "230"],
];

fn with<'c>(cells: Cells<'c>, row: usize, column: usize, text: &'c str) -> Vec<Vec<&'c str>> {
    let mut changed: Vec<Vec<&str>> = cells.iter().map(|row| row.to_vec()).collect();
    changed[row][column] = text;
    changed
}

#[test]
fn the_subtotal_of_a_section_is_what_a_result_is_printed_as() {
    let imported = read(&[("B", SECTIONS)], "");
    assert_eq!(declared(&imported), ["b / all: 230 B!D9", "all / 1: 200 B!D5", "all / 2: 30 B!D8"]);
    assert_eq!(said(&imported), [""; 0]);
    let changed = with(SECTIONS, 4, 3, "210");
    let wrong = read(&[("B", &changed.iter().map(Vec::as_slice).collect::<Vec<_>>())], "");
    let said = said(&wrong);
    assert!(said[0].starts_with("b.xlsx:B!D5: error[declared-total]: ") && said[0].contains("printed as 210"), "{said:?}");
    assert_eq!(said.len(), 1);
    // What is kept is in the plan that is written.
    let text = imported.plan.as_ref().unwrap().to_toml();
    assert_eq!(Plan::parse(&Source::new("p.toml", text)).plan.unwrap().statements().len(), 3);
}

#[test]
fn a_section_that_several_sheets_have_is_of_each_office() {
    let more = [
        (2, 1, "4"),
        (2, 3, "200"),
        (3, 1, "2"),
        (3, 3, "50"),
        (4, 3, "250"),
        (6, 1, "5"),
        (6, 3, "50"),
        (7, 3, "50"),
        (8, 3, "300"),
    ];
    let mut chile: Vec<Vec<&str>> = SECTIONS.iter().map(|row| row.to_vec()).collect();
    more.iter().for_each(|(row, column, text)| chile[*row][*column] = text);
    let chile: Vec<&[&str]> = chile.iter().map(Vec::as_slice).collect();
    let imported = read(&[("Peru", SECTIONS), ("Chile", &chile)], "");
    assert_eq!(
        declared(&imported),
        [
            "peru / all: 230 Peru!D9",
            "peru / 1: 200 Peru!D5",
            "peru / 2: 30 Peru!D8",
            "chile / all: 300 Chile!D9",
            "chile / 1: 250 Chile!D5",
            "chile / 2: 50 Chile!D8",
        ]
    );
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn subtotals_of_offices_in_one_list_are_theirs() {
    let cells: Cells<'_> = &[
        &["Office", "Outcome", "Amount (USD)"],
        &["Peru", "Water", "100"],
        &["Peru", "Shelter", "50"],
        &["Subtotal Peru", "", "150"],
        &["Chile", "Water", "7"],
        &["Chile", "Shelter", "3"],
        &["Subtotal Chile", "", "11"],
        &["Total", "", "160"],
    ];
    let imported = read(&[("B", cells)], "");
    assert_eq!(declared(&imported), ["all / all: 160 B!C8", "peru / all: 150 B!C4", "chile / all: 11 B!C7"]);
    let said = said(&imported);
    assert!(said[0].starts_with("b.xlsx:B!C7: error[declared-total]: Chile is printed as 11"), "{said:?}");
}

#[test]
fn totals_above_their_lines_say_what_these_are_for() {
    let cells: Cells<'_> = &[
        HEAD,
        &["TOTAL", "", "", "230"],
        &["1. Water", "", "", "200"],
        &["Wells", "2", "50", "100"],
        &["Pumps", "4", "25", "100"],
        &["2. Shelter", "", "", "30"],
        &["Tents", "2", "10", "20"],
        &["Ropes", "1", "10", "10"],
    ];
    let imported = read(&[("B", cells)], "");
    assert_eq!(declared(&imported), ["b / all: 230 B!D2", "all / 1: 200 B!D3", "all / 2: 30 B!D6"]);
    assert_eq!(said(&imported), [""; 0]);
}

#[test]
fn subtotals_of_categories_and_of_some_lines_are_checked_and_not_kept() {
    let cells: Cells<'_> = &[
        HEAD,
        &["A. Staff"],
        &["Officer", "2", "50", "100"],
        &["Subtotal A", "", "", "101"],
        &["B. Travel"],
        &["Flights", "3", "10", "30"],
        &["Subtotal B", "", "", "30"],
        &["TOTAL", "", "", "130"],
    ];
    let imported = read(&[("B", cells)], "");
    assert_eq!(declared(&imported), ["b / all: 130 B!D8"]);
    assert_eq!(said(&imported), ["b.xlsx:B!D4: error[subtotal]: `Subtotal A` is 101, but its line comes to 100: 1 more"]);
}

#[test]
fn a_subtotal_that_rounding_explains_is_said_and_not_declared() {
    let changed = with(SECTIONS, 4, 3, "201");
    let imported = read(&[("B", &changed.iter().map(Vec::as_slice).collect::<Vec<_>>())], "[plan]\nunit = \"1\"\n");
    assert_eq!(declared(&imported), ["b / all: 230 B!D9", "all / 2: 30 B!D8"]);
    assert_eq!(
        said(&imported),
        ["b.xlsx:B!D5: note[subtotal]: `Subtotal 1` is 201, but its 2 lines come to 200: 1 more, within rounding"]
    );
}
