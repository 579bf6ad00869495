//! Budget lines in a CSV table of their own, beside the plan that names it.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use logframe::{
    Base, Decimal, Diagnostic, Error, Id, Line, Loaded, Period, Plan, Severity, Source, Span, Spanned, Spread, Step, beside,
};

use crate::document::Document;
use crate::import::{Mapping, import};
use crate::numbers::Convention;
use crate::records::{Field, MAX_CELLS, records};

/// The largest table of lines that is read, in bytes (64 MiB).
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The columns that a table of lines can have, as the keys of a `[[line]]` are called.
pub(crate) const COLUMNS: [&str; 21] = [
    "id",
    "office",
    "result",
    "category",
    "description",
    "quantity",
    "unit",
    "unit-cost",
    "duration",
    "duration-unit",
    "share",
    "post",
    "percent",
    "of",
    "amount",
    "currency",
    "period",
    "spread",
    "donor",
    "remarks",
    "source",
];

/// The columns that every line needs.
const REQUIRED: [&str; 3] = ["office", "result", "description"];

/// Reads a plan from a file: a plan, with the lines that it keeps in a table beside it; a scenario; a workbook or a table, as the mapping
/// beside it says.
///
/// # Errors
/// [`Error`] where the file cannot be read; whatever is wrong with what it says, or with its table, is a diagnostic.
pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Error> {
    let path = path.as_ref();
    if !is_table(path) {
        return Ok(load_source(Source::read(path)?, path));
    }
    let imported = import(Document::read(path)?, &Mapping::of(path)?);
    Ok(Loaded::new(imported.source, imported.plan, imported.findings))
}

/// Whether a file's name says that it is a workbook or a table of texts.
pub fn is_table(path: impl AsRef<Path>) -> bool {
    let ending = path.as_ref().extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    matches!(ending.as_deref(), Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "csv" | "tsv"))
}

/// The same for a text that was read already.
pub fn load_source(source: Source, path: impl AsRef<Path>) -> Loaded {
    let path = path.as_ref();
    Plan::load_with(source, path, &|loaded, plan_path| {
        // A text without a path has no files beside it: a rule says so.
        if plan_path.as_os_str().is_empty() {
            return loaded;
        }
        attached(loaded, &|named| {
            let table = beside(plan_path, named).map_err(|why| format!("the file is {why}"))?;
            Source::read_up_to(&table, MAX_BYTES).map_err(|error| error.to_string())
        })
    })
}

/// The same where the table is got in another way, by the path that the plan names.
pub(crate) fn load_with(source: Source, path: impl AsRef<Path>, table: &dyn Fn(&str) -> Result<Source, String>) -> Loaded {
    Plan::load_with(source, path, &|loaded, _| attached(loaded, table))
}

/// The plan with the lines of the table that it names.
fn attached(loaded: Loaded, table: &dyn Fn(&str) -> Result<Source, String>) -> Loaded {
    let Some(file) = loaded.plan.as_ref().and_then(|plan| plan.header.lines.file.clone()) else { return loaded };
    match table(&file) {
        Ok(table) => with_table(loaded, &table),
        Err(why) => {
            let finding = Diagnostic::new("wrong-value", Severity::Error, why).at(file.span, "the file of the lines", "");
            refused(loaded, vec![finding])
        }
    }
}

fn refused(mut loaded: Loaded, diagnostics: Vec<Diagnostic>) -> Loaded {
    (loaded.plan, loaded.diagnostics) = (None, diagnostics);
    loaded
}

fn with_table(mut loaded: Loaded, table: &Source) -> Loaded {
    let Some(plan) = loaded.plan.take() else { return loaded };
    let (source, start) = loaded.source.with(table);
    loaded.source = source;
    let numbers = match plan.header.lines.numbers.as_ref().map(|sample| (sample, Convention::from_str(sample))) {
        None => Convention::Plain,
        Some((_, Ok(convention))) => convention,
        Some((sample, Err(why))) => {
            let finding = Diagnostic::new("wrong-value", Severity::Error, why.clone()).at(sample.span, "numbers", "");
            return refused(loaded, vec![finding]);
        }
    };
    let mut reader = Reader { start, numbers, findings: Vec::new() };
    let lines = reader.lines(table.text());
    if !reader.findings.is_empty() {
        return refused(loaded, reader.findings);
    }
    let mut draft = plan.draft();
    draft.header.lines.is_read = true;
    draft.lines.extend(lines);
    loaded.plan = Some(Plan::new(draft));
    loaded
}

