//! Writing a plan and reading it back gives an equal plan, to the last decimal.

mod budgets;
pub mod drafts;

use std::collections::BTreeSet;

use logframe::{Allocation, Draft, Entries, Head, Header, Id, Office, Plan, Source};
use proptest::prelude::*;

use crate::plans::{iom, proposal, read, teaching};

fn read_text(name: &str, text: String) -> Plan {
    read(&Source::new(name, text))
}

/// An equal plan whose numbers are also written alike: JSON gives every digit of every number.
fn assert_same(again: &Plan, plan: &Plan) {
    assert!(again == plan, "{:#?}\nwas\n{:#?}", again.draft(), plan.draft());
    assert_eq!(again.to_json(), plan.to_json());
}

fn assert_round_trips(plan: &Plan) {
    let toml = read_text("plan.toml", plan.to_toml());
    assert_same(&toml, plan);
    assert_eq!(toml.to_toml(), plan.to_toml());
    assert_same(&read_text("plan.json", plan.to_json()), plan);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_comes_back_equal_from_toml_and_json(draft in drafts::draft()) {
        assert_round_trips(&Plan::new(draft));
    }
}

#[test]
fn the_plans_of_the_project_come_back_equal() {
    for source in [iom(), teaching(), proposal()] {
        assert_round_trips(&read(&source));
    }
}

#[test]
fn a_written_plan_has_the_findings_of_the_plan() {
    let plan = read(&iom());
    let messages = |plan: &Plan| -> BTreeSet<_> { plan.check().findings.into_iter().map(|finding| finding.message).collect() };
    assert_eq!(messages(&read_text("plan.toml", plan.to_toml())), messages(&plan));
}

#[test]
fn decimals_are_kept_as_they_are_written() {
    for digits in ["0", "0.00", "-0.50", "1250.5", "1250.50", "79228162514264337593543950335", "0.0000000000000000000000000001"] {
        let plan = Plan::new(Draft {
            header: Header::new("demo", "A demonstration", "USD"),
            heads: vec![Head::new("field", "Field work")],
            offices: vec![Office::new("north", "North")],
            allocations: vec![Allocation::new("north", "field", digits.parse().unwrap())],
            ..Draft::default()
        });
        for text in [plan.to_toml(), plan.to_json()] {
            let again = read_text("plan", text);
            assert_eq!(again.allocations[0].cell.amount().unwrap().to_string(), digits);
        }
    }
}

/// Built by column, as a program may; the budget of a plan goes by office.
#[test]
fn allocations_built_in_any_order_come_back_equal() {
    let amount = |office: &str, result: &str| Allocation::new(office, result, 1.into());
    let plan = Plan::new(Draft {
        header: Header::new("demo", "A demonstration", "USD"),
        allocations: vec![amount("north", "1"), amount("south", "1"), amount("north", "2"), amount("south", "2")],
        ..Draft::default()
    });
    assert_round_trips(&plan);
}

#[test]
fn figures_keep_their_order_though_one_of_them_is_long() {
    let long = || {
        let mut figure = logframe::Figure::from(logframe::Decimal::from(1));
        figure.text = Some("one ".repeat(40));
        figure
    };
    let mut declared = logframe::Declared::new("table");
    let id = |text: &str| -> Id { text.parse().unwrap() };
    declared.results = Entries::from_iter([(id("b"), long()), (id("a"), logframe::Decimal::from(2).into()), (id("c"), long())]);
    let header = Header::new("demo", "A demonstration", "USD");
    assert_round_trips(&Plan::new(Draft { header, declared: vec![declared], ..Draft::default() }));
}
