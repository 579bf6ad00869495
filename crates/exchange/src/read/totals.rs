//! Which rows and columns of a table are totals, and what is said about that.

use std::collections::HashSet;

use logframe::reconciliation::{PrintedCell, PrintedTable};
use logframe::{Decimal, Spanned};

use super::{ASIDE, ReadingOn};
use crate::options::Pick;
use crate::sums::{Found, Lines};

impl ReadingOn<'_> {
    pub(super) fn sums(&mut self, table: &mut PrintedTable) {
        let figure = |row: usize, column: usize| match table.cell(row, column) {
            PrintedCell::Amount(number) => Some(number),
            PrintedCell::None | PrintedCell::Blank => Some(Decimal::ZERO),
            PrintedCell::NotAvailable => None,
        };
        let decimals = table.cells.iter().flatten().map(|cell| match cell.value {
            PrintedCell::Amount(number) => number.normalized().decimals(),
            _ => 0,
        });
        let finest = Decimal::of_steps(1, decimals.max().unwrap_or_default()).unwrap_or_default();
        let step = self.options.how.unit.unwrap_or(finest);
        let (rows, columns) = (names(&table.rows), names(&table.columns));
        let across = |column: usize, row: usize| figure(row, column);
        let crossings = columns.len();
        let lines = Lines { names: rows, crossings, figure: &figure, step, trusts_words: true, sums_across: HashSet::new() };
        let of_rows = lines.find(&self.options.row());
        let sums_across = of_rows.sums.iter().map(|sum| sum.at).collect();
        let crossings = table.rows.len();
        let lines = Lines { names: columns, crossings, figure: &across, step, trusts_words: false, sums_across };
        let of_columns = lines.find(&self.options.column());
        self.tell(&of_rows, "row", &table.rows, &self.options.row());
        self.tell(&of_columns, "column", &table.columns, &self.options.column());
        (table.total_row, table.row_sums) = (of_rows.total, of_rows.sums);
        (table.total_column, table.column_sums) = (of_columns.total, of_columns.sums);
    }

    /// Says what was recognised without being declared, and what could not be.
    fn tell(&mut self, found: &Found, line: &str, lines: &[Spanned<String>], pick: &Pick) {
        let named = |at: &usize| lines.get(*at).map_or(("", None), |name| (name.value.as_str(), name.span));
        if let Some(name) = &found.unknown {
            let message = format!("no {line} is called `{name}`, and none has that number");
            let all: Vec<String> = lines.iter().take(20).map(|name| format!("`{}`", name.value)).collect();
            self.refuse::<()>(&message, None, &format!("there are {}", all.join(", ")));
        }
        if let (true, Some((name, span))) = (found.is_by_figures, found.total.as_ref().map(named)) {
            let message = format!("the last {line}, `{name}`, is taken for the total: it is what the others add up to");
            self.note(message, span, &format!("`--total-{line} none` says that it is not"));
        }
        if let Some((_, span)) = found.silent.first().map(named) {
            let message = format!(
                "{} taken for subtotals, as their figures show",
                listed(found.silent.iter().map(|at| named(at).0.to_owned()))
            );
            self.note(message, span, "no word says so, but the table adds up in no other way; `Subtotal` before a name says it");
        }
        for at in &found.without_parts {
            let (name, span) = named(at);
            self.note_of(
                ASIDE,
                format!("`{name}` is called a total, and nothing is there that it adds up"),
                span,
                "it is read as any other",
            );
        }
        if let (Some((name, span)), false) = (found.after_total.first().map(named), *pick == Pick::None) {
            let count = found.after_total.len();
            let lines = if count == 1 {
                format!("the {line} `{name}` follows")
            } else {
                format!("{count} {line}s from `{name}` on follow")
            };
            let message = format!("{lines} the total and {} taken to be no part of it", if count == 1 { "is" } else { "are" });
            self.note(message, span, &format!("`--total-{line}` names another"));
        }
    }
}

/// `` `a`, `b` and 3 more are ``: names in a sentence.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    const MOST: usize = 3;
    let (count, all) = (names.len(), names.take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
    match count {
        1 => format!("{all} is"),
        2..=MOST => format!("{all} are"),
        _ => format!("{all} and {} more are", count - MOST),
    }
}

fn names(lines: &[Spanned<String>]) -> Vec<String> {
    lines.iter().map(|name| name.value.clone()).collect()
}
