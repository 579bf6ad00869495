#![doc = include_str!("unknown_currency.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::money::Currency;

pub static RULE: Rule =
    Rule { name: "unknown-currency", severity: Severity::Error, page: include_str!("unknown_currency.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let code = &context.plan.header.currency;
    if Currency::of_code(code).is_some() {
        return;
    }
    let hint = Currency::nearest_code(code).map(|near| format!("did you mean `{near}`?"));
    findings.push(
        RULE.finding(format!("`{}` is no currency of ISO 4217", code.escape_debug()))
            .at(code.span, "the plan's currency", "")
            .help(hint.unwrap_or_else(|| "write its three-letter code, as `USD` or `EUR`".to_owned())),
    );
}
