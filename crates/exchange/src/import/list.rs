//! A list of budget lines under its headings: what its columns are, what is left out of it, and how its numbers are written.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use logframe::{Origin, Severity, Span, column_letters};

use super::Importing;
use super::columns::{Columns, are_parts_of_one};
use super::heading::Column;
use super::income;
use super::lines::List;
use super::mapping::{Layout, TableMapping};
use super::over_time::OverTime;
use super::recap::Recap;
use super::rows::Listed;
use super::said::{area, columns_named, said_of_list, said_place, stem};
use super::sheet::{Sheet, carried_down, numbers_columns};
use crate::cell::Seen;
use crate::numbers::{Convention, Evidence, Weighed};
use crate::records::Field;

impl Importing<'_> {
    pub(super) fn list(
        &mut self,
        sheet: &Sheet<'_>,
        told: &TableMapping,
        header: usize,
        mut columns: Columns,
        is_one_of_many: bool,
    ) {
        let kinds = [Column::Amount, Column::Part, Column::UnitCost];
        let money: Vec<usize> = kinds.into_iter().flat_map(|column| columns.all(column)).collect();
        self.above(sheet, header, Some(&money));
        let end = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
        let head = &*sheet.rows.row(header);
        let income = self.income(sheet, header, end);
        let recap = Recap::of(sheet, header, end);
        let is_kept = |at: &usize| income.binary_search(at).is_err() && recap.left.binary_search(at).is_err();
        let kept = body_of_list(sheet, header, end).filter(is_kept);
        let mut rows = Listed::new(&sheet.rows, kept);
        self.doubtful_columns(sheet, header, &columns);
        let over = OverTime::of(&mut self.work, &mut columns, head, self.how.plan.duration);
        self.carry_down(&mut rows, &columns);
        self.keep_list(sheet, told, header, &columns, is_one_of_many);
        let Some(numbers) = self.convention(&rows, &columns, told.numbers.as_deref()) else { return };
        self.recap(sheet, &recap, &columns, numbers);
        let place = said_place(&sheet.name);
        let area = area(sheet, header, sheet.numbers.get(end.saturating_sub(1)).copied().unwrap_or(1));
        // Lines that say their currency need not be shown in one.
        if !columns.has(Column::Currency) {
            for row in rows.iter() {
                self.shown_in(money.iter().filter_map(|at| row.get(*at)).map(|field| (&*field.text, field.span)));
            }
        }
        let office = self.office_of(sheet, told, is_one_of_many);
        let scale = self.scale(sheet, header, Some(&money));
        let currency = self.currency().unwrap_or_default();
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len();
        let document = self.document;
        let file =
            Path::new(document.source().name()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let source = document.source();
        let name: Option<Arc<str>> =
            head.first().and_then(|field| source.sheet(field.span.start())).map(|sheet| format!("{file}, {sheet}").into());
        let cell = |span: Span| {
            let (row, column) = source.row_and_column(span.start());
            name.clone().map(|name| Origin::of_cell(name, row, column))
        };
        let are_parts_of_one = are_parts_of_one(&columns, rows.iter());
        let list = List {
            are_parts_of_one,
            rows,
            columns: columns.clone(),
            over,
            sums: &sheet.sums,
            numbers_of: &sheet.numbers,
            told,
            place: &place,
            area: &area,
            cell: &cell,
            office: &office,
            numbers,
            scale,
            currency: &currency,
            unit: self.how.plan.unit,
        };
        list.read(&mut self.work);
        list.shares_of_total(head).into_iter().for_each(|finding| self.work.add(finding));
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len() - count;
        self.recognised.push(said_of_list(&area, count, head, &columns));
    }

    /// The rows of a list that are income and not the budget.
    fn income(&mut self, sheet: &Sheet<'_>, header: usize, end: usize) -> Vec<usize> {
        let income = sheet.rows.part(header + 1..end).map(|rows| income::rows_of_income(&rows)).unwrap_or_default();
        let income: Vec<usize> = income.into_iter().map(|at| at + header + 1).collect();
        let number = |at: usize| sheet.numbers.get(at).copied().unwrap_or_default();
        if let Some(first) = income.first() {
            let span = sheet.rows.row(*first).iter().find(|field| !field.is_blank()).map(|field| field.span);
            let rows = format!("{} of them, from row {} on", income.len(), number(*first));
            let message = format!("income is no part of the budget, and is left out: {rows}");
            self.work.find(Severity::Warning, "table", span, message, "keep income and expenditure in sheets of their own");
        }
        income
    }

    /// The office of lines that do not say theirs.
    fn office_of(&self, sheet: &Sheet<'_>, told: &TableMapping, is_one_of_many: bool) -> String {
        let own = || if is_one_of_many { sheet.name.clone() } else { stem(self.document.source().name()) };
        told.office.clone().unwrap_or_else(own)
    }

    /// Keeps what the columns of a list are. Of those that are in doubt nothing is settled: a name with a question mark is to be corrected.
    fn keep_list(&mut self, sheet: &Sheet<'_>, told: &TableMapping, header: usize, columns: &Columns, is_one_of_many: bool) {
        let own_office = (!columns.has(Column::Office)).then(|| self.office_of(sheet, told, is_one_of_many));
        let known = columns.of.keys().map(|at| (column_letters(*at), columns.name(*at)));
        let doubtful = columns.doubtful.iter().map(|at| (column_letters(*at), format!("{}?", Column::Amount.name())));
        self.mapping.tables.push(TableMapping {
            sheet: sheet.name.clone(),
            layout: Some(Layout::Lines),
            header: sheet.numbers.get(header).copied(),
            office: told.office.clone().or(own_office),
            columns: known.chain(doubtful).collect(),
            ..told.clone()
        });
    }

    fn carry_down(&mut self, rows: &mut Listed<'_, '_>, columns: &Columns) {
        let carried = carried_down(rows, columns);
        if !carried.is_empty() {
            let named = carried.iter().map(|at| column_letters(*at)).collect::<Vec<_>>().join(", ");
            let help = "write the name into each row, if it is meant for some only";
            self.note(format!("blank cells of column {named} are read as the name above them"), help);
        }
    }

    /// Columns that could be the amount, or whose figures nothing explains.
    fn doubtful_columns(&mut self, sheet: &Sheet<'_>, header: usize, columns: &Columns) {
        let head = &*sheet.rows.row(header);
        let named = |all: &[usize]| columns_named(head, all);
        let span = |all: &[usize]| all.first().and_then(|at| head.get(*at)).map(|field| field.span);
        if !columns.doubtful.is_empty() {
            let message = format!("several columns can be the amount: {}", named(&columns.doubtful));
            let help = "say in the mapping which it is: `columns = { … = \"amount\" }` with all columns that are to be read";
            self.work.find(Severity::Error, "table", span(&columns.doubtful), message, help);
        }
        let notes = [
            ("amounts beside the budget's", &columns.left_out, "another amount can be named in the mapping"),
            ("factors of a part of the amount", &columns.factors_left_out, "the amount is the sum of such parts, and is read"),
        ];
        for (what, all, help) in notes.into_iter().filter(|(_, all, _)| !all.is_empty()) {
            let message = format!("{what} are left out: {}", named(all));
            self.work.find(Severity::Note, "table", span(all), message, help);
        }
        if !columns.unknown.is_empty() {
            let message = format!("figures that no heading explains are left out: {}", named(&columns.unknown));
            self.work.find(
                Severity::Warning,
                "table",
                span(&columns.unknown),
                message,
                "say in the mapping what they are, or `other`",
            );
        }
    }

    /// How texts that are numbers are written, as the number columns of a list prove it.
    fn convention(&mut self, rows: &Listed<'_, '_>, columns: &Columns, told: Option<&str>) -> Option<Convention> {
        if let Some(sample) = told {
            return match Convention::from_str(sample) {
                Ok(convention) => Some(convention),
                Err(why) => {
                    self.work.find(Severity::Error, "doubtful-numbers", None, why, "correct `numbers` in the mapping");
                    None
                }
            };
        }
        let is_number = |at: usize| {
            matches!(
                columns.of.get(&at),
                Some(Column::Amount | Column::Part | Column::UnitCost | Column::Quantity | Column::Duration | Column::Share)
            )
        };
        let mut weighed = Weighed::default();
        for row in rows.iter() {
            for (_, field) in row.iter().enumerate().filter(|(at, _)| is_number(*at)) {
                if let Seen::Number(written) = field.seen() {
                    weighed.add(field.span, written, |_| true);
                }
            }
        }
        match weighed.evidence() {
            Evidence::Proven(convention) | Evidence::Mixed(convention) => Some(convention),
            Evidence::Doubtful { cell, readings: [(one, first), (other, second)] } => {
                let message =
                    format!("`{}` can be {first} or {second}, and no cell tells which", self.document.source().slice(cell));
                let help =
                    format!("declare how numbers are written in the mapping: `numbers = \"{one}\"` or `numbers = \"{other}\"`");
                self.work.find(Severity::Error, "doubtful-numbers", Some(cell), message, &help);
                None
            }
        }
    }
}

/// The rows of a list below its headings, but for those that repeat or number these.
fn body_of_list<'s>(sheet: &'s Sheet<'_>, header: usize, end: usize) -> impl Iterator<Item = usize> + 's {
    let head = sheet.rows.row(header);
    let is_repeated = move |row: &[Field<'_>]| {
        head.iter().zip(row).all(|(name, field)| name.text == field.text) && row.len() >= head.len().min(2)
    };
    let is_one = move |row: &[Field<'_>], at: usize| !(is_repeated(row) || (at == header + 1 && numbers_columns(row)));
    (header + 1..end).filter(move |at| sheet.rows.get(*at).is_some_and(|row| is_one(&row, *at)))
}
