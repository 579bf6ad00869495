//! Files of tables read as plans: workbooks and CSV that nobody here laid out.
//!
//! What is where is recognised first and shown as a [`Mapping`]; then the plan is put together, every figure with the place of its cell.

mod beside;
mod calendar;
mod columns;
mod cross;
mod currency;
mod facts;
mod header;
mod heading;
mod income;
mod lines;
mod mapping;
mod matrix;
mod named;
mod names;
mod over_time;
mod parts;
mod precision;
mod repeats;
mod rows;
mod said;
mod scale;
mod shares;
mod sheet;
mod subtotals;
mod summary;
mod totals;
mod work;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use logframe::reconciliation::PrintedTable;
use logframe::{
    Decimal, Diagnostic, Duration, Id, Origin, Period, Plan, Printed, Severity, Source, Span, Spanned, column_letters,
};

pub use mapping::{Layout, Mapping, PlanMapping, TableMapping};

use crate::cell::Seen;
use crate::document::Document;
use crate::numbers::{Convention, Evidence, Weighed};
use crate::options::Options;
use crate::read::read_records;
use crate::records::Field;
use crate::returned::returned;
use crate::words::speaks_of_totals;
use crate::workbook::{Kind, formulas};
use calendar::{is_certain, told};
pub(crate) use columns::is_list_of_lines;
use columns::{Columns, are_parts_of_one, speaks_of_factors};
use currency::{Said, ShownIn, names_currency};
use header::{Headed, SEARCHED, column_of, header_of_list};
use heading::{Column, speaks_of_results};
use lines::List;
use matrix::Matrix;
use over_time::OverTime;
use repeats::{Role, relate};
use rows::{Listed, Row};
use said::{area, columns_named, hidden, said_of, said_of_list, said_place, stem};
use shares::PrintedShares;
use sheet::{Sheet, carried_down, numbers_columns, sheets};
use work::Work;

/// What reading a file of tables as a plan gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// What places in the plan and the findings are of.
    pub source: Source,
    /// The plan; `None` where an error keeps the file from being one.
    pub plan: Option<Plan>,
    /// What was found: errors, and notes on what was left out.
    pub findings: Vec<Diagnostic>,
    /// What was taken for what.
    pub mapping: Mapping,
    /// What was recognised, a paragraph a table, for people.
    pub recognised: Vec<String>,
}

/// Reads a file of tables as a plan.
///
/// ```
/// use logframe_exchange::{Document, Mapping, import};
/// let text = "Office,Water,Shelter,Total (USD)\nPeru,100,200,300\nChile,50,-,50\nTotal,150,200,350\n";
/// let imported = import(&Document::of_bytes("budget.csv", text.as_bytes())?, &Mapping::default());
/// let plan = imported.plan.unwrap();
/// assert_eq!((plan.total()?.to_string(), plan.check().findings.len()), ("USD 350".to_owned(), 0));
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn import(document: &Document, how: &Mapping) -> Imported {
    if let Some(returned) = returned(document) {
        return returned;
    }
    let mut importing = Importing {
        document,
        how,
        work: Work::default(),
        mapping: how.clone(),
        recognised: Vec::new(),
        currencies: Said::default(),
        shown_in: ShownIn::default(),
        title: None,
    };
    importing.mapping.tables.clear();
    importing.tables();
    importing.finish()
}

struct Importing<'i> {
    document: &'i Document,
    how: &'i Mapping,
    work: Work,
    mapping: Mapping,
    recognised: Vec<String>,
    /// Where a currency may be named.
    currencies: Said,
    /// The currencies that amounts are shown in.
    shown_in: ShownIn,
    /// What stands above the first table.
    title: Option<String>,
}

/// A sheet that is to be read, what the mapping says of it, and its headings where it is a list.
type LookedAt<'s, 't> = (&'s Sheet<'t>, TableMapping, Option<Headed>);

/// What other sheets there are beside one.
#[derive(Clone, Copy)]
struct Among {
    is_one_of_many: bool,
    has_lists: bool,
}

