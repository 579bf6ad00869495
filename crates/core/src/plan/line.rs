//! Budget lines: what an allocation is made of.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::origin::Origin;
use crate::crossfoot::Rounding;
use crate::decimal::Decimal;
use crate::period::{Period, Step};
use crate::source::Spanned;

/// A line of the budget: quantity x unit cost x duration x share charged, or a percentage of other lines, or a typed amount.
///
/// A factor that is left out counts as one. An amount beside factors is a statement about them, and is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Line {
    /// The office that spends it.
    pub office: Spanned<Id>,
    /// The activity, output, outcome or budget head that it serves.
    pub result: Spanned<Id>,
    /// Its cost category: one of the eight UN harmonised ones, or of the plan's own.
    pub category: Option<Spanned<Id>>,
    /// What is paid for.
    pub description: Arc<str>,
    /// How many.
    pub quantity: Option<Spanned<Decimal>>,
    /// Of what: `person`, `kit`, `flight`.
    pub unit: Option<Arc<str>>,
    /// What one costs, in the line's currency.
    pub unit_cost: Option<Spanned<Decimal>>,
    /// For how long, or how often.
    pub duration: Option<Spanned<Decimal>>,
    /// In what: `month`, `day`.
    pub duration_unit: Option<Arc<str>>,
    /// How much of it is charged to this plan, in per cent.
    pub share: Option<Spanned<Decimal>>,
    /// The amount, where it is typed; beside factors or a percentage it is checked.
    pub amount: Option<Spanned<Decimal>>,
    /// Anything else.
    pub remarks: Option<Arc<str>>,
    /// Where it was taken from: `budget.xlsx, Budget!A5`, or the file that an office sent.
    #[schemars(with = "Option<String>")]
    pub source: Option<Origin>,
    #[schemars(flatten, with = "Details")]
    details: Boxed,
}

/// What few of the lines of a budget say: it is read and set as if it stood in the [`Line`].
///
/// ```
/// use logframe::{Id, Line};
/// let mut line = Line::new("peru", "2", "Tents");
/// assert_eq!(line.donor, None);
/// line.donor = Some("echo".parse::<Id>()?.into());
/// assert_eq!(line.donor.as_ref().unwrap().as_str(), "echo");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Details {
    /// A name to refer to it by: percentage lines and changes do.
    pub id: Option<Spanned<Id>>,
    /// The post that it pays for, where several lines share one.
    pub post: Option<Spanned<Id>>,
    /// Of a percentage line: how many per cent of its base.
    pub percent: Option<Spanned<Decimal>>,
    /// Of a percentage line: what it is a percentage of.
    pub of: Option<Base>,
    /// Its currency (ISO 4217), where that is not the plan's.
    pub currency: Option<Spanned<String>>,
    /// When it is spent; without one, in the course of the whole plan.
    pub period: Option<Spanned<Period>>,
    /// How it is spread over its period.
    pub spread: Option<Spread>,
    /// The donor that it is charged to.
    pub donor: Option<Spanned<Id>>,
}

impl Line {
    /// The line without its places, for another text than its own.
    pub(crate) fn without_places(&self) -> Self {
        let mut line = self.clone();
        (line.office.span, line.result.span) = (None, None);
        line.category.iter_mut().for_each(|id| id.span = None);
        let numbers =
            [&mut line.quantity, &mut line.unit_cost, &mut line.duration, &mut line.share, &mut line.amount].into_iter();
        numbers.flatten().for_each(|number| number.span = None);
        line.details.0.iter_mut().for_each(|details| details.forget_places());
        line
    }

    /// A line of an office for a result, of which nothing is known but what it pays for.
    pub fn new(office: &str, result: &str, description: impl Into<Arc<str>>) -> Self {
        let (office, result) = (Id::lossy(office).into(), Id::lossy(result).into());
        Self { office, result, description: description.into(), ..Self::default() }
    }

    /// Where in the text it stands: the place of its office.
    pub fn span(&self) -> Option<crate::source::Span> {
        self.office.span
    }

    /// The line with what few lines say.
    #[must_use]
    pub(super) fn with(self, details: Details) -> Self {
        Self { details: Boxed(Some(details).filter(|details| *details != NO_DETAILS).map(Box::new)), ..self }
    }

    /// Whether it is a percentage of others.
    pub fn is_percentage(&self) -> bool {
        self.percent.is_some()
    }

    /// Its factors that are given, by the names of their keys; the share is one of a hundred.
    pub fn factors(&self) -> impl Iterator<Item = (&'static str, Spanned<Decimal>)> {
        let named =
            [("quantity", self.quantity), ("unit-cost", self.unit_cost), ("duration", self.duration), ("share", self.share)];
        named.into_iter().filter_map(|(name, factor)| Some((name, factor?)))
    }
}

