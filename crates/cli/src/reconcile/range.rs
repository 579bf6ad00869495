//! What single amounts can be: `--range`.

use logframe::reconciliation::{Range, Reconciliation};
use serde_json::Value;

use crate::failure::Failure;

/// A range with the ids that it was asked for by.
pub type Asked<'a> = (&'a str, Range);

/// The ranges that were asked for.
pub fn all<'a>(reconciliation: &Reconciliation, asked: &'a [String]) -> Result<Vec<Asked<'a>>, Failure> {
    let one = |ids: &'a String| match reconciliation.range(ids) {
        Some(range) => Ok((ids.as_str(), range)),
        None => Err(Failure::Refused(unknown(reconciliation, ids))),
    };
    asked.iter().map(one).collect()
}

/// That ids name nothing, with some that do.
pub fn unknown(reconciliation: &Reconciliation, ids: &str) -> String {
    let known = reconciliation.subject.figures.iter().filter(|named| !named.ids.is_empty()).map(|named| named.ids.join(","));
    let mut known: Vec<String> = known.collect();
    known.sort_unstable();
    known.dedup();
    let like: Vec<&String> = known.iter().filter(|known| known.contains(ids.trim())).take(3).collect();
    let shown = if like.is_empty() { known.iter().rev().take(3).collect() } else { like };
    let shown: Vec<String> = shown.into_iter().map(|ids| format!("`{ids}`")).collect();
    format!("no printed amount goes by `{ids}`; there are {}, …", shown.join(", "))
}

/// The ranges in sentences.
pub fn sentences(reconciliation: &Reconciliation, ranges: &[Asked<'_>]) -> Vec<String> {
    ranges.iter().map(|(_, range)| reconciliation.range_words(range)).collect()
}

/// The ranges by what was asked for, as JSON.
pub fn value(reconciliation: &Reconciliation, ranges: &[Asked<'_>]) -> Value {
    ranges.iter().map(|(ids, range)| ((*ids).to_owned(), reconciliation.range_value(range))).collect()
}
