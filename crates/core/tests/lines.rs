//! Budget lines: what they come to, held against whole-number arithmetic that the library does not use.

use logframe::crossfoot::Rounding;
use logframe::{
    Base, Date, Decimal, Draft, Head, Header, Id, Line, Lines, Office, Period, Plan, Rate, Remainder, Rounded, Spread, Step,
    Unbuilt,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::plans::{proposal, read, source};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn base() -> Draft {
    let mut draft = Draft { header: Header::new("demo", "A demonstration", "USD"), ..Draft::default() };
    draft.heads = ["1", "2", "3", "4"].map(|id| Head::new(id, id)).to_vec();
    draft.offices = vec![Office::new("brazil", "Brazil"), Office::new("peru", "Peru")];
    draft
}

fn amount(office: &str, result: &str, amount: Decimal) -> Line {
    let mut line = Line::new(office, result, "a line");
    line.amount = Some(amount.into());
    line
}

fn percentage(office: &str, result: &str, percent: &str, of: Base) -> Line {
    let mut line = Line::new(office, result, "a percentage");
    (line.percent, line.of) = (Some(decimal(percent).into()), Some(of));
    line
}

fn ids(ids: &[&str]) -> Vec<logframe::Spanned<Id>> {
    ids.iter().map(|id| id.parse::<Id>().unwrap().into()).collect()
}

fn of_results(results: &[&str]) -> Base {
    let mut base = Base::default();
    base.results = Some(ids(results));
    base
}

fn of_lines(lines: &[&str]) -> Base {
    let mut base = Base::default();
    base.lines = Some(ids(lines));
    base
}

fn amounts(plan: &Plan) -> Vec<Option<String>> {
    plan.built_lines().iter().map(|line| line.amount.ok().map(|amount| amount.normalized().to_string())).collect()
}

/// The row of the real plan: figures of 321,000, 321,000, 2,354,000 and 428,000 with 7 % in each.
#[test]
fn brazil_is_300_300_2200_and_400_thousand_with_7_per_cent_on_top() {
    let mut draft = base();
    for (head, thousands) in [("1", 300), ("2", 300), ("3", 2_200), ("4", 400)] {
        draft.lines.push(amount("brazil", head, (thousands * 1000).into()));
        draft.lines.push(percentage("brazil", head, "7", of_results(&[head])));
    }
    let plan = Plan::new(draft);
    assert_eq!(plan.total().unwrap().to_string(), "USD 3,424,000");
    assert_eq!(plan.total().unwrap().amount, 3_424_000.into());
    let cells: Vec<i64> = vec![321_000, 321_000, 2_354_000, 428_000];
    assert!(plan.allocations.iter().map(|cell| cell.cell.amount().unwrap()).eq(cells.into_iter().map(Decimal::from)));
    assert!(plan.allocations.iter().all(|cell| cell.is_built));
}

#[test]
fn percentages_of_percentages_are_worked_out_in_any_order_and_circles_are_not() {
    let named = |id: &str, mut line: Line| {
        line.id = Some(id.parse::<Id>().unwrap().into());
        line
    };
    let mut draft = base();
    draft.lines = vec![
        named("third", percentage("peru", "1", "50", of_lines(&["second", "plain"]))),
        named("second", percentage("peru", "1", "10", of_lines(&["first"]))),
        named("first", percentage("peru", "1", "20", of_lines(&["plain"]))),
        named("plain", amount("peru", "1", 1000.into())),
    ];
    let plan = Plan::new(draft.clone());
    assert_eq!(amounts(&plan), ["510", "20", "200", "1000"].map(|text| Some(text.to_owned())));

    draft.lines[2].of = Some(of_lines(&["third", "plain"]));
    let plan = Plan::new(draft);
    assert!(plan.built_lines()[..3].iter().all(|line| line.amount == Err(Unbuilt::Cycle)));
    assert!(plan.allocations.is_empty(), "a sum of which a part is not known is no sum");
}

#[test]
fn a_plain_line_that_is_named_and_selected_counts_once() {
    let mut draft = base();
    let mut plain = amount("peru", "1", 100.into());
    plain.id = Some("plain".parse::<Id>().unwrap().into());
    let mut both = of_results(&["1"]);
    both.lines = Some(ids(&["plain", "plain"]));
    draft.lines = vec![plain, amount("brazil", "1", 900.into()), percentage("peru", "1", "10", both)];
    assert_eq!(amounts(&Plan::new(draft))[2].as_deref(), Some("10"));
}

#[test]
fn what_is_given_stays_and_the_rest_is_built_up() {
    let mut draft = base();
    draft.allocations = vec![logframe::Allocation::new("peru", "1", 1000.into())];
    draft.lines = vec![amount("peru", "1", 990.into()), amount("brazil", "2", 5.into())];
    let plan = Plan::new(draft);
    let cells: Vec<_> =
        plan.allocations.iter().map(|cell| (cell.office.to_string(), cell.cell.amount().unwrap(), cell.is_built)).collect();
    assert_eq!(cells, [("peru".to_owned(), 1000.into(), false), ("brazil".to_owned(), 5.into(), true)]);
    assert_eq!(plan.check().findings[0].rule, "lines-total");
    assert_eq!(Plan::new(plan.draft()), plan, "freezing what was frozen changes nothing");
}

#[test]
fn rates_convert_straight_backwards_and_by_way_of_a_third_currency() {
    let day: Date = "2026-01-01".parse().unwrap();
    let rated = |rate: Rate, of: &str, plan: &str| {
        let mut draft = base();
        draft.header = Header::new("demo", "A demonstration", plan);
        draft.header.lines.unit = Some(decimal("0.01").into());
        draft.rates = vec![rate];
        let mut line = amount("peru", "1", 1000.into());
        line.currency = Some(of.to_owned().into());
        draft.lines = vec![line];
        draft
    };
    assert_eq!(amounts(&Plan::new(rated(Rate::new("PEN", decimal("3.72"), day), "PEN", "USD"))), [Some("268.82".to_owned())]);
    let mut back = Rate::new("USD", decimal("0.25"), day);
    back.per = Some("PEN".to_owned().into());
    assert_eq!(amounts(&Plan::new(rated(back, "PEN", "USD"))), [Some("250".to_owned())]);
    let third = |currency: &str, rate: &str| {
        let mut rate = Rate::new(currency, decimal(rate), day);
        rate.per = Some("USD".to_owned().into());
        rate
    };
    let mut draft = rated(third("PEN", "3.72"), "PEN", "EUR");
    draft.rates.push(third("EUR", "0.93"));
    assert_eq!(amounts(&Plan::new(draft)), [Some("250".to_owned())]);
}

#[test]
fn the_newest_rate_before_a_line_counts() {
    let mut draft = base();
    let rate = |rate: &str, day: &str| Rate::new("PEN", decimal(rate), day.parse().unwrap());
    draft.rates = vec![rate("5", "2027-01-01"), rate("4", "2026-01-01")];
    let line = |period: Option<&str>| {
        let mut line = amount("peru", "1", 100.into());
        line.currency = Some("PEN".to_owned().into());
        line.period = period.map(|period| period.parse::<Period>().unwrap().into());
        line
    };
    draft.lines = vec![line(Some("2026-Q3")), line(Some("2027-01")), line(Some("2025")), line(None)];
    let plan = Plan::new(draft);
    let found: Vec<_> = plan.built_lines().iter().map(|line| line.amount).collect();
    assert_eq!(found[..2], [Ok(25.into()), Ok(20.into())]);
    assert_eq!(found[2..], [Err(Unbuilt::NoRate), Err(Unbuilt::ManyRates)]);
    let mut draft = plan.draft();
    draft.rates = vec![rate("0", "2026-01-01")];
    let plan = Plan::new(draft);
    assert!(plan.built_lines().iter().all(|line| line.amount == Err(Unbuilt::UnusableRate)));
    let report = logframe::rules::check(&plan);
    let found: Vec<_> = report.findings.iter().filter(|one| one.rule == "mixed-currency").collect();
    assert_eq!((found.len(), found[0].message.ends_with("the plan's rate for it is zero or less")), (4, true));
}

#[test]
fn the_proposal_is_built_from_60_lines_and_nothing_is_wrong() {
    let plan = read(&proposal());
    assert_eq!(plan.lines.len(), 60);
    assert_eq!(plan.check().findings, []);
    // Added up outside, by Python's decimals, and printed in the plan's own summary.
    assert_eq!(plan.total().unwrap().to_string(), "USD 1,475,994.36");
}

#[test]
fn its_revision_keeps_the_total_and_moves_more_into_travel_than_a_donor_allows() {
    let (plan, revision) = (read(&proposal()), read(&source("proposal-example-revision.toml")));
    assert_eq!(revision.check().findings, []);
    assert_eq!(revision.total().unwrap(), plan.total().unwrap());
    let found = logframe::diff::diff(&plan, &revision);
    let profiles = logframe::rules::profiles(&revision);
    let amended: Vec<String> = profiles.iter().flat_map(|one| found.amendments(one)).map(|one| found.sentence(&one)).collect();
    // By Python's decimals: 25,760.57 before and 30,567.01 after.
    assert_eq!(amended.len(), 1, "{amended:?}");
    assert!(amended[0].starts_with("heading Travel +18.7 % against the approved plan, limit 15 %"), "{amended:?}");
}

/// A factor in thousandths.
fn factor() -> impl Strategy<Value = i64> {
    prop_oneof![0i64..50_000, Just(1000), (1i64..2000).prop_map(|n| n * 1000)]
}

fn thousandths(n: i64) -> Decimal {
    Decimal::of_steps(n.into(), 3).unwrap()
}

/// `above / below` rounded to a whole number, halves away from zero; all of it from zero up.
fn rounded(above: i128, below: i128) -> i128 {
    (2 * above + below) / (2 * below)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// A line in another currency: the exact fraction, rounded once.
    #[test]
    fn a_line_is_the_exact_fraction_rounded_once(
        (quantity, cost, duration, share) in (factor(), factor(), factor(), factor()),
        rate in 1i64..9_000_000,
    ) {
        let mut draft = base();
        draft.header.lines.unit = Some(decimal("0.01").into());
        draft.rates = vec![Rate::new("PEN", thousandths(rate), "2026-01-01".parse().unwrap())];
        let mut line = Line::new("peru", "1", "a line");
        (line.quantity, line.unit_cost) = (Some(thousandths(quantity).into()), Some(thousandths(cost).into()));
        (line.duration, line.share) = (Some(thousandths(duration).into()), Some(thousandths(share).into()));
        let mut foreign = line.clone();
        foreign.currency = Some("PEN".to_owned().into());
        draft.lines = vec![line, foreign];
        // In millionths of millionths, and per cent of them.
        let product = i128::from(quantity) * i128::from(cost) * i128::from(duration) * i128::from(share);
        let cents = |n: i128| Decimal::of_steps(n, 2).unwrap();
        let own = cents(rounded(product, 1_000_000_000_000));
        let other = cents(rounded(product * 1000, 1_000_000_000_000 * i128::from(rate)));
        let plan = Plan::new(draft);
        let found: Vec<_> = plan.built_lines().iter().map(|line| line.amount.unwrap()).collect();
        prop_assert_eq!(found, vec![own, other]);
    }

    /// Where sums are rounded, lines add up to the rounded exact sum, and each but one is its own rounding.
    #[test]
    fn rounded_sums_are_the_sums_of_their_lines(
        parts in vec(-99_999i64..99_999, 1..12),
        remainder in select(vec![None, Some(Remainder::Largest), Some(Remainder::Last)]),
    ) {
        let mut draft = base();
        let mut how = Lines::default();
        (how.unit, how.round, how.remainder) = (Some(Decimal::from(1).into()), Some(Rounded::Sum), remainder);
        draft.header.lines = how;
        draft.lines = parts.iter().map(|part| amount("peru", "1", thousandths(*part))).collect();
        let plan = Plan::new(draft);
        let exact: i64 = parts.iter().sum();
        let away = |n: i64| (n.abs() + 500) / 1000 * n.signum();
        let found: Vec<Decimal> = plan.built_lines().iter().map(|line| line.amount.unwrap()).collect();
        prop_assert_eq!(Decimal::exact_sum(found.iter().copied()).unwrap(), Decimal::from(away(exact)));
        prop_assert_eq!(plan.allocations[0].cell.amount().unwrap(), Decimal::from(away(exact)));
        let off = found.iter().zip(&parts).filter(|(found, part)| **found != Decimal::from(away(**part))).count();
        prop_assert!(off <= 1);
    }

    /// Spreading neither makes nor loses a unit, and every step gets its part.
    #[test]
    fn the_parts_of_a_line_add_up_to_it(
        cents in -9_999_999i64..9_999_999,
        (from, length) in (0u32..800, 1u32..1500),
        step in select(&Step::ALL[..]),
    ) {
        let day = |n: u32| -> Date {
            let (year, rest) = (2026 + n / 336, n % 336);
            format!("{year}-{:02}-{:02}", rest / 28 + 1, rest % 28 + 1).parse().unwrap()
        };
        let period = Period::between(day(from), day(from + length)).unwrap();
        let mut draft = base();
        let mut line = amount("peru", "1", Decimal::of_steps(cents.into(), 2).unwrap());
        (line.period, line.spread) = (Some(period.into()), Some(Spread::even(step)));
        draft.lines = vec![line];
        let plan = Plan::new(draft);
        let parts = plan.lines[0].parts(&plan.built_lines()[0], &plan.header.lines).unwrap();
        prop_assert_eq!(Decimal::exact_sum(parts.iter().map(|(_, amount)| *amount)).unwrap(), plan.built_lines()[0].amount.unwrap());
        prop_assert!(parts.iter().map(|(when, _)| when.unwrap().step(step)).eq(period.steps(step).map(Some)));
        let one_cent = decimal("0.01");
        prop_assert!(parts.iter().all(|(_, amount)| amount.is_multiple_of(one_cent) == Some(true)));
    }

    #[test]
    fn a_quotient_is_rounded_by_every_rule_as_whole_numbers_are(above in -99_999i64..99_999, below in 1i64..9_999) {
        let (a, b) = (i128::from(above), i128::from(below));
        let (floor, rest) = (a.div_euclid(b), a.rem_euclid(b));
        for rule in Rounding::ALL {
            let half = (2 * rest).cmp(&b);
            let up = match rule {
                _ if rest == 0 => false,
                Rounding::Exact => continue,
                Rounding::Floor => false,
                Rounding::Ceiling => true,
                Rounding::Truncate => above < 0,
                Rounding::AwayFromZero => above > 0,
                _ if half.is_ne() => half.is_gt(),
                Rounding::HalfUp => true,
                Rounding::HalfDown => false,
                Rounding::HalfTowardZero => above < 0,
                Rounding::HalfEven => floor % 2 != 0,
                _ => above > 0,
            };
            let expected = Decimal::of_steps(floor + i128::from(up), 0);
            prop_assert_eq!(rule.quotient(above.into(), below.into(), 1.into()), expected, "{}", rule.name());
        }
    }
}
