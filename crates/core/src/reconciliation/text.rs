//! A reconciliation for the terminal.

use std::collections::HashSet;

use super::words::Words;
use super::{Cause, Range, Reconciliation, SumLine};
use crate::crossfoot::{Agreement, End, Interval, Reason, Rounding, System, Verdict};
use crate::decimal::Decimal;
use crate::source::Source;

/// Amounts that are shown where they differ from what is printed, at most.
const MOST_SHOWN: usize = 30;

/// How much is told, and where.
#[derive(Clone, Copy, Debug)]
pub struct Text<'s> {
    /// The text that the figures stand in, for their lines and columns.
    pub source: Option<&'s Source>,
    /// Characters in a line.
    pub width: usize,
    /// Whether every sum is told, and not only those that do not hold.
    pub all_sums: bool,
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self { source: None, width: 80, all_sums: false }
    }
}

impl Reconciliation {
    /// The reconciliation in words and small tables.
    pub fn text(&self, how: Text<'_>) -> String {
        let mut lines = wrapped(&self.headline(), how.width, 0);
        if !self.errors.is_empty() {
            lines.extend(self.error_lines(how.source, how.width));
            lines.extend(wrapped(&self.rest(), how.width, 0));
        }
        match self.outcome.verdict {
            Verdict::Inconsistent => {
                lines.extend(self.contradictions(how));
                lines.extend(self.other_rules().iter().flat_map(|line| wrapped(line, how.width, 0)));
            }
            verdict if verdict.is_possible() && verdict != Verdict::Exact => {
                lines.extend(self.refutations().iter().flat_map(|line| wrapped(line, how.width, 0)));
                lines.extend(self.unlikely_lines(how));
                lines.extend(self.witness());
            }
            _ => lines.extend(self.unlikely_lines(how)),
        }
        if how.all_sums {
            lines.extend(self.sum_lines());
        }
        lines.join("\n") + "\n"
    }

    /// The verdict in one sentence or two.
    pub fn headline(&self) -> String {
        if self.errors.is_empty() { self.outcome_headline() } else { self.errors_headline() }
    }

    /// The verdict on the figures that were not found wrong as they were read.
    pub(super) fn rest(&self) -> String {
        format!("What is printed besides, with these as they are: {}", self.outcome_headline())
    }

    fn outcome_headline(&self) -> String {
        let all = self.all();
        match self.outcome.verdict {
            Verdict::Exact => format!("Exact. All {all} add up as they are printed."),
            Verdict::Consistent => {
                format!("Consistent. One unrounded budget can stand behind all {all}{}.", self.rounded())
            }
            Verdict::KnifeEdge => format!(
                "On the knife's edge. An unrounded budget can stand behind all {all}{}, but only if some of its amounts lie exactly \
                 half way between two printed numbers.",
                self.rounded()
            ),
            Verdict::Inconsistent if !self.is_rounded() => {
                format!("Impossible. {} do not add up, and nothing says that they were rounded.", capital(&format!("the {all}")))
            }
            Verdict::Inconsistent => format!("Impossible. No unrounded budget can stand behind all {all}{}.", self.rounded()),
            Verdict::Undecided if self.outcome.reason == Some(Reason::NothingToHold) => {
                "Nothing to reconcile. No printed total is known that other figures should add up to.".to_owned()
            }
            Verdict::Undecided => {
                let why = self.outcome.reason.map_or_else(String::new, |reason| format!(": {reason}"));
                format!("Undecided{why}.")
            }
        }
    }

    /// `130 printed amounts and 22 shares`.
    fn all(&self) -> String {
        let (amounts, shares) = self.counts();
        let number = |n: usize| Words(&self.subject).number(Decimal::from(i64::try_from(n).unwrap_or(i64::MAX)));
        let of_shares = if shares > 0 { format!(" and {} shares", number(shares)) } else { String::new() };
        format!("{} printed amount{}{of_shares}", number(amounts), if amounts == 1 { "" } else { "s" })
    }