pub(crate) struct Reader {
    /// Where the table begins in the whole text.
    pub start: u32,
    pub numbers: Convention,
    pub findings: Vec<Diagnostic>,
}

/// Findings of a table, at most: who mends these finds out about the rest.
const MOST: usize = 100;

impl Reader {
    fn span(&self, span: Span) -> Span {
        Span::between(span.start() + self.start, span.end() + self.start)
    }

    fn find(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        if self.findings.len() < MOST {
            let span = Some(self.span(span));
            self.findings.push(Diagnostic::new("wrong-value", Severity::Error, message).at(span, "a budget line", "").help(hint));
        }
    }

    fn lines(&mut self, text: &str) -> Vec<Line> {
        // Excel writes what separates cells into a first line of its own: `sep=;`.
        let declared = text.lines().next().and_then(|first| first.trim_end().strip_prefix("sep=")?.bytes().next());
        let first = text.lines().nth(usize::from(declared.is_some())).unwrap_or_default();
        let counted = || [b',', b';', b'\t'].into_iter().max_by_key(|one| first.bytes().filter(|byte| byte == one).count());
        let separator = declared.or_else(counted).unwrap_or(b',');
        let mut read = records(text, separator, MAX_CELLS * 4);
        if declared.is_some() && !read.all.is_empty() {
            read.all.remove(0);
        }
        if let Some(span) = read.unclosed {
            self.find(span, "a quote is opened and never closed", "close it, or double a quote that is meant as one");
            return Vec::new();
        }
        if read.is_too_large {
            self.find(Span::default(), "the table has more cells than are read", "leave empty columns out");
            return Vec::new();
        }
        let Some((head, body)) = read.all.split_first() else {
            self.find(
                Span::default(),
                "the table of lines is empty",
                "its first row names the columns: office, result, description, …",
            );
            return Vec::new();
        };
        let columns = self.columns(head);
        if !self.findings.is_empty() {
            return Vec::new();
        }
        let filled = body.iter().filter(|row| row.iter().any(|field| !field.is_blank()));
        filled.map(|row| self.line(&columns, row)).collect()
    }

