#![doc = include_str!("unknown_country.md")]

use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Id, country_name, nearest_country};
use crate::source::Spanned;

pub static RULE: Rule =
    Rule { name: "unknown-country", severity: Severity::Error, page: include_str!("unknown_country.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let of_regions = plan.regions.iter().flat_map(|region| region.places.iter().map(|(code, _)| code));
    // Where the plan lists places, those of an office refer to the list; where it lists none, they are codes themselves.
    let lists_places = plan.regions.iter().any(|region| !region.places.is_empty());
    let of_offices = plan.offices.iter().filter(|_| !lists_places).flat_map(|office| &office.places);
    let of_series = plan.series.iter().flat_map(|series| {
        series.values.iter().map(|(code, _)| code).chain(series.statements.iter().map(|statement| &statement.country))
    });
    let codes = of_regions.chain(of_offices).chain(of_series);
    findings.extend(codes.filter(|code| country_name(code).is_none()).map(finding));
}

fn finding(code: &Spanned<Id>) -> Diagnostic {
    let near = nearest_country(code).and_then(|near| Some((near, country_name(near)?)));
    let hint = match near {
        Some((near, name)) => format!("did you mean `{near}` ({name})?"),
        None => "write a two-letter code of ISO 3166-1 as `CO`, or a code of ISO 3166-2 as `BQ-BO`".to_owned(),
    };
    RULE.finding(format!("`{code}` is no country or territory of ISO 3166"))
        .at(code.span, format!("country {code}"), "")
        .about(code.to_string())
        .help(hint)
}
