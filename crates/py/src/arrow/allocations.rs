//! Allocations as an Arrow stream, straight from the plan: texts are kept once, amounts are written as they are.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type};
use arrow_array::{ArrayRef, DictionaryArray, PrimitiveArray, StringArray};
use logframe::{Cell, Node, NodeKind, Plan};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::export::{Named, decimals, into_frame, stream};
use crate::allocations::Allocations;

/// The kinds of what money can be given to.
const KINDS: [NodeKind; 4] = [NodeKind::Outcome, NodeKind::Output, NodeKind::Activity, NodeKind::Head];

/// The key of a text that is not there.
const NOTHING: u32 = u32::MAX;

/// A column of texts of which each is kept once, under the shortest keys that do.
fn dictionary(name: &str, keys: impl ExactSizeIterator<Item = u32>, texts: Vec<&str>) -> Named {
    let array = match texts.len() {
        0..=0x7f => keyed::<Int8Type>(keys, texts),
        0x80..=0x7fff => keyed::<Int16Type>(keys, texts),
        _ => keyed::<Int32Type>(keys, texts),
    };
    Named { name: name.to_owned(), array }
}

fn keyed<K: ArrowDictionaryKeyType>(keys: impl ExactSizeIterator<Item = u32>, texts: Vec<&str>) -> ArrayRef
where
    K::Native: TryFrom<u32>,
{
    let mut gaps = Vec::new();
    let native = |(at, key): (usize, u32)| {
        K::Native::try_from(key).unwrap_or_else(|_| {
            gaps.push(at);
            K::Native::default()
        })
    };
    let keys: Vec<K::Native> = keys.enumerate().map(native).collect();
    let keys: PrimitiveArray<K> = if gaps.is_empty() {
        PrimitiveArray::from_iter_values(keys)
    } else {
        keys.into_iter().enumerate().map(|(at, key)| gaps.binary_search(&at).is_err().then_some(key)).collect()
    };
    // Keys are positions of texts: they cannot be outside.
    match DictionaryArray::<K>::try_new(keys, Arc::new(StringArray::from(texts))) {
        Ok(array) => Arc::new(array),
        Err(_) => Arc::new(StringArray::new_null(0)),
    }
}

/// Ids of offices or results: those of the plan, then those that the budget names and the plan does not have.
struct Ids<'p> {
    texts: Vec<&'p str>,
    further: HashMap<&'p str, u32>,
    keys: Vec<u32>,
}

impl<'p> Ids<'p> {
    fn of(known: impl Iterator<Item = &'p str>, size: usize) -> Self {
        Self { texts: known.collect(), further: HashMap::new(), keys: Vec::with_capacity(size) }
    }

    fn push(&mut self, place: Option<usize>, id: impl FnOnce() -> &'p str) {
        let key = |at: usize| u32::try_from(at).unwrap_or(NOTHING);
        let key = place.map_or_else(
            || {
                let id = id();
                *self.further.entry(id).or_insert_with(|| {
                    self.texts.push(id);
                    key(self.texts.len() - 1)
                })
            },
            key,
        );
        self.keys.push(key);
    }

    fn column(&self, name: &str) -> Named {
        dictionary(name, self.keys.iter().copied(), self.texts.clone())
    }

    /// What each key stands for besides; nothing for ids that the plan does not have.
    fn mapped(&self, name: &str, to: &[u32], texts: Vec<&str>) -> Named {
        let keys = self.keys.iter().map(|key| to.get(*key as usize).copied().unwrap_or(NOTHING));
        dictionary(name, keys, texts)
    }

    fn titles(&self, name: &str, texts: Vec<&str>) -> Named {
        let own: Vec<u32> = (0..).take(texts.len()).collect();
        self.mapped(name, &own, texts)
    }
}

fn columns(plan: &Plan, positions: impl ExactSizeIterator<Item = usize> + Clone) -> PyResult<Vec<Named>> {
    let ids = || plan.nodes().iter().map(|node: &Node| node.id.as_str());
    let mut offices = Ids::of(plan.offices.iter().map(|office| office.id.as_str()), positions.len());
    let mut results = Ids::of(ids(), positions.len());
    let mut cells = Vec::with_capacity(positions.len());
    for at in positions {
        let Some(allocation) = plan.allocations.get(at) else { continue };
        let place = plan.place(at);
        offices.push(place.map(|(office, _)| office), || &allocation.office);
        results.push(place.map(|(_, node)| node), || &allocation.result);
        cells.push(*allocation.cell);
    }
    let roots: Vec<u32> = plan.nodes().iter().map(|node| u32::try_from(node.root).unwrap_or(NOTHING)).collect();
    let kind = |node: &Node| KINDS.iter().position(|kind| *kind == node.kind).and_then(|at| u32::try_from(at).ok());
    let kinds: Vec<u32> = plan.nodes().iter().map(|node| kind(node).unwrap_or(NOTHING)).collect();
    Ok(vec![
        offices.column("office"),
        offices.titles("office_name", plan.offices.iter().map(|office| office.name.as_str()).collect()),
        results.mapped("outcome", &roots, ids().collect()),
        results.column("result"),
        results.titles("result_title", plan.nodes().iter().map(|node| node.title.as_str()).collect()),
        results.mapped("level", &kinds, KINDS.map(NodeKind::name).to_vec()),
        dictionary("printed", cells.iter().map(|cell| u32::from(*cell == Cell::None)), vec!["amount", "none"]),
        decimals("amount", cells.iter().map(|cell| cell.amount()))?,
    ])
}

#[pymethods]
impl Allocations {
    /// The allocations for whatever reads Arrow: `polars.DataFrame(plan.allocations)`, `pyarrow.table(plan.allocations)`, a query of
    /// duckdb. Columns as in `table()`; amounts are decimals, exactly, and null where the document prints none (see `printed`).
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let columns = py.detach(|| columns(self.content(), self.positions()))?;
        stream(py, columns, requested_schema)
    }

    /// The allocations as a pandas frame, one a row: amounts stay exact (`ArrowDtype`), names are categories. Needs pandas and pyarrow.
    ///
    /// >>> frame = plan.allocations.to_pandas()
    /// >>> frame[frame.office == "colombia"]["amount"].sum()
    /// Decimal('13399999')
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        into_frame(this.as_any(), "to_pandas")
    }

    /// The allocations as a polars frame, one a row: amounts stay exact, names are categories. Needs polars.
    ///
    /// >>> plan.allocations.to_polars()["amount"].sum()
    /// Decimal('32326043')
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        into_frame(this.as_any(), "to_polars")
    }
}