    fn columns(&mut self, head: &[Field<'_>]) -> Vec<&'static str> {
        let mut columns = Vec::new();
        for field in head {
            let name = field.text.to_lowercase().replace(['_', ' '], "-");
            match COLUMNS.into_iter().find(|column| *column == name) {
                Some(column) if columns.contains(&column) => {
                    self.find(field.span, format!("the column `{column}` stands twice"), "leave one of the two out");
                }
                Some(column) => columns.push(column),
                None => {
                    let message = format!("`{}` is no column of budget lines", field.text.escape_debug());
                    self.find(field.span, message, &format!("there are {}", COLUMNS.join(", ")));
                }
            }
        }
        let missing = REQUIRED.into_iter().filter(|column| !columns.contains(column)).collect::<Vec<_>>();
        if let (false, Some(first)) = (missing.is_empty(), head.first()) {
            self.find(first.span, format!("the table lacks the column `{}`", missing.join("`, `")), "every line needs it");
        }
        columns
    }

    pub fn line(&mut self, columns: &[&'static str], row: &[Field<'_>]) -> Line {
        let mut line = Line::new("_", "_", "");
        for (column, field) in columns.iter().zip(row).filter(|(_, field)| !field.is_blank()) {
            self.set(&mut line, column, field);
        }
        if let Some(extra) = row.get(columns.len()..).and_then(|extra| extra.iter().find(|field| !field.is_blank())) {
            self.find(
                extra.span,
                "there are more cells in this row than columns",
                "put a text that holds the separator in quotes",
            );
        }
        let place = |name: &str| columns.iter().position(|column| *column == name).and_then(|at| row.get(at));
        for name in REQUIRED {
            if place(name).is_none_or(Field::is_blank) {
                let span = row.first().map(|field| field.span).unwrap_or_default();
                self.find(span, format!("a line has no `{name}`"), "every line needs it");
            }
        }
        line
    }

    pub fn set(&mut self, line: &mut Line, column: &str, field: &Field<'_>) {
        let text = || Some(Arc::<str>::from(&*field.text));
        match column {
            "id" => line.id = self.id(field),
            "office" => line.office = self.id(field).unwrap_or_default(),
            "result" => line.result = self.id(field).unwrap_or_default(),
            "category" => line.category = self.id(field),
            "description" => line.description = (*field.text).into(),
            "quantity" => line.quantity = self.number(field),
            "unit" => line.unit = text(),
            "unit-cost" => line.unit_cost = self.number(field),
            "duration" => line.duration = self.number(field),
            "duration-unit" => line.duration_unit = text(),
            "share" => line.share = self.number(field),
            "post" => line.post = self.id(field),
            "percent" => line.percent = self.number(field),
            "of" => line.of = Some(self.base(field)),
            "amount" => line.amount = self.number(field),
            "currency" => line.currency = Some(Spanned::at(field.text.to_string(), self.span(field.span))),
            "period" => line.period = self.read(field, Period::from_str),
            "spread" => line.spread = self.spread(field),
            "donor" => line.donor = self.id(field),
            "remarks" => line.remarks = text(),
            _ => line.source = Some((*field.text).into()),
        }
    }

    fn read<T>(&mut self, field: &Field<'_>, parse: impl Fn(&str) -> Result<T, Error>) -> Option<Spanned<T>> {
        match parse(&field.text) {
            Ok(value) => Some(Spanned::at(value, self.span(field.span))),
            Err(error) => {
                self.find(field.span, error.to_string(), "correct the cell");
                None
            }
        }
    }

    fn id(&mut self, field: &Field<'_>) -> Option<Spanned<Id>> {
        self.read(field, Id::from_str)
    }

    fn number(&mut self, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        let plain =
            if self.numbers == Convention::Plain { Decimal::from_str(&field.text).ok() } else { self.by_convention(&field.text) };
        let Some(number) = plain else {
            let message = format!("`{}` is no exact number", field.text.escape_debug());
            let fitting = Convention::ALL.into_iter().find(|one| one.reads(&field.text)).unwrap_or(Convention::Comma);
            let hint = format!(
                "write plain digits, as 1850.00, or say how numbers are written: `lines = {{ file = …, numbers = \"{fitting}\" }}`"
            );
            self.find(field.span, message, &hint);
            return None;
        };
        Some(Spanned::at(number, self.span(field.span)))
    }

    fn by_convention(&self, text: &str) -> Option<Decimal> {
        self.numbers.number(text)
    }

    /// `categories: staff travel; lines: contingency`, or `all` for every plain line of the office.
    fn base(&mut self, field: &Field<'_>) -> Base {
        let mut base = Base::default();
        if field.text == "all" {
            return base;
        }
        for part in field.text.split(';') {
            let (name, list) = part.split_once(':').unwrap_or((part, ""));
            let ids: Vec<&str> = list.split([' ', ',']).filter(|id| !id.is_empty()).collect();
            let ids: Option<Vec<Spanned<Id>>> = ids.iter().map(|id| id.parse::<Id>().ok().map(Spanned::from)).collect();
            match (name.trim(), ids.filter(|ids| !ids.is_empty())) {
                ("lines", ids @ Some(_)) => base.lines = ids,
                ("offices", ids @ Some(_)) => base.offices = ids,
                ("results", ids @ Some(_)) => base.results = ids,
                ("categories", ids @ Some(_)) => base.categories = ids,
                _ => {
                    let message = format!("`{}` does not say what it is a percentage of", part.trim().escape_debug());
                    self.find(field.span, message, "write `all`, or `categories: staff travel; lines: contingency`");
                }
            }
        }
        base
    }

    /// `month`, or `year: 3 2` with a weight a step, or `year = 1240 1240` with an amount a step.
    fn spread(&mut self, field: &Field<'_>) -> Option<Spread> {
        let are_amounts = field.text.contains('=');
        let (name, weights) = field.text.split_once([':', '=']).unwrap_or((&field.text, ""));
        let Some(step) = Step::ALL.into_iter().find(|step| step.name() == name.trim()) else {
            let message = format!("`{}` is no step of the calendar", name.trim().escape_debug());
            self.find(field.span, message, "write month, quarter, half-year or year, and weights behind a colon: `year: 3 2`");
            return None;
        };
        let mut spread = Spread::even(step);
        let weights: Vec<&str> = weights.split_whitespace().collect();
        if !weights.is_empty() {
            let number = |text: &&str| match self.numbers {
                Convention::Plain => text.parse::<Decimal>().ok(),
                _ => self.by_convention(text),
            };
            let read: Option<Vec<Spanned<Decimal>>> = weights.iter().map(|weight| Some(number(weight)?.into())).collect();
            if read.is_none() {
                self.find(
                    field.span,
                    "a part is no number",
                    "write plain digits: weights as `year: 3 2`, amounts as `year = 1240 1240`",
                );
            }
            if are_amounts { spread.amounts = read } else { spread.weights = read }
        }
        Some(spread)
    }
}

/// Writes a plan to a file; one that keeps its lines in a table has them written there, beside it.
///
/// # Errors
/// [`Error::Unwritable`] with the operating system's reason, or with why a line cannot stand in a table.
pub fn save(plan: &Plan, path: impl AsRef<Path>) -> Result<(), Error> {
    let path = path.as_ref();
    let lines = &plan.header.lines;
    let (Some(file), true) = (&lines.file, lines.is_read) else { return plan.save(path) };
    let unwritable = |why: String| Error::Unwritable { name: file.to_string(), source: std::io::Error::other(why) };
    let beside = beside(path, file).map_err(|why| unwritable(format!("the file is {why}")))?;
    let table = table(plan);
    let mut draft = plan.draft();
    draft.lines.clear();
    draft.header.lines.is_read = false;
    logframe::write_text(&beside, &table)?;
    Plan::new(draft).save(path)
}

/// The lines of a plan as CSV.
fn table(plan: &Plan) -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for line in &plan.lines {
        text.push_str(&cells(line).iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

fn quoted(cell: &str) -> Cow<'_, str> {
    let needs = cell.contains([',', '"', '\n', '\r', ';', '\t']) || cell.trim() != cell;
    if needs { Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))) } else { Cow::Borrowed(cell) }
}

