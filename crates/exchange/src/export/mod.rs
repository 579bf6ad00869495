//! A plan as a workbook that a donor can audit: totals are formulas, with the values that they give kept beside them.
//!
//! What stands where is decided here once, as data ([`Book`]); what writes the file only lays it down. The book of a plan never depends on
//! anything but the plan, so that one that comes back can be compared with it cell by cell.

mod allocations;
mod budget;
mod categories;
mod checks;
mod context;
mod embedded;
mod exact;
mod figure;
mod format;
mod formula;
mod funding;
mod height;
mod lines;
mod model;
mod names;
mod office;
mod page;
mod rates;
mod results;
mod sdg;
mod summary;
mod template;
mod write;
mod years;

use std::path::Path;

use logframe::{Error, Plan, write_bytes};

pub use embedded::FORMAT;
pub use model::{Allowed, Book, Cell, Column, Look, Origin, Part, Sheet, SheetKind, Shown, Style, Validation, Value};
pub(crate) use template::BETWEEN;
pub use template::{TemplateOptions, blank_plan, save_template, template, template_plan, template_xlsx};

use budget::Budget;
use context::{Context, NAMES};
use names::Names;

/// Offices beyond these have no sheets of their own: nobody finds anything among so many.
const MOST_OFFICES: usize = 40;

/// The workbook of a plan, as data. Sheets that would be empty are left out.
///
/// ```
/// use logframe::{Plan, Source};
/// use logframe_exchange::export::{Shown, Value, workbook};
/// let text = "format = 1\nplan = { id = 'relief', title = 'Relief', currency = 'USD' }\n\
///             head = [{ id = 'food', title = 'Food' }]\noffice = [{ id = 'north', name = 'North' }]\n\
///             budget = { north = { food = 1_250.50 } }";
/// let plan = Plan::parse(&Source::new("relief.toml", text)).plan.unwrap();
/// let book = workbook(&plan);
/// let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
/// assert_eq!(names, ["Summary", "Results", "Budget", "North", "_plan"]);
/// let total = book.sheet("Budget").unwrap().cell(5, 3).unwrap();
/// let shows = Shown::Number("1250.50".parse()?);
/// assert_eq!(total.value, Value::Formula { text: "SUM(D5)".to_owned(), shows });
/// # Ok::<(), logframe::Error>(())
/// ```
pub fn workbook(plan: &Plan) -> Book {
    let context = Context::of(plan);
    let budget = budget::budget(&context);
    let offices = offices(&context, budget.as_ref());
    let (summary, checks) = (summary::summary(&context, budget.as_ref()), checks::checks(&context, budget.as_ref()));
    let tables = [
        Some(summary),
        results::results(&context),
        budget.map(|budget| budget.sheet),
        allocations::allocations(&context),
        lines::lines(&context),
        rates::rates(&context),
        categories::categories(&context),
        years::years(&context),
        funding::funding(&context),
    ];
    let last = [sdg::sdg(&context), checks, Some(embedded::embedded(plan, FORMAT))];
    let sheets = tables.into_iter().flatten().chain(offices).chain(last.into_iter().flatten()).collect();
    Book { title: plan.header.title.clone(), sheets }
}

fn offices(context: &Context<'_>, budget: Option<&Budget>) -> Vec<Sheet> {
    let Some(budget) = budget.filter(|_| context.plan.offices.len() <= MOST_OFFICES) else { return Vec::new() };
    let mut names = Names::taken(&NAMES);
    let offices = context.plan.offices.iter().enumerate();
    offices.filter_map(|(at, office)| office::office(context, budget, at, &names.free(&office.name))).collect()
}

/// The workbook of a plan as the bytes of an xlsx file, the same for the same plan.
///
/// # Errors
/// [`Error::Unwritable`] where a sheet cannot hold what the plan says: a text of more than 32,767 characters, or more rows or columns than
/// a spreadsheet has. Nothing is ever cut.
pub fn xlsx(plan: &Plan) -> Result<Vec<u8>, Error> {
    write::write(workbook(plan)).map_err(|why| unwritable(&plan.header.id, why))
}

/// Writes a plan as an xlsx file, whole or not at all.
///
/// # Errors
/// As [`xlsx`], or with the operating system's reason.
pub fn save_xlsx(plan: &Plan, path: impl AsRef<Path>) -> Result<(), Error> {
    let path = path.as_ref();
    let bytes = write::write(workbook(plan)).map_err(|why| unwritable(&path.display().to_string(), why))?;
    write_bytes(path, &bytes)
}

fn unwritable(name: &str, why: String) -> Error {
    Error::Unwritable { name: name.to_owned(), source: std::io::Error::other(why) }
}
