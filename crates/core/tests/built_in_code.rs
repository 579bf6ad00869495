//! Plans that a program builds: held to the same rules, and told in names where there is no text to point at.

use logframe::diagnostic::text::{concise, excerpt};
use logframe::{
    Activity, Adjustment, Allocation, Decimal, Declared, Diagnostic, Draft, Exception, Head, Header, Office, Outcome, Plan,
    Printed, Severity, crossfoot::Rounding,
};

fn amount(digits: &str) -> Decimal {
    digits.parse().unwrap()
}

/// Two offices, an outcome and a head; a total that is 45 short, an office that no line of the budget knows.
fn draft() -> Draft {
    let mut header = Header::new("demo", "A demonstration", "USD");
    header.printed = Printed::to_unit(1.into(), Rounding::Nearest);
    let mut outcome = Outcome::new("1", "Livelihoods");
    outcome.activities.push(Activity::new("1a", "Distribute seed"));
    let mut declared = Declared::new("budget table");
    declared.total = Some(amount("1705").into());
    Draft {
        header,
        outcomes: vec![outcome],
        heads: vec![Head::new("support", "Support costs")],
        offices: vec![Office::new("north", "North"), Office::new("south", "South")],
        allocations: vec![
            Allocation::new("north", "1", amount("1250")),
            Allocation::new("north", "support", amount("500")),
            Allocation::none("south", "1"),
            Allocation::none("south", "support"),
        ],
        declared: vec![declared],
        ..Draft::default()
    }
}

fn found<'f>(findings: &'f [Diagnostic], rule: &str) -> &'f Diagnostic {
    findings.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule} is not among {findings:?}"))
}

#[test]
fn a_built_plan_is_checked_and_its_findings_name_the_thing() {
    let findings = Plan::new(draft()).check().findings;
    assert_eq!(findings.len(), 2, "{findings:?}");
    let total = found(&findings, "declared-total");
    assert_eq!(total.severity, Severity::Error);
    assert_eq!(total.place().unwrap().thing, "the plan, budget table");
    assert_eq!(total.figures.as_ref().unwrap().difference, Decimal::from(-45));
    assert_eq!(found(&findings, "office-without-money").place().unwrap().thing, "office south");
}

#[test]
fn its_findings_point_at_no_text() {
    let findings = Plan::new(draft()).check().findings;
    assert!(findings.iter().flat_map(|finding| &finding.labels).all(|label| label.span.is_none()));
}

#[test]
fn its_findings_are_shown_with_the_name_where_a_line_would_stand() {
    let findings = Plan::new(draft()).check().findings;
    let total = found(&findings, "declared-total");
    let shown = excerpt(total, None, 80, false);
    assert!(shown.starts_with("error[declared-total]: the plan is printed as 1,705 (budget table)"), "{shown}");
    assert!(shown.contains("at the plan, budget table: 45 less than its cells"), "{shown}");
    let line = concise(total, None);
    assert!(line.starts_with("the plan, budget table: error[declared-total]: the plan is printed as 1,705"), "{line}");
}

#[test]
fn a_finding_of_a_built_plan_is_shown_beside_a_text_that_is_not_its_own() {
    let source = logframe::Source::new("other.toml", "format = 1\n");
    for finding in Plan::new(draft()).check().findings {
        assert!(excerpt(&finding, Some(&source), 80, false).contains(&finding.place().unwrap().thing));
    }
}

#[test]
fn ids_from_code_that_no_id_may_be_are_made_into_one() {
    let draft = Draft { offices: vec![Office::new(" a\u{7}b ", "North"), Office::new("", "South")], ..draft() };
    let ids: Vec<_> = draft.offices.iter().map(|office| office.id.to_string()).collect();
    assert_eq!(ids, ["a_b", "_"]);
}

#[test]
fn an_exception_is_kept_to_the_thing_it_names() {
    let mut except = Exception::new("office-without-money", Adjustment::Off, "South starts next year");
    except.of = Some("south".parse::<logframe::Id>().unwrap().into());
    let report = Plan::new(Draft { exceptions: vec![except], ..draft() }).check();
    assert_eq!(report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["declared-total"]);
    assert_eq!(report.exceptions[0].1, 1);
}

#[test]
fn a_plan_is_changed_by_way_of_a_draft_and_the_first_stays_as_it_was() {
    let plan = Plan::new(draft());
    let mut changed = plan.draft();
    changed.declared[0].total = Some(amount("1750").into());
    changed.offices.pop();
    changed.allocations.truncate(2);
    assert_eq!(Plan::new(changed).check().findings, []);
    assert_eq!(plan.check().findings.len(), 2);
}

/// Every public type, by name: what a service keeps in its state or hands to another thread.
#[test]
fn everything_public_can_be_shared_between_threads() {
    use logframe::*;
    fn shared<T: Send + Sync + 'static>() {}
    shared::<(Plan, Draft, Header, Framework, Document, Printed, Duration, Date, Outcome, Output, Activity, Head)>();
    shared::<(Indicator, Reading, Value, Region, Office, OfficeKind, Sheet, Allocation, Cell, Declared, Scope, Shares)>();
    shared::<(Figure, Measure, Statement, Series, SeriesStatement, Exception, Adjustment, NoneMeans, Id, Entries<Figure>)>();
    shared::<(Node, NodeKind, SdgRef, Decimal, NumberStyle, Currency, Money, Source, Span, Spanned<Id>, Position)>();
    shared::<(Parsed, Report, Error, Diagnostic, Label, Figures, Counts, Severity)>();
    shared::<(rules::Rule, rules::Tally, rules::Summary, table::Table, table::Column, table::Row, table::Cell)>();
    shared::<(crossfoot::Interval, crossfoot::End, crossfoot::Footing, crossfoot::Agreement, crossfoot::Rounding)>();
    shared::<(diagnostic::json::FindingsJson, diagnostic::json::FileJson, diagnostic::json::FindingJson)>();
}

#[test]
fn one_plan_is_checked_by_many_threads_with_one_result() {
    let plan = Plan::new(draft());
    let expected = plan.check().findings;
    std::thread::scope(|threads| {
        let running: Vec<_> = (0..4).map(|_| threads.spawn(|| plan.check().findings)).collect();
        running.into_iter().for_each(|thread| assert_eq!(thread.join().unwrap(), expected));
    });
}
