use proptest::prelude::*;

use super::*;
use crate::crossfoot::{Figure, Rounding, Share, Sum, Verdict};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn printed(n: i64) -> Figure {
    Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap()
}

/// Rows whose last is the total of the others, each of figures whose last is the total of the others.
fn table(rows: &[Vec<i64>]) -> System {
    let (height, width) = (rows.len(), rows[0].len());
    let mut system = System::default();
    rows.iter().flatten().for_each(|n| {
        system.add(printed(*n));
    });
    for row in 0..height {
        system.sum(Sum::new(width * row + width - 1, (0..width - 1).map(|column| width * row + column)));
    }
    for column in 0..width {
        system.sum(Sum::new(width * (height - 1) + column, (0..height - 1).map(|row| width * row + column)));
    }
    system
}

fn numbers(system: &System) -> Vec<i64> {
    let number = |figure: &Figure| figure.number().unwrap().in_steps(0).unwrap().try_into().unwrap();
    system.figures().iter().map(number).collect()
}

fn changed(repair: &Repair) -> Vec<usize> {
    repair.changes.iter().map(|change| change.figure).collect()
}

/// The least total change by which all sums of small whole numbers hold, tried up to `most`; figures below zero not allowed where
/// `may` says so.
fn least(system: &System, most: i64) -> Option<i64> {
    fn holds(system: &System, numbers: &[i64]) -> bool {
        system.sums().iter().all(|sum| sum.terms().map(|(figure, sign)| numbers[figure] * i64::from(sign)).sum::<i64>() == 0)
    }
    fn reach(system: &System, numbers: &mut Vec<i64>, from: usize, left: i64) -> bool {
        if holds(system, numbers) {
            return true;
        }
        (from..numbers.len()).any(|figure| {
            let own = numbers[figure];
            let is_fixed = system.figures()[figure].is_fixed();
            let found = !is_fixed
                && (1..=left).flat_map(|by| [by, -by]).any(|by| {
                    numbers[figure] = own + by;
                    reach(system, numbers, figure + 1, left - by.abs())
                });
            numbers[figure] = own;
            found
        })
    }
    (0..=most).find(|left| reach(system, &mut numbers(system), 0, *left))
}

/// All sets of so many figures that leave the system possible when they are not printed.
fn sets(system: &System, size: usize) -> Vec<Vec<usize>> {
    let masks = (0..1_u32 << system.figures().len()).filter(|mask| mask.count_ones() as usize == size);
    let sets = masks.map(|mask| (0..system.figures().len()).filter(|figure| mask >> figure & 1 == 1).collect::<Vec<_>>());
    let is_possible = |set: &Vec<usize>| {
        let is_free = set.iter().all(|figure| !system.figures()[*figure].is_fixed());
        let open = system.map(|i, figure| if set.contains(&i) { Figure::unknown() } else { *figure });
        is_free && open.reconcile().verdict.is_possible()
    };
    let mut found: Vec<Vec<usize>> = sets.filter(is_possible).collect();
    found.sort();
    found
}

#[test]
fn a_table_that_adds_up_needs_no_change() {
    let system = table(&[vec![1, 2, 3], vec![4, 5, 9], vec![5, 7, 12]]);
    for how in [How::Least, How::Fewest] {
        let repairs = system.repair(how).unwrap();
        assert_eq!(repairs, Repairs { found: vec![Repair::default()], are_all: true });
    }
}

#[test]
fn one_wrong_cell_is_the_only_figure_that_mends_its_row_and_its_column() {
    // 50 printed for 5.
    let system = table(&[vec![1, 2, 3], vec![4, 50, 9], vec![5, 7, 12]]);
    let repairs = system.repair(How::Fewest).unwrap();
    let [repair] = repairs.found.as_slice() else { panic!("{repairs:?}") };
    assert!(repairs.are_all);
    let [change] = repair.changes.as_slice() else { panic!("{repair:?}") };
    // Of what its row and its column leave it, 4 to 6, the nearest to 50.
    assert_eq!((change.figure, change.number), (4, 6.into()));
    // Row: (8.5 - 4.5, 9.5 - 3.5]; column: less than 7.5 - 1.5, at least 6.5 - 2.5 but that is excluded.
    assert_eq!(change.amounts.unwrap().to_string(), "(4.0, 6.0)");
    let least = system.repair(How::Least).unwrap();
    assert_eq!((changed(&least.found[0]), least.found[0].changes[0].number), (vec![4], 5.into()));
}

