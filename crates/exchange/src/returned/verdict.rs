//! Formulas held against what would be written now: which were changed, and which did not follow what was added, taken out or moved.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::{Cells, Formula, Part};
use super::order::{Run, join};
use super::view::{Layout, Place, Runs, Views, columns};
use crate::export::{Cell, Value};
use crate::workbook::Area;

/// A formula of ours in the file.
pub struct Found<'b> {
    pub place: Place,
    /// The row in which it was written.
    pub row: u32,
    /// As it was written.
    pub was: &'b str,
    pub is: &'b str,
    /// What would be written there now.
    pub new: Option<&'b Cell>,
}

impl Found<'_> {
    /// The formula that would be written there now.
    fn wanted(&self) -> Option<&str> {
        self.new?.value.formula()
    }

    /// Whether nothing would be written there now.
    fn is_blank_now(&self) -> bool {
        self.new.is_some_and(|new| new.value == Value::Blank)
    }
}

/// What a formula in the file says, beside what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What it should, as far as that can be told.
    Right,
    /// What it should, but for something new that has no cell on its sheets.
    Lacks,
    /// What it said before, though its rows came or went or moved.
    Stays,
    /// A cell that it took is gone.
    Broken,
    /// Something else.
    Changed,
}

/// What a formula does, with its cells as places in the order of rows.
type Key = Vec<Result<Vec<(usize, u32, Run)>, String>>;

