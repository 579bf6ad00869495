//! How findings name the plan's things: in the plan's own words, with its own way of writing numbers.

use super::{Id, Plan, Scope, Statement};
use crate::decimal::Decimal;
use crate::source::Spanned;

/// Words for a plan's things.
#[derive(Clone, Copy)]
pub struct Names<'p>(pub &'p Plan);

impl Names<'_> {
    /// A number as the plan's language writes it.
    pub fn number(self, number: Decimal) -> String {
        number.grouped(self.0.number_style())
    }

    /// A share, with its sign.
    pub fn percent(self, number: Decimal) -> String {
        format!("{} %", self.number(number))
    }

    /// An office by its name; by its id where it is unknown.
    pub fn office(self, id: &str) -> String {
        short(self.0.office(id).map_or(id, |office| &office.name))
    }

    /// An outcome, output, activity or budget head by its title; by its id where it is unknown.
    pub fn result(self, id: &str) -> String {
        short(self.0.node(id).map_or(id, |node| &node.title))
    }

    /// What a figure is about: `Ecuador`, `Capacity and coordination`, `Ecuador / Capacity and coordination`, `the plan`.
    pub fn scope(self, scope: &Scope) -> String {
        let list = |ids: &[Spanned<Id>], name: &dyn Fn(&str) -> String| match ids {
            [] => "nothing".to_owned(),
            [one] => name(one),
            [first, second, rest @ ..] if rest.len() > 3 => format!("{}, {} and {} more", name(first), name(second), rest.len()),
            [head @ .., last] => format!("{} and {}", head.iter().map(|id| name(id)).collect::<Vec<_>>().join(", "), name(last)),
        };
        let offices = scope.offices.as_ref().map(|ids| list(ids, &|id| self.office(id)));
        let results = scope.results.as_ref().map(|ids| list(ids, &|id| self.result(id)));
        match (offices, results) {
            (Some(offices), Some(results)) => format!("{offices} / {results}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "the plan".to_owned(),
        }
    }

    /// A statement in words: `the total of Ecuador, main table`.
    pub fn statement(self, statement: &Statement) -> String {
        format!("{}, {}", self.scope(&statement.scope), short(&statement.place))
    }
}

/// A text of the plan as a message takes it: what is longer than a line is cut.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// "1 cell", "4 cells".
pub fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// The ids that a scope names, for exceptions and JSON.
pub fn ids(scope: &Scope) -> impl Iterator<Item = String> {
    scope.offices.iter().chain(&scope.results).flatten().map(ToString::to_string)
}