#[test]
fn what_is_fixed_stays() {
    // The grand total is 2 too small: two totals or cells may be 1 too large, or it may be the one.
    let system = table(&[vec![1, 2, 3], vec![4, 5, 9], vec![5, 7, 10]]);
    let repair = &system.repair(How::Least).unwrap().found[0];
    assert_eq!((changed(repair), repair.changes[0].number), (vec![8], 12.into()));
    let fixed = system.map(|i, figure| if i == 8 { figure.fixed() } else { *figure });
    let repaired = fixed.repair(How::Least).unwrap().found[0].of(&fixed).unwrap();
    assert_eq!((repaired.figures()[8].number(), repaired.reconcile().verdict), (Some(10.into()), Verdict::Exact));
    let all = system.map(|_, figure| figure.fixed());
    assert_eq!(all.repair(How::Least), Err(Unrepaired::NoChange));
    assert_eq!(table(&[vec![1, 2], vec![5, 7]]).map(|_, figure| figure.fixed()).repair(How::Fewest), Err(Unrepaired::Fixed));
}

#[test]
fn figures_that_are_not_printed_take_up_what_they_can() {
    let mut system = System::default();
    let figures = [printed(10), Figure::unknown(), printed(30), printed(12)].map(|figure| system.add(figure));
    system.sum(Sum::new(figures[2], [figures[0], figures[1]]));
    system.sum(Sum::new(figures[3], [figures[1]]));
    // The one that is not printed is 20 by the first sum and 12 by the second.
    let repair = &system.repair(How::Least).unwrap().found[0];
    assert_eq!(repair.changes.len(), 1);
    let repairs = system.repair(How::Fewest).unwrap();
    assert_eq!(repairs.found.iter().map(changed).collect::<Vec<_>>(), [[0], [2], [3]]);
}

#[test]
fn figures_of_two_units_have_no_least_change() {
    let mut system = System::default();
    let thousands = Figure::printed(7000.into(), 1000.into(), Rounding::HalfUp).unwrap();
    let figures = [printed(5_100), printed(3_000), thousands].map(|figure| system.add(figure));
    system.sum(Sum::new(figures[2], [figures[0], figures[1]]));
    assert_eq!(system.repair(How::Least), Err(Unrepaired::Units { one: 1.into(), other: 1000.into() }));
    let fixed = system.clone().with(2, thousands.fixed());
    assert_eq!(fixed.repair(How::Least).unwrap().found[0].changes.len(), 1);
    // Fewest: the total stands for [6500, 7500), so that 8000 is the nearest; or a part shrinks by some 600.
    let numbers: Vec<Decimal> = system.repair(How::Fewest).unwrap().found.iter().map(|repair| repair.changes[0].number).collect();
    assert_eq!(numbers, [dec("4500"), dec("2400"), dec("8000")]);
}

#[test]
fn an_amount_below_zero_is_no_repair_where_there_can_be_none() {
    let mut system = System::default();
    let figures = [printed(5).nonnegative().unwrap(), printed(9), printed(2).fixed()].map(|figure| system.add(figure));
    system.sum(Sum::new(figures[2], [figures[0], figures[1]]));
    // The first would have to be -7; so only the second changes, to -3 or so.
    let repairs = system.repair(How::Fewest).unwrap();
    assert_eq!(repairs.found.iter().map(changed).collect::<Vec<_>>(), [[1]]);
    let repair = &system.repair(How::Least).unwrap().found[0];
    let repaired = repair.of(&system).unwrap();
    assert_eq!(repaired.reconcile().verdict, Verdict::Exact);
}

#[test]
fn a_total_of_printed_parts_leaves_one_number() {
    let mut system = System::default();
    let figures = [120, 235, 535].map(|n| system.add(printed(n)));
    system.sum(Sum::of_printed(figures[2], [figures[0], figures[1]]));
    let repairs = system.repair(How::Fewest).unwrap();
    let numbers: Vec<Decimal> = repairs.found.iter().map(|repair| repair.changes[0].number).collect();
    assert_eq!(numbers, [dec("300"), dec("415"), dec("355")]);
}

