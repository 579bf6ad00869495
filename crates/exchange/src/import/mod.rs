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
mod held;
mod income;
mod lines;
mod list;
mod mapping;
mod matrix;
mod named;
mod names;
mod over_time;
mod precision;
mod recap;
mod repeats;
mod rows;
mod said;
mod scale;
mod shares;
mod sheet;
mod subtotals;
mod summary;
mod table;
mod totals;
mod work;

use logframe::{Decimal, Diagnostic, Draft, Duration, Id, Period, Plan, Printed, Severity, Source, Span};

pub use mapping::{Layout, Mapping, PlanMapping, TableMapping};

use crate::cell::Seen;
use crate::document::Document;
use crate::returned::returned;
use crate::workbook::{Kind, Money, formulas};
pub(crate) use columns::is_list_of_lines;
use currency::{Said, ShownIn};
use header::{Headed, column_of, header_of_list};
use heading::Column;
pub(crate) use heading::is_of_the_row_above;
use repeats::{Role, relate};
use said::{hidden, stem};
use sheet::{OfFormulas, Sheet, of_formulas, sheets};
use table::is_budget;
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
/// let imported = import(Document::of_bytes("budget.csv", text.as_bytes())?, &Mapping::default());
/// let plan = imported.plan.unwrap();
/// assert_eq!((plan.total()?.to_string(), plan.check().findings.len()), ("USD 350".to_owned(), 0));
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn import(mut document: Document, how: &Mapping) -> Imported {
    if let Some(returned) = returned(&document) {
        return returned;
    }
    let (findings, told) = (noticed(&document), of_formulas(&document));
    // Their texts take nearly as much room as all cells.
    document.forget_formulas();
    let mut importing = Importing {
        document: &document,
        how,
        work: Work::default(),
        mapping: how.clone(),
        recognised: Vec::new(),
        currencies: Said::default(),
        shown_in: ShownIn::default(),
        title: None,
    };
    importing.mapping.tables.clear();
    importing.tables(told);
    let (imported, draft) = importing.finish(findings);
    // What a plan's lines come to takes the room of the cells that they were read from.
    drop(document);
    Imported { plan: draft.map(Plan::new), ..imported }
}

/// What is wrong with a file, whatever is read from it.
fn noticed(document: &Document) -> Vec<Diagnostic> {
    let mut findings = document.findings().to_vec();
    if let Some(workbook) = document.workbook() {
        findings.extend(workbook.sheets.iter().filter(|sheet| !sheet.is_hidden).flat_map(|sheet| formulas(workbook, sheet)));
        findings.extend(hidden(workbook));
    }
    findings
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
    fn tables(&mut self, told: Vec<OfFormulas>) {
        let sheets = sheets(self.document, told);
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
        for (((sheet, told, found), role), one) in looked_at.into_iter().zip(&roles).zip(&candidates) {
            match role {
                Role::Read => self.table(sheet, told, found, among),
                Role::Source(by) => self.source(one, &told, candidates.get(*by), among),
                Role::Column(by, column) => {
                    candidates.get(*by).into_iter().for_each(|by| self.again(one, &told, (by, *column), among));
                }
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

    fn no_part_of_the_budget(&mut self, sheet: &Sheet<'_>) {
        let message = format!("the sheet `{}` holds figures, and is not taken for a part of the budget", sheet.name);
        self.work.find(Severity::Warning, "table", None, message, "a `layout` in the mapping has it read");
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
        u32::try_from(self.document.source().position(span.start()).line).unwrap_or(u32::MAX)
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

    /// Takes in the currencies that amounts are shown in, or that are typed beside them.
    fn shown_in<'f>(&mut self, cells: impl Iterator<Item = (&'f str, Span)>) {
        let workbook = self.document.workbook();
        let is_typed = |text: &str| !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        for (text, span) in cells {
            let format = || workbook.and_then(|workbook| workbook.money(span));
            let typed = || Money::typed(text).filter(|_| is_typed(text) && Seen::of(text).is_figure());
            typed().or_else(format).into_iter().for_each(|money| self.shown_in.add(money, span));
        }
    }

    /// The currency that is declared, or the one that titles and headings name, or that amounts are shown in.
    fn currency(&self) -> Option<String> {
        if let Some(declared) = &self.how.plan.currency {
            return Some(declared.clone());
        }
        self.currencies.currency().or_else(|| self.shown_in.only().map(|(code, _)| code.to_owned()))
    }

    /// What was read, and the plan before it is frozen.
    fn finish(mut self, mut findings: Vec<Diagnostic>) -> (Imported, Option<Draft>) {
        let source = self.document.source().clone();
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
            let but = match (dollars, self.currencies.doubt()) {
                (Some(_), _) => ": they are shown with `$`, the sign of many".to_owned(),
                (None, Some((word, which))) => format!(": `{word}` can be {which}"),
                (None, None) => String::new(),
            };
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
        let imported = Imported { source, plan: None, findings, mapping, recognised: self.recognised };
        (imported, (!has_errors).then_some(work.draft))
    }

    /// Reads amounts that formulas make finer than money is to the smallest that can be paid.
    fn payable(&mut self, currency: &str) {
        let document = self.document;
        let is_computed = |span: Span| document.workbook().is_some_and(|workbook| workbook.is_computed(span));
        let done = precision::to_payable(&mut self.work.draft, currency, &is_computed);
        let Some(first) = done.iter().min_by_key(|span| span.start()) else { return };
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
const IS_READ: [&str; 6] = ["subtotal", "line-amount", "percentage-line", "spread-mismatch", "declared-total", "declared-share"];