impl Views<'_> {
    /// What a formula of ours says now.
    pub fn verdict(&self, found: &Found<'_>) -> Verdict {
        if !self.has_texts() || found.is.is_empty() {
            return Verdict::Right;
        }
        let is_as_before = found.was == found.is && !found.is_blank_now() && found.wanted().is_none_or(|new| new == found.was);
        if self.is_unmoved && is_as_before {
            return Verdict::Right;
        }
        let own = found.place.0;
        let [was, is] = [found.was, found.is].map(|text| self.read(text, own).simple());
        // A sheet that is not known cannot have been followed.
        if was.parts.iter().any(|part| matches!(part, Part::Said(said) if said.contains('!'))) {
            return Verdict::Right;
        }
        let wanted = found.wanted().map(|text| self.read(text, own).simple());
        if found.is_blank_now() && self.judged(&was, &is, None, 0) == Some(Verdict::Right) {
            let takes = is.cells().filter_map(|cells| self.in_file(Layout::New, cells)).flatten();
            let takes_any = takes.into_iter().any(|(_, (from, to))| from < to);
            return if takes_any { Verdict::Stays } else { Verdict::Right };
        }
        let moved_by = i64::from(found.place.1) - i64::from(found.row);
        let verdict = self.judged(&was, &is, wanted.as_ref(), moved_by);
        // What cannot be afforded once is not tried again.
        verdict.unwrap_or_else(|| {
            self.left.set(0);
            Verdict::Right
        })
    }

    /// Cells of ours that are blank and should not be, with what should be there.
    pub fn vacant(&self) -> Vec<(Place, String)> {
        let all = self.list.iter().enumerate().flat_map(|(at, view)| view.vacant(at, self.workbook));
        let known = all.map(|(place, wanted)| (place, self.read(wanted, place.0)));
        let known = known.filter(|(_, wanted)| wanted.cells().all(|cells| self.is_known(cells)));
        known.filter_map(|(place, wanted)| Some((place, self.text(&self.moved(&wanted, Layout::New)?, place.0)))).collect()
    }

    /// `None` where it costs too much to tell.
    fn judged(&self, was: &Formula, is: &Formula, wanted: Option<&Formula>, moved_by: i64) -> Option<Verdict> {
        let is_known = wanted.is_some_and(|wanted| wanted.cells().all(|cells| self.is_known(cells)));
        match wanted.map(|wanted| self.fits(Layout::New, is, wanted)) {
            Some(None) => return None,
            Some(Some(true)) if !is_known && wanted.map(size) > Some(size(was)) => return Some(Verdict::Lacks),
            Some(Some(true)) => return Some(Verdict::Right),
            Some(Some(false)) | None => {}
        }
        if is.is_broken() && !was.is_broken() {
            return Some(Verdict::Broken);
        }
        if self.fits(Layout::Written, is, was)? {
            let should_follow = is_known && wanted.is_some_and(|wanted| wanted.does_as(was));
            return Some(if should_follow { Verdict::Stays } else { Verdict::Right });
        }
        let as_it_stands = |formula: &Formula| {
            self.key(formula, &|cells| Some(columns(cells, (cells.area.top, cells.area.bottom.saturating_add(1)))))
        };
        let text = as_it_stands(is)?;
        // A row that was sorted takes its formulas along, as if they were copied.
        let copied = was.copied(moved_by).and_then(|was| as_it_stands(&was));
        let stays = text == as_it_stands(was)? || Some(text) == copied || self.may_be_sorted_away(was, is);
        Some(if stays { Verdict::Stays } else { Verdict::Changed })
    }

    /// Whether a formula takes as much of the same columns as it did, of sheets that were sorted: whose rows these are now cannot be known.
    fn may_be_sorted_away(&self, was: &Formula, is: &Formula) -> bool {
        let is_sorted = |cells: &Cells| self.list.get(cells.sheet).is_some_and(|view| !view.is_kept());
        let alike = |(was, is): (&Cells, &Cells)| {
            let [was_area, area] = [was.area, is.area];
            let same = was.sheet == is.sheet && (was_area.left, was_area.right) == (area.left, area.right);
            same && area.bottom - area.top == was_area.bottom - was_area.top && (is_sorted(is) || was_area == area)
        };
        let count = was.cells().count();
        was.does_as(is) && count == is.cells().count() && was.cells().any(is_sorted) && was.cells().zip(is.cells()).all(alike)
    }

    /// Whether a formula of the file is one of a layout, with its rows where they are; `None` where it costs too much to tell.
    fn fits(&self, layout: Layout, is: &Formula, wanted: &Formula) -> Option<bool> {
        let is = self.key(is, &|cells| self.in_file(layout, cells))?;
        Some(is == self.key(wanted, &|cells| self.places(layout, cells))?)
    }

    /// What a formula should say: as it would be written now, or as it was written, with its rows where they are. `None` where that cannot be told.
    pub fn wanted(&self, found: &Found<'_>) -> Option<String> {
        let own = found.place.0;
        if found.is_blank_now() {
            return Some("empty".to_owned());
        }
        let new = found.wanted().map(|text| self.read(text, own));
        let new = new.filter(|new| new.cells().all(|cells| self.is_known(cells)));
        let moved = match new {
            Some(new) => self.moved(&new, Layout::New),
            None => self.moved(&self.read(found.was, own), Layout::Written),
        };
        Some(self.text(&moved?, own))
    }

    /// What a formula should be that does what is wanted with other cells.
    pub fn other_cells(&self, sheet: usize, is: &str, wanted: &str) -> Option<String> {
        let (is, new) = (self.read(is, sheet).simple(), self.read(wanted, sheet));
        let wanted = new.simple();
        let is_alike = self.has_texts() && is.does_as(&wanted) && wanted.cells().all(|cells| self.is_known(cells));
        let fits = self.fits(Layout::New, &is, &wanted)?;
        let moved = self.moved(&new, Layout::New).filter(|_| is_alike && !fits)?;
        Some(self.text(&moved, sheet))
    }

    /// A formula with its cells where they are in the file.
    fn moved(&self, formula: &Formula, layout: Layout) -> Option<Formula> {
        let part = |part: &Part| match part {
            Part::Said(text) => Some(Part::Said(text.clone())),
            Part::Cells(cells) => Some(Part::Cells(self.moved_cells(cells, layout)?)),
        };
        Some(Formula { parts: formula.parts.iter().map(part).collect::<Option<_>>()? })
    }

    /// Cells where they are in the file, neighbours as one range.
    fn moved_cells(&self, cells: &[Cells], layout: Layout) -> Option<Vec<Cells>> {
        let mut groups: Vec<(Cells, [u32; 2], Vec<Run>)> = Vec::new();
        for cells in cells {
            let own = self.places(layout, cells)?;
            let (Some((left, _)), Some((right, _))) = (own.first(), own.last()) else { continue };
            let runs = own.iter().filter(|(column, _)| column == left).map(|(_, run)| *run);
            match groups.last_mut() {
                Some((last, columns, all)) if last.sheet == cells.sheet && *columns == [*left, *right] => all.extend(runs),
                _ => groups.push((*cells, [*left, *right], runs.collect())),
            }
        }
        let areas = |(cells, [left, right], mut runs): (Cells, [u32; 2], Vec<Run>)| {
            join(&mut runs);
            let order = self.list.get(cells.sheet).and_then(|view| view.order(layout));
            let area = move |(from, to): Run| {
                let (top, bottom) = (order?.row(from)?, order?.row(to.checked_sub(1)?)?);
                Some(Cells { area: Area { top, left, bottom, right }, ..cells })
            };
            runs.into_iter().filter_map(area)
        };
        Some(groups.into_iter().flat_map(areas).collect())
    }

    /// Rows of budget lines that were added, and that a formula should take and does not, or the other way round; `None` where it misses others.
    pub fn added(&self, found: &Found<'_>) -> Option<(usize, Vec<u32>)> {
        let own = found.place.0;
        let wanted = self.read(found.wanted()?, own).simple();
        let is = self.read(found.is, own).simple();
        let lines = self.list.iter().position(|view| !view.added.is_empty())?;
        let view = self.list.get(lines)?;
        let order = view.order(Layout::New)?;
        let rows = |formula: &Formula, places: &dyn Fn(&Cells) -> Option<Runs>| {
            let runs = formula.cells().filter(|cells| cells.sheet == lines).filter_map(places).flatten();
            runs.flat_map(|(column, (from, to))| (from..to).map(move |row| (column, row))).collect::<BTreeSet<_>>()
        };
        let wanted = rows(&wanted, &|cells| self.places(Layout::New, cells));
        let is = rows(&is, &|cells| self.in_file(Layout::New, cells));
        let missed: Option<Vec<u32>> = wanted.symmetric_difference(&is).map(|(_, place)| order.row(*place)).collect();
        let is_new = |missed: &Vec<u32>| missed.iter().all(|row| view.added.binary_search(row).is_ok());
        missed.filter(|missed| !missed.is_empty() && is_new(missed)).map(|missed| (lines, missed))
    }

    fn key(&self, formula: &Formula, place: &dyn Fn(&Cells) -> Option<Runs>) -> Option<Key> {
        let part = |part: &Part| match part {
            Part::Said(text) => Some(Err(text.clone())),
            Part::Cells(cells) => {
                let mut columns: BTreeMap<(usize, u32), Vec<Run>> = BTreeMap::new();
                for cells in cells {
                    let width = (cells.area.right - cells.area.left) as usize + 1;
                    self.left.set(self.left.get().checked_sub(width)?);
                    let runs = place(cells)?.into_iter().filter(|(_, (from, to))| from < to);
                    runs.for_each(|(column, run)| columns.entry((cells.sheet, column)).or_default().push(run));
                }
                columns.values_mut().for_each(join);
                let all = columns.into_iter();
                Some(Ok(all.flat_map(|((sheet, column), runs)| runs.into_iter().map(move |run| (sheet, column, run))).collect()))
            }
        };
        formula.parts.iter().map(part).collect()
    }
}

/// How many cells a formula takes.
fn size(formula: &Formula) -> u64 {
    let one = |cells: &Cells| {
        let Area { top, left, bottom, right } = cells.area;
        u64::from(bottom - top + 1) * u64::from(right - left + 1)
    };
    formula.cells().map(one).sum()
}
