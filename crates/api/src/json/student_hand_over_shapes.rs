//! Hand-overs of students, as they are sent and shown.

use casework::{OpenMatters, StudentHandOverView};
use domain::student_hand_over::StudentHandOverDraft;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Fields, FromFields};
use super::shapes::{Named, rfc3339};
use crate::present::class_of;
use crate::state::Api;

/// Where students go.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct DestinationBody {
    /// To which class: `cls_…`.
    class: Option<String>,
    /// To which school, where that chooses the class: `sch_…`.
    school: Option<String>,
    /// Of leaving: who has the child outside, at most 200 characters.
    outside: Option<String>,
}

impl FromFields for DestinationBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { class: f.maybe_text("class"), school: f.maybe_text("school"), outside: f.maybe_text("outside") }
    }
}

/// Students who are handed over.
#[derive(Debug, ToSchema)]
pub(crate) struct StudentHandOverBody {
    /// Which: `stu_…`, at most 100.
    students: Vec<String>,
    /// Why they pass on.
    kind: String,
    /// Where to; leaving needs it only while an orange or a red is open.
    to: Option<DestinationBody>,
    /// The first day there, `YYYY-MM-DD`; of leaving, the day.
    effective_on: String,
    /// What the receiver reads before he answers: nothing about the child. At most 2,000 characters.
    note: Option<String>,
    /// What is open, as `GET …/open-matters` says it.
    #[schema(default = json!([]))]
    open_matters: Vec<String>,
    /// Signed: nothing is open. Refused, with the list, where something is.
    #[schema(default = false)]
    nothing_to_hand_over: bool,
    /// Who was told by telephone of an open orange or red.
    told_to: Option<String>,
    /// When, RFC 3339: before the first day.
    #[schema(format = DateTime)]
    told_by_telephone_at: Option<String>,
}

impl FromFields for StudentHandOverBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            students: f.texts("students"),
            kind: f.text("kind"),
            to: f.object("to"),
            effective_on: f.text("effective_on"),
            note: f.maybe_text("note"),
            open_matters: f.texts("open_matters"),
            nothing_to_hand_over: f.flag("nothing_to_hand_over").unwrap_or_default(),
            told_to: f.maybe_text("told_to"),
            told_by_telephone_at: f.maybe_text("told_by_telephone_at"),
        }
    }
}

impl StudentHandOverBody {
    pub(crate) fn draft(&self) -> StudentHandOverDraft {
        let to = self.to.as_ref();
        StudentHandOverDraft {
            students: self.students.clone(),
            kind: self.kind.clone(),
            class: to.and_then(|t| t.class.clone()),
            school: to.and_then(|t| t.school.clone()),
            outside: to.and_then(|t| t.outside.clone()),
            effective_on: self.effective_on.clone(),
            note: self.note.clone(),
            open_matters: self.open_matters.clone(),
            nothing: self.nothing_to_hand_over,
            told_to: self.told_to.clone(),
            told_at: self.told_by_telephone_at.clone(),
        }
    }
}

/// Into which class a student is accepted.
#[derive(Debug, ToSchema)]
pub(crate) struct AcceptStudentBody {
    /// Where the sender named only the school: `cls_…`.
    pub(crate) class: Option<String>,
}

impl FromFields for AcceptStudentBody {
    const MAY_BE_EMPTY: bool = true;

    fn from_fields(f: &mut Fields) -> Self {
        Self { class: f.maybe_text("class") }
    }
}

/// Why a student is refused.
#[derive(Debug, ToSchema)]
pub(crate) struct RefuseStudentBody {
    /// At most 2,000 characters.
    pub(crate) reason: String,
}

impl FromFields for RefuseStudentBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { reason: f.text("reason") }
    }
}

/// A call by telephone.
#[derive(Debug, ToSchema)]
pub(crate) struct ToldBody {
    /// Who was told, at most 200 characters.
    pub(crate) told_to: String,
    /// When, RFC 3339: before the first day.
    #[schema(format = DateTime)]
    pub(crate) told_by_telephone_at: String,
}

impl FromFields for ToldBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { told_to: f.text("told_to"), told_by_telephone_at: f.text("told_by_telephone_at") }
    }
}

/// A signed look at what is sealed.
#[derive(Debug, ToSchema)]
pub(crate) struct UnsealBody {
    /// What for, at most 2,000 characters.
    pub(crate) purpose: String,
    /// Signed.
    pub(crate) signed: bool,
}

impl FromFields for UnsealBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { purpose: f.text("purpose"), signed: f.flag("signed").unwrap_or_default() }
    }
}

/// Until when somebody looks at what is sealed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnsealedShape {
    /// Until when.
    pub(crate) until: String,
}

/// One side of a hand-over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovePlaceShape {
    /// The school.
    school: Named,
    /// The class; null where the receiving school has yet to choose it.
    class: Option<Named>,
}

