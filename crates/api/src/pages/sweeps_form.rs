//! The form of a class in a sweep, put together.

use casework::ClassSweepView;
use domain::fault::Fault;
use domain::sweep::{ClassSweep, Concern, ConcernDraft};

use super::form::Fields;
use super::reports_view::{overtakes, words};
use super::sweeps::{SPARE, draft};
use super::view::sweeps::{Line, OwnList, Pick};
use super::visitor::Visitor;
use super::words::moment;
use crate::json::report_shapes::state;
use crate::json::sweep_shapes::report_address;
use crate::present::class_of;
use crate::state::Api;

/// The form, with what was typed, or else what the newest version says.
pub(super) fn form(
    api: &Api,
    who: &Visitor,
    list: &ClassSweepView,
    typed: Option<&Fields>,
    faults: &[(usize, Fault)],
) -> OwnList {
    let (now, calendar, last) = (api.desk.now(), &api.desk.calendar, list.versions.last());
    let first = list.versions.first().map(|v| v.at);
    let typed_version = typed.map(|f| f.get("version"));
    let typed = typed.map(draft);
    let said =
        |c: &Concern| ConcernDraft { student: c.student.to_string(), sign: c.sign.clone(), note: c.note.clone() };
    let filed = || last.map(|v| v.report.students.iter().map(said).collect::<Vec<_>>()).unwrap_or_default();
    let mut concerns = typed.as_ref().map_or_else(filed, |d| d.students.clone());
    concerns.resize_with(concerns.len().saturating_add(SPARE), ConcernDraft::default);
    let words_typed = typed.as_ref().map(|d| (d.nil, d.remarks.clone()));
    let words_filed = || last.map(|v| (v.report.nil, v.report.remarks.clone())).unwrap_or_default();
    let (nil, remarks) = words_typed.unwrap_or_else(words_filed);
    OwnList {
        id: list.class.id.to_string(),
        mark: String::new(),
        name: class_of(&list.class, calendar.date(now), who.lang),
        state: words(who, state(list.due.as_ref().map(|d| d.due_at), first, now)),
        taken: first.map(|at| moment(api, at)),
        filed: last.map(|v| format!("{} · {}", v.by.1, calendar.local(v.at).format("%m-%d %H:%M"))),
        version: last.map_or(0, |v| v.version),
        standing: last
            .filter(|v| overtakes(v.version, typed_version))
            .map(|v| standing(api, who, list, &v.report))
            .unwrap_or_default(),
        danger: list.unreported.iter().map(|c| danger(api, who, list, c)).collect(),
        lines: concerns.iter().enumerate().map(|(n, c)| line(api, who, list, (n, c), faults)).collect(),
        nil,
        remarks,
    }
}

/// What the version says that somebody else has filed meanwhile.
fn standing(api: &Api, who: &Visitor, list: &ClassSweepView, report: &ClassSweep) -> Vec<String> {
    let one = |c: &Concern| {
        let (name, sign, _) = danger(api, who, list, c);
        [name, sign, c.note.clone()].join(" ").trim().to_owned()
    };
    report.students.iter().map(one).chain((!report.remarks.is_empty()).then(|| report.remarks.clone())).collect()
}

fn danger(api: &Api, who: &Visitor, list: &ClassSweepView, c: &Concern) -> (String, String, String) {
    let name = list.students.iter().find(|s| s.id == c.student).map(|s| s.name.clone()).unwrap_or_default();
    let sign = api.desk.catalogue.get(&c.sign).map(|s| s.name(who.lang).to_owned()).unwrap_or_default();
    (name, sign, report_address(c))
}

fn line(
    api: &Api,
    who: &Visitor,
    list: &ClassSweepView,
    (n, c): (usize, &ConcernDraft),
    faults: &[(usize, Fault)],
) -> Line {
    let students = list.students.iter().map(|s| Pick {
        value: s.id.to_string(),
        label: s.seat.as_ref().map_or_else(|| s.name.clone(), |seat| format!("{}（{seat}）", s.name)),
        chosen: s.id.to_string() == c.student,
    });
    Line {
        n,
        students: students.collect(),
        signs: signs(api, who, &c.sign),
        note: c.note.clone(),
        faults: faults.iter().filter(|(line, _)| *line == n).map(|(_, f)| f.message(who.lang).to_owned()).collect(),
    }
}

/// The signs that suggest a level, by category.
fn signs(api: &Api, who: &Visitor, chosen: &str) -> Vec<(String, Vec<Pick>)> {
    let catalogue = &api.desk.catalogue;
    let pick = |s: &domain::sign::Sign| Pick {
        value: s.code.clone(),
        label: s.name(who.lang).to_owned(),
        chosen: s.code == chosen,
    };
    let group = |category: &domain::sign::Category| {
        let of = catalogue.signs().iter().filter(|s| s.category == category.code && s.level.is_some());
        (who.lang.pick(&category.zh, &category.en).to_owned(), of.map(pick).collect::<Vec<_>>())
    };
    catalogue.categories().iter().map(group).filter(|(_, signs)| !signs.is_empty()).collect()
}
