//! The currency that the number formats of amounts show.

use logframe::diagnostic::text::concise;
use logframe_exchange::{Document, Mapping, import};

use crate::books::{book_with, rows};
use crate::sheets;

/// The currency that a list is read in, and what is said; its cells from the first amount on have these formats.
fn read(heading: &str, formats: &[&str]) -> (String, Vec<String>) {
    let own: Vec<String> = formats
        .iter()
        .enumerate()
        .map(|(at, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 200 + at))
        .collect();
    let cells: Vec<String> = (0..formats.len()).map(|at| format!(r#"<xf numFmtId="{}"/>"#, 200 + at)).collect();
    let styles = format!(
        r#"<styleSheet><numFmts>{}</numFmts><cellXfs><xf numFmtId="0"/>{}</cellXfs></styleSheet>"#,
        own.join(""),
        cells.join("")
    );
    let mut xml = rows(&[&["Description", heading], &["Officer", "100"], &["Kits", "20"]]);
    for (at, _) in formats.iter().enumerate() {
        xml = xml.replace(&format!(r#"<c r="B{}"><v>"#, at + 2), &format!(r#"<c r="B{}" s="{}"><v>"#, at + 2, at + 1));
    }
    let bytes = book_with(&[("B", "", &xml)], &[("xl/styles.xml", &styles)]);
    let imported = import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::default());
    let said = imported.findings.iter().map(|finding| concise(finding, Some(&imported.source))).collect();
    (imported.plan.map_or_else(|| "no plan".to_owned(), |plan| plan.total().unwrap().to_string()), said)
}

#[test]
fn what_amounts_are_shown_in_is_their_currency_where_nothing_else_says_it() {
    assert_eq!(read("Amount", &["[$USD] #,##0", "[$USD] #,##0"]), ("USD 120".to_owned(), vec![]));
    assert_eq!(read("Amount", &["#,##0 [$€-407]"]), ("EUR 120".to_owned(), vec![]));
    assert_eq!(read("Amount", &["&quot;CHF&quot; #,##0"]), ("CHF 120".to_owned(), vec![]));
}

#[test]
fn a_bare_dollar_proves_nothing() {
    let (total, said) = read("Amount", &["&quot;$&quot;#,##0"]);
    let message = "b.xlsx:B!B2: error[missing-key]: nothing says in which currency the amounts are: they are shown with `$`, the sign of many";
    assert_eq!((total.as_str(), said), ("no plan", vec![message.to_owned()]));
    // Beside a code it is no contradiction.
    assert_eq!(read("Amount", &["[$USD] #,##0", "$#,##0"]), ("USD 120".to_owned(), vec![]));
    let (total, said) = read("Amount", &["#,##0", "#,##0 [$Bs.-200A]"]);
    assert_eq!(
        (total.as_str(), said),
        ("no plan", vec!["b.xlsx: error[missing-key]: nothing says in which currency the amounts are".to_owned()])
    );
}

#[test]
fn amounts_that_are_shown_in_two_currencies_are_never_added_up() {
    for (other, name) in [("[$EUR] 0", "USD, EUR"), ("[$KES] 0", "USD, KES")] {
        let (total, said) = read("Amount (USD)", &["[$USD] 0", other]);
        assert_eq!(
            (total.as_str(), said),
            ("no plan", vec![format!("b.xlsx:B!B2: error[mixed-currency]: amounts are shown in several currencies: {name}")])
        );
    }
    let (total, said) = read("Amount", &["0 €", "$0"]);
    assert_eq!(
        (total.as_str(), said),
        ("no plan", vec!["b.xlsx:B!B2: error[mixed-currency]: amounts are shown in several currencies: EUR, $".to_owned()])
    );
}

#[test]
fn what_is_shown_and_what_a_heading_says_are_held_against_each_other() {
    let (total, said) = read("Amount (USD)", &["[$EUR] 0"]);
    assert_eq!(
        (total.as_str(), said),
        ("USD 120", vec!["b.xlsx:B!B2: warning[mixed-currency]: amounts are shown in EUR, and are read as USD".to_owned()])
    );
}

#[test]
fn what_is_typed_beside_amounts_is_their_currency_and_two_are_never_added_up() {
    let sheet = |second: &'static str| -> Vec<&'static [&'static str]> {
        vec![
            &["Description", "Amount"],
            &["Officer", "USD 1,000.50"],
            if second == "EUR" { &["Kits", "EUR 20"] } else { &["Kits", "USD 20"] },
        ]
    };
    let one = sheets::read(&[("B", &sheet("USD"))], "");
    assert_eq!(one.plan.unwrap().total().unwrap().to_string(), "USD 1,020.50");
    let two = sheets::read(&[("B", &sheet("EUR"))], "");
    assert_eq!(sheets::total(&two), "no plan");
    assert_eq!(sheets::errors(&two), ["b.xlsx:B!B2: error[mixed-currency]: amounts are shown in several currencies: USD, EUR"]);
}
