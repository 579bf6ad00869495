//! Tables in which figures are printed in units of their own, exactly, or not at all, above amounts that are known here.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{changes, dec, hierarchy, rule, tables};
use crate::crossfoot::{Figure, Outcome, Rounding, Share, Sum, System, Verdict};
use crate::decimal::Decimal;

/// How one figure stands in print.
#[derive(Clone, Copy, Debug)]
enum Print {
    Exactly,
    To(&'static str),
    Never,
}

/// How the figures of a table stand in print, by turns.
fn prints() -> impl Strategy<Value = Vec<Print>> {
    vec(select(&[Print::Exactly, Print::To("0.01"), Print::To("0.1"), Print::To("1"), Print::To("10"), Print::Never]), 1..9)
}

/// The figures of unrounded amounts.
fn printed(amounts: &System, prints: &[Print], rule: Rounding) -> System {
    amounts.map(|i, figure| {
        let amount = figure.number().unwrap();
        match prints[i % prints.len()] {
            Print::Exactly => Figure::exact(amount),
            Print::To(unit) => Figure::printed(rule.apply(amount, dec(unit)).unwrap(), dec(unit), rule).unwrap(),
            Print::Never => Figure::unknown(),
        }
    })
}

/// The same system with some of the numbers that are printed changed.
fn misprinted(system: &System, changes: &[(usize, i64)]) -> System {
    changes.iter().fold(system.clone(), |system, (figure, by)| {
        let at = figure % system.figures().len();
        let figure = system.figures()[at];
        let number = figure.number().map(|number| number.exact_add(Decimal::of_steps((*by).into(), 1).unwrap()).unwrap());
        system.with(at, number.map_or(figure, |number| figure.with_number(number).unwrap()))
    })
}

/// The same system with the share of each part of its first sum in per cent, cut off after one decimal.
fn with_shares(mut system: System, amounts: &System) -> System {
    let eighths = |figure: usize| amounts.figures()[figure].number().unwrap().in_steps(3).unwrap();
    let Sum { total: whole, parts, .. } = system.sums()[0].clone();
    for part in parts {
        let tenths = (1000 * eighths(part)).div_euclid(eighths(whole));
        let percent = Decimal::of_steps(tenths, 1).unwrap();
        let share = system.add(Figure::printed(percent, dec("0.1"), Rounding::Floor).unwrap());
        system.share(Share { share, part, whole });
    }
    system
}

fn is_proved(system: &System, outcome: &Outcome) -> bool {
    match &outcome.witness {
        Some(witness) => outcome.verdict.is_possible() && witness.proves(system),
        None => !outcome.contradictions.is_empty() && outcome.contradictions.iter().all(|one| one.proves(system)),
    }
}

#[test]
fn an_unknown_part_beside_a_decimal_that_is_all_of_the_total_is_decided() {
    let mut system = System::default();
    let figures = [Figure::exact(dec("0.5")), Figure::unknown(), Figure::exact(dec("0.5"))];
    let [known, unknown, total] = figures.map(|figure| system.add(figure));
    system.sum(Sum::new(total, [known, unknown]));
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::Exact);
    // What is left for the unknown part is nothing.
    assert_eq!(outcome.witness.unwrap().amounts, ["0.5", "0", "0.5"].map(dec));
}

#[test]
fn a_printed_number_below_nothing_stands_for_no_amount_below_nothing() {
    // -1, rounded to tens, is 4 at the most: with 3 it makes 5, but it never makes 2.
    for (total, verdict) in [(5, Verdict::Consistent), (2, Verdict::Inconsistent)] {
        let mut system = System::default();
        let below = Figure::printed((-1).into(), 10.into(), Rounding::Nearest).unwrap().nonnegative().unwrap();
        let [below, three, total] =
            [below, Figure::exact(3.into()), Figure::exact(total.into())].map(|figure| system.add(figure));
        system.sum(Sum::new(total, [below, three]));
        let outcome = system.reconcile();
        assert_eq!(outcome.verdict, verdict);
        assert!(is_proved(&system, &outcome));
    }
}

#[test]
fn what_only_shares_name_stays_within_its_own_limits() {
    // 10.4 of 20.8 is half; so is 10 of 20, but neither is printed.
    let mut system = System::default();
    let mut tenths = |number: &str| system.add(Figure::printed(dec(number), dec("0.1"), Rounding::Nearest).unwrap());
    let ([part, whole], [one, other]) = (["10.4", "20.8"].map(&mut tenths), ["1.1", "1.2"].map(&mut tenths));
    let share = system.add(Figure::printed(50.into(), 1.into(), Rounding::Nearest).unwrap());
    system.share(Share { share, part, whole });
    system.sum(Sum::new(other, [one]));
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::KnifeEdge);
    assert!(is_proved(&system, &outcome));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_was_rounded_anyhow_from_a_table_is_possible(eighths in tables(), rule in rule(), prints in prints()) {
        let system = printed(&hierarchy(&eighths, Rounding::Exact).0, &prints, rule);
        let outcome = system.reconcile();
        prop_assert!(outcome.verdict.is_possible(), "{outcome:?}");
        prop_assert!(is_proved(&system, &outcome));
    }

    #[test]
    fn what_is_printed_exactly_or_not_at_all_is_exact(eighths in tables(), is_printed in vec(any::<bool>(), 1..9)) {
        let prints: Vec<Print> = is_printed.into_iter().map(|is| if is { Print::Exactly } else { Print::Never }).collect();
        let system = printed(&hierarchy(&eighths, Rounding::Exact).0, &prints, Rounding::Nearest);
        prop_assert_eq!(system.reconcile().verdict, Verdict::Exact);
    }

    #[test]
    fn misprints_among_figures_rounded_anyhow_are_decided(
        eighths in tables(), rule in rule(), prints in prints(), changes in changes()
    ) {
        let system = misprinted(&printed(&hierarchy(&eighths, Rounding::Exact).0, &prints, rule), &changes);
        let outcome = system.reconcile();
        prop_assert!(is_proved(&system, &outcome), "{outcome:?}");
    }

    #[test]
    fn shares_in_amounts_rounded_anyhow_are_possible(
        eighths in vec(vec(100..400_i64, 2), 1..4), rule in rule(), prints in prints()
    ) {
        let amounts = hierarchy(&eighths, Rounding::Exact).0;
        let system = with_shares(printed(&amounts, &prints, rule), &amounts);
        let outcome = system.reconcile();
        prop_assert!(outcome.verdict.is_possible(), "{outcome:?}");
        prop_assert!(is_proved(&system, &outcome));
    }
}
