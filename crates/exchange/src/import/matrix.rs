//! A table of offices and results, read as allocations and printed totals.

use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};
use logframe::{Cell, Decimal, Id, Severity, Shares, Spanned};

use super::shares::PrintedShares;
use super::work::{Work, add, declared, figure};

/// A table whose rows are one thing and whose columns the other.
pub struct Matrix<'t> {
    pub table: &'t PrintedTable,
    /// What printed totals are said to be from: the sheet.
    pub place: &'t str,
    /// Where each row stands, as the source of its office.
    pub source: &'t dyn Fn(usize) -> Option<String>,
    /// Whether offices are in the columns.
    pub is_turned: bool,
    /// By how much figures are multiplied: a thousand where headings say thousands.
    pub scale: Decimal,
    /// The shares that it prints, and the unit that they were rounded to.
    pub shares: Option<(Decimal, PrintedShares)>,
}

/// Either side of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Rows,
    Columns,
}

impl Side {
    pub(super) fn other(self) -> Self {
        if self == Self::Rows { Self::Columns } else { Self::Rows }
    }
}

impl Matrix<'_> {
    /// Adds all of it to a plan.
    pub fn read(&self, work: &mut Work) {
        let (of_offices, of_results) = if self.is_turned { (Side::Columns, Side::Rows) } else { (Side::Rows, Side::Columns) };
        let offices = self.ids(of_offices, |at, name| {
            let source = if self.is_turned { None } else { (self.source)(at) };
            work.office(&name.value, name.span, source.as_deref())
        });
        let results = self.ids(of_results, |_, name| work.result(&name.value, name.span));
        for (office_at, office) in offices.iter().enumerate() {
            for (result_at, result) in results.iter().enumerate() {
                if let (Some(office), Some(result)) = (office, result) {
                    self.cell(work, (office_at, office), (result_at, result));
                }
            }
        }
        self.totals(work, &offices, &results);
        self.subtotals(work, of_offices, &offices, &results);
        self.hold(work, of_results);
    }

    /// The ids of a side, `None` for lines that are sums.
    fn ids(&self, side: Side, mut id: impl FnMut(usize, &Spanned<String>) -> Spanned<Id>) -> Vec<Option<Spanned<Id>>> {
        let (names, sums) = self.side(side);
        let is_sum = |at: usize| sums.iter().any(|sum| sum.at == at);
        names.iter().enumerate().map(|(at, name)| (!is_sum(at)).then(|| id(at, name))).collect()
    }

    pub(super) fn side(&self, side: Side) -> (&[Spanned<String>], &[LineSum]) {
        match side {
            Side::Rows => (&self.table.rows, &self.table.row_sums),
            Side::Columns => (&self.table.columns, &self.table.column_sums),
        }
    }

    pub(super) fn total(&self, side: Side) -> Option<usize> {
        if side == Side::Rows { self.table.total_row } else { self.table.total_column }
    }

    /// What is printed where an office and a result meet, by their positions.
    fn printed(&self, office: usize, result: usize) -> (PrintedCell, Option<logframe::Span>) {
        let (row, column) = if self.is_turned { (result, office) } else { (office, result) };
        (self.table.cell(row, column), self.table.span(row, column))
    }

    /// What is printed where a line of a side meets one of the other.
    pub(super) fn met(&self, side: Side, line: usize, crossing: usize) -> (PrintedCell, Option<logframe::Span>) {
        let (row, column) = if side == Side::Rows { (line, crossing) } else { (crossing, line) };
        (self.table.cell(row, column), self.table.span(row, column))
    }

    fn cell(&self, work: &mut Work, (office_at, office): (usize, &Spanned<Id>), (result_at, result): (usize, &Spanned<Id>)) {
        let (printed, span) = self.printed(office_at, result_at);
        match printed {
            PrintedCell::Amount(_) => {
                if let Some(amount) = self.amount(work, printed, span) {
                    work.amount(office, result, Cell::Amount(amount), span);
                }
            }
            PrintedCell::None => work.amount(office, result, Cell::None, span),
            // Not given, and not known: neither is nothing.
            PrintedCell::Blank | PrintedCell::NotAvailable => {}
        }
    }

    fn amount(&self, work: &mut Work, printed: PrintedCell, span: Option<logframe::Span>) -> Option<Decimal> {
        let PrintedCell::Amount(number) = printed else { return None };
        let scaled = number.exact_mul(self.scale).map(|scaled| if self.scale == Decimal::ONE { number } else { scaled });
        if scaled.is_none() {
            work.find(Severity::Error, "too-precise", span, "the amount has more digits than can be held", "correct the cell");
        }
        scaled
    }

    fn totals(&self, work: &mut Work, offices: &[Option<Spanned<Id>>], results: &[Option<Spanned<Id>>]) {
        let (of_offices, of_results) = if self.is_turned { (Side::Columns, Side::Rows) } else { (Side::Rows, Side::Columns) };
        // The line of totals among the offices holds the totals of results, and the other way round.
        let (row, column) = (self.total(of_offices), self.total(of_results));
        let mut block = declared(self.place, None);
        for (at, office) in offices.iter().enumerate() {
            if let (Some(office), Some(column)) = (office, column)
                && let Some(number) = self.number(work, at, column)
            {
                add(&mut block.offices, office, number);
            }
        }
        for (at, result) in results.iter().enumerate() {
            if let (Some(result), Some(row)) = (result, row)
                && let Some(number) = self.number(work, row, at)
            {
                add(&mut block.results, result, number);
            }
        }
        if let Some(number) = row.zip(column).and_then(|(row, column)| self.number(work, row, column)) {
            block.total = Some(figure(number));
        }
        block.shares = self.shares(offices, results);
        if block.total.is_some() || !block.offices.is_empty() || !block.results.is_empty() || block.shares.is_some() {
            work.draft.declared.push(block);
        }
    }

    /// The printed shares of offices, of results, and of all.
    fn shares(&self, offices: &[Option<Spanned<Id>>], results: &[Option<Spanned<Id>>]) -> Option<Shares> {
        let (unit, printed) = self.shares.as_ref()?;
        let mut shares = Shares::to_unit(*unit);
        let (of_offices, of_results) =
            if self.is_turned { (&printed.of_columns, &printed.of_rows) } else { (&printed.of_rows, &printed.of_columns) };
        for (own, ids, entries) in [(of_offices, offices, &mut shares.offices), (of_results, results, &mut shares.results)] {
            for (at, share) in own {
                if let Some(Some(id)) = ids.get(*at) {
                    add(entries, id, *share);
                }
            }
        }
        let total = |side: Side, own: &[(usize, Spanned<Decimal>)]| {
            own.iter().find(|(at, _)| self.total(side) == Some(*at)).map(|(_, share)| figure(*share))
        };
        let of_all = total(Side::Rows, &printed.of_rows).or_else(|| total(Side::Columns, &printed.of_columns));
        shares.total = of_all;
        Some(shares)
    }

    fn number(&self, work: &mut Work, office: usize, result: usize) -> Option<Spanned<Decimal>> {
        let (printed, span) = self.printed(office, result);
        self.amount(work, printed, span).map(|value| Spanned { value, span })
    }

    /// Subtotals of some offices.
    fn subtotals(&self, work: &mut Work, of_offices: Side, offices: &[Option<Spanned<Id>>], results: &[Option<Spanned<Id>>]) {
        let (names, sums) = self.side(of_offices);
        let of_results = of_offices.other();
        for sum in sums.iter().filter(|sum| Some(sum.at) != self.total(of_offices)) {
            let name = names.get(sum.at).map_or("", |name| name.value.as_str());
            let parts: Vec<Spanned<Id>> =
                leaves(sum, sums).into_iter().filter_map(|at| offices.get(at).cloned().flatten()).collect();
            let mut block = declared(&format!("{}: {name}", self.place), Some(parts));
            for (at, result) in results.iter().enumerate() {
                if let Some((result, number)) = result.as_ref().and_then(|result| Some((result, self.number(work, sum.at, at)?)))
                {
                    add(&mut block.results, result, number);
                }
            }
            if let Some(number) = self.total(of_results).and_then(|column| self.number(work, sum.at, column)) {
                block.total = Some(figure(number));
            }
            work.draft.declared.push(block);
        }
    }
}

/// The lines that a sum is of in the end.
pub(super) fn leaves(sum: &LineSum, sums: &[LineSum]) -> Vec<usize> {
    let mut leaves = Vec::new();
    let mut waiting: Vec<usize> = sum.parts.iter().rev().copied().collect();
    while let Some(at) = waiting.pop() {
        match sums.iter().find(|sum| sum.at == at) {
            Some(inner) if leaves.len() + waiting.len() < 100_000 => waiting.extend(inner.parts.iter().rev()),
            _ => leaves.push(at),
        }
    }
    leaves
}
