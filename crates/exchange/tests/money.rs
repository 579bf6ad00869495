//! In which currency amounts are, and what they count: what headings and notes say, and no title.

use logframe_exchange::{Document, Mapping, import};

use crate::books::{book, rows};

/// What a list of 2 x 50 is read to below some rows, and under a heading of its amounts.
fn total(above: &[&[&str]], heading: &str) -> String {
    let head: &[&str] = &["Description", "Qty", "Unit cost", heading];
    let cells = [above, &[head, &["Officer", "2", "50", "100"], &["Total", "", "", "100"]]].concat();
    let bytes = book(&[("Budget", "", &rows(&cells))]);
    let imported = import(Document::of_bytes("b.xlsx", &bytes).unwrap(), &Mapping::default());
    imported.plan.map_or_else(|| imported.findings[0].message.clone(), |plan| plan.total().unwrap().to_string())
}

#[test]
fn the_heading_of_the_amounts_says_the_currency() {
    assert_eq!(total(&[&["Exchange rate (1 USD = 57.5 ETB)"]], "Total (ETB)"), "ETB 100");
    assert_eq!(total(&[&["Budget in USD"]], "Total KES"), "KES 100");
    assert_eq!(total(&[&["Plan International (EUR office)"], &["Amounts: GBP"]], "Total"), "GBP 100");
    assert_eq!(total(&[&["Currency", "Euro"]], "Total"), "EUR 100");
    assert_eq!(total(&[&["InforEuro EUR", "1"]], "Total"), "nothing says in which currency the amounts are");
}

#[test]
fn a_note_says_the_scale_and_a_title_that_names_a_sum_does_not() {
    assert_eq!(total(&[&["USD 5 million Resilience Programme"]], "Total (EUR)"), "EUR 100");
    assert_eq!(total(&[&["Programme budget"], &["", "", "", "USD '000"]], "Total"), "USD 100,000");
    assert_eq!(total(&[&["(Rs in lakhs)"]], "Total (INR)"), "INR 10,000,000");
    assert_eq!(total(&[], "Total (TEUR)"), "EUR 100,000");
    assert_eq!(total(&[&["Amounts in k€"]], "Total"), "EUR 100,000");
    assert_eq!(total(&[&["US$ m"]], "Total"), "USD 100,000,000");
}
