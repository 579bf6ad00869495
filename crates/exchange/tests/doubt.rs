//! How numbers are written is declared or proven; what is doubtful is refused with both readings.

use logframe::Severity;
use logframe_exchange::{Options, read};

use crate::{errors, reads, row, source, table};

#[test]
fn a_table_that_can_be_read_in_two_ways_is_refused_with_both_readings() {
    let read = reads("Office;A;B\nPeru;1.234;850\nChile;2.500;12\n");
    assert!(read.table.is_none());
    assert_eq!(read.findings.len(), 1);
    let finding = &read.findings[0];
    assert_eq!(finding.message, "`1.234` can be 1.234 or 1234, and no cell of the table tells which");
    assert_eq!(finding.help, ["declare how numbers are written: `--numbers 1,234.56` or `--numbers 1.234,56`"]);
}

#[test]
fn what_is_declared_settles_it() {
    let text = "Office;A;B\nPeru;1.234;850\n";
    let as_written = |numbers: &str| {
        let mut options = Options::default();
        options.numbers = Some(numbers.parse().unwrap());
        row(&read(&source(text), &options).table.unwrap(), 0)
    };
    assert_eq!(as_written("1,234.56"), ["1.234", "850"]);
    assert_eq!(as_written("1.234,56"), ["1234", "850"]);
}

#[test]
fn one_cell_proves_it_for_the_whole_file() {
    assert_eq!(row(&table("Office;A;B\nPeru;1.234;850\nChile;4.870.332;1\n"), 0), ["1234", "850"]);
    assert_eq!(row(&table("Office;A;B\nPeru;1.234;850\nChile;0.5;1\n"), 0), ["1.234", "850"]);
    assert_eq!(row(&table("Office;A;B\nPeru;1\u{a0}234,5;850\n"), 0), ["1234.5", "850"]);
}

#[test]
fn a_cell_written_another_way_is_a_finding_at_its_place() {
    let text = "Office,A,B\nPeru,\"4,870,332\",\"1,000,000\"\nChile,4.870.332,7\n";
    let read = reads(text);
    assert!(read.table.is_none());
    let finding = &read.findings[0];
    assert_eq!(
        finding.message,
        "`4.870.332` cannot be read as an amount: it is not written as other cells prove that numbers are: 1,234.56"
    );
    let at = source(text).position(finding.place().unwrap().span.unwrap().start());
    assert_eq!((at.line, at.column), (3, 7));
}

#[test]
fn all_cells_that_are_no_numbers_are_found_at_once() {
    let found = errors("Office,A,B\nPeru,12x4,1\nChile,5,(-3)\nCuba,7,41.5%\nPanama,8,1\n");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("`12x4`") && found[1].contains("`(-3)`") && found[2].contains("a share among amounts"));
}

#[test]
fn a_number_in_commas_without_quotes_is_explained() {
    let read = reads("Office,A,B\nPeru,1,2\nChile,4,870,3\n");
    assert_eq!(read.findings[0].message, "this row has 4 cells, the line of column names has 3");
    assert!(read.findings[0].help[0].contains("in quotes"));
    assert!(read.findings.iter().all(|finding| finding.severity == Severity::Error));
}

#[test]
fn where_every_line_is_a_row_nothing_is_left_out_for_being_empty() {
    let mut options = Options::default();
    options.every_row = true;
    let read = read(&source("Office,A,B\nPeru,,1\nChile,,\nTotal,,3\n"), &options);
    let table = read.table.unwrap();
    assert_eq!((table.rows.len(), table.columns.len(), table.total_row), (3, 2, Some(2)));
    assert_eq!(table.row_sums[0].parts, [0, 1]);
    assert_eq!(read.findings, []);
}
