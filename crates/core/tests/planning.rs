//! Planning: no change of a budget creates or loses a unit.

use std::fs;

use logframe::planning::{Inflation, Scaling, Sharing, Transfer, Unplanned};
use logframe::{Allocation, Decimal, Draft, Head, Header, Id, Office, Plan};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::plans::{iom, path, proposal, read};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Offices `o0`, `o1`, … with an amount each.
fn plan(amounts: &[i64]) -> Plan {
    let mut draft = Draft { header: Header::new("demo", "A demonstration", "USD"), ..Draft::default() };
    draft.heads = vec![Head::new("food", "Food"), Head::new("shelter", "Shelter")];
    for (i, amount) in amounts.iter().enumerate() {
        draft.offices.push(Office::new(&format!("o{i}"), format!("Office {i}")));
        draft.allocations.push(Allocation::new(&format!("o{i}"), "food", (*amount).into()));
    }
    Plan::new(draft)
}

fn amounts(plan: &Plan) -> Vec<Decimal> {
    plan.allocations.iter().filter_map(|one| one.cell.amount()).collect()
}

fn total(plan: &Plan) -> Decimal {
    plan.total().unwrap().amount
}

#[test]
fn the_real_plan_scales_to_25_million_and_keeps_what_is_kept() {
    let plan = read(&iom());
    let mut scaling = Scaling::to(25_000_000.into());
    scaling.keep = vec!["colombia".parse::<Id>().unwrap().into(), "evaluation".parse::<Id>().unwrap().into()];
    let scaled = scaling.apply(&plan).unwrap();
    assert_eq!(total(&scaled), 25_000_000.into());
    let row = |plan: &Plan, id: &str| {
        Decimal::exact_sum(plan.allocations.iter().filter(|one| one.office.as_str() == id).filter_map(|one| one.cell.amount()))
    };
    assert_eq!(row(&scaled, "colombia"), row(&plan, "colombia"));
    // 11,435,221 of the 18,761,264 that are not kept: Chile's 227,273 for data become 138,525.69.
    let chile = scaled.allocations.iter().find(|one| one.office.as_str() == "chile").unwrap();
    assert_eq!(chile.cell.amount(), Some(138_526.into()));
    // None stays none.
    assert_eq!(scaled.allocations.iter().filter(|one| one.cell.amount().is_none()).count(), 22);
}

#[test]
fn what_cannot_be_done_says_why() {
    let plan = plan(&[10, 20]);
    let refused = |result: Result<Plan, Unplanned>| result.unwrap_err().to_string();
    assert_eq!(
        refused(Transfer::new(11.into(), ("o0", "food"), ("o1", "shelter")).apply(&plan)),
        "o0 has 10 for food, and 11 cannot be taken from it"
    );
    assert_eq!(
        refused(Transfer::new((-1).into(), ("o0", "food"), ("o1", "food")).apply(&plan)),
        "-1 is no amount to move or share: it is not above zero"
    );
    assert!(refused(Transfer::new(1.into(), ("o0", "food"), ("o9", "food")).apply(&plan)).contains("no office `o9`"));
    let mut keep = Scaling::to(5.into());
    keep.keep = vec!["o1".parse::<Id>().unwrap().into()];
    assert_eq!(refused(keep.apply(&plan)), "what is kept comes to 20, more than 5");
    assert!(refused(Scaling::to(decimal("5.5")).apply(&plan)).contains("no whole number of units"));
    assert!(refused(Scaling::to(5.into()).apply(&self::plan(&[0, 0]))).contains("no amount above zero that could be scaled"));
    assert!(refused(Scaling::to(5.into()).apply(&read(&proposal()))).contains("built up from lines"));
}

