//! What the rules about budget lines share.

use super::names::{Names, short};
use crate::plan::{BuiltLine, Line, Plan};

/// The lines of a plan with what each comes to.
pub fn built(plan: &Plan) -> impl Iterator<Item = (&Line, &BuiltLine)> {
    plan.lines.iter().zip(plan.built_lines())
}

/// A line in words: `Field staff (Peru)`.
pub fn words(names: Names<'_>, line: &Line) -> String {
    format!("{} ({})", short(&line.description), names.office(&line.office))
}

/// The ids that an exception can limit a finding about a line to.
pub fn ids(line: &Line) -> Vec<String> {
    let own = line.id.as_ref().map(ToString::to_string);
    own.into_iter().chain([line.office.to_string(), line.result.to_string()]).collect()
}
