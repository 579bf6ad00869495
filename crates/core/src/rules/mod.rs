//! The rules. One rule is one file with its page beside it; [`ALL`] is the register.
//!
//! A rule looks at a plan and adds findings. It never fails, never prints and never counts.

mod activity_without_money;
mod category_share_above;
mod declared_share;
mod declared_total;
mod donor_clause;
mod donors;
mod duplicate_id;
mod empty_outcome;
mod finer_than_unit;
mod indirect_rate_above;
mod inexact_sum;
mod joint;
mod line_amount;
mod line_outside_period;
mod line_without_activity;
mod lines;
mod lines_not_read;
mod lines_total;
mod missing_allocation;
mod mixed_currency;
mod money_without_activity;
mod negative_allocation;
mod office_without_money;
mod overlapping_allocation;
mod percentage_cycle;
mod printed_figures_contradict;
mod printed_figures_unlikely;
mod reading;
mod reversed_dates;
mod rounding_rule_refuted;
mod series_contradiction;
mod series_shape;
mod share_over_100;
mod sheet_money;
mod spread_mismatch;
mod summary;
mod too_precise;
mod uncovered_place;
mod unknown_category;
mod unknown_country;
mod unknown_currency;
mod unknown_reference;
mod unknown_sdg_target;
mod unusable_unit;
mod unused_activity;
mod unused_exception;
mod zero_quantity;

use crate::diagnostic::{self, Counts, Diagnostic, Severity};
use crate::plan::equations::{self, Equation};
use crate::plan::{Adjustment, Exception, Plan, Profile, names, nearest};

use declared_share::Share;
use joint::Joint;
pub use joint::Together;
pub use summary::{Judgement, Summary, Tally};

/// A rule: its name is its identity.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its kebab-case name.
    pub name: &'static str,
    /// What its findings weigh unless a plan says otherwise.
    pub severity: Severity,
    /// Its page in Markdown: what it finds, why that matters, examples that are executed.
    pub page: &'static str,
    /// What looks at the plan; `None` for a rule that reading a text enforces.
    check: Option<fn(&Context<'_>, &mut Vec<Diagnostic>)>,
}

impl Rule {
    /// The first sentence of its page.
    pub fn summary(&self) -> &'static str {
        self.page.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }

    /// A finding of this rule.
    fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.name, self.severity, message)
    }
}

/// All rules, by name.
pub static ALL: &[&Rule] = &[
    &activity_without_money::RULE,
    &category_share_above::RULE,
    &declared_share::RULE,
    &declared_total::RULE,
    &donor_clause::RULE,
    &duplicate_id::RULE,
    &empty_outcome::RULE,
    &finer_than_unit::RULE,
    &indirect_rate_above::RULE,
    &reading::INEXACT_AMOUNT,
    &inexact_sum::RULE,
    &line_amount::RULE,
    &line_outside_period::RULE,
    &line_without_activity::RULE,
    &lines_not_read::RULE,
    &lines_total::RULE,
    &missing_allocation::RULE,
    &reading::MISSING_KEY,
    &mixed_currency::RULE,
    &money_without_activity::RULE,
    &negative_allocation::RULE,
    &office_without_money::RULE,
    &overlapping_allocation::RULE,
    &percentage_cycle::RULE,
    &printed_figures_contradict::RULE,
    &printed_figures_unlikely::RULE,
    &reversed_dates::RULE,
    &rounding_rule_refuted::RULE,
    &series_contradiction::RULE,
    &series_shape::RULE,
    &share_over_100::RULE,
    &spread_mismatch::RULE,
    &reading::SYNTAX,
    &too_precise::RULE,
    &uncovered_place::RULE,
    &unknown_category::RULE,
    &unknown_country::RULE,
    &unknown_currency::RULE,
    &reading::UNKNOWN_FORMAT,
    &reading::UNKNOWN_KEY,
    &unknown_reference::RULE,
    &unknown_sdg_target::RULE,
    &unusable_unit::RULE,
    &unused_activity::RULE,
    &unused_exception::RULE,
    &reading::WRONG_VALUE,
    &zero_quantity::RULE,
];

/// The rule of a name.
pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

/// The rule whose name is nearest to a mistyped one.
pub fn nearest_name(name: &str) -> Option<&'static str> {
    nearest(name, ALL.iter().map(|rule| rule.name))
}

