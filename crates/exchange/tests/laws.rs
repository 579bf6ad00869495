//! What holds for every text and every table.

use logframe::reconciliation::PrintedCell;
use logframe::{Decimal, Source};
use logframe_exchange::{Convention, Options, Pick, Totals, read};
use proptest::prelude::*;

use crate::{reads, source};

/// A table of amounts in cents, without totals.
fn amounts() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (1_usize..6, 1_usize..6).prop_flat_map(|(rows, columns)| {
        let amount = prop_oneof![-10_i64.pow(11)..10_i64.pow(11), -2000_i64..2000];
        prop::collection::vec(prop::collection::vec(amount, columns), rows)
    })
}

fn written(cents: i64, convention: Convention, is_grouped: bool) -> String {
    let style = convention.style();
    let number = Decimal::of_steps(cents.into(), 2).unwrap();
    if is_grouped && convention != Convention::Plain {
        number.grouped(style)
    } else {
        number.to_string().replace('.', &style.decimal.to_string())
    }
}

fn csv(table: &[Vec<i64>], convention: Convention, is_grouped: bool) -> String {
    let columns = table.first().map_or(0, Vec::len);
    let head = std::iter::once("Office".to_owned()).chain((0..columns).map(|column| format!("c{column}"))).collect::<Vec<_>>();
    let row = |(at, row): (usize, &Vec<i64>)| {
        let cells = row.iter().map(|cents| written(*cents, convention, is_grouped));
        std::iter::once(format!("r{at}")).chain(cells).collect::<Vec<_>>().join(";")
    };
    let rows: Vec<String> = table.iter().enumerate().map(row).collect();
    format!("{}\n{}\n", head.join(";"), rows.join("\n"))
}

fn no_totals() -> Options {
    let mut options = Options::default();
    options.totals = Totals::None;
    options
}

fn cells(text: &str, options: &Options) -> Vec<Vec<PrintedCell>> {
    let read = read(&source(text), options);
    let table = read.table.unwrap_or_else(|| panic!("{text}\n{:#?}", read.findings));
    (0..table.rows.len()).map(|row| (0..table.columns.len()).map(|column| table.cell(row, column)).collect()).collect()
}

fn expected(table: &[Vec<i64>]) -> Vec<Vec<PrintedCell>> {
    let cell = |cents: &i64| PrintedCell::Amount(Decimal::of_steps((*cents).into(), 2).unwrap());
    table.iter().map(|row| row.iter().map(cell).collect()).collect()
}

proptest! {
    #[test]
    fn no_text_panics(text in "[a-zA-Z0-9,;|\t\"\r\n.'’%()$ -]{0,200}") {
        let _ = reads(&text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(source) = Source::from_bytes("t.csv", &bytes) {
            let _ = read(&source, &Options::default());
        }
    }

    #[test]
    fn no_option_panics(text in "[a-c0-9,\n\"-]{0,80}", line in "[a-c0-9]{0,3}", labels in 0_usize..9) {
        let mut options = Options::default();
        options.labels = Some(labels);
        options.total_row = line.parse().unwrap();
        options.total_column = Pick::Last;
        if let Some(table) = read(&source(&text), &options).table {
            let _ = table.subject();
        }
    }

    #[test]
    fn every_place_lies_in_the_text(text in "[a-c0-9,\n\r\"é-]{0,80}") {
        let source = source(&text);
        for finding in read(&source, &Options::default()).findings {
            for span in finding.labels.iter().filter_map(|label| label.span) {
                prop_assert!(source.text().get(span.range()).is_some(), "{span:?}");
            }
        }
    }

    #[test]
    fn a_table_written_in_a_convention_reads_back_the_same_numbers(table in amounts(), is_grouped: bool) {
        let all = [Convention::Comma, Convention::Point, Convention::Space, Convention::SpacePoint, Convention::Apostrophe,
            Convention::Plain];
        for convention in all {
            let text = csv(&table, convention, is_grouped);
            // Two decimals prove it; a declaration does so too.
            prop_assert_eq!(cells(&text, &no_totals()), expected(&table));
            let mut declared = no_totals();
            declared.numbers = Some(convention);
            prop_assert_eq!(cells(&text, &declared), expected(&table));
        }
    }

    #[test]
    fn the_order_of_columns_does_not_change_what_is_read(table in amounts(), seed in any::<prop::sample::Index>()) {
        let turn = seed.index(table.first().map_or(1, Vec::len));
        let turned: Vec<Vec<i64>> = table.iter().map(|row| [&row[turn..], &row[..turn]].concat()).collect();
        let one = cells(&csv(&table, Convention::Comma, true), &no_totals());
        let turned = cells(&csv(&turned, Convention::Comma, true), &no_totals());
        let back: Vec<Vec<PrintedCell>> = turned.iter().map(|row| {
            let at = row.len() - turn;
            [&row[at..], &row[..at]].concat()
        }).collect();
        prop_assert_eq!(one, back);
    }

    #[test]
    fn exact_totals_are_recognised_and_add_up(table in amounts()) {
        let mut table = table;
        table.iter_mut().for_each(|row| row.push(row.iter().sum()));
        let columns = table[0].len();
        table.push((0..columns).map(|column| table.iter().map(|row| row[column]).sum()).collect());
        let last = table.len() - 1;
        let text = csv(&table, Convention::Comma, true)
            .replace(&format!("c{}\n", columns - 1), "Total\n")
            .replace(&format!("\nr{last};"), "\nTotal;");
        let read = crate::table(&text);
        prop_assert_eq!((read.total_row, read.total_column), (Some(last), Some(columns - 1)));
        let subject = read.subject().unwrap();
        for sum in subject.system.sums() {
            let value = |at: usize| subject.system.figures()[at].number().unwrap();
            prop_assert_eq!(Decimal::exact_sum(sum.parts.iter().map(|at| value(*at))), Some(value(sum.total)));
        }
    }
}
