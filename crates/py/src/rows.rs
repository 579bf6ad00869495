//! What is said about rows that came from Python: places are rows and columns, and hints name arguments.

use logframe::{Diagnostic, Source};

/// A finding about a table that was given as rows or as a frame, in the words of who gave it.
pub fn told(finding: &Diagnostic, source: &Source, names: bool) -> String {
    let place = place(finding, source, names).map(|place| place + ": ").unwrap_or_default();
    let help = finding.help.iter().map(|hint| format!("\n  help: {}", arguments(hint)));
    format!("{place}{}{}", finding.message, help.collect::<String>())
}

/// `row 2, column 3`, from 1. A first line that names the columns of a frame is no row.
fn place(finding: &Diagnostic, source: &Source, names: bool) -> Option<String> {
    let span = finding.place()?.span?;
    // Cells are written in quotes, and a quote within is doubled: what is outside of them are commas and ends of lines.
    let outside: String = source.slice(logframe::Span::between(0, span.start())).split('"').step_by(2).collect();
    let column = outside.rsplit('\n').next()?.matches(',').count() + 1;
    let row = outside.matches('\n').count() + usize::from(!names);
    Some(if row == 0 { format!("the name of column {column}") } else { format!("row {row}, column {column}") })
}

/// Options of the command line in a hint, as arguments of a call: `` `--unit 1` `` is `` `unit=1` ``.
pub fn arguments(hint: &str) -> String {
    let parts = hint.split('`').enumerate();
    let parts: Vec<String> = parts.map(|(at, part)| if at % 2 == 1 { argument(part) } else { part.to_owned() }).collect();
    parts.join("`")
}

fn argument(part: &str) -> String {
    let Some(option) = part.strip_prefix("--") else { return part.to_owned() };
    let (name, value) = option.split_once(' ').unwrap_or((option, "…"));
    let value = match value.trim_matches(['"', '\'']) {
        "none" => "None".to_owned(),
        number if number.parse::<u64>().is_ok() => number.to_owned(),
        text => format!("{text:?}"),
    };
    format!("{}={value}", name.replace('-', "_"))
}
