use super::*;

fn amounts(row: &[i64]) -> Vec<PrintedCell> {
    row.iter().map(|n| PrintedCell::Amount((*n).into())).collect()
}

/// Two regions with a subtotal each, by two years and their total.
fn regions() -> PrintedTable {
    let mut table = PrintedTable::new(
        "regions",
        ["2018", "2019", "Total"],
        [
            ("Peru", amounts(&[1, 2, 3])),
            ("Chile", amounts(&[10, 20, 30])),
            ("South", amounts(&[11, 22, 33])),
            ("Mexico", amounts(&[5, 5, 10])),
            ("Total", amounts(&[16, 27, 43])),
        ],
    );
    table.row_sums.push(LineSum { at: 2, parts: vec![0, 1] });
    table.set_total_row(4);
    table.set_total_column(2);
    table
}

#[test]
fn a_table_has_a_sum_for_each_row_and_column_and_the_grand_total_both_ways() {
    let subject = regions().subject().unwrap();
    let words: Vec<&str> = subject.sums.iter().map(|sum| sum.words.as_str()).collect();
    let across = ["row Peru", "row Chile", "row South", "row Mexico", "the grand total, across"];
    let down = [
        "South / 2018, down",
        "column 2018",
        "South / 2019, down",
        "column 2019",
        "South / Total, down",
        "the grand total, down",
    ];
    assert_eq!(words, [&across[..], &down[..]].concat());
}

#[test]
fn the_total_adds_up_subtotals_and_what_is_in_none() {
    let table = regions();
    assert_eq!(table.row_sums[1], LineSum { at: 4, parts: vec![2, 3] });
    let subject = table.subject().unwrap();
    // Column 2018: South 11 (row 2) and Mexico 5 (row 3) make 16 (row 4); three figures a row.
    assert_eq!(subject.system.sums()[6], Sum::new(12, [6, 9]));
}

#[test]
fn every_sum_of_an_exact_table_holds_at_face_value() {
    let subject = regions().subject().unwrap();
    for (sum, named) in subject.system.sums().iter().zip(&subject.sums) {
        let value = |at: usize| subject.system.figures()[at].number().unwrap();
        assert_eq!(Decimal::exact_sum(sum.parts.iter().map(|at| value(*at))), Some(value(sum.total)), "{}", named.words);
    }
}

#[test]
fn blank_none_and_not_available_stay_three_things() {
    let row = vec![PrintedCell::Blank, PrintedCell::None, PrintedCell::NotAvailable, PrintedCell::Amount(7.into())];
    let mut table = PrintedTable::new("t", ["a", "b", "c", "d"], [("r", row)]);
    let ends = |table: &PrintedTable| -> Vec<String> {
        table.subject().unwrap().system.figures().iter().map(|figure| figure.amounts().to_string()).collect()
    };
    assert_eq!(ends(&table), ["(-∞, ∞)", "[0, 0]", "(-∞, ∞)", "[7, 7]"]);
    table.how = HowPrinted { unit: Some(1.into()), blank: NoneMeans::Zero, none: NoneMeans::RoundsToZero, ..table.how };
    assert_eq!(ends(&table), ["[0, 0]", "[0, 0.5]", "(-∞, ∞)", "[6.5, 7.5]"]);
}

#[test]
fn a_cell_that_is_no_multiple_of_the_unit_is_a_finding_that_says_so() {
    let mut table = regions();
    table.how.unit = Some(10.into());
    let findings = table.subject().unwrap_err();
    assert_eq!(findings[0].message, "Peru / 2018 is printed 1, no whole multiple of 10");
    // 10, 20, 30 and 10 alone are whole tens.
    assert_eq!(findings.len(), 15 - 4);
}

#[test]
fn rows_that_share_a_name_are_told_apart_by_their_place() {
    let table = PrintedTable::new("t", ["a"], [("Other", amounts(&[1])), ("Peru", amounts(&[2])), ("Other", amounts(&[3]))]);
    let places: Vec<String> = table.subject().unwrap().figures.into_iter().map(|figure| figure.place).collect();
    assert_eq!(places, ["row 1 of the table", "", "row 3 of the table"]);
}

#[test]
fn a_sum_over_lines_that_are_not_there_says_nothing_and_no_row_need_be_whole() {
    let mut table = PrintedTable::new("t", ["a", "b"], [("r", amounts(&[1])), ("s", vec![])]);
    table.row_sums.push(LineSum { at: 9, parts: vec![0] });
    table.set_total_column(5);
    let subject = table.subject().unwrap();
    assert_eq!((subject.system.figures().len(), subject.system.sums().len()), (4, 0));
}

#[test]
fn other_numbers_take_the_places_of_numbers_alone() {
    let row = vec![PrintedCell::Amount(14.into()), PrintedCell::None, PrintedCell::Blank];
    let table = PrintedTable::new("t", ["a", "b", "c"], [("r", row)]).with_amounts(&[10.into(), 20.into(), 30.into()]);
    assert_eq!(table.table().csv(), ",a,b,c\nr,10,-,\n");
}

#[test]
fn a_dash_a_zero_and_nothing_are_told_apart_wherever_they_are_shown() {
    let cells = vec![PrintedCell::Amount(0.into()), PrintedCell::None, PrintedCell::Blank, PrintedCell::NotAvailable];
    let mut table = PrintedTable::new("three things", ["a", "b", "c", "d"], [("x", cells)]);
    table.how.blank = NoneMeans::Zero;
    let found = table.subject().unwrap().reconcile();
    assert_eq!(found.counts(), (1, 0));
    let value = found.json_value(None);
    let told: Vec<_> = value["figures"].as_array().unwrap().iter().map(|one| (&one["in_print"], &one["printed"])).collect();
    assert_eq!(told[0], (&"number".into(), &"0".into()));
    for (told, name) in told[1..].iter().zip(["none", "nothing", "not-available"]) {
        assert_eq!(*told, (&name.into(), &serde_json::Value::Null));
    }
}
