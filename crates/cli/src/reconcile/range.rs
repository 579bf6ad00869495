//! What single amounts can be: `--range`.

use std::fmt::Write;

use logframe::Source;
use logframe::reconciliation::{Range, Reconciliation};

use crate::failure::Failure;
use crate::wrap::wrapped;

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
pub fn text(reconciliation: &Reconciliation, ranges: &[Asked<'_>], width: usize) -> String {
    let mut text = String::new();
    for (_, range) in ranges {
        let line = reconciliation.range_words(range);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{}\n", wrapped(&line, width, 2));
    }
    text
}

/// The reconciliation with the ranges that were asked for, as JSON.
pub fn json(reconciliation: &Reconciliation, ranges: &[Asked<'_>], source: &Source) -> String {
    let mut value = reconciliation.json_value(Some(source));
    let ranges = ranges.iter().map(|(ids, range)| ((*ids).to_owned(), reconciliation.range_value(range)));
    if let Some(object) = value.as_object_mut() {
        object.insert("ranges".to_owned(), ranges.collect());
    }
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}
