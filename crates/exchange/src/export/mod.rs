//! A plan as a workbook that a donor can audit: totals are formulas, with the values that they give kept beside them.
//!
//! What stands where is decided here once, as data ([`Book`]); what writes the file only lays it down. The book of a plan never depends on
//! anything but the plan, so that one that comes back can be compared with it cell by cell.

mod allocations;
mod archive;
mod arrange;
mod budget;
mod categories;
mod cells;
mod checks;
mod context;
mod digits;
mod embedded;
mod exact;
mod figure;
mod format;
mod formula;
mod frame;
mod funding;
mod height;
mod laid;
mod lines;
mod model;
mod names;
mod office;
mod page;
mod rates;
mod results;
mod sdg;
mod summary;
mod survey;
mod template;
mod threads;
mod write;
mod years;

use std::io::Cursor;
use std::path::Path;

use logframe::{Error, Plan, write_with};

pub use embedded::FORMAT;
pub(crate) use formula::quoted;
pub use model::{Allowed, Book, Cell, Column, Look, Origin, Part, Sheet, SheetKind, Shown, Style, Validation, Value};
pub(crate) use template::BETWEEN;
pub use template::{TemplateOptions, blank_plan, save_template, template, template_plan, template_xlsx};

use budget::Budget;
use context::{Context, NAMES};
use embedded::Embedded;
use laid::Laid;
use names::Names;
use write::{Make, Written};

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
    let making = Making::of(plan);
    let sheets = making.makes().into_iter().filter_map(|make| make()).map(Laid::whole);
    let sheets = sheets.chain([making.embedded().sheet()]).collect();
    Book { title: plan.header.title.clone(), sheets }
}

/// What the sheets are made from.
struct Making<'p> {
    context: Context<'p>,
    budget: Option<Budget>,
}

impl<'p> Making<'p> {
    fn of(plan: &'p Plan) -> Self {
        let context = Context::of(plan);
        let budget = budget::budget(&context);
        Self { context, budget }
    }

    /// What makes the sheets, in their order.
    fn makes(&self) -> Vec<Make<'_>> {
        let (context, budget) = (&self.context, self.budget.as_ref());
        let table = |sheet: fn(&Context<'_>) -> Option<Sheet>| later(move || sheet(context).map(Laid::from));
        let mut makes = vec![
            later(move || Some(summary::summary(context, budget).into())),
            table(results::results),
            later(move || budget.map(|budget| budget.sheet.clone().into())),
            table(allocations::allocations),
            later(move || lines::lines(context)),
            table(rates::rates),
            table(categories::categories),
            table(years::years),
            table(funding::funding),
        ];
        makes.extend(self.offices());
        makes.extend([table(sdg::sdg), later(move || checks::checks(context, budget).map(Laid::from))]);
        makes
    }

    fn offices(&self) -> impl Iterator<Item = Make<'_>> {
        let (context, mut names) = (&self.context, Names::taken(&NAMES));
        let budget = self.budget.as_ref().filter(|_| context.plan.offices.len() <= MOST_OFFICES);
        let offices = budget.map(|budget| context.plan.offices.iter().enumerate().map(move |office| (budget, office)));
        offices.into_iter().flatten().map(move |(budget, (at, office))| {
            let name = names.free(&office.name);
            later(move || office::office(context, budget, at, &name))
        })
    }

    fn embedded(&self) -> Embedded<'_> {
        Embedded { plan: self.context.plan, format: FORMAT.to_owned() }
    }

    fn written(&self) -> Result<Written<'_>, String> {
        Written::new(&self.context.plan.header.title, self.makes(), self.embedded())
    }
}

fn later<'c>(make: impl FnOnce() -> Option<Laid<'c>> + Send + 'c) -> Make<'c> {
    Box::new(make)
}

/// The workbook of a plan as the bytes of an xlsx file, the same for the same plan.
///
/// # Errors
/// [`Error::Unwritable`] where a sheet cannot hold what the plan says: a text of more than 32,767 characters, or more rows or columns than
/// a spreadsheet has. Nothing is ever cut.
pub fn xlsx(plan: &Plan) -> Result<Vec<u8>, Error> {
    bytes(Making::of(plan).written(), &plan.header.id)
}

/// Writes a plan as an xlsx file, whole or not at all.
///
/// # Errors
/// As [`xlsx`], or with the operating system's reason.
pub fn save_xlsx(plan: &Plan, path: impl AsRef<Path>) -> Result<(), Error> {
    save(Making::of(plan).written(), path.as_ref())
}

/// The bytes of a file, or why there is none.
fn bytes(written: Result<Written<'_>, String>, name: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    let saved = written.and_then(|written| written.save(&mut bytes).map_err(|error| error.to_string()));
    saved.map(|()| bytes.into_inner()).map_err(|why| unwritable(name, why))
}

/// Writes a file, without having it whole in memory.
fn save(written: Result<Written<'_>, String>, path: &Path) -> Result<(), Error> {
    let written = written.map_err(|why| unwritable(&path.display().to_string(), why))?;
    write_with(path, |file| written.save(file))
}

fn unwritable(name: &str, why: String) -> Error {
    Error::Unwritable { name: name.to_owned(), source: std::io::Error::other(why) }
}