#[test]
fn dearer_prices_are_worked_through() {
    let plan = read(&proposal());
    let dearer = Inflation::of(10.into(), decimal("0.01")).apply(&plan).unwrap();
    let price = |plan: &Plan| *plan.lines[0].unit_cost.unwrap();
    assert_eq!((price(&plan), price(&dearer)), (decimal("2850"), decimal("3135")));
    // Worked out outside, by Python's decimals: each price by a tenth, rounded to a cent, then the whole budget anew.
    assert_eq!(total(&dearer), decimal("1623607.16"));
    let staff = {
        let mut staff = Inflation::of(10.into(), decimal("0.01"));
        staff.categories = Some(vec!["staff".parse::<Id>().unwrap().into()]);
        staff.apply(&plan).unwrap()
    };
    assert!(total(&staff) > total(&plan) && total(&staff) < total(&dearer));
}

#[test]
fn a_scenario_is_a_plan_with_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    };
    fs::copy(path("plans/iom-venezuela-2018.toml"), folder.path().join("iom.toml")).unwrap();
    let scenario = file(
        "less.toml",
        "format = 1\nscenario = { base = \"iom.toml\", title = \"Less\" }\n\
         [[change]]\nmove = { amount = 100_000, from = [\"colombia\", \"1\"], to = [\"chile\", \"1\"] }\n\
         [[change]]\nscale = { to = 30_000_000 }\n",
    );
    let loaded = Plan::load(&scenario).unwrap();
    let plan = loaded.plan.unwrap();
    assert_eq!((plan.header.title.as_str(), total(&plan)), ("Less", 30_000_000.into()));
    assert!(loaded.is_changed && loaded.source.name().ends_with("iom.toml"));

    let again = file("more.toml", "format = 1\nscenario = { base = \"less.toml\" }\n");
    assert_eq!(total(&Plan::load(&again).unwrap().plan.unwrap()), 30_000_000.into());

    let message = |name: &str, text: &str| {
        let loaded = Plan::load(file(name, text)).unwrap();
        assert!(loaded.plan.is_none());
        loaded.diagnostics[0].message.clone()
    };
    let outside = "format = 1\nscenario = { base = \"../iom.toml\" }\n";
    assert!(message("deeper/a.toml", outside).contains("must be a path inside the folder"));
    assert!(message("b.toml", "format = 1\nscenario = { base = \"/etc/passwd\" }\n").contains("must be a path inside"));
    assert!(message("c.toml", "format = 1\nscenario = { base = \"no.toml\" }\n").contains("no file that can be read"));
    assert!(message("d.toml", "format = 1\nscenario = { base = \"d.toml\" }\n").contains("of too many"));
    let wrong = "format = 1\nscenario = { base = \"iom.toml\" }\n[[change]]\nscale = { to = 5, keep = [\"columbia\"] }\n";
    let loaded = Plan::load(file("e.toml", wrong)).unwrap();
    assert!(loaded.diagnostics[0].message.contains("did you mean `colombia`"), "{}", loaded.diagnostics[0].message);
    assert_eq!(loaded.source.position(loaded.diagnostics[0].labels[0].span.unwrap().start()).line, 4);
}

