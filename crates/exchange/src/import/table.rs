//! A table of figures, offices by results: what its rows and columns are, and which of them are not its money.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use logframe::reconciliation::PrintedTable;
use logframe::{Decimal, Diagnostic, Period, Severity, Span, Spanned, column_letters};

use super::calendar::{is_certain, told};
use super::columns::{Columns, speaks_of_factors};
use super::currency::names_currency;
use super::header::{SEARCHED, header_of_list};
use super::heading::{Column, is_requested, speaks_of_results};
use super::mapping::{Layout, TableMapping};
use super::matrix::Matrix;
use super::rows::Row;
use super::said::{area, said_of, said_place};
use super::shares::PrintedShares;
use super::sheet::Sheet;
use super::{Among, Importing, beside};
use crate::numbers::Convention;
use crate::options::Options;
use crate::read::{ASIDE, SHARES, read_marked, unmark};
use crate::records::Field;
use crate::words::speaks_of_totals;

impl Importing<'_> {
    pub(super) fn matrix(&mut self, sheet: &Sheet<'_>, told: TableMapping, Among { is_one_of_many, has_lists }: Among) {
        let header = sheet.rows.iter().take(SEARCHED).position(|row| speaks_of_factors(&row));
        if let Some(header) = header.filter(|_| told.layout.is_none()) {
            return self.unclear(sheet, &told, header, has_lists);
        }
        let numbers = told.numbers.as_deref().and_then(|sample| Convention::from_str(sample).ok());
        let mut options = Options { numbers, ..Options::default() };
        options.how.unit = self.how.plan.unit;
        let last = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
        let first = told.header.map_or(0, |header| sheet.numbers.partition_point(|number| *number < header));
        let rows = sheet.rows.part(first..last).map(|rows| rows.iter().map(Cow::into_owned).collect()).unwrap_or_default();
        let mut read = read_marked(self.document.source(), rows, &options);
        // What only `reconcile` is asked for helps nobody here.
        read.findings.iter_mut().for_each(|finding| finding.help.retain(|help| !help.contains("--every-row")));
        let Some(table) = read.table else {
            let among = Among { is_one_of_many: is_one_of_many && told.layout.is_none(), has_lists };
            unmark(&mut read.findings);
            return self.no_table(sheet, read.findings, among);
        };
        let header = table.columns.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let above = sheet.numbers.partition_point(|number| header.is_none_or(|header| *number <= header));
        let has_totals = table.total_row.is_some() || table.total_column.is_some();
        if told.layout.is_none() && has_lists && !(has_totals && speaks_of_money(sheet, above)) {
            return self.no_part_of_the_budget(sheet);
        }
        let layout = told.layout.unwrap_or_else(|| layout(&table, is_one_of_many));
        if let Some(period) = period_among(&table, layout) {
            let may_be_list = told.layout.is_none() && told.columns.is_empty();
            let over = over_periods(sheet, &table, header).filter(|_| may_be_list);
            let found = over.and_then(|over| header_of_list(sheet, &over));
            return match found {
                Some((at, columns)) => self.list(sheet, &told, at, columns, is_one_of_many),
                None => self.periods_in_a_matrix(sheet, period),
            };
        }
        let has_shares = told.share_unit.is_some() && !self.shares(sheet, &table, above, read.numbers).is_empty();
        let is_told = |rule: &str| rule != ASIDE && !(has_shares && rule == SHARES);
        read.findings.retain(|finding| finding.severity != Severity::Note || is_told(finding.rule));
        unmark(&mut read.findings);
        self.work.findings.extend(read.findings);
        self.above(sheet, above.saturating_sub(1), None);
        let cells = (0..table.rows.len()).flat_map(|row| (0..table.columns.len()).map(move |column| (row, column)));
        let source = self.document.source();
        self.shown_in(cells.filter_map(|(row, column)| table.span(row, column)).map(|span| (source.slice(span), span)));
        self.money(sheet, &table, TableMapping { layout: Some(layout), header, ..told }, above, read.numbers);
    }

    /// Reads what is money in a table.
    fn money(&mut self, sheet: &Sheet<'_>, table: &PrintedTable, told: TableMapping, above: usize, numbers: Option<Convention>) {
        let layout = told.layout.unwrap_or(Layout::OfficesByResults);
        let (table, left) = self.without_others(sheet, table, &told, layout);
        // Columns that are left out are not counted.
        let shares = self.shares(sheet, &table, above, numbers);
        let scale = self.scale(sheet, above.saturating_sub(1), None);
        let last = table.rows.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let place = area(sheet, above.saturating_sub(1), last.unwrap_or(1));
        if let (None, false) = (told.share_unit, shares.is_empty()) {
            let help =
                "say it in the mapping, and they are kept as declared: `share-unit = \"0.1\"` at the table, in percentage points";
            self.note(format!("shares in `{}` are left out: nothing says to what unit they were rounded", sheet.name), help);
            shares.misses(&table).into_iter().for_each(|finding| self.work.add(finding));
        }
        let shares = told.share_unit.map(|unit| (unit, shares)).filter(|(_, shares)| !shares.is_empty());
        self.read_matrix(sheet, &table, layout, (scale, shares), told.office.as_deref());
        self.recognised.push(said_of(&table, layout, &place));
        let office = (layout == Layout::Results).then(|| told.office.clone().unwrap_or_else(|| sheet.name.clone()));
        let other = |letters: String| (letters, Column::Other.name().to_owned());
        let columns = left.into_iter().map(other).collect();
        self.mapping.tables.push(TableMapping { columns, sheet: sheet.name.clone(), last, office, ..told });
    }

    fn shares(&self, sheet: &Sheet<'_>, table: &PrintedTable, above: usize, numbers: Option<Convention>) -> PrintedShares {
        let read = |numbers| PrintedShares::of(sheet, table, above.saturating_sub(1), numbers, &|span| self.row_of(span));
        numbers.map(read).unwrap_or_default()
    }

    /// A matrix of periods that is no list: a year is no outcome, and no office.
    fn periods_in_a_matrix(&mut self, sheet: &Sheet<'_>, period: &Spanned<String>) {
        let message = format!("`{}` in `{}` is a period, and no result or office", period.value.escape_debug(), sheet.name);
        let help = "say in the mapping what the columns are: `layout = \"lines\"`, `header`, and `columns = { A = \"office\", \
                    B = \"2026\", C = \"2027\", D = \"amount\" }`; periods below each other cannot be read";
        self.work.find(Severity::Error, "table", period.span, message, help);
    }

    /// A list whose columns do not tell all: what they are taken for, and what is missing, to be corrected in the mapping.
    fn unclear(&mut self, sheet: &Sheet<'_>, told: &TableMapping, header: usize, has_lists: bool) {
        let head = sheet.rows.row(header);
        let named = head.iter().enumerate().filter(|(_, field)| !field.is_blank());
        let columns: Vec<(String, Option<Column>)> =
            named.map(|(at, field)| (column_letters(at), Column::of(&field.text))).collect();
        let is_there = |wanted: Column| columns.iter().any(|(_, column)| *column == Some(wanted));
        let known = columns.iter().filter_map(|(letters, column)| Some(format!("{letters} is `{}`", (*column)?.name())));
        let known = known.collect::<Vec<_>>().join(", ");
        let wanted = [Column::Description, Column::UnitCost, Column::Amount].into_iter().filter(|column| !is_there(*column));
        let missing = wanted.map(|column| format!("`{}`", column.name())).collect::<Vec<_>>().join(", ");
        let missing = if missing.is_empty() { String::new() } else { format!("; no column is {missing}") };
        let message = format!(
            "the sheet `{}` looks like a list of budget lines, and what its columns are is not clear: {known}{missing}",
            sheet.name
        );
        let severity = if has_lists { Severity::Warning } else { Severity::Error };
        let help = "it is left out; say in the mapping what it is: `layout = \"lines\"`, `header`, and `columns`; `logframe import --save-mapping` writes what is known";
        let span = head.iter().find(|field| !field.is_blank()).map(|field| field.span);
        self.work.find(severity, "table", span, message, help);
        let guess = |(letters, column): (String, Option<Column>)| (letters, column.map_or("?", Column::name).to_owned());
        self.mapping.tables.push(TableMapping {
            sheet: sheet.name.clone(),
            // Beside lists that are clear it stays left out.
            layout: Some(if has_lists { Layout::Skip } else { Layout::Lines }),
            header: sheet.numbers.get(header).copied(),
            columns: columns.into_iter().map(guess).collect(),
            ..told.clone()
        });
    }

    /// A table without the columns that are not its money: those that the mapping names, and those that count people. Their letters, too.
    fn without_others(
        &mut self,
        sheet: &Sheet<'_>,
        table: &PrintedTable,
        told: &TableMapping,
        layout: Layout,
    ) -> (PrintedTable, Vec<String>) {
        let first = table.columns.iter().find_map(|name| name.span);
        let is_head = |row: &Row<'_, '_>| row.iter().any(|field| Some(field.span) == first);
        let head = sheet.rows.iter().find(is_head).unwrap_or_default();
        let at: HashMap<Span, usize> = head.iter().enumerate().map(|(at, field)| (field.span, at)).collect();
        let letters = |span: Option<Span>| span.and_then(|span| at.get(&span)).map(|at| column_letters(*at)).unwrap_or_default();
        let letters: Vec<String> = table.columns.iter().map(|name| letters(name.span)).collect();
        let is_other = |letters: &String| told.columns.get(letters).is_some_and(|name| name == Column::Other.name());
        let mut left: Vec<usize> = (0..letters.len()).filter(|at| letters.get(*at).is_some_and(is_other)).collect();
        if told.columns.is_empty() {
            left = beside::no_money(table);
            if let Some(first) = left.first().and_then(|at| table.columns.get(*at)) {
                let message = format!("columns that count people or things are left out: {}", beside::named(table, &left));
                let help = "if they are money, name the columns in the mapping that are not: `columns = { … = \"other\" }`";
                self.work.find(Severity::Warning, "table", first.span, message, help);
            }
        }
        let table = beside::without(table, &left);
        if let Some((at, parts)) = beside::repeated(&table).filter(|_| told.columns.is_empty()) {
            let name = |at: &usize| table.columns.get(*at).map_or(String::new(), |name| format!("`{}`", name.value));
            let parts = parts.iter().map(name).collect::<Vec<_>>().join(" and ");
            let message = format!("{} comes to {parts} together: they are not all parts of one budget", name(&at));
            let help = format!(
                "say in the mapping which columns are left out: `layout = \"{}\"` and `columns = {{ {} = \"other\" }}`",
                layout.name(),
                letters.get(at).map_or("…", String::as_str)
            );
            self.work.find(Severity::Error, "table", table.columns.get(at).and_then(|name| name.span), message, &help);
        } else if told.columns.is_empty() {
            self.perhaps_no_money(&table, layout);
        }
        (table, left.iter().filter_map(|at| letters.get(*at).cloned()).collect())
    }

    /// Columns that no currency is named for, beside others: whether they are to be added to them is asked.
    fn perhaps_no_money(&mut self, table: &PrintedTable, layout: Layout) {
        let (money, doubtful) = beside::without_currency(table);
        let Some(first) = doubtful.first().and_then(|at| table.columns.get(*at)) else { return };
        let message = format!(
            "it is not clear whether {} {} money, as {} {}: nothing says so, and no total adds them up",
            beside::named(table, &doubtful),
            if doubtful.len() == 1 { "is" } else { "are" },
            beside::named(table, &money),
            if money.len() == 1 { "is" } else { "are" }
        );
        let help = format!(
            "say it in the mapping, with the letters of the columns: `layout = \"{}\"`, and `columns = {{ B = \"other\" }}` for what is not to be added up, or `\"amount\"` for what is",
            layout.name()
        );
        self.work.find(Severity::Error, "table", first.span, message, &help);
    }

    /// A sheet of words among others is no table of the budget; nor is one of words and figures without a total, beside lists.
    fn no_table(&mut self, sheet: &Sheet<'_>, findings: Vec<Diagnostic>, Among { is_one_of_many, has_lists }: Among) {
        let any = |is_it: &dyn Fn(&Field<'_>) -> bool| sheet.rows.fields(sheet.rows.len()).any(|field| is_it(&field));
        match (is_one_of_many, any(&|field| field.seen().is_figure())) {
            (true, false) => {
                self.note(format!("the sheet `{}` has no figures, and is left out", sheet.name), "it holds words only");
            }
            // A cover says what is asked for, and is no table.
            (true, true) if has_lists && !any(&|field| speaks_of_totals(&field.text) && !is_requested(&field.text)) => {
                self.no_part_of_the_budget(sheet);
            }
            _ => self.work.findings.extend(findings),
        }
    }

    fn read_matrix(
        &mut self,
        sheet: &Sheet<'_>,
        table: &PrintedTable,
        layout: Layout,
        (scale, shares): (Decimal, Option<(Decimal, PrintedShares)>),
        office: Option<&str>,
    ) {
        let document = self.document;
        let source = |row: usize| {
            let span = table.rows.get(row)?.span?;
            let end = (0..table.columns.len()).rev().find_map(|column| table.span(row, column))?;
            let cell = |span: Span| document.source().cell(span.start());
            let from = cell(span)?;
            let to = cell(end).and_then(|cell| cell.rsplit_once('!').map(|(_, cell)| cell.to_owned()))?;
            Some(format!("{from}:{to}"))
        };
        let one;
        let (table, is_turned) = match layout {
            Layout::Results => {
                one = of_one_office(table, office.unwrap_or(&sheet.name));
                (&one, true)
            }
            other => (table, other == Layout::ResultsByOffices),
        };
        let place = said_place(&sheet.name);
        Matrix { table, place: &place, source: &source, is_turned, scale, shares }.read(&mut self.work);
    }
}

