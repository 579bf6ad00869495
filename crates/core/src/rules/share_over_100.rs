#![doc = include_str!("share_over_100.md")]

use std::collections::HashMap;

use super::names::Names;
use super::{Context, Rule};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::plan::{Id, Line};

pub static RULE: Rule =
    Rule { name: "share-over-100", severity: Severity::Error, page: include_str!("share_over_100.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let mut posts: HashMap<(&Id, &Id), Vec<&Line>> = HashMap::new();
    let mut order = Vec::new();
    for line in &context.plan.lines {
        let Some(post) = &line.post else { continue };
        let lines = posts.entry((&line.office, post)).or_default();
        if lines.is_empty() {
            order.push((&line.office.value, &post.value));
        }
        lines.push(line);
    }
    // A line of no post is nobody's time but its own.
    for line in context.plan.lines.iter().filter(|line| line.post.is_none()) {
        findings.extend(of_line(Names(context.plan), line));
    }
    for post in order {
        findings.extend(posts.get(&post).and_then(|lines| of_post(Names(context.plan), post.1, lines)));
    }
}

/// A post is over-charged where the lines that meet on the first day of one of them charge more than all of it.
fn of_post(names: Names<'_>, post: &Id, lines: &[&Line]) -> Option<Diagnostic> {
    let together = |day: Option<Period>| {
        let meets = |line: &&&Line| match (line.period, day) {
            (Some(own), Some(day)) => own.meets(day),
            _ => true,
        };
        lines.iter().filter(meets).copied().collect::<Vec<&Line>>()
    };
    // Without a period in sight all of them meet.
    let days = lines.iter().filter_map(|line| line.period).map(|period| Period::between(period.from, period.from));
    let days: Vec<Option<Period>> = days.collect();
    let starts = if days.is_empty() { vec![None] } else { days }.into_iter();
    let shares = |of: &[&Line]| Decimal::exact_sum(of.iter().map(|line| line.share.map_or(Decimal::HUNDRED, |share| *share)));
    let worst = starts.map(together).filter_map(|of| Some((shares(&of)?, of)));
    let (sum, of) = worst.max_by_key(|(sum, _)| *sum).filter(|(sum, _)| *sum > Decimal::HUNDRED)?;
    Some(finding(names, post, sum, &of))
}

fn of_line(names: Names<'_>, line: &Line) -> Option<Diagnostic> {
    let share = line.share.filter(|share| **share > Decimal::HUNDRED)?;
    let words = super::lines::words(names, line);
    let mut finding = RULE.finding(format!("{} of {words} is charged, more than all of it", names.percent(*share)));
    finding = finding.at(share.span, words, "").help("a share is in per cent, and 100 is all");
    finding.about = super::lines::ids(line);
    Some(finding)
}

fn finding(names: Names<'_>, post: &Id, sum: Decimal, lines: &[&Line]) -> Diagnostic {
    let office = lines.first().map(|line| names.office(&line.office)).unwrap_or_default();
    let mut finding =
        RULE.finding(format!("{} of the post `{post}` ({office}) is charged, more than all of it", names.percent(sum)));
    for line in lines {
        let span = line.share.and_then(|share| share.span).or(line.span());
        let share = line.share.map_or_else(|| "all of it".to_owned(), |share| names.percent(*share));
        finding = finding.at(span, super::lines::words(names, line), share);
    }
    finding.about = vec![post.to_string()];
    finding.help("lower a share, or give lines that follow each other their periods")
}
