use proptest::prelude::*;

use super::*;

const DIVISORS: [Method; 5] = [Method::Webster, Method::Jefferson, Method::Adams, Method::HuntingtonHill, Method::Dean];

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn parts(units: i64, weights: &[i64], method: Method) -> Vec<i64> {
    let weights: Vec<Decimal> = weights.iter().map(|weight| (*weight).into()).collect();
    let parts = split(units.into(), &weights, 1.into(), method).unwrap();
    parts.into_iter().map(|part| part.in_steps(0).unwrap().try_into().unwrap()).collect()
}

/// Units given one at a time, by the textbook: the next to the largest weight over divisor, as fractions of small whole numbers
/// (for Huntington-Hill both squared), the earlier line first.
fn one_at_a_time(units: i64, weights: &[i64], method: Method) -> Vec<i64> {
    let mut parts = vec![0_i64; weights.len()];
    for _ in 0..units {
        let claim = |line: usize| {
            let (w, k) = (i128::from(weights[line]), i128::from(parts[line]));
            match method {
                Method::Webster => (2 * w, 2 * k + 1),
                Method::Adams => (w, k),
                Method::HuntingtonHill => (w * w, k * (k + 1)),
                Method::Dean => (w * (2 * k + 1), 2 * k * (k + 1)),
                _ => (w, k + 1),
            }
        };
        let mut best: Option<usize> = None;
        for line in (0..weights.len()).filter(|line| weights[*line] > 0) {
            let is_better = best.is_none_or(|best| {
                let ((a, b), (c, d)) = (claim(line), claim(best));
                if b == 0 && d == 0 { a > c } else { a * d > c * b }
            });
            best = if is_better { Some(line) } else { best };
        }
        parts[best.unwrap()] += 1;
    }
    parts
}

/// All ways to give so many units to so many lines.
fn ways(units: i64, lines: usize) -> Vec<Vec<i64>> {
    if lines == 1 {
        return vec![vec![units]];
    }
    let rest = |first| {
        ways(units - first, lines - 1).into_iter().map(move |mut way| {
            way.insert(0, first);
            way
        })
    };
    (0..=units).flat_map(rest).collect()
}

#[test]
fn a_line_can_lose_by_the_largest_remainder_when_the_amount_grows() {
    // Weights 6, 6, 2 of 14. 10 units: 4.29, 4.29, 1.43, the one left to the third. 11 units: 4.71, 4.71, 1.57, both left to the
    // first two: the third falls from 2 to 1 (the Alabama paradox).
    assert_eq!(parts(10, &[6, 6, 2], Method::LargestRemainder), [4, 4, 2]);
    assert_eq!(parts(11, &[6, 6, 2], Method::LargestRemainder), [5, 5, 1]);
}

#[test]
fn each_method_has_its_own_threshold() {
    // 10 units over 905, 95: exactly 9.05 and 0.95. The second's claim to a first unit is 95 over 1/2, 1, 0, 0, 0; the first's
    // to a tenth is 905 over 9.5 (Webster), 10 (Jefferson). 190 > 95.3; 95 > 90.5.
    for method in Method::ALL {
        assert_eq!(parts(10, &[905, 95], method), [9, 1], "{method:?}");
    }
    // 3 units over 77, 23: second's first unit 23/0.5 = 46 against 77/2.5 = 30.8 (Webster), 23 against 25.7 (Jefferson).
    assert_eq!(parts(3, &[77, 23], Method::Webster), [2, 1]);
    assert_eq!(parts(3, &[77, 23], Method::Jefferson), [3, 0]);
    // The fifth unit over 140, 60 after 3 and 1: Adams 140/3 = 46.7 against 60/1 = 60; Dean 140 * 7/24 = 40.8 against 60 * 3/4 = 45;
    // Huntington-Hill 140^2/12 = 1633 against 60^2/2 = 1800; Webster 140/3.5 = 40 against 60/1.5 = 40, a tie.
    for method in [Method::Adams, Method::Dean, Method::HuntingtonHill] {
        assert_eq!(parts(5, &[140, 60], method), [3, 2], "{method:?}");
    }
    assert_eq!(parts(5, &[140, 60], Method::Webster), [4, 1]);
    assert_eq!(parts(5, &[60, 140], Method::Webster), [2, 3]);
    // After 2 and 1 over 100, 58: Adams 100/2 = 50 against 58; Dean 100 * 5/12 = 41.7 against 43.5; Huntington-Hill 1666.7
    // against 1682. Over 100, 57.2: Dean 41.7 against 42.9, Huntington-Hill 1666.7 against 1635.9.
    assert_eq!(parts(4, &[1000, 580], Method::HuntingtonHill), [2, 2]);
    assert_eq!(parts(4, &[1000, 572], Method::HuntingtonHill), [3, 1]);
    assert_eq!(parts(4, &[1000, 572], Method::Dean), [2, 2]);
    assert_eq!(parts(4, &[1000, 552], Method::Dean), [3, 1]);
    assert_eq!(parts(4, &[1000, 552], Method::Adams), [2, 2]);
}