    /// ` (rounded to the nearest 1)`, where all amounts were rounded in one way.
    fn rounded(&self) -> String {
        let figures = self.subject.system.figures().iter().zip(&self.subject.figures);
        let rounded = figures.filter(|(figure, named)| !named.is_share() && figure.unit().is_some());
        let mut ways = rounded.map(|(figure, _)| (figure.unit().map(Decimal::normalized), figure.rounding()));
        let Some((Some(unit), rule)) = ways.next().filter(|first| ways.all(|way| way == *first)) else { return String::new() };
        let unit = Words(&self.subject).number(unit);
        match rule {
            Rounding::Nearest => format!(" (rounded to the nearest {unit})"),
            rule => format!(" (rounded {} to whole units of {unit})", rule.words()),
        }
    }

    /// What an amount can be, in one sentence: `the grand total can be anything from 32,326,038.5 to 32,326,043.5; …`.
    pub fn range_words(&self, range: &Range) -> String {
        let words = Words(&self.subject);
        let named = range.figures.last().and_then(|last| self.subject.figures.get(*last));
        let name = match (range.figures.as_slice(), named) {
            ([one], _) => words.figure(*one),
            (several, named) => format!("{} (printed {} times)", named.map_or("", |named| &named.words), several.len()),
        };
        let can_be = match (range.amounts, range.reason) {
            (_, Some(reason)) => return format!("{name}: what it can be is undecided: {reason}"),
            (None, None) => return format!("{name}: whatever it is, the other figures contradict each other"),
            (Some(Interval { low: Some(low), high: Some(high) }), None) if low != high => {
                format!("anything from {}", words.interval(Interval::between(low, high)).trim_start_matches("from "))
            }
            (Some(amounts), None) => words.interval(amounts),
        };
        let printed = range.printed.map(|(least, greatest)| {
            let (from, to) = (words.number(least), words.number(greatest));
            if least == greatest {
                format!("; no number could be printed for it but {from}")
            } else {
                format!("; printed as {from} to {to}, it could not be proved wrong")
            }
        });
        format!("{name} can be {can_be}{}", printed.unwrap_or_default())
    }

    /// Which ways of rounding are impossible, and by which sum that shows.
    fn refutations(&self) -> Vec<String> {
        let refuted: Vec<Rounding> = self.refuted().into_iter().filter(|rule| *rule != Rounding::Exact).collect();
        let Some(first) = refuted.first() else { return Vec::new() };
        let mut line = format!("They cannot all have been rounded {}", rules_in_words(&refuted));
        if let Some(shown) = self.subject.system.under(*first).and_then(|system| refutation(&system)) {
            let name = self.subject.sums.get(shown.sum).map_or("", |named| named.words.as_str());
            let apart = shown.parts.and_then(|parts| self.apart(parts, shown.total));
            line += &apart.map_or_else(String::new, |apart| format!(": rounded {}, {apart} in {name}", first.words()));
        }
        vec![line.trim_end_matches('.').to_owned() + "."]
    }

    /// How far apart the parts of a sum and its total are: `the parts come to at least 1,149,181 and the total to less than that`.
    fn apart(&self, parts: Interval, total: Interval) -> Option<String> {
        let words = Words(&self.subject);
        let least = |end: End| format!("{} {}", if end.shift == 0 { "at least" } else { "more than" }, words.number(end.value));
        let most = |end: End| format!("{} {}", if end.shift == 0 { "at most" } else { "less than" }, words.number(end.value));
        let (of_parts, of_total) = match (parts.low.zip(total.high), total.low.zip(parts.high)) {
            (Some((low, high)), _) if low > high => (least(low), most(high)),
            (_, Some((low, high))) if low > high => (most(high), least(low)),
            _ => return None,
        };
        Some(format!("the parts come to {of_parts} and the total to {of_total}"))
    }

