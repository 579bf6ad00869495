//! Arbitrary budgets: lines with any of their keys, rates, donors and their rules. Some lines are of offices and results that there are.

use logframe::crossfoot::Rounding;
use logframe::{
    Amendment, Base, Category, CategoryShare, Clause, Donor, Draft, FlowKind, Funding, Heading, Id, Line, Lines, Period, Profile,
    Rate, Remainder, Rounded, Spanned, Spread, Step,
};
use proptest::option::of as maybe;
use proptest::prelude::*;
use proptest::sample::select;

use super::drafts::{decimal, few, id, scope, spanned, text};

fn ids() -> impl Strategy<Value = Vec<Spanned<Id>>> {
    few(spanned(id()))
}

fn date() -> impl Strategy<Value = logframe::Date> {
    (2000u16..2029, 1u8..13, 1u8..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}").parse().unwrap())
}

fn period() -> impl Strategy<Value = Period> {
    (date(), date()).prop_filter_map("no period", |(a, b)| Period::between(a.min(b), a.max(b)))
}

fn spread() -> impl Strategy<Value = Spread> {
    let parts = || maybe(few(spanned(decimal())));
    (select(&Step::ALL[..]), parts(), parts()).prop_map(|(by, amounts, weights)| {
        let mut spread = Spread::even(by);
        (spread.amounts, spread.weights) = (amounts, weights);
        spread
    })
}

fn base() -> impl Strategy<Value = Base> {
    (maybe(ids()), maybe(ids()), maybe(ids()), maybe(ids())).prop_map(|(lines, offices, results, categories)| {
        let mut base = Base::default();
        (base.lines, base.offices, base.results, base.categories) = (lines, offices, results, categories);
        base
    })
}

fn line() -> impl Strategy<Value = Line> {
    let factor = || maybe(spanned(decimal()));
    let names = (maybe(spanned(id())), id(), id(), maybe(spanned(id())), text());
    let factors = (factor(), maybe(text()), factor(), factor(), maybe(text()), factor());
    let percentage = (maybe(spanned(id())), factor(), maybe(base()), factor());
    let rest =
        (maybe(spanned(text())), maybe(spanned(period())), maybe(spread()), maybe(spanned(id())), maybe(text()), maybe(text()));
    (names, factors, percentage, rest).prop_map(|(names, factors, percentage, rest)| {
        let mut line = Line::new("_", "_", names.4);
        (line.id, line.office, line.result, line.category) = (names.0, names.1.into(), names.2.into(), names.3);
        let (unit, duration_unit, remarks, source);
        (line.quantity, unit, line.unit_cost, line.duration, duration_unit, line.share) = factors;
        (line.post, line.percent, line.of, line.amount) = percentage;
        (line.currency, line.period, line.spread, line.donor, remarks, source) = rest;
        (line.unit, line.duration_unit) = (unit.map(Into::into), duration_unit.map(Into::into));
        (line.remarks, line.source) = (remarks.map(Into::into), source.map(Into::into));
        line
    })
}

fn lines() -> impl Strategy<Value = Lines> {
    let rounding = select(vec![Rounding::HalfUp, Rounding::HalfEven, Rounding::Floor, Rounding::Exact]);
    let parts = (
        maybe(spanned(decimal())),
        maybe(spanned(rounding)),
        maybe(select(vec![Rounded::Line, Rounded::Sum])),
        maybe(select(vec![Remainder::Largest, Remainder::Last])),
        (maybe(spanned(text())), maybe(spanned(text()))),
    );
    parts.prop_map(|(unit, rounding, round, remainder, table)| {
        let mut lines = Lines::default();
        (lines.file, lines.numbers) = table;
        (lines.unit, lines.rounding, lines.round, lines.remainder) = (unit, rounding, round, remainder);
        lines
    })
}

fn rate() -> impl Strategy<Value = Rate> {
    (text(), maybe(spanned(text())), decimal(), date(), maybe(text())).prop_map(|(currency, per, rate, date, source)| {
        let mut rate = Rate::new(currency, rate, date);
        (rate.per, rate.source) = (per, source);
        rate
    })
}

fn funding() -> impl Strategy<Value = Funding> {
    let flow = (id(), select(&FlowKind::ALL[..]), decimal());
    (flow, maybe(spanned(text())), maybe(spanned(date())), maybe(scope()), maybe(text())).prop_map(
        |((donor, kind, amount), currency, date, of, remarks)| {
            let mut funding = Funding::new(&donor, kind, amount);
            (funding.currency, funding.date, funding.of, funding.remarks) = (currency, date, of, remarks);
            funding
        },
    )
}

fn clause() -> impl Strategy<Value = Clause> {
    let caps = (maybe(decimal()), maybe((few(id()), decimal())), maybe(any::<u32>()), maybe((decimal(), few(id()))));
    let lists = (maybe(few(id())), maybe(few(text())), maybe(decimal()), maybe(text()));
    (id(), text(), maybe(text()), caps, lists).prop_map(|(id, text, cites, caps, lists)| {
        let mut clause = Clause::default();
        (clause.id, clause.text, clause.cites) = (id.into(), text, cites);
        (clause.categories, clause.required, clause.unit, clause.currency) = lists;
        (clause.indirect_rate, clause.months) = (caps.0, caps.2);
        clause.category_share = caps.1.map(|(of, most)| CategoryShare::new(of, most));
        clause.amendment = caps.3.map(|(change, fixed)| {
            let mut amendment = Amendment::above(Heading::Outcome, change);
            amendment.fixed = fixed;
            amendment
        });
        clause
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    (id(), maybe(text()), maybe(text()), maybe(text()), few(clause())).prop_map(|(id, title, source, url, clauses)| {
        let mut profile = Profile::published(&id);
        (profile.title, profile.source, profile.url, profile.clauses) = (title, source, url, clauses);
        profile
    })
}

/// A draft with a budget: half of its lines are of offices and results that it has.
pub fn with_budget(draft: impl Strategy<Value = Draft>) -> impl Strategy<Value = Draft> {
    let category = (id(), text(), any::<bool>()).prop_map(|(id, title, indirect)| {
        let mut category = Category::new(&id, title);
        category.indirect = indirect;
        category
    });
    let donor = (id(), text(), ids()).prop_map(|(id, name, profiles)| {
        let mut donor = Donor::new(&id, name);
        donor.profiles = profiles;
        donor
    });
    let further = (few(category), few(rate()), few(donor), few(funding().boxed()), few(profile().boxed()));
    (draft, lines().boxed(), few(line().boxed()), further, any::<bool>()).prop_map(
        |(mut draft, how, mut lines, further, is_placed)| {
            let offices: Vec<Id> = draft.offices.iter().map(|office| office.id.value.clone()).collect();
            let heads: Vec<Id> = draft.heads.iter().map(|head| head.id.value.clone()).collect();
            if let (true, [office, ..], [head, ..]) = (is_placed, offices.as_slice(), heads.as_slice()) {
                lines.iter_mut().for_each(|line| (line.office, line.result) = (office.clone().into(), head.clone().into()));
            }
            (draft.header.lines, draft.lines) = (how, lines);
            (draft.categories, draft.rates, draft.donors, draft.funding, draft.profiles) = further;
            draft
        },
    )
}
