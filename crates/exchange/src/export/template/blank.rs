//! A plan to begin with, where there is none yet.

use logframe::{Currency, Decimal, Draft, Head, Header, Office, Outcome, Output, Plan};

/// An invented plan with so many offices: its names are put in by whoever uses it. Amounts are rounded to the smallest unit of the currency.
///
/// ```
/// let plan = logframe_exchange::export::blank_plan(16, "USD");
/// assert_eq!((plan.offices.len(), plan.offices[15].name.as_str()), (16, "Office 16"));
/// ```
pub fn blank_plan(offices: u32, currency: &str) -> Plan {
    let mut header = Header::new("office-budgets", "Office budgets", currency);
    let decimals = Currency::of_code(currency).and_then(Currency::decimals);
    header.lines.unit = decimals.and_then(|decimals| Decimal::of_steps(1, decimals)).map(Into::into);
    Plan::new(Draft {
        header,
        outcomes: ["First", "Second", "Third"].into_iter().zip(1_u32..).map(outcome).collect(),
        heads: vec![Head::new("management", "Management and monitoring")],
        offices: (1..=offices).map(|at| Office::new(&format!("office-{at}"), format!("Office {at}"))).collect(),
        ..Draft::default()
    })
}

/// An outcome with an output, so that the plan checks clean.
fn outcome((name, at): (&str, u32)) -> Outcome {
    let mut outcome = Outcome::new(&at.to_string(), format!("{name} outcome"));
    outcome.outputs = vec![Output::new(&format!("{at}.1"), format!("{name} output"))];
    outcome
}