    /// By which other rules the figures would be possible, where none is declared and these were tried.
    fn other_rules(&self) -> Vec<String> {
        let possible: Vec<Rounding> = self.compatible().into_iter().filter(|rule| *rule != Rounding::Exact).collect();
        if possible.is_empty() {
            return Vec::new();
        }
        let rules = rules_in_words(&possible);
        let told = format!("No way of rounding is declared. Had all figures been rounded {rules}, they would be possible.");
        vec![String::new(), told]
    }

    fn contradictions(&self, how: Text<'_>) -> Vec<String> {
        let words = Words(&self.subject);
        let mut lines = Vec::new();
        for cause in &self.causes {
            lines.push(String::new());
            for contradiction in cause.contradictions.iter().filter_map(|i| self.outcome.contradictions.get(*i)) {
                lines.extend(wrapped(&format!("  {}.", capital(&words.contradiction(contradiction))), how.width, 4));
            }
            lines.push(String::new());
            lines.extend(self.cause(cause, how));
        }
        let explained: usize = self.causes.iter().map(|cause| cause.contradictions.len()).sum();
        let more = self.outcome.contradictions.len().saturating_sub(explained);
        lines.extend((more > 0).then(|| format!("\n  and {more} contradictions more")));
        lines
    }

    fn cause(&self, cause: &Cause, how: Text<'_>) -> Vec<String> {
        let words = Words(&self.subject);
        let told = words.explanations(&cause.explanations, cause.contradictions.len());
        let mut lines = wrapped(&format!("  {}.", capital(&told)), how.width, 2);
        let figures = cause.explanations.equally_good().iter().flat_map(|one| &one.corrections).map(|one| one.figure);
        let figures: Vec<usize> = figures.collect();
        let name = |figure: usize| if figures.len() > 1 { format!("  {}", words.figure(figure)) } else { String::new() };
        let places = figures.iter().filter_map(|figure| Some((*figure, self.position(*figure, how.source)?)));
        lines.extend(places.take(MOST_SHOWN).map(|(figure, place)| format!("    --> {place}{}", name(figure))));
        lines
    }

    /// Where a figure stands: `plan.toml:6:42`.
    pub(super) fn position(&self, figure: usize, source: Option<&Source>) -> Option<String> {
        let (source, span) = (source?, self.subject.figures.get(figure)?.span?);
        Some(source.place(span.start()))
    }

    fn unlikely_lines(&self, how: Text<'_>) -> Vec<String> {
        let words = Words(&self.subject);
        let told = self.unlikely.iter().map(|one| format!("Possible, but hardly so: {}.", words.unlikely(one)));
        told.flat_map(|line| wrapped(&line, how.width, 2)).collect()
    }

    /// The figures whose amount in the witness is another than what is printed; what is printed again elsewhere only once.
    pub(super) fn moved(&self) -> Vec<(usize, Decimal)> {
        let sums = self.subject.system.sums().iter();
        let repeats: HashSet<usize> = sums.filter(|sum| sum.parts.len() == 1).map(|sum| sum.total).collect();
        let amounts = self.outcome.witness.iter().flat_map(|witness| witness.amounts.iter().copied());
        let figures = self.subject.system.figures().iter().zip(&self.subject.figures).zip(amounts).enumerate();
        let moved = figures.filter(|(i, ((figure, named), amount))| {
            figure.number() != Some(*amount) && !named.is_share() && !repeats.contains(i)
        });
        moved.map(|(i, (_, amount))| (i, amount)).collect()
    }

    fn witness(&self) -> Vec<String> {
        let words = Words(&self.subject);
        let moved = self.moved();
        let name = |figure: usize| self.subject.figures.get(figure).map_or("", |named| named.words.as_str()).to_owned();
        let heads = [["one such budget:".to_owned(), "printed".to_owned(), "could be".to_owned()]];
        let rows = moved.iter().take(MOST_SHOWN).map(|(i, amount)| [name(*i), words.in_print(*i), words.number(*amount)]);
        let rest = moved.len().saturating_sub(MOST_SHOWN);
        let rest =
            if rest > 0 { format!("  {rest} more, and all others as printed") } else { "  all others as printed".to_owned() };
        let rows: Vec<_> = heads.into_iter().chain(rows).collect();
        if moved.is_empty() {
            return Vec::new();
        }
        std::iter::once(String::new()).chain(columns(&rows)).chain([rest]).collect()
    }

