//! Every clause of every published profile refuses a plan that breaks it, and lets one pass that does not.

use logframe::{
    Base, Category, Clause, Decimal, Draft, Head, Header, Id, Line, Lines, Office, PROFILES, Plan, Profile, published,
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn id(text: &str) -> logframe::Spanned<Id> {
    text.parse::<Id>().unwrap().into()
}

/// A plan that meets all of them: staff with every factor, and 7 % on top.
fn good(profile: &str) -> Draft {
    let mut draft = Draft { header: Header::new("demo", "A demonstration", "USD"), ..Draft::default() };
    draft.header.lines = Lines::default();
    draft.heads = vec![Head::new("work", "Work")];
    draft.offices = vec![Office::new("peru", "Peru")];
    let mut staff = Line::new("peru", "work", "Field staff");
    (staff.category, staff.unit) = (Some(id("staff")), Some("person".into()));
    (staff.quantity, staff.unit_cost) = (Some(decimal("2").into()), Some(decimal("1000.50").into()));
    let mut support = Line::new("peru", "work", "Support costs");
    (support.category, support.percent, support.of) = (Some(id("indirect")), Some(decimal("7").into()), Some(Base::default()));
    support.amount = None;
    draft.lines = vec![staff, support];
    draft.profiles = vec![Profile::published(profile)];
    draft
}

/// What the rules of donors find: the profile and the clause of each finding.
fn found(draft: Draft) -> Vec<(String, String)> {
    let rules = ["donor-clause", "indirect-rate-above", "category-share-above"];
    let findings = Plan::new(draft).check().findings;
    let about = findings.iter().filter(|finding| rules.contains(&finding.rule)).map(|finding| &finding.about);
    about.map(|about| (about[0].clone(), about[1].clone())).collect()
}

/// Drafts that break a clause, one for each thing that it asks.
fn broken(profile: &str, clause: &Clause) -> Vec<Draft> {
    let edited = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = good(profile);
        edit(&mut draft);
        draft
    };
    let mut all = Vec::new();
    if clause.currency.is_some() {
        all.push(edited(&|draft| draft.header.currency = "EUR".to_owned().into()));
    }
    if clause.unit.is_some() {
        all.push(edited(&|draft| draft.lines[0].unit_cost = Some(decimal("1000.0005").into())));
    }
    if clause.categories.is_some() {
        all.push(edited(&|draft| {
            draft.categories = ["staff", "indirect", "gifts"].map(|one| Category::new(one, one)).to_vec();
            draft.lines[0].category = Some(id("gifts"));
        }));
    }
    for key in clause.required.iter().flatten() {
        all.push(edited(&|draft| {
            let line = &mut draft.lines[0];
            match key.as_str() {
                "category" => line.category = None,
                "quantity" => line.quantity = None,
                "unit" => line.unit = None,
                "unit-cost" => (line.unit_cost, line.amount) = (None, Some(decimal("5").into())),
                other => panic!("no plan here breaks `{other}`"),
            }
        }));
    }
    if clause.indirect_rate.is_some() {
        all.push(edited(&|draft| draft.lines[1].percent = Some(decimal("7.01").into())));
    }
    all
}

#[test]
fn every_clause_refuses_what_breaks_it() {
    for (name, _) in PROFILES {
        let profile = published(name).unwrap();
        assert_eq!(found(good(name)), [], "{name}");
        for clause in &profile.clauses {
            let broken = broken(name, clause);
            assert!(!broken.is_empty(), "{name}: no plan here breaks {}", clause.id.value);
            for draft in broken {
                let expected = (name.to_owned(), clause.id.to_string());
                assert!(found(draft).contains(&expected), "{name}: {} lets it pass", clause.id.value);
            }
        }
    }
}
