//! A report as a table of findings; the lines of the plan that a finding points at are a click away.

use logframe::diagnostic::text;
use logframe::rules::Report;
use logframe::{Diagnostic, Severity, Source};
use maud::{Markup, html};
use pyo3::prelude::*;

const FRAME: &str = "overflow-x:auto;max-width:100%";
const TABLE: &str = "border-collapse:collapse;table-layout:auto;width:100%";
const HEAD: &str = "text-align:left;padding:.3em .7em;border-bottom:1px solid currentColor";
const CELL: &str =
    "text-align:left;vertical-align:top;padding:.35em .7em;border-bottom:1px solid rgba(128,128,128,.3);white-space:normal";
const PLACE: &str =
    "text-align:left;vertical-align:top;padding:.35em .7em;border-bottom:1px solid rgba(128,128,128,.3);white-space:nowrap";
const EXCERPT: &str = "margin:.4em 0;overflow-x:auto;white-space:pre;font-size:.9em;line-height:1.3";
const QUIET: &str = "opacity:.75";

/// Findings that are shown; of the others it is said how many there are.
const SHOWN: usize = 100;
/// Width of an excerpt, in characters.
const WIDTH: usize = 110;

#[pymethods]
impl crate::report::Report {
    fn _repr_html_(&self) -> String {
        let (report, plan, source) = self.content();
        page(report, plan, source).into_string()
    }
}

fn page(report: &Report, plan: &logframe::Plan, source: Option<&Source>) -> Markup {
    let closing = logframe_cli::Closing::of(plan, report).text(report.counts(), None);
    html! {
        div { (verdict(report)) " " b { (plan.header.id.as_str()) } }
        @if !report.findings.is_empty() {
            div style=(FRAME) {
                table style=(TABLE) {
                    thead { tr { @for heading in ["", "Finding", "Place", "Rule"] { th scope="col" style=(HEAD) { (heading) } } } }
                    tbody { @for finding in by_weight(report).take(SHOWN) { (row(finding, source)) } }
                }
            }
        }
        @if report.findings.len() > SHOWN {
            p { "and " (report.findings.len() - SHOWN) " more: " code { "report.findings" } " has all of them" }
        }
        // Its last line is the verdict, which stands above.
        @for line in closing.lines().filter(|line| *line != report.counts().to_string()) { div style=(QUIET) { (line) } }
    }
}

/// Errors first, each weight in the order of the plan.
fn by_weight(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    let weights = [Severity::Error, Severity::Warning, Severity::Note];
    weights.into_iter().flat_map(|weight| report.findings.iter().filter(move |finding| finding.severity == weight))
}

fn row(finding: &Diagnostic, source: Option<&Source>) -> Markup {
    // Notes need no help to be acted on: it is there with the excerpt.
    let hints = finding.help.iter().filter(|_| finding.severity != Severity::Note);
    html! {
        tr {
            td style=(CELL) { (badge(finding.severity, &finding.severity.to_string())) }
            td style=(CELL) {
                (finding.message)
                @for hint in hints { div { "→ " (hint) } }
                details {
                    summary style="cursor:pointer;opacity:.75" { "in the plan" }
                    pre style=(EXCERPT) { (text::excerpt(finding, source, WIDTH, false)) }
                }
            }
            td style=(PLACE) { (place(finding, source)) }
            td style=(PLACE) { code { (finding.rule) } }
        }
    }
}

/// Where it stands, and in which words of the plan.
fn place(finding: &Diagnostic, source: Option<&Source>) -> Markup {
    let span = finding.place().and_then(|label| label.span);
    html! {
        @if let Some(cell) = span.and_then(|span| source?.cell(span.start())) { (cell) }
        @else if let Some(at) = span.and_then(|span| Some(source?.position(span.start()))) { "line " (at.line) ", column " (at.column) }
        @else if let Some(label) = finding.place() { (label.thing) }
    }
}

/// What the report comes to, as one badge.
pub fn verdict(report: &Report) -> Markup {
    let counts = report.counts();
    let weight = match (counts.errors, counts.warnings) {
        (0, 0) => None,
        (0, _) => Some(Severity::Warning),
        _ => Some(Severity::Error),
    };
    let right = match counts.notes {
        0 => "✓ nothing is wrong".to_owned(),
        _ => format!("✓ no errors, {counts}"),
    };
    weight.map_or_else(|| coloured("#1b6e3c", &right), |weight| badge(weight, &format!("✗ {counts}")))
}

fn badge(severity: Severity, words: &str) -> Markup {
    let colour = match severity {
        Severity::Error => "#b3261e",
        Severity::Warning => "#8a5000",
        Severity::Note => "#4a6572",
    };
    coloured(colour, words)
}

fn coloured(colour: &str, words: &str) -> Markup {
    let style = format!("background:{colour};color:#fff;border-radius:1em;padding:.1em .7em;font-size:.9em;white-space:nowrap");
    html! { span style=(style) { (words) } }
}