#[test]
#[cfg(unix)]
fn a_link_does_not_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::copy(path("plans/teaching.toml"), folder.path().join("teaching.toml")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("teaching.toml"), inner.join("link.toml")).unwrap();
    fs::write(inner.join("a.toml"), "format = 1\nscenario = { base = \"link.toml\" }\n").unwrap();
    let loaded = Plan::load(inner.join("a.toml")).unwrap();
    assert!(loaded.diagnostics[0].message.contains("leads out of its folder"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn scaling_gives_exactly_what_is_wanted_and_each_its_part(cells in vec(0i64..1_000_000, 1..20), to in 0i64..5_000_000) {
        prop_assume!(cells.iter().any(|cell| *cell > 0));
        let scaled = Scaling::to(to.into()).apply(&plan(&cells)).unwrap();
        prop_assert_eq!(total(&scaled), Decimal::from(to));
        let all: i128 = cells.iter().map(|cell| i128::from(*cell)).sum();
        for (cell, amount) in cells.iter().zip(amounts(&scaled)) {
            let (exact, rest) = (i128::from(*cell) * i128::from(to) / all, i128::from(*cell) * i128::from(to) % all);
            let found = amount.in_steps(0).unwrap();
            prop_assert!(found == exact || (rest > 0 && found == exact + 1), "{found} for {exact} and {rest}/{all}");
        }
    }

    #[test]
    fn moving_and_sharing_neither_create_nor_lose_a_unit(
        cells in vec(0i64..1_000_000, 2..10),
        weights in vec(0i64..100, 2..10),
        amount in 1i64..1_000_000,
    ) {
        let before = plan(&cells);
        let moved = Transfer::new(amount.into(), ("o0", "food"), ("o1", "shelter")).apply(&before);
        if cells[0] >= amount {
            prop_assert_eq!(total(&moved.unwrap()), total(&before));
        } else {
            prop_assert!(moved.is_err());
        }
        let by = weights.iter().take(cells.len()).enumerate();
        let by = by.map(|(i, weight)| (format!("o{i}").parse::<Id>().unwrap(), Decimal::from(*weight)));
        let by: Vec<_> = by.collect();
        let is_possible = by.iter().any(|(_, weight)| !weight.is_zero());
        let shared = Sharing::new(amount.into(), "shelter", by).apply(&before);
        prop_assert_eq!(shared.is_ok(), is_possible);
        if let Ok(shared) = shared {
            prop_assert_eq!(total(&shared), total(&before).exact_add(amount.into()).unwrap());
        }
    }
}

/// Offices that sent a copy of the plan with other money.
fn sent(name: &str, plan: Plan) -> logframe::planning::Contribution {
    logframe::planning::Contribution { name: name.to_owned(), plan }
}

#[test]
fn offices_make_a_regional_plan_and_what_is_doubtful_is_said() {
    use logframe::planning::combine;
    let region = plan(&[10, 20, 0]);
    let only = |office: &str, amount: i64| {
        let mut draft = region.draft();
        draft.allocations = vec![Allocation::new(office, "food", amount.into())];
        Plan::new(draft)
    };
    let first = only("o0", 15);
    let twice = only("o0", 16);
    let mut elsewhere = only("o9", 1).draft();
    elsewhere.offices.push(Office::new("o9", "Office 9"));
    elsewhere.heads.push(Head::new("water", "Water"));
    elsewhere.allocations.push(Allocation::new("o9", "water", 2.into()));
    let combined = combine(&region, &[sent("a.toml", first), sent("b.toml", twice), sent("c.toml", Plan::new(elsewhere))]);
    // 15 as it was sent, 20 and 0 as the region has them, 1 of an office that it did not know.
    assert_eq!(total(&combined.plan), 36.into());
    assert_eq!(combined.plan.office("o0").unwrap().source.as_deref(), Some("a.toml"));
    let said: Vec<&str> = combined.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "Office 0 is sent by a.toml and by b.toml",
            "Office 0 / Food was 10 in the regional plan and is 15 in a.toml",
            "the regional plan has no office `o9`, which c.toml sent",
            "c.toml has money for `water`, which the regional plan does not have",
            "nobody sent the budget of Office 1; what the regional plan has is kept",
            "nobody sent the budget of Office 2; what the regional plan has is kept",
        ]
    );
}

#[test]
fn a_plan_that_is_sent_in_pieces_is_the_plan() {
    let whole = read(&proposal());
    let piece = |office: &str| {
        let mut draft = whole.draft();
        draft.lines.retain(|line| line.office.as_str() == office);
        Plan::new(draft)
    };
    let mut empty = whole.draft();
    empty.lines.clear();
    let pieces = [sent("peru.toml", piece("peru")), sent("colombia.toml", piece("colombia"))];
    let combined = logframe::planning::combine(&Plan::new(empty), &pieces);
    assert_eq!(combined.findings, []);
    let mut again = combined.plan.draft();
    again.offices.iter_mut().for_each(|office| office.source = None);
    // Every line says which file it came in, in front of what it said itself.
    assert!(again.lines.iter().all(|line| line.source.as_ref().is_some_and(|source| source.to_string().contains(".toml"))));
    for line in &mut again.lines {
        let own = line.source.take().and_then(|source| source.to_string().split_once(": ").map(|(_, own)| own.into()));
        line.source = own;
    }
    assert_eq!(Plan::new(again), whole);
}

