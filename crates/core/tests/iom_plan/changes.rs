//! No figure can change unnoticed: each one, moved a little, makes an error that points at it.

use logframe::{Decimal, Diagnostic, Measure, Plan, Severity, Source, Span};

use crate::plans::{iom, read};

/// The text with the figure at `span` moved by `change`, and where the figure stands then.
fn changed(source: &Source, span: Span, change: i64) -> (Source, Span) {
    let number: Decimal = source.slice(span).parse().unwrap();
    let number = number.exact_add(change.into()).unwrap().to_string();
    let (before, after) = (&source.text()[..span.range().start], &source.text()[span.range().end..]);
    let start = span.range().start;
    (Source::new("changed.toml", format!("{before}{number}{after}")), Span::new(start..start + number.len()))
}

fn is_error_about(finding: &Diagnostic, span: Span) -> bool {
    finding.severity == Severity::Error && finding.labels.iter().any(|label| label.span == Some(span))
}

/// Asserts that the changed figure is noticed: a plan that is read, and an error that points at the figure.
fn assert_noticed(source: &Source, span: Span, change: i64) {
    let (changed, span) = changed(source, span, change);
    let report = read(&changed).check();
    let noticed = report.findings.iter().any(|finding| is_error_about(finding, span));
    assert!(noticed, "{} changed by {change} at line {}", changed.slice(span), changed.position(span.start()).line);
}

fn figures(plan: &Plan, measure: Measure) -> Vec<Span> {
    plan.statements().iter().filter(|statement| statement.measure == measure).map(|s| s.value.span.unwrap()).collect()
}

#[test]
fn every_allocation_changed_by_1000_is_noticed() {
    let source = iom();
    let plan = read(&source);
    let amounts = plan.allocations.iter().filter(|allocation| allocation.cell.amount().is_some());
    let spans: Vec<_> = amounts.map(|allocation| allocation.cell.span.unwrap()).collect();
    assert_eq!(spans.len(), 58);
    for span in spans {
        assert_noticed(&source, span, 1_000);
        assert_noticed(&source, span, -1_000);
    }
}

#[test]
fn every_declared_amount_changed_by_1000_is_noticed() {
    let source = iom();
    let spans = figures(&read(&source), Measure::Amount);
    assert_eq!(spans.len(), 72);
    for span in spans {
        assert_noticed(&source, span, 1_000);
        assert_noticed(&source, span, -1_000);
    }
}

#[test]
fn every_share_changed_by_a_point_is_noticed() {
    let source = iom();
    let spans = figures(&read(&source), Measure::Share);
    assert_eq!(spans.len(), 22);
    for span in spans {
        assert_noticed(&source, span, 1);
        assert_noticed(&source, span, -1);
    }
}
