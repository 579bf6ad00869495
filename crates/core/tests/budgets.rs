//! Budgets as their writers use them: funding gaps, prices that rise, shares, rates; figures worked out by hand.

use logframe::planning::{Inflation, Transfer, Unplanned};
use logframe::report::{GapRows, gap};
use logframe::table::Table;
use logframe::{Plan, Source};

use crate::plans::{proposal, read};

const REGION: &str = r#"
format = 1
[plan]
id = "region"
title = "Region"
currency = "USD"
lines = { unit = 0.01 }
[[outcome]]
id = "1"
title = "One"
activity = [{ id = "1a", title = "A" }, { id = "1b", title = "B" }]
[[head]]
id = "support"
title = "Support"
[[office]]
id = "peru"
name = "Peru"
[[office]]
id = "chile"
name = "Chile"
[[rate]]
currency = "PEN"
rate = 4
date = 2026-11-01
[[donor]]
id = "north"
name = "North"
"#;

fn plan(more: &str) -> Plan {
    let parsed = Plan::parse(&Source::new("plan.toml", format!("{REGION}{more}")));
    parsed.plan.unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

fn errors(more: &str) -> Vec<String> {
    let found = plan(more).check().findings;
    found.iter().filter(|one| one.rule != "office-without-money").map(|one| format!("{}: {}", one.rule, one.message)).collect()
}

fn rows(table: &Table) -> Vec<String> {
    table.csv().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn money_that_is_earmarked_fills_no_other_gap() {
    let budget = "[budget]\nperu = { 1a = 100 }\nchile = { 1b = 100, support = 50 }\n";
    let to_peru = "[[funding]]\ndonor = \"north\"\nkind = \"commitment\"\namount = 200\nof = { offices = [\"peru\"] }\n";
    let found = rows(&gap(&plan(&format!("{budget}{to_peru}")), GapRows::Office));
    assert_eq!(found, ["Peru,100,200,,0,100", "Chile,150,0,,150,", "Total,250,200,,150,100"]);
    // 200 for 1a, which costs 100; 70 for 1b and support, which cost 150.
    let by_result = "[[funding]]\ndonor = \"north\"\nkind = \"commitment\"\namount = 200\nof = { results = [\"1a\"] }\n\
                     [[funding]]\ndonor = \"north\"\nkind = \"commitment\"\namount = 70\nof = { results = [\"1b\", \"support\"] }\n";
    let found = rows(&gap(&plan(&format!("{budget}{by_result}")), GapRows::Outcome));
    assert_eq!(found, ["One,200,200,,100,100", "Support,50,0,,50,", "shared by several,,70,,,", "Total,250,270,,80,100"]);
}

#[test]
fn money_for_all_pays_what_nobody_else_pays() {
    let text = "[budget]\nperu = { 1a = 100 }\nchile = { 1b = 100 }\n[[funding]]\ndonor = \"north\"\nkind = \"commitment\"\namount = 90\nof = { offices = [\"peru\"] }\n\
                [[funding]]\ndonor = \"north\"\nkind = \"commitment\"\namount = 60\n";
    let found = rows(&gap(&plan(text), GapRows::Office));
    assert_eq!(found, ["Peru,100,90,,10,", "Chile,100,0,,100,", "not earmarked,,60,,,", "Total,200,150,,50,"]);
}

#[test]
fn dearer_prices_leave_a_clean_plan_clean() {
    let three_and_a_half = Inflation::of("3.5".parse().unwrap(), "0.01".parse().unwrap());
    let dearer = three_and_a_half.apply(&read(&proposal())).unwrap();
    assert_eq!(dearer.check().findings, []);
    let text = "[budget]\nperu = { 1a = 107 }\n[[line]]\noffice = \"peru\"\nresult = \"1a\"\nid = \"staff\"\ndescription = \"Staff\"\nunit-cost = 99.99\n\
                amount = 99.99\nperiod = \"2027/2028\"\nspread = { by = \"year\", amounts = [33.33, 66.66] }\n\
                [[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"Support\"\npercent = 7\namount = 7.00\nof = { lines = [\"staff\"] }\n";
    let dearer = three_and_a_half.apply(&plan(text)).unwrap();
    // 99.99 x 1.035 = 103.48965, so 103.49; 7 % of that is 7.2443; the parts 34.50 and 68.99 (34.4967 and 68.9933).
    assert_eq!(dearer.total().unwrap().to_string(), "USD 110.73");
    let parts = dearer.lines[0].spread.as_ref().unwrap().amounts.as_ref().unwrap();
    assert_eq!(parts.iter().map(ToString::to_string).collect::<Vec<_>>(), ["34.50", "68.99"]);
    let findings = dearer.check().findings;
    assert!(findings.iter().all(|finding| finding.rule == "office-without-money"), "{findings:?}");
    let below = Inflation::of((-200).into(), 1.into()).apply(&plan(text));
    assert!(matches!(below, Err(Unplanned::BelowZero(_))));
    assert!(matches!(Inflation::of(1.into(), 0.into()).apply(&plan(text)), Err(Unplanned::NoUnit(_))));
}

#[test]
fn money_is_moved_where_it_is_given_and_nowhere_above_or_below() {
    let plan = plan("[budget]\nperu = { 1 = 100 }\nchile = { 1a = 100 }\n");
    let moved = |from, to| Transfer::new(10.into(), from, to).apply(&plan).map_err(|why| why.to_string());
    assert_eq!(moved(("chile", "1"), ("peru", "1")).unwrap_err(), "the money of chile for 1 is given for 1a: name that");
    assert_eq!(moved(("chile", "1a"), ("peru", "1b")).unwrap_err(), "the money of peru for 1b is given for 1: name that");
    assert!(moved(("chile", "1a"), ("peru", "1")).is_ok());
}

#[test]
fn nothing_that_is_written_about_a_line_is_passed_over() {
    let line = |more: &str| errors(&format!("[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"X\"\n{more}\n"));
    let base = "[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"Base\"\namount = 100\n";
    let percentage =
        |more: &str| errors(&format!("{base}[[line]]\noffice = \"peru\"\nresult = \"support\"\ndescription = \"X\"\n{more}\n"));
    assert_eq!(line("amount = 100"), [""; 0]);
    assert_eq!(
        line("amount = 100\nshare = 50"),
        ["line-amount: X (Peru) has a typed amount, beside which a share of 50 % would not count"]
    );
    assert_eq!(line("amount = 5\nof = {}"), ["line-amount: X (Peru) says what it is a percentage of, and no percentage"]);
    assert_eq!(percentage("percent = 7\nof = {}"), [""; 0]);
    assert_eq!(
        percentage("percent = 7\nof = {}\nduration = 3"),
        ["line-amount: X (Peru) is a percentage of others, and has a duration, which would not count"]
    );
    assert_eq!(
        percentage("percent = 7\nof = {}\ncurrency = \"PEN\""),
        ["line-amount: X (Peru) is a percentage of amounts in USD, and says that it is in PEN"]
    );
    assert_eq!(
        line("amount = 3\nperiod = \"2027/2028\"\nspread = { by = \"year\", amounts = [1, 2], weights = [1, 1] }"),
        ["spread-mismatch: X (Peru) is spread by amounts and by weights at once"]
    );
    assert_eq!(line("unit-cost = 3\nshare = 150"), ["share-over-100: 150 % of X (Peru) is charged, more than all of it"]);
    // A repayment.
    assert_eq!(line("amount = 100\nperiod = \"2027/2028\"\nspread = { by = \"year\", amounts = [150, -50] }"), [""; 0]);
}

#[test]
fn a_post_is_over_charged_on_a_day_and_not_over_the_years() {
    let line = |share: u32, period: &str| {
        format!(
            "[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"X {share} {}\"\nunit-cost = 10\nshare = {share}\npost = \"p\"\n{period}\n",
            period.len()
        )
    };
    let (first, second) = ("period = \"2027\"", "period = \"2028\"");
    assert_eq!(errors(&[line(60, first), line(60, second), line(30, "")].concat()), [""; 0]);
    assert_eq!(
        errors(&[line(60, first), line(60, second), line(50, "")].concat()),
        ["share-over-100: 110 % of the post `p` (Peru) is charged, more than all of it"]
    );
}

#[test]
fn there_is_one_rate_for_a_day() {
    let rate = "[[rate]]\ncurrency = \"PEN\"\nper = \"USD\"\nrate = 3.72\ndate = 2026-11-01\n";
    assert_eq!(errors(rate), ["duplicate-id: the rate of PEN from 2026-11-01 stands twice: which one counts is not said"]);
    let mut draft = plan("").draft();
    let mut with_per = draft.rates[0].clone();
    (with_per.per, with_per.rate) = (Some("USD".to_owned().into()), logframe::Decimal::from(5).into());
    draft.set_rate(with_per);
    assert_eq!(draft.rates.len(), 1);
    let later = "[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"X\"\namount = 5\ncurrency = \"PEN\"\nperiod = \"2026-01\"\n";
    let second = "[[rate]]\ncurrency = \"PEN\"\nrate = 3.72\ndate = 2026-12-01\n";
    let found = errors(&format!("{second}{later}"));
    assert!(found[0].contains("every rate of the plan for it holds from a later day on"), "{found:?}");
}

#[test]
fn what_the_budget_counts_is_what_its_cuts_add_up_to() {
    let plan = plan(
        "[budget]\nperu = { 1a = 100 }\n[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"X\"\namount = 99.60\ncategory = \"staff\"\n",
    );
    let total = |table: &Table| table.csv().lines().last().unwrap().rsplit(',').next().unwrap().to_owned();
    assert_eq!(total(&logframe::report::categories(&plan)), "100.00");
    assert_eq!(total(&logframe::report::calendar(&plan, logframe::Step::Year, logframe::report::TimeRows::Office)), "100.00");
}

#[test]
fn amounts_that_cannot_be_compared_are_not() {
    let text = "[[line]]\noffice = \"peru\"\nresult = \"1a\"\ndescription = \"X\"\namount = 40\ncurrency = \"PEN\"\ncategory = \"staff\"\n";
    let old = plan(text);
    let mut draft = old.draft();
    draft.rates.clear();
    let found = logframe::diff::diff(&old, &Plan::new(draft));
    assert_eq!((found.cells.len(), found.totals.len()), (0, 0));
    let said = found.text(&[], 200);
    assert!(said.contains("instead of USD 10.00"), "{said}");
    assert!(said.contains("1 budget line of the new plan has no amount: what they are part of is not compared"), "{said}");
    let mut draft = old.draft();
    draft.header.currency = "EUR".to_owned().into();
    let found = logframe::diff::diff(&old, &Plan::new(draft));
    assert_eq!((found.cells.len(), found.totals.len()), (0, 0));
}
