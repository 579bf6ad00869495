//! Allocations as an Arrow stream, straight from the plan: texts are kept once, amounts are written as they are.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, DictionaryArray, Int32Array, StringArray, types::Int32Type};
use logframe::{Node, NodeKind, Office, Plan};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::export::{Named, decimals, into_frame, stream};
use crate::allocations::Allocations;

/// The kinds of what money can be given to.
const KINDS: [NodeKind; 4] = [NodeKind::Outcome, NodeKind::Output, NodeKind::Activity, NodeKind::Head];

/// A column of texts of which each is kept once, under a key.
fn dictionary(name: &str, keys: impl Iterator<Item = Option<usize>>, texts: Vec<&str>) -> Named {
    let keys: Int32Array = keys.map(|key| key.and_then(|key| i32::try_from(key).ok())).collect();
    let values: ArrayRef = Arc::new(StringArray::from(texts));
    // Keys are positions of texts: they cannot be outside.
    let array: ArrayRef = match DictionaryArray::<Int32Type>::try_new(keys, values) {
        Ok(array) => Arc::new(array),
        Err(_) => Arc::new(StringArray::new_null(0)),
    };
    Named { name: name.to_owned(), array }
}

/// Ids of offices or results: those of the plan, then those that the budget names and the plan does not have.
struct Ids<'p> {
    texts: Vec<&'p str>,
    keys: Vec<Option<usize>>,
}

impl<'p> Ids<'p> {
    fn of(known: Vec<&'p str>, cells: impl Iterator<Item = (Option<usize>, &'p str)>) -> Self {
        let (mut texts, mut further) = (known, HashMap::new());
        let keys = cells.map(|(place, id)| {
            place.or_else(|| {
                let next = texts.len();
                let at = *further.entry(id).or_insert(next);
                if at == next {
                    texts.push(id);
                }
                Some(at)
            })
        });
        let keys = keys.collect();
        Self { texts, keys }
    }
}

fn columns(plan: &Plan, positions: &[usize]) -> PyResult<Vec<Named>> {
    let places: Vec<_> = positions.iter().map(|at| plan.place(*at)).collect();
    let cells = || positions.iter().filter_map(|at| plan.allocations.get(*at));
    let offices = || places.iter().map(|place| place.map(|(office, _)| office));
    let nodes = || places.iter().map(|place| place.map(|(_, node)| node));
    let node = |place: Option<usize>| place.and_then(|at| plan.nodes().get(at));
    let of_office = Ids::of(
        plan.offices.iter().map(|office: &Office| office.id.as_str()).collect(),
        offices().zip(cells().map(|cell| cell.office.as_str())),
    );
    let of_result = Ids::of(
        plan.nodes().iter().map(|node: &Node| node.id.as_str()).collect(),
        nodes().zip(cells().map(|cell| cell.result.as_str())),
    );
    let names = plan.offices.iter().map(|office| office.name.as_str()).collect();
    let titles = plan.nodes().iter().map(|node| node.title.as_str()).collect();
    let ids = plan.nodes().iter().map(|node| node.id.as_str()).collect();
    let kind = |at| node(at).and_then(|node| KINDS.iter().position(|kind| *kind == node.kind));
    let amounts = cells().map(|cell| cell.cell.amount());
    Ok(vec![
        dictionary("office", of_office.keys.into_iter(), of_office.texts),
        dictionary("office_name", offices(), names),
        dictionary("outcome", nodes().map(|at| node(at).map(|node| node.root)), ids),
        dictionary("result", of_result.keys.into_iter(), of_result.texts),
        dictionary("result_title", nodes(), titles),
        dictionary("level", nodes().map(kind), KINDS.map(NodeKind::name).to_vec()),
        dictionary("printed", amounts.clone().map(|amount| Some(usize::from(amount.is_none()))), vec!["amount", "none"]),
        decimals("amount", amounts)?,
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
        let columns = py.detach(|| columns(self.content(), &self.positions().collect::<Vec<_>>()))?;
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