    fn sum_lines(&self) -> Vec<String> {
        let words = Words(&self.subject);
        let number = |number: Option<Decimal>| number.map_or_else(|| "?".to_owned(), |number| words.number(number));
        let slack = |line: &SumLine| match line.slack() {
            Some((least, most)) if least == -most => format!("± {}", words.number(most)),
            Some((least, most)) => format!("{} to {}", words.number(least), words.number(most)),
            None => "?".to_owned(),
        };
        let standing = |line: &SumLine| match line.agreement {
            Some(Agreement::Exact) => "exact".to_owned(),
            Some(Agreement::WithinRounding) => format!("within {}", slack(line)),
            Some(Agreement::Wrong) => format!("beyond {}", slack(line)),
            None => "open".to_owned(),
        };
        let heads = ["sum", "printed", "added up", "difference", "rounding"].map(str::to_owned);
        let row = |line: &SumLine| {
            let name = self.subject.sums.get(line.sum).map_or("", |named| named.words.as_str());
            let numbers = [line.declared, line.computed, line.difference].map(number);
            let [declared, computed, difference] = numbers;
            [name.to_owned(), declared, computed, difference, standing(line)]
        };
        let rows: Vec<_> = std::iter::once(heads).chain(self.sums().iter().map(row)).collect();
        std::iter::once(String::new()).chain(columns(&rows)).collect()
    }
}

/// `down, up or away from zero`.
fn rules_in_words(rules: &[Rounding]) -> String {
    let words: Vec<&str> = rules.iter().map(|rule| rule.words()).collect();
    match words.as_slice() {
        [head @ .., tail] if !head.is_empty() => format!("{} or {tail}", head.join(", ")),
        words => words.join(""),
    }
}

/// A sum that shows alone that a system is impossible.
fn refutation(system: &System) -> Option<SumLine> {
    let contradictions = system.reconcile().contradictions;
    let one = contradictions.iter().find(|one| one.sums.len() == 1 && one.shares.is_empty())?;
    SumLine::of(system, one.sums.first()?.0)
}

/// The longest name in a table.
const WIDEST: usize = 44;

/// A name as it fits into a table, on one line: of a long one both ends are shown, since that is where names differ.
fn fitted(text: &str) -> String {
    let shown: Vec<char> = text.chars().flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] }).collect();
    let half = WIDEST / 2;
    match (shown.get(..half), shown.get(shown.len().saturating_sub(half - 1)..)) {
        (Some(head), Some(tail)) if shown.len() > WIDEST => head.iter().chain(&['…']).chain(tail).collect(),
        _ => shown.into_iter().collect(),
    }
}

/// Rows in columns, the first to the left and the others to the right.
fn columns<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| fitted(cell))).collect();
    let length = |text: &String| text.chars().count();
    let mut widths = [0; N];
    for row in &rows {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = length(cell).max(*width));
    }
    let line = |row: &[String; N]| {
        let cells = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(i, (cell, width))| if i == 0 { format!("  {cell:<width$}") } else { format!("  {cell:>width$}") });
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text on lines of at most `width` characters, all but the first led by `indent` blanks.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> Vec<String> {
    let lead = text.chars().take_while(|c| *c == ' ').count();
    let mut lines = vec![" ".repeat(lead)];
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let column = lines.last().map_or(0, |line| line.chars().count());
        if !is_empty && column + 1 + word.chars().count() > width {
            lines.push(" ".repeat(indent));
            is_empty = true;
        }
        if let Some(line) = lines.last_mut() {
            *line += if is_empty { "" } else { " " };
            *line += word;
        }
        is_empty = false;
    }
    lines
}
