//! A workbook for offices to fill in: the results, offices and categories of a plan, and rows for budget lines that are not there yet.
//!
//! It is laid out by the plan without its money and by how many rows it has, and by nothing else: both are inside, so that one that
//! comes back can be laid out again and read.

mod blank;
mod budget;
mod lines;
mod lists;

use std::path::Path;

use logframe::{Draft, Error, Plan};

use super::context::Context;
use super::embedded::{Embedded, FORMAT};
use super::model::{Book, Cell, Part, Sheet, Style};
use super::write::Written;
use super::{bytes, later, rates, results, save};

pub use blank::blank_plan;
pub use lists::BETWEEN;

/// Rows for budget lines, where nobody says how many.
const ROWS: u32 = 200;

/// The most rows: a larger budget is a table, and no form.
const MOST_ROWS: u32 = 10_000;

/// How a template is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateOptions {
    /// How many rows are prepared for budget lines, from 1 to 10,000.
    pub lines: u32,
    /// Whether names of offices and results are marked as something to fill in, as those of an invented plan are. Changed ones are read
    /// either way.
    pub marks_names: bool,
}

impl Default for TemplateOptions {
    fn default() -> Self {
        Self { lines: ROWS, marks_names: false }
    }
}

impl TemplateOptions {
    /// So many rows: one at least, and not more than a template has.
    #[must_use]
    pub fn with_lines(self, lines: u32) -> Self {
        Self { lines: lines.clamp(1, MOST_ROWS), ..self }
    }

    /// Names marked as something to fill in.
    #[must_use]
    pub fn with_marked_names(self) -> Self {
        Self { marks_names: true, ..self }
    }

    /// The first row of the sheet `_plan`: that it is a template, and of how many rows.
    fn format(self) -> String {
        format!("{FORMAT} template {}", self.lines)
    }

    /// The options of which that row speaks; `None` where it is that of another workbook.
    pub(crate) fn of_format(format: &str) -> Option<Self> {
        let lines = format.strip_prefix(FORMAT)?.strip_prefix(" template ")?.parse().ok()?;
        (lines <= MOST_ROWS).then(|| Self::default().with_lines(lines))
    }
}

/// A plan without its money, and without what is said about it: what offices are given to fill in. Only these of its offices are kept, or all
/// where none is named.
///
/// # Errors
/// [`Error::Unknown`] for an office that the plan does not have.
///
/// ```
/// use logframe_exchange::export::{blank_plan, template_plan};
/// let plan = template_plan(&blank_plan(3, "USD"), &["office-2"])?;
/// assert_eq!(plan.offices.iter().map(|office| office.name.as_str()).collect::<Vec<_>>(), ["Office 2"]);
/// assert!(template_plan(&plan, &["office-1"]).is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn template_plan(plan: &Plan, offices: &[impl AsRef<str>]) -> Result<Plan, Error> {
    let own = || plan.offices.iter().map(|office| office.id.as_str());
    let wanted = || offices.iter().map(AsRef::as_ref);
    match wanted().find(|id| own().all(|known| known != *id)) {
        Some(id) => Err(Error::unknown("office", id, own())),
        None => Ok(without_money(plan, |office| offices.is_empty() || wanted().any(|id| id == office))),
    }
}

fn without_money(plan: &Plan, is_kept: impl Fn(&str) -> bool) -> Plan {
    let Draft { mut header, outcomes, heads, regions, mut offices, categories, rates, donors, .. } = plan.draft();
    header.lines = header.lines.inline();
    offices.retain(|office| is_kept(office.id.as_str()));
    // What a donor demands is a matter of the whole plan.
    let donors = donors.into_iter().map(|mut donor| {
        donor.profiles.clear();
        donor
    });
    let donors = donors.collect();
    Plan::new(Draft { header, outcomes, heads, regions, offices, categories, rates, donors, ..Draft::default() })
}

/// A workbook in which offices fill in budget lines, as data. What money the plan has is not in it.
///
/// ```
/// use logframe_exchange::export::{TemplateOptions, blank_plan, template};
/// let book = template(&blank_plan(2, "USD"), TemplateOptions::default());
/// let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
/// assert_eq!(names, ["Lines", "Budget", "Results", "Lists", "_plan"]);
/// ```
pub fn template(plan: &Plan, options: TemplateOptions) -> Book {
    let plan = without_money(plan, |_| true);
    let mut sheets = sheets(&plan, options);
    sheets.push(embedded(&plan, options).sheet());
    Book { title: plan.header.title.clone(), sheets }
}

/// All sheets but that of the plan.
fn sheets(plan: &Plan, options: TemplateOptions) -> Vec<Sheet> {
    let context = Context::of(plan);
    let options = options.with_lines(options.lines);
    let results = results::results(&context).map(|sheet| marked(sheet, options));
    let lists = lists::Lists::of(&context, results.as_ref());
    let sheets = [
        Some(lines::lines(&context, &lists, options.lines)),
        Some(marked(budget::budget(&context, &lists, results.as_ref(), options.lines), options)),
        results,
        rates::rates(&context),
        Some(lists.sheet()),
    ];
    sheets.into_iter().flatten().collect()
}

fn embedded(plan: &Plan, options: TemplateOptions) -> Embedded<'_> {
    Embedded { plan, format: options.with_lines(options.lines).format() }
}

/// A sheet with what can be changed on it marked, where names are to be filled in.
fn marked(mut sheet: Sheet, options: TemplateOptions) -> Sheet {
    let changeable = sheet.rows.iter_mut().flatten().filter(|cell| options.marks_names && cell.origin.is_some());
    changeable.for_each(|cell| cell.style.part = Part::Input);
    sheet
}

/// A workbook in which offices fill in budget lines, as the bytes of an xlsx file.
///
/// # Errors
/// As [`xlsx`](super::xlsx).
pub fn template_xlsx(plan: &Plan, options: TemplateOptions) -> Result<Vec<u8>, Error> {
    let plan = without_money(plan, |_| true);
    bytes(written(&plan, options), &plan.header.id)
}

/// Writes a workbook in which offices fill in budget lines, whole or not at all.
///
/// # Errors
/// As [`template_xlsx`], or with the operating system's reason.
pub fn save_template(plan: &Plan, options: TemplateOptions, path: impl AsRef<Path>) -> Result<(), Error> {
    save(written(&without_money(plan, |_| true), options), path.as_ref())
}

fn written(plan: &Plan, options: TemplateOptions) -> Result<Written<'_>, String> {
    let makes = sheets(plan, options).into_iter().map(|sheet| later(move || Some(sheet.into())));
    Written::new(&plan.header.title, makes.collect(), embedded(plan, options))
}

impl Cell {
    /// The same as one that works itself out, or that nobody changes.
    #[must_use]
    fn grey(self) -> Self {
        Self { style: Style { part: Part::Computed, ..self.style }, ..self }
    }
}
