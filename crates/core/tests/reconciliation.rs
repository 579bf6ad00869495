//! IOM's plan reconciled, as it is and with one figure changed.

use logframe::crossfoot::{Correction, Rounding, Slip, Verdict};
use logframe::reconciliation::Text;
use logframe::{Decimal, Diagnostic, Plan, Severity, Source};

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

/// The one explanation of everything that is wrong with a text: the slip, and each figure to correct with its number.
fn explained(source: &Source) -> (Slip, Vec<(String, Decimal)>) {
    let found = read(source).reconcile();
    assert_eq!(found.outcome.verdict, Verdict::Inconsistent);
    let [cause] = found.causes.as_slice() else { panic!("{:?}", found.causes) };
    let one = cause.explanations.only().unwrap();
    let correction = |one: &Correction| (found.subject.figures[one.figure].words.clone(), one.number.unwrap());
    (one.slip, one.corrections.iter().map(correction).collect())
}

fn one(words: &str, number: i64) -> Vec<(String, Decimal)> {
    vec![(words.to_owned(), number.into())]
}

#[test]
fn one_unrounded_budget_with_one_decimal_stands_behind_the_plan() {
    let found = read(&iom()).reconcile();
    assert_eq!((found.outcome.verdict, found.counts()), (Verdict::Consistent, (58 + 72, 22)));
    let witness = found.outcome.witness.as_ref().unwrap();
    assert_eq!(witness.decimals, 1);
    assert!(witness.proves(&found.subject.system));
}

#[test]
fn the_plan_was_not_rounded_down_or_up_nor_were_digits_cut_off() {
    let refuted = read(&iom()).reconcile().refuted();
    let expected = [Rounding::Floor, Rounding::Ceiling, Rounding::Truncate, Rounding::AwayFromZero, Rounding::Exact];
    assert_eq!(refuted, expected);
}

#[test]
fn the_grand_total_can_be_anything_in_five_dollars() {
    let found = read(&iom()).reconcile();
    let range = found.range("total").unwrap();
    assert_eq!(range.figures.len(), 2, "it is printed twice");
    assert_eq!(range.amounts.unwrap().to_string(), "[32326038.5, 32326043.5]");
    let half_up = changed("rounding = \"nearest\", thousands", "rounding = \"half-up\", thousands");
    let range = read(&half_up).reconcile().range("total").unwrap();
    assert_eq!(range.amounts.unwrap().to_string(), "[32326038.5, 32326043.5)");
}

#[test]
fn a_range_takes_all_statements_of_an_amount_together_and_knows_no_others() {
    let found = read(&iom()).reconcile();
    let words = |ids| found.named(ids).into_iter().map(|i| found.subject.figures[i].place.clone()).collect::<Vec<_>>();
    assert_eq!(words("result=1,office=ecuador"), ["the budget", "country sheet Ecuador"]);
    assert_eq!(words("office=ecuador"), ["main table", "country sheet Ecuador"]);
    assert!(found.range("office=nowhere").is_none());
}

#[test]
fn two_digits_of_colombia_exchanged_are_found() {
    let found = explained(&changed("4_853_748", "4_835_748"));
    assert_eq!(found, (Slip::Transposed, one("Colombia / Socio-economic integration", 4_853_748)));
}

#[test]
fn two_digits_of_mexicos_total_exchanged_are_found() {
    let found = explained(&changed("mexico             =    665_418", "mexico             =    665_481"));
    assert_eq!(found, (Slip::Transposed, one("Mexico", 665_418)));
}

#[test]
fn a_digit_missing_of_brazil_is_found_although_the_sheet_prints_the_right_number() {
    let found = explained(&changed("3 = 2_354_000, 4 =   428_000", "3 =   235_400, 4 =   428_000"));
    assert_eq!(found, (Slip::Magnitude, one("Brazil / Direct Assistance and Vulnerability", 2_354_000)));
}

#[test]
fn two_cells_of_chile_exchanged_are_found() {
    let source =
        changed("chile              = { 1 =   227_273, 2 =   224_138", "chile              = { 1 =   224_138, 2 =   227_273");
    let (slip, corrections) = explained(&source);
    let numbers: Vec<_> = corrections.iter().map(|(_, number)| *number).collect();
    assert_eq!((slip, numbers), (Slip::CellsExchanged, vec![227_273.into(), 224_138.into()]));
}

#[test]
fn a_wrong_cell_is_named_by_every_error_it_makes() {
    let findings = read(&changed("4_853_748", "4_835_748")).check().findings;
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(!errors.is_empty() && errors.iter().all(|finding| finding.rule == "declared-total"), "one mistake is not told twice");
    let names = |finding: &Diagnostic| finding.help.iter().any(|help| help.contains("should be 4,853,748"));
    assert!(errors.iter().all(|finding| names(finding)), "{errors:?}");
}

#[test]
fn text_fits_a_window_html_holds_no_script_and_json_holds_no_number_for_an_amount() {
    let source = changed("4_853_748", "4_835_748");
    let found = read(&source).reconcile();
    let text = found.text(Text { source: Some(&source), ..Text::default() });
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("53).\n    --> changed.toml:987:"), "{text}");
    let html = found.html();
    let (table, legend) = html.split_once("</table>").unwrap();
    assert_eq!(table.matches("outline:2px solid").count(), 1, "one culprit is marked");
    assert_eq!(table.matches("outline-offset:-").count(), table.matches("outline:").count(), "no mark is cut off");
    assert!(legend.contains("may be wrong</span>") && legend.contains("contradict each other</span>"), "{legend}");
    assert!(
        !read(&changed("name   = \"Chile\"", "name   = \"Chili\"")).reconcile().html().contains("outline"),
        "nothing is marked, and no mark explained"
    );
    assert!(!found.html().contains("<script"));
    let value = found.json_value(Some(&source));
    assert_eq!(value["verdict"], "inconsistent");
    assert_eq!(value["causes"][0]["explanations"][0]["corrections"][0]["number"], "4853748");
}

#[test]
fn a_title_is_no_markup() {
    let plan = read(&changed("name   = \"Chile\"", "name   = \"<b>&\""));
    let html = plan.reconcile().html();
    assert!(html.contains("&lt;b&gt;&amp;") && !html.contains("<b>&"), "{html}");
}
