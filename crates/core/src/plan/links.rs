//! Where a plan links to the Sustainable Development Goals.

use super::draft::Draft;
use super::indicator::Indicator;
use super::result::Activity;
use super::sdg::SdgRef;

/// Every SDG link of a plan with the name of what it belongs to, in document order.
pub(crate) fn sdg_links(draft: &Draft) -> Vec<(String, &SdgRef)> {
    let mut links = Vec::new();
    add(&mut links, "the plan", &draft.header.sdgs);
    for outcome in &draft.outcomes {
        add(&mut links, &format!("outcome {}", outcome.id), &outcome.sdgs);
        of_indicators(&mut links, &outcome.indicators);
        of_activities(&mut links, &outcome.activities);
        for output in &outcome.outputs {
            add(&mut links, &format!("output {}", output.id), &output.sdgs);
            of_indicators(&mut links, &output.indicators);
            of_activities(&mut links, &output.activities);
        }
    }
    links
}

fn add<'d>(links: &mut Vec<(String, &'d SdgRef)>, owner: &str, sdgs: &'d [SdgRef]) {
    links.extend(sdgs.iter().map(|link| (owner.to_owned(), link)));
}

fn of_indicators<'d>(links: &mut Vec<(String, &'d SdgRef)>, indicators: &'d [Indicator]) {
    indicators.iter().for_each(|indicator| add(links, &format!("indicator {}", indicator.id), &indicator.sdgs));
}

fn of_activities<'d>(links: &mut Vec<(String, &'d SdgRef)>, activities: &'d [Activity]) {
    activities.iter().for_each(|activity| add(links, &format!("activity {}", activity.id), &activity.sdgs));
}
