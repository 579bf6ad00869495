//! A text read into a table.

mod totals;

use logframe::reconciliation::{PrintedCell, PrintedTable};
use logframe::{Decimal, Diagnostic, Severity, Source, Span, Spanned};

use crate::cell::{Seen, Written};
use crate::columns::{Role, roles};
use crate::head::{Parts, parts};
use crate::import::{is_list_of_lines, is_of_the_row_above};
use crate::numbers::{Convention, Evidence, Reading, weigh};
use crate::options::Options;
use crate::records::{Field, MAX_CELLS, records};
use crate::separator::Separator;
use crate::words::{is_row_of_shares, scale};
use crate::workbook::Kind;

/// Findings that are kept at most: they are read by people.
const MAX_FINDINGS: usize = 1000;

/// What stands beside a line in which nothing stands, which may be one of amounts that are not given.
const LEFT_OUT_AS_EMPTY: &str = "left out; with `--every-row` its amounts are not known";

/// What marks notes on columns of shares, and those that matter only to who reads the table as it is printed.
pub const SHARES: &str = "shares";
pub const ASIDE: &str = "aside";

/// Takes the marks off: there is one rule for all that is said of a table.
pub fn unmark(findings: &mut [Diagnostic]) {
    let marked = findings.iter_mut().filter(|finding| [SHARES, ASIDE].contains(&finding.rule));
    marked.for_each(|finding| finding.rule = "table");
}

/// What came of reading a text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadTable {
    /// The table; `None` where an error keeps the text from being one.
    pub table: Option<PrintedTable>,
    /// What was found: errors, and notes on what was recognised without being declared.
    pub findings: Vec<Diagnostic>,
    /// What stands between cells.
    pub separator: Option<Separator>,
    /// How numbers are written.
    pub numbers: Option<Convention>,
}

/// Rows in which the headings of a list of budget lines are looked for.
const LIST_HEADINGS: usize = 40;

/// Reads a text as a table: header, labels, figures, totals.
pub fn read(source: &Source, options: &Options) -> ReadTable {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself is for one lifetime only")]
    let mut read = reading(source, options, |reading| reading.of_text());
    unmark(&mut read.findings);
    read
}

/// Reads rows of a workbook as a table.
pub(crate) fn read_records(source: &Source, records: Vec<Vec<Field<'_>>>, options: &Options) -> ReadTable {
    let mut read = read_marked(source, records, options);
    unmark(&mut read.findings);
    read
}

/// The same, with what notes are of marked by [`SHARES`] and [`ASIDE`].
pub(crate) fn read_marked(source: &Source, mut records: Vec<Vec<Field<'_>>>, options: &Options) -> ReadTable {
    // A table may begin further right on its sheet.
    let before = |record: &Vec<Field<'_>>| record.iter().position(|field| !field.is_blank());
    let left = records.iter().filter_map(before).min().unwrap_or_default();
    records.iter_mut().for_each(|record| drop(record.drain(..left.min(record.len()))));
    // What is empty at the end of a row is not stored.
    let width = records.iter().map(Vec::len).max().unwrap_or_default();
    for record in &mut records {
        let end = record.last().map(|field| Span::between(field.span.end(), field.span.end())).unwrap_or_default();
        record.resize_with(width, || Field { text: "".into(), span: end, kind: Kind::Blank });
    }
    reading(source, options, |reading| reading.of_records(records))
}

fn reading(source: &Source, options: &Options, read: impl FnOnce(&mut ReadingOn<'_>) -> Option<PrintedTable>) -> ReadTable {
    let mut reading = ReadingOn { source, options, findings: Vec::new(), separator: None, numbers: None };
    let table = read(&mut reading);
    let mut findings = reading.findings;
    logframe::diagnostic::sort(&mut findings);
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let table = table.filter(|_| !has_errors);
    ReadTable { table, findings, separator: reading.separator, numbers: reading.numbers }
}

/// A reading that is under way.
struct ReadingOn<'o> {
    source: &'o Source,
    options: &'o Options,
    findings: Vec<Diagnostic>,
    separator: Option<Separator>,
    numbers: Option<Convention>,
}