/// Whether what stands above a table, or its headings, speak of money.
fn speaks_of_money(sheet: &Sheet<'_>, above: usize) -> bool {
    let mut fields = sheet.rows.fields(above);
    fields.any(|field| names_currency(&field.text) || Column::of(&field.text) == Some(Column::Amount))
}

/// Whether a table over periods is of money, with totals.
pub fn is_budget(sheet: &Sheet<'_>, header: usize, columns: &Columns) -> bool {
    let mut below = sheet.rows.iter().skip(header + 1).flat_map(Cow::into_owned);
    let has_totals = columns.has(Column::Amount) || below.any(|field| speaks_of_totals(&field.text));
    has_totals && speaks_of_money(sheet, header + 1)
}

fn is_period(text: &str) -> bool {
    (told(text).is_some() && is_certain(text)) || text.parse::<Period>().is_ok()
}

/// A row or a column of a table that is a period, and so no result and no office. A column by itself is that of its office.
fn period_among(table: &PrintedTable, layout: Layout) -> Option<&Spanned<String>> {
    let columns = table.columns.iter().filter(|_| layout != Layout::Results);
    table.rows.iter().chain(columns).find(|name| is_period(&name.value))
}

/// The columns of a table of lines over periods, of which no heading says what the lines are: its names, its periods, and their total.
fn over_periods(sheet: &Sheet<'_>, table: &PrintedTable, header: Option<u32>) -> Option<TableMapping> {
    let head = sheet.rows.row(sheet.numbers.binary_search(&header?).ok()?);
    let place = |span: Option<Span>| head.iter().position(|field| Some(field.span) == span);
    let is_sum = |at: usize| table.column_sums.iter().any(|sum| sum.at == at);
    let mut columns = BTreeMap::new();
    for (at, name) in table.columns.iter().enumerate() {
        let column = match is_sum(at) {
            true if table.total_column == Some(at) => Column::Amount,
            false if is_period(&name.value) => Column::Part,
            _ => return None,
        };
        columns.insert(place(name.span)?, column);
    }
    let first = *columns.keys().next()?;
    let names = (0..first).rfind(|at| head.get(*at).is_some_and(|field| !field.is_blank()))?;
    columns.insert(names, Column::Description);
    let columns = columns.into_iter().map(|(at, column)| (column_letters(at), column.name().to_owned())).collect();
    Some(TableMapping { sheet: sheet.name.clone(), layout: Some(Layout::Lines), header, columns, ..TableMapping::default() })
}

/// What the rows and columns of a table of figures are.
fn layout(table: &PrintedTable, is_one_of_many: bool) -> Layout {
    let figures = table.columns.len() - table.column_sums.len();
    let rows_speak = speaks_of_results(&table.label) || table.rows.iter().any(|row| speaks_of_results(&row.value));
    if figures == 1 && is_one_of_many {
        return Layout::Results;
    }
    let columns_speak = table.columns.iter().any(|name| speaks_of_results(&name.value));
    if rows_speak && !columns_speak && Column::of(&table.label) != Some(Column::Office) {
        return Layout::ResultsByOffices;
    }
    Layout::OfficesByResults
}

/// A table of one column of amounts, as the column of its office.
fn of_one_office(table: &PrintedTable, office: &str) -> PrintedTable {
    let mut one = table.clone();
    let sums: Vec<usize> = one.column_sums.iter().map(|sum| sum.at).collect();
    for (_, name) in one.columns.iter_mut().enumerate().filter(|(at, _)| !sums.contains(at)) {
        office.clone_into(&mut name.value);
    }
    one
}
