//! How much there is of everything, counted in the document by hand.

use logframe::{Cell, OfficeKind, Outcome, Plan};

use crate::plans::{iom, read};

fn all(plan: &Plan, of: fn(&Outcome) -> usize) -> usize {
    plan.outcomes.iter().map(of).sum()
}

#[test]
fn the_results_chain_is_whole() {
    let plan = read(&iom());
    assert_eq!(plan.outcomes.len(), 4);
    assert_eq!(all(&plan, |outcome| outcome.outputs.len()), 10);
    assert_eq!(all(&plan, |outcome| outcome.all_activities().count()), 45);
    assert_eq!(all(&plan, |outcome| outcome.challenges.len()), 13);
    assert_eq!(plan.heads.len(), 1);
    assert_eq!(plan.header.sdgs.len(), 8);
}

#[test]
fn the_places_and_offices_are_whole_and_one_office_leads() {
    let plan = read(&iom());
    assert_eq!(plan.regions.len(), 4);
    assert_eq!(plan.regions.iter().map(|region| region.places.0.len()).sum::<usize>(), 17);
    let kinds = [OfficeKind::Country, OfficeKind::SubRegional, OfficeKind::Regional];
    assert_eq!(kinds.map(|kind| plan.offices.iter().filter(|office| office.kind == Some(kind)).count()), [13, 1, 2]);
    let leading: Vec<_> = plan.offices.iter().filter(|office| office.leads).map(|office| office.id.as_str()).collect();
    assert_eq!(leading, ["ro-buenos-aires"]);
}

#[test]
fn the_budget_is_whole() {
    let plan = read(&iom());
    assert_eq!(plan.allocations.iter().filter(|allocation| *allocation.cell != Cell::None).count(), 58);
    assert_eq!(plan.allocations.iter().filter(|allocation| *allocation.cell == Cell::None).count(), 22);
    assert_eq!(plan.total().unwrap().to_string(), "USD 32,326,043");
}

#[test]
fn the_declared_figures_are_whole() {
    let plan = read(&iom());
    assert_eq!(plan.statements().len(), 94);
    let on_sheets = |s: &&logframe::Statement| s.place.contains("sheet ");
    let (totals, figures): (Vec<_>, Vec<_>) =
        plan.statements().iter().filter(on_sheets).partition(|statement| statement.scope.results.is_none());
    assert_eq!((figures.len(), totals.len()), (35, 10));
}

#[test]
fn the_sheets_are_whole() {
    let plan = read(&iom());
    let count = |of: fn(&logframe::Sheet) -> usize| plan.sheets.iter().map(of).sum::<usize>();
    assert_eq!(plan.sheets.len(), 15);
    let under = |sheet: &logframe::Sheet| sheet.challenges.iter().map(|(_, texts)| texts.len()).sum::<usize>();
    assert_eq!(count(|sheet| sheet.other_challenges.len()) + plan.sheets.iter().map(under).sum::<usize>(), 124);
    assert_eq!(count(|sheet| sheet.highlights.len()), 29);
    assert_eq!(count(|sheet| sheet.activities.as_ref().unwrap().len()), 269);
}

#[test]
fn the_permits_table_is_whole() {
    let plan = read(&iom());
    let values: Vec<_> = plan.series[0].values.iter().flat_map(|(_, values)| values.iter()).collect();
    assert_eq!(values.len(), 36);
    assert_eq!(values.iter().filter(|value| value.number().is_none()).count(), 4);
}
