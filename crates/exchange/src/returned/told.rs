//! What is said about computed cells that are not as they should be: what has to be put right first, with what is worked out of it counted.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

use logframe::{Severity, Span};

use super::Comparing;
use super::knock_on::Graph;
use super::shown::{Figures, Shows, Wrong};
use super::unfollowed::Unfollowed;
use super::verdict::Verdict;
use super::view::{Place, Views};
use super::words::{LONG, and_more, likewise, name, shortened, showing, span};

/// Findings at which it is counted what is worked out of their cells.
const COUNTED: usize = 20;

/// A formula that somebody typed over, or emptied.
pub struct Typed {
    pub sheet: String,
    pub row: u32,
    pub column: u32,
    pub span: Option<Span>,
    /// What stands there now, and what was written.
    pub is: Option<String>,
    pub was: String,
}

/// What follows from cells that are wrong.
pub struct Knock {
    graph: Graph,
    /// The computed cells that do not show what they should, as far as the file tells.
    unsure: HashSet<Place>,
    /// At how many findings it can still be counted.
    left: Cell<usize>,
}

impl Knock {
    fn behind(&self, of: &[Place]) -> Option<Vec<Place>> {
        let behind = self.graph.behind(of)?;
        Some(behind.into_iter().filter(|place| self.unsure.contains(place)).collect())
    }

    /// How many cells are worked out of some.
    pub fn said(&self, of: &[Place]) -> String {
        let Some(left) = self.left.get().checked_sub(1).filter(|_| !of.is_empty()) else { return String::new() };
        self.left.set(left);
        let them = if of.len() == 1 { "it" } else { "them" };
        match self.behind(of).map(|behind| behind.len()) {
            None | Some(0) => String::new(),
            Some(1) => format!("; 1 cell is worked out of {them}"),
            Some(count) => format!("; {count} cells are worked out of {them}"),
        }
    }
}

/// What has to be put right, by why.
#[derive(Default)]
struct Roots<'w, 'b> {
    changed: BTreeMap<(usize, u32, String), Vec<&'w Wrong<'b>>>,
    broken: Vec<&'w Wrong<'b>>,
    unfollowed: Unfollowed<'w, 'b>,
}

