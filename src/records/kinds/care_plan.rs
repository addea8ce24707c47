//! The care plan: what is to be done, and the goals. Only plans that are followed now; an activity that was called off is left out.

use std::collections::HashSet;

use serde::Serialize;

use super::goals::{Aim, aims};
use super::{Content, ItemKind, RecordItem, Showable, phrasebook};
use crate::records::facts::Facts;
use crate::records::fhir::care_plan::{self, Detail};
use crate::records::fhir::datatypes::one_line;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct CarePlan {
    pub title: &'static str,
    pub plans: Vec<Plan>,
    pub goals: Vec<Aim>,
}

#[derive(Clone, Serialize)]
pub struct Plan {
    pub name: String,
    /// As far as it is known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    pub steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StepStatus>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    ToDo,
    Doing,
    OnHold,
    Done,
}

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Option<Showable> {
    let mut plans = Vec::new();
    for plan in &facts.plans {
        match followed(plan, language) {
            Ok(plan) => plans.push(plan),
            Err(reason) => skipped.add("CarePlan", reason),
        }
    }
    plans.sort_by(|a, b| (&b.since, &a.name).cmp(&(&a.since, &b.name)));
    let goals = aims(&facts.goals, language, skipped);
    let lost = skipped.losses_of(&["CarePlan", "Goal"]);
    (!plans.is_empty() || !goals.is_empty()).then(|| showable(plans, goals, lost, language))
}

fn followed(plan: &care_plan::CarePlan, language: Language) -> Result<Plan, Reason> {
    match plan.status.as_deref() {
        Some("active") => {}
        Some("entered-in-error") => return Err(Reason::EnteredInError),
        _ => return Err(Reason::NotCurrent),
    }
    if !matches!(plan.intent.as_deref(), Some("plan" | "order")) {
        return Err(Reason::NotAnOrder);
    }
    let title = plan.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let category = || plan.category.iter().find_map(|category| phrasebook::activity(category, language));
    let name = title.or_else(category).ok_or(Reason::NoName)?;
    let since = plan.period.as_ref().and_then(|period| period.start.as_ref()).and_then(|start| start.known());
    let mut known = HashSet::new();
    let steps = plan.activity.iter().filter_map(|activity| step(activity.detail.as_ref()?, language));
    Ok(Plan { name, since, steps: steps.filter(|step| known.insert(step.name.clone())).collect() })
}

fn step(detail: &Detail, language: Language) -> Option<Step> {
    let status = match detail.status.as_deref() {
        Some("not-started" | "scheduled") => Some(StepStatus::ToDo),
        Some("in-progress") => Some(StepStatus::Doing),
        Some("on-hold") => Some(StepStatus::OnHold),
        Some("completed") => Some(StepStatus::Done),
        Some("cancelled" | "stopped" | "entered-in-error") => return None,
        _ => None,
    };
    let name = phrasebook::activity(detail.code.as_ref()?, language)?;
    (!detail.do_not_perform).then_some(Step { name, status })
}

fn showable(plans: Vec<Plan>, goals: Vec<Aim>, lost: usize, language: Language) -> Showable {
    let title = words("Your care plan", "Su plan de cuidados").in_language(language);
    let subtitle = match language {
        Language::En => format!("{} plans, {} goals", plans.len(), goals.len()),
        Language::Es => format!("{} planes, {} metas", plans.len(), goals.len()),
    };
    let item = RecordItem::of_list(
        (ItemKind::CarePlan, title),
        subtitle,
        (lost, language),
        plans.iter().filter_map(|plan| plan.since.as_ref()),
    );
    Showable { item, content: Content::CarePlan(CarePlan { title, plans, goals }) }
}