impl Importing<'_> {
    fn tables(&mut self) {
        let sheets = sheets(self.document);
        self.misnamed(&sheets);
        let among = Among {
            is_one_of_many: sheets.iter().filter(|sheet| !sheet.is_hidden && !sheet.rows.is_empty()).count() > 1,
            has_lists: false,
        };
        let looked_at = self.looked_at(&sheets);
        let is_list = |found: &Option<Headed>| found.as_ref().is_some_and(|(_, columns)| !columns.is_table);
        let among = Among { has_lists: looked_at.iter().any(|(_, _, found)| is_list(found)), ..among };
        let candidates = self.candidates(&looked_at, among);
        let (roles, doubts) = relate(&candidates);
        for ((sheet, told, found), role) in looked_at.into_iter().zip(&roles) {
            match role {
                Role::Read => self.table(sheet, told, found, among),
                Role::Source(by) => self.source(sheet, candidates.get(*by)),
                Role::Summary(_) => {}
            }
        }
        self.summaries(&candidates, &roles, among);
        self.doubts(&candidates, &doubts);
    }

    /// The sheets that are to be read, each with what the mapping says of it, and with its headings where it is a list.
    fn looked_at<'s, 't>(&mut self, sheets: &'s [Sheet<'t>]) -> Vec<LookedAt<'s, 't>> {
        // A mapping that only says what to skip, or what totals others, leaves the rest to be found out.
        let leaves_rest = |table: &TableMapping| matches!(table.layout, Some(Layout::Skip | Layout::Summary));
        let names_tables = self.how.tables.iter().any(|table| !leaves_rest(table));
        let mut read = Vec::new();
        for sheet in sheets {
            let told = self.how.table(&sheet.name).cloned();
            if sheet.rows.is_empty() || told.as_ref().is_some_and(|told| told.layout == Some(Layout::Skip)) {
                continue;
            }
            if told.is_none() && (sheet.is_hidden || names_tables) {
                let why = if sheet.is_hidden { "hidden sheet" } else { "sheet" };
                self.note(format!("the {why} `{}` is left out", sheet.name), "name it in the mapping to have it read");
                continue;
            }
            let told = told.unwrap_or_default();
            let may_be_list = matches!(told.layout, None | Some(Layout::Lines | Layout::Summary));
            let found = if may_be_list { header_of_list(sheet, &told) } else { None };
            read.push((sheet, told, found));
        }
        read
    }

    fn table(&mut self, sheet: &Sheet<'_>, told: TableMapping, found: Option<Headed>, among: Among) {
        match found {
            Some((at, columns)) if among.has_lists && columns.is_table && !is_budget(sheet, at, &columns) => {
                self.no_part_of_the_budget(sheet);
            }
            Some((at, columns)) => self.list(sheet, &told, at, columns, among.is_one_of_many),
            None if told.layout == Some(Layout::Lines) => {
                let message = format!("`{}` has no row of headings of budget lines", sheet.name);
                let help = "say in the mapping which row it is (`header`), and what its columns are";
                self.work.find(Severity::Error, "table", None, message, help);
            }
            None => self.matrix(sheet, told, among),
        }
    }

    fn note(&mut self, message: String, help: &str) {
        self.work.find(Severity::Note, "table", None, message, help);
    }

    /// What a mapping names that is not there.
    fn misnamed(&mut self, sheets: &[Sheet<'_>]) {
        let names = || sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect::<Vec<_>>().join(", ");
        for table in self.how.tables.clone() {
            let is_there = table.sheet.is_empty() || sheets.iter().any(|sheet| sheet.name.eq_ignore_ascii_case(&table.sheet));
            if !is_there {
                let message = format!("the mapping names the sheet `{}`, which is not there", table.sheet.escape_debug());
                self.work.find(Severity::Error, "mapping", None, message, &format!("there are {}", names()));
            }
            for (letters, name) in &table.columns {
                let is_known = Column::named(name).is_some() || name.parse::<Period>().is_ok();
                if !is_known || column_of(letters).is_none() {
                    let message = format!("the mapping says `{letters} = \"{}\"`, which is no column", name.escape_debug());
                    let known = Column::names().collect::<Vec<_>>().join(", ");
                    self.work.find(
                        Severity::Error,
                        "mapping",
                        None,
                        message,
                        &format!("a letter of the sheet, and one of {known}, or a period: 2026-Q1, 2026-01, 2026"),
                    );
                }
            }
        }
    }

    fn list(&mut self, sheet: &Sheet<'_>, told: &TableMapping, header: usize, mut columns: Columns, is_one_of_many: bool) {
        let kinds = [Column::Amount, Column::Part, Column::UnitCost];
        let money: Vec<usize> = kinds.into_iter().flat_map(|column| columns.all(column)).collect();
        self.above(sheet, header, Some(&money));
        let end = told.last.map_or(sheet.rows.len(), |last| sheet.numbers.partition_point(|number| *number <= last));
        let head = &*sheet.rows.row(header);
        let income = self.income(sheet, header, end);
        let kept = body_of_list(sheet, header, end).filter(|at| income.binary_search(at).is_err());
        let mut rows = Listed::new(&sheet.rows, kept);
        self.doubtful_columns(sheet, header, &columns);
        let over = OverTime::of(&mut self.work, &mut columns, head, self.how.plan.duration);
        self.carry_down(&mut rows, &columns);
        self.keep_list(sheet, told, header, &columns, is_one_of_many);
        let Some(numbers) = self.convention(&rows, &columns, told.numbers.as_deref()) else { return };
        let place = said_place(&sheet.name);
        let area = area(sheet, header, sheet.numbers.get(end.saturating_sub(1)).copied().unwrap_or(1));
        // Lines that say their currency need not be shown in one.
        if !columns.has(Column::Currency) {
            let spans = |row: Row<'_, '_>| money.iter().filter_map(|at| row.get(*at)).map(|field| field.span).collect::<Vec<_>>();
            self.shown_in(rows.iter().flat_map(spans));
        }
        let office = self.office_of(sheet, told, is_one_of_many);
        let scale = self.scale(sheet, header, Some(&money));
        let currency = self.currency().unwrap_or_default();
        let count = self.work.draft.lines.len() + self.work.draft.allocations.len();
        let unit = self.how.plan.unit;
        let document = self.document;
        let file =
            Path::new(document.source().name()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let source = document.source();
        let name: Option<Arc<str>> =
            head.first().and_then(|field| source.sheet(field.span.start)).map(|sheet| format!("{file}, {sheet}").into());
        let cell = |span: Span| {
            let (row, column) = source.row_and_column(span.start);
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
            unit,
        };
        list.read(&mut self.work);
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
        if !columns.left_out.is_empty() {
            let message = format!("amounts beside the budget's are left out: {}", named(&columns.left_out));
            self.work.find(
                Severity::Note,
                "table",
                span(&columns.left_out),
                message,
                "another amount can be named in the mapping",
            );
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

    fn matrix(&mut self, sheet: &Sheet<'_>, told: TableMapping, Among { is_one_of_many, has_lists }: Among) {
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
        let read = read_records(self.document.source(), rows, &options);
        let Some(table) = read.table else { return self.no_table(sheet, read.findings, is_one_of_many && told.layout.is_none()) };
        let header = table.columns.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let above = sheet.numbers.partition_point(|number| header.is_none_or(|header| *number <= header));
        let shares = read
            .numbers
            .map(|numbers| PrintedShares::of(sheet, &table, above.saturating_sub(1), numbers, &|span| self.row_of(span)));
        let shares = shares.unwrap_or_default();
        self.work.findings.extend(read.findings.into_iter().filter(|finding| {
            let is_kept = told.share_unit.is_some() && !shares.is_empty() && finding.message.contains("shares");
            let is_told = finding.message.contains("taken for") || finding.message.contains("column");
            finding.severity != Severity::Note || (is_told && !is_kept)
        }));
        let has_totals = table.total_row.is_some() || table.total_column.is_some();
        if told.layout.is_none() && has_lists && !(has_totals && speaks_of_money(sheet, above)) {
            return self.no_part_of_the_budget(sheet);
        }
        self.above(sheet, above.saturating_sub(1), None);
        let layout = told.layout.unwrap_or_else(|| layout(&table, is_one_of_many));
        if let Some(period) = period_among(&table, layout) {
            return self.periods_in_a_matrix(sheet, period);
        }
        let cells = (0..table.rows.len()).flat_map(|row| (0..table.columns.len()).map(move |column| (row, column)));
        self.shown_in(cells.filter_map(|(row, column)| table.span(row, column)));
        let (table, left) = self.without_others(sheet, &table, &told, layout);
        let scale = self.scale(sheet, above.saturating_sub(1), None);
        let last_row = table.rows.iter().filter_map(|name| name.span).map(|span| self.row_of(span)).max();
        let place = area(sheet, above.saturating_sub(1), last_row.unwrap_or(1));
        if let (None, false) = (told.share_unit, shares.is_empty()) {
            let help =
                "say it in the mapping, and they are kept as declared: `share-unit = \"0.1\"` at the table, in percentage points";
            self.note(format!("shares in `{}` are left out: nothing says to what unit they were rounded", sheet.name), help);
        }
        let shares = told.share_unit.map(|unit| (unit, shares)).filter(|(_, shares)| !shares.is_empty());
        self.read_matrix(sheet, &table, layout, (scale, shares), told.office.as_deref());
        self.recognised.push(said_of(&table, layout, &place));
        let office = (layout == Layout::Results).then(|| told.office.clone().unwrap_or_else(|| sheet.name.clone()));
        let other = |letters: String| (letters, Column::Other.name().to_owned());
        self.mapping.tables.push(TableMapping {
            columns: left.into_iter().map(other).collect(),
            sheet: sheet.name.clone(),
            layout: Some(layout),
            header,
            last: last_row,
            office,
            ..told
        });
    }

    fn no_part_of_the_budget(&mut self, sheet: &Sheet<'_>) {
        let message = format!("the sheet `{}` holds figures, and is not taken for a part of the budget", sheet.name);
        self.work.find(Severity::Warning, "table", None, message, "a `layout` in the mapping has it read");
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
            left = beside::counted(table);
            if let Some(first) = left.first().and_then(|at| table.columns.get(*at)) {
                let named = left.iter().filter_map(|at| table.columns.get(*at)).map(|name| format!("`{}`", name.value));
                let message =
                    format!("columns that count people or things are left out: {}", named.collect::<Vec<_>>().join(", "));
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
        }
        (table, left.iter().filter_map(|at| letters.get(*at).cloned()).collect())
    }

    /// A sheet of words among others is no table of the budget.
    fn no_table(&mut self, sheet: &Sheet<'_>, findings: Vec<Diagnostic>, may_be_words: bool) {
        let has_figures = sheet.rows.fields(sheet.rows.len()).any(|field| field.seen().is_figure());
        if has_figures || !may_be_words {
            self.work.findings.extend(findings);
        } else {
            self.note(format!("the sheet `{}` has no figures, and is left out", sheet.name), "it holds words only");
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
            let cell = |span: Span| document.source().cell(span.start);
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

    /// Takes in what stands above a table, and its headings, of which only those of some columns are asked.
    fn above(&mut self, sheet: &Sheet<'_>, header: usize, of: Option<&[usize]>) {
        let headings = sheet.rows.row(header);
        let all: Vec<usize> = (0..headings.len()).collect();
        let asked = of.unwrap_or(&all).iter().filter_map(|at| headings.get(*at));
        asked.for_each(|field| self.currencies.heading(&field.text));
        headings.iter().for_each(|field| self.currencies.other_heading(&field.text));
        for row in sheet.rows.iter().take(header) {
            self.currencies.row(row.iter().map(|field| field.text.as_ref()));
        }
        if self.title.is_none() {
            let mut texts = sheet.rows.fields(header).map(|field| field.text.trim().to_owned());
            self.title = texts.find(|text| text.chars().count() > 3);
        }
    }

    fn row_of(&self, span: Span) -> u32 {
        u32::try_from(self.document.source().position(span.start).line).unwrap_or(u32::MAX)
    }

    /// By how much amounts are multiplied: what titles say that they count, and headings, of which only those of some columns are asked.
    fn scale(&mut self, sheet: &Sheet<'_>, header: usize, of: Option<&[usize]>) -> Decimal {
        let above = sheet.rows.fields(header);
        let headings = sheet.rows.row(header).into_owned().into_iter().enumerate();
        let headings = headings.filter(|(at, _)| of.is_none_or(|of| of.contains(at))).map(|(_, field)| field);
        let found = above
            .chain(headings)
            .filter(|field| field.kind == Kind::Text)
            .find_map(|field| Some((scale::said(&field.text)?, field)));
        let Some(((word, times), field)) = found else { return Decimal::ONE };
        let message = format!("`{}` says {word}: amounts are multiplied by {times}", field.text.trim());
        self.work.find(Severity::Note, "table", Some(field.span), message, "if they are not in them, correct the heading");
        Decimal::from(times)
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

    /// Takes in the currencies that cells of amounts are shown in.
    fn shown_in(&mut self, cells: impl Iterator<Item = Span>) {
        let Some(workbook) = self.document.workbook() else { return };
        cells.filter_map(|span| Some((workbook.money(span)?, span))).for_each(|(money, span)| self.shown_in.add(money, span));
    }

    /// The currency that is declared, or the one that titles and headings name, or that amounts are shown in.
    fn currency(&self) -> Option<String> {
        if let Some(declared) = &self.how.plan.currency {
            return Some(declared.clone());
        }
        self.currencies.currency().or_else(|| self.shown_in.only().map(|(code, _)| code.to_owned()))
    }

    fn finish(mut self) -> Imported {
        let source = self.document.source().clone();
        let mut findings = self.document.findings().to_vec();
        if let Some(workbook) = self.document.workbook() {
            findings.extend(workbook.sheets.iter().filter(|sheet| !sheet.is_hidden).flat_map(|sheet| formulas(workbook, sheet)));
            findings.extend(hidden(workbook));
        }
        let is_empty = self.work.draft.allocations.is_empty() && self.work.draft.lines.is_empty();
        if is_empty && !self.work.findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.work.find(
                Severity::Error,
                "table",
                None,
                format!("no table of a budget is in {}", source.name()),
                "a mapping says where it is: `logframe import --dry-run` shows what was looked at",
            );
        }
        let currency = self.currency();
        let mixed = self.shown_in.mixed();
        if let (None, None, false) = (&currency, &mixed, is_empty) {
            let dollars = self.shown_in.dollars();
            let but = if dollars.is_some() { ": they are shown with `$`, the sign of many" } else { "" };
            let message = format!("nothing says in which currency the amounts are{but}");
            let help = "say it: `--currency USD`, or `currency = \"USD\"` under `[plan]` in the mapping";
            self.work.find(Severity::Error, "missing-key", dollars, message, help);
        }
        let other = currency.as_ref().and_then(|currency| self.shown_in.other_than(currency));
        mixed.or(other).into_iter().for_each(|finding| self.work.add(finding));
        subtotals::declare(&mut self.work);
        self.header(currency.clone().unwrap_or_default());
        self.payable(&currency.unwrap_or_default());
        let mapping = self.mapping;
        let work = self.work;
        findings.extend(work.findings);
        logframe::diagnostic::sort(&mut findings);
        let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error && !IS_READ.contains(&finding.rule));
        let plan = (!has_errors).then(|| Plan::new(work.draft));
        Imported { source, plan, findings, mapping, recognised: self.recognised }
    }

    /// Reads amounts that formulas make finer than money is to the smallest that can be paid.
    fn payable(&mut self, currency: &str) {
        let document = self.document;
        let is_computed = |span: Span| document.workbook().is_some_and(|workbook| workbook.is_computed(span));
        let done = precision::to_payable(&mut self.work.draft, currency, &is_computed);
        let Some(first) = done.iter().min_by_key(|span| span.start) else { return };
        let message = format!(
            "{} worked out finer than {currency} can be paid, and read to its smallest unit",
            if done.len() == 1 { "an amount is".to_owned() } else { format!("{} amounts are", done.len()) }
        );
        let help = "round in the formula, as `=ROUND(…, 2)`, and sheet and plan say the same";
        self.work.find(Severity::Note, "table", Some(*first), message, help);
    }

    fn header(&mut self, currency: String) {
        let stem = stem(self.document.source().name());
        let told = &self.how.plan;
        let id = told.id.clone().unwrap_or_else(|| named::slug(&stem));
        let title = told.title.clone().or_else(|| self.title.clone()).unwrap_or_else(|| stem.clone());
        let known = Some(currency.clone()).filter(|code| !code.is_empty());
        self.mapping.plan = PlanMapping { id: Some(id.clone()), title: Some(title.clone()), currency: known, ..told.clone() };
        let header = &mut self.work.draft.header;
        *header = logframe::Header::new("_", title, currency);
        header.id = id.parse::<Id>().unwrap_or_default().into();
        header.duration = told.duration.map(|period| Duration::between(period.from, period.to));
        if let Some(unit) = told.unit {
            header.printed = Printed::to_unit(unit, logframe::crossfoot::Rounding::Nearest);
        }
    }
}

/// Errors that are about figures which were read all the same.
const IS_READ: [&str; 4] = ["subtotal", "line-amount", "spread-mismatch", "declared-total"];

/// Whether what stands above a table, or its headings, speak of money.
fn speaks_of_money(sheet: &Sheet<'_>, above: usize) -> bool {
    let mut fields = sheet.rows.fields(above);
    fields.any(|field| names_currency(&field.text) || Column::of(&field.text) == Some(Column::Amount))
}

/// Whether a table over periods is of money, with totals.
fn is_budget(sheet: &Sheet<'_>, header: usize, columns: &Columns) -> bool {
    let mut below = sheet.rows.iter().skip(header + 1).flat_map(Cow::into_owned);
    let has_totals = columns.has(Column::Amount) || below.any(|field| speaks_of_totals(&field.text));
    has_totals && speaks_of_money(sheet, header + 1)
}

/// A row or a column of a table that is a period, and so no result and no office. A column by itself is that of its office.
fn period_among(table: &PrintedTable, layout: Layout) -> Option<&Spanned<String>> {
    let is_period = |text: &str| (told(text).is_some() && is_certain(text)) || text.parse::<Period>().is_ok();
    let columns = table.columns.iter().filter(|_| layout != Layout::Results);
    table.rows.iter().chain(columns).find(|name| is_period(&name.value))
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
