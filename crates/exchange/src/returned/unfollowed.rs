//! What does not follow budget lines that were added, taken out or moved, or that are for something else now.

use std::collections::BTreeMap;

use logframe::Severity;

use super::Comparing;
use super::shown::{Figures, Shows, Wrong};
use super::told::Knock;
use super::view::{Place, Views};
use super::words::{and_more, likewise, lines_in, name, shortened, showing, span};
use crate::export::SheetKind;

/// Cells that do not follow, by what is wrong with them.
#[derive(Default)]
pub struct Unfollowed<'w, 'b> {
    /// Formulas that say what they said.
    pub stays: Vec<&'w Wrong<'b>>,
    /// Formulas for which something new has no cell.
    pub lacks: Vec<&'w Wrong<'b>>,
    /// Amounts of lines that were added: cells that are empty, and cells that show something else.
    pub empty: Vec<Place>,
    pub astray: Vec<Astray>,
    /// Other cells that are empty, with the formula that should be there.
    pub vacant: Vec<(Place, String)>,
}

/// The amount of a line that was added, where its formula gives another.
pub struct Astray {
    place: Place,
    message: String,
}

impl Unfollowed<'_, '_> {
    /// All of them.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.together().chain(self.astray.iter().map(|one| one.place))
    }

    /// Those that are told in one finding.
    fn together(&self) -> impl Iterator<Item = Place> {
        let wrong = self.stays.iter().chain(&self.lacks).map(|one| one.found.place);
        wrong.chain(self.blank())
    }

    fn blank(&self) -> impl Iterator<Item = Place> {
        self.empty.iter().copied().chain(self.vacant.iter().map(|(place, _)| *place))
    }

    /// What has to be put right first: its cell, what is wrong with it, and what can be done.
    fn first(&self, views: &Views<'_>) -> Option<(Place, String, &'static str)> {
        let again = "correct the formulas, or export the plan again: every sum of it takes what it should";
        if let Some((first, rest)) = self.stays.split_first() {
            let place = first.found.place;
            let is = views.text(&views.read(first.found.is, place.0), place.0);
            let wanted = views.wanted(&first.found);
            let [is, should_be] = shortened(&is, wanted.as_deref().unwrap_or_default());
            let should_be = if wanted.is_some() { format!(", and should be {should_be}") } else { String::new() };
            let what = match views.added(&first.found) {
                Some((lines, rows)) => format!("does not count {} as it should", lines_in(views, lines, &rows)),
                None => "does not follow what was moved, taken out or changed".to_owned(),
            };
            let more = and_more(rest.iter().map(|one| name(views, one.found.place)), "does not either", "do not either");
            let shows = showing(&first.shows);
            let message = format!("{} {what}: it is {is}{should_be}{shows}{more}", name(views, place));
            return Some((place, message, again));
        }
        if let Some(place) = self.empty.first() {
            let rows: Vec<u32> = self.empty.iter().map(|(_, row, _)| *row).collect();
            let message = format!("no sum takes in {}: {} is empty", lines_in(views, place.0, &rows), name(views, *place));
            return Some((*place, message, "copy the formulas of another line there, or export the plan again"));
        }
        if let Some((place, wanted)) = self.vacant.first() {
            let [wanted, _] = shortened(wanted, "");
            let message = format!("{} is empty, and should be {wanted}", name(views, *place));
            return Some((*place, message, "write the formula there, or export the plan again"));
        }
        let (first, rest) = self.lacks.split_first()?;
        let place = first.found.place;
        let more = and_more(rest.iter().map(|one| name(views, one.found.place)), "has none either", "have none either");
        let message = format!("{} has no cell for what was added{}{more}", name(views, place), showing(&first.shows));
        Some((place, message, "export the plan again: its sheets have a row for each"))
    }

    /// The sheets that have no cells for what was added, where that is not said yet.
    fn lacking(&self, views: &Views<'_>) -> String {
        let mut sheets: Vec<usize> = self.lacks.iter().map(|one| one.found.place.0).collect();
        sheets.dedup();
        let is_said = self.stays.is_empty() && self.blank().next().is_none();
        let sheets = sheets.iter().filter(|_| !is_said).filter_map(|at| views.list.get(*at));
        let names = sheets.map(|view| format!("the sheet `{}`", view.sheet.name));
        and_more(names, "has no row for it", "have no row for it")
    }
}

