//! A reconciliation as JSON for programs: amounts are strings of their digits, positions count from 0.

use serde_json::{Value, json};

use super::errors;
use super::words::Words;
use super::{Cause, InPrint, Range, Reconciliation, SumLine};
use crate::crossfoot::{
    Agreement, Change, Contradiction, Correction, Explanation, Figure, Interval, Repair, Repairs, Rounding, Unrepaired,
};
use crate::decimal::Decimal;
use crate::source::Source;

/// The version of the shape; it grows when a key changes its meaning.
const VERSION: u32 = 1;

impl Reconciliation {
    /// The reconciliation as a value: `verdict`, `figures`, `sums`, `errors`, `contradictions`, `causes`, `unlikely`, `rules`.
    pub fn json_value(&self, source: Option<&Source>) -> Value {
        let words = Words(&self.subject);
        let (amounts, shares) = self.counts();
        let contradictions = self.outcome.contradictions.iter().map(|one| contradiction(words, one));
        let unlikely = self.unlikely.iter().map(|one| {
            json!({ "sum": one.sum, "residual": number(one.residual), "chance": number(one.chance), "words": words.unlikely(one) })
        });
        let rules = self.rules.iter().map(|(rule, verdict)| json!({ "rounding": rule_name(*rule), "verdict": verdict.name() }));
        json!({
            "version": VERSION,
            "title": self.subject.title,
            "verdict": self.verdict().name(),
            "headline": self.headline(),
            "reason": self.outcome.reason.map(|reason| reason.to_string()),
            "errors": self.errors.iter().map(|error| errors::value(error, source)).collect::<Vec<_>>(),
            "printed": { "amounts": amounts, "shares": shares },
            "figures": (0..self.subject.figures.len()).map(|i| self.figure(i, source)).collect::<Vec<_>>(),
            "sums": self.sums().iter().map(|line| self.sum(line)).collect::<Vec<_>>(),
            "contradictions": contradictions.collect::<Vec<_>>(),
            "causes": self.causes.iter().map(|one| cause(words, one)).collect::<Vec<_>>(),
            "unlikely": unlikely.collect::<Vec<_>>(),
            "rules": rules.collect::<Vec<_>>(),
        })
    }

    /// The same as pretty JSON text.
    pub fn json(&self, source: Option<&Source>) -> String {
        serde_json::to_string_pretty(&self.json_value(source)).unwrap_or_default() + "\n"
    }

    fn figure(&self, at: usize, source: Option<&Source>) -> Value {
        let (Some(figure), Some(named)) = (self.subject.system.figures().get(at), self.subject.figures.get(at)) else {
            return Value::Null;
        };
        let position = source.zip(named.span).map(|(source, span)| source.position(span.start()));
        let witness = self.outcome.witness.as_ref().and_then(|witness| witness.amounts.get(at));
        json!({
            "name": named.words,
            "place": named.place,
            "ids": named.ids,
            "cell": source.zip(named.span).and_then(|(source, span)| source.cell(span.start())),
            "line": position.map(|at| at.line),
            "column": position.map(|at| at.column),
            "printed": figure.number().filter(|_| named.in_print == InPrint::Number).map(number),
            "in_print": named.in_print.name(),
            "unit": figure.unit().map(number),
            "stands_for": interval(figure.amounts()),
            "could_be": witness.copied().map(number),
        })
    }

    fn sum(&self, line: &SumLine) -> Value {
        let (sum, named) = (self.subject.system.sums().get(line.sum), self.subject.sums.get(line.sum));
        json!({
            "name": named.map(|named| &named.words),
            "place": named.map(|named| &named.place),
            "total": sum.map(|sum| sum.total),
            "parts": sum.map(|sum| &sum.parts),
            "less": sum.map(|sum| &sum.less),
            "is_of_printed": sum.map(|sum| sum.is_of_printed),
            "declared": line.declared.map(number),
            "computed": line.computed.map(number),
            "difference": line.difference.map(number),
            "slack": line.slack().map(|(least, most)| json!({ "least": number(least), "greatest": number(most) })),
            "parts_stand_for": line.parts.map(interval),
            "total_stands_for": interval(line.total),
            "standing": line.agreement.map(|agreement| match agreement {
                Agreement::Exact => "exact",
                Agreement::WithinRounding => "within-rounding",
                Agreement::Wrong => "wrong",
            }),
        })
    }

    /// A range as a value: `figures`, `amounts`, `printed`.
    pub fn range_value(&self, range: &Range) -> Value {
        json!({
            "figures": range.figures,
            "amounts": range.amounts.map(interval),
            "printed": range.printed.map(|(least, greatest)| json!({ "least": number(least), "greatest": number(greatest) })),
            "reason": range.reason.map(|reason| reason.to_string()),
        })
    }
}

impl Reconciliation {
    /// Repairs as a value: `found`, a list of changes each; `are_all`; `reason` where nothing can be repaired.
    pub fn repair_value(&self, repairs: &Result<Repairs, Unrepaired>) -> Value {
        let words = Words(&self.subject);
        let change = |one: &Change| {
            let from = self.subject.system.figures().get(one.figure).and_then(Figure::number);
            json!({
                "figure": one.figure,
                "name": words.figure(one.figure),
                "printed": from.map(number),
                "number": number(one.number),
                "amounts": one.amounts.map(interval),
            })
        };
        let changes = |one: &Repair| one.changes.iter().map(change).collect::<Vec<_>>();
        match repairs {
            Ok(repairs) => json!({
                "found": repairs.found.iter().map(changes).collect::<Vec<_>>(),
                "are_all": repairs.are_all,
                "reason": null,
            }),
            Err(why) => json!({ "found": [], "are_all": false, "reason": why.to_string() }),
        }
    }
}

fn number(number: Decimal) -> String {
    number.normalized().to_string()
}

fn rule_name(rule: Rounding) -> Value {
    rule.name().into()
}

fn interval(interval: Interval) -> Value {
    json!({
        "low": interval.low.map(|end| number(end.value)),
        "low_included": interval.low.is_some_and(|end| end.shift == 0),
        "high": interval.high.map(|end| number(end.value)),
        "high_included": interval.high.is_some_and(|end| end.shift == 0),
    })
}

fn contradiction(words: Words<'_>, one: &Contradiction) -> Value {
    json!({
        "words": words.contradiction(one),
        "sums": one.sums.iter().map(|(sum, _)| sum).collect::<Vec<_>>(),
        "shares": one.shares.iter().map(|(share, ..)| share).collect::<Vec<_>>(),
        "figures": one.figures(),
        "at_least": number(one.at_least.value),
        "at_most": number(one.at_most.value),
    })
}

fn cause(words: Words<'_>, cause: &Cause) -> Value {
    json!({
        "contradictions": cause.contradictions,
        "words": words.explanations(&cause.explanations, cause.contradictions.len()),
        "equally_good": cause.explanations.best,
        "explanations": cause.explanations.ranked.iter().map(|one| explanation(words, one)).collect::<Vec<_>>(),
        "unexamined": cause.explanations.unexamined,
    })
}

fn explanation(words: Words<'_>, one: &Explanation) -> Value {
    let correction = |one: &Correction| {
        json!({
            "figure": one.figure,
            "number": one.number.map(number),
            "numbers": one.numbers.iter().copied().map(number).collect::<Vec<_>>(),
            "amounts": interval(one.amounts),
        })
    };
    json!({
        "words": one.told(&words.0.system, &words),
        "slip": one.slip.words(),
        "is_likely": one.is_likely,
        "corrections": one.corrections.iter().map(correction).collect::<Vec<_>>(),
        "origin": one.origin,
    })
}
