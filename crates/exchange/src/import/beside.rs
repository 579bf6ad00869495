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
    let name = |at: &usize| table.columns.get(*at).map_or("", |name| name.value.as_str());
    let says_money = |at: &usize| names_currency(name(at)) || Column::of(name(at)) == Some(Column::Amount);
    // What is counted can be what money is for, too: `Schools`.
    let can_tell = table.total_column.is_some() || all.iter().any(says_money);
    let is_counted = |at: &usize| counts_people(name(at)) || (can_tell && counts_things(name(at)));
    let (counted, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| is_counted(at));
    let are_held = |total| add_up(table, total, &all) || (!counted.is_empty() && is_nearer(table, total, &all, &rest));
    if rest.is_empty() || table.total_column.is_some_and(are_held) {
        return Vec::new();
    }
    let (money, others): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| names_currency(name(at)));
    let are_of_money = table.total_column.is_some_and(|total| add_up(table, total, &money));
    if counted.is_empty() && !money.is_empty() && are_of_money { others } else { counted }
}

/// Columns that are money by the currency or the amount that they name, or else by not being what is counted; and the others, of which nothing
/// tells whether they are: no total of the rows does.
pub fn without_currency(table: &PrintedTable) -> (Vec<usize>, Vec<usize>) {
    let name = |at: &usize| table.columns.get(*at).map_or("", |name| name.value.as_str());
    let all = leaves(table);
    let parted = |is_money: &dyn Fn(&str) -> bool| all.iter().partition(|at| is_money(name(at)));
    let (mut money, mut others): (Vec<usize>, Vec<usize>) = parted(&names_currency);
    if money.is_empty() {
        (money, others) = parted(&|name| Column::of(name) == Some(Column::Amount));
    }
    if money.is_empty() {
        (money, others) = parted(&|name| !counts_things(name));
    }
    let is_told = |at: &usize| names_amounts(name(at)) || speaks_of_results(name(at));
    others.retain(|at| !is_told(at));
    if money.is_empty() || table.total_column.is_some() {
        others.clear();
    }
    (money, others)
}

/// Whether a total is nearer to some columns than to others in most rows.
fn is_nearer(table: &PrintedTable, total: usize, to: &[usize], than: &[usize]) -> bool {
    let off = |row: usize, parts: &[usize]| {
        let sum = Decimal::exact_sum(parts.iter().map(|part| number(table, row, *part)).collect::<Option<Vec<_>>>()?)?;
        Some(number(table, row, total)?.exact_sub(sum)?.abs())
    };
    let nearer = |row: &usize| off(*row, to).zip(off(*row, than)).is_some_and(|(to, than)| to < than);
    (0..table.rows.len()).filter(nearer).count() * 2 > table.rows.len()
}

/// What stands where a row and a column meet; nothing counts as zero.
fn number(table: &PrintedTable, row: usize, column: usize) -> Option<Decimal> {
    match table.cell(row, column) {
        PrintedCell::Amount(number) => Some(number),
        PrintedCell::None | PrintedCell::Blank => Some(Decimal::ZERO),
        PrintedCell::NotAvailable => None,
    }
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
    let sums: HashSet<usize> = table.row_sums.iter().map(|sum| sum.at).collect();
    let rows = (0..table.rows.len()).filter(|row| !sums.contains(row));
    let mut told = 0;
    for row in rows {
        let figures: Option<Vec<Decimal>> = parts.iter().map(|part| number(table, row, *part)).collect();
        let Some((figures, own)) = figures.zip(number(table, row, at)) else { return false };
        if Decimal::exact_sum(figures.iter().copied()) != Some(own) {
            return false;
        }
        told += usize::from(figures.iter().filter(|figure| !figure.is_zero()).count() > 1);
    }
    told > 1
}

/// Whether a heading is one of things that are counted.
fn counts_things(heading: &str) -> bool {
    THINGS.contains(&spoken(heading).trim().to_lowercase().as_str())
}

/// Headings of what is counted, if nothing else says that it is money.
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