/// What a percentage line is a percentage of, as [`Reader::base`] reads it.
pub(crate) fn base_text(base: &Base) -> String {
    let list = |name: &str, ids: &Option<Vec<Spanned<Id>>>| {
        ids.as_ref().map(|ids| format!("{name}: {}", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")))
    };
    let parts = [
        list("lines", &base.lines),
        list("offices", &base.offices),
        list("results", &base.results),
        list("categories", &base.categories),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "all".to_owned() } else { parts.join("; ") }
}

/// How a line is spread, as [`Reader::spread`] reads it; amounts follow an equals sign.
pub(crate) fn spread_text(spread: &Spread) -> String {
    let step = spread.by.name();
    let joined = |numbers: &[Spanned<Decimal>]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    match (&spread.amounts, &spread.weights) {
        (Some(amounts), _) => format!("{step} = {}", joined(amounts)),
        (None, Some(weights)) if !weights.is_empty() => format!("{step}: {}", joined(weights)),
        _ => step.to_owned(),
    }
}

fn cells(line: &Line) -> Vec<String> {
    let id = |id: &Option<Spanned<Id>>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = |number: Option<Spanned<Decimal>>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    vec![
        id(&line.id),
        line.office.to_string(),
        line.result.to_string(),
        id(&line.category),
        line.description.to_string(),
        number(line.quantity),
        text(&line.unit),
        number(line.unit_cost),
        number(line.duration),
        text(&line.duration_unit),
        number(line.share),
        id(&line.post),
        number(line.percent),
        line.of.as_ref().map(base_text).unwrap_or_default(),
        number(line.amount),
        line.currency.as_ref().map(ToString::to_string).unwrap_or_default(),
        line.period.map(|period| period.to_string()).unwrap_or_default(),
        line.spread.as_ref().map(spread_text).unwrap_or_default(),
        id(&line.donor),
        text(&line.remarks),
        line.source.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}
