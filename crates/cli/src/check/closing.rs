//! What stands under the findings about a plan: its sums side by side, how many figures hold, its exceptions, and counts.

use logframe::crossfoot::Verdict;
use logframe::rules::{Report, Summary, Tally, Together};
use logframe::{Adjustment, Counts, Decimal, Exception, NumberStyle, Plan};

use crate::streams::printable;
use crate::wrap::wrapped;

/// What `check` says of a plan at the end: its sums side by side, how many declared figures hold, its exceptions, and counts.
#[derive(Debug)]
pub struct Closing {
    id: String,
    currency: String,
    style: NumberStyle,
    summary: Summary,
    tally: Tally,
    together: Option<Together>,
    /// Cells of the budget that hold an amount.
    amounts: usize,
    exceptions: Vec<(Exception, usize)>,
}

impl Closing {
    /// What is said of a plan that was checked.
    pub fn of(plan: &Plan, report: &Report) -> Self {
        Self {
            id: plan.header.id.to_string(),
            currency: plan.header.currency.to_string(),
            style: plan.number_style(),
            summary: report.summary,
            tally: report.tally,
            together: report.together,
            amounts: plan.allocations.iter().filter(|allocation| allocation.cell.amount().is_some()).count(),
            exceptions: report.exceptions.clone(),
        }
    }

    /// The lines, broken where a window of `width` characters needs it.
    pub fn text(&self, counts: Counts, width: Option<usize>) -> String {
        let fitted = |line: &String| width.map_or_else(|| line.clone(), |width| wrapped(line, width, 2));
        self.lines(counts).iter().map(fitted).map(|line| line + "\n").collect()
    }

    fn lines(&self, counts: Counts) -> Vec<String> {
        let exceptions = self.exceptions.iter().map(|(exception, met)| exception_line(exception, *met));
        if counts == Counts::default() {
            let clean = format!("{}: nothing is wrong; {}", self.id, self.tally());
            return std::iter::once(clean).chain(exceptions).collect();
        }
        self.sums()
            .into_iter()
            .chain([self.tally()])
            .chain(self.together())
            .chain(exceptions)
            .chain([counts.to_string()])
            .collect()
    }

    /// `demo: USD 1,250 declared · cells 1,205`. The currency is said once.
    fn sums(&self) -> Option<String> {
        let Summary { declared, cells, offices, results, .. } = self.summary;
        let number = |n: Decimal| n.grouped(self.style);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(declared.map(|n| format!("{} {} declared", self.currency, number(n))));
        let currency = if declared.is_some() { String::new() } else { format!("{} ", self.currency) };
        parts.extend(cells.map(|n| format!("cells {currency}{}", number(n))));
        parts.extend(offices.map(|n| format!("offices {}", number(n))));
        parts.extend(results.map(|n| format!("outcomes and heads {}", number(n))));
        (!parts.is_empty()).then(|| format!("{}: {}", self.id, parts.join(" · ")))
    }

    /// `all 152 printed figures (130 amounts, 22 shares) are consistent with rounding`: said where some do not add up as they are
    /// printed, so that nobody has to wonder whether their differences go together.
    fn together(&self) -> Option<String> {
        let Together { verdict, amounts, shares, .. } = self.together?;
        let figures = amounts.saturating_add(shares);
        let of_both = format!("({}, {})", count(amounts, "amount", self.style), count(shares, "share", self.style));
        let of_both = if shares > 0 { format!(" {of_both}") } else { String::new() };
        let all = format!("all {}{of_both}", count(figures, "printed figure", self.style));
        match verdict {
            Verdict::Exact | Verdict::Consistent => {
                Some(format!("{all} are consistent with rounding: one unrounded budget can stand behind them"))
            }
            Verdict::KnifeEdge => {
                Some(format!("{all} are possible only if some amounts lie exactly half way between two printed numbers"))
            }
            Verdict::Inconsistent | Verdict::Undecided => None,
        }
    }

    fn tally(&self) -> String {
        let Tally { declared, exact, within_rounding, wrong, open, .. } = self.tally;
        let allocations = count(self.amounts, "allocation", self.style);
        if declared == 0 {
            return format!("no total is declared to check {allocations} against");
        }
        let number = |n: usize| grouped(n, self.style);
        let open = if open > 0 { format!(", {} cannot be checked", number(open)) } else { String::new() };
        format!(
            "{} checked against {allocations}: {} exact, {} within rounding, {} wrong{open}",
            count(declared, "declared figure", self.style),
            number(exact),
            number(within_rounding),
            number(wrong)
        )
    }
}

fn exception_line(exception: &Exception, met: usize) -> String {
    let weight = match exception.severity {
        Adjustment::Off => "off",
        Adjustment::Note => "a note",
        Adjustment::Warning => "a warning",
        Adjustment::Error => "an error",
    };
    let of = exception.of.as_ref().map(|id| format!(" for {id}")).unwrap_or_default();
    let findings = count(met, "finding", NumberStyle::default());
    printable(&format!("exception: {} is {weight}{of} ({findings}): {}", exception.rule.value, exception.reason))
}

/// `1 file`, `3 files`.
pub fn count(n: usize, thing: &str, style: NumberStyle) -> String {
    format!("{} {thing}{}", grouped(n, style), if n == 1 { "" } else { "s" })
}

fn grouped(n: usize, style: NumberStyle) -> String {
    Decimal::from(i64::try_from(n).unwrap_or(i64::MAX)).grouped(style)
}
