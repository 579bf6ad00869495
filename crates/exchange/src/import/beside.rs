//! Columns of a table that are no part of its money: people who are counted, and figures that others already hold.

use logframe::Decimal;
use std::collections::HashSet;

use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};

/// Columns up to which each is compared with each.
const MOST: usize = 24;

/// A table without some of its columns, which are named in order.
pub fn without(table: &PrintedTable, left: &[usize]) -> PrintedTable {
    let mut one = table.clone();
    let kept: Vec<usize> = (0..table.columns.len()).filter(|at| left.binary_search(at).is_err()).collect();
    let moved = |at: usize| kept.binary_search(&at).ok();
    one.columns = kept.iter().filter_map(|at| table.columns.get(*at).cloned()).collect();
    one.cells = table.cells.iter().map(|row| kept.iter().filter_map(|at| row.get(*at).copied()).collect()).collect();
    let sum = |sum: &LineSum| Some(LineSum { at: moved(sum.at)?, parts: sum.parts.iter().filter_map(|at| moved(*at)).collect() });
    one.column_sums = table.column_sums.iter().filter_map(sum).collect();
    one.total_column = table.total_column.and_then(moved);
    one
}

/// Columns that count people or things by their headings, and that the totals of rows do not hold.
pub fn counted(table: &PrintedTable) -> Vec<usize> {
    let counts = |at: &usize| table.columns.get(*at).is_some_and(|name| counts_people(&name.value));
    let counted: Vec<usize> = leaves(table).into_iter().filter(counts).collect();
    let is_in_totals = table.total_column.is_some_and(|total| {
        let parts: Vec<usize> = leaves(table);
        add_up(table, total, &parts)
    });
    if is_in_totals || counted.len() == leaves(table).len() { Vec::new() } else { counted }
}

/// A column that comes to some others together, and those: not all of them are parts of one budget.
pub fn repeated(table: &PrintedTable) -> Option<(usize, Vec<usize>)> {
    let leaves = leaves(table);
    if leaves.len() < 3 || leaves.len() > MOST {
        return None;
    }
    let others = |at: usize| leaves.iter().copied().filter(move |other| *other != at);
    leaves.iter().copied().find_map(|at| {
        let all: Vec<usize> = others(at).collect();
        let mut pairs = all.iter().enumerate().flat_map(|(i, one)| all.iter().skip(i + 1).map(|other| vec![*one, *other]));
        let found = pairs.find(|pair| add_up(table, at, pair)).or_else(|| Some(all.clone()).filter(|all| add_up(table, at, all)));
        found.map(|parts| (at, parts))
    })
}

/// The columns that are no sums.
fn leaves(table: &PrintedTable) -> Vec<usize> {
    let sums: HashSet<usize> = table.column_sums.iter().map(|sum| sum.at).collect();
    (0..table.columns.len()).filter(|at| !sums.contains(at)).collect()
}

/// Whether a column is what some others come to, in every row; in two rows at least more than one of them has a figure.
fn add_up(table: &PrintedTable, at: usize, parts: &[usize]) -> bool {
    let number = |row: usize, column: usize| match table.cell(row, column) {
        PrintedCell::Amount(number) => Some(number),
        PrintedCell::None | PrintedCell::Blank => Some(Decimal::ZERO),
        PrintedCell::NotAvailable => None,
    };
    let sums: HashSet<usize> = table.row_sums.iter().map(|sum| sum.at).collect();
    let rows = (0..table.rows.len()).filter(|row| !sums.contains(row));
    let mut told = 0;
    for row in rows {
        let figures: Option<Vec<Decimal>> = parts.iter().map(|part| number(row, *part)).collect();
        let Some((figures, own)) = figures.zip(number(row, at)) else { return false };
        if Decimal::exact_sum(figures.iter().copied()) != Some(own) {
            return false;
        }
        told += usize::from(figures.iter().filter(|figure| !figure.is_zero()).count() > 1);
    }
    told > 1
}

/// Whether a heading says that people or things are counted below it.
fn counts_people(heading: &str) -> bool {
    const WORDS: [&str; 14] = [
        "beneficiar",
        "bénéficiair",
        "people",
        "persons",
        "personnes",
        "personas",
        "individuals",
        "households",
        "ménages",
        "hogares",
        "participants",
        "headcount",
        "fte",
        "population",
    ];
    const COUNTS: [&str; 9] = ["no. of", "nr. of", "number of", "# of", "(no.)", "(nr.)", "(#)", "nombre de", "número de"];
    let lower = heading.to_lowercase();
    let names_result = ["outcome", "output", "objective", "result", "cost", "budget"].iter().any(|word| lower.contains(word));
    let is_counted = COUNTS.iter().any(|words| lower.contains(words)) || WORDS.iter().any(|word| lower.starts_with(word));
    is_counted && !names_result && lower.chars().count() <= 40
}
