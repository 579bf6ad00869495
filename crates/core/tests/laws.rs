//! Laws of pivots, selections and edits, on arbitrary plans.

use std::collections::BTreeSet;

use logframe::report::{Dimension, pivot, select};
use logframe::table::{Cell, Table};
use logframe::{Allocation, Decimal, Draft, Plan, Source};
use proptest::prelude::*;
use proptest::sample::select as one_of;

use crate::plans::read;
use crate::round_trip::drafts;

const DIMENSIONS: [Dimension; 7] = [
    Dimension::Office,
    Dimension::Kind,
    Dimension::Region,
    Dimension::Outcome,
    Dimension::Output,
    Dimension::Activity,
    Dimension::Result,
];

fn amount(cell: &Cell) -> Option<Decimal> {
    if let Cell::Number { value, .. } = cell { Some(*value) } else { None }
}

/// The numbers of a table without its last column and total row, and its corner.
fn parts_and_corner(table: &Table) -> (Vec<Decimal>, Option<Decimal>) {
    let mut rows: Vec<&[Cell]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    let corner = rows.pop().and_then(|total| amount(total.last()?));
    let parts = rows.iter().flat_map(|row| &row[1..row.len() - 1]).filter_map(amount).collect();
    (parts, corner)
}

fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, Decimal::exact_add)
}

/// A plan whose amounts can be added in any order: whole millions at most.
fn small(mut draft: Draft) -> Plan {
    for (i, allocation) in draft.allocations.iter_mut().enumerate() {
        if allocation.cell.amount().is_some() {
            allocation.cell = logframe::Cell::Amount(Decimal::from(i64::try_from(i * 37 % 1000).unwrap() - 400)).into();
        }
    }
    Plan::new(draft)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whatever two dimensions a budget is laid out by, every allocation is in it once.
    #[test]
    fn the_parts_of_a_pivot_add_up_to_the_budget(
        draft in drafts::draft(),
        rows in one_of(&DIMENSIONS[..]),
        columns in one_of(&DIMENSIONS[..]),
    ) {
        let plan = small(draft);
        let all: Vec<usize> = (0..plan.allocations.len()).collect();
        let amounts: Vec<Decimal> = plan.allocations.iter().filter_map(|one| one.cell.amount()).collect();
        let (parts, corner) = parts_and_corner(&pivot(&plan, &all, rows, columns, false));
        prop_assert_eq!(sum(parts), sum(amounts.clone()));
        prop_assert_eq!(corner, if amounts.is_empty() { None } else { sum(amounts) });
    }

    /// Selecting every group in turn gives every allocation that has a group at most once.
    #[test]
    fn the_groups_of_a_dimension_do_not_overlap(draft in drafts::draft(), dimension in one_of(&DIMENSIONS[..])) {
        let plan = Plan::new(draft);
        let ids: BTreeSet<String> = match dimension {
            Dimension::Office => plan.offices.iter().map(|office| office.id.to_string()).collect(),
            _ => plan.nodes().iter().map(|node| node.id.to_string()).collect(),
        };
        let mut seen = BTreeSet::new();
        for id in ids {
            // An id that is no group of this dimension is refused, by name.
            for at in select(&plan, &[(dimension, vec![id])]).unwrap_or_default() {
                prop_assert!(seen.insert(at), "allocation {at} is in two groups of {}", dimension.name());
            }
        }
    }

    /// An edit says what it says and nothing else: taken back, it leaves an equal plan.
    #[test]
    fn an_allocation_that_is_set_and_taken_away_leaves_an_equal_plan(draft in drafts::draft(), amount in any::<i64>()) {
        let plan = Plan::new(draft);
        let free = plan.offices.iter().flat_map(|office| plan.nodes().iter().map(move |node| (&office.id, &node.id)));
        let given = |office: &str, result: &str| {
            plan.allocations.iter().any(|one| one.office.as_str() == office && one.result.as_str() == result)
        };
        let mut free = free.filter(|(office, result)| !given(office.as_str(), result.as_str()));
        if let Some((office, result)) = free.next() {
            let mut draft = plan.draft();
            draft.set_allocation(office.as_str(), result.as_str(), logframe::Cell::Amount(amount.into())).unwrap();
            let changed = Plan::new(draft.clone());
            prop_assert!(changed != plan);
            let given = |plan: &Plan| plan.allocations.iter().filter(|one| !one.is_built).count();
            prop_assert_eq!(given(&changed), given(&plan) + 1);
            prop_assert!(read(&Source::new("changed.toml", changed.to_toml())) == changed);
            draft.remove_allocation(office.as_str(), result.as_str()).unwrap();
            prop_assert!(Plan::new(draft) == plan);
        }
    }

    /// What is handed over part by part is the text, and nobody is asked again who takes no more.
    #[test]
    fn a_plan_that_is_written_part_by_part_ends_where_it_is_stopped(draft in drafts::draft(), room in any::<prop::sample::Index>()) {
        struct Taker { text: String, room: usize }
        impl std::fmt::Write for Taker {
            fn write_str(&mut self, part: &str) -> std::fmt::Result {
                assert!(self.text.len() <= self.room);
                self.text.push_str(part);
                if self.text.len() > self.room { Err(std::fmt::Error) } else { Ok(()) }
            }
        }
        let plan = Plan::new(draft);
        let whole = plan.to_toml();
        let room = room.index(whole.len() + 1);
        let mut taker = Taker { text: String::new(), room };
        prop_assert_eq!(plan.write_toml(&mut taker).is_ok(), room == whole.len());
        prop_assert!(whole.starts_with(&taker.text) && (room < whole.len() || taker.text == whole));
    }

    /// An office that is taken away takes its money with it and nobody else's.
    #[test]
    fn an_office_goes_with_its_money(draft in drafts::draft()) {
        let plan = small(draft);
        if let Some(office) = plan.offices.first() {
            let id = &office.id.value;
            let mut draft = plan.draft();
            draft.remove_office(id.as_str()).unwrap();
            let left: Vec<&Allocation> = plan.allocations.iter().filter(|one| one.office.value != *id).collect();
            prop_assert!(draft.allocations.iter().eq(left.iter().copied()));
            prop_assert!(draft.offices.iter().all(|one| one.id.value != *id));
        }
    }
}
