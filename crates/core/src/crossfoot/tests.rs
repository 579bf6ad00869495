//! The engine as a whole, on tables.

mod mixed;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::decide::{self, Method};
use super::network::Network;
use super::scaled::{Question, Scaled};
use super::solver::Answer;
use super::{Figure, Interval, Rounding, Sum, System, Verdict, simplex};
use crate::decimal::Decimal;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A table of printed whole numbers with a total column and a total row: the system, and each figure's position.
pub fn table(rows: &[&[i64]], rounding: Rounding) -> (System, Vec<Vec<usize>>) {
    let mut system = System::default();
    let places: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| row.iter().map(|n| system.add(Figure::printed((*n).into(), 1.into(), rounding).unwrap())).collect())
        .collect();
    for row in &places {
        let (total, parts) = row.split_last().unwrap();
        system.sum(Sum::new(*total, parts.iter().copied()));
    }
    let (totals, cells) = places.split_last().unwrap();
    for (column, total) in totals.iter().enumerate() {
        system.sum(Sum::new(*total, cells.iter().map(|row| row[column])));
    }
    (system, places)
}

#[test]
fn a_table_whose_every_sum_holds_alone_can_be_impossible_as_a_whole() {
    let (system, at) = table(&[&[120, 235, 354], &[310, 145, 456], &[431, 381, 811]], Rounding::Nearest);
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::Inconsistent);
    let [contradiction] = outcome.contradictions.as_slice() else { panic!("{outcome:?}") };
    assert!(contradiction.proves(&system));
    // The columns come to 430.5 + 380.5 at least; they are row B's cells and row A's total, 310.5 + 145.5 + 354.5 at most.
    let figures = |list: &[(usize, Decimal)]| list.iter().map(|(figure, _)| *figure).collect::<Vec<_>>();
    assert_eq!(figures(&contradiction.larger), [at[2][0], at[2][1]]);
    assert_eq!(figures(&contradiction.smaller), [at[0][2], at[1][0], at[1][1]]);
    assert_eq!((contradiction.at_least.value, contradiction.at_most.value), (dec("811"), dec("810.5")));
}

#[test]
fn ends_that_touch_contradict_where_one_is_excluded() {
    let (system, _) = table(&[&[120, 235, 354], &[310, 145, 456], &[431, 381, 811]], Rounding::HalfUp);
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::Inconsistent);
    assert!(outcome.contradictions.iter().all(|one| one.proves(&system)));
}

#[test]
fn ranges_have_the_right_brackets() {
    let (system, at) = table(&[&[1, 1, 2], &[1, 1, 2], &[2, 2, 4]], Rounding::HalfUp);
    assert_eq!(system.range(&[at[2][2]]).unwrap(), system.range(&[at[2][2], at[2][2]]).unwrap());
    let Some(Interval { low: Some(low), high: Some(high) }) = system.range(&[at[2][2]]).unwrap() else { panic!() };
    // Each total of a row is in [1.5, 2.5), so are the columns'.
    assert_eq!((low.value, low.shift, high.value, high.shift), (dec("3"), 0, dec("5"), -1));
}

#[test]
fn what_nothing_limits_has_no_ends() {
    // first + 1 = second and second + third = 9: two that are not printed take up what the other leaves.
    let mut system = System::default();
    let mut figure = |number: Option<i64>| {
        let printed = number.map(|n| Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
        system.add(printed.unwrap_or(Figure::unknown()))
    };
    let ([first, second, third], [one, nine]) = ([None; 3].map(&mut figure), [Some(1), Some(9)].map(&mut figure));
    system.sum(Sum::new(second, [first, one]));
    system.sum(Sum::new(nine, [second, third]));
    for unlimited in [first, second, third, one] {
        assert_eq!(system.range(&[unlimited]), Ok(Some(Interval::ALL)));
    }
}

#[test]
fn figures_that_touch_only_in_a_half_are_on_the_knife_s_edge() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let (seven, eight) = (printed(7), printed(8));
    system.sum(Sum::new(eight, [seven]));
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::KnifeEdge);
    assert_eq!(outcome.witness.unwrap().amounts, [dec("7.5"), dec("7.5")]);
}

