//! Verdicts that took thought: each once went wrong.

use logframe::diagnostic::text;
use logframe::{Allocation, Decimal, Draft, Head, Header, Office, Plan, Severity, Source};

/// Two offices, two heads, amounts in whole dollars; `budget` and `declared` are put in.
fn findings(budget: &str, declared: &str) -> Vec<(&'static str, Severity, String)> {
    let text = format!(
        "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\nprinted = {{ unit = 1000, rounding = 'nearest' }}\n\
         [[head]]\nid = 'a'\ntitle = 'A'\n[[head]]\nid = 'b'\ntitle = 'B'\n[[head]]\nid = 'c'\ntitle = 'C'\n\
         [[office]]\nid = 'o'\nname = 'O'\n[[office]]\nid = 'q'\nname = 'Q'\n[budget]\n{budget}\n[[declared]]\nwhere = 'table'\n{declared}"
    );
    let parsed = Plan::parse(&Source::new("p.toml", text));
    let plan = parsed.plan.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics));
    plan.check().findings.into_iter().map(|finding| (finding.rule, finding.severity, finding.message)).collect()
}

#[test]
fn a_cell_that_is_not_given_does_not_hide_a_total_that_its_printed_parts_refute() {
    let found = findings(
        "o = { a = 1_000, b = 2_000, c = 3_000 }\nq = { a = 1_000, b = 2_000 }",
        "total = 50_000\noffices = { o = 6_000, q = 7_000 }",
    );
    assert!(found.iter().any(|(rule, severity, _)| (*rule, *severity) == ("declared-total", Severity::Error)), "{found:?}");
}

#[test]
fn zeros_that_amounts_were_rounded_to_count_among_the_parts() {
    // 0, 5 and 7 thousand, and three zeros, make at most 5.5 + 7.5 + 4 x 0.5 thousand: 14 is possible.
    let found = findings(
        "o = { a = 0, b = 5_000, c = 7_000 }\nq = { a = 0, b = 0, c = 0 }",
        "total = 14_000\nresults = { b = 5_000, c = 7_000 }",
    );
    assert!(found.iter().all(|(_, severity, _)| *severity < Severity::Error), "{found:?}");
}

#[test]
fn a_total_and_its_only_printed_part_differ_by_nothing() {
    let found = findings(
        "o = { a = 62_000, b = '-', c = '-' }\nq = { a = '-', b = '-', c = '-' }",
        "total = 61_000\nresults = { a = 62_000 }",
    );
    let errors: Vec<_> = found.iter().filter(|(_, severity, _)| *severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1, "{found:?}");
}

#[test]
fn a_message_does_not_grow_with_the_names_in_it() {
    let long = "T".repeat(100_000);
    let text = format!(
        "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\n[[head]]\nid = 'a'\ntitle = '{long}'\n[[office]]\nid = 'o'\n\
         name = '{long}'\n[budget]\no = {{ a = 1 }}\n[[declared]]\nwhere = '{long}'\nresults = {{ a = 2 }}\n"
    );
    let plan = Plan::parse(&Source::new("p.toml", text)).plan.unwrap();
    for finding in plan.check().findings {
        let labels: usize = finding.labels.iter().map(|label| label.thing.len() + label.text.len()).sum();
        assert!(finding.message.len() + labels < 3000, "{} bytes", finding.message.len() + labels);
    }
}

#[test]
fn a_total_printed_in_many_places_is_added_once_and_stays_small() {
    let offices: String = (0..2000).map(|i| format!("[[office]]\nid = 'o{i}'\nname = 'O'\n")).collect();
    let budget: String = (0..2000).map(|i| format!("o{i} = {{ a = 1 }}\n")).collect();
    let declared: String = (0..2000).map(|i| format!("[[declared]]\nwhere = 'p{i}'\ntotal = 2000\n")).collect();
    let text = format!(
        "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\n[[head]]\nid = 'a'\ntitle = 'A'\n{offices}[budget]\n{budget}{declared}"
    );
    let report = Plan::parse(&Source::new("p.toml", text)).plan.unwrap().check();
    assert_eq!((report.tally.exact, report.findings.len()), (2000, 0));
}

#[test]
fn a_cell_that_is_built_twice_is_an_error_whatever_the_two_say() {
    let zero = || Allocation::new("o", "h", Decimal::ZERO);
    for pair in [[zero(), Allocation::new("o", "h", Decimal::from(5))], [Allocation::none("o", "h"), zero()]] {
        let plan = Plan::new(Draft {
            header: Header::new("p", "P", "USD"),
            heads: vec![Head::new("h", "H")],
            offices: vec![Office::new("o", "O")],
            allocations: pair.to_vec(),
            ..Draft::default()
        });
        assert!(plan.check().findings.iter().any(|finding| finding.rule == "overlapping-allocation"));
    }
}

#[test]
fn an_excerpt_of_one_endless_line_is_short_and_shows_the_figure() {
    let offices: Vec<String> = (0..5000).map(|i| format!(r#"{{"id":"o{i}","name":"O"}}"#)).collect();
    let budget: Vec<String> = (0..5000).map(|i| format!(r#""o{i}":{{"a":1}}"#)).collect();
    let text = format!(
        r#"{{"format":1,"plan":{{"id":"p","title":"P","currency":"USD"}},"head":[{{"id":"a","title":"A"}}],"office":[{}],"budget":{{{}}},"declared":[{{"where":"t","total":77123}}]}}"#,
        offices.join(","),
        budget.join(",")
    );
    let source = Source::new("p.json", text);
    let report = Plan::parse(&source).plan.unwrap().check();
    let shown = text::excerpt(&report.findings[0], Some(&source), 80, false);
    assert!(shown.len() < 4000 && shown.contains("77123"), "{shown}");
    assert!(shown.contains(&format!("p.json:1:{}", source.text().find("77123").unwrap() + 1)), "{shown}");
}

#[test]
fn labels_far_apart_are_drawn_apart() {
    let filler = "# filler\n".repeat(2000);
    let text = format!(
        "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\n[[head]]\nid = 'a'\ntitle = 'A'\n[[office]]\nid = 'o'\n\
         name = 'O'\n[budget]\no = {{ a = 1 }}\n{filler}[[declared]]\nwhere = 't'\ntotal = 2\n"
    );
    let source = Source::new("p.toml", text);
    let report = Plan::parse(&source).plan.unwrap().check();
    let shown = text::excerpt(&report.findings[0], Some(&source), 80, false);
    assert!(shown.contains("o = { a = 1 }") && shown.contains("total = 2") && !shown.contains("filler"), "{shown}");
}