#[test]
fn a_wrong_share_gets_the_number_that_the_amounts_make() {
    let mut system = System::default();
    let share = Figure::printed(dec("52.0"), dec("0.1"), Rounding::HalfUp).unwrap();
    let figures = [printed(250_000).fixed(), printed(1_000_000).fixed(), share].map(|figure| system.add(figure));
    system.share(Share { share: figures[2], part: figures[0], whole: figures[1] });
    let repairs = system.repair(How::Fewest).unwrap();
    let [repair] = repairs.found.as_slice() else { panic!("{repairs:?}") };
    assert_eq!((repair.changes[0].figure, repair.changes[0].number), (figures[2], dec("25.0")));
}

#[test]
fn errors_in_two_places_are_both_mended() {
    // 50 for 5 in the first table, 90 for 9 in the second, side by side.
    let mut system = table(&[vec![1, 2, 3], vec![4, 50, 9], vec![5, 7, 12]]);
    let other = table(&[vec![90, 2, 11], vec![4, 5, 9], vec![13, 7, 20]]);
    let from = system.figures().len();
    other.figures().iter().for_each(|figure| {
        system.add(*figure);
    });
    for sum in other.sums() {
        system.sum(Sum::new(from + sum.total, sum.parts.iter().map(|part| from + part)));
    }
    let repairs = system.repair(How::Fewest).unwrap();
    assert_eq!(repairs.found.iter().map(changed).collect::<Vec<_>>(), [[4, 9]]);
}

fn some_table() -> impl Strategy<Value = System> {
    let exact = proptest::collection::vec(0..6_i64, 4);
    let slips = proptest::collection::vec((0..9_usize, -3..=3_i64), 0..4);
    let fixed = proptest::collection::vec(proptest::bool::weighted(0.2), 9);
    (exact, slips, fixed).prop_map(|(cells, slips, fixed)| {
        let [a, b, c, d] = cells.as_slice() else { panic!() };
        let mut rows = [*a, *b, a + b, *c, *d, c + d, a + c, b + d, a + b + c + d];
        slips.into_iter().for_each(|(figure, by)| rows[figure] += by);
        let system = table(&rows.chunks(3).map(<[i64]>::to_vec).collect::<Vec<_>>());
        system.map(|i, figure| if fixed[i] { figure.fixed() } else { *figure })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_repair_that_makes_all_sums_exact_changes_less(system in some_table()) {
        let Ok(repairs) = system.repair(How::Least) else {
            prop_assert_eq!(least(&system, 5), None);
            return Ok(());
        };
        let repaired = repairs.found[0].of(&system).unwrap();
        prop_assert_eq!(repaired.reconcile().verdict, Verdict::Exact);
        let cost: i64 = numbers(&repaired).iter().zip(numbers(&system)).map(|(new, old)| (new - old).abs()).sum();
        prop_assert!(repairs.found[0].changes.iter().all(|change| !system.figures()[change.figure].is_fixed()));
        prop_assert_eq!(least(&system, cost.min(5)), (cost <= 5).then_some(cost));
    }

    #[test]
    fn the_fewest_figures_are_all_the_sets_that_there_are(system in some_table()) {
        let repairs = match system.repair(How::Fewest) {
            Ok(repairs) => repairs,
            Err(refused) => {
                prop_assert!(matches!(refused, Unrepaired::Fixed | Unrepaired::TooMany(_)), "{:?}", refused);
                prop_assert!((0..=4).all(|size| sets(&system, size).is_empty()));
                return Ok(());
            }
        };
        let size = repairs.found[0].changes.len();
        prop_assert!((0..size).all(|size| sets(&system, size).is_empty()));
        prop_assert_eq!(repairs.found.iter().map(changed).collect::<Vec<_>>(), sets(&system, size));
        for repair in &repairs.found {
            prop_assert!(repair.of(&system).unwrap().reconcile().verdict.is_possible());
        }
    }
}
