//! Changing a draft by verbs: what is there under an id is replaced in its place, what is not is added at the end.

use super::draft::Draft;
use super::funding::Donor;
use super::id::Id;
use super::line::Line;
use super::office::Office;
use super::place::Region;
use super::rate::Rate;
use super::result::{Activity, Head, Outcome, Output};
use super::{Allocation, Cell};
use crate::error::Error;
use crate::source::Spanned;

impl Draft {
    /// Gives an office an amount for a result, or a printed none.
    ///
    /// ```
    /// use logframe::{Cell, Draft, Head, Header, Office};
    /// let mut draft = Draft { header: Header::new("demo", "Demo", "USD"), ..Draft::default() };
    /// draft.set_head(Head::new("food", "Food"));
    /// draft.set_office(Office::new("north", "North"));
    /// draft.set_allocation("north", "food", Cell::Amount("12.50".parse()?))?;
    /// assert!(draft.set_allocation("nort", "food", Cell::None).unwrap_err().to_string().contains("did you mean `north`?"));
    /// assert_eq!(draft.allocations.len(), 1);
    /// # Ok::<(), logframe::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id where there is no such office or result.
    pub fn set_allocation(&mut self, office: &str, result: &str, cell: Cell) -> Result<(), Error> {
        let (office, result) = (self.office_id(office)?, self.result_id(result)?);
        match self.allocations.iter_mut().find(|one| *one.office == office && *one.result == result) {
            Some(allocation) => (allocation.cell, allocation.is_built) = (cell.into(), false),
            None => self.allocations.push(Allocation::of(office, result, cell)),
        }
        Ok(())
    }

    /// Takes an allocation away: the cell is then not given.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id where there is no such allocation.
    pub fn remove_allocation(&mut self, office: &str, result: &str) -> Result<(), Error> {
        let (office, result) = (self.office_id(office)?, self.result_id(result)?);
        let before = self.allocations.len();
        self.allocations.retain(|one| one.is_built || *one.office != office || *one.result != result);
        if self.allocations.len() == before {
            let given = self.allocations.iter().map(|one| format!("{}, {}", one.office.as_str(), one.result.as_str()));
            let given: Vec<String> = given.collect();
            return Err(Error::unknown("allocation", &format!("{office}, {result}"), given.iter().map(String::as_str)));
        }
        Ok(())
    }

    /// Adds a budget line, or replaces the one of its id. A line without an id is always a further one.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id where there is no such office or result.
    pub fn set_line(&mut self, line: Line) -> Result<(), Error> {
        self.office_id(&line.office)?;
        self.result_id(&line.result)?;
        let own = self.lines.iter_mut().find(|one| one.id.is_some() && one.id == line.id);
        match own {
            Some(old) => *old = line,
            None => self.lines.push(line),
        }
        Ok(())
    }

    /// Takes a budget line away.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id.
    pub fn remove_line(&mut self, id: &str) -> Result<(), Error> {
        let at = self.line_at(id)?;
        self.lines.remove(at);
        Ok(())
    }

    /// The position of the budget line of an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id.
    pub fn line_at(&self, id: &str) -> Result<usize, Error> {
        let ids = || self.lines.iter().filter_map(|line| line.id.as_ref()).map(|id| id.as_str());
        let at = self.lines.iter().position(|line| line.id.as_ref().is_some_and(|own| own.as_str() == id));
        at.ok_or_else(|| Error::unknown("budget line", id, ids()))
    }

    /// Adds a rate, or replaces the one of the same currencies and day.
    pub fn set_rate(&mut self, rate: Rate) {
        let plan = self.header.currency.value.clone();
        let is_same = |one: &&mut Rate| one.key(&plan) == rate.key(&plan);
        match self.rates.iter_mut().find(is_same) {
            Some(old) => *old = rate,
            None => self.rates.push(rate),
        }
    }

    /// Adds a donor, or replaces the one of its id.
    pub fn set_donor(&mut self, donor: Donor) {
        put(&mut self.donors, donor, |one| &one.id);
    }

    /// Adds an office, or replaces the one of its id.
    pub fn set_office(&mut self, office: Office) {
        put(&mut self.offices, office, |one| &one.id);
    }

    /// Takes an office away with its allocations. Whatever else speaks of it becomes a finding.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id.
    pub fn remove_office(&mut self, id: &str) -> Result<(), Error> {
        let id = self.office_id(id)?;
        self.offices.retain(|office| *office.id != id);
        self.allocations.retain(|allocation| *allocation.office != id);
        Ok(())
    }

    /// Adds a region, or replaces the one of its id.
    pub fn set_region(&mut self, region: Region) {
        put(&mut self.regions, region, |one| &one.id);
    }

    /// Takes a region away.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id.
    pub fn remove_region(&mut self, id: &str) -> Result<(), Error> {
        let id = known("region", id, self.regions.iter().map(|region| &region.id.value))?;
        self.regions.retain(|region| *region.id != id);
        Ok(())
    }

