//! Published tables in the formats they are passed on in, read into [`PrintedTable`](logframe::reconciliation::PrintedTable)s.
//!
//! Nothing is guessed that changes a number: how numbers are written is declared or proven by the file itself, the unit that
//! figures were rounded to is declared or there is none. What a table does not say clearly is a [`logframe::Diagnostic`] with
//! its place.
//!
//! ```
//! use logframe::Source;
//! use logframe_exchange::{Options, read};
//! let text = "Office;Field;Office;Total\nPeru;1.250,50;100;1.350,50\nChile;900;80,5;980,5\nTotal;2.150,50;180,5;2.331\n";
//! let read = read(&Source::new("table.csv", text), &Options::default());
//! let table = read.table.unwrap();
//! assert_eq!((table.total_row, table.total_column), (Some(2), Some(2)));
//! assert_eq!(table.subject().unwrap().figures[0].words, "Peru / Field");
//! ```
//!
//! A plan goes out as a Tabular Data Package, [`data_package`], as a workbook with live formulas, [`export::xlsx`], and as one that offices fill
//! in, [`export::template`].

pub mod export;

mod cell;
mod columns;
mod digits;
mod document;
mod head;
mod history;
mod import;
mod lines;
mod numbers;
mod options;
mod package;
mod read;
mod records;
mod returned;
mod separator;
mod sums;
mod words;
mod workbook;

pub use document::Document;
pub use history::{Version, history, history_table};
pub use import::{Imported, Layout, Mapping, PlanMapping, TableMapping, import};
pub use lines::{is_table, load, load_source, save};
pub use numbers::Convention;
pub use options::{Header, Options, Pick, Totals};
pub use package::{Package, PackageFile, data_package, save_data_package};
pub use read::{ReadTable, read};
pub use separator::Separator;
