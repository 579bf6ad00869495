//! IOM's plan reconciled, as it is and with one figure changed.

use logframe::crossfoot::Verdict;
use logframe::{Decimal, Plan, Source};

use crate::plans::{iom, read};

fn changed(from: &str, to: &str) -> Source {
    let source = iom();
    assert_eq!(source.text().matches(from).count(), 1, "{from}");
    Source::new("changed.toml", source.text().replacen(from, to, 1))
}

fn verdict(source: &Source) -> Verdict {
    read(source).subject().unwrap().system.reconcile().verdict
}

#[test]
fn the_system_of_the_plan_has_every_allocation_and_every_declared_figure() {
    let subject = read(&iom()).subject().unwrap();
    assert_eq!(subject.figures.len(), 80 + 94);
    assert_eq!((subject.system.figures().len(), subject.system.shares().len()), (174, 22));
    assert_eq!(subject.sums.len(), subject.system.sums().len());
}

#[test]
fn every_figure_of_the_plan_points_at_its_own_number() {
    let source = iom();
    let subject = read(&source).subject().unwrap();
    for (figure, named) in subject.system.figures().iter().zip(&subject.figures) {
        let text = source.slice(named.span.unwrap());
        let number = if text == "\"-\"" { Decimal::ZERO } else { text.parse().unwrap() };
        assert_eq!(figure.number(), Some(number), "{}", named.words);
    }
}

/// Two offices, two heads, whole dollars; `budget` and `declared` are put in.
fn small(budget: &str, declared: &str) -> Plan {
    let text = format!(
        "format = 1\n[plan]\nid = 'p'\ntitle = 'P'\ncurrency = 'USD'\nprinted = {{ unit = 1, rounding = 'nearest' }}\n\
         [[head]]\nid = 'a'\ntitle = 'A'\n[[head]]\nid = 'b'\ntitle = 'B'\n\
         [[office]]\nid = 'o'\nname = 'O'\n[[office]]\nid = 'q'\nname = 'Q'\n[budget]\n{budget}\n[[declared]]\nwhere = 'table'\n{declared}"
    );
    read(&Source::new("p.toml", text))
}

#[test]
fn the_2_by_2_table_whose_sums_all_hold_alone_is_impossible_as_a_plan() {
    let plan = small(
        "o = { a = 120, b = 235 }\nq = { a = 310, b = 145 }",
        "total = 811\nresults = { a = 431, b = 381 }\noffices = { o = 354, q = 456 }",
    );
    let outcome = plan.subject().unwrap().system.reconcile();
    assert_eq!(outcome.verdict, Verdict::Inconsistent);
    assert!(outcome.contradictions.iter().all(|one| one.sums.len() > 1), "no sum fails alone");
}

#[test]
fn a_cell_that_is_not_given_is_unknown_and_the_same_in_its_row_and_its_column() {
    // 100 are missing of the row, 300 of the column, and both miss the one cell.
    let plan = small(
        "o = { a = 100 }\nq = { a = 100, b = 200 }",
        "total = 700\nresults = { a = 200, b = 500 }\noffices = { o = 200, q = 300 }",
    );
    let subject = plan.subject().unwrap();
    let missing = subject.figures.iter().position(|named| named.ids == ["office=o", "result=b"]).unwrap();
    assert_eq!(subject.figures[missing].place, "not given");
    assert_eq!(subject.system.reconcile().verdict, Verdict::Inconsistent);
    let mended = small(
        "o = { a = 100 }\nq = { a = 100, b = 200 }",
        "total = 500\nresults = { a = 200, b = 300 }\noffices = { o = 200, q = 300 }",
    );
    let system = mended.subject().unwrap().system;
    assert!(system.reconcile().verdict.is_possible());
    // Row o: 200 give or take a half less 100 give or take a half.
    assert_eq!(system.range(&[missing]).unwrap().unwrap().low.unwrap().value.normalized(), Decimal::from(99));
}

#[test]
fn one_amount_printed_twice_in_one_way_is_one_number() {
    let twice = "o = { a = 100, b = 200 }\nq = { a = 100, b = 200 }";
    let declared =
        |again: i64| format!("offices = {{ o = 300, q = 300 }}\n[[declared]]\nwhere = 'sheet'\noffices = {{ o = {again} }}");
    let verdict = |again| small(twice, &declared(again)).subject().unwrap().system.reconcile().verdict;
    assert_eq!((verdict(300), verdict(301)), (Verdict::Exact, Verdict::Inconsistent));
}

#[test]
fn the_plan_is_consistent_and_so_it_is_with_one_dollar_more_for_panama() {
    // Panama has no sheet: its cell is printed once, and its row and its column can both take a dollar.
    assert_eq!(verdict(&iom()), Verdict::Consistent);
    assert_eq!(verdict(&changed("1 =   237_514", "1 =   237_515")), Verdict::Consistent);
    // Ecuador has one: there the same amount would be two numbers.
    assert_eq!(
        verdict(&changed("ecuador            = { 1 =   295_609", "ecuador            = { 1 =   295_610")),
        Verdict::Inconsistent
    );
}
