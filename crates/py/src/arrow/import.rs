//! Columns of any frame: texts and exact numbers, or why not.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Decimal128Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::{CastOptions, cast, cast_with_options};
use arrow_schema::{DataType, Field, Fields, Schema};
use logframe::Decimal;
use pyo3::prelude::*;
use pyo3::types::PyList;
use pyo3_arrow::input::AnyRecordBatch;

/// A frame as it comes: by the Arrow interface, or column by column as texts.
pub enum Given {
    Columns(Vec<(String, Vec<Option<String>>)>),
    Arrow(AnyRecordBatch),
}

/// Written out, because a derived one would wrap what a frame says of itself into a list of what was tried.
impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;
    fn extract(frame: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if frame.is_instance_of::<PyList>() { frame.extract().map(Self::Columns) } else { frame.extract().map(Self::Arrow) }
    }
}

/// What a frame holds.
pub struct Frame {
    batches: Vec<RecordBatch>,
    names: Vec<String>,
}

/// Something in a number column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Is(Decimal),
    /// A dash.
    None,
    Null,
}

impl Frame {
    /// # Errors
    /// The library's own, where it cannot hand its columns over.
    pub fn of(given: Given) -> PyResult<Self> {
        let batches = match given {
            Given::Arrow(batches) => batches.into_table()?.into_inner(),
            Given::Columns(columns) => of_texts(columns)?,
        };
        let names = batches.1.fields().iter().map(|field| field.name().clone()).collect();
        Ok(Self { batches: batches.0, names })
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }

    fn arrays(&self, name: &str) -> impl Iterator<Item = &ArrayRef> {
        self.batches.iter().filter_map(move |batch| batch.column_by_name(name))
    }

    /// A column of texts. Whole numbers are texts of their digits.
    ///
    /// # Errors
    /// What the column holds instead.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<Arc<str>>>, String> {
        let mut texts = Vec::new();
        let mut known: HashMap<String, Arc<str>> = HashMap::new();
        for array in self.arrays(name) {
            let kind = array.data_type();
            let is_text = is_text(kind) || kind.is_integer() || *kind == DataType::Null;
            let refused = || format!("the column `{name}` holds {kind}, and ids and names are texts");
            let array =
                Some(array).filter(|_| is_text).and_then(|array| cast(array, &DataType::Utf8).ok()).ok_or_else(refused)?;
            let strings = array.as_string::<i32>();
            texts.extend(strings.iter().map(|text| text.map(|text| shared(&mut known, text))));
        }
        Ok(texts)
    }

    /// A column of exact numbers; for each row what it holds, or why that cannot be read.
    ///
    /// # Errors
    /// What the column holds instead.
    pub fn numbers(&self, name: &str) -> Result<Vec<Read>, String> {
        let mut numbers = Vec::new();
        for array in self.arrays(name) {
            numbers.extend(of_array(name, array)?);
        }
        Ok(numbers)
    }
}

/// What a row of a number column holds, or why that cannot be read.
pub type Read = Result<Number, String>;

fn of_texts(columns: Vec<(String, Vec<Option<String>>)>) -> PyResult<(Vec<RecordBatch>, Arc<Schema>)> {
    let fields: Fields = columns.iter().map(|(name, _)| Field::new(name, DataType::Utf8, true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let arrays = columns.into_iter().map(|(_, texts)| Arc::new(StringArray::from(texts)) as ArrayRef).collect();
    let failed = |error: arrow_schema::ArrowError| pyo3::exceptions::PyValueError::new_err(error.to_string());
    let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(failed)?;
    Ok((vec![batch], schema))
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

fn shared(known: &mut HashMap<String, Arc<str>>, text: &str) -> Arc<str> {
    if let Some(text) = known.get(text) {
        return text.clone();
    }
    let text: Arc<str> = text.into();
    known.insert(text.to_string(), text.clone());
    text
}

fn of_array(name: &str, array: &ArrayRef) -> Result<Vec<Read>, String> {
    let kind = array.data_type();
    match kind {
        DataType::Null => Ok(vec![Ok(Number::Null); array.len()]),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
            decimals(name, array)
        }
        kind if kind.is_integer() => decimals(name, array),
        kind if is_text(kind) => {
            let array = cast(array, &DataType::Utf8).map_err(|error| error.to_string())?;
            Ok(array.as_string::<i32>().iter().map(|text| text.map_or(Ok(Number::Null), of_text)).collect())
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Err(format!("the column `{name}` is {kind}: {EXACTLY}")),
        DataType::Boolean => Err(format!("the column `{name}` holds truth values, and amounts are numbers")),
        kind => {
            Err(format!("the column `{name}` holds {kind}, and amounts are whole numbers, decimals or texts of their digits"))
        }
    }
}

const EXACTLY: &str = "a float has already lost the digits that were printed; read the column exactly, as text or decimals: \
                       `pandas.read_csv(…, dtype=str)`, `polars.read_csv(…, infer_schema=False)`, or a decimal128 column";

/// Whole numbers and decimals, by their digits.
fn decimals(name: &str, array: &ArrayRef) -> Result<Vec<Read>, String> {
    let scale = match array.data_type() {
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => *scale,
        _ => 0,
    };
    let (wanted, exactly) = (DataType::Decimal128(38, scale.max(0)), CastOptions { safe: false, ..CastOptions::default() });
    let array = cast_with_options(array, &wanted, &exactly)
        .map_err(|_| format!("the column `{name}` has numbers of more than 38 digits"))?;
    let decimals = u32::from(scale.max(0).unsigned_abs());
    let read = |steps: Option<i128>| match steps {
        None => Ok(Number::Null),
        Some(steps) => Decimal::of_steps(steps, decimals).map(Number::Is).ok_or_else(|| LONG.to_owned()),
    };
    Ok(array.as_primitive::<Decimal128Type>().iter().map(read).collect())
}

const LONG: &str = "it has more than 28 digits, and none is dropped";

fn of_text(text: &str) -> Result<Number, String> {
    match text.trim() {
        "" => Ok(Number::Null),
        logframe::Cell::NONE => Ok(Number::None),
        digits => digits.parse().map(Number::Is).map_err(|error: logframe::Error| error.to_string()),
    }
}
