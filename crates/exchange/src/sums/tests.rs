//! Lines found by hand-made tables.

use super::*;

fn find(lines: &[(&str, &[i64])], pick: &Pick) -> Found {
    let figure = |line: usize, crossing: usize| Some(Decimal::from(lines[line].1[crossing]));
    let names = lines.iter().map(|(name, _)| (*name).to_owned()).collect();
    let crossings = lines.first().map_or(0, |(_, figures)| figures.len());
    Lines { names, crossings, figure: &figure, step: 1.into(), trusts_words: true, sums_across: HashSet::new() }.find(pick)
}

fn sum(at: usize, parts: &[usize]) -> LineSum {
    LineSum { at, parts: parts.to_vec() }
}

#[test]
fn a_total_can_be_named_by_its_position_from_either_end() {
    let lines: &[(&str, &[i64])] = &[("3", &[1]), ("2", &[2]), ("1", &[3])];
    for at in [2, -1] {
        assert_eq!(find(lines, &Pick::At(at)).sums, [sum(2, &[0, 1])]);
    }
    assert_eq!(find(lines, &Pick::At(1)).total, Some(1));
    for at in [3, -4] {
        assert_eq!((find(lines, &Pick::At(at)).total, find(lines, &Pick::At(at)).unknown), (None, Some(at.to_string())));
    }
}

#[test]
fn a_subtotal_sums_the_lines_since_the_last_one_and_the_total_what_is_left() {
    let lines: &[(&str, &[i64])] =
        &[("a", &[1]), ("b", &[2]), ("Subtotal", &[3]), ("c", &[4]), ("Subtotal", &[4]), ("d", &[5]), ("Total", &[12])];
    let found = find(lines, &Pick::Auto);
    assert_eq!((found.total, found.sums), (Some(6), vec![sum(2, &[0, 1]), sum(4, &[3]), sum(6, &[2, 4, 5])]));
}

#[test]
fn figures_tell_when_a_subtotal_sums_only_the_last_lines_before_it() {
    let lines: &[(&str, &[i64])] =
        &[("Headquarters", &[900]), ("a", &[10]), ("b", &[20]), ("Subtotal", &[30]), ("Total", &[930])];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(3, &[1, 2]), sum(4, &[0, 3])]);
}

#[test]
fn a_subtotal_of_subtotals_is_told_by_its_figures() {
    let lines: &[(&str, &[i64])] = &[
        ("a", &[1, 5]),
        ("b", &[2, 5]),
        ("Subtotal 1", &[3, 10]),
        ("c", &[4, 1]),
        ("d", &[8, 1]),
        ("Subtotal 2", &[12, 2]),
        ("Total America", &[15, 12]),
        ("e", &[1, 1]),
        ("Grand total", &[16, 13]),
    ];
    let sums = find(lines, &Pick::Auto).sums;
    assert_eq!(sums, [sum(2, &[0, 1]), sum(5, &[3, 4]), sum(6, &[2, 5]), sum(8, &[6, 7])]);
}

#[test]
fn subtotals_may_stand_above_their_parts() {
    let lines: &[(&str, &[i64])] = &[
        ("Total South", &[3, 30]),
        ("a", &[1, 10]),
        ("b", &[2, 20]),
        ("Total North", &[9, 90]),
        ("c", &[4, 40]),
        ("d", &[5, 50]),
        ("Total", &[12, 120]),
    ];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(3, &[4, 5]), sum(0, &[1, 2]), sum(6, &[0, 3])]);
}

#[test]
fn a_total_that_is_wrong_is_one_all_the_same() {
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10]), ("b", &[2, 20]), ("Total", &[777, 888])];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(2, &[0, 1])]);
}

#[test]
fn a_last_line_without_the_word_is_the_total_where_all_its_figures_say_so() {
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10]), ("b", &[2, 20]), ("Region", &[3, 30])];
    let found = find(lines, &Pick::Auto);
    assert!(found.is_by_figures);
    assert_eq!(found.total, Some(2));
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10]), ("b", &[2, 20]), ("c", &[3, 90])];
    assert_eq!(find(lines, &Pick::Auto), Found::default());
}

#[test]
fn what_is_declared_outweighs_what_is_found() {
    let lines: &[(&str, &[i64])] = &[("a", &[1]), ("b", &[2]), ("Total", &[3])];
    assert_eq!(find(lines, &Pick::None), Found::default());
    assert_eq!(find(lines, &Pick::Line("b".to_owned())).total, Some(1));
    assert_eq!(find(lines, &Pick::Line("3".to_owned())).total, Some(2));
    assert_eq!(find(lines, &Pick::Line("x".to_owned())).unknown.as_deref(), Some("x"));
    assert_eq!(find(&[], &Pick::Last), Found::default());
}

#[test]
fn a_total_that_stands_first_is_of_the_lines_below_it() {
    let lines: &[(&str, &[i64])] = &[("Total", &[3]), ("a", &[1]), ("b", &[2])];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(0, &[1, 2])]);
}

