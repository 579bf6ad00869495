//! Two versions of a plan: whatever they say, the difference leads from the one to the other.

use logframe::diff::{Change, Diff, Kind, TotalOf, What, diff};
use logframe::{Allocation, Cell, Draft, Figure, Id, Office, Plan};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::plans::{iom, proposal, read, teaching};
use crate::round_trip::drafts;

/// The difference between a plan and what an edit makes of it.
fn edited(plan: &Plan, edit: impl FnOnce(&mut Draft)) -> Diff {
    let mut draft = plan.draft();
    edit(&mut draft);
    let new = Plan::new(draft);
    let found = diff(plan, &new);
    assert_eq!(found.is_empty(), *plan == new);
    assert_eq!(found.changes.is_empty(), *plan == new);
    assert_eq!(found.apply(plan), Some(new));
    found
}

fn said(change: &Change) -> (Kind, What, String) {
    (change.kind, change.what, change.path.join("/"))
}

#[test]
fn a_plan_is_no_other_than_itself() {
    for source in [iom(), teaching(), proposal()] {
        let plan = read(&source);
        let found = diff(&plan, &plan);
        assert!(found.is_empty() && found.cells.is_empty() && found.totals.is_empty());
        assert_eq!(found.text(&[], 80), "The two say the same.\n");
    }
}

#[test]
fn money_that_moves_is_said_to_have_moved() {
    let found = edited(&read(&iom()), |draft| {
        draft.set_allocation("colombia", "1", Cell::Amount(1_695_950.into())).unwrap();
        draft.set_allocation("chile", "1", Cell::Amount(277_273.into())).unwrap();
    });
    assert_eq!(found.moved.len(), 1);
    let (from, to) = (&found.cells[found.moved[0].from], &found.cells[found.moved[0].to]);
    assert_eq!((from.office.as_str(), to.office.as_str(), found.moved[0].amount), ("colombia", "chile", 50_000.into()));
    // The plan and the outcome have what they had.
    assert!(found.totals.iter().all(|total| total.of == TotalOf::Office));
    assert!(found.text(&[], 80).contains("50,000 moved from Colombia / Data production and dissemination to Chile / Data"));
}

#[test]
fn a_renamed_office_is_one_change_and_its_budget_none() {
    let found = edited(&read(&iom()), |draft| {
        let new: Id = "kolumbien".parse().unwrap();
        let office = draft.offices.iter_mut().find(|office| office.id.as_str() == "colombia").unwrap();
        office.id = new.clone().into();
        draft
            .allocations
            .iter_mut()
            .filter(|one| one.office.as_str() == "colombia")
            .for_each(|one| one.office = new.clone().into());
        for sheet in &mut draft.sheets {
            sheet.offices.iter_mut().filter(|id| id.as_str() == "colombia").for_each(|id| *id = new.clone().into());
        }
        for block in &mut draft.declared {
            block.offices.0.iter_mut().filter(|(id, _)| id.as_str() == "colombia").for_each(|(id, _)| *id = new.clone().into());
            if let Some(shares) = &mut block.shares {
                shares
                    .offices
                    .0
                    .iter_mut()
                    .filter(|(id, _)| id.as_str() == "colombia")
                    .for_each(|(id, _)| *id = new.clone().into());
            }
        }
    });
    let changes: Vec<_> = found.changes.iter().filter(|change| change.kind == Kind::Structure).map(said).collect();
    assert!(changes.contains(&(Kind::Structure, What::Renamed, "office/kolumbien".to_owned())), "{changes:?}");
    assert_eq!((found.cells.len(), found.totals.len()), (0, 0));
    assert!(found.of(Kind::Money).next().is_none(), "{:?}", found.of(Kind::Money).collect::<Vec<_>>());
}

#[test]
fn each_kind_of_change_is_told_apart() {
    let plan = read(&teaching());
    let found = edited(&plan, |draft| {
        draft.header.title = "Another title".to_owned();
        draft.offices.push(Office::new("lusaka", "Lusaka"));
        draft.heads.remove(0);
        draft.declared[0].total = Some(Figure::from(logframe::Decimal::from(1)));
        draft.outcomes[0].indicators[0].title = "Another indicator".to_owned();
        draft.outcomes.swap(0, 1);
    });
    let changes: Vec<_> = found.changes.iter().map(said).collect();
    for expected in [
        (Kind::Wording, What::Changed, "plan/title"),
        (Kind::Structure, What::Added, "office/lusaka"),
        (Kind::Structure, What::Removed, "head/support"),
        (Kind::Declared, What::Changed, "declared/budget table/total"),
    ] {
        let expected = (expected.0, expected.1, expected.2.to_owned());
        assert!(changes.contains(&expected), "{expected:?} is not among {changes:#?}");
    }
    assert!(changes.iter().any(|(kind, what, _)| *kind == Kind::Results && *what == What::Changed), "{changes:#?}");
    assert_eq!(changes.iter().filter(|(_, what, _)| *what == What::Moved).count(), 1, "{changes:#?}");
}

#[test]
fn none_zero_and_not_given_are_three_things() {
    let plan = read(&iom());
    let found = edited(&plan, |draft| draft.set_allocation("argentina", "3", Cell::Amount(0.into())).unwrap());
    assert_eq!((found.cells[0].before, found.cells[0].after), (Some(Cell::None), Some(Cell::Amount(0.into()))));
    assert!(found.totals.is_empty());
    let found = edited(&plan, |draft| draft.remove_allocation("argentina", "3").unwrap());
    assert_eq!((found.cells[0].before, found.cells[0].after), (Some(Cell::None), None));
}