/// A random table: cells in eighths of a unit, printed in whole units by one rule with all its totals; with a hierarchy of rows
/// where there are three rows or more. Some figures may be changed afterwards.
fn hierarchy(eighths: &[Vec<i64>], rule: Rounding) -> (System, Vec<usize>) {
    let mut system = System::default();
    let mut printed = |eighths: i64| {
        let amount = Decimal::from(eighths).exact_mul(dec("0.125")).unwrap();
        system.add(Figure::printed(rule.apply(amount, 1.into()).unwrap(), 1.into(), rule).unwrap())
    };
    let columns = eighths[0].len();
    let line = |rows: &[Vec<i64>]| (0..columns).map(|column| rows.iter().map(|row| row[column]).sum()).collect::<Vec<i64>>();
    let (first, rest) = eighths.split_at(eighths.len().div_ceil(2));
    let mut print_line = |cells: &[i64]| {
        let mut figures: Vec<usize> = cells.iter().map(|cell| printed(*cell)).collect();
        figures.push(printed(cells.iter().sum()));
        figures
    };
    let [top, bottom] = [first, rest].map(|rows| rows.iter().map(|row| print_line(row)).collect::<Vec<_>>());
    let subtotals = [print_line(&line(first)), print_line(&line(rest))];
    let all = print_line(&line(eighths));
    for figures in top.iter().chain(&bottom).chain(&subtotals).chain([&all]) {
        let (total, cells) = figures.split_last().unwrap();
        system.sum(Sum::new(*total, cells.iter().copied()));
    }
    for column in 0..=columns {
        for (subtotal, rows) in subtotals.iter().zip([&top, &bottom]) {
            system.sum(Sum::new(subtotal[column], rows.iter().map(|row| row[column])));
        }
        system.sum(Sum::new(all[column], subtotals.iter().map(|row| row[column])));
    }
    let cells = top.into_iter().chain(bottom).flatten().collect();
    (system, cells)
}

/// The same system with some printed numbers changed.
fn changed(system: &System, changes: &[(usize, i64)]) -> System {
    changes.iter().fold(system.clone(), |system, (figure, by)| {
        let at = figure % system.figures().len();
        let number = system.figures()[at].number().unwrap().exact_add((*by).into()).unwrap();
        let figure = system.figures()[at].with_number(number).unwrap();
        system.with(at, figure)
    })
}

fn tables() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (1..5_usize, 1..4_usize).prop_flat_map(|(rows, columns)| vec(vec(-60..400_i64, columns), rows))
}

fn rule() -> impl Strategy<Value = Rounding> {
    select(Rounding::ALL.into_iter().filter(|rule| !matches!(rule, Rounding::Exact)).collect::<Vec<_>>())
}

fn changes() -> impl Strategy<Value = Vec<(usize, i64)>> {
    vec((0..60_usize, -3..=3_i64), 0..4)
}

