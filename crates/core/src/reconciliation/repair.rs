//! Repairs of what is printed, with what the user vouches for left as it is.

use super::Reconciliation;
use super::answer::admissible;
use super::words::Words;
use crate::crossfoot::{Change, How, Repairs, System, Unrepaired};

impl Reconciliation {
    /// The figures that words name for keeping: `cells`, `totals`, or ids as [`Reconciliation::named`] reads them.
    pub fn kept(&self, words: &str) -> Vec<usize> {
        let mut is_total = vec![false; self.subject.figures.len()];
        for sum in self.subject.system.sums() {
            // What is printed again is what it was where it was printed first.
            let is_sum = self.only_part(sum).is_none_or(|part| is_total.get(part) == Some(&true));
            is_total.get_mut(sum.total).into_iter().for_each(|total| *total = is_sum);
        }
        let all = |wanted: bool| is_total.iter().enumerate().filter(move |(_, total)| **total == wanted).map(|(i, _)| i);
        match words {
            "cells" => all(false).collect(),
            "totals" => all(true).collect(),
            ids => self.named(ids),
        }
    }

    /// The repairs that change as little, or as few figures, as can be; `fixed` are left as they are.
    ///
    /// # Errors
    /// Why nothing can be repaired.
    pub fn repair(&self, how: How, fixed: &[usize]) -> Result<Repairs, Unrepaired> {
        let fix = |system: System, figure: &usize| match system.figures().get(*figure).copied() {
            Some(own) => system.with(*figure, own.fixed()),
            None => system,
        };
        fixed.iter().fold(self.subject.system.clone(), fix).repair(how)
    }

    /// Repairs in words, one line a change.
    pub fn repair_words(&self, repairs: &Repairs) -> Vec<String> {
        let mut lines = Vec::new();
        for (i, repair) in repairs.found.iter().enumerate() {
            let or = if i == 0 { "Repair" } else { "or" };
            lines.push(if repair.changes.is_empty() { "Nothing has to be changed.".to_owned() } else { format!("{or}:") });
            lines.extend(repair.changes.iter().map(|change| self.change_words(change)));
        }
        lines.extend((!repairs.are_all).then(|| "There may be others that are as good.".to_owned()));
        lines
    }

    /// `  Peru / Data: 12 -> 21`, or `-> 20 to 22` where any of these would do.
    fn change_words(&self, change: &Change) -> String {
        let words = Words(&self.subject);
        let figure = self.subject.system.figures().get(change.figure);
        let from = words.in_print(change.figure);
        let all = figure.zip(change.amounts).and_then(|(figure, amounts)| admissible(figure, amounts));
        let number = match all {
            Some((least, greatest)) if least != greatest => format!("{} to {}", words.number(least), words.number(greatest)),
            _ => words.number(change.number),
        };
        format!("  {}: {from} -> {number}", words.figure(change.figure))
    }
}
