//! The form of a plan: its rows, and what was typed into them.

use domain::lang::Lang;
use domain::level::Level;
use domain::plan::{Causes, GoalDraft, KeyDayDraft, MeasureDraft, Plan, PlanDraft, SafetyPlan};

use super::form::Fields;
use super::sheets::pick;
use super::view::duty::Pick;
use super::view::sheet::{Field, Input};
use super::words::words_of;

/// So many rows of each kind are on the form.
const GOALS: usize = 3;
const MEASURES: usize = 4;
const DAYS: usize = 2;
const CAUSES: [&str; 5] = ["biological", "psychological", "social", "school", "family"];
const SAFETY: [&str; 5] = ["triggers", "warning_signs", "contacts", "means_restriction", "escort"];

/// What was typed.
pub(super) fn draft(fields: &Fields) -> PlanDraft {
    let typed = |name: &str| fields.get(name).to_owned();
    let at = |kind: &str, n: usize, name: &str| typed(&format!("{kind}{n}_{name}"));
    // Rows that are empty at the end are no rows; one in between is an empty one, so that faults find their place.
    let rows = |kind: &str, most: usize, names: &[&str]| {
        (0..most).rev().find(|n| names.iter().any(|name| !at(kind, *n, name).is_empty())).map_or(0, |n| n + 1)
    };
    let [biological, psychological, social, school, family] = CAUSES.map(|c| typed(&format!("causes_{c}")));
    let [triggers, warning_signs, contacts, means_restriction, escort] = SAFETY.map(|s| typed(&format!("safety_{s}")));
    let goals = 0..rows("goal", GOALS, &["text", "check"]);
    let measures = 0..rows("measure", MEASURES, &["text", "owner", "times", "per", "until"]);
    let days = 0..rows("day", DAYS, &["date", "text"]);
    PlanDraft {
        problem: typed("problem"),
        level: fields.get("level").parse().ok(),
        causes: Causes { biological, psychological, social, school, family },
        protective_factors: typed("protective_factors"),
        goals: goals.map(|n| GoalDraft { text: at("goal", n, "text"), check: at("goal", n, "check") }).collect(),
        measures: measures
            .map(|n| MeasureDraft {
                text: at("measure", n, "text"),
                owner: at("measure", n, "owner"),
                times: at("measure", n, "times").parse().ok(),
                per: at("measure", n, "per"),
                until: at("measure", n, "until"),
            })
            .collect(),
        safety_plan: Some(SafetyPlan { triggers, warning_signs, contacts, means_restriction, escort }),
        key_dates: days.map(|n| KeyDayDraft { date: at("day", n, "date"), text: at("day", n, "text") }).collect(),
        starts_at: typed("starts_at"),
        review_at: typed("review_at"),
        responsible: typed("responsible"),
        unread: Vec::new(),
    }
}

/// The form's own name of a field of the contract: `measures[0].frequency.times` is `measure0_times`.
pub(super) fn field_of(field: &str) -> String {
    let row = |prefix: &str, name: &str| {
        let (n, rest) = field.strip_prefix(prefix)?.strip_prefix('[')?.split_once("].")?;
        Some(format!("{name}{n}_{}", rest.trim_start_matches("frequency.")))
    };
    let rows = [("goals", "goal"), ("measures", "measure"), ("key_dates", "day")];
    if let Some(found) = rows.into_iter().find_map(|(prefix, name)| row(prefix, name)) {
        return found;
    }
    match field {
        "goals" => "goal0_text".to_owned(),
        "measures" => "measure0_text".to_owned(),
        "causes" => "causes_biological".to_owned(),
        "safety_plan" => "safety_triggers".to_owned(),
        other => other.replace("causes.", "causes_").replace("safety_plan.", "safety_"),
    }
}

