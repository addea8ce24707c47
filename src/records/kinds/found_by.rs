//! By which words a clinician finds an item, beside its title: what the record itself calls it, and what stands in its lists. "metformin"
//! finds the medications, "hemoglobin" a trend that patients read as blood sugar.

use super::{Content, Showable};

/// Titles and subtitles are searched too, and not repeated here.
pub fn found_by(showable: &Showable) -> Vec<String> {
    let mut words: Vec<String> = match &showable.content {
        Content::LabTrend(lab) => vec![lab.code_words.clone()],
        Content::LabResult(lab) => vec![lab.code_words.clone()],
        Content::VitalSigns(_) | Content::Report(_) | Content::Image(_) | Content::Instructions(_) => Vec::new(),
        Content::Medications(list) => list.items.iter().map(|medicine| medicine.name.clone()).collect(),
        Content::Allergies(list) => {
            list.items.iter().flat_map(|allergy| [&allergy.substance].into_iter().chain(&allergy.reactions).cloned()).collect()
        }
        Content::Conditions(list) => list.items.iter().map(|condition| condition.name.clone()).collect(),
        Content::Immunizations(list) => {
            let due = list.due.iter().map(|due| due.name.clone());
            due.chain(list.given.iter().map(|given| given.name.clone())).collect()
        }
        Content::CarePlan(plan) => {
            let plans = plan.plans.iter().map(|plan| plan.name.clone());
            plans.chain(plan.goals.iter().map(|goal| goal.name.clone())).collect()
        }
    };
    words.retain(|word| !word.is_empty() && *word != showable.item.title);
    words.dedup();
    words
}
