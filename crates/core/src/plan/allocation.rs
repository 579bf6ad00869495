//! Allocations: who gets how much for what.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::{Entries, Id};
use crate::decimal::Decimal;
use crate::source::Spanned;

/// An amount of an office for a result or a budget head: one cell of the budget table.
///
/// A cell that the document does not give is no allocation at all, unless budget lines build it up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allocation {
    /// The office that gets it.
    pub office: Spanned<Id>,
    /// The outcome, output, activity or budget head that it serves.
    pub result: Spanned<Id>,
    /// How much.
    pub cell: Spanned<Cell>,
    /// Whether it is built up from budget lines, and not given in the budget table. Such an allocation is worked out anew whenever a
    /// draft is frozen.
    pub is_built: bool,
}

impl Allocation {
    /// An amount of an office for a result or a budget head.
    pub fn new(office: &str, result: &str, amount: Decimal) -> Self {
        Self::of_cell(office, result, Cell::Amount(amount))
    }

    /// The same where the document prints that there is none.
    pub fn none(office: &str, result: &str) -> Self {
        Self::of_cell(office, result, Cell::None)
    }

    /// The allocation of an office for a result, by ids that are shared with others.
    pub fn of(office: Id, result: Id, cell: Cell) -> Self {
        Self { office: office.into(), result: result.into(), cell: cell.into(), is_built: false }
    }

    fn of_cell(office: &str, result: &str, cell: Cell) -> Self {
        Self::of(Id::lossy(office), Id::lossy(result), cell)
    }
}

/// Puts the allocations of an office together, as the budget table does; offices in the order of their first allocations.
pub(super) fn by_office(allocations: &mut [Allocation]) {
    let rows = allocations.chunk_by(|a, b| a.office == b.office);
    let rows: Vec<Id> = rows.filter_map(|row| Some(row.first()?.office.value.clone())).collect();
    let mut first: HashMap<&Id, usize> = HashMap::new();
    for (i, office) in rows.iter().enumerate() {
        first.entry(office).or_insert(i);
    }
    if first.len() < rows.len() {
        allocations.sort_by_key(|allocation| first.get(&allocation.office.value).copied());
    }
}

/// Whether the budget table says nothing: all there is is built up from lines.
pub(super) fn none_given(allocations: &[Allocation]) -> bool {
    allocations.iter().all(|allocation| allocation.is_built)
}

/// What a cell of the budget table holds. Zero is `Amount(0)`; a cell that is not given is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An exact amount.
    Amount(Decimal),
    /// Printed as none (`-`). What that means as a number the plan says ([`NoneMeans`](crate::NoneMeans)).
    None,
}

impl Cell {
    /// How none is written in a plan.
    pub const NONE: &'static str = "-";

    /// The amount, if there is one.
    pub fn amount(self) -> Option<Decimal> {
        match self {
            Self::Amount(amount) => Some(amount),
            Self::None => None,
        }
    }
}

impl Default for Cell {
    fn default() -> Self {
        Self::Amount(Decimal::ZERO)
    }
}

/// The name under which a [`Cell`] crosses serde.
pub(crate) const SERDE_NAME: &str = "$logframe::Cell";

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word_or_number(deserializer, SERDE_NAME, Self::NONE).map(|amount| amount.map_or(Self::None, Self::Amount))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Amount(amount) => amount.serialize(serializer),
            Self::None => serializer.serialize_str(Self::NONE),
        }
    }
}

impl JsonSchema for Cell {
    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact amount, or \"-\" where the document prints none. A missing key is not given.",
            "anyOf": [generator.subschema_for::<Decimal>(), { "const": "-" }],
        })
    }
}

/// Reads a number, or nothing where one special word stands.
pub(super) fn word_or_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    word: &'static str,
) -> Result<Option<Decimal>, D::Error> {
    struct WordVisitor<'w>(&'w str, PhantomData<()>);
    impl<'de> Visitor<'de> for WordVisitor<'_> {
        type Value = Option<Decimal>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an exact number or \"{}\"", self.0)
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<Decimal>, E> {
            if text == self.0 { Ok(None) } else { text.parse().map(Some).map_err(E::custom) }
        }
        fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Option<Decimal>, D::Error> {
            inner.deserialize_str(self)
        }
    }
    deserializer.deserialize_newtype_struct(name, WordVisitor(word, PhantomData))
}

/// The `[budget]` table: one line an office, one key a result.
pub(super) mod table {
    use super::{
        Allocation, Cell, Deserialize, Deserializer, Entries, HashMap, Id, Schema, SchemaGenerator, Serialize, Serializer,
        Spanned, json_schema,
    };

    type Rows = Entries<Entries<Spanned<Cell>>>;

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Allocation>, D::Error> {
        let Entries(rows) = Rows::deserialize(deserializer)?;
        let mut allocations = Vec::with_capacity(rows.iter().map(|(_, row)| row.0.len()).sum());
        for (office, Entries(row)) in rows {
            allocations.extend(row.into_iter().map(|(result, cell)| Allocation {
                office: office.clone(),
                result,
                cell,
                is_built: false,
            }));
        }
        Ok(allocations)
    }

    pub fn serialize<S: Serializer>(allocations: &[Allocation], serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows: Entries<Entries<Cell>> = Entries::default();
        let mut seen: HashMap<&Id, usize> = HashMap::new();
        for allocation in allocations.iter().filter(|allocation| !allocation.is_built) {
            let next = rows.0.len();
            let at = *seen.entry(&allocation.office.value).or_insert(next);
            if at == next {
                rows.0.push((allocation.office.clone(), Entries::default()));
            }
            if let Some((_, row)) = rows.0.get_mut(at) {
                row.0.push((allocation.result.clone(), *allocation.cell));
            }
        }
        rows.serialize(serializer)
    }

    pub fn schema(generator: &mut SchemaGenerator) -> Schema {
        let row = json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<Cell>() });
        json_schema!({ "type": "object", "additionalProperties": row })
    }
}
