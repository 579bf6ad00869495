#![doc = include_str!("missing_allocation.md")]

use super::names::{Names, count, ids, short};
use super::{Context, Rule};
use crate::crossfoot::NoneMeans;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::equations::Standing;

pub static RULE: Rule = Rule {
    name: "missing-allocation",
    severity: Severity::Warning,
    page: include_str!("missing_allocation.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for equation in &context.equations {
        let Standing::Open { unknown } = equation.standing else { continue };
        let Some(statement) = context.plan.statements().get(equation.statement) else { continue };
        let left = statement.value.exact_sub(equation.sum.value).unwrap_or_default();
        let printed_unknown = context.plan.header.printed.none == Some(NoneMeans::Unknown);
        let what = if printed_unknown { "not known" } else { "not given" };
        let mut finding = RULE
            .finding(format!(
                "{} is printed as {} ({}), but its known cells add up to {} and {} {what}: {} left for them",
                names.scope(&statement.scope),
                names.number(*statement.value),
                short(&statement.place),
                names.number(equation.sum.value),
                if unknown == 1 { "1 cell is".to_owned() } else { format!("{} are", count(unknown, "cell")) },
                names.number(left),
            ))
            .at(statement.value.span, names.statement(statement), "cannot be checked")
            .help(if printed_unknown {
                "it can be checked when the amounts behind \"-\" are known"
            } else {
                "give the cells in `[budget]`; write \"-\" where the document prints none"
            });
        finding.about.extend(ids(&statement.scope));
        findings.push(finding);
    }
}
