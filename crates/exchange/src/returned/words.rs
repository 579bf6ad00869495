//! Cells, lines and formulas in words.

use logframe::Span;

use super::shown::Shows;
use super::view::{Place, Views};
use super::{first_in, named};
use crate::workbook::Workbook;

/// Cells that one finding names.
const NAMED: usize = 3;

/// Characters of a formula that are shown before it is shortened, and of those before the first that differs.
pub const LONG: usize = 70;
const BEFORE: usize = 20;

/// Where a cell stands; where it is empty, the first of its row.
pub fn span(workbook: &Workbook, views: &Views<'_>, (sheet, row, column): Place) -> Option<Span> {
    let sheet = views.list.get(sheet)?.sheet;
    let own = workbook.at(sheet, row, column).filter(|field| !field.is_blank()).map(|field| field.span);
    own.or_else(|| first_in(workbook, sheet, row))
}

pub fn name(views: &Views<'_>, (sheet, row, column): Place) -> String {
    views.list.get(sheet).map(|view| named(view.sheet, row, column)).unwrap_or_default()
}

pub fn showing(shows: &Shows) -> String {
    match shows {
        Shows::Other { shows, is } => format!("; it shows {shows}, and the plan works out {is}"),
        Shows::Right | Shows::Nothing => String::new(),
    }
}

pub fn likewise(more: usize, what: &str) -> String {
    match more {
        0 => String::new(),
        1 => format!("; another cell of its column {}", what.replacen("were", "was", 1)),
        more => format!("; {more} more cells of its column {what}"),
    }
}

/// `; Budget!C5, Budget!G5, Budget!C7 and 9 more do not either`.
pub fn and_more(names: impl Iterator<Item = String>, one: &str, several: &str) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => format!("; {name} {one}"),
        [first @ .., last] if first.len() < NAMED => format!("; {} and {last} {several}", first.join(", ")),
        all => format!("; {} and {} more {several}", all.get(..NAMED).unwrap_or_default().join(", "), all.len() - NAMED),
    }
}

/// `the budget lines that were added in rows 7 and 9`.
pub fn lines_in(views: &Views<'_>, sheet: usize, rows: &[u32]) -> String {
    let sheet = views.list.get(sheet).map(|view| view.sheet.name.as_str()).unwrap_or_default();
    let mut rows: Vec<u32> = rows.iter().map(|row| row + 1).collect();
    rows.sort_unstable();
    rows.dedup();
    match rows.as_slice() {
        [row] => format!("the budget line that was added in row {row} of `{sheet}`"),
        [first, last] => format!("the budget lines that were added in rows {first} and {last} of `{sheet}`"),
        [first, .., last] => {
            format!("the {} budget lines that were added in rows {first} to {last} of `{sheet}`", rows.len())
        }
        [] => String::new(),
    }
}

/// Two formulas as they can be read beside each other: long ones around what first differs in them.
pub fn shortened(a: &str, b: &str) -> [String; 2] {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(BEFORE);
    let around = |text: &str| {
        if text.chars().count() <= LONG {
            return text.to_owned();
        }
        let (start, dots) = if start == 0 { (0, "") } else { (start, "…") };
        let kept: String = text.chars().skip(start).take(LONG).collect();
        let more = if start + LONG < text.chars().count() { "…" } else { "" };
        format!("{dots}{kept}{more}")
    };
    [around(a), around(b)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_formulas_are_shown_around_what_differs() {
        assert_eq!(shortened("=SUM(A1:A9)", "=SUM(A1:A8)"), ["=SUM(A1:A9)", "=SUM(A1:A8)"]);
        let long = format!("=SUM({}B9)", "A1,".repeat(30));
        let [was, is] = shortened(&long, &long.replace("B9", "B8"));
        assert_eq!((was.as_str(), is.as_str()), ("…,A1,A1,A1,A1,A1,A1,B9)", "…,A1,A1,A1,A1,A1,A1,B8)"));
    }

    #[test]
    fn cells_are_named_up_to_three() {
        let said = |count: usize| and_more((1..=count).map(|at| format!("A{at}")), "does", "do");
        assert_eq!([0, 1, 2, 3].map(said), ["", "; A1 does", "; A1 and A2 do", "; A1, A2 and A3 do"]);
        assert_eq!(said(5), "; A1, A2, A3 and 2 more do");
    }
}