impl Details {
    fn forget_places(&mut self) {
        [&mut self.id, &mut self.post, &mut self.donor].into_iter().flatten().for_each(|id| id.span = None);
        self.percent.iter_mut().for_each(|percent| percent.span = None);
        self.currency.iter_mut().for_each(|currency| currency.span = None);
        self.period.iter_mut().for_each(|period| period.span = None);
        if let Some(base) = &mut self.of {
            let lists = [&mut base.lines, &mut base.offices, &mut base.results, &mut base.categories];
            lists.into_iter().flatten().flatten().for_each(|id| id.span = None);
        }
        if let Some(spread) = &mut self.spread {
            [&mut spread.amounts, &mut spread.weights].into_iter().flatten().flatten().for_each(|number| number.span = None);
        }
    }
}

/// Details where there are any: they have as much room as the rest of the line. None and empty ones are equal.
#[derive(Clone, Debug, Default)]
struct Boxed(Option<Box<Details>>);

static NO_DETAILS: Details =
    Details { id: None, post: None, percent: None, of: None, currency: None, period: None, spread: None, donor: None };

impl Boxed {
    fn get(&self) -> &Details {
        self.0.as_deref().unwrap_or(&NO_DETAILS)
    }
}

impl PartialEq for Boxed {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Boxed {}

impl Deref for Line {
    type Target = Details;
    fn deref(&self) -> &Details {
        self.details.get()
    }
}

impl DerefMut for Line {
    fn deref_mut(&mut self) -> &mut Details {
        self.details.0.get_or_insert_default()
    }
}

/// What a percentage is taken of: the lines named, and all plain lines that are in every list that is given. Percentage lines are
/// only in a base that names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Base {
    /// Lines by their ids, percentage lines too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Spanned<Id>>>,
    /// Plain lines of these offices; of the percentage line's own where none are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offices: Option<Vec<Spanned<Id>>>,
    /// Plain lines for these results, and for what is under them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<Spanned<Id>>>,
    /// Plain lines of these cost categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Spanned<Id>>>,
}

impl Base {
    /// Whether it takes plain lines by what they are, not only by their ids.
    pub fn selects(&self) -> bool {
        self.offices.is_some() || self.results.is_some() || self.categories.is_some() || self.lines.is_none()
    }
}

/// How an amount is spread over its period: in parts that add up to it exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Spread {
    /// The steps of the calendar that the parts are for.
    pub by: Step,
    /// One amount a step, in the line's currency. With neither amounts nor weights it is spread evenly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<Vec<Spanned<Decimal>>>,
    /// One weight a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Spanned<Decimal>>>,
}

impl Spread {
    /// Evenly over the steps of its period.
    pub fn even(by: Step) -> Self {
        Self { by, amounts: None, weights: None }
    }
}

/// How the amounts of budget lines are worked out: `lines = { unit = 0.01, rounding = "half-up" }` in the plan's header. Without a
/// unit nothing is rounded, and what would need to be is a finding.
///
/// Where lines are kept is no part of what a plan says: two plans are equal whether or not their lines are in a file of their own.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Lines {
    /// The table in which the lines stand, where that is a CSV file of its own: a path inside the plan's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Spanned<String>>,
    /// How numbers are written in that file, by the number 1234.56: `"1.234,56"`. Plain digits where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Spanned<String>>,
    /// Whether that file was read. A text that is read by itself has no other files.
    #[serde(skip)]
    pub is_read: bool,
    /// The unit that amounts are rounded to: `0.01`, or `1` for whole dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Spanned<Decimal>>,
    /// By what rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Spanned<Rounding>>,
    /// What is rounded: each line, or the sum of an office's lines for a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Rounded>,
    /// Where sums are rounded: the line that takes what the others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remainder: Option<Remainder>,
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        let said = |lines: &Self| (lines.unit, lines.rounding, lines.round, lines.remainder);
        said(self) == said(other)
    }
}

impl Eq for Lines {}

impl Lines {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default() && self.file.is_none() && self.numbers.is_none()
    }

    /// The same for a plan whose lines stand in its own text.
    #[must_use]
    pub fn inline(&self) -> Self {
        Self { file: None, numbers: None, is_read: false, ..self.clone() }
    }

    /// The rule; where none is named, halves go away from zero, as in a spreadsheet.
    pub fn rule(&self) -> Rounding {
        self.rounding.map_or(Rounding::HalfAway, |rule| rule.value)
    }
}

/// What is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounded {
    /// Each line by itself; sums are sums of rounded amounts.
    #[default]
    Line,
    /// The sum of an office's lines for a result; each line is rounded, and one of them takes the remainder.
    Sum,
}

/// The line that takes what rounding leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Remainder {
    /// The largest, the first among equals.
    #[default]
    Largest,
    /// The last.
    Last,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_small_for_there_are_many() {
        assert!(size_of::<Line>() <= 288, "{}", size_of::<Line>());
    }

    #[test]
    fn details_that_say_nothing_are_none() {
        let plain = Line::new("peru", "2", "Tents");
        let mut other = plain.clone();
        other.donor = None;
        assert_eq!((&plain, plain.details.0.is_none(), other.details.0.is_none()), (&other, true, false));
        other.donor = Some(Id::lossy("echo").into());
        assert_ne!(plain, other);
    }
}