#[test]
fn ties_go_to_the_earlier_line() {
    for method in Method::ALL {
        assert_eq!(parts(4, &[7, 7, 7], method), [2, 1, 1], "{method:?}");
    }
}

#[test]
fn where_there_is_not_one_unit_for_each_the_heaviest_get_one() {
    for method in [Method::Adams, Method::HuntingtonHill, Method::Dean] {
        assert_eq!(parts(2, &[1, 0, 90, 5, 5], method), [0, 0, 1, 1, 0], "{method:?}");
    }
}

#[test]
fn an_amount_below_zero_is_split_as_its_mirror() {
    let parts = split(dec("-1.00"), &[1.into(), 2.into(), 0.into()], dec("0.01"), Method::LargestRemainder).unwrap();
    assert_eq!(parts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["-0.33", "-0.67", "0.00"]);
}

#[test]
fn what_cannot_be_split_is_refused_with_the_reason() {
    let refused = |amount: &str, weights: &[&str], unit: &str| {
        let weights: Vec<Decimal> = weights.iter().map(|weight| dec(weight)).collect();
        split(dec(amount), &weights, dec(unit), Method::Webster).unwrap_err().to_string()
    };
    assert_eq!(refused("10", &["1"], "0"), "cannot split into units of 0: a unit is more than nothing");
    assert!(refused("-10.5", &["1"], "1").starts_with("-10.5 is no whole number of units of 1: -0.5 would be left over"));
    assert_eq!(refused("10", &["1", "-0.5"], "1"), "line 2 has the weight -0.5: a weight cannot be below zero");
    assert_eq!(refused("10", &["0", "0.0"], "1"), "no line has a weight above zero: there is nothing to split by");
    assert_eq!(refused("10", &[], "1"), "no line has a weight above zero: there is nothing to split by");
    let far = ["79228162514264337593543950335", "0.0000000000000000000000000001"];
    assert_eq!(refused("10", &far, "1"), Unsplit::TooManyDigits.to_string());
}

#[test]
fn the_largest_numbers_that_can_be_held_are_split_exactly() {
    let most = dec("79228162514264337593543950335");
    let weights = [most, dec("79228162514264337593543950334"), dec("1")];
    for method in Method::ALL {
        let parts = split(most, &weights, 1.into(), method).unwrap();
        assert_eq!(Decimal::exact_sum(parts.iter().copied()), Some(most), "{method:?}");
        // The first has exactly half of all weight, and half of the amount is ...167.5.
        let half = dec("39614081257132168796771975167");
        assert!(parts[0] == half || parts[0] == half.exact_add(1.into()).unwrap(), "{method:?} {parts:?}");
    }
}

#[test]
fn the_shares_of_a_printed_budget_add_up_to_a_hundred() {
    // 3 of 7, 2 of 7, 2 of 7: 42.857, 28.571, 28.571. Rounded each alone 42.9 + 28.6 + 28.6 = 100.1.
    let printed = shares(&[dec("300.50"), dec("0"), dec("100.25"), dec("100.25")], dec("0.1")).unwrap();
    assert_eq!(printed, [dec("60.0"), dec("0.0"), dec("20.0"), dec("20.0")]);
    let printed = shares(&[3.into(), 2.into(), 2.into()], dec("0.1")).unwrap();
    assert_eq!(printed, [dec("42.8"), dec("28.6"), dec("28.6")]);
    assert!(matches!(shares(&[1.into()], dec("0.3")), Err(Unsplit::LeftOver { .. })));
}

