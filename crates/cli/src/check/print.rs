//! Printing what was found, for people and for programs.

use std::io::{self, Write};

use logframe::diagnostic::json::{FileJson, FindingsJson};
use logframe::diagnostic::{sarif, text};
use logframe::{Counts, Diagnostic, NumberStyle, Source, rules};

use super::closing::count;
use super::{Checked, Judged};
use crate::failure::Failure;
use crate::streams::{Canvas, Streams, printable};
use crate::wrap::wrapped;

/// Findings with their excerpts, a blank line after each.
pub fn findings(findings: &[Diagnostic], source: &Source, canvas: Canvas, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let fitted = if canvas.is_window { &fitted(finding, source, canvas.width) } else { finding };
        writeln!(out, "{}\n", text::excerpt(fitted, Some(source), canvas.width, canvas.colour).trim_end())?;
    }
    Ok(())
}

/// A finding whose message and hints are broken to fit beside what the excerpt writes before them.
fn fitted(finding: &Diagnostic, source: &Source, width: usize) -> Diagnostic {
    let mut fitted = finding.clone();
    let title = format!("{}[{}]: ", finding.severity, finding.rule).len();
    let line = finding.place().and_then(|label| label.span).map_or(0, |span| source.position(span.end()).line);
    let hint = line.to_string().len() + " = help: ".len();
    fitted.message = wrapped(&finding.message, width.saturating_sub(title), 0);
    fitted.help = finding.help.iter().map(|help| wrapped(help, width.saturating_sub(hint), 0)).collect();
    fitted
}

/// Prints for people: each file's findings and its closing lines, then a line for all files.
pub fn people(checked: &[Checked], concise: bool, streams: &mut Streams<'_>) -> Result<(), Failure> {
    for file in checked {
        match &file.result {
            Ok(judged) => {
                one(judged, concise, streams)?;
                if checked.len() > 1 {
                    writeln!(streams.out, "── {}", printable(judged.source.name()))?;
                }
            }
            Err(failure) => streams.complain(failure),
        }
        if checked.len() > 1 && file.result.is_ok() {
            writeln!(streams.out)?;
        }
    }
    if checked.len() > 1 {
        writeln!(streams.out, "{}", all(checked))?;
    }
    Ok(())
}

fn one(judged: &Judged, concise: bool, streams: &mut Streams<'_>) -> io::Result<()> {
    let canvas = streams.out_canvas();
    if concise {
        for finding in &judged.findings {
            writeln!(streams.out, "{}", printable(&text::concise(finding, Some(&judged.source))))?;
        }
    } else {
        findings(&judged.findings, &judged.source, canvas, &mut *streams.out)?;
    }
    let counts = judged.counts();
    if let Some(closing) = &judged.closing {
        return write!(streams.out, "{}", printable(&closing.text(counts, streams.terminal_width())));
    }
    let name = printable(judged.source.name());
    let closing = format!("{name}: {counts}; the rules were not run, they need a plan that reads: mend these first");
    let fitted = streams.terminal_width().map(|width| wrapped(&closing, width, 2));
    writeln!(streams.out, "{}", fitted.unwrap_or(closing))
}

/// `3 files: 2 errors, 12 notes; 1 could not be read`.
fn all(checked: &[Checked]) -> String {
    let plain = NumberStyle::default();
    let counts = checked.iter().filter_map(|file| file.result.as_ref().ok()).map(Judged::counts).fold(Counts::default(), add);
    let unread = checked.iter().filter(|file| file.result.is_err()).count();
    let unread = if unread > 0 { format!("; {} could not be read", count(unread, "file", plain)) } else { String::new() };
    format!("{}: {counts}{unread}", count(checked.len(), "file", plain))
}

fn add(a: Counts, b: Counts) -> Counts {
    Counts { errors: a.errors + b.errors, warnings: a.warnings + b.warnings, notes: a.notes + b.notes }
}

/// Prints one JSON document about all files.
pub fn json(checked: &[Checked], streams: &mut Streams<'_>) -> Result<(), Failure> {
    complain(checked, streams);
    let entry = |file: &Checked| match &file.result {
        Ok(judged) => FileJson::new(&file.name, &judged.findings, Some(&judged.source)),
        Err(failure) => FileJson::failed(&file.name, failure),
    };
    let document = FindingsJson::new(checked.iter().map(entry).collect());
    serde_json::to_writer_pretty(&mut streams.out, &document).map_err(io::Error::from)?;
    Ok(writeln!(streams.out)?)
}

/// Prints one SARIF log of all files.
pub fn sarif(checked: &[Checked], streams: &mut Streams<'_>) -> Result<(), Failure> {
    complain(checked, streams);
    let read = checked.iter().filter_map(|file| file.result.as_ref().ok());
    let log = sarif::log(
        read.map(|judged| (&judged.source, judged.findings.as_slice())),
        rules::ALL.iter().map(|rule| (rule.name, rule.summary())),
    );
    Ok(writeln!(streams.out, "{log:#}")?)
}

fn complain(checked: &[Checked], streams: &mut Streams<'_>) {
    checked.iter().filter_map(|file| file.result.as_ref().err()).for_each(|failure| streams.complain(failure));
}
