//! A reconciliation for notebooks: the verdict in words, and the printed table with the figures marked that contradict each other.

use std::collections::HashSet;

use super::text::capital;
use super::words::Words;
use super::{InPrint, Layout, Reconciliation};
use crate::crossfoot::{Contradiction, Figure, Verdict};
use crate::table::escaped;

const FRAME: &str = "overflow-x:auto;max-width:100%";
const TABLE: &str = "border-collapse:collapse;font-variant-numeric:tabular-nums";
const CELL: &str = "padding:.2em .7em;text-align:right;white-space:nowrap;";
const HEAD: &str =
    "padding:.2em .7em;text-align:right;vertical-align:bottom;max-width:10em;border-bottom:1px solid currentColor;";
const NAME: &str = "padding:.2em .7em;text-align:left;font-weight:normal;";
const TOTAL: &str = "font-weight:bold;";
/// Grounds that let the text through on light and on dark pages; a line tells the two apart without colour; it is drawn
/// within the cell, so that no cell hides its neighbour's.
const CONTRADICTS: &str = "background:rgba(230,150,0,.28);outline:1px dashed currentColor;outline-offset:-1px;";
const CULPRIT: &str = "background:rgba(220,40,40,.35);outline:2px solid currentColor;outline-offset:-2px;";

impl Reconciliation {
    /// The reconciliation as an HTML fragment. All text is escaped; there is no script, and nothing is fetched.
    pub fn html(&self) -> String {
        self.html_with(&[])
    }

    /// The same with further paragraphs at its end: ranges, repairs.
    pub fn html_with(&self, more: &[String]) -> String {
        let paragraph = |text: &str| format!("<p>{}</p>\n", escaped(text));
        let headline = format!("<p><b>{}</b></p>\n", escaped(&self.headline()));
        let table = self.subject.layout.as_ref().map_or_else(String::new, |layout| self.table(layout));
        let errors = self.error_sentences().chain((!self.errors.is_empty()).then(|| self.rest()));
        let sentences: Vec<String> = errors.chain(self.sentences()).collect();
        let lines: String = sentences.iter().chain(more).map(|line| paragraph(line)).collect();
        format!("{headline}{table}{lines}")
    }

    fn sentences(&self) -> Vec<String> {
        let words = Words(&self.subject);
        let mut lines: Vec<String> = Vec::new();
        for cause in &self.causes {
            let contradictions = cause.contradictions.iter().filter_map(|i| self.outcome.contradictions.get(*i));
            lines.extend(contradictions.map(|one| words.contradiction(one)));
            lines.push(words.explanations(&cause.explanations, cause.contradictions.len()));
        }
        lines.extend(self.unlikely.iter().map(|one| words.unlikely(one)));
        lines.iter().map(|line| capital(line) + ".").collect()
    }

    fn table(&self, layout: &Layout) -> String {
        let explanations = self.causes.iter().flat_map(|cause| cause.explanations.equally_good());
        let marks = Marks {
            contradicting: self.outcome.contradictions.iter().flat_map(Contradiction::figures).collect(),
            culprits: explanations.flat_map(|one| &one.corrections).map(|one| one.figure).collect(),
        };
        let head: String =
            layout.columns.iter().map(|name| format!("<th scope=\"col\" style=\"{HEAD}\">{}</th>", escaped(name))).collect();
        let rows: String = layout.rows.iter().enumerate().map(|(i, row)| self.row(layout, i, row, &marks)).collect();
        let legend = marks.legend();
        format!(
            "<div style=\"{FRAME}\">\n<table style=\"{TABLE}\">\n<thead><tr><th></th>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
             </table>\n</div>\n{legend}"
        )
    }

    fn row(&self, layout: &Layout, at: usize, (name, cells): &(String, Vec<Option<usize>>), marks: &Marks) -> String {
        let is_total = layout.total_rows.contains(&at);
        let cell = |(column, figure): (usize, &Option<usize>)| {
            let total = if is_total || layout.total_columns.contains(&column) { TOTAL } else { "" };
            let (mark, text) = figure.map_or(("", String::new()), |figure| (marks.of(figure), self.cell(figure)));
            format!("<td style=\"{CELL}{total}{mark}\">{text}</td>")
        };
        let cells: String = cells.iter().enumerate().map(cell).collect();
        format!(
            "<tr><th scope=\"row\" style=\"{NAME}{}\">{}</th>{cells}</tr>\n",
            if is_total { TOTAL } else { "" },
            escaped(name)
        )
    }

    /// What is printed, and beneath it what it could be where that is another number.
    fn cell(&self, figure: usize) -> String {
        let words = Words(&self.subject);
        let number = self.subject.system.figures().get(figure).and_then(Figure::number);
        let is_seen = self.subject.figures.get(figure).is_none_or(|named| named.in_print != InPrint::Nothing);
        let printed = if is_seen { words.in_print(figure) } else { String::new() };
        let is_moved = self.outcome.verdict != Verdict::Exact;
        let amount = self.outcome.witness.as_ref().and_then(|witness| witness.amounts.get(figure)).filter(|_| is_moved);
        let amount = amount.filter(|amount| number != Some(**amount));
        let moved = amount.map(|amount| format!("<br><small>{}</small>", escaped(&words.number(*amount))));
        format!("{}{}", escaped(&printed), moved.unwrap_or_default())
    }
}

/// Figures that are marked.
struct Marks {
    contradicting: HashSet<usize>,
    culprits: HashSet<usize>,
}

impl Marks {
    /// What the marks mean, where there are any.
    fn legend(&self) -> String {
        let culprit = (!self.culprits.is_empty()).then_some((CULPRIT, "may be wrong"));
        let others = self.contradicting.difference(&self.culprits).next().map(|_| (CONTRADICTS, "contradict each other"));
        let of = |(mark, words): (&str, &str)| format!("<span style=\"padding:.1em .6em;{mark}\">{words}</span>");
        let shown: Vec<String> = culprit.into_iter().chain(others).map(of).collect();
        if shown.is_empty() { String::new() } else { format!("<p><small>{}</small></p>\n", shown.join(" ")) }
    }

    fn of(&self, figure: usize) -> &'static str {
        if self.culprits.contains(&figure) {
            CULPRIT
        } else if self.contradicting.contains(&figure) {
            CONTRADICTS
        } else {
            ""
        }
    }
}
