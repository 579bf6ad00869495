//! `logframe rules`.

use logframe::rules::ALL;
use logframe::table::{Cell, Column, Table};

use crate::ExitStatus;
use crate::failure::Failure;
use crate::streams::Streams;

/// Prints a table of all rules.
pub fn run(streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let columns = vec![Column::text("rule", "Rule"), Column::text("severity", "Severity"), Column::text("summary", "Finds")];
    let mut table = Table::new(format!("{} rules", ALL.len()), columns);
    for rule in ALL {
        table.push(vec![Cell::text(rule.name), Cell::text(rule.severity.to_string()), Cell::text(rule.summary())]);
    }
    table.notes.push("`logframe explain RULE` prints a rule's page".to_owned());
    streams.out.write_all(table.text(streams.width()).as_bytes())?;
    Ok(ExitStatus::Success)
}
