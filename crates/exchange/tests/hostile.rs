//! Texts that are no tables: a clear finding, never a panic.

use logframe::Source;
use logframe_exchange::{Options, read};

use crate::{errors, reads};

#[test]
fn an_empty_file_says_so() {
    for text in ["", "\n\n", "  \r\n", "\u{feff}"] {
        assert_eq!(errors(text), ["the file is empty"], "{text:?}");
    }
}

#[test]
fn texts_without_figures_say_so() {
    for text in ["a\nb\n", "a,b\n", ",,,\n,,,\n", "Office,A\n", "one line of prose", "a,b\nc,d\n", "%\n%%\n"] {
        assert_eq!(errors(text), ["no column holds figures"], "{text:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_shown_where_it_opens() {
    let text = "Office,A\nPeru,\"1\nChile,2\n";
    let finding = reads(text).findings.remove(0);
    assert_eq!(finding.message, "a quote is opened here and never closed");
    assert_eq!(Source::new("t", text).position(finding.place().unwrap().span.unwrap().start()).line, 2);
}

#[test]
fn rows_of_uneven_length_are_each_found() {
    assert_eq!(errors("Office,A,B\nPeru,1\nChile,1,2,3\nCuba,1,2,\n").len(), 2);
}

#[test]
fn a_row_cut_short_between_marks_of_nothing_is_read() {
    assert!(reads("Office,A,B,,\nPeru,1,2,,\nChile,3,4\n").findings.iter().any(|finding| finding.rule == "ragged-row"));
}

#[test]
fn one_column_of_figures_is_a_table() {
    let read = reads("Amount\n1\n2\nx\n");
    assert!(read.table.is_none());
    assert!(reads("Amount\n1\n2\n3\n").table.is_some());
}

#[test]
fn a_million_columns_are_read_and_two_million_refused() {
    assert_eq!(errors(&",".repeat(1_000_000)), ["no column holds figures"]);
    assert_eq!(errors(&",".repeat(2_100_000)), ["the table has more than 2,000,000 cells"]);
    let wide = format!("{}\n{}\n", vec!["a"; 20_000].join(","), vec!["1"; 20_000].join(","));
    assert!(reads(&wide).table.is_some());
}

#[test]
fn findings_end_somewhere() {
    let rows: String = (0..5000).map(|n| format!("r{n},1,2x\n")).collect();
    let good: String = (0..5001).map(|n| format!("g{n},1,2\n")).collect();
    assert_eq!(errors(&format!("Office,A,B\n{rows}{good}")).len(), 1000);
}

#[test]
fn binary_utf_16_and_workbooks_are_refused_before_they_are_read() {
    for (bytes, why) in [
        (&b"PK\x03\x04\x14\0"[..], "a workbook"),
        (b"\xFF\xFEa\0,\0", "UTF-16"),
        (b"a,b\n1,\0\n", "NUL"),
        (b"Ni\xF1os,1\n", "not UTF-8"),
    ] {
        let error = Source::from_bytes("t.csv", bytes).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn numbers_of_a_hundred_digits_are_findings() {
    let text = format!("Office,A,B\nPeru,{},1\n", "9".repeat(100));
    assert!(errors(&text)[0].contains("more digits than can be held"));
}

#[test]
fn a_text_with_a_nul_that_was_built_in_code_is_no_panic() {
    let _ = read(&Source::new("t.csv", "a,b\n\0,1\n1,\0\n"), &Options::default());
}
