//! A hand-over of a student on a page, and what is done with it.

use casework::StudentHandOverView;
use domain::student_hand_over::MoveState;

use super::form::Fields;
use super::sheets::{hidden, pick};
use super::view::sheet::{Field, Form, Input, Item};
use super::visitor::Visitor;
use super::words::{masked, moment, words_of};
use crate::present::class_of;
use crate::state::Api;

/// A hand-over as a record; in a list with its name masked and a way to it.
pub(super) fn item(api: &Api, who: &Visitor, v: &StudentHandOverView, listed: bool) -> Item {
    let (h, lang) = (&v.record, who.lang);
    let t = &words_of(lang).texts().student_hand_over;
    let today = api.desk.calendar.date(api.desk.now());
    let between = h.is_between_schools();
    let place = |school: &str, class: Option<&casework::ClassRecord>| {
        let class = class.map(|c| class_of(c, today, lang));
        let school = between.then(|| school.to_owned());
        [school, class].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let to = match &h.to {
        Some(to) => place(&to.school_name, to.class.as_ref()),
        None => h.outside.clone().unwrap_or_default(),
    };
    let row = |label: &str, value: String| (label.to_owned(), value);
    let sender = h.sent_by.as_ref().map_or_else(|| t.by_roster.to_owned(), |(_, name)| name.clone());
    let mut rows = vec![row(t.from, place(&h.from_school, Some(&h.from_class))), row(t.to, to)];
    rows.push(row(t.first_day, h.effective_on.to_string()));
    rows.push(row(t.sent_by, format!("{sender} · {}", moment(api, h.sent_at).text)));
    rows.extend(h.state.is_live().then(|| row(t.due, moment(api, h.due_at).text)));
    if v.knows_matters {
        let open: Vec<&str> = h.matters.iter().map(|m| m.name(lang)).collect();
        let open = if open.is_empty() { t.nothing_there.to_owned() } else { open.join("、") };
        rows.push(row(t.there_is, open));
    }
    rows.extend(h.telephone.as_ref().map(|(to, at)| row(t.telephone, format!("{to} · {}", moment(api, *at).text))));
    let answered = |a: &casework::MoveAnswer| row(t.answered, format!("{} · {}", a.by.1, moment(api, a.at).text));
    rows.extend(h.answer.as_ref().map(answered));
    rows.extend(h.answer.as_ref().and_then(|a| a.reason.clone()).map(|r| row(t.reason, r)));
    rows.retain(|(_, value)| !value.is_empty());
    let overdue = h.state.is_live() && h.due_at <= api.desk.now();
    let name = if listed { masked(&h.student.1) } else { String::new() };
    Item {
        head: format!("{} {name}", h.kind.name(lang)).trim().to_owned(),
        href: listed.then(|| format!("/student-hand-overs/{}", h.id)),
        marks: vec![(h.state.name(lang).to_owned(), overdue || h.state == MoveState::Refused)],
        rows,
        text: h.note.clone(),
        ..Item::default()
    }
}

/// What the reader may do with it.
pub(super) fn forms(api: &Api, who: &Visitor, v: &StudentHandOverView, typed: &Fields) -> Vec<Form> {
    let t = &words_of(who.lang).texts().student_hand_over;
    let action = |verb: &str| format!("/student-hand-overs/{}/{verb}", v.record.id);
    let field = |name: &str, label: &str, input| Field::new("", name, label, typed.get(name), input);
    let mut out = Vec::new();
    if v.may_answer {
        out.push(accept_form(api, who, v, typed, action("accept")));
        out.push(Form {
            title: t.refuse_title.to_owned(),
            action: action("refuse"),
            fields: vec![field("reason", t.refuse_reason, Input::Lines)],
            submit: t.refuse.to_owned(),
            folded: true,
            ..Form::default()
        });
    }
    if v.may_withdraw {
        if v.record.is_between_schools() || v.record.to.is_none() {
            out.push(Form {
                title: t.told_title.to_owned(),
                hint: t.tell.to_owned(),
                action: action("told"),
                fields: vec![
                    field("told_to", t.told_to, Input::Line),
                    field("told_by_telephone_at", t.told_at, Input::Moment),
                ],
                submit: t.told_save.to_owned(),
                folded: !v.needs_telephone,
                ..Form::default()
            });
        }
        out.push(Form {
            title: t.withdraw.to_owned(),
            action: action("withdraw"),
            hidden: vec![hidden("version", &v.record.version.to_string())],
            submit: t.withdraw.to_owned(),
            folded: true,
            ..Form::default()
        });
    }
    out
}

fn accept_form(api: &Api, who: &Visitor, v: &StudentHandOverView, typed: &Fields, action: String) -> Form {
    let t = &words_of(who.lang).texts().student_hand_over;
    let today = api.desk.calendar.date(api.desk.now());
    let class = |c: &casework::ClassRecord| pick(&c.id.to_string(), &class_of(c, today, who.lang), typed.get("class"));
    let picks: Vec<_> = v.classes.iter().map(class).collect();
    let field = Field::new("", "class", t.into_class, typed.get("class"), Input::Pick(picks));
    Form {
        title: t.accept_title.to_owned(),
        hint: t.accept_hint.to_owned(),
        action,
        fields: if v.classes.is_empty() { Vec::new() } else { vec![field] },
        submit: if v.record.to.is_none() { t.sign_leaving } else { t.accept }.to_owned(),
        ..Form::default()
    }
}
