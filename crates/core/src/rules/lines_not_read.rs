#![doc = include_str!("lines_not_read.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};

pub static RULE: Rule =
    Rule { name: "lines-not-read", severity: Severity::Error, page: include_str!("lines_not_read.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let lines = &context.plan.header.lines;
    if let Some(file) = lines.file.as_ref().filter(|_| !lines.is_read) {
        findings.push(
            RULE.finding(format!("the budget lines in `{}` were not read, so that the budget is not whole", file.escape_debug()))
                .at(file.span, "the file of the lines", "")
                .help("read the plan from its file, `logframe check plan.toml`: a text alone has no other files"),
        );
    }
}
