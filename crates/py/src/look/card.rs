//! A plan as a card: what it is, its money by outcome, what was found out about it.

use logframe::{Decimal, Plan};
use maud::{Markup, html};
use pyo3::prelude::*;

use super::findings::verdict;
use super::in_display;

const CARD: &str = "border:1px solid rgba(128,128,128,.45);border-radius:8px;padding:1em 1.3em;max-width:46em;line-height:1.45";
const QUIET: &str = "opacity:.75";
const TITLE: &str = "font-weight:600;font-size:1.15em;margin:.1em 0 .2em";
const MONEY: &str = "font-size:1.6em;font-weight:600;margin:.5em 0 0;font-variant-numeric:tabular-nums";
const BAR: &str = "display:flex;gap:2px;height:1em;margin:.6em 0;border-radius:4px;overflow:hidden";
const TABLE: &str = "border-collapse:collapse;table-layout:auto;width:100%;font-variant-numeric:tabular-nums";
const NAME: &str = "text-align:left;padding:.15em .6em .15em 0;white-space:normal";
const NUMBER: &str = "text-align:right;padding:.15em 0 .15em .6em;white-space:nowrap;vertical-align:top";
const FOOT: &str = "margin:.9em 0 0";

/// Colours that colour-blind readers tell apart (M. Okabe and K. Ito, *Color Universal Design*, 2008), the yellow left out
/// because it is lost on white.
const COLOURS: [&str; 7] = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7f7f7f"];

#[pymethods]
impl crate::plan::Plan {
    fn _repr_html_(&self) -> String {
        card(&in_display(self.content())).into_string()
    }
}

fn card(plan: &Plan) -> Markup {
    let report = plan.check();
    html! {
        div style=(CARD) {
            div style=(QUIET) { "Plan " (plan.header.id.as_str()) }
            div style=(TITLE) { (plan.header.title) }
            div style=(QUIET) { (facts(plan).join(" · ")) }
            (money(plan, &report.summary))
            (by_result(plan))
            div style=(FOOT) { (verdict(&report)) " " span style=(QUIET) { (sizes(plan).join(" · ")) } }
        }
    }
}

/// Whose it is, how long it runs, where it comes from.
fn facts(plan: &Plan) -> Vec<String> {
    let header = &plan.header;
    let duration = header.duration.as_ref().map(ToString::to_string);
    let year = header.document.as_ref().and_then(|document| document.year).map(|year| year.to_string());
    header.organisation.iter().cloned().chain(duration).chain(year).collect()
}

/// The printed total, and what its cells add up to where that is another number.
fn money(plan: &Plan, summary: &logframe::rules::Summary) -> Markup {
    let number = |amount: Decimal| amount.grouped(plan.number_style());
    let currency = plan.header.currency.as_str();
    let (shown, remark) = match (summary.declared, summary.cells) {
        (Some(declared), Some(cells)) if declared != cells => {
            (Some(declared), format!("as printed; its cells add up to {}", number(cells)))
        }
        (declared, cells) => (declared.or(cells), String::new()),
    };
    html! {
        @if let Some(amount) = shown {
            div style=(MONEY) { (currency) " " (number(amount)) }
            @if !remark.is_empty() { div style=(QUIET) { (remark) } }
        }
    }
}

/// An outcome or budget head with its money.
struct Part<'p> {
    title: &'p str,
    amount: Option<Decimal>,
    colour: &'static str,
}

/// Outcomes and budget heads in the order of the plan, with what their cells add up to; `None` where no amount is given.
fn parts(plan: &Plan) -> Vec<Part<'_>> {
    let nodes = plan.nodes();
    let mut amounts: Vec<Vec<Decimal>> = vec![Vec::new(); nodes.len()];
    for allocation in &plan.allocations {
        let root = plan.node(&allocation.result).and_then(|node| amounts.get_mut(node.root));
        root.into_iter().for_each(|amounts| amounts.extend(allocation.cell.amount()));
    }
    let sum = |amounts: Vec<Decimal>| if amounts.is_empty() { None } else { Decimal::exact_sum(amounts) };
    let roots = nodes.iter().zip(amounts).filter(|(node, _)| node.parent.is_none());
    let colours = COLOURS.iter().cycle();
    roots.zip(colours).map(|((node, amounts), colour)| Part { title: &node.title, amount: sum(amounts), colour }).collect()
}

fn by_result(plan: &Plan) -> Markup {
    let parts = parts(plan);
    let whole = Decimal::exact_sum(parts.iter().filter_map(|part| part.amount));
    let percent = |amount: Decimal| {
        let hundredfold = amount.exact_mul(Decimal::from(100))?;
        hundredfold.shown_quotient(whole.filter(|whole| !whole.is_negative())?, 1)
    };
    let can_stand_in_a_bar = !parts.iter().any(|part| part.amount.is_some_and(Decimal::is_negative));
    let style = plan.number_style();
    html! {
        @if can_stand_in_a_bar && whole.is_some_and(|whole| !whole.is_zero()) {
            div style=(BAR) role="img" aria-label="budget by outcome" {
                @for part in &parts {
                    @if let Some(share) = part.amount.and_then(percent) {
                        div title=(format!("{}: {share}%", part.title)) style=(format!("width:{share}%;background:{}", part.colour)) {}
                    }
                }
            }
        }
        @if !parts.is_empty() {
            table style=(TABLE) {
                @for part in &parts {
                    tr {
                        td style=(NAME) { span style=(format!("color:{}", part.colour)) { "■ " } (part.title) }
                        td style=(NUMBER) { @if let Some(amount) = part.amount { (amount.grouped(style)) } }
                        td style=(NUMBER) { @if let Some(share) = part.amount.and_then(percent) { (share.grouped(style)) " %" } }
                    }
                }
            }
        }
    }
}

fn sizes(plan: &Plan) -> Vec<String> {
    let count = |n: usize, thing: &str| (n > 0).then(|| format!("{n} {thing}{}", if n == 1 { "" } else { "s" }));
    let outputs = plan.outcomes.iter().map(|outcome| outcome.outputs.len()).sum();
    let activities = plan.outcomes.iter().map(|outcome| outcome.all_activities().count()).sum();
    let all = [
        count(plan.offices.len(), "office"),
        count(plan.outcomes.len(), "outcome"),
        count(outputs, "output"),
        count(activities, "activity").map(|text| text.replace("activitys", "activities")),
    ];
    all.into_iter().flatten().collect()
}
