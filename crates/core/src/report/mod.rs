//! Reports: each is one file and returns a [`Table`]. What is printed stands beside what is computed, and a mark says where
//! the two differ.

mod budget;
mod declared;
mod office;
mod results;
mod sdg;

pub use budget::budget;
pub use declared::declared;
pub use office::office;
pub use results::results;
pub use sdg::sdg;

use crate::error::Error;
use crate::plan::{Plan, nearest};
use crate::table::Table;

/// The names of the reports that need nothing but the plan.
pub const NAMES: [&str; 4] = ["budget", "results", "sdg", "declared"];

/// The report of a name.
///
/// # Errors
/// [`Error::Unknown`] with the nearest name.
pub fn named(name: &str, plan: &Plan) -> Result<Table, Error> {
    Ok(match name {
        "budget" => budget(plan),
        "results" => results(plan),
        "sdg" => sdg(plan),
        "declared" => declared(plan),
        other => {
            let nearest = nearest(other, NAMES).map(str::to_owned);
            return Err(Error::Unknown { kind: "table", id: other.to_owned(), nearest });
        }
    })
}
