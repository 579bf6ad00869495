//! Bad input: a clear message and never a panic.

mod arbitrary;
mod bytes;
mod numbers;
mod shapes;

use logframe::diagnostic::json::{FileJson, FindingsJson};
use logframe::diagnostic::{sarif, text};
use logframe::{Diagnostic, Plan, Source, rules};

/// Reads and checks a text as the command does: everything that is found.
fn findings(source: &Source) -> Vec<Diagnostic> {
    let parsed = Plan::parse(source);
    assert_eq!(parsed.plan.is_none(), !parsed.diagnostics.is_empty(), "a plan, or a reason why there is none");
    match parsed.plan {
        Some(plan) => plan.check().findings,
        None => parsed.diagnostics,
    }
}

/// Asserts that a finding can be shown in every way, and that it points into the text.
fn assert_presentable(finding: &Diagnostic, source: &Source) {
    assert!(rules::named(finding.rule).is_some(), "{} is no rule", finding.rule);
    assert!(!finding.message.is_empty());
    for label in &finding.labels {
        assert!(!label.thing.is_empty(), "{}", finding.message);
        let inside = label.span.is_none_or(|span| source.text().get(span.range()).is_some());
        assert!(inside, "{}: {:?} of {}", finding.message, label.span, source.text().len());
    }
    for source in [Some(source), None] {
        assert!(!text::excerpt(finding, source, 80, true).is_empty());
        let excerpt = text::excerpt(finding, source, 20, false);
        assert!(excerpt.lines().count() > 0 && !excerpt.replace('\n', "").contains(char::is_control), "{excerpt:?}");
        let line = text::concise(finding, source);
        assert!(!line.is_empty() && !line.contains(char::is_control), "{line:?}");
    }
}

fn assert_all_presentable(findings: &[Diagnostic], source: &Source) {
    findings.iter().for_each(|finding| assert_presentable(finding, source));
    serde_json::to_string(&FindingsJson::new(vec![FileJson::new(source.name(), findings, Some(source))])).unwrap();
    assert!(sarif::log([(source, findings)], []).is_object());
}

/// The findings of a text, each of them presentable.
fn presentable(source: &Source) -> Vec<Diagnostic> {
    let findings = findings(source);
    assert_all_presentable(&findings, source);
    findings
}

/// What is said about a text that is no plan.
fn messages(text: &str) -> Vec<String> {
    let source = Source::new("bad", text);
    assert!(Plan::parse(&source).plan.is_none(), "{text} is read");
    presentable(&source).into_iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

/// A plan that reads, with a text in one of its places.
fn with(place: &str, text: &str) -> String {
    let plan = "format = 1\n[plan]\nid = 'a'\ntitle = 'A'\ncurrency = 'USD'\n%plan\n[[head]]\nid = 'field'\ntitle = 'Field'\n%head\n\
                [[office]]\nid = 'north'\nname = 'North'\n%office\n[budget]\nnorth = { field = 12 %cell }\n%end\n";
    assert!(plan.contains(place));
    ["%plan", "%head", "%office", "%cell", "%end"]
        .iter()
        .fold(plan.to_owned(), |plan, name| plan.replace(name, if *name == place { text } else { "" }))
}