fn mirrored(rule: Rounding) -> Rounding {
    match rule {
        Rounding::HalfUp => Rounding::HalfDown,
        Rounding::HalfDown => Rounding::HalfUp,
        Rounding::Floor => Rounding::Ceiling,
        Rounding::Ceiling => Rounding::Floor,
        same => same,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_rounded_from_a_table_is_never_inconsistent(eighths in tables(), rule in rule()) {
        let (system, _) = hierarchy(&eighths, rule);
        let outcome = system.reconcile();
        prop_assert!(outcome.verdict.is_possible(), "{outcome:?}");
        prop_assert!(outcome.witness.unwrap().proves(&system));
    }

    #[test]
    fn a_contradiction_proves_itself_and_nothing_can_be_left_out_of_it(eighths in tables(), rule in rule(), changes in changes()) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let outcome = system.reconcile();
        prop_assert!(outcome.verdict != Verdict::Undecided);
        for one in &outcome.contradictions {
            prop_assert!(one.proves(&system));
            for left_out in 0..one.sums.len() {
                let mut rest = System::default();
                system.figures().iter().for_each(|figure| { rest.add(*figure); });
                for (_, (sum, _)) in one.sums.iter().enumerate().filter(|(i, _)| *i != left_out) {
                    rest.sum(system.sums()[*sum].clone());
                }
                prop_assert!(rest.reconcile().verdict.is_possible());
            }
        }
    }

    #[test]
    fn scaling_and_turning_the_sign_keep_the_verdict(eighths in tables(), rule in rule(), changes in changes()) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let verdict = system.reconcile().verdict;
        for (factor, rule) in [(dec("1000"), rule), (dec("0.001"), rule), (dec("-1"), mirrored(rule))] {
            let other = system.map(|_, figure| {
                let number = figure.number().unwrap().exact_mul(factor).unwrap();
                Figure::printed(number, factor.abs(), rule).unwrap()
            });
            prop_assert_eq!(other.reconcile().verdict, verdict, "times {}", factor);
        }
    }

    #[test]
    fn the_order_of_figures_and_sums_keeps_the_verdict(eighths in tables(), rule in rule(), changes in changes()) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let last = system.figures().len() - 1;
        let mut turned = System::default();
        system.figures().iter().rev().for_each(|figure| { turned.add(*figure); });
        for sum in system.sums().iter().rev() {
            turned.sum(Sum::new(last - sum.total, sum.parts.iter().rev().map(|part| last - part)));
        }
        prop_assert_eq!(turned.reconcile().verdict, system.reconcile().verdict);
    }

    #[test]
    fn a_line_that_is_certain_keeps_the_verdict(eighths in tables(), rule in rule(), changes in changes(), certain in -500..500_i64) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let verdict = system.reconcile().verdict;
        let mut longer = System::default();
        system.figures().iter().for_each(|figure| { longer.add(*figure); });
        let zero = longer.add(Figure::exact(0.into()));
        let (some, same) = (longer.add(Figure::exact(certain.into())), longer.add(Figure::exact(certain.into())));
        for sum in system.sums() {
            longer.sum(Sum { parts: sum.parts.iter().copied().chain([zero]).collect(), ..sum.clone() });
        }
        longer.sum(Sum::new(some, [same, zero]));
        prop_assert_eq!(longer.reconcile().verdict, verdict);
    }

    #[test]
    fn the_ends_of_a_range_can_be_and_what_is_beyond_them_cannot(eighths in tables(), rule in rule(), at in 0..60_usize) {
        let (system, _) = hierarchy(&eighths, rule);
        let figure = at % system.figures().len();
        let Interval { low, high } = system.range(&[figure]).unwrap().unwrap();
        let can_be = |amount: Decimal| system.clone().with(figure, Figure::exact(amount)).reconcile().verdict.is_possible();
        for (end, outwards) in [(low, dec("-0.0001")), (high, dec("0.0001"))] {
            let Some(end) = end else { continue };
            prop_assert_eq!(can_be(end.value), end.shift == 0, "{:?}", end);
            prop_assert!(!can_be(end.value.exact_add(outwards).unwrap()));
            let point = low.map(|low| low.value) == high.map(|high| high.value);
            prop_assert!(point || can_be(end.value.exact_sub(outwards).unwrap()));
        }
    }
}

/// What both ways of solving say of a whole system.
fn both<T>(system: &System, free: &[usize], is_strict: bool, ask: impl Fn(&Question<'_>) -> (T, T)) -> (T, T) {
    let scaled = Scaled::of(system).unwrap();
    let sums: Vec<usize> = (0..system.sums().len()).collect();
    ask(&Question { scaled: &scaled, sums: &sums, shares: &[], free, is_strict })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_network_and_the_simplex_agree(eighths in tables(), rule in rule(), changes in changes(), is_strict in any::<bool>()) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let is_possible = |answer: Answer| matches!(answer, Answer::Possible { .. });
        let (network, simplex) = both(&system, &[], is_strict, |question| {
            let network = Network::of(question).expect("a hierarchy of rows is a network");
            (is_possible(network.solve(question).unwrap()), is_possible(simplex::solve(question).unwrap()))
        });
        prop_assert_eq!(network, simplex);
    }

    #[test]
    fn the_network_and_the_simplex_find_the_same_ranges(eighths in tables(), rule in rule(), changes in changes(), at in 0..60_usize) {
        let system = changed(&hierarchy(&eighths, rule).0, &changes);
        let figure = at % system.figures().len();
        let value = |(steps, decimals, shift): decide::End| (Decimal::of_steps(steps, decimals).unwrap(), shift);
        let (network, simplex) = both(&system, &[figure], false, |question| {
            let network = Method::of(question).extremes(question, figure).unwrap();
            let told = |ends: Option<decide::Ends>| ends.map(|(low, high)| (low.map(value), high.map(value)));
            (told(network), told(simplex::extreme(question, figure).unwrap()))
        });
        prop_assert_eq!(network, simplex);
    }
}