/// What the rules look at: the plan, and its equations, worked out once.
struct Context<'p> {
    plan: &'p Plan,
    equations: Vec<Equation>,
    shares: Vec<Share>,
    /// All figures together; `None` where each holds as it is printed.
    joint: Option<Joint>,
}

/// What checking a plan found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The findings, in the order of the text, after the plan's exceptions.
    pub findings: Vec<Diagnostic>,
    /// How each declared figure stands, in the order of [`Plan::statements`].
    pub judgements: Vec<Judgement>,
    /// How many declared figures hold.
    pub tally: Tally,
    /// All printed figures together, where some do not add up as they are printed.
    pub together: Option<Together>,
    /// The sums that a reader of the plan wants to see.
    pub summary: Summary,
    /// The plan's exceptions that met a finding, and how many each met.
    pub exceptions: Vec<(Exception, usize)>,
}

impl Report {
    /// How many findings there are of each severity.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }
}

/// Checks a plan against all rules.
///
/// ```
/// use logframe::{Plan, Source, rules};
/// let text = r#"
///     format = 1
///     [plan]
///     id = "demo"
///     title = "A demonstration"
///     currency = "USD"
///     [[head]]
///     id = "field"
///     title = "Field work"
///     [[office]]
///     id = "north"
///     name = "North"
///     [budget]
///     north = { field = 1_250 }
///     [[declared]]
///     where = "table"
///     total = 1_205
/// "#;
/// let plan = Plan::parse(&Source::new("demo.toml", text)).plan.unwrap();
/// let report = rules::check(&plan);
/// assert_eq!(report.findings[0].rule, "declared-total");
/// assert_eq!(report.findings[0].figures.as_ref().unwrap().difference.to_string(), "-45");
/// ```
pub fn check(plan: &Plan) -> Report {
    let (equations, shares) = (equations::of(plan), declared_share::of(plan));
    let joint = Joint::of(plan, &equations, &shares);
    let context = Context { plan, equations, shares, joint };
    let mut findings = Vec::new();
    for check in ALL.iter().filter_map(|rule| rule.check) {
        check(&context, &mut findings);
    }
    let exceptions = apply_exceptions(plan, &mut findings);
    diagnostic::sort(&mut findings);
    let judgements = summary::judgements(&context);
    let tally = Tally::of(&judgements);
    let together = context.joint.as_ref().map(Joint::together);
    Report { findings, judgements, tally, together, summary: Summary::of(plan), exceptions }
}

/// What keeps printed figures from being compared with each other: ids that the plan does not have, as the rule
/// `unknown-reference` finds them, whatever the plan's exceptions say.
pub fn unplaced_figures(plan: &Plan) -> Vec<Diagnostic> {
    let mut findings = unknown_reference::of_figures(plan);
    diagnostic::sort(&mut findings);
    findings
}

/// The rules of donors that a plan must meet: its own profiles and those of its donors, published ones looked up.
pub fn profiles(plan: &Plan) -> Vec<Profile> {
    donors::demands(plan).into_iter().map(|demand| demand.profile).collect()
}

impl Plan {
    /// Checks the plan against all rules: [`check`].
    pub fn check(&self) -> Report {
        check(self)
    }
}

fn apply_exceptions(plan: &Plan, findings: &mut Vec<Diagnostic>) -> Vec<(Exception, usize)> {
    let mut met: Vec<(Exception, usize)> = plan.exceptions.iter().map(|exception| (exception.clone(), 0)).collect();
    findings.retain_mut(|finding| {
        let Some((exception, count)) = met.iter_mut().find(|(exception, _)| concerns(exception, finding)) else { return true };
        *count += 1;
        if let Some(severity) = exception.severity.severity() {
            finding.except(severity, &exception.reason);
        }
        exception.severity != Adjustment::Off
    });
    findings.extend(
        met.iter()
            .filter(|(exception, count)| *count == 0 && named(&exception.rule).is_some())
            .map(|(exception, _)| unused_exception::finding(exception)),
    );
    met.retain(|(_, count)| *count > 0);
    met
}

fn concerns(exception: &Exception, finding: &Diagnostic) -> bool {
    let about = |id: &str| finding.about.iter().any(|about| about == id);
    *exception.rule == finding.rule && exception.of.as_ref().is_none_or(|id| about(id))
}