    /// Adds a budget head, or replaces the one of its id.
    pub fn set_head(&mut self, head: Head) {
        put(&mut self.heads, head, |one| &one.id);
    }

    /// Adds an outcome; one that is there under its id keeps its outputs, activities and indicators where the new one has none.
    pub fn set_outcome(&mut self, mut outcome: Outcome) {
        if let Some(old) = self.outcomes.iter().find(|one| one.id.value == outcome.id.value) {
            keep(&mut outcome.outputs, &old.outputs);
            keep(&mut outcome.activities, &old.activities);
            keep(&mut outcome.indicators, &old.indicators);
        }
        put(&mut self.outcomes, outcome, |one| &one.id);
    }

    /// Adds an output under an outcome; one that is there under its id keeps its activities and indicators where the new one has
    /// none.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id where there is no such outcome.
    pub fn set_output(&mut self, outcome: &str, mut output: Output) -> Result<(), Error> {
        let id = known("outcome", outcome, self.outcomes.iter().map(|outcome| &outcome.id.value))?;
        if let Some(outcome) = self.outcomes.iter_mut().find(|one| one.id.value == id) {
            if let Some(old) = outcome.outputs.iter().find(|one| one.id.value == output.id.value) {
                keep(&mut output.activities, &old.activities);
                keep(&mut output.indicators, &old.indicators);
            }
            put(&mut outcome.outputs, output, |one| &one.id);
        }
        Ok(())
    }

    /// Adds an activity under an outcome or an output, or replaces the one of its id there.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id where there is no such outcome or output.
    pub fn set_activity(&mut self, under: &str, activity: Activity) -> Result<(), Error> {
        let ids =
            self.outcomes.iter().flat_map(|one| std::iter::once(&one.id).chain(one.outputs.iter().map(|output| &output.id)));
        let id = known("outcome or output", under, ids.map(|id| &id.value))?;
        let of_outcome = |outcome: &Outcome| outcome.id.value == id;
        if let Some(outcome) = self.outcomes.iter_mut().find(|outcome| of_outcome(outcome)) {
            put(&mut outcome.activities, activity, |one| &one.id);
        } else if let Some(output) = self.outcomes.iter_mut().flat_map(|one| &mut one.outputs).find(|one| one.id.value == id) {
            put(&mut output.activities, activity, |one| &one.id);
        }
        Ok(())
    }

    /// Takes an outcome, output, activity or budget head away with everything under it and the allocations of all of that. Whatever
    /// else speaks of it becomes a finding.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest id.
    pub fn remove_result(&mut self, id: &str) -> Result<(), Error> {
        let id = self.result_id(id)?;
        let before = self.result_ids();
        self.outcomes.retain(|outcome| *outcome.id != id);
        self.heads.retain(|head| *head.id != id);
        for outcome in &mut self.outcomes {
            outcome.outputs.retain(|output| *output.id != id);
            outcome.activities.retain(|activity| *activity.id != id);
            outcome.outputs.iter_mut().for_each(|output| output.activities.retain(|activity| *activity.id != id));
        }
        let after = self.result_ids();
        let is_gone = |id: &Id| before.contains(id) && !after.contains(id);
        self.allocations.retain(|allocation| !is_gone(&allocation.result));
        Ok(())
    }

    fn office_id(&self, id: &str) -> Result<Id, Error> {
        known("office", id, self.offices.iter().map(|office| &office.id.value))
    }

    fn result_id(&self, id: &str) -> Result<Id, Error> {
        known("outcome, output, activity or budget head", id, self.result_ids().iter())
    }

    fn result_ids(&self) -> std::collections::BTreeSet<Id> {
        let of_activities = |activities: &[Activity]| activities.iter().map(|one| one.id.value.clone()).collect::<Vec<_>>();
        let mut ids: std::collections::BTreeSet<Id> = self.heads.iter().map(|head| head.id.value.clone()).collect();
        for outcome in &self.outcomes {
            ids.insert(outcome.id.value.clone());
            ids.extend(of_activities(&outcome.activities));
            for output in &outcome.outputs {
                ids.insert(output.id.value.clone());
                ids.extend(of_activities(&output.activities));
            }
        }
        ids
    }
}

/// The id of a thing that is there.
fn known<'a>(kind: &'static str, id: &str, mut ids: impl Iterator<Item = &'a Id> + Clone) -> Result<Id, Error> {
    let all = ids.clone();
    let found = ids.find(|known| known.as_str() == id).cloned();
    found.ok_or_else(|| Error::unknown(kind, id, all.map(Id::as_str)))
}

/// Puts a thing in the place of the one of its id, or at the end.
fn put<T>(things: &mut Vec<T>, thing: T, id: impl Fn(&T) -> &Spanned<Id>) {
    match things.iter_mut().find(|one| id(one).value == id(&thing).value) {
        Some(old) => *old = thing,
        None => things.push(thing),
    }
}

fn keep<T: Clone>(new: &mut Vec<T>, old: &[T]) {
    if new.is_empty() {
        new.extend_from_slice(old);
    }
}
