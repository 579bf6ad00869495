//! The lines above the figures: titles and column names; and the remarks below.

use logframe::{Span, Spanned};

use crate::cell::Seen;
use crate::options::Header;
use crate::records::Field;

/// Lines of column names that are joined, at most.
const MOST_LINES: usize = 3;

/// Lines in which titles are looked for.
const MOST_TITLES: usize = 10;

/// A table taken apart.
#[derive(Debug)]
pub struct Parts<'r, 't> {
    /// What stands above it.
    pub titles: Vec<&'r str>,
    /// The columns' names; empty where it has none.
    pub names: Vec<Spanned<String>>,
    pub body: &'r [Vec<Field<'t>>],
    /// Cells of a row.
    pub width: usize,
}

/// Takes a table apart. Where every line is a row, it has neither titles nor remarks.
pub fn parts<'r, 't>(records: &'r [Vec<Field<'t>>], header: Header, every_row: bool) -> Parts<'r, 't> {
    let is_wide = records.iter().any(|record| filled(record) > 1);
    let is_body = |record: &Vec<Field<'_>>| every_row || filled(record) > usize::from(is_wide);
    let start = records.iter().position(is_body).unwrap_or(records.len());
    let start = if header == Header::Auto && !every_row { start_of_names(records, start) } else { start };
    let (above, rest) = records.split_at(start);
    let titles = above.iter().flatten().filter(|field| !field.is_blank()).map(|field| field.text.as_ref()).collect();
    let lines = match header {
        Header::Absent => 0,
        Header::Present => 1,
        Header::Auto => header_lines(rest),
    };
    let (head, body) = rest.split_at(lines.min(rest.len()));
    let body = if every_row { body } else { without_remarks(without_tags(body)) };
    let names = names(head);
    let width = if names.is_empty() { body.iter().map(Vec::len).max().unwrap_or_default() } else { names.len() };
    Parts { titles, names, body, width }
}

fn filled(record: &[Field<'_>]) -> usize {
    record.iter().filter(|field| !field.is_blank()).count()
}

/// Where the column names begin: a line with one name only can stand above the figures, and titles with several cells above that.
fn start_of_names(records: &[Vec<Field<'_>>], start: usize) -> usize {
    let names_it = |above: &[Field<'_>], body: &[Field<'_>]| {
        let mut filled = above.iter().enumerate().filter(|(_, field)| !field.is_blank()).peekable();
        let is_name = |(at, field): (usize, &Field<'_>)| {
            at > 0 && field.seen() == Seen::Words && body.get(at).is_some_and(|field| field.seen().is_figure())
        };
        filled.peek().is_some() && filled.all(is_name)
    };
    let above = start
        .checked_sub(1)
        .filter(|above| records.get(*above).zip(records.get(start)).is_some_and(|(above, body)| names_it(above, body)));
    above.unwrap_or_else(|| start + title_lines(records.get(start..).unwrap_or_default()))
}

/// How many lines of words stand above the column names, with more than one cell filled: they name no column of figures, and a line
/// below them does.
fn title_lines(records: &[Vec<Field<'_>>]) -> usize {
    let has_figures = |record: &&Vec<Field<'_>>| record.iter().any(|field| field.seen().is_figure() && !is_year(field));
    let Some(body) = records.iter().take(MOST_TITLES).find(has_figures) else { return 0 };
    let columns: Vec<usize> = (1..body.len()).filter(|at| body.get(*at).is_some_and(|field| field.seen().is_figure())).collect();
    let names = |record: &Vec<Field<'_>>| columns.iter().any(|at| record.get(*at).is_some_and(|field| !field.is_blank()));
    let above = || records.iter().take(MOST_TITLES).take_while(|record| !has_figures(record));
    if above().any(names) { above().take_while(|record| !names(record)).count() } else { 0 }
}

/// How many lines of column names there are.
fn header_lines(records: &[Vec<Field<'_>>]) -> usize {
    let Some((first, rest)) = records.split_first() else { return 0 };
    if !is_header(first) {
        return 0;
    }
    let continues = |record: &&Vec<Field<'_>>| {
        let are_words = record.iter().all(|field| matches!(field.seen(), Seen::Words | Seen::Blank) || is_year(field));
        are_words && !is_tags(record) && record.len() > 2 && filled(record) * 2 > record.len()
    };
    1 + rest.iter().take(MOST_LINES - 1).take_while(continues).count()
}

fn is_year(field: &Field<'_>) -> bool {
    field.seen().is_year()
}

/// Column names are words, years, or the numbers from 1 on; a line that has other figures is one of the body.
fn is_header(record: &[Field<'_>]) -> bool {
    let seen = || record.iter().map(|field| field.seen());
    let has_words_behind = seen().skip(1).any(|seen| seen == Seen::Words);
    let numbers: Vec<Option<usize>> = record.iter().filter(|f| f.seen().is_figure()).map(|f| f.text.parse().ok()).collect();
    let are_counted = numbers.iter().zip(1..).all(|(number, at)| *number == Some(at));
    has_words_behind || are_counted
}

/// The line of hashtags that the humanitarian exchange language puts under the names.
fn is_tags(record: &[Field<'_>]) -> bool {
    filled(record) > 0 && record.iter().all(|field| field.is_blank() || field.text.starts_with('#'))
}

fn without_tags<'r, 't>(body: &'r [Vec<Field<'t>>]) -> &'r [Vec<Field<'t>>] {
    match body.split_first() {
        Some((first, rest)) if is_tags(first) => rest,
        _ => body,
    }
}

/// Without the lines at the end that hold one text only: sources and remarks.
fn without_remarks<'r, 't>(body: &'r [Vec<Field<'t>>]) -> &'r [Vec<Field<'t>>] {
    let is_wide = body.iter().any(|record| filled(record) > 1);
    let is_row =
        |record: &Vec<Field<'_>>| filled(record) > 1 || record.iter().any(|field| matches!(field.seen(), Seen::Number(_)));
    let end = body.iter().rposition(is_row).map_or(0, |last| last + 1);
    if is_wide { body.get(..end).unwrap_or(body) } else { body }
}

/// Names of one or more lines; above, a name reaches to the right over what is left empty.
fn names(head: &[Vec<Field<'_>>]) -> Vec<Spanned<String>> {
    let Some((last, above)) = head.split_last() else { return Vec::new() };
    let above: Vec<Vec<String>> = above.iter().map(|record| filled_right(record)).collect();
    let width = head.iter().map(Vec::len).max().unwrap_or_default();
    let name = |column: usize| {
        let own = last.get(column);
        let mut words: Vec<&str> = above.iter().filter_map(|record| record.get(column)).map(String::as_str).collect();
        words.extend(own.map(|field| field.text.as_ref()));
        words.retain(|word| !word.is_empty());
        Spanned { value: words.join(" / "), span: own.map(|field| field.span).filter(|span| *span != Span::default()) }
    };
    (0..width).map(name).collect()
}

fn filled_right(record: &[Field<'_>]) -> Vec<String> {
    let mut last = String::new();
    let mut fill = |field: &Field<'_>| {
        if !field.is_blank() {
            last = field.text.to_string();
        }
        last.clone()
    };
    record.iter().map(&mut fill).collect()
}
