//! The closed lists of words that fields hold, from where they are defined.

use domain::alert::{AlertState, Outcome, Proof};
use domain::appointment::AppointmentState;
use domain::care::{Answer, HomeSafety, HouseholdDecision, Means, Relation, Said};
use domain::delivery::{Channel, MessageState};
use domain::drill::DrillEnd;
use domain::file_reading::FileReading;
use domain::growth_file::{EntryKind, Source, WRITTEN};
use domain::notice::NoticeKind;
use domain::observation::{ConcernKind, Part, SafeNow, Urgency, WhereNow};
use domain::org::UnitKind;
use domain::referral::Consent;
use domain::report::Mood;
use domain::staff::Role;
use domain::student_hand_over::MoveState;
use domain::sweep::SweepKind;
use domain::task::{TaskKind, TaskState};
use domain::tier::Tier;
use domain::watch::WatchEnd;

use super::care_words;

/// The words of a field of a schema; nothing where any text may stand.
pub(super) fn of(schema: &str, field: &str) -> Option<Vec<&'static str>> {
    Some(match (schema, field) {
        ("AlertItem", "state") => alert_states(),
        (_, "tier") => [Tier::Class, Tier::Grade, Tier::School, Tier::District].map(Tier::key).to_vec(),
        (_, "role") => Role::ALL.map(Role::key).to_vec(),
        (_, "channel") => Channel::ALL.map(Channel::key).to_vec(),
        ("UnitShape", "kind") => {
            [UnitKind::District, UnitKind::School, UnitKind::Grade, UnitKind::Class].map(UnitKind::key).to_vec()
        }
        ("MessageShape", "state") => MessageState::ALL.map(MessageState::key).to_vec(),
        ("MessageShape", "kind") => NoticeKind::ALL
            .into_iter()
            .filter(|k| {
                !k.is_of_drills()
                    && !k.is_of_reports()
                    && !k.is_by_law()
                    && !k.is_of_students()
                    && !k.is_of_reporters()
                    && !k.is_of_appointments()
            })
            .map(NoticeKind::key)
            .collect(),
        ("FileReaderShape", "what") => FileReading::ALL.map(FileReading::key).to_vec(),
        ("AppointmentShape", "state") => AppointmentState::ALL.map(AppointmentState::key).to_vec(),
        ("DrillMessageShape", "state") => MessageState::ALL.map(MessageState::key).to_vec(),
        ("EndedShape", "how") => DrillEnd::ALL.map(DrillEnd::key).to_vec(),
        ("AnswerShape", "kind") => vec!["acknowledged", "declined", "custody", "answered"],
        ("AnswerShape", "via") => vec!["signed_in", "code_page", "sms_reply", "voice_key"],
        ("DrillShape", "state") => vec!["open", "acked", "closed"],
        ("WatchEndBody", "how") | ("WatchShape", "ended_how") => WatchEnd::ALL.map(WatchEnd::key).to_vec(),
        ("ReferralBody" | "ReferralShape", "consent") => Consent::ALL.map(Consent::key).to_vec(),
        ("ReferralShape", "state") => vec!["made", "went", "back"],
        ("InterviewBody", "wish_to_die" | "safe_now") => Said::ALL.iter().map(|w| w.key()).collect(),
        ("GuardianContactBody", "relation") => Relation::ALL.iter().map(|w| w.key()).collect(),
        ("GuardianContactBody", "by") => Means::ALL.iter().map(|w| w.key()).collect(),
        ("GuardianContactBody", "answer") => Answer::ALL.iter().map(|w| w.key()).collect(),
        ("GuardianContactBody", "less_safe") => HomeSafety::ALL.iter().map(|w| w.key()).collect(),
        ("HouseholdShape", "why") => HomeSafety::ALL.iter().map(|w| w.key()).collect(),
        ("HouseholdShape", "proposed") | ("HouseholdBody", "decision") => {
            HouseholdDecision::ALL.iter().map(|w| w.key()).collect()
        }
        ("TaskShape", "kind") => TaskKind::ALL.map(TaskKind::key).to_vec(),
        ("TaskShape", "state") => TaskState::ALL.map(TaskState::key).to_vec(),
        ("TaskBody", "kind") => TaskKind::GIVEN.map(TaskKind::key).to_vec(),
        ("EntryShape", "kind") => entry_kinds(),
        ("EntryBody", "kind") => WRITTEN.map(EntryKind::key).to_vec(),
        ("EntryShape", "source") => Source::ALL.map(Source::key).to_vec(),
        (_, "source") => Source::ALL.into_iter().filter(|s| *s != Source::Service).map(Source::key).collect(),
        ("ProposalShape", "kind") => vec!["lower", "close", "not_escalate"],
        ("CloseBody" | "ClosingShape" | "ProposalShape", "outcome") => Outcome::ALL.map(Outcome::key).to_vec(),
        ("EvidenceBody" | "EvidenceShape", "code") => Proof::ALL.map(Proof::key).to_vec(),
        (_, "per") => vec!["week", "month"],
        ("Concerns", "kind") => ConcernKind::KEYS.to_vec(),
        (_, "part") => Part::KEYS.to_vec(),
        (_, "safe_now") => SafeNow::KEYS.to_vec(),
        (_, "where_now") => WhereNow::KEYS.to_vec(),
        (_, "urgency") => Urgency::KEYS.to_vec(),
        ("AlertShape", "status") => vec!["awaiting_second_signature", "awaiting_acceptance"],
        ("LineBody" | "LineShape", "mood") => Mood::ALL.map(Mood::key).to_vec(),
        ("SweepShape", "kind") => SweepKind::ALL.map(SweepKind::key).to_vec(),
        ("ClassReportShape" | "ClassWeekShape" | "ClassSweepShape" | "ClassInSweepShape", "state") => {
            vec!["not_due", "open", "missing", "filed", "late"]
        }
        ("Accepted", "status") => vec!["accepted"],
        ("LoopShape", "outcome") => vec!["in_hand", "no_response_needed", "closed"],
        ("CellError", "severity") => vec!["error", "warning"],
        _ => return care_words::of(schema, field),
    })
}

/// The words of a parameter of a query.
pub(super) fn of_parameter(path: &str, name: &str) -> Option<Vec<&'static str>> {
    match name {
        "state" if path.ends_with("/appointments") => Some(AppointmentState::ALL.map(AppointmentState::key).to_vec()),
        "state" if path.ends_with("/student-hand-overs") => Some(MoveState::ALL.map(MoveState::key).to_vec()),
        "state" if path.ends_with("/tasks") => Some(TaskState::ALL.map(TaskState::key).to_vec()),
        "state" => Some(alert_states()),
        "kind" if path.ends_with("/growth-file") => Some(entry_kinds()),
        _ => None,
    }
}

fn alert_states() -> Vec<&'static str> {
    AlertState::ALL.map(AlertState::key).to_vec()
}

pub(super) fn entry_kinds() -> Vec<&'static str> {
    EntryKind::ALL.map(EntryKind::key).to_vec()
}
