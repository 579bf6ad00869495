//! What computed cells say and show in the file, held against what they say and show for the new plan.
//!
//! A formula that says something else was changed, or did not follow what was added, taken out or moved; it is what has to be put right. Whatever
//! is worked out of it is wrong because of it, and only counted. What is left shows another figure and says what it should: it was not
//! calculated again.

use std::collections::{HashMap, HashSet};

use logframe::{Decimal, NumberStyle, Plan};

use super::Comparing;
use super::pairs::{Pairs, Since};
use super::rows::Rows;
use super::verdict::{Found, Verdict};
use super::view::{Place, View, Views};
use crate::export::{Book, Cell, Look, Sheet as Written, SheetKind, Shown, Value};
use crate::records::Field;
use crate::workbook::{Kind, Sheet, is_noise, without_noise};

/// A sheet as it was written, and where its rows are in the file.
pub struct Placed<'b> {
    pub written: &'b Written,
    pub sheet: &'b Sheet,
    pub rows: Rows,
    /// Rows that became budget lines.
    pub added: Vec<u32>,
}

/// What a computed cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    /// What the plan works out, or that cannot be told.
    Right,
    /// Nothing: it was never calculated.
    Nothing,
    Other {
        shows: String,
        is: String,
    },
}

/// A formula of ours that says something else than it should, or shows something else.
pub struct Wrong<'b> {
    pub found: Found<'b>,
    pub verdict: Verdict,
    pub shows: Shows,
}

/// What the cells of a book should show.
pub struct Figures {
    /// The largest figure of each sheet: subtracting leaves behind what is noise beside it. `None` where nothing is compared.
    largest: Vec<Option<Decimal>>,
    /// What the lines of a form come to, by their cells.
    form: HashMap<Place, Decimal>,
}

impl Comparing<'_> {
    /// Says which computed cells say or show something else than the new plan's, whose book this is.
    pub(super) fn shown(&mut self, placed: &[Placed<'_>], [old, plan]: [&Plan; 2], new: &Book) {
        let since = Since::of(old, plan, self.setter.gone());
        let pairs = |one: &Placed<'_>| {
            let Written { name, kind, .. } = one.written;
            let new = new.sheets.iter().find(|new| new.name == since.name(name) && new.kind == *kind)?;
            Some(Pairs::of(one.written, new, &since))
        };
        // Where figures are typed comes first, and what follows from all others last.
        let mut placed: Vec<&Placed<'_>> = placed.iter().collect();
        placed.sort_by_key(|one| (one.written.kind != SheetKind::Lines, one.written.kind == SheetKind::Summary));
        let views = Views::of(placed.iter().map(|one| View::of(one, pairs(one))).collect(), self.workbook);
        let largest = views.list.iter().map(largest).collect();
        self.told(&views, &Figures { largest, form: HashMap::new() });
    }

    /// The same of a form and the sheets beside it. A percentage counts other rows, and is right where these are.
    pub(super) fn shown_in_form(&mut self, placed: &[Placed<'_>], rows: &[u32], new: &Plan) {
        let views = Views::of(placed.iter().map(|one| View::of(one, None)).collect(), self.workbook);
        let form = views.list.iter().position(|view| view.written.kind == SheetKind::Lines);
        let column = form.and_then(|at| {
            let columns = &views.list.get(at)?.written.columns;
            columns.iter().zip(0..).find(|(column, _)| column.key == "exact").map(|(_, column)| (at, column))
        });
        let lines = new.lines.iter().zip(new.built_lines()).zip(rows).filter(|((line, _), _)| !line.is_percentage());
        let exact = lines.filter_map(|((_, built), row)| {
            let (at, column) = column?;
            Some(((at, *row, column), built.exact.ok()?))
        });
        let form = exact.collect();
        self.told(&views, &Figures { largest: vec![None; views.list.len()], form });
    }

    /// What a computed cell shows, beside what it should.
    pub(super) fn shows(&self, views: &Views<'_>, figures: &Figures, found: &Found<'_>) -> Shows {
        let (at, row, column) = found.place;
        let field = views.list.get(at).and_then(|view| self.workbook.at(view.sheet, row, column));
        let Some(field) = field else { return Shows::Nothing };
        if let Some(is) = figures.form.get(&found.place) {
            return other(&field, &Value::Number(*is), is.abs());
        }
        found.new.map_or(Shows::Right, |new| figures.shows(at, &field, new))
    }

    /// Every formula of ours that is not as it should be.
    pub(super) fn wrong<'b>(&self, views: &Views<'b>, figures: &Figures) -> Vec<Wrong<'b>> {
        let one = |found: Found<'b>| {
            let (verdict, shows) = (views.verdict(&found), self.shows(views, figures, &found));
            let is_wrong = match verdict {
                Verdict::Right => matches!(shows, Shows::Other { .. }),
                Verdict::Lacks => shows != Shows::Right,
                Verdict::Stays | Verdict::Broken | Verdict::Changed => true,
            };
            is_wrong.then_some(Wrong { found, verdict, shows })
        };
        views.formulas().filter_map(one).collect()
    }

    /// The computed cells that do not show what they should, as far as the file tells.
    pub(super) fn unsure(&self, views: &Views<'_>, figures: &Figures) -> HashSet<Place> {
        let unsure = views.formulas().filter(|found| self.shows(views, figures, found) != Shows::Right);
        unsure.map(|found| found.place).collect()
    }
}