#[test]
fn a_donor_says_which_changes_need_an_amendment() {
    let plan = read(&proposal());
    let profile = plan.profiles.iter().find(|profile| profile.id.as_str() == "northland").unwrap();
    let line = |draft: &mut Draft, id: &str, cost: i64| {
        let at = draft.line_at(id).unwrap();
        draft.lines[at].unit_cost = Some(logframe::Decimal::from(cost).into());
    };
    // Travel is 25,760.57; 3,000 more is 11.6 %, 6,000 more 23.3 %.
    let travel = |more: i64| {
        edited(&plan, |draft| {
            let mut trip = logframe::Line::new("peru", "management", "A further trip");
            trip.category = Some("travel".parse::<Id>().unwrap().into());
            (trip.quantity, trip.unit) = (Some(logframe::Decimal::from(1).into()), Some("trip".into()));
            trip.amount = Some(logframe::Decimal::from(more).into());
            draft.lines.push(trip);
        })
    };
    let amended = |found: &Diff| found.amendments(profile).into_iter().map(|one| one.change.id).collect::<Vec<_>>();
    // Support costs may not grow at all, and they grow with everything.
    assert_eq!(amended(&travel(3_000)), ["indirect"]);
    assert_eq!(amended(&travel(6_000)), ["travel", "indirect"]);
    let text = travel(6_000).text(std::slice::from_ref(profile), 200);
    assert!(text.contains("heading Travel +23.3 % against the approved plan, limit 15 %"), "{text}");
    let less = edited(&plan, |draft| line(draft, "peru-coordinator-1", 2_800));
    assert!(amended(&less).is_empty());
}

#[test]
fn an_id_the_order_of_rows_and_a_currency_are_changes_and_zeros_at_the_end_are_none() {
    let plan = read(&teaching());
    edited(&plan, |draft| draft.outcomes[0].indicators[0].id = "another".parse::<Id>().unwrap().into());
    let swapped = edited(&plan, |draft| draft.allocations.rotate_left(3));
    assert!(swapped.cells.is_empty());
    assert!(swapped.changes.iter().all(|change| change.what == What::Moved));
    let euros = edited(&plan, |draft| draft.header.currency = "EUR".to_owned().into());
    assert!(euros.text(&[], 200).contains("instead of USD"), "{}", euros.text(&[], 200));
    let zeros = edited(&plan, |draft| {
        let amount = draft.allocations[0].cell.amount().unwrap();
        draft.allocations[0].cell = Cell::Amount(amount.with_decimals(2)).into();
    });
    assert!(zeros.is_empty() && zeros.cells.is_empty());
}

#[test]
fn another_office_of_the_same_kind_is_not_the_old_one_renamed() {
    let plan = read(&proposal());
    // Without money for it, nothing but what the offices say of themselves tells.
    let mut draft = plan.draft();
    draft.lines.retain(|line| line.office.as_str() != "peru");
    let plan = Plan::new(draft);
    let renamed = |name: &str| {
        edited(&plan, |draft| {
            draft.offices[0].id = "elsewhere".parse::<Id>().unwrap().into();
            draft.offices[0].name = name.to_owned();
        })
    };
    assert!(renamed("Nepal").changes.iter().all(|change| change.what != What::Renamed));
    assert!(renamed("Peru").changes.iter().any(|change| change.what == What::Renamed));
}

#[test]
fn a_total_that_cannot_be_held_is_not_said_to_be_nothing() {
    let plan = read(&iom());
    let most: logframe::Decimal = "79228162514264337593543950335".parse().unwrap();
    let found = edited(&plan, |draft| draft.set_allocation("chile", "1", Cell::Amount(most)).unwrap());
    assert!(found.totals.iter().all(|total| total.of != TotalOf::Plan));
    assert!(found.text(&[], 200).contains("a total of more digits than can be held"), "{}", found.text(&[], 200));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_difference_of_any_two_plans_leads_from_one_to_the_other(a in drafts::draft(), b in drafts::draft()) {
        let (a, b) = (Plan::new(a), Plan::new(b));
        let found = diff(&a, &b);
        prop_assert_eq!(found.apply(&a), Some(b.clone()));
        prop_assert_eq!(found.is_empty(), a == b);
        // Whatever it is, it can be shown.
        let shown = [found.text(&[], 80), found.markdown(&[]), found.html(&[]), found.json(&[])];
        prop_assert!(shown.iter().all(|text| !text.is_empty()));
    }

    #[test]
    fn a_plan_with_a_few_things_changed_too(draft in drafts::draft(), at in any::<Index>(), amount in any::<i32>()) {
        let plan = Plan::new(draft);
        let mut draft = plan.draft();
        if !draft.offices.is_empty() {
            let at = at.index(draft.offices.len());
            draft.offices.rotate_left(at);
            draft.offices[0].name.push('!');
        }
        draft.allocations.retain(|one| !one.is_built);
        draft.allocations.push(Allocation::new("somebody", "something", i64::from(amount).into()));
        draft.outcomes.reverse();
        draft.declared.pop();
        let new = Plan::new(draft);
        prop_assert_eq!(diff(&plan, &new).apply(&plan), Some(new));
    }
}
