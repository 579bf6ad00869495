//! Amounts beside those of the budget, as of a year or in another currency: what is multiplied there, and the rate between the two.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Spanned};

use super::{List, shown};
use crate::import::currency::names_another;
use crate::import::heading::Column;
use crate::import::totals::Role;
use crate::import::work::Work;

/// Lines whose rate is tried on all others, at most.
const MOST_TRIED: usize = 8;

/// A line by its row: its amount, and the one in the other currency.
struct Pair {
    at: usize,
    amount: Spanned<Decimal>,
    other: Spanned<Decimal>,
}

impl List<'_> {
    /// Holds amounts that are left out against the factors beside them, and those of another currency against the rate of most lines.
    pub(super) fn converted(&self, work: &mut Work, roles: &[Role]) {
        for (column, name) in &self.beside {
            let lines = roles.iter().enumerate().filter(|(_, role)| role.is_line()).map(|(at, _)| at);
            let pair = |at: usize| {
                let row = self.rows.row(at);
                let amount = self.field(&row, Column::Amount).and_then(|field| self.read_number(field))?;
                let other = row.get(*column).and_then(|field| self.read_number(field))?;
                Some(Pair { at, amount, other })
            };
            let pairs: Vec<Pair> = lines.filter_map(pair).collect();
            let is_multiplied = self.multiplied(work, (*column, name), &pairs);
            if !is_multiplied && names_another(name, self.currency) {
                self.at_one_rate(work, name, &pairs);
            }
        }
    }

    /// What stands between the amounts before a column and itself makes it in most lines: where it does not, that is said. Whether it does.
    fn multiplied(&self, work: &mut Work, (column, name): (usize, &str), pairs: &[Pair]) -> bool {
        let is_amount = |at: &usize| self.columns.left_out.contains(at) || self.columns.of.get(at) == Some(&Column::Amount);
        let from = (0..column).rfind(is_amount).map_or(0, |before| before + 1);
        let is_free = |at: &usize| matches!(self.columns.of.get(at), None | Some(Column::Other));
        let factors: Vec<usize> = (from..column).filter(is_free).collect();
        let factors_of = |pair: &Pair| -> Vec<Decimal> {
            let row = self.rows.row(pair.at);
            let numbers = factors.iter().filter_map(|at| row.get(*at)).filter_map(|field| self.read_number(field));
            numbers.map(|number| number.value).collect()
        };
        let product = |pair: &Pair| {
            let factors = factors_of(pair);
            factors.iter().copied().try_fold(Decimal::ONE, Decimal::exact_mul).filter(|_| factors.len() > 1)
        };
        let compared: Vec<(&Pair, Decimal)> = pairs.iter().filter_map(|pair| Some((pair, product(pair)?))).collect();
        // What stands once for several such amounts, as the part of a post, is a factor of each.
        let is_explained = |pair: &Pair, product: Decimal| {
            let row = self.rows.row(pair.at);
            let numbers = row.iter().filter_map(|field| self.read_number(field));
            numbers.map(|number| product.exact_mul(number.value)).any(|product| product == Some(pair.other.value))
        };
        let is_missed = |(pair, product): &&(&Pair, Decimal)| pair.other.value != *product && !is_explained(pair, *product);
        let missed: Vec<&(&Pair, Decimal)> = compared.iter().filter(is_missed).collect();
        if !are_few(missed.len(), compared.len()) {
            return false;
        }
        for (pair, product) in missed {
            let row = self.rows.row(pair.at);
            let (label, typed) = (self.label_text(&row).escape_debug(), shown(pair.other.value));
            let message = format!("{label} is typed as {typed} in {name}, but its factors make {}", shown(product.normalized()));
            off(
                work,
                pair.other,
                Some(*product),
                message,
                "correct it, or a factor; it is left out, and the amount beside it is read",
            );
        }
        true
    }

    /// Most lines are at one rate: those that are not are told, with one that is.
    fn at_one_rate(&self, work: &mut Work, name: &str, pairs: &[Pair]) {
        let has_decimals = pairs.iter().any(|pair| !is_whole(pair.other.value));
        let rounded_to = if has_decimals { Decimal::of_steps(5, 3) } else { Decimal::of_steps(5, 1) };
        let missed = |one: &Pair| pairs.iter().filter(|pair| !is_at_rate(pair, one, rounded_to)).collect::<Vec<_>>();
        let tried = pairs.iter().take(MOST_TRIED).map(|one| (one, missed(one)));
        let Some((one, missed)) = tried.min_by_key(|(_, missed)| missed.len()) else { return };
        if pairs.len() < 3 || !are_few(missed.len(), pairs.len()) {
            return;
        }
        let label = |at: usize| self.label_text(&self.rows.row(at)).escape_debug().to_string();
        let rate = format!("{} for {}", shown(one.other.value), shown(one.amount.value));
        for pair in missed {
            let (typed, amount) = (shown(pair.other.value), shown(pair.amount.value));
            let message = format!(
                "{} is {typed} in {name} for {amount}: other lines are at another rate, as {}: {rate}",
                label(pair.at),
                label(one.at)
            );
            let at_rate = pair.amount.value.exact_mul(one.other.value).and_then(|product| product.exact_div(one.amount.value));
            off(work, pair.other, at_rate, message, "correct it or the amount; only the amount is read");
        }
    }
}

/// Whether two thirds are right, two at least.
fn are_few(missed: usize, all: usize) -> bool {
    all > missed + 1 && missed * 3 <= all
}

fn is_whole(number: Decimal) -> bool {
    number.normalized().to_string().split_once('.').is_none()
}

/// Whether two lines are at one rate, but for what rounding explains.
fn is_at_rate(pair: &Pair, one: &Pair, rounded_to: Option<Decimal>) -> bool {
    let crossed = || pair.amount.value.exact_mul(one.other.value)?.exact_sub(pair.other.value.exact_mul(one.amount.value)?);
    let slack = || {
        let all = [pair, one].into_iter().flat_map(|pair| [pair.amount.value.abs(), pair.other.value.abs()]);
        Decimal::exact_sum(all)?.exact_mul(rounded_to?)
    };
    // What is too long to be compared is no mistake that anybody proves.
    crossed().zip(slack()).is_none_or(|(off, slack)| off.abs() <= slack)
}

/// `None` for what cannot be written as a decimal: then the message says it all.
fn off(work: &mut Work, declared: Spanned<Decimal>, computed: Option<Decimal>, message: String, help: &str) {
    let finding = Diagnostic::new("line-amount", Severity::Error, message).at(declared.span, "the amount", "").help(help);
    let figures = computed.and_then(|computed| {
        let difference = declared.value.exact_sub(computed)?;
        Some(Figures { declared: declared.value, computed, difference, terms: Vec::new() })
    });
    work.add(figures.into_iter().fold(finding, Diagnostic::figures));
}