impl Comparing<'_> {
    /// What the lines that were added show for their amounts.
    pub(super) fn amounts(&self, views: &Views<'_>, figures: &Figures, told: &mut Unfollowed<'_, '_>) {
        let Some((at, view)) = views.list.iter().enumerate().find(|(_, view)| view.written.kind == SheetKind::Lines) else {
            return;
        };
        let columns = || view.written.columns.iter().zip(0_u16..);
        let [exact, built] =
            ["exact", "built"].map(|key| columns().find(|(column, _)| column.key == key).map(|(_, column)| column));
        for row in view.added {
            let astray = [exact, built].into_iter().flatten().find_map(|column| self.astray(views, figures, (at, *row, column)));
            let is_empty = |column: u16| {
                let counts =
                    view.wanted(*row, column).and_then(|cell| cell.value.number()).is_some_and(|number| !number.is_zero());
                counts && self.workbook.at(view.sheet, *row, column.into()).is_none_or(|field| field.is_blank())
            };
            told.empty
                .extend(built.filter(|column| astray.is_none() && is_empty(*column)).map(|column| (at, *row, column.into())));
            told.astray.extend(astray);
        }
    }

    /// What is wrong with the amount of a line that was added: it shows another, or its formula takes the cells of another line.
    fn astray(&self, views: &Views<'_>, figures: &Figures, (sheet, row, column): (usize, u32, u16)) -> Option<Astray> {
        let view = views.list.get(sheet)?;
        let place = (sheet, row, u32::from(column));
        let field = self.workbook.at(view.sheet, row, column.into()).filter(|field| !field.is_blank())?;
        let wanted = view.wanted(row, column)?;
        let is = view.sheet.formula(row, column.into()).filter(|text| !text.is_empty());
        let texts = is.zip(wanted.value.formula()).and_then(|(is, wanted)| {
            let wanted = views.other_cells(sheet, is, wanted)?;
            Some(shortened(&views.text(&views.read(is, sheet), sheet), &wanted))
        });
        let cell = name(views, place);
        let message = match (figures.shows(sheet, &field, wanted), texts) {
            (Shows::Right, _) | (Shows::Nothing, None) => return None,
            (Shows::Other { shows, is }, None) => {
                format!("{cell} shows {shows}, and the plan works out {is} for the line that was added")
            }
            (shows, Some([is, wanted])) => {
                format!("{cell} is {is}, and should be {wanted} for the line that was added{}", showing(&shows))
            }
        };
        Some(Astray { place, message })
    }

    /// Says what does not follow: one finding, and one a column of amounts that are others.
    pub(super) fn tell_unfollowed(&mut self, views: &Views<'_>, told: &Unfollowed<'_, '_>, knock: &Knock) {
        let mut columns: BTreeMap<(usize, u32), Vec<&Astray>> = BTreeMap::new();
        told.astray.iter().for_each(|one| columns.entry((one.place.0, one.place.2)).or_default().push(one));
        for astray in columns.values() {
            let Some(Astray { place, message }) = astray.first() else { continue };
            let places: Vec<Place> = astray.iter().map(|one| one.place).collect();
            let more = likewise(astray.len() - 1, "were copied wrongly, too");
            let message = format!("{message}{more}{}", knock.said(&places));
            let help = "copy the formulas of another line there; the plan counts what is typed";
            self.find(Severity::Warning, span(self.workbook, views, *place), message, help);
        }
        let Some((place, message, help)) = told.first(views) else { return };
        let blank = told.blank().filter(|blank| *blank != place).map(|place| name(views, place));
        let blank = and_more(blank, "is empty", "are empty");
        let count = knock.said(&told.together().collect::<Vec<_>>());
        let message = format!("{message}{blank}{}{count}", told.lacking(views));
        self.find(Severity::Warning, span(self.workbook, views, place), message, help);
    }
}
