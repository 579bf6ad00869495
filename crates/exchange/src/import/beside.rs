//! Columns of a table that are no part of its money: people who are counted, and figures that others already hold.

use std::collections::HashSet;

use logframe::Decimal;
use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};

use super::currency::names_currency;
use super::heading::{Column, speaks_of_results};
use crate::words::{names_amounts, spoken};

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

/// Columns that are no money: those that count people or things by their headings, unless the totals of rows hold them; and those that
/// no currency is named for, where the totals of rows are of the others.
pub fn no_money(table: &PrintedTable) -> Vec<usize> {
    let all = leaves(table);
    let is_total_of = |parts: &[usize]| table.total_column.is_some_and(|total| add_up(table, total, parts));
    let name = |at: &usize| table.columns.get(*at).map_or("", |name| name.value.as_str());
    let has_currency = |at: &usize| names_currency(name(at));
    let counted: Vec<usize> = all.iter().copied().filter(|at| counts(name(at))).collect();
    if counted.len() == all.len() || is_total_of(&all) {
        return Vec::new();
    }
    let (money, others): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| has_currency(at));
    if counted.is_empty() && !money.is_empty() && is_total_of(&money) { others } else { counted }
}

/// Columns that a currency is named for, or else that are called amounts, and those for which none is and that nothing else tells to be money; none of these where a total
/// of the rows holds them.
pub fn without_currency(table: &PrintedTable) -> (Vec<usize>, Vec<usize>) {
    let name = |at: &usize| table.columns.get(*at).map_or("", |name| name.value.as_str());
    let all = leaves(table);
    let (mut money, mut others): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| names_currency(name(at)));
    if money.is_empty() {
        (money, others) = all.iter().partition(|at| Column::of(name(at)) == Some(Column::Amount));
    }
    let is_told = |at: &usize| names_amounts(name(at)) || speaks_of_results(name(at));
    others.retain(|at| !is_told(at));
    if money.is_empty() || table.total_column.is_some() {
        others.clear();
    }
    (money, others)
}

/// Columns by their headings.
pub fn named(table: &PrintedTable, columns: &[usize]) -> String {
    let names = columns.iter().filter_map(|at| table.columns.get(*at));
    names.map(|name| format!("`{}`", name.value.escape_debug())).collect::<Vec<_>>().join(", ")
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
fn counts(heading: &str) -> bool {
    counts_people(heading) || THINGS.contains(&spoken(heading).trim().to_lowercase().as_str())
}

/// Headings of what is counted and never money.
const THINGS: [&str; 44] = [
    "schools",
    "écoles",
    "escuelas",
    "escolas",
    "hh",
    "hhs",
    "families",
    "familles",
    "familias",
    "famílias",
    "kits",
    "sites",
    "villages",
    "camps",
    "mt",
    "tonnes",
    "metric tons",
    "km",
    "qty",
    "quantity",
    "quantité",
    "cantidad",
    "quantidade",
    "menge",
    "nb",
    "nbre",
    "nombre",
    "anzahl",
    "units",
    "students",
    "pupils",
    "patients",
    "children",
    "cases",
    "людей",
    "осіб",
    "семей",
    "родин",
    "kişi",
    "hane",
    "عدد الأسر",
    "الأسر",
    "عدد",
    "code",
];

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
