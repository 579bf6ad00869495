//! Texts of formulas: places and ranges of them.

use std::borrow::Cow;

use logframe::column_letters;

use super::digits::push_whole;

/// A place in a sheet, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub column: u16,
    pub row: u32,
}

impl At {
    pub fn new(row: u32, column: u16) -> Self {
        Self { column, row }
    }

    /// As in `B7`.
    pub fn name(self) -> String {
        self.behind(String::with_capacity(8))
    }

    /// As in `B$7`: the row stays where the formula is copied down.
    pub fn name_of_row(self) -> String {
        format!("{}${}", letters(self.column), self.row + 1)
    }

    /// As in `Rates!$C$5`: it is meant wherever the formula is copied to.
    pub fn fixed_on(self, sheet: &str) -> String {
        format!("{}!${}${}", quoted(sheet), letters(self.column), self.row + 1)
    }

    /// As in `Lines!B7`.
    pub fn name_on(self, sheet: &str) -> String {
        let mut prefix = quoted(sheet).into_owned();
        prefix.push('!');
        self.behind(prefix)
    }

    fn behind(self, mut text: String) -> String {
        text.push_str(&letters(self.column));
        push_whole(&mut text, u64::from(self.row) + 1);
        text
    }
}

pub fn letters(column: u16) -> Cow<'static, str> {
    const FIRST: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let column = usize::from(column);
    FIRST.get(column..=column).map_or_else(|| column_letters(column).into(), Cow::from)
}

/// What one formula takes, with some room: 255 arguments and 8,192 characters, in which the arguments can stand twice.
const MAX_PARTS: usize = 240;
const MAX_LENGTH: usize = 3_900;

/// The name of a sheet as formulas write it. What could be taken for a place or a number stands in quotes.
pub fn quoted(sheet: &str) -> Cow<'_, str> {
    let is_plain = sheet.len() > 3 && sheet.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_plain { sheet.into() } else { format!("'{}'", sheet.replace('\'', "''")).into() }
}

/// Cells of sheets as the arguments of one function, neighbours as ranges; cells of no named sheet are on the formula's own. `None` where
/// no formula can take so many.
pub fn arguments<'s>(sheets: impl Iterator<Item = (Option<&'s str>, Vec<At>)>) -> Option<String> {
    let of_sheet = |(sheet, cells): (Option<&str>, Vec<At>)| {
        let prefix = sheet.map(|sheet| format!("{}!", quoted(sheet))).unwrap_or_default();
        ranges(&cells).into_iter().map(move |range| format!("{prefix}{range}"))
    };
    let parts: Vec<String> = sheets.flat_map(of_sheet).collect();
    let text = parts.join(",");
    (!parts.is_empty() && parts.len() <= MAX_PARTS && text.len() <= MAX_LENGTH).then_some(text)
}

/// Cells of one column of a sheet, wherever the formula is copied to: `Lines!$C$5:$C$64`.
pub fn whole(sheet: &str, first: At, last: At) -> String {
    let (column, from, to) = (letters(first.column), first.row + 1, last.row + 1);
    format!("{}!${column}${from}:${column}${to}", quoted(sheet))
}

/// Cells as ranges: one where they are neighbours in a row, and otherwise those that stand under each other.
fn ranges(cells: &[At]) -> Vec<String> {
    let mut sorted = cells.to_vec();
    sorted.sort_unstable();
    let is_row = sorted.windows(2).all(|pair| matches!(pair, [a, b] if a.row == b.row && a.column + 1 == b.column));
    if is_row {
        return range(&sorted).into_iter().collect();
    }
    let runs = sorted.chunk_by(|a, b| a.column == b.column && a.row + 1 == b.row);
    runs.filter_map(range).collect()
}

/// From the first to the last.
fn range(run: &[At]) -> Option<String> {
    match run {
        [] => None,
        [one] => Some(one.name()),
        [first, .., last] => Some(format!("{}:{}", first.name(), last.name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_ranges() {
        let sum = |sheet, cells: &[At]| arguments(std::iter::once((sheet, cells.to_vec())));
        let down = [At::new(4, 2), At::new(5, 2), At::new(6, 2), At::new(9, 2)];
        assert_eq!(sum(None, &down).unwrap(), "C5:C7,C10");
        let across = [At::new(4, 2), At::new(4, 3), At::new(4, 4)];
        assert_eq!(sum(Some("Budget"), &across).unwrap(), "Budget!C5:E5");
        assert_eq!(sum(None, &[At::new(0, 27)]).unwrap(), "AB1");
        assert_eq!(sum(None, &[]), None);
        let scattered: Vec<At> = (0..600).map(|row| At::new(row * 2, 0)).collect();
        assert_eq!(sum(None, &scattered), None);
    }

    #[test]
    fn names_of_sheets_that_could_be_something_else_are_quoted() {
        assert_eq!(quoted("Lines"), "Lines");
        assert_eq!(quoted("SDG"), "'SDG'");
        assert_eq!(quoted("Côte d'Ivoire"), "'Côte d''Ivoire'");
    }
}
