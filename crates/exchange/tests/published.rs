//! Tables as they are published: what is read, and which lines are sums of which.

use logframe::crossfoot::{Rounding, Verdict};
use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};
use logframe::{Decimal, Severity};
use logframe_exchange::{Convention, Options, Separator, Totals, read};

use crate::{amount, file, row, table};

fn of_file(name: &str) -> PrintedTable {
    let read = read(&file(name), &Options::default());
    read.table.unwrap_or_else(|| panic!("{:#?}", read.findings))
}

fn sum(at: usize, parts: &[usize]) -> LineSum {
    LineSum { at, parts: parts.to_vec() }
}

#[test]
fn the_iom_table_is_the_same_with_points_with_commas_and_among_shares() {
    let points = of_file("iom-points.csv");
    assert_eq!((points.rows.len(), points.columns.len()), (17, 6));
    assert_eq!((points.total_row, points.total_column), (Some(16), Some(5)));
    assert_eq!(row(&points, 4), ["1745950", "3313160", "3487141", "4853748", "-", "13399999"]);
    assert_eq!(points.cell(16, 5), amount("32326041"));
    for name in ["iom-commas.csv", "iom-shares.csv"] {
        let other = of_file(name);
        assert_eq!((&other.cells, &other.rows, &other.columns), (&points.cells, &points.rows, &points.columns), "{name}");
        assert_eq!((&other.row_sums, &other.column_sums), (&points.row_sums, &points.column_sums), "{name}");
    }
}

#[test]
fn the_iom_table_has_its_24_sums_and_six_of_them_do_not_hold_at_face_value() {
    let subject = of_file("iom-commas.csv").subject().unwrap();
    let value = |at: &usize| subject.system.figures()[*at].number().unwrap_or_default();
    let is_off = |sum: &logframe::crossfoot::Sum| Decimal::exact_sum(sum.parts.iter().map(value)) != Some(value(&sum.total));
    let sums = subject.system.sums().iter().zip(&subject.sums);
    let off: Vec<&str> = sums.filter(|(sum, _)| is_off(sum)).map(|(_, named)| named.words.as_str()).collect();
    assert_eq!(subject.system.sums().len(), 17 + 6);
    let rows = ["row Dominican R.", "row Ecuador", "row RO Buenos Aires", "row RO San Jose"];
    assert_eq!(off, [&rows[..], &["column Capacity", "column Assistance"]].concat());
}

#[test]
fn figures_stand_where_they_are_printed() {
    let source = file("iom-commas.csv");
    let table = read(&source, &Options::default()).table.unwrap();
    let span = table.span(4, 3).unwrap();
    let at = source.position(span.start());
    // Colombia,"1,745,950","3,313,160","3,487,141","4,853,748",-,"13,399,999" on the sixth line.
    assert_eq!((at.line, at.column, source.slice(span)), (6, 46, "\"4,853,748\""));
}

#[test]
fn thousands_are_reported_and_never_guessed() {
    let mut options = Options::default();
    options.numbers = Some(Convention::Comma);
    let read = read(&file("thousands.csv"), &options);
    let table = read.table.unwrap();
    assert_eq!(table.title, "Budget by office (USD thousands)");
    assert_eq!(table.rows.len(), 4);
    assert_eq!(table.how.unit, None);
    let note = read.findings.iter().find(|finding| finding.message.contains("says thousands")).unwrap();
    assert_eq!(note.severity, Severity::Note);
    assert!(note.help[0].contains("--unit 1"));
}

#[test]
fn the_declared_unit_can_prove_how_numbers_are_written() {
    let mut options = Options::default();
    assert!(read(&file("thousands.csv"), &options).table.is_none());
    options.how.unit = Some(1.into());
    let table = read(&file("thousands.csv"), &options).table.unwrap();
    assert_eq!(row(&table, 1), ["1041", "959", "2000"]);
}

#[test]
fn a_unit_that_figures_are_no_multiples_of_is_told_cell_by_cell() {
    let mut options = Options::default();
    options.numbers = Some(Convention::Comma);
    options.how.unit = Some(1000.into());
    let findings = read(&file("thousands.csv"), &options).table.unwrap().subject().unwrap_err();
    // 2000 alone is a whole thousand.
    assert_eq!(findings.len(), 11);
    assert_eq!(findings[0].message, "Peru / 2018 is printed 708, no whole multiple of 1,000");
}

#[test]
fn regions_have_subtotals_of_their_offices() {
    let table = of_file("subtotals.csv");
    assert_eq!(table.label, "Region / Office");
    assert_eq!(table.rows[0].value, "South America / Peru");
    assert_eq!(table.row_sums, [sum(2, &[0, 1]), sum(5, &[3, 4]), sum(7, &[2, 5, 6])]);
    assert_eq!((table.total_row, table.total_column), (Some(7), Some(2)));
    assert_eq!(table.column_sums, [sum(2, &[0, 1])]);
}

