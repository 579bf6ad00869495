//! Declared figures: what the document prints about its own numbers, kept as statements to be checked.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::{Entries, Id};
use super::printed::Printed;
use crate::crossfoot::Rounding;
use crate::decimal::Decimal;
use crate::source::Spanned;

/// One place of the document where figures about the plan's own money are printed: a table, a headline, a country sheet, a
/// sentence. The same number printed in three places is three statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Declared {
    /// Where it is printed, in words: `main table`.
    #[serde(rename = "where")]
    pub place: String,
    /// What all its figures are about; the whole plan where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Scope>,
    /// How its figures are printed, where that differs from the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Printed>,
    /// The total of everything it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Figure>,
    /// Totals of outcomes, deeper results or budget heads.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub results: Entries<Figure>,
    /// Totals of offices.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub offices: Entries<Figure>,
    /// Shares, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Shares>,
}

impl Declared {
    /// A place where nothing is printed yet.
    pub fn new(place: impl Into<String>) -> Self {
        Self { place: place.into(), ..Self::default() }
    }
}

/// A part of the budget: the crossing of some offices and some results. A list that is left out means all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The offices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offices: Option<Vec<Spanned<Id>>>,
    /// The outcomes, deeper results or budget heads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<Spanned<Id>>>,
}

/// Shares in per cent of the declared total that stands beside them, or else of the plan's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Shares {
    /// The unit the shares were rounded to, in percentage points: `0.1` for one decimal.
    pub unit: Spanned<Decimal>,
    /// How they were rounded to it; `nearest` where it is not known. The rule of the plan's amounts is not theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// The share of everything the place is about: the printed 100 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Figure>,
    /// Shares of outcomes, deeper results or budget heads.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub results: Entries<Figure>,
    /// Shares of offices.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub offices: Entries<Figure>,
}

impl Shares {
    /// Shares that were rounded to a unit, in percentage points.
    pub fn to_unit(unit: Decimal) -> Self {
        Self { unit: unit.into(), ..Self::default() }
    }
}

/// A printed number: `800_000`, or `{ value = 800_000, text = "USD 800.000" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = accept_bare_value)]
#[non_exhaustive]
pub struct Figure {
    /// The number.
    pub value: Spanned<Decimal>,
    /// The unit it was rounded to, where that differs from its neighbours.
    pub unit: Option<Spanned<Decimal>>,
    /// What is printed, letter by letter, where that is remarkable.
    pub text: Option<String>,
}

impl From<Decimal> for Figure {
    fn from(value: Decimal) -> Self {
        Self { value: value.into(), unit: None, text: None }
    }
}

impl Serialize for Figure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        if self.unit.is_none() && self.text.is_none() {
            return self.value.serialize(serializer);
        }
        let mut table = serializer.serialize_struct("Figure", 3)?;
        table.serialize_field("value", &self.value)?;
        if let Some(unit) = &self.unit {
            table.serialize_field("unit", unit)?;
        }
        if let Some(text) = &self.text {
            table.serialize_field("text", text)?;
        }
        table.end()
    }
}

/// A figure may be written as its bare value.
fn accept_bare_value(schema: &mut schemars::Schema) {
    let mut full = std::mem::take(schema);
    let description = full.remove("description");
    *schema = schemars::json_schema!({ "anyOf": [{ "$ref": "#/$defs/Decimal" }, full], "description": description });
}

/// Whether a statement gives an amount or a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Money of the plan's currency.
    Amount,
    /// Per cent.
    Share,
}

/// One printed figure with everything that is needed to check it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Statement {
    /// What it is about.
    pub scope: Scope,
    /// Amount or share.
    pub measure: Measure,
    /// The number, and where it stands.
    pub value: Spanned<Decimal>,
    /// The printed text, where the plan keeps it.
    pub text: Option<String>,
    /// How it was printed: the plan's ways, overridden by those of its place and its own unit.
    pub printed: Printed,
    /// Where it is printed.
    pub place: Arc<str>,
    /// Which of the plan's [`Declared`] it comes from.
    pub block: usize,
}

/// All statements of a plan, in the order in which they are written out: total, results, offices, then shares.
pub(super) fn statements(blocks: &[Declared], plan: &Printed) -> Vec<Statement> {
    blocks.iter().enumerate().flat_map(|(i, block)| of_block(block, i, plan)).collect()
}

fn of_block(block: &Declared, index: usize, plan: &Printed) -> Vec<Statement> {
    let printed = block.printed.as_ref().map_or_else(|| plan.clone(), |own| own.over(plan));
    let of_shares = block.shares.as_ref().map(|shares| (shares.unit, shares.rounding.map(Spanned::from)));
    let place: Arc<str> = block.place.as_str().into();
    let scope = block.of.clone().unwrap_or_default();
    let make = |scope: Scope, measure, figure: &Figure| {
        let mut printed = printed.clone();
        if let (Measure::Share, Some((unit, rounding))) = (measure, of_shares) {
            (printed.unit, printed.rounding) = (Some(unit), rounding);
        }
        printed.unit = figure.unit.or(printed.unit);
        let (value, text) = (figure.value, figure.text.clone());
        Statement { scope, measure, value, text, printed, place: place.clone(), block: index }
    };
    let mut statements = Vec::new();
    let mut add = |measure, total: Option<&Figure>, results: &Entries<Figure>, offices: &Entries<Figure>| {
        statements.extend(total.map(|figure| make(scope.clone(), measure, figure)));
        statements.extend(results.iter().map(|(id, figure)| {
            make(Scope { results: Some(vec![id.clone()]), offices: scope.offices.clone() }, measure, figure)
        }));
        statements.extend(offices.iter().map(|(id, figure)| {
            make(Scope { offices: Some(vec![id.clone()]), results: scope.results.clone() }, measure, figure)
        }));
    };
    add(Measure::Amount, block.total.as_ref(), &block.results, &block.offices);
    if let Some(shares) = &block.shares {
        add(Measure::Share, shares.total.as_ref(), &shares.results, &shares.offices);
    }
    statements
}