#[test]
fn a_product_that_cannot_be_held_is_compared_digit_by_digit() {
    use std::cmp::Ordering;
    // (m-1)(m+1) = m^2 - 1.
    let m = u128::MAX - 1;
    assert_eq!(divisor::compare_products([m - 1, m + 1, m, m], [m, m, m, m]), Ordering::Less);
    assert_eq!(divisor::compare_products([m, m - 1, m, 7], [7, m, m - 1, m]), Ordering::Equal);
    assert_eq!(divisor::compare_products([1 << 127, 2, 1, 1], [u128::MAX, 1, 1, 1]), Ordering::Greater);
}

fn some_weights() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(prop_oneof![1 => Just(0_i64), 5 => 1..12_i64, 5 => 1..1000_i64], 1..6)
        .prop_filter("a weight above zero", |weights| weights.iter().any(|weight| *weight > 0))
}

proptest! {
    #[test]
    fn parts_always_add_up_and_no_weight_is_no_part(
        steps in -10_i64.pow(15)..10_i64.pow(15), decimals in 0_u32..4, weights in some_weights(), method in 0_usize..6,
    ) {
        let (amount, unit) = (Decimal::of_steps(steps.into(), decimals).unwrap(), Decimal::of_steps(1, decimals).unwrap());
        let of: Vec<Decimal> = weights.iter().map(|weight| (*weight).into()).collect();
        let parts = split(amount, &of, unit, Method::ALL[method]).unwrap();
        prop_assert_eq!(Decimal::exact_sum(parts.iter().copied()), Some(amount));
        prop_assert!(weights.iter().zip(&parts).all(|(weight, part)| *weight > 0 || part.is_zero()));
        let total: i64 = weights.iter().sum();
        if Method::ALL[method] == Method::LargestRemainder {
            for (weight, part) in weights.iter().zip(&parts) {
                let off = i128::from(*weight) * i128::from(steps) - part.in_steps(decimals).unwrap() * i128::from(total);
                prop_assert!(off.abs() < i128::from(total), "further than a unit from its exact part");
            }
        }
    }

    #[test]
    fn divisor_methods_give_what_giving_one_unit_at_a_time_gives(units in 0..40_i64, weights in some_weights()) {
        for method in DIVISORS {
            prop_assert_eq!(parts(units, &weights, method), one_at_a_time(units, &weights, method), "{:?}", method);
        }
    }

    #[test]
    fn no_part_shrinks_by_a_divisor_method_when_the_amount_grows(units in 0..10_i64.pow(9), weights in some_weights()) {
        for method in DIVISORS {
            let (before, after) = (parts(units, &weights, method), parts(units + 1, &weights, method));
            prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{:?}", method);
        }
    }

    #[test]
    fn the_largest_remainder_is_the_nearest_to_the_exact_parts(
        units in 0..7_i64, weights in proptest::collection::vec(1..9_i64, 1..5),
    ) {
        let total: i64 = weights.iter().sum();
        let miss = |parts: &[i64]| -> i64 { parts.iter().zip(&weights).map(|(a, w)| (a * total - w * units).abs()).sum() };
        let nearest = ways(units, weights.len()).iter().map(|way| miss(way)).min().unwrap();
        prop_assert_eq!(miss(&parts(units, &weights, Method::LargestRemainder)), nearest);
    }

    #[test]
    fn a_quota_is_the_same_whether_its_product_can_be_held_or_not(
        units in 0..=u128::from(u64::MAX), weight in 0..1_u128 << 60, more in 1..1_u128 << 60, scale in 0_u32..64,
    ) {
        // A quota does not change when weight and total grow alike; its remainder grows with them.
        let total = weight + more;
        let (whole, rest) = quota(units, weight, total);
        prop_assert_eq!(quota(units, weight << scale, total << scale), (whole, rest << scale));
    }
}