/// A plan as it stands, in the fields of the form.
pub(super) fn as_written(plan: &Plan) -> Fields {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut say = |name: String, value: String| pairs.push((name, value));
    let c = &plan.causes;
    for (name, value) in CAUSES.into_iter().zip([&c.biological, &c.psychological, &c.social, &c.school, &c.family]) {
        say(format!("causes_{name}"), value.clone());
    }
    if let Some(s) = &plan.safety_plan {
        let all = [&s.triggers, &s.warning_signs, &s.contacts, &s.means_restriction, &s.escort];
        SAFETY.into_iter().zip(all).for_each(|(name, value)| say(format!("safety_{name}"), value.clone()));
    }
    for (n, g) in plan.goals.iter().enumerate() {
        say(format!("goal{n}_text"), g.text.clone());
        say(format!("goal{n}_check"), g.check.clone());
    }
    for (n, m) in plan.measures.iter().enumerate() {
        say(format!("measure{n}_text"), m.text.clone());
        say(format!("measure{n}_owner"), m.owner.to_string());
        say(format!("measure{n}_times"), m.times.to_string());
        say(format!("measure{n}_per"), m.per.key().to_owned());
        say(format!("measure{n}_until"), m.until.to_string());
    }
    for (n, d) in plan.key_dates.iter().enumerate() {
        say(format!("day{n}_date"), d.date.to_string());
        say(format!("day{n}_text"), d.text.clone());
    }
    say("problem".to_owned(), plan.problem.clone());
    say("level".to_owned(), plan.level.number().to_string());
    say("protective_factors".to_owned(), plan.protective_factors.clone());
    say("starts_at".to_owned(), plan.starts_at.to_string());
    say("review_at".to_owned(), plan.review_at.to_string());
    say("responsible".to_owned(), plan.responsible.to_string());
    Fields::from(pairs)
}

/// The fields. More rows than fit are kept from the version before only by other programs.
pub(super) fn inputs(lang: Lang, fields: &Fields, staff: &[Pick]) -> Vec<Field> {
    let t = &words_of(lang).texts().plan;
    let field = |name: &str, label: &str, input| Field::new("", name, label, fields.get(name), input);
    let chosen = |name: &str| -> Vec<Pick> {
        let one = |p: &Pick| Pick { chosen: p.value == fields.get(name), ..p.clone() };
        staff.iter().map(one).collect()
    };
    let levels = Level::ALL.map(|l| pick(&l.number().to_string(), l.name(lang), fields.get("level")));
    let mut out =
        vec![field("problem", t.problem, Input::Lines), field("level", t.level, Input::Pick(levels.to_vec()))];
    let causes = [t.biological, t.psychological, t.social, t.school, t.family];
    for (name, label) in CAUSES.into_iter().zip(causes) {
        out.push(field(&format!("causes_{name}"), label, Input::Lines).optional());
    }
    out.push(field("protective_factors", t.protective_factors, Input::Lines).optional());
    for n in 0..GOALS {
        let label = |text: &str| format!("{text} {}", n + 1);
        let row = [("text", t.goal, Input::Line), ("check", t.check, Input::Line)];
        for (name, text, input) in row {
            let field = field(&format!("goal{n}_{name}"), &label(text), input);
            out.push(if n == 0 { field } else { field.optional() });
        }
    }
    for n in 0..MEASURES {
        let name = |name: &str| format!("measure{n}_{name}");
        let per = [("week", t.week), ("month", t.month)].map(|(v, l)| pick(v, l, fields.get(&name("per"))));
        let row = [
            ("text", t.measure, Input::Line),
            ("owner", t.owner, Input::Pick(chosen(&name("owner")))),
            ("times", t.times, Input::Line),
            ("per", t.per, Input::Pick(per.to_vec())),
            ("until", t.until, Input::Day),
        ];
        for (part, text, input) in row {
            let field = field(&name(part), &format!("{text} {}", n + 1), input);
            out.push(if n == 0 { field } else { field.optional() });
        }
    }
    let safety = [t.triggers, t.warning_signs, t.contacts, t.means_restriction, t.escort];
    for (name, label) in SAFETY.into_iter().zip(safety) {
        out.push(field(&format!("safety_{name}"), label, Input::Lines).optional().hint(t.safety_hint));
    }
    for n in 0..DAYS {
        out.push(field(&format!("day{n}_date"), &format!("{} {}", t.key_day, n + 1), Input::Day).optional());
        out.push(field(&format!("day{n}_text"), &format!("{} {}", t.key_text, n + 1), Input::Line).optional());
    }
    out.push(field("starts_at", t.starts_at, Input::Day).optional());
    out.push(field("review_at", t.review_at, Input::Day));
    out.push(field("responsible", t.responsible, Input::Pick(chosen("responsible"))));
    out
}
