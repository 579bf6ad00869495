//! A rule's page is its test: every example on it is read and checked.
//!
//! `fails` promises findings of that rule and of no other, one at each line marked `# <--`; `fails note` the same at another
//! severity than the rule's own; `fails beside RULE` allows findings of another rule besides, as does `passes beside RULE`; `passes`
//! promises no finding at all. A fragment is completed to a plan by [`completed`].

use logframe::diagnostic::text::concise;
use logframe::rules::{self, Rule};
use logframe::{Diagnostic, Plan, Severity, Source};

const HEADINGS: [&str; 4] = ["## Why it matters", "## Example", "## What to do", "## Details"];
const MARK: &str = "# <--";
const HEADER: &str = "[plan]\nid = \"example\"\ntitle = \"An example\"\ncurrency = \"USD\"\n";

struct Example {
    rule: &'static Rule,
    /// The line of the page on which it begins.
    line: usize,
    json: bool,
    /// The severity of its findings; `None` where it passes.
    fails: Option<Severity>,
    /// A rule whose findings are allowed besides.
    beside: Option<&'static str>,
    text: String,
}

fn examples(rule: &'static Rule) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = rule.page.lines().zip(1..);
    while let Some((fence, line)) = lines.next() {
        let Some(info) = fence.strip_prefix("```") else { continue };
        let inside: Vec<&str> = lines.by_ref().map(|(line, _)| line).take_while(|line| *line != "```").collect();
        let text = inside.join("\n") + "\n";
        let words: Vec<&str> = info.split(' ').collect();
        let (promise, beside) = match words[1..] {
            [ref promise @ .., "beside", other] => (promise, rules::named(other).map(|rule| rule.name)),
            ref promise => (promise, None),
        };
        let fails = match *promise {
            ["passes"] => None,
            ["fails"] => Some(rule.severity),
            ["fails", "note"] => Some(Severity::Note),
            _ if words == ["text"] => continue,
            _ => panic!("{}, line {line} of its page: nobody knows what `{info}` promises", rule.name),
        };
        assert!(["toml", "json"].contains(&words[0]), "{}, line {line} of its page: `{info}` is no plan", rule.name);
        examples.push(Example { rule, line, json: words[0] == "json", fails, beside, text });
    }
    examples
}

/// A fragment with `format` and `[plan]` put where they belong, unless it has its own.
fn completed(fragment: &str) -> String {
    let has = |start: &str| fragment.lines().any(|line| line.starts_with(start));
    let format = if has("format") { "" } else { "format = 1\n" };
    let header = if has("[plan]") { "" } else { HEADER };
    let first_table = if fragment.starts_with('[') { Some(0) } else { fragment.find("\n[").map(|at| at + 1) };
    let (top, tables) = fragment.split_at(first_table.unwrap_or(fragment.len()));
    format!("{format}{top}{header}{tables}")
}

/// What is wrong with an example: nothing where it keeps its promise.
fn broken_promise(example: &Example) -> Option<String> {
    let source = Source::new("example", if example.json { example.text.clone() } else { completed(&example.text) });
    let parsed = Plan::parse(&source);
    let mut findings = parsed.plan.map_or(parsed.diagnostics, |plan| plan.check().findings);
    findings.retain(|finding| example.beside != Some(finding.rule));
    let broken = match example.fails {
        None => (!findings.is_empty()).then_some("it passes, but there are findings"),
        Some(_) if findings.is_empty() => Some("it fails, but nothing is found"),
        Some(severity) => foreign(example, severity, &findings).or_else(|| misplaced(example, &source, &findings)),
    };
    let found: Vec<String> = findings.iter().map(|finding| concise(finding, Some(&source))).collect();
    let found = found.join("\n    ");
    broken.map(|why| format!("{}, example at line {} of its page: {why}\n    {found}", example.rule.name, example.line))
}

fn foreign(example: &Example, severity: Severity, findings: &[Diagnostic]) -> Option<&'static str> {
    let own = |finding: &&Diagnostic| finding.rule == example.rule.name && finding.severity == severity;
    (!findings.iter().all(|finding| own(&finding))).then_some("other rules or other severities find something")
}

/// JSON has no comments, so its examples carry no marks.
fn misplaced(example: &Example, source: &Source, findings: &[Diagnostic]) -> Option<&'static str> {
    let line_of = |finding: &Diagnostic| finding.place()?.span.map(|span| source.position(span.start()).line);
    let found: Vec<_> = findings.iter().map(line_of).collect();
    let marked: Vec<_> = source.text().lines().zip(1..).filter(|(line, _)| line.contains(MARK)).map(|(_, n)| Some(n)).collect();
    (!example.json && found != marked).then_some("the findings do not stand on the marked lines, one on each")
}

#[test]
fn every_example_keeps_what_its_page_promises() {
    let broken: Vec<String> = rules::ALL.iter().flat_map(|rule| examples(rule)).filter_map(|e| broken_promise(&e)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn every_page_shows_how_its_rule_fails_and_how_it_passes() {
    for rule in rules::ALL {
        let examples = examples(rule);
        assert!(examples.iter().any(|e| e.fails == Some(rule.severity)), "{} has no failing example", rule.name);
        assert!(examples.iter().any(|e| e.fails.is_none()), "{} has no passing example", rule.name);
    }
}

#[test]
fn every_page_has_its_name_its_summary_its_severity_and_its_headings() {
    for rule in rules::ALL {
        let name = rule.name;
        let lines: Vec<&str> = rule.page.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines[0], format!("# {name}"), "the first line is the rule's name");
        assert_eq!(lines[1], rule.summary(), "{name}: the summary is the first line under the name");
        let summary = rule.summary();
        assert!(summary.chars().count() <= 100, "{name}: its summary is longer than 100 characters");
        assert!(summary.ends_with('.') && !summary.contains("]("), "{name}: its summary is one plain sentence: {summary}");
        assert!(lines[2].starts_with(&format!("Severity: {}", rule.severity)), "{name}: `{}` is not its severity", lines[2]);
        let headings: Vec<&str> = lines.into_iter().filter(|line| line.starts_with("## ")).collect();
        assert!(headings == HEADINGS || headings == HEADINGS[..3], "{name}: its headings are {headings:?}");
    }
}

#[test]
fn all_rules_stand_in_the_order_of_their_names_and_only_once() {
    for pair in rules::ALL.windows(2) {
        assert!(pair[0].name < pair[1].name, "in rules::ALL, put `{}` after `{}`", pair[0].name, pair[1].name);
    }
}
