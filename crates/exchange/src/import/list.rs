//! A list of budget lines under its headings: what its columns are, what is left out of it, and how its numbers are written.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Origin, Severity, Source, Span, Spanned, column_letters};

use super::Importing;
use super::columns::{Columns, are_parts_of_one};
use super::currency::named_in;
use super::heading::{Column, is_no_sum};
use super::income;
use super::lines::{List, shown, worth};
use super::mapping::{Layout, TableMapping};
use super::over_time::OverTime;
use super::recap::Recap;
use super::rows::Listed;
use super::said::{area, columns_named, said_of_list, said_place, stem};
use super::sheet::{Sheet, carried_down, numbers_columns};
use crate::cell::Seen;
use crate::numbers::{Convention, Evidence, Reading, Weighed};
use crate::records::Field;
use crate::words::{self, is_share};

/// A column with its heading.
pub type Headed = (usize, String);

impl Importing<'_> {
    pub(super) fn list(
        &mut self,
        sheet: &Sheet<'_>,
        told: &TableMapping,
        header: usize,
        mut columns: Columns,
        is_one_of_many: bool,
    ) {
        self.amount_in_currency(&sheet.rows.row(header), &mut columns);
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
            rows.iter().for_each(|row| self.shown_in(fields_of(&row, &money)));
        }
        let office = self.office_of(sheet, told, is_one_of_many);
        let scale = self.scale(sheet, header, Some(&money));
        let currency = self.currency().unwrap_or_default();
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len();
        let source = self.document.source();
        let name = sheet_named(source, head);
        let cell = |span: Span| {
            let (row, column) = source.row_and_column(span.start());
            name.clone().map(|name| Origin::of_cell(name, row, column))
        };
        let are_parts_of_one = are_parts_of_one(&columns, rows.iter());
        let (running, beside) = left_out(&columns, head);
        let list = List {
            are_parts_of_one,
            rows,
            columns: columns.clone(),
            over,
            beside,
            running,
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
        let first = self.work.draft.lines.len();
        list.read(&mut self.work);
        list.shares_of_total(head).into_iter().for_each(|finding| self.work.add(finding));
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len() - count;
        self.total_in_title(sheet, header, (numbers, scale), first);
        self.recognised.push(said_of_list(&area, count, head, &columns));
    }

    /// Holds a total that stands above the headings against the lines, from one of the plan's on; where there are several, one must hold.
    fn total_in_title(&mut self, sheet: &Sheet<'_>, header: usize, (numbers, scale): (Convention, Decimal), first: usize) {
        let lines = self.work.draft.lines.get(first..).unwrap_or_default();
        let Some(sum) = Decimal::exact_sum(lines.iter().filter_map(worth)).filter(|_| lines.len() > 1) else { return };
        let above = sheet.rows.iter().take(header);
        let titled: Vec<(String, Spanned<Decimal>)> = above.filter_map(|row| titled_total(&row, numbers)).collect();
        let off = |value: Decimal| value.exact_sub(sum).map(Decimal::abs);
        // A title may count what its table counts, or units.
        let nearest = |printed: Decimal| printed.exact_mul(scale).filter(|scaled| off(*scaled) < off(printed)).unwrap_or(printed);
        let titled = titled.into_iter().map(|(label, printed)| (label, Spanned { value: nearest(printed.value), ..printed }));
        let titled: Vec<(String, Spanned<Decimal>)> = titled.collect();
        let Some((label, printed)) = titled.first().filter(|_| titled.iter().all(|(_, printed)| printed.value != sum)) else {
            return;
        };
        let difference = printed.exact_sub(sum).unwrap_or_default();
        let side = if difference.is_negative() { "less" } else { "more" };
        let message = format!(
            "`{}` above the table is {}, but its {} lines come to {}: {} {side}",
            label.escape_debug(),
            shown(printed.value),
            lines.len(),
            shown(sum),
            shown(difference.abs())
        );
        let figures = Figures { declared: printed.value, computed: sum, difference, terms: Vec::new() };
        let finding = Diagnostic::new("subtotal", Severity::Warning, message).at(printed.span, "the total", "").figures(figures);
        self.work.add(finding.help("correct it or a line; or it is the total of more than this table"));
    }

    /// Of amounts in several currencies the one in that of the plan, where it is told; where it is not, that there are others is said.
    fn amount_in_currency(&mut self, head: &[Field<'_>], columns: &mut Columns) {
        let of = |at: usize| head.get(at).and_then(|field| named_in(&field.text));
        let amount = columns.first(Column::Amount);
        let others = columns.left_out.iter().chain(&columns.doubtful).copied();
        if let Some(told) = &self.how.plan.currency {
            let is_told = |at: &usize| of(*at).as_ref() == Some(told);
            let mut all = others.filter(is_told);
            let is_other = amount.is_none_or(|at| of(at).is_some_and(|own| own != *told));
            if let (Some(at), None, true) = (all.next(), all.next(), is_other) {
                columns.take_amount(at);
            }
            return;
        }
        let Some(own) = amount.and_then(of) else { return };
        let in_another = others.filter(|at| of(*at).is_some_and(|code| code != own)).collect::<Vec<_>>();
        let Some((first, code)) = in_another.first().and_then(|at| Some((*at, of(*at)?))) else { return };
        let message = format!(
            "amounts are in {own} and in {code}, and are read in {own}: {} is left out",
            columns_named(head, &in_another)
        );
        let help = format!("say in which the budget is: `--currency {own}`, or `--currency {code}`");
        self.work.find(Severity::Warning, "table", head.get(first).map(|field| field.span), message, &help);
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
            let help = format!("say in the mapping which it is: `{}`, or another of them", columns_to_copy(columns));
            self.work.find(Severity::Error, "table", span(&columns.doubtful), message, &help);
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

/// The columns of amounts that are left out, by their headings: those of subtotals, and those that add up as the amount does.
fn left_out(columns: &Columns, head: &[Field<'_>]) -> (Vec<Headed>, Vec<Headed>) {
    let heading = |at: &usize| head.get(*at).map(|field| (*at, format!("`{}`", field.text.trim().escape_debug())));
    let text = |at: &usize| head.get(*at).map_or("", |field| &field.text);
    let adds_up = |at: &usize| !(is_share(text(at)) || is_no_sum(text(at)));
    let is_subtotal = |at: &&usize| Column::of(text(at)) == Some(Column::Subtotal);
    let (running, others): (Vec<&usize>, Vec<&usize>) = columns.left_out.iter().partition(is_subtotal);
    (running.into_iter().filter_map(heading).collect(), others.into_iter().filter(|at| adds_up(at)).filter_map(heading).collect())
}

/// The line of a mapping that names all columns, the first that can be the amount as it.
fn columns_to_copy(columns: &Columns) -> String {
    let amount = columns.doubtful.first().map(|at| (*at, Column::Amount.name().to_owned()));
    let known = columns.of.keys().map(|at| (*at, columns.name(*at)));
    let all: BTreeMap<usize, String> = known.chain(amount).collect();
    let named: Vec<String> = all.into_iter().map(|(at, name)| format!("{} = \"{name}\"", column_letters(at))).collect();
    format!("columns = {{ {} }}", named.join(", "))
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

/// The texts of some columns of a row, and their places.
fn fields_of<'r>(row: &'r [Field<'_>], columns: &[usize]) -> impl Iterator<Item = (&'r str, Span)> {
    columns.iter().filter_map(|at| row.get(*at)).map(|field| (&*field.text, field.span))
}

/// A file and a sheet of it, as where lines come from.
fn sheet_named(source: &Source, head: &[Field<'_>]) -> Option<Arc<str>> {
    let file = Path::new(source.name()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let sheet = head.first().and_then(|field| source.sheet(field.span.start()))?;
    Some(format!("{file}, {sheet}").into())
}

/// A label and a figure beside it, that say nothing but a total: `Total budget (USD): 4,869`.
fn titled_total(row: &[Field<'_>], numbers: Convention) -> Option<(String, Spanned<Decimal>)> {
    let mut figures = row.iter().filter_map(|field| match field.seen() {
        Seen::Number(written) if !written.is_share => match numbers.read(written)? {
            Reading::Is(number) => Some(Spanned::at(number, field.span)),
            Reading::TooLong => None,
        },
        _ => None,
    });
    let label = row.iter().find(|field| field.seen() == Seen::Words)?;
    let is_total = words::speaks_of_totals(&label.text) && words::names_only_totals(&label.text);
    let figure = figures.next().filter(|_| is_total && figures.next().is_none())?;
    Some((label.text.trim().trim_end_matches(':').to_owned(), figure))
}