/// A hand-over of a student.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StudentHandOverShape {
    /// The hand-over.
    id: String,
    /// The student.
    student: Named,
    /// Why the student passes on.
    kind: String,
    /// Where the student was when it was sent.
    from: MovePlaceShape,
    /// Where to; null for leaving.
    to: Option<MovePlaceShape>,
    /// Who has the child outside.
    outside: Option<String>,
    /// The first day there.
    effective_on: String,
    /// What the receiver reads before he answers.
    note: Option<String>,
    /// What was open when it was sent: for its sender while it is live, and for whoever has accepted it; null for all others.
    open_matters: Option<Vec<String>>,
    /// Who sent it; null where an import made it.
    sent_by: Option<Named>,
    /// When.
    sent_at: String,
    /// By when it is to be answered; of one that came back, sent again.
    due_at: String,
    /// Where it stands.
    state: String,
    /// What is missing before it can be accepted: `told_by_telephone`, `class`.
    needs: Vec<String>,
    /// Who was told by telephone.
    told_to: Option<String>,
    /// When.
    told_by_telephone_at: Option<String>,
    /// Who answered.
    answered_by: Option<Named>,
    /// When.
    answered_at: Option<String>,
    /// Why it was refused.
    reason: Option<String>,
    /// Whether the caller answers it.
    may_answer: bool,
    /// Whether the caller can take it back.
    may_withdraw: bool,
}

impl StudentHandOverShape {
    pub(crate) fn of(api: &Api, v: &StudentHandOverView, lang: domain::lang::Lang) -> Self {
        let h = &v.record;
        let today = api.desk.calendar.date(api.desk.now());
        let class = |c: &casework::ClassRecord| Named::new(c.id, class_of(c, today, lang));
        let to = h.to.as_ref().map(|t| MovePlaceShape {
            school: Named::new(t.school, t.school_name.clone()),
            class: t.class.as_ref().map(class),
        });
        let chooses = v.may_answer && h.to.as_ref().is_some_and(|t| t.class.is_none());
        let needs = [("told_by_telephone", v.needs_telephone), ("class", chooses)];
        Self {
            id: h.id.to_string(),
            student: Named::new(h.student.0, h.student.1.clone()),
            kind: h.kind.key().to_owned(),
            from: MovePlaceShape {
                school: Named::new(h.from.school, h.from_school.clone()),
                class: Some(class(&h.from_class)),
            },
            to,
            outside: h.outside.clone(),
            effective_on: h.effective_on.to_string(),
            note: h.note.clone(),
            open_matters: v.knows_matters.then(|| h.matters.iter().map(|m| m.key().to_owned()).collect()),
            sent_by: h.sent_by.as_ref().map(|(id, name)| Named::new(id, name.clone())),
            sent_at: rfc3339(h.sent_at),
            due_at: rfc3339(h.due_at),
            state: h.state.key().to_owned(),
            needs: needs.into_iter().filter(|(_, needed)| *needed).map(|(what, _)| what.to_owned()).collect(),
            told_to: h.telephone.as_ref().map(|(to, _)| to.clone()),
            told_by_telephone_at: h.telephone.as_ref().map(|(_, at)| rfc3339(*at)),
            answered_by: h.answer.as_ref().map(|a| Named::new(a.by.0, a.by.1.clone())),
            answered_at: h.answer.as_ref().map(|a| rfc3339(a.at)),
            reason: h.answer.as_ref().and_then(|a| a.reason.clone()),
            may_answer: v.may_answer,
            may_withdraw: v.may_withdraw,
        }
    }
}

/// Hand-overs of students.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StudentHandOvers {
    /// This page, the latest first.
    pub(crate) items: Vec<StudentHandOverShape>,
    /// Where it ended, if there is more.
    pub(crate) next_cursor: Option<String>,
}

/// What was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentShape {
    /// One for each student, in the order of the students.
    pub(crate) items: Vec<StudentHandOverShape>,
}

/// Something that is open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenMatterShape {
    /// What.
    kind: String,
    /// How many.
    count: usize,
    /// Of an alert, its level.
    level: Option<u8>,
}

/// What there is to hand over, as far as the caller may know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenMattersShape {
    /// The student.
    student: Named,
    /// What is open, the gravest first.
    items: Vec<OpenMatterShape>,
    /// Whether another school is to be told by telephone before the first day.
    tell_by_telephone: bool,
    /// The hand-over that is live.
    hand_over: Option<String>,
}

impl OpenMattersShape {
    pub(crate) fn of(found: &OpenMatters) -> Self {
        let item = |m: &casework::OpenMatter| OpenMatterShape {
            kind: m.kind.key().to_owned(),
            count: m.count,
            level: m.level.map(domain::level::Level::number),
        };
        Self {
            student: Named::new(found.student.id, found.student.name.clone()),
            items: found.open.iter().map(item).collect(),
            tell_by_telephone: found.serious,
            hand_over: found.live.as_ref().map(|h| h.id.to_string()),
        }
    }
}
