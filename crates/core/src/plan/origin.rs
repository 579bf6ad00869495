//! Where things in a plan were taken from.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::source::column_letters;

/// Where a budget line was taken from: the name of a file, or whatever stands there; or a cell, whose name is put together when it is asked
/// for. Two are equal when they read the same.
///
/// ```
/// use logframe::Origin;
/// let cell = Origin::of_cell("budget.xlsx, Budget".into(), 5, 0);
/// assert_eq!(cell.to_string(), "budget.xlsx, Budget!A5");
/// assert_eq!(cell, Origin::from("budget.xlsx, Budget!A5"));
/// ```
#[derive(Clone)]
pub struct Origin {
    text: Arc<str>,
    /// Row, from 1, and column, from 0, of a sheet that the text names.
    cell: Option<(NonZeroU32, u32)>,
}

impl Origin {
    /// A cell of a sheet: its row, from 1, and its column, from 0.
    pub fn of_cell(sheet: Arc<str>, row: u32, column: u32) -> Self {
        Self { text: sheet, cell: NonZeroU32::new(row).map(|row| (row, column)) }
    }
}

impl From<&str> for Origin {
    fn from(text: &str) -> Self {
        Self { text: text.into(), cell: None }
    }
}

impl From<String> for Origin {
    fn from(text: String) -> Self {
        Self { text: text.into(), cell: None }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cell {
            Some((row, column)) => write!(f, "{}!{}{row}", self.text, column_letters(column as usize)),
            None => f.write_str(&self.text),
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        if self.cell.is_some() == other.cell.is_some() {
            return self.cell == other.cell && self.text == other.text;
        }
        self.to_string() == other.to_string()
    }
}

impl Eq for Origin {}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