/// The cells of a table that hold figures, by the fields they are.
struct Grid<'r, 't> {
    columns: Vec<usize>,
    rows: Vec<&'r [Field<'t>]>,
}

impl<'r, 't> Grid<'r, 't> {
    fn field(&self, row: usize, column: usize) -> Option<&'r Field<'t>> {
        self.rows.get(row)?.get(*self.columns.get(column)?)
    }
}

impl ReadingOn<'_> {
    fn of_text(&mut self) -> Option<PrintedTable> {
        let text = self.source.text();
        if text.trim().is_empty() {
            return self.refuse("the file is empty", None, "a table has a line of column names and lines of figures");
        }
        let separator = self.options.separator.or_else(|| Separator::of(text));
        self.separator = separator;
        let read = records(text, separator.unwrap_or(Separator::Comma).byte(), MAX_CELLS);
        if let Some(span) = read.unclosed {
            let start = Span::between(span.start(), span.start().saturating_add(1));
            return self.refuse("a quote is opened here and never closed", Some(start), "close it, or double it: `\"\"`");
        }
        if read.is_too_large {
            return self.refuse("the table has more than 2,000,000 cells", None, "read it in parts");
        }
        self.of_records(read.all)
    }

    fn of_records(&mut self, records: Vec<Vec<Field<'_>>>) -> Option<PrintedTable> {
        let every = self.options.every_row;
        let is_kept = |record: &Vec<Field<'_>>| every || record.iter().any(|field| !field.is_blank());
        let records: Vec<Vec<Field<'_>>> = records.into_iter().filter(is_kept).collect();
        if let Some(row) = records.iter().take(LIST_HEADINGS).find(|row| !every && is_list_of_lines(row)) {
            let span = row.iter().find(|field| !field.is_blank()).map(|field| field.span);
            return self.refuse(
                "this is a list of budget lines: quantities and unit costs are multiplied, and not added up",
                span,
                "`logframe check` reads it as a plan; `--every-row` takes it for a table of figures all the same",
            );
        }
        let parts = parts(&records, self.options.header, every);
        self.ragged(&parts);
        let mut roles = roles(&parts.names, parts.body, parts.width, self.options.labels);
        roles.iter_mut().filter(|role| every && **role == Role::Empty).for_each(|role| *role = Role::Figures);
        self.left_out(&parts, &roles);
        let grid = self.grid(&parts, &roles)?;
        self.scale(&parts);
        let convention = self.convention(&grid)?;
        self.numbers = Some(convention);
        let mut table = self.printed(&parts, &roles, &grid, convention);
        self.sums(&mut table);
        Some(table)
    }

    fn find(&mut self, finding: Diagnostic) {
        let kept = self.findings.len();
        if kept < MAX_FINDINGS {
            let is_last = kept + 1 == MAX_FINDINGS;
            let more = is_last.then(|| format!("there may be more: only {MAX_FINDINGS} findings are shown"));
            self.findings.push(finding.help_if(more));
        }
    }

    fn refuse<T>(&mut self, message: &str, span: Option<Span>, help: &str) -> Option<T> {
        self.find(Diagnostic::new("table", Severity::Error, message).at(span, self.source.name(), "").help(help));
        None
    }

    fn note(&mut self, message: String, span: Option<Span>, help: &str) {
        self.note_of("table", message, span, help);
    }

    fn note_of(&mut self, rule: &'static str, message: String, span: Option<Span>, help: &str) {
        self.find(Diagnostic::new(rule, Severity::Note, message).at(span, self.source.name(), "").help(help));
    }

    /// Rows with more or fewer cells than there are columns; empty ones at the end do not count.
    fn ragged(&mut self, parts: &Parts<'_, '_>) {
        for record in parts.body {
            let filled = record.iter().rposition(|field| !field.is_blank()).map_or(0, |last| last + 1);
            let is_heading = filled == 1;
            let (cells, columns) = (record.len(), parts.width);
            if filled > columns || (cells < columns && !is_heading) {
                let names = if parts.names.is_empty() { "the widest row" } else { "the line of column names" };
                let message = format!("this row has {cells} cells, {names} has {columns}");
                let help = match self.separator {
                    Some(Separator::Comma) => "a number with commas is written in quotes: \"4,870,332\"",
                    _ => "every row has as many cells as there are columns; one that is empty is one all the same",
                };
                let span = record
                    .first()
                    .map(|first| first.span)
                    .zip(record.last())
                    .map(|(a, b)| Span::between(a.start(), b.span.end()));
                self.find(Diagnostic::new("ragged-row", Severity::Error, message).at(span, "the row", "").help(help));
            }
        }
    }

    /// Says which columns are not read.
    fn left_out(&mut self, parts: &Parts<'_, '_>, roles: &[Role]) {
        for (role, what) in [(Role::Words, "words"), (Role::Shares, "shares"), (Role::Empty, "nothing")] {
            let named = parts.names.iter().zip(roles).filter(|(name, at)| **at == role && !name.is_empty());
            let named: Vec<&Spanned<String>> = named.map(|(name, _)| name).collect();
            if let Some(first) = named.first() {
                let shown: Vec<String> = named.iter().take(20).map(|name| format!("`{}`", name.value)).collect();
                let count = if named.len() == 1 { "column holds".to_owned() } else { format!("{} columns hold", named.len()) };
                let message = format!("{count} {what} and no figures to add up: {}", shown.join(", "));
                let help = if role == Role::Empty { LEFT_OUT_AS_EMPTY } else { "left out" };
                self.note_of(if role == Role::Shares { SHARES } else { "table" }, message, first.span, help);
            }
        }
    }

    /// The cells that hold figures. Rows without any are headings; rows of shares are no part of sums.
    fn grid<'r, 't>(&mut self, parts: &Parts<'r, 't>, roles: &[Role]) -> Option<Grid<'r, 't>> {
        let columns: Vec<usize> =
            roles.iter().enumerate().filter(|(_, role)| **role == Role::Figures).map(|(at, _)| at).collect();
        let mut rows: Vec<&'r [Field<'t>]> = Vec::new();
        for record in parts.body {
            let seen = || columns.iter().filter_map(|column| record.get(*column)).map(|field| field.seen());
            let mut filled = seen().filter(|seen| *seen != Seen::Blank).peekable();
            let place = record.iter().find(|field| !field.is_blank()).map(|field| field.span);
            if filled.peek().is_none() && self.options.every_row {
                rows.push(record);
            } else if filled.peek().is_none() {
                self.note("a row without figures is taken for a heading".to_owned(), place, LEFT_OUT_AS_EMPTY);
            } else if is_named_share(record, roles)
                || filled.all(|seen| matches!(seen, Seen::Number(Written { is_share: true, .. })))
            {
                self.note_of(ASIDE, "a row of shares is no part of sums".to_owned(), place, "left out");
            } else if let (Some(name), false) = (of_which(record, roles), self.options.every_row) {
                let message = format!("`{name}` is a part of a row above, and no part of sums");
                self.note(message, place, "left out; if it is none, call it otherwise");
            } else {
                rows.push(record);
            }
        }
        if columns.is_empty() || rows.is_empty() {
            let separators = "what stands between cells can be declared: comma, semicolon, tab or bar";
            let help = if self.separator.is_none() { separators } else { "a table has a column of figures at least" };
            return self.refuse("no column holds figures", None, help);
        }
        Some(Grid { columns, rows })
    }

    /// What titles and headings say about the unit is reported and changes nothing.
    fn scale(&mut self, parts: &Parts<'_, '_>) {
        let titles = parts.titles.iter().map(|title| (*title, None));
        let names = parts.names.iter().map(|name| (name.value.as_str(), name.span));
        let found = titles.chain(names).find_map(|(text, span)| scale(text).map(|scale| (scale, text, span)));
        let Some((scale, text, span)) = found else { return };
        let message = format!("`{text}` says {scale}: figures are read as they are printed, whatever they count");
        let help = match self.options.how.unit {
            Some(_) => "the declared unit is that of the printed figures",
            None => "declare the unit they were rounded to: `--unit 1` where 708 is printed, `--unit 1000` where 708,000 is",
        };
        self.note_of(ASIDE, message, span, help);
    }

    fn convention(&mut self, grid: &Grid<'_, '_>) -> Option<Convention> {
        if let Some(declared) = self.options.numbers {
            return Some(declared);
        }
        let cells = grid.rows.iter().flat_map(|row| grid.columns.iter().filter_map(|column| row.get(*column)));
        let numbers = || {
            cells.clone().filter_map(|field| match field.seen() {
                Seen::Number(written) => Some((field.span, written)),
                _ => None,
            })
        };
        let mut evidence = weigh(numbers(), |_| true);
        if let (Evidence::Doubtful { .. }, Some(unit)) = (&evidence, self.options.how.unit) {
            // With whole units declared, 1.234 is no amount and 1234 is.
            let by_unit = weigh(numbers(), |number| number.is_multiple_of(unit) == Some(true));
            evidence = if matches!(by_unit, Evidence::Proven(_)) { by_unit } else { evidence };
        }
        match evidence {
            Evidence::Proven(convention) | Evidence::Mixed(convention) => {
                self.other_locale(convention, grid);
                Some(convention)
            }
            Evidence::Doubtful { cell, readings: [(one, first), (other, second)] } => {
                let written = self.source.slice(cell).trim_matches('"').to_owned();
                let message = format!("`{written}` can be {first} or {second}, and no cell of the table tells which");
                let help =
                    format!("declare how numbers are written: `--numbers {}` or `--numbers {}`", sample(one), sample(other));
                let finding = Diagnostic::new("doubtful-numbers", Severity::Error, message);
                self.find(finding.at(Some(cell), "a cell", format!("{first} or {second}")).help(help));
                None
            }
        }
    }

    /// Texts that group thousands with points, beside numbers with three decimals: a spreadsheet of another locale took 180.572 for a number of
    /// thousandths and left 2.354.000 a text.
    fn other_locale(&mut self, convention: Convention, grid: &Grid<'_, '_>) {
        if convention.style().thousands != '.' {
            return;
        }
        let fields = || grid.rows.iter().flat_map(|row| grid.columns.iter().filter_map(|column| row.get(*column)));
        let grouped = fields()
            .find(|field| field.kind == Kind::Text && field.text.contains('.') && matches!(field.seen(), Seen::Number(_)));
        let Some(grouped) = grouped.map(|field| field.text.to_string()) else { return };
        let decimals = |field: &Field<'_>| field.text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let stored: Vec<(Span, String)> = fields()
            .filter(|field| field.kind == Kind::Number && (1..=3).contains(&decimals(field)) && !field.text.starts_with("0."))
            .map(|field| (field.span, field.text.to_string()))
            .collect();
        for (span, number) in stored {
            let message = format!("`{number}` is a number, and `{grouped}` a text in which points group thousands");
            let finding = Diagnostic::new("doubtful-numbers", Severity::Error, message).at(Some(span), "a cell", "");
            self.find(
                finding.help("the file was probably saved in another locale: make numbers of the texts, or texts of the numbers"),
            );
        }
    }

    fn printed(&mut self, parts: &Parts<'_, '_>, roles: &[Role], grid: &Grid<'_, '_>, convention: Convention) -> PrintedTable {
        let mut table = PrintedTable::default();
        table.title = if parts.titles.is_empty() { self.source.name().to_owned() } else { parts.titles.join(" ") };
        let labels: Vec<usize> = roles.iter().enumerate().filter(|(_, role)| **role == Role::Label).map(|(at, _)| at).collect();
        let of_labels = labels.iter().filter_map(|at| parts.names.get(*at)).map(|name| name.value.as_str());
        table.label = of_labels.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" / ");
        let unnamed = |at: usize| Spanned::from(format!("column {}", at + 1));
        let name = |at: &usize| parts.names.get(*at).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| unnamed(*at));
        table.columns = grid.columns.iter().map(name).collect();
        table.rows = grid.rows.iter().enumerate().map(|(at, row)| self.label(at, row, &labels)).collect();
        table.how = self.options.how;
        table.style = convention.style();
        for row in 0..grid.rows.len() {
            let cells = (0..grid.columns.len()).map(|column| match grid.field(row, column) {
                Some(field) => Spanned::at(self.cell(field, convention), field.span),
                None => Spanned::default(),
            });
            let cells = cells.collect();
            table.cells.push(cells);
        }
        table
    }

    /// The name of a row: its labels. Without any it is that of its line, or of its place where every line is a row.
    fn label(&self, at: usize, row: &[Field<'_>], labels: &[usize]) -> Spanned<String> {
        let fields: Vec<&Field<'_>> = labels.iter().filter_map(|at| row.get(*at)).filter(|field| !field.is_blank()).collect();
        let words = fields.iter().map(|field| field.text.as_ref()).collect::<Vec<_>>().join(" / ");
        let span = fields.first().map(|field| field.span).or_else(|| row.first().map(|field| field.span));
        let line = || span.map_or(0, |span| self.source.position(span.start()).line);
        let value = match (words.is_empty(), self.options.every_row) {
            (false, _) => words,
            (true, true) => format!("row {}", at + 1),
            (true, false) => format!("line {}", line()),
        };
        Spanned { value, span }
    }

    fn cell(&mut self, field: &Field<'_>, convention: Convention) -> PrintedCell {
        let why = match field.seen() {
            _ if field.why_no_number().is_some() => field.why_no_number().unwrap_or_default().to_owned(),
            Seen::Blank => return PrintedCell::Blank,
            Seen::None => return PrintedCell::None,
            Seen::NotAvailable => return PrintedCell::NotAvailable,
            Seen::Words => "it is no number".to_owned(),
            Seen::Number(Written { is_share: true, .. }) => "it is a share among amounts".to_owned(),
            Seen::Number(written) => match convention.read(written) {
                Some(Reading::Is(number)) => return PrintedCell::Amount(number),
                Some(Reading::TooLong) => "it has more digits than can be held (28)".to_owned(),
                None if self.options.numbers.is_some() => format!("it is not written as {convention}, as is declared"),
                None => format!("it is not written as other cells prove that numbers are: {convention}"),
            },
        };
        let message = format!("`{}` cannot be read as an amount: {why}", field.text);
        let finding = Diagnostic::new("not-a-number", Severity::Error, message).at(Some(field.span), "the cell", "");
        self.find(finding.help("write a number, `-` for none, `n.a.` for not available, or leave the cell empty"));
        PrintedCell::Blank
    }
}

/// The name of a row that is a part of another, by its words.
fn of_which<'r>(record: &'r [Field<'_>], roles: &[Role]) -> Option<&'r str> {
    let mut labels = record.iter().zip(roles).filter(|(_, role)| **role == Role::Label).map(|(field, _)| field.text.trim());
    labels.find(|text| is_of_the_row_above(text))
}

/// Whether a row is called one of shares, as `% of total`, and holds nothing greater than a hundred.
fn is_named_share(record: &[Field<'_>], roles: &[Role]) -> bool {
    let of = |wanted: Role| record.iter().zip(roles).filter(move |(_, role)| **role == wanted).map(|(field, _)| field);
    let is_small =
        |field: &Field<'_>| field.text.trim_end_matches('%').trim().parse::<Decimal>().is_ok_and(|n| n.abs() <= 100.into());
    of(Role::Label).any(|field| is_row_of_shares(&field.text))
        && of(Role::Figures).all(|field| field.is_blank() || is_small(field))
}

/// A convention as it is named on the command line: in quotes where a shell would take it apart.
fn sample(convention: Convention) -> String {
    let shown = convention.to_string();
    if shown.contains([' ', '\'']) { format!("\"{shown}\"") } else { shown }
}
