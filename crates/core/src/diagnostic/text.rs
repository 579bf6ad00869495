//! Findings for people: with an excerpt of the plan's text, or one line each.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity};
use crate::source::{Source, Span};

/// One line: `plan.toml:12:7: error[declared-total]: …`.
pub fn concise(finding: &Diagnostic, source: Option<&Source>) -> String {
    let place = place(finding, source);
    format!("{place}: {}[{}]: {}", finding.severity, finding.rule, finding.message)
}

/// The main place of a finding: `plan.toml:12:7`, or the thing's name in a plan that was built in code.
pub fn place(finding: &Diagnostic, source: Option<&Source>) -> String {
    let span = finding.place().and_then(|label| label.span);
    match (source, span, finding.place()) {
        (Some(source), Some(span), _) => source.place(span.start()),
        (Some(source), None, _) => source.name().to_owned(),
        (_, _, Some(label)) => label.thing.clone(),
        (_, _, None) => "plan".to_owned(),
    }
}

/// A finding with the lines of the text that it points at. `colour` writes ANSI escapes.
///
/// ```
/// use logframe::{Diagnostic, Severity, Source, Span, diagnostic::text};
/// let source = Source::new("plan.toml", "total = 12\n");
/// let finding = Diagnostic::new("declared-total", Severity::Error, "the total is wrong")
///     .at(Some(Span::between(8, 10)), "the total", "2 more than its cells");
/// let excerpt = text::excerpt(&finding, Some(&source), 80, false);
/// assert!(excerpt.contains("^^ 2 more than its cells"));
/// ```
pub fn excerpt(finding: &Diagnostic, source: Option<&Source>, width: usize, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.rule));
    let snippets = source.map_or_else(Vec::new, |source| snippets(finding, source));
    if let (true, Some(label)) = (snippets.is_empty(), finding.place()) {
        group = group.element(Level::NOTE.no_name().message(thing_and_text(label)));
    }
    group = group.elements(snippets);
    for hint in &finding.help {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    if let Some(reason) = &finding.exception {
        group = group.element(Level::NOTE.message(format!("{} by an exception of the plan: {reason}", finding.severity)));
    }
    let text = renderer.term_width(width).render(&[group]);
    source.map_or(text.clone(), |source| with_cells(text, finding, source))
}

/// Places in a workbook are cells; the renderer only knows lines and columns.
fn with_cells(mut text: String, finding: &Diagnostic, source: &Source) -> String {
    for span in finding.labels.iter().filter_map(|label| label.span) {
        if source.cell(span.start()).is_some() {
            let at = source.position(span.start());
            let drawn = format!("{}:{}:{}\n", source.text_at(span.start()), at.line, at.column);
            text = text.replace(&drawn, &format!("{}\n", source.place(span.start())));
        }
    }
    text
}

fn thing_and_text(label: &Label) -> String {
    if label.text.is_empty() { format!("at {}", label.thing) } else { format!("at {}: {}", label.thing, label.text) }
}

/// Lines between two labels from which on each gets an excerpt of its own: the renderer goes through all that it is given.
const FAR: usize = 500;

/// The lines of the labels, each run of near ones in an excerpt. Of the further places only those with words of their own are
/// drawn; the others are there for programs.
fn snippets<'a>(finding: &'a Diagnostic, source: &'a Source) -> Vec<Element<'a>> {
    let drawn = finding.labels.iter().enumerate().filter(|(i, label)| *i == 0 || !label.text.is_empty());
    let mut drawn: Vec<(bool, Span, &Label)> = drawn.filter_map(|(i, label)| Some((i == 0, label.span?, label))).collect();
    let main = drawn.iter().find(|(is_main, ..)| *is_main).map(|(_, span, _)| *span);
    drawn.sort_by_key(|(_, span, _)| span.start());
    let line = |span: &Span| source.position(span.start()).line;
    let is_near = |a: &Span, b: &Span| match line(b).checked_sub(line(a)) {
        _ if source.text_at(a.start()) != source.text_at(b.start()) => false,
        Some(0) => b.start().saturating_sub(a.end()) < LONG_LINE,
        lines => lines.is_some_and(|lines| lines < FAR),
    };
    let mut runs: Vec<&[(bool, Span, &Label)]> = drawn.chunk_by(|(_, a, _), (_, b, _)| is_near(a, b)).collect();
    runs.sort_by_key(|run| !run.iter().any(|(_, span, _)| Some(*span) == main));
    runs.into_iter().flat_map(|run| snippet(run, source)).collect()
}

fn snippet<'a>(run: &[(bool, Span, &'a Label)], source: &'a Source) -> Vec<Element<'a>> {
    let first = run.iter().map(|(_, span, _)| span.start()).min().unwrap_or_default();
    let last = run.iter().map(|(_, span, _)| span.end()).max().unwrap_or_default();
    let line = source.position(first).line;
    let line_start = source.line_around(first).start();
    let start = first.saturating_sub(LONG_LINE).max(line_start);
    let end = last.saturating_add(LONG_LINE).min(source.line_around(last).end());
    let (start, end) = (source.boundary(start), source.boundary(end));
    let text = source.slice(Span::between(start, end));
    let annotations = run.iter().map(|(is_main, span, label)| {
        let kind = if *is_main { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(clamp(*span, start, text));
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
    });
    let snippet = Snippet::source(text).line_start(line).annotations(annotations);
    let name = source.text_at(first);
    let at = run.iter().find(|(is_main, ..)| *is_main).map_or(first, |(_, span, _)| span.start());
    if start == line_start {
        return vec![snippet.path(name).into()];
    }
    // In a line that is cut the renderer cannot count the column.
    let at = source.position(at);
    vec![Origin::path(name).line(at.line).char_column(at.column).into(), snippet.into()]
}

/// Bytes of a line that are drawn on either side of a label, at most: a plan in JSON may be one line.
const LONG_LINE: u32 = 1000;

/// A span as a range of the excerpt, on character boundaries: the renderer panics on anything else.
fn clamp(span: Span, start: u32, text: &str) -> Range<usize> {
    let inside = |offset: u32| {
        let mut at = (offset.saturating_sub(start) as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    inside(span.start())..inside(span.end()).max(inside(span.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_broken_for_a_window_stays_broken_and_set_in() {
        let mut finding = Diagnostic::new("declared-total", Severity::Note, "one").at(Some(Span::new(0..1)), "it", "");
        finding.help.push("first line\nsecond line".to_owned());
        let text = excerpt(&finding, Some(&Source::new("p.toml", "a = 1\n")), 80, false);
        assert!(text.contains("  = help: first line\n          second line"), "{text}");
    }
    #[test]
    fn each_sheet_of_a_workbook_has_an_excerpt_of_its_own() {
        let (source, starts) = Source::of_sheets("b.xlsx", [("One", "5\n".to_owned()), ("Two", "6\n".to_owned())]);
        let cell = |at: usize| Some(Span::between(starts[at], starts[at] + 1));
        let finding = Diagnostic::new("x", Severity::Error, "six").at(cell(1), "it", "").at(cell(0), "other", "five");
        let text = excerpt(&finding, Some(&source), 80, false);
        let places: Vec<&str> = text.lines().filter(|line| line.contains("b.xlsx")).map(str::trim).collect();
        assert_eq!(places, ["--> b.xlsx:Two!A1", "::: b.xlsx:One!A1"], "{text}");
    }
}