impl Figures {
    /// What a cell of a sheet shows, beside what would be written there now.
    pub fn shows(&self, sheet: usize, field: &Field<'_>, new: &Cell) -> Shows {
        let largest = self.largest.get(sheet).copied().flatten();
        largest.map_or(Shows::Right, |largest| other(field, &new.value, largest))
    }
}

/// The largest figure that a sheet should show; `None` where its figures follow nothing in the file.
fn largest(view: &View<'_>) -> Option<Decimal> {
    let pairs = &view.new.as_ref()?.pairs;
    // What is worked out here and written as a number, as years are, follows nothing in the file; neither do its sums.
    let is_fixed =
        |cell: &Cell| cell.origin.is_none() && matches!((&cell.value, cell.style.look), (Value::Number(_), Look::Number(_)));
    let is_old = |(row, column, cell): (u32, u16, &Cell)| {
        is_fixed(cell) && pairs.cell(row, column).is_some_and(|new| new.value != cell.value)
    };
    let numbers = || pairs.new.cells().filter_map(|(.., cell)| cell.value.number()).map(Decimal::abs);
    (!view.written.cells().any(is_old)).then(|| numbers().max().unwrap_or_default())
}

/// What a cell shows beside what it should, among figures as large as that.
fn other(field: &Field<'_>, value: &Value, largest: Decimal) -> Shows {
    match field.kind {
        Kind::Error if field.text.starts_with('=') => return Shows::Nothing,
        // A day is a number that somebody has shown in another way.
        Kind::Date => return Shows::Right,
        _ => {}
    }
    let is = match value {
        Value::Number(number) | Value::Formula { shows: Shown::Number(number), .. } => {
            let off = number_of(field).and_then(|shown| shown.exact_sub(*number));
            off.is_none_or(|off| !is_noise(largest, off)).then(|| grouped(*number))
        }
        Value::Formula { shows: Shown::Text(text), .. } => (field.text != text.trim()).then(|| format!("`{text}`")),
        Value::Formula { shows: Shown::Dash, .. } => (field.text != logframe::Cell::NONE).then(|| "none".to_owned()),
        Value::Blank | Value::Formula { shows: Shown::Nothing, .. } => {
            let is_nothing = field.is_blank() || number_of(field).is_some_and(Decimal::is_zero);
            (!is_nothing).then(|| "nothing".to_owned())
        }
        Value::Text(_) => None,
    };
    let shows = || match number_of(field) {
        Some(number) => grouped(without_noise(number, largest)),
        None => format!("`{}`", field.text.escape_debug()),
    };
    is.map_or(Shows::Right, |is| Shows::Other { shows: shows(), is })
}

/// The number of a field, whether it is shown in per cent or not.
fn number_of(field: &Field<'_>) -> Option<Decimal> {
    match field.kind {
        Kind::Number => field.text.parse().ok(),
        Kind::Percent => field.text.strip_suffix('%')?.parse::<Decimal>().ok()?.percent(),
        _ => None,
    }
}

fn grouped(number: Decimal) -> String {
    number.normalized().grouped(NumberStyle::of_language("en"))
}
