//! The Sustainable Development Goals and their 169 targets.

use super::id::Id;
use crate::source::Spanned;

/// A link to an SDG target (`10.7`, `16.a`) or goal (`10`). A code is a text: `8.1` is not `8.10`.
pub type SdgRef = Spanned<Id>;

/// The 17 goals, in order, by the names under which the United Nations show them.
pub const SDG_GOALS: [&str; 17] = [
    "No poverty",
    "Zero hunger",
    "Good health and well-being",
    "Quality education",
    "Gender equality",
    "Clean water and sanitation",
    "Affordable and clean energy",
    "Decent work and economic growth",
    "Industry, innovation and infrastructure",
    "Reduced inequalities",
    "Sustainable cities and communities",
    "Responsible consumption and production",
    "Climate action",
    "Life below water",
    "Life on land",
    "Peace, justice and strong institutions",
    "Partnerships for the goals",
];

/// Codes and texts of the targets, one a line. Source: resolution A/RES/71/313 as replicated in IATI's codelist UNSDG-Targets;
/// United Nations texts are reproduced for identification.
const TARGETS: &str = include_str!("../../data/sdg-targets.tsv");

/// Codes and texts of the 169 targets, in the order of the goals.
pub(crate) fn targets() -> impl Iterator<Item = (&'static str, &'static str)> {
    TARGETS.lines().filter_map(|line| line.split_once('\t'))
}

/// The text of a target or the name of a goal; `None` for a code that is neither.
///
/// ```
/// use logframe::sdg_title;
/// assert_eq!(sdg_title("10"), Some("Reduced inequalities"));
/// assert!(sdg_title("10.7").unwrap().contains("migration"));
/// assert_eq!(sdg_title("10.07"), None);
/// assert_eq!(sdg_title("18"), None);
/// ```
pub fn sdg_title(code: &str) -> Option<&'static str> {
    if code.contains('.') {
        return targets().find(|(target, _)| *target == code).map(|(_, text)| text);
    }
    let goal: usize = code.parse().ok().filter(|_| !code.starts_with(['0', '+']))?;
    SDG_GOALS.get(goal.checked_sub(1)?).copied()
}

/// The goal of a target or goal code, as a number; `None` for a code that is neither.
pub(crate) fn goal_of(code: &str) -> Option<usize> {
    sdg_title(code)?;
    code.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_169_targets_and_every_goal_has_some() {
        assert_eq!(targets().count(), 169);
        for goal in 1..=17 {
            assert!(targets().any(|(code, _)| goal_of(code) == Some(goal)), "goal {goal}");
        }
    }

    #[test]
    fn eight_point_one_is_not_eight_point_ten() {
        assert_ne!(sdg_title("8.1"), sdg_title("8.10"));
        assert!(sdg_title("8.1").is_some() && sdg_title("8.10").is_some());
        assert_eq!(sdg_title("8.11"), None);
    }
}
