//! The invented plan that shows the format. That it leaves no key out is a test of the schemas.

use crate::plans::{read, teaching};

#[test]
fn it_checks_clean_but_for_what_its_exception_turns_off() {
    let report = read(&teaching()).check();
    assert_eq!(report.findings, []);
    let met: Vec<_> = report.exceptions.iter().map(|(exception, count)| (exception.rule.as_str(), *count)).collect();
    assert_eq!(met, [("activity-without-money", 1)]);
}

#[test]
fn all_its_declared_figures_hold_exactly() {
    let tally = read(&teaching()).check().tally;
    assert_eq!((tally.declared, tally.exact), (15, 15));
}

#[test]
fn it_says_in_its_head_that_it_is_invented() {
    let source = teaching();
    let head: Vec<_> = source.text().lines().take_while(|line| line.starts_with('#')).collect();
    assert_eq!(head[0], "#:schema ./plan.schema.json");
    assert!(head.concat().contains("INVENTED FOR TEACHING"));
}

#[test]
fn it_has_a_zero_a_none_and_a_cell_that_is_not_given() {
    let plan = read(&teaching());
    let cell = |office: &str, result: &str| {
        let allocation = plan.allocations.iter().find(|a| a.office.as_str() == office && a.result.as_str() == result);
        allocation.map(|allocation| allocation.cell.amount().map(|amount| amount.to_string()))
    };
    assert_eq!(cell("river-desk", "support"), Some(Some("0".to_owned())));
    assert_eq!(cell("tete", "2"), Some(None));
    assert_eq!(cell("river-desk", "1"), None);
}
