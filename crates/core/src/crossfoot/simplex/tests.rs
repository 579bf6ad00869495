//! The exact simplex by hand-worked examples, by what must hold of all its answers, and beside the networks.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::number::{Fraction, Long};
use super::problem::Problem;
use super::{extreme, solve, solve_with};
use crate::crossfoot::decide::End;
use crate::crossfoot::network::Network;
use crate::crossfoot::scaled::{Bound, Question, Scaled};
use crate::crossfoot::solver::{Answer, Proof, Reason, Side};
use crate::crossfoot::system::{Share, Sum, System};
use crate::crossfoot::{Figure, Rounding};
use crate::decimal::Decimal;

/// A system with the question about it: all its sums and shares, some figures free.
#[derive(Debug)]
struct Asked {
    system: System,
    free: Vec<usize>,
    is_strict: bool,
}

impl Asked {
    fn all(system: &System) -> Self {
        Self { system: system.clone(), free: Vec::new(), is_strict: false }
    }

    fn strictly(system: &System) -> Self {
        Self { is_strict: true, ..Self::all(system) }
    }

    fn without(system: &System, free: usize) -> Self {
        Self { free: vec![free], ..Self::all(system) }
    }

    fn put<T>(&self, to: impl FnOnce(&Question<'_>) -> T) -> T {
        let scaled = Scaled::of(&self.system).unwrap();
        let sums: Vec<usize> = (0..self.system.sums().len()).collect();
        let shares: Vec<usize> = (0..self.system.shares().len()).collect();
        let (free, is_strict) = (&self.free, self.is_strict);
        to(&Question { scaled: &scaled, sums: &sums, shares: &shares, free, is_strict })
    }

    /// The answer, which has been tried on the limits, sums and shares.
    fn answer(&self) -> Result<Answer, Reason> {
        self.put(|question| {
            let answer = solve(question)?;
            match &answer {
                Answer::Possible { amounts, decimals } => {
                    assert!(is_answer(question, amounts, *decimals), "{self:?}: {answer:?}");
                }
                Answer::Impossible(proof) => assert!(proves(question, proof), "{self:?}: {answer:?}"),
            }
            Ok(answer)
        })
    }

    fn is_possible(&self) -> bool {
        matches!(self.answer().unwrap(), Answer::Possible { .. })
    }

    fn amounts(&self) -> Vec<Decimal> {
        let Answer::Possible { amounts, decimals } = self.answer().unwrap() else { panic!("{self:?} is impossible") };
        amounts.into_iter().map(|amount| Decimal::of_steps(amount, decimals).unwrap()).collect()
    }

    fn proof(&self) -> Proof {
        let Answer::Impossible(proof) = self.answer().unwrap() else { panic!("{self:?} is possible") };
        proof
    }
}

/// Whether amounts are within all limits and obey all sums and shares, in whole numbers.
fn is_answer(question: &Question<'_>, amounts: &[i128], decimals: u32) -> bool {
    let finest = decimals.max(question.scaled.decimals);
    let raised = |value: i128, decimals: u32| value * 10_i128.pow(finest - decimals);
    let within = |figure: usize, amount: i128| {
        let (limits, amount) = (question.limits(figure), Bound { value: amount, shift: 0 });
        let end = |bound: Bound| Bound { value: raised(bound.value, question.scaled.decimals), ..bound };
        limits.low.is_none_or(|low| end(low) <= amount) && limits.high.is_none_or(|high| amount <= end(high))
    };
    let amounts: Vec<i128> = amounts.iter().map(|amount| raised(*amount, decimals)).collect();
    let sum = |sum: &Sum| sum.terms().map(|(figure, sign)| amounts[figure] * i128::from(sign)).sum::<i128>();
    let holds = |share: &Share| {
        let limits = question.limits(share.share);
        let part = 100 * amounts[share.part] * 10_i128.pow(question.scaled.decimals);
        let times = |end: Bound| Bound { value: end.value * amounts[share.whole], ..end };
        let part = Bound { value: part, shift: 0 };
        let is_free = limits.low.is_none() && limits.high.is_none();
        is_free
            || amounts[share.whole] > 0
                && limits.low.is_none_or(|low| times(low) <= part)
                && limits.high.is_none_or(|high| part <= times(high))
    };
    amounts.len() == question.scaled.system.figures().len()
        && amounts.iter().enumerate().all(|(figure, amount)| within(figure, *amount))
        && question.scaled.system.sums().iter().all(|one| sum(one) == 0)
        && question.scaled.system.shares().iter().all(holds)
}

/// How often each figure counts in what a proof adds up to, and whether an end of a share that is excluded is in it.
fn counts(question: &Question<'_>, proof: &Proof) -> (BTreeMap<usize, i128>, bool) {
    let (mut counts, mut is_open) = (BTreeMap::new(), false);
    for (sum, weight) in &proof.sums {
        assert_ne!(*weight, 0);
        for (figure, sign) in question.scaled.system.sums()[*sum].terms() {
            *counts.entry(figure).or_default() += weight * i128::from(sign);
        }
    }
    for (share, side, weight) in &proof.shares {
        assert!(*weight > 0);
        let share = question.scaled.system.shares()[*share];
        let limits = question.limits(share.share);
        let (end, sign) = if *side == Side::Least { (limits.low, 1) } else { (limits.high, -1) };
        let end = end.unwrap();
        is_open |= end.shift != 0;
        *counts.entry(share.part).or_default() += weight * sign * 100 * 10_i128.pow(question.scaled.decimals);
        *counts.entry(share.whole).or_default() -= weight * sign * end.value;
    }
    counts.retain(|_, count| *count != 0);
    (counts, is_open)
}

/// Whether what a proof adds up to is below zero at its most, by interval arithmetic.
fn proves(question: &Question<'_>, proof: &Proof) -> bool {
    let (counts, mut is_open) = counts(question, proof);
    let mut most = 0;
    for (figure, count) in counts {
        let limits = question.limits(figure);
        let Some(end) = (if count > 0 { limits.high } else { limits.low }) else { return false };
        is_open |= end.shift != 0;
        most += count * end.value;
    }
    most < 0 || (most == 0 && is_open)
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn printed(system: &mut System, number: &str, rounding: Rounding) -> usize {
    let number = dec(number);
    let unit = Decimal::of_steps(1, number.decimals()).unwrap();
    system.add(Figure::printed(number, unit, rounding).unwrap())
}

fn exact(system: &mut System, number: &str) -> usize {
    system.add(Figure::exact(dec(number)))
}

/// Rows of cells with their totals, and a last row of totals.
fn table(rows: &[[i64; 3]], rounding: Rounding) -> System {
    let mut system = System::default();
    let at: Vec<Vec<usize>> =
        rows.iter().map(|row| row.iter().map(|number| printed(&mut system, &number.to_string(), rounding)).collect()).collect();
    for row in &at {
        system.sum(Sum::new(row[2], [row[0], row[1]]));
    }
    for column in 0..3 {
        let (total, cells) = at.split_last().unwrap();
        system.sum(Sum::new(total[column], cells.iter().map(|row| row[column])));
    }
    system
}

/// A part, a whole of 3 and the share of the one in the other.
fn share(part: &str, of: Rounding, percent: &str, rule: Rounding) -> System {
    let mut system = System::default();
    let (part, whole) = (printed(&mut system, part, of), printed(&mut system, "3", of));
    let share = printed(&mut system, percent, rule);
    system.share(Share { share, part, whole });
    system
}

fn ends(asked: &Asked, figure: usize) -> (Option<End>, Option<End>) {
    asked.put(|question| extreme(question, figure)).unwrap().expect("an answer")
}

#[test]
fn a_table_whose_every_sum_holds_alone_is_impossible_with_the_proof_worked_out_by_hand() {
    let rows = [[120, 235, 354], [310, 145, 456], [431, 381, 811]];
    let asked = Asked::all(&table(&rows, Rounding::Nearest));
    // The two columns come to 430.5 + 380.5 = 811 at least; but they are row B's cells and row A's total: 310.5 + 145.5 + 354.5
    // = 810.5 at most.
    let (counts, _) = asked.put(|question| counts(question, &asked.proof()));
    let [a_total, b_one, b_two, one, two] = [2, 3, 4, 6, 7];
    assert_eq!(counts, BTreeMap::from([(a_total, 1), (b_one, 1), (b_two, 1), (one, -1), (two, -1)]));
}

#[test]
fn the_same_table_with_another_total_is_possible() {
    // With row A's total 355 all sums but the grand total's hold at face value, and these miss by 1: 355 + 456 = 811.
    assert!(Asked::all(&table(&[[120, 235, 355], [310, 145, 456], [431, 381, 811]], Rounding::Nearest)).is_possible());
}

#[test]
fn figures_that_touch_one_by_one_are_apart_as_a_chain() {
    let chain = |numbers: &[&str], rounding| {
        let mut system = System::default();
        let at: Vec<usize> = numbers.iter().map(|number| printed(&mut system, number, rounding)).collect();
        at.windows(2).for_each(|pair| {
            system.sum(Sum::new(pair[1], [pair[0]]));
        });
        system
    };
    assert_eq!(Asked::all(&chain(&["7", "8"], Rounding::Nearest)).amounts(), [dec("7.5"), dec("7.5")]);
    assert!(!Asked::strictly(&chain(&["7", "8"], Rounding::Nearest)).is_possible());
    assert!(!Asked::all(&chain(&["7", "8"], Rounding::HalfUp)).is_possible()); // 7.5 is printed 8
    let proof = Asked::all(&chain(&["7", "8", "9"], Rounding::Nearest)).proof();
    assert_eq!(proof.sums.iter().map(|(sum, weight)| (*sum, weight.abs())).collect::<Vec<_>>(), [(0, 1), (1, 1)]);
}

#[test]
fn lines_less_are_taken_off() {
    let mut system = System::default();
    let [gross, fee, net] = ["100", "30", "72"].map(|number| printed(&mut system, number, Rounding::HalfUp));
    system.sum(Sum::new(net, [gross]).less([fee]));
    // Gross less fee is below 100.5 - 29.5 = 71, net is 71.5 or more.
    assert_eq!(Asked::all(&system).proof().sums, [(0, 1)]);
    // Free, net is above 99.5 - 30.5 and below 71.
    assert_eq!(ends(&Asked::without(&system, net), net), (Some((690, 1, 1)), Some((710, 1, -1))));
}

#[test]
fn a_figure_that_stands_twice_counts_twice() {
    let mut system = System::default();
    let (half, total) = (printed(&mut system, "5", Rounding::HalfUp), exact(&mut system, "9"));
    system.sum(Sum::new(total, [half, half]));
    assert_eq!(Asked::all(&system).amounts(), [dec("4.5"), dec("9")]);
    assert_eq!(ends(&Asked::without(&system, half), half), (Some((45, 1, 0)), Some((45, 1, 0))));
}

#[test]
fn a_third_is_no_decimal() {
    let mut system = System::default();
    let (third, total) = (printed(&mut system, "3", Rounding::HalfUp), exact(&mut system, "10"));
    system.sum(Sum::new(total, [third, third, third]));
    assert_eq!(Asked::all(&system).answer().unwrap_err(), Reason::NoDecimal);
    assert_eq!(Asked::without(&system, third).put(|question| extreme(question, third)), Err(Reason::NoDecimal));
}

#[test]
fn thirds_are_avoided_where_something_can_be_chosen() {
    let mut system = System::default();
    let (third, total) = (printed(&mut system, "3", Rounding::HalfUp), printed(&mut system, "10", Rounding::HalfUp));
    let other = printed(&mut system, "1", Rounding::HalfUp);
    system.sum(Sum::new(total, [third, third, third, other]));
    assert!(Asked::all(&system).is_possible());
    assert!(Asked::strictly(&system).is_possible());
}

#[test]
fn a_table_of_hierarchies_on_both_sides_that_no_whole_numbers_fill_is_filled_by_halves() {
    // Five cells in an odd cycle: each of five sums of 1 has just two of them, so that each is a half.
    let mut system = System::default();
    let cells: Vec<usize> = (0..5).map(|_| system.add(Figure::unknown())).collect();
    for i in 0..5 {
        let one = exact(&mut system, "1");
        system.sum(Sum::new(one, [cells[i], cells[(i + 1) % 5]]));
    }
    assert_eq!(Asked::all(&system).amounts()[..5], [dec("0.5"); 5]);
    assert_eq!(ends(&Asked::all(&system), cells[0]), (Some((5, 1, 0)), Some((5, 1, 0))));
    // Together they are 2.5.
    let [total, short] = ["2.5", "2"].map(|number| exact(&mut system, number));
    system.sum(Sum::new(total, cells.clone()));
    assert!(Asked::all(&system).is_possible());
    system.sum(Sum::new(short, cells));
    assert!(!Asked::all(&system).is_possible());
}

#[test]
fn a_share_is_what_its_part_and_its_whole_can_make() {
    // The part is in [0.5, 1.5), the whole in [2.5, 3.5): the share is above 14.28… and below 60.
    let is_possible = |percent: &str| Asked::all(&share("1", Rounding::HalfUp, percent, Rounding::HalfUp)).is_possible();
    assert!(is_possible("14") && is_possible("14.3") && is_possible("60") && is_possible("60.0"));
    assert!(!is_possible("13") && !is_possible("14.2") && !is_possible("61"));
}

#[test]
fn a_share_at_the_very_end_is_possible_only_where_the_ends_are_included() {
    // 60 % is 1.5 of 2.5 and nothing else.
    let at_end = share("1", Rounding::Nearest, "60", Rounding::Exact);
    assert_eq!(Asked::all(&at_end).amounts()[..2], [dec("1.5"), dec("2.5")]);
    assert!(!Asked::strictly(&at_end).is_possible());
    let proof = Asked::all(&share("1", Rounding::HalfUp, "60", Rounding::Exact)).proof();
    assert_eq!(proof, Proof { sums: Vec::new(), shares: vec![(0, Side::Least, 1)] });
    // Rounded down, 60 % is 60 or more: the same; rounded up it is above 59.
    assert!(!Asked::all(&share("1", Rounding::HalfUp, "60", Rounding::Floor)).is_possible());
    assert!(Asked::all(&share("1", Rounding::HalfUp, "60", Rounding::Ceiling)).is_possible());
    // An excluded end of the share itself: [59, 60) with 1.5 of 2.5 at the most, and (60, 61].
    assert!(Asked::all(&share("1", Rounding::Nearest, "59", Rounding::Floor)).is_possible());
    assert!(!Asked::all(&share("1", Rounding::Nearest, "61", Rounding::Ceiling)).is_possible());
}

#[test]
fn the_range_of_a_part_is_its_share_of_the_whole() {
    let mut system = System::default();
    let (part, whole) = (printed(&mut system, "1", Rounding::HalfUp), exact(&mut system, "7"));
    let percent = printed(&mut system, "14", Rounding::HalfUp);
    system.share(Share { share: percent, part, whole });
    // [13.5, 14.5) per cent of 7: from 0.945 to less than 1.015.
    assert_eq!(ends(&Asked::without(&system, part), part), (Some((945, 3, 0)), Some((1015, 3, -1))));
    assert_eq!(ends(&Asked::without(&system, percent), part), (Some((5, 1, 0)), Some((15, 1, -1))));
}

#[test]
fn the_range_of_a_whole_of_which_only_its_shares_are_known_is_more_than_nothing() {
    let mut system = System::default();
    let (part, whole) = (printed(&mut system, "1", Rounding::HalfUp), exact(&mut system, "7"));
    let percent = exact(&mut system, "10");
    system.share(Share { share: percent, part, whole });
    // Ten times [0.5, 1.5).
    assert_eq!(ends(&Asked::without(&system, whole), whole), (Some((50, 1, 0)), Some((150, 1, -1))));
    // Of a share of nothing the whole can be anything: but it is more than nothing.
    let nothing = system.with(part, Figure::exact(Decimal::ZERO)).with(percent, Figure::exact(Decimal::ZERO));
    assert_eq!(ends(&Asked::without(&nothing, whole), whole), (Some((0, 0, 1)), None));
    let most = nothing.with(percent, Figure::exact(1.into()));
    // One per cent of more than nothing is more than nothing; but that is no proof, since the whole has no end of its own.
    assert_eq!(Asked::without(&most, whole).answer().unwrap_err(), Reason::NoWhole { share: 0 });
    assert_eq!(Asked::without(&most, whole).put(|question| extreme(question, whole)), Ok(None));
}

#[test]
fn a_whole_that_may_be_nothing_has_no_shares() {
    let mut system = System::default();
    let (part, whole) = (printed(&mut system, "1", Rounding::HalfUp), printed(&mut system, "0", Rounding::HalfUp));
    let percent = printed(&mut system, "50", Rounding::HalfUp);
    system.share(Share { share: percent, part, whole });
    assert_eq!(Asked::all(&system).answer().unwrap_err(), Reason::NoWhole { share: 0 });
    assert!(Asked::without(&system, percent).is_possible());
}

#[test]
fn what_nothing_limits_has_no_ends_and_what_has_no_answer_no_range() {
    let mut system = System::default();
    let (part, rest, total) =
        (printed(&mut system, "1", Rounding::HalfUp), system.add(Figure::unknown()), system.add(Figure::unknown()));
    system.sum(Sum::new(total, [part, rest]));
    assert_eq!(ends(&Asked::all(&system), total), (None, None));
    assert_eq!(ends(&Asked::all(&system), part), (Some((5, 1, 0)), Some((15, 1, -1))));
    let two = exact(&mut system, "2");
    system.sum(Sum::new(two, [part]));
    assert_eq!(Asked::all(&system).put(|question| extreme(question, total)), Ok(None));
}

#[test]
fn a_figure_in_no_sum_keeps_within_its_limits() {
    let mut system = System::default();
    printed(&mut system, "5", Rounding::Truncate); // [5, 6), or (5, 6) where no end is meant
    assert_eq!(Asked::all(&system).amounts(), [dec("5")]);
    assert!(Asked::strictly(&system).is_possible());
}

#[test]
fn amounts_of_seventeen_digits_with_shares_are_decided() {
    let mut system = System::default();
    let [one, two] =
        ["43521234567890123.45", "15304321098765432.11"].map(|number| printed(&mut system, number, Rounding::HalfUp));
    let total = printed(&mut system, "58825555666655555.56", Rounding::HalfUp);
    system.sum(Sum::new(total, [one, two]));
    for (part, percent) in [(one, "73.98"), (two, "26.02")] {
        let share = printed(&mut system, percent, Rounding::HalfUp);
        system.share(Share { share, part, whole: total });
    }
    let answer = Asked::all(&system).put(solve);
    assert!(matches!(answer, Ok(Answer::Possible { .. })), "{answer:?}");
}

/// What is drawn for a system: amounts of cells in hundredths, sums as choices of earlier figures, shares as pairs, a rule, and
/// by how much some figures are printed wrong.
#[derive(Clone, Debug)]
struct Drawn {
    cells: Vec<i64>,
    sums: Vec<Vec<(prop::sample::Index, bool)>>,
    shares: Vec<(prop::sample::Index, prop::sample::Index)>,
    rule: Rounding,
    changes: Vec<(prop::sample::Index, i64)>,
}

fn drawn(most_shares: usize) -> impl Strategy<Value = Drawn> {
    use prop::collection::vec;
    let index = any::<prop::sample::Index>;
    let rule =
        prop::sample::select(vec![Rounding::HalfUp, Rounding::Nearest, Rounding::Floor, Rounding::HalfEven, Rounding::Ceiling]);
    let sums = vec(vec((index(), prop::bool::weighted(0.2)), 1..5), 1..8);
    let parts = (vec(1_i64..2000, 2..8), sums, vec((index(), index()), 0..=most_shares), rule, vec((index(), -3_i64..4), 0..4));
    parts.prop_map(|(cells, sums, shares, rule, changes)| Drawn { cells, sums, shares, rule, changes })
}

/// What a fraction is when it is rounded to a whole number.
fn rounded(upper: i64, lower: i64, rule: Rounding) -> i64 {
    let (below, twice) = (upper.div_euclid(lower), 2 * upper.rem_euclid(lower));
    let is_up = match rule {
        Rounding::HalfEven => twice > lower || (twice == lower && below % 2 != 0),
        Rounding::Floor => false,
        Rounding::Ceiling => twice > 0,
        _ => twice >= lower,
    };
    below + i64::from(is_up)
}

impl Drawn {
    /// The system as it is printed from the exact amounts, which are in hundredths; printed are tenths of amounts of shares and
    /// whole amounts of the others. `scale` is the printed unit.
    fn system(&self, scale: Decimal, with_changes: bool) -> System {
        let mut amounts = self.cells.clone();
        let mut terms = Vec::new();
        for sum in &self.sums {
            let chosen: Vec<(usize, bool)> = sum.iter().map(|(index, is_less)| (index.index(amounts.len()), *is_less)).collect();
            amounts.push(chosen.iter().map(|(at, is_less)| if *is_less { -amounts[*at] } else { amounts[*at] }).sum());
            terms.push(chosen);
        }
        let mut numbers: Vec<i64> = amounts.iter().map(|amount| rounded(*amount, 100, self.rule)).collect();
        for (index, by) in self.changes.iter().filter(|_| with_changes) {
            let at = index.index(numbers.len());
            numbers[at] += by;
        }
        let mut system = System::default();
        for number in numbers {
            let number = Decimal::from(number).exact_mul(scale).unwrap();
            system.add(Figure::printed(number, scale, self.rule).unwrap());
        }
        for (i, sum) in terms.iter().enumerate() {
            let of = |is_less: bool| sum.iter().filter(move |one| one.1 == is_less).map(|one| one.0);
            system.sum(Sum::new(self.cells.len() + i, of(false)).less(of(true)));
        }
        for (part, whole) in &self.shares {
            let (part, whole) = (part.index(amounts.len()), whole.index(amounts.len()));
            let is_more = system.figures()[whole].amounts().low.is_some_and(|low| low.value > Decimal::ZERO);
            if is_more && amounts[whole] > 0 {
                let tenths = rounded(amounts[part] * 1000, amounts[whole], self.rule);
                let number = Decimal::of_steps(tenths.into(), 1).unwrap();
                let share = system.add(Figure::printed(number, dec("0.1"), self.rule).unwrap());
                system.share(Share { share, part, whole });
            }
        }
        system
    }
}

#[test]
fn figures_that_follow_in_thirds_are_not_the_ones_that_are_chosen() {
    // x in (17, 18], y in (15, 16]; 2x - y is 19 and no other, as it is printed in both signs; x + y in (32, 33].
    let mut system = System::default();
    let mut up = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::Ceiling).unwrap());
    let [x, y, twice, less, both] = [18, 16, 19, -19, 33].map(&mut up);
    system.sum(Sum::new(twice, [x, x]).less([y]));
    system.sum(Sum::new(less, []).less([twice]));
    system.sum(Sum::new(both, [x, y]));
    let answer = Asked::all(&system).answer();
    assert!(matches!(answer, Ok(Answer::Possible { .. })), "{answer:?}");
}

