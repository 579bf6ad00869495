//! The engine as a whole, on tables.

use super::{Figure, Interval, Rounding, Sum, System, Verdict};
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
fn figures_that_touch_only_in_a_half_are_on_the_knife_s_edge() {
    let mut system = System::default();
    let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Nearest).unwrap());
    let (seven, eight) = (printed(7), printed(8));
    system.sum(Sum::new(eight, [seven]));
    let outcome = system.reconcile();
    assert_eq!(outcome.verdict, Verdict::KnifeEdge);
    assert_eq!(outcome.witness.unwrap().amounts, [dec("7.5"), dec("7.5")]);
}