#[test]
fn decimal_commas_brackets_and_line_breaks_are_read() {
    let read = read(&file("semicolons.csv"), &Options::default());
    assert_eq!((read.separator, read.numbers), (Some(Separator::Semicolon), Some(Convention::Point)));
    let table = read.table.unwrap();
    assert_eq!(row(&table, 0), ["1250.50", "100.25", "1350.75"]);
    assert_eq!(row(&table, 1), ["?", "80.50", ""]);
    assert_eq!(row(&table, 2), ["-", "-12.00", "-12.00"]);
    assert_eq!(table.rows[2].value, "Costa\nRica");
    assert_eq!((table.total_row, table.total_column), (Some(3), Some(2)));
}

#[test]
fn a_truncated_table_is_read_as_it_is_printed() {
    let table = of_file("truncated.csv");
    assert_eq!(row(&table, 0), ["10.4", "20.9", "31.4"]);
    assert_eq!((table.total_row, table.total_column), (Some(2), Some(2)));
}

#[test]
fn a_table_without_names_or_labels_is_read_by_its_numbers() {
    let table = table("120,235\n310,145\n");
    assert_eq!(table.columns[0].value, "column 1");
    assert_eq!(table.rows[1].value, "line 2");
    assert_eq!((table.total_row, table.total_column), (None, None));
}

#[test]
fn years_and_counted_outcomes_are_names_of_columns() {
    assert_eq!(table("Office,2018,2019\nPeru,1,2\n").columns[0].value, "2018");
    assert_eq!(table("Office,1,2,3\nPeru,10,20,30\n").columns[2].value, "3");
    assert_eq!(table("Year,Spent,Left\n2018,1,2\n2019,3,4\n").rows[1].value, "2019");
}

#[test]
fn names_of_two_lines_are_joined() {
    let text = "Office,2018,,2019,\n,Staff,Field,Staff,Field\nPeru,1,2,3,4\n";
    let columns: Vec<String> = table(text).columns.into_iter().map(|name| name.value).collect();
    assert_eq!(columns, ["2018 / Staff", "2018 / Field", "2019 / Staff", "2019 / Field"]);
}

#[test]
fn hashtags_under_the_names_are_no_row() {
    let text = "Office,Amount,Spent\n#org,#value,#value\nPeru,1,2\n";
    assert_eq!(table(text).rows.len(), 1);
}

#[test]
fn totals_can_be_declared_away_and_named() {
    let text = "Office,A,B,Total\nPeru,1,2,3\nChile,3,4,7\nTotal,4,6,10\n";
    let with = |change: &dyn Fn(&mut Options)| {
        let mut options = Options::default();
        change(&mut options);
        let table = read(&crate::source(text), &options).table.unwrap();
        (table.total_row, table.total_column)
    };
    assert_eq!(with(&|_| {}), (Some(2), Some(2)));
    assert_eq!(with(&|options| options.totals = Totals::None), (None, None));
    assert_eq!(with(&|options| options.totals = Totals::LastRow), (Some(2), None));
    assert_eq!(with(&|options| options.total_column = "A".parse().unwrap()), (Some(2), Some(0)));
    assert_eq!(with(&|options| options.total_row = "1".parse().unwrap()), (Some(0), Some(2)));
}

#[test]
fn a_total_that_is_named_and_not_there_is_a_finding_with_those_there_are() {
    let mut options = Options::default();
    options.total_row = "Sum".parse().unwrap();
    let read = read(&crate::source("Office,A,B\nPeru,1,2\n"), &options);
    assert!(read.table.is_none());
    assert_eq!(read.findings[0].message, "no row is called `Sum`, and none has that number");
    assert!(read.findings[0].help[0].contains("`Peru`"));
}

#[test]
fn empty_cells_are_unknown_and_stay_apart_from_none() {
    let table = table("Office,A,B\nPeru,,-\nChile,n/a,3\n");
    assert_eq!(
        (table.cell(0, 0), table.cell(0, 1), table.cell(1, 0)),
        (PrintedCell::Blank, PrintedCell::None, PrintedCell::NotAvailable)
    );
    assert_eq!(table.subject().unwrap().system.figures()[0].number(), None);
}

#[test]
fn tables_are_reconciled_as_they_are_read() {
    let verdict = |name: &str, unit: &str, rounding: Rounding| {
        let mut options = Options::default();
        options.how.unit = Some(unit.parse().unwrap());
        options.how.rounding = rounding;
        let table = read(&file(name), &options).table.unwrap();
        table.subject().unwrap().system.reconcile().verdict
    };
    for name in ["iom-points.csv", "iom-commas.csv", "iom-shares.csv", "thousands.csv"] {
        assert_eq!(verdict(name, "1", Rounding::HalfUp), Verdict::Consistent, "{name}");
    }
    assert_eq!(verdict("iom-commas.csv", "1", Rounding::Truncate), Verdict::Inconsistent);
    assert_eq!(verdict("truncated.csv", "0.1", Rounding::Truncate), Verdict::Consistent);
    assert_eq!(verdict("subtotals.csv", "1", Rounding::Nearest), Verdict::Exact);
}