proptest! {
    #[test]
    fn what_was_rounded_from_exact_amounts_is_never_impossible(drawn in drawn(4)) {
        let answer = Asked::all(&drawn.system(1.into(), false)).answer();
        prop_assert!(matches!(answer, Ok(Answer::Possible { .. })), "{:?}", answer);
    }

    #[test]
    fn every_answer_is_proved_and_the_same_in_long_numbers(drawn in drawn(4), is_strict: bool) {
        let asked = Asked { is_strict, ..Asked::all(&drawn.system(1.into(), true)) };
        let answer = asked.answer();
        prop_assert!(answer.is_ok() || answer.as_ref().is_err_and(|reason| *reason == Reason::NoDecimal), "{:?}", answer);
        let runs = asked.put(|question| {
            let problem = Problem::of(question).unwrap();
            (format!("{:?}", solve_with::<Fraction>(&problem)), format!("{:?}", solve_with::<Long>(&problem)))
        });
        prop_assert_eq!(&runs.0, &runs.1);
    }

    #[test]
    fn systems_printed_in_larger_units_are_as_possible(drawn in drawn(3), tens in 1_u32..6) {
        let verdict = |scale: i64| match Asked::all(&drawn.system(scale.into(), true)).answer() {
            Ok(Answer::Possible { .. }) | Err(Reason::NoDecimal) => true,
            Ok(Answer::Impossible(_)) => false,
            Err(reason) => panic!("{reason}"),
        };
        prop_assert_eq!(verdict(1), verdict(10_i64.pow(tens)));
    }

    #[test]
    fn the_ends_of_a_range_are_possible_just_where_they_are_included(drawn in drawn(3), index: prop::sample::Index) {
        let system = drawn.system(1.into(), true);
        let figure = index.index(drawn.cells.len() + drawn.sums.len());
        let asked = Asked::without(&system, figure);
        let Ok(Some((low, high))) = asked.put(|question| extreme(question, figure)) else { return Ok(()) };
        for (end, outwards) in [(low, -1), (high, 1)] {
            let Some((value, decimals, shift)) = end.filter(|(_, decimals, _)| *decimals < 9) else { continue };
            let at = |value: i128, decimals: u32| {
                let number = Decimal::of_steps(value, decimals).unwrap();
                !matches!(Asked::all(&system.clone().with(figure, Figure::exact(number))).answer(), Ok(Answer::Impossible(_)) | Err(Reason::NoWhole { .. }))
            };
            prop_assert_eq!(at(value, decimals), shift == 0);
            prop_assert!(!at(value * 1000 + outwards, decimals + 3));
        }
    }

    #[test]
    fn networks_say_the_same(drawn in drawn(0), index: prop::sample::Index, is_strict: bool) {
        let system = drawn.system(1.into(), true);
        let figure = index.index(system.figures().len());
        let asked = Asked { is_strict, ..Asked::without(&system, figure) };
        asked.put(|question| {
            let Some(network) = Network::of(question) else { return Ok(()) };
            let is_possible = |answer: Answer| matches!(answer, Answer::Possible { .. });
            prop_assert_eq!(is_possible(network.solve(question).unwrap()), is_possible(solve(question).unwrap()));
            let theirs = network.extremes(question, figure).unwrap();
            let steps = |end: Option<Bound>| end.map(|end| (end.value, question.scaled.decimals, end.shift));
            let theirs = theirs.map(|found| (steps(found.low), steps(found.high)));
            prop_assert_eq!(theirs, extreme(question, figure).unwrap());
            Ok(())
        })?;
    }
}
