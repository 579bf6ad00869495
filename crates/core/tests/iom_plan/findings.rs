//! What checking the plan finds: eleven printed figures that rounding explains, one contradiction, and nothing else.

use logframe::{Decimal, Diagnostic, Severity};

use crate::plans::{iom, read};

/// Figure and place, declared, computed: added up by hand from the printed table.
const DIFFERING: [(&str, i64, i64); 11] = [
    ("Capacity and coordination, main table", 8_013_791, 8_013_792),
    ("Direct Assistance and Vulnerability, main table", 9_308_907, 9_308_908),
    ("the plan, main table", 32_326_041, 32_326_043),
    ("Dominican R., main table", 1_149_180, 1_149_181),
    ("Ecuador, main table", 2_039_700, 2_039_701),
    ("RO Buenos Aires, main table", 1_373_882, 1_373_883),
    ("RO San Jose, main table", 901_092, 901_091),
    ("the plan, prose, Expected results and geographical coverage", 32_326_041, 32_326_043),
    ("Capacity and coordination, outcome headlines", 8_013_791, 8_013_792),
    ("Direct Assistance and Vulnerability, outcome headlines", 9_308_907, 9_308_908),
    ("Ecuador, country sheet Ecuador", 2_039_700, 2_039_701),
];

fn figures(finding: &Diagnostic) -> (Decimal, Decimal) {
    let figures = finding.figures.as_ref().unwrap();
    assert_eq!(figures.declared.exact_sub(figures.computed), Some(figures.difference));
    (figures.declared, figures.computed)
}

#[test]
fn eleven_printed_figures_differ_within_rounding_and_nothing_else_does() {
    let findings = read(&iom()).check().findings;
    let totals: Vec<_> = findings.iter().filter(|finding| finding.rule == "declared-total").collect();
    let found: Vec<_> = totals.iter().map(|finding| (finding.place().unwrap().thing.as_str(), figures(finding))).collect();
    let expected = DIFFERING.map(|(figure, declared, computed)| (figure, (declared.into(), computed.into())));
    assert_eq!(found, expected);
    assert!(totals.iter().all(|finding| finding.message.ends_with("within rounding")));
}

#[test]
fn the_prose_contradicts_the_permits_table_once() {
    let findings = read(&iom()).check().findings;
    let contradictions: Vec<_> = findings.iter().filter(|finding| finding.rule == "series-contradiction").collect();
    assert_eq!(contradictions.len(), 1);
    assert_eq!(figures(contradictions[0]), (313.into(), 345.into()));
}

#[test]
fn the_plan_has_twelve_findings_and_all_are_notes() {
    let findings = read(&iom()).check().findings;
    assert_eq!(findings.len(), 12);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Note));
}

#[test]
fn every_finding_points_at_the_figure_it_speaks_of() {
    let source = iom();
    for finding in read(&source).check().findings {
        let digits = source.slice(finding.place().unwrap().span.unwrap());
        assert_eq!(digits.parse::<Decimal>().unwrap(), figures(&finding).0, "{}", finding.message);
    }
}

#[test]
fn of_94_declared_figures_83_are_exact_and_11_within_rounding() {
    let tally = read(&iom()).check().tally;
    assert_eq!((tally.declared, tally.exact, tally.within_rounding, tally.wrong, tally.open), (94, 83, 11, 0, 0));
}

#[test]
fn printed_rows_and_columns_add_up_to_the_printed_total_and_the_cells_to_two_more() {
    let summary = read(&iom()).check().summary;
    let (printed, cells) = (Some(Decimal::from(32_326_041)), Some(Decimal::from(32_326_043)));
    assert_eq!((summary.declared, summary.offices, summary.results, summary.cells), (printed, printed, printed, cells));
}