/// Two offices without money, and what a budget of one of them says.
const REGION: &str = r#"
format = 1
[plan]
id = "region"
title = "Region"
currency = "USD"
[[head]]
id = "food"
title = "Food"
[[office]]
id = "north"
name = "North"
[[office]]
id = "south"
name = "South"
"#;

fn read_text(text: &str) -> Plan {
    read(&logframe::Source::new("plan.toml", text))
}

fn office(file: &str, more: &str) -> logframe::planning::Contribution {
    let plan = read_text(&format!("{REGION}{more}"));
    sent(file, plan)
}

fn said(combined: &logframe::planning::Combined) -> Vec<String> {
    combined.findings.iter().map(|finding| format!("{}: {}", finding.severity, finding.message)).collect()
}

#[test]
fn lines_of_offices_that_use_the_same_ids_stay_apart() {
    let lines = |office: &str, cost: &str| {
        format!(
            r#"
[[line]]
id = "staff"
office = "{office}"
result = "food"
description = "Staff"
unit-cost = {cost}
[[line]]
office = "{office}"
result = "food"
description = "Overhead"
percent = 7
of = {{ lines = ["staff"] }}
"#
        )
    };
    let offices = [office("north.toml", &lines("north", "100")), office("south.toml", &lines("south", "200"))];
    let combined = logframe::planning::combine(&read_text(REGION), &offices);
    assert_eq!(said(&combined), ["note: the line `staff` of south.toml has the id of another office's; it is `south-staff` now"]);
    // 107 and 214: each overhead is of its own office's staff.
    assert_eq!(total(&combined.plan), 321.into());
    let staff: Vec<_> = combined.plan.lines.iter().filter_map(|line| line.id.as_ref()).map(|id| id.as_str()).collect();
    assert_eq!(staff, ["staff", "south-staff"]);
}

#[test]
fn an_amount_that_another_rate_or_rounding_would_change_is_said() {
    let lines = |office: &str, rate: &str, unit: &str| {
        let header = REGION.replace("currency = \"USD\"", &format!("currency = \"USD\"\nlines = {{ unit = {unit} }}"));
        let more = format!(
            r#"
[[rate]]
currency = "PEN"
rate = {rate}
date = "2026-01-01"
[[line]]
office = "{office}"
result = "food"
description = "Staff"
unit-cost = 100
currency = "PEN"
"#
        );
        sent(&format!("{office}.toml"), read_text(&format!("{header}{more}")))
    };
    let region = read_text(REGION);
    let combined = logframe::planning::combine(&region, &[lines("north", "4", "0.01"), lines("south", "3", "0.01")]);
    // 100 / 4 = 25.00 for both; South reckoned 100 / 3 = 33.33.
    assert_eq!(
        said(&combined),
        [
            "error: the rate of PEN from 2026-01-01 is another in south.toml than before",
            "error: the budget of South came to 33.33 in south.toml and comes to 25.00 here"
        ]
    );
    let combined = logframe::planning::combine(&region, &[lines("north", "3", "1"), lines("south", "3", "0.01")]);
    // North rounds to whole dollars, and was first.
    assert_eq!(said(&combined), ["error: the budget of South came to 33.33 in south.toml and comes to 33 here"]);
}

