//! Findings for people: with an excerpt of the plan's text, or one line each.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

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
        (Some(source), Some(span), _) => {
            let at = source.position(span.start);
            format!("{}:{}:{}", source.name(), at.line, at.column)
        }
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
///     .at(Some(Span { start: 8, end: 10 }), "the total", "2 more than its cells");
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
    if let Some(snippet) = source.and_then(|source| snippet(finding, source)) {
        group = group.element(snippet);
    } else if let Some(label) = finding.place() {
        group = group.element(Level::NOTE.no_name().message(thing_and_text(label)));
    }
    for hint in &finding.help {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    if let Some(reason) = &finding.exception {
        group = group.element(Level::NOTE.message(format!("{} by an exception of the plan: {reason}", finding.severity)));
    }
    renderer.term_width(width).render(&[group])
}

fn thing_and_text(label: &Label) -> String {
    if label.text.is_empty() { format!("at {}", label.thing) } else { format!("at {}: {}", label.thing, label.text) }
}

/// The lines from the first to the last label: the renderer never sees the rest of a large file. Of the further places only
/// those with words of their own are drawn; the others are there for programs.
fn snippet<'a>(finding: &'a Diagnostic, source: &'a Source) -> Option<Snippet<'a, Annotation<'a>>> {
    let drawn: Vec<(usize, &Label)> = finding.labels.iter().enumerate().filter(|(i, l)| *i == 0 || !l.text.is_empty()).collect();
    let spans: Vec<Span> = drawn.iter().filter_map(|(_, label)| label.span).collect();
    let first = spans.iter().map(|span| span.start).min()?;
    let last = spans.iter().map(|span| span.end).max()?;
    let line = source.position(first).line;
    let start = source.line_start(line);
    let end = source.line_start(source.position(last).line + 1);
    let text = source.slice(Span { start, end });
    let shifted = |span: Span| clamp(span, start, text);
    let annotations = drawn.into_iter().filter_map(|(i, label)| {
        let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(shifted(label.span?));
        Some(if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) })
    });
    Some(Snippet::source(text).path(source.name()).line_start(line).annotations(annotations))
}

/// A span as a range of the excerpt, on character boundaries: the renderer panics on anything else.
fn clamp(span: Span, start: u32, text: &str) -> Range<usize> {
    let inside = |offset: u32| {
        let mut at = (offset.saturating_sub(start) as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    inside(span.start)..inside(span.end).max(inside(span.start))
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
}