const REGIONS: &[(&str, &[i64])] = &[
    ("Peru", &[1204, 1308]),
    ("Chile", &[801, 704]),
    ("South America", &[2005, 2012]),
    ("Panama", &[303, 206]),
    ("Central America", &[303, 206]),
    ("Total", &[2308, 2218]),
];

#[test]
fn regions_below_their_countries_are_subtotals_without_the_word() {
    let found = find(REGIONS, &Pick::Auto);
    assert_eq!(found.sums, [sum(2, &[0, 1]), sum(4, &[3]), sum(5, &[2, 4])]);
    assert_eq!(found.silent, [2, 4]);
}

#[test]
fn regions_above_their_countries_are_subtotals_without_the_word() {
    let mut lines = REGIONS.to_vec();
    lines[..5].reverse();
    assert_eq!(find(&lines, &Pick::Auto).sums, [sum(2, &[3, 4]), sum(0, &[1]), sum(5, &[0, 2])]);
}

#[test]
fn a_wrong_figure_does_not_hide_the_regions() {
    let mut lines = REGIONS.to_vec();
    lines[0].1 = &[1240, 1308];
    let three: Vec<Vec<i64>> = lines.iter().map(|(_, figures)| vec![figures[0], figures[1], figures[0] + figures[1]]).collect();
    let mut three: Vec<(&str, Vec<i64>)> = lines.iter().map(|(name, _)| *name).zip(three).collect();
    three[0].1[2] = 2512;
    let three: Vec<(&str, &[i64])> = three.iter().map(|(name, figures)| (*name, figures.as_slice())).collect();
    assert_eq!(find(&three, &Pick::Auto).silent, [2, 4]);
}

#[test]
fn lines_that_happen_to_add_up_are_no_subtotals_where_the_table_adds_up_without() {
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10]), ("b", &[2, 20]), ("c", &[3, 30]), ("Total", &[6, 60])];
    let found = find(lines, &Pick::Auto);
    assert_eq!((found.sums, found.silent), (vec![sum(3, &[0, 1, 2])], vec![]));
}

#[test]
fn a_table_that_adds_up_in_no_way_is_read_as_it_stands() {
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10]), ("b", &[2, 20]), ("c", &[3, 30]), ("Total", &[777, 888])];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(3, &[0, 1, 2])]);
}

#[test]
fn a_last_line_that_one_figure_spoils_is_the_total_all_the_same() {
    let lines: &[(&str, &[i64])] = &[("a", &[1, 10, 5]), ("b", &[2, 20, 6]), ("Region", &[3, 30, 12])];
    assert_eq!(find(lines, &Pick::Auto).total, Some(2));
    // Called so, one figure is enough that tells.
    for name in ["Total FY 25/26 (GBP)", "Project cost", "Budget"] {
        let lines: &[(&str, &[i64])] = &[("Staff", &[60, 20]), ("Operations", &[50, 20]), (name, &[101, 40])];
        assert_eq!(find(lines, &Pick::Auto).sums, [sum(2, &[0, 1])], "{name}");
    }
    let lines: &[(&str, &[i64])] = &[("Staff", &[60, 20]), ("Operations", &[50, 20]), ("Travel", &[101, 40])];
    assert_eq!(find(lines, &Pick::Auto).sums, []);
}

#[test]
fn a_sum_of_all_that_is_left_is_the_total_whatever_it_is_called() {
    let lines: &[(&str, &[i64])] = &[
        ("Survey", &[60, 50]),
        ("Profile", &[20, 20]),
        ("TOTAL OUTCOME 1", &[80, 70]),
        ("Shelter", &[40, 300]),
        ("TOTAL IOM ECUADOR", &[120, 370]),
    ];
    assert_eq!(find(lines, &Pick::Auto).total, Some(4));
    // 490 and 600 away from what is there: nearer to all of it.
    let one: Vec<(&str, &[i64])> = lines.iter().map(|(name, figures)| (*name, &figures[..1])).collect();
    let mut wrong = one.clone();
    wrong[4].1 = &[210];
    assert_eq!(find(&wrong, &Pick::Auto).sums, [sum(2, &[0, 1]), sum(4, &[2, 3])]);
    let group: &[(&str, &[i64])] = &[("a", &[1]), ("Total A", &[1]), ("b", &[2]), ("c", &[3]), ("Total B", &[6])];
    assert_eq!(find(group, &Pick::Auto).total, None);
}

#[test]
fn a_subtotal_is_not_judged_where_it_says_nothing() {
    let lines: &[(&str, &[i64])] = &[
        ("a", &[10, 4, 1]),
        ("b", &[20, 5, 1]),
        ("c", &[30, 6, 1]),
        ("Subtotal of b and c", &[50, 0, 0]),
        ("Total", &[60, 0, 0]),
    ];
    assert_eq!(find(lines, &Pick::Auto).sums, [sum(3, &[1, 2]), sum(4, &[0, 3])]);
}
