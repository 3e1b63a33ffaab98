//! What is answered about drills.

use casework::{Answer, ByChannel, DrillReport, DrillSight, DrillView, Figures, PersonReport, RungReport};
use casework::{DrillEnded, DrillRecord};
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};

/// How a drill ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndedShape {
    /// `custody`, `taken`, `by_hand`, `limit`, `quiet_hours` or `real_alert`.
    how: String,
    /// When.
    ended_at: String,
}

impl From<DrillEnded> for EndedShape {
    fn from(e: DrillEnded) -> Self {
        Self { how: e.how.key().to_owned(), ended_at: rfc3339(e.at) }
    }
}

/// Figures by which drills are held against each other. Seconds since the start; null for what did not happen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiguresShape {
    /// Until a provider first took a message.
    first_accepted_s: Option<i64>,
    /// Until anybody answered.
    first_answer_s: Option<i64>,
    /// Until somebody took it.
    taken_s: Option<i64>,
    /// Until a custody was recorded.
    custody_s: Option<i64>,
    /// How many people were told.
    told: usize,
    /// How many of them answered.
    answered: usize,
    /// How many messages did not arrive.
    failed: usize,
    /// How many SMS and calls have no receipt.
    unreceipted: usize,
}

impl From<Figures> for FiguresShape {
    fn from(f: Figures) -> Self {
        Self {
            first_accepted_s: f.first_accepted,
            first_answer_s: f.first_answer,
            taken_s: f.taken,
            custody_s: f.custody,
            told: f.told,
            answered: f.answered,
            failed: f.failed,
            unreceipted: f.unreceipted,
        }
    }
}

/// A drill in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillItem {
    /// The drill.
    id: String,
    /// The school's id.
    school: String,
    /// 4 for the ladder of a red, 3 for that of an orange.
    level: u8,
    /// Whether it was meant for the night and days off as well.
    by_night: bool,
    /// Whether the district hears of it.
    district: bool,
    /// When it was started.
    started_at: String,
    /// When it ends by itself at the latest.
    ends_at: String,
    /// How it ended; null while it runs.
    ended: Option<EndedShape>,
    /// Its figures; null for whoever sees nothing but his own part.
    figures: Option<FiguresShape>,
}

impl DrillItem {
    pub(crate) fn of(d: &DrillRecord, figures: Option<Figures>) -> Self {
        Self {
            id: d.id.to_string(),
            school: d.school.to_string(),
            level: d.climb.level.number(),
            by_night: d.by_night,
            district: d.with_district,
            started_at: rfc3339(d.started_at),
            ends_at: rfc3339(d.ends_at),
            ended: d.ended.map(EndedShape::from),
            figures: figures.map(FiguresShape::from),
        }
    }
}

/// Drills.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Drills {
    /// The latest first, at most fifty.
    pub(crate) items: Vec<DrillItem>,
    /// Always `null`: the list comes whole.
    pub(crate) next_cursor: Option<String>,
}

/// The first message of a rung to one person by one channel.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillMessageShape {
    /// The channel.
    channel: String,
    /// Where it stands.
    state: String,
    /// When it was put into the outbox.
    told_at: String,
    /// When a provider took it.
    accepted_at: Option<String>,
    /// When a receipt said that it had arrived.
    delivered_at: Option<String>,
    /// What went wrong.
    error: Option<String>,
    /// How often it was said again on the same rung.
    repeats: usize,
}

impl From<&ByChannel> for DrillMessageShape {
    fn from(c: &ByChannel) -> Self {
        Self {
            channel: c.channel.key().to_owned(),
            state: c.state.key().to_owned(),
            told_at: rfc3339(c.told_at),
            accepted_at: maybe(c.accepted_at),
            delivered_at: maybe(c.delivered_at),
            error: c.error.clone(),
            repeats: c.repeats,
        }
    }
}

/// What somebody answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerShape {
    /// `acknowledged`, `declined`, `custody`, or `answered` when somebody else had taken it already.
    kind: String,
    /// When.
    at: String,
    /// `signed_in`, `code_page`, `sms_reply` or `voice_key`.
    via: String,
}

impl From<&Answer> for AnswerShape {
    fn from(a: &Answer) -> Self {
        Self { kind: a.kind.clone(), at: rfc3339(a.at), via: a.via.clone() }
    }
}

/// What one person got and did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillPersonShape {
    /// Who.
    person: Named,
    /// The office in which he was told.
    office: Option<String>,
    /// What he got.
    messages: Vec<DrillMessageShape>,
    /// What he answered.
    answers: Vec<AnswerShape>,
}

impl From<&PersonReport> for DrillPersonShape {
    fn from(p: &PersonReport) -> Self {
        Self {
            person: Named::new(p.person, p.name.clone()),
            office: p.office.clone(),
            messages: p.channels.iter().map(DrillMessageShape::from).collect(),
            answers: p.answers.iter().map(AnswerShape::from).collect(),
        }
    }
}

/// One rung of a drill.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillRungShape {
    /// From 0.
    rung: u8,
    /// `class`, `grade`, `school` or `district`.
    tier: Option<String>,
    /// When it was told.
    told_at: Option<String>,
    /// Who is on it.
    people: Vec<DrillPersonShape>,
}

impl From<&RungReport> for DrillRungShape {
    fn from(r: &RungReport) -> Self {
        Self {
            rung: r.rung,
            tier: r.tier.map(|t| t.key().to_owned()),
            told_at: maybe(r.told_at),
            people: r.people.iter().map(DrillPersonShape::from).collect(),
        }
    }
}

/// The report of a drill.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillReportShape {
    /// The figures.
    figures: FiguresShape,
    /// The rungs that were told.
    rungs: Vec<DrillRungShape>,
    /// Who was told and never answered, by name.
    silent: Vec<String>,
    /// `empty_rung`, `nobody_reachable`, `no_duty_leader`, `unanswered_at_top`.
    findings: Vec<String>,
}

impl From<&DrillReport> for DrillReportShape {
    fn from(r: &DrillReport) -> Self {
        Self {
            figures: r.figures.into(),
            rungs: r.rungs.iter().map(DrillRungShape::from).collect(),
            silent: r.silent.clone(),
            findings: r.findings.clone(),
        }
    }
}

/// A drill.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DrillShape {
    /// The same as in the list.
    #[serde(flatten)]
    item: DrillItem,
    /// `open`, `acked` or `closed`.
    state: String,
    /// When the next rung is told, or when it opens again; null once it is over.
    deadline_at: Option<String>,
    /// Why it was started; for readers of the report alone.
    note: Option<String>,
    /// Who started it; for readers of the report alone.
    started_by: Option<Named>,
    /// The reader's own part, when he was told.
    own: Option<DrillPersonShape>,
    /// The report, for whoever may read it.
    report: Option<DrillReportShape>,
}

impl DrillShape {
    pub(crate) fn of(v: &DrillView) -> Self {
        let (d, reads) = (&v.drill, v.sight == DrillSight::Report);
        Self {
            item: DrillItem::of(d, v.report.as_ref().map(|r| r.figures)),
            state: d.climb.state.key().to_owned(),
            deadline_at: maybe(d.climb.state.deadline()),
            note: reads.then(|| d.note.clone()),
            started_by: reads.then(|| Named::new(d.started_by, v.started_by.clone())),
            own: v.own.as_ref().map(DrillPersonShape::from),
            report: v.report.as_ref().map(DrillReportShape::from),
        }
    }
}

fn maybe(at: Option<Timestamp>) -> Option<String> {
    at.map(rfc3339)
}
