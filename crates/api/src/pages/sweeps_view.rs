//! The page of sweeps, put together.

use casework::{CaseError, ClassWeek, SweepsView};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::ClassId;
use domain::sweep::{ClassSweep, Sweep};

use super::form::Fields;
use super::frame::shell_for;
use super::reports_view::{front, mark, summaries, units, words};
use super::sweeps_form::form;
use super::view::parts::Errors;
use super::view::sweeps::{ClassLine, OwnList, Round, Sweeps};
use super::visitor::{PageError, Visitor};
use super::words::words_of;
use crate::json::report_shapes::state;
use crate::json::sweep_shapes::unreported;
use crate::present::class_of;
use crate::state::Api;

/// The page, with what was typed into the form where it was sent back.
pub(super) async fn view(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    faults: &[(usize, Fault)],
) -> Result<Sweeps, PageError> {
    let mut shown = Sweeps {
        shell: shell_for(api, who).await?,
        errors: Errors::default(),
        done: fields.get("done") == "yes",
        sweep: None,
        own: Vec::new(),
        classes: Vec::new(),
        summaries: Vec::new(),
        units: Vec::new(),
        text: fields.get("text").to_owned(),
    };
    let seen = match casework::view_sweeps(&api.desk, who, fields.get("sweep"), None, None).await {
        Ok(seen) => seen,
        // Before the first one there is nothing to show.
        Err(CaseError::Invalid(_)) if fields.get("sweep").is_empty() => return Ok(shown),
        Err(err) => return Err(err.into()),
    };
    let classes: Vec<ClassId> = who.scope(&api.desk, Right::ClassReport).classes.iter().copied().collect();
    let front = front(&classes, fields);
    for class in classes {
        let list = casework::view_class_sweep(&api.desk, who, class, &seen.sweep.begins.to_string()).await?;
        let typed = (fields.get("class") == class.to_string()).then_some(fields);
        let form = form(api, who, &list, typed, faults);
        shown.own.push(OwnList { mark: mark(class, front), ..form });
    }
    shown.sweep = Some(round(api, who, &seen.sweep));
    shown.classes = seen.classes.iter().map(|c| line(api, who, &seen, c)).collect();
    shown.summaries = summaries(api, who, seen.classes.iter().map(|c| &c.class), &seen.summaries);
    shown.units = units(api, who, seen.classes.iter().map(|c| &c.class), fields.get("unit"));
    Ok(shown)
}

fn round(api: &Api, who: &Visitor, sweep: &Sweep) -> Round {
    let today = api.desk.calendar.date(api.desk.now());
    let mut begun = Sweep::all(&api.desk.calendar);
    begun.retain(|s| s.begins <= today);
    let earlier = begun.iter().rfind(|s| s.begins < sweep.begins);
    let later = begun.iter().find(|s| s.begins > sweep.begins);
    Round {
        begins: sweep.begins.to_string(),
        ends: sweep.last.to_string(),
        name: sweep.kind.name(who.lang).to_owned(),
        earlier: earlier.map(|s| s.begins.to_string()),
        later: later.map(|s| s.begins.to_string()),
    }
}

fn line(api: &Api, who: &Visitor, seen: &SweepsView, c: &ClassWeek<ClassSweep>) -> ClassLine {
    let (t, now) = (&words_of(who.lang).texts().sweeps, api.desk.now());
    let due = c.due.as_ref().map(|d| d.due_at);
    let filed = c.due.as_ref().and_then(|d| d.filed_at).or_else(|| c.report.as_ref().map(|_| due.unwrap_or(now)));
    let key = state(due, filed, now);
    let says = match &c.report {
        None => String::new(),
        Some((r, ..)) if r.nil => t.is_nil.to_owned(),
        Some((r, ..)) => format!("{} {}", t.named, r.students.len()),
    };
    ClassLine {
        name: class_of(&c.class, api.desk.calendar.date(now), who.lang),
        key,
        state: words(who, key),
        says,
        unreported: unreported(seen, c),
        by: c.report.as_ref().map(|(.., name)| name.clone()).unwrap_or_default(),
    }
}