impl Comparing<'_> {
    /// Says what is wrong among computed cells.
    pub(super) fn told(&mut self, views: &Views<'_>, figures: &Figures) {
        let wrong = self.wrong(views, figures);
        let roots = self.roots(views, figures, &wrong);
        let typed: Vec<Place> = self.typed.iter().filter_map(|typed| place(views, typed)).collect();
        let all: Vec<Place> = roots.places().chain(typed).collect();
        let knock = (!all.is_empty()).then(|| Knock {
            graph: Graph::of(views),
            unsure: self.unsure(views, figures),
            left: Cell::new(COUNTED),
        });
        let behind: HashSet<Place> =
            knock.iter().filter_map(|knock| knock.behind(&all)).flatten().chain(all.iter().copied()).collect();
        let stale: Vec<&Wrong<'_>> = wrong.iter().filter(|one| !behind.contains(&one.found.place)).collect();
        if let Some(knock) = knock {
            self.tell_typed(Some((views, &knock)));
            self.tell_changed(views, &roots, &knock);
            self.tell_unfollowed(views, &roots.unfollowed, &knock);
            self.tell_broken(views, &roots, &knock);
        }
        self.tell_typed(None);
        self.tell_stale(views, &stale);
        if views.left.get() == 0 {
            let message = "so many rows were moved that not every formula could be held against what it should say";
            self.find(Severity::Note, None, message, "export the plan again to have its formulas");
        }
    }

    fn roots<'w, 'b>(&self, views: &Views<'_>, figures: &Figures, wrong: &'w [Wrong<'b>]) -> Roots<'w, 'b> {
        let mut roots = Roots::default();
        for one in wrong {
            let (sheet, row, column) = one.found.place;
            match one.verdict {
                Verdict::Right => {}
                Verdict::Lacks => roots.unfollowed.lacks.push(one),
                Verdict::Stays => roots.unfollowed.stays.push(one),
                Verdict::Broken => roots.broken.push(one),
                Verdict::Changed => {
                    // The same formula in every row of a column is one change.
                    let own = views.read(one.found.is, sheet);
                    let relative =
                        own.copied(-i64::from(row)).map_or_else(|| one.found.is.to_owned(), |own| views.text(&own, sheet));
                    roots.changed.entry((sheet, column, relative)).or_default().push(one);
                }
            }
        }
        self.amounts(views, figures, &mut roots.unfollowed);
        roots.unfollowed.vacant = views.vacant();
        roots
    }

    /// Formulas that were typed over, a finding a column.
    pub(super) fn tell_typed(&mut self, knock: Option<(&Views<'_>, &Knock)>) {
        let mut columns: BTreeMap<(String, u32, bool), Vec<Typed>> = BTreeMap::new();
        for typed in std::mem::take(&mut self.typed) {
            columns.entry((typed.sheet.clone(), typed.column, typed.is.is_some())).or_default().push(typed);
        }
        for typed in columns.into_values() {
            let Some(first) = typed.first() else { continue };
            let cell = format!("{}!{}{}", first.sheet, logframe::column_letters(first.column as usize), first.row + 1);
            let [was, _] = shortened(&format!("={}", first.was), "");
            let message = match &first.is {
                Some(is) => format!("`{is}` was typed over the formula {was}, and is not read"),
                None => format!("the formula {was} of {cell} is gone; what the plan says is worked out all the same"),
            };
            let help = match first.is {
                Some(_) => "put the formula back, and change the figures that it is worked out of",
                None => "export the plan again to have it back",
            };
            let more = likewise(typed.len() - 1, if first.is.is_some() { "were typed over" } else { "were emptied" });
            let count =
                knock.map(|(views, knock)| knock.said(&typed.iter().filter_map(|typed| place(views, typed)).collect::<Vec<_>>()));
            self.find(Severity::Warning, first.span, message + &more + &count.unwrap_or_default(), help);
        }
    }

    /// Formulas that say something else.
    fn tell_changed(&mut self, views: &Views<'_>, roots: &Roots<'_, '_>, knock: &Knock) {
        for group in roots.changed.values() {
            let Some(first) = group.first() else { continue };
            let own = first.found.place.0;
            let [was, is] = [first.found.was, first.found.is].map(|text| views.text(&views.read(text, own), own));
            let [was, is] = shortened(&was, &is);
            let places: Vec<Place> = group.iter().map(|one| one.found.place).collect();
            let message = format!(
                "the formula of {} was {was}, and is {is}{}{}{}",
                name(views, first.found.place),
                showing(&first.shows),
                likewise(group.len() - 1, "were changed likewise"),
                knock.said(&places)
            );
            let help = match views.wanted(&first.found) {
                Some(wanted) if wanted.len() <= 3 * LONG => {
                    format!("write {wanted} there, and change the figures that it is worked out of")
                }
                _ => "export the plan again to have it back, and change the figures that it is worked out of".to_owned(),
            };
            self.find(Severity::Warning, span(self.workbook, views, first.found.place), message, &help);
        }
    }

    /// Formulas of which a cell is gone.
    fn tell_broken(&mut self, views: &Views<'_>, roots: &Roots<'_, '_>, knock: &Knock) {
        let Some((first, rest)) = roots.broken.split_first() else { return };
        let own = first.found.place.0;
        let [was, is] = [first.found.was, first.found.is].map(|text| views.text(&views.read(text, own), own));
        let [was, is] = shortened(&was, &is);
        let places: Vec<Place> = roots.broken.iter().map(|one| one.found.place).collect();
        let message = format!(
            "{} takes a cell that is gone: it was {was}, and is {is}{}{}",
            name(views, first.found.place),
            and_more(rest.iter().map(|one| name(views, one.found.place)), "does too", "do too"),
            knock.said(&places)
        );
        let help = "export the plan again: no formula of it takes what is gone";
        self.find(Severity::Warning, span(self.workbook, views, first.found.place), message, help);
    }

    /// Cells that say what they should, and show something else.
    fn tell_stale(&mut self, views: &Views<'_>, stale: &[&Wrong<'_>]) {
        let Some((first, rest)) = stale.split_first() else { return };
        let Shows::Other { shows, is } = &first.shows else { return };
        let more = and_more(rest.iter().map(|one| name(views, one.found.place)), "differs too", "differ too");
        let message = format!("{} shows {shows}, and the plan works out {is}{more}", name(views, first.found.place));
        let help = "it was not calculated again, or it counts what is not read; the plan is made of what is typed";
        self.find(Severity::Warning, span(self.workbook, views, first.found.place), message, help);
    }
}

impl Roots<'_, '_> {
    fn places(&self) -> impl Iterator<Item = Place> {
        let wrong = self.changed.values().flatten().chain(&self.broken).map(|one| one.found.place);
        wrong.chain(self.unfollowed.places())
    }
}

fn place(views: &Views<'_>, typed: &Typed) -> Option<Place> {
    let sheet = views.list.iter().position(|view| view.sheet.name == typed.sheet)?;
    Some((sheet, typed.row, typed.column))
}