#[test]
fn what_an_office_declares_and_who_pays_it_come_with_its_money() {
    let more = r#"
[budget]
north = { food = 100 }
[[donor]]
id = "echo"
name = "ECHO"
[[funding]]
donor = "echo"
kind = "pledge"
amount = 60
[[declared]]
where = "cover"
total = 101
"#;
    let south = more.replace("north", "south").replace("\"ECHO\"", "\"Echo\"");
    let offices = [office("north.toml", more), office("south.toml", &south)];
    let combined = logframe::planning::combine(&read_text(REGION), &offices);
    assert_eq!(
        said(&combined),
        [
            "error: the donor echo is another in south.toml than before",
            "warning: 60 of echo is in south.toml and in another file"
        ]
    );
    // Each office has it for its own plan, which is a part of the region's.
    let of: Vec<_> = combined.plan.funding.iter().map(|flow| flow.of.clone().unwrap().offices.unwrap()[0].to_string()).collect();
    assert_eq!(of, ["north", "south"]);
    let report = logframe::rules::check(&combined.plan);
    let wrong: Vec<_> = report.findings.iter().filter(|one| one.rule == "declared-total").collect();
    let places: Vec<_> = combined.plan.declared.iter().map(|one| one.place.as_str()).collect();
    assert_eq!((wrong.len(), places), (2, vec!["north.toml: cover", "south.toml: cover"]));
}

#[test]
fn what_is_kept_of_the_region_is_not_changed_by_what_others_sent() {
    let line = |office: &str| {
        format!(
            "[[line]]\noffice = \"{office}\"\nresult = \"food\"\ndescription = \"Staff\"\nunit-cost = 100\ncurrency = \"PEN\"\n"
        )
    };
    let rate = |rate: &str, date: &str| format!("[[rate]]\ncurrency = \"PEN\"\nrate = {rate}\ndate = \"{date}\"\n");
    let region = read_text(&format!("{REGION}{}{}", rate("4", "2026-01-01"), line("south")));
    let north = office("north.toml", &format!("{}{}", rate("5", "2026-06-01"), line("north")));
    let combined = logframe::planning::combine(&region, &[north]);
    // By one rate 100 soles are 25 and 20 dollars; with two, and no period to choose by, neither is known.
    assert_eq!(
        said(&combined),
        [
            "note: nobody sent the budget of South; what the regional plan has is kept",
            "error: the budget of North came to 20 in north.toml and cannot be worked out here",
            "error: the budget of South came to 25 in the regional plan and cannot be worked out here",
        ]
    );
}

#[test]
fn a_file_in_another_currency_takes_nobodys_place() {
    let euros = sent("north-eur.toml", read_text(&format!("{}[budget]\nnorth = {{ food = 1 }}\n", REGION.replace("USD", "EUR"))));
    let dollars = office("north.toml", "[budget]\nnorth = { food = 2 }\n");
    let combined = logframe::planning::combine(&read_text(REGION), &[euros, dollars]);
    assert_eq!(total(&combined.plan), 2.into());
    assert_eq!(
        said(&combined),
        [
            "error: north-eur.toml is in EUR, and the regional plan in USD; nothing of it is taken",
            "warning: nobody sent the budget of South",
        ]
    );
}

#[test]
fn a_file_that_is_sent_twice_brings_its_money_once() {
    let more = "[[donor]]\nid = \"d\"\nname = \"D\"\n[[funding]]\ndonor = \"d\"\nkind = \"pledge\"\namount = 5\n[budget]\nnorth = { food = 10 }\n\
                [[declared]]\nwhere = \"p\"\ntotal = 10\noffices = { north = 10 }\n";
    let twice = [office("north.toml", more), office("again.toml", more)];
    let combined = logframe::planning::combine(&read_text(REGION), &twice);
    assert_eq!((combined.plan.funding.len(), combined.plan.declared.len()), (1, 1));
    let findings = combined.plan.check().findings;
    assert!(findings.iter().all(|finding| finding.severity != logframe::Severity::Error), "{findings:?}");
}

#[test]
fn what_an_office_breaks_down_is_compared_with_what_the_region_had() {
    let region = read_text(&format!("{REGION}[budget]\nnorth = {{ food = 100 }}\n"));
    let line = "[[line]]\noffice = \"north\"\nresult = \"food\"\ndescription = \"X\"\namount = 28\n";
    let combined = logframe::planning::combine(&region, &[office("north.toml", line)]);
    let said = said(&combined);
    assert!(said.iter().any(|one| one.contains("was 100 in the regional plan and is 28 in north.toml")), "{said:?}");
}
