//! Words of drills. Each begins by saying that it is one, on every channel; none of them is a word of a real message with
//! something added. A duty room is not part of a drill, and its telephone stands in none.

use domain::delivery::Channel;
use domain::notice::NoticeKind;
use storage::Claimed;

use crate::compose::{KEYS, SIGN_IN, within};

/// What somebody is asked for, or told, after the word that it is a drill: also what fills a registered template.
pub(crate) fn what(kind: NoticeKind, minutes: u32, taken_by: Option<&str>) -> String {
    match kind {
        NoticeKind::TakenOver => format!("演练已由{}接手，无需操作", taken_by.unwrap_or("值班同事")),
        NoticeKind::DrillOver => "演练结束，无需操作".to_owned(),
        NoticeKind::DrillStopped => "演练中止，请以没有“演练”字样的通知为准".to_owned(),
        NoticeKind::Alarm
        | NoticeKind::AssessmentDue
        | NoticeKind::NewFacts
        | NoticeKind::SecondSignature
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused
        | NoticeKind::Over
        | NoticeKind::HandingOver
        | NoticeKind::HandedBack
        | NoticeKind::RecheckDue
        | NoticeKind::ContactTest
        | NoticeKind::ContactChanged
        | NoticeKind::PasswordChanged
        | NoticeKind::Storm
        | NoticeKind::ReportDue
        | NoticeKind::ReportsMissing
        | NoticeKind::SweepDue
        | NoticeKind::SweepsMissing
        | NoticeKind::TaskGiven
        | NoticeKind::TaskTaken
        | NoticeKind::TaskDue
        | NoticeKind::TaskOverdue
        | NoticeKind::DecisionLookedAt
        | NoticeKind::ReportUnread
        | NoticeKind::StudentWaits
        | NoticeKind::StudentOverdue
        | NoticeKind::StudentAnswered
        | NoticeKind::AppointmentWaits
        | NoticeKind::AppointmentMade
        | NoticeKind::WatchLapsed
        | NoticeKind::UrgentOverdue => format!("演练，请{}内确认", within(minutes)),
    }
}

/// One line, short enough for one SMS. `replies`: an SMS can be answered.
pub(crate) fn line(m: &Claimed, code: &str, address: &str, replies: bool) -> String {
    let school = &m.school_name;
    match m.kind {
        NoticeKind::TakenOver => {
            let who = m.taken_by.as_deref().unwrap_or("值班同事");
            format!("【{school}】演练：编号{code}已由{who}接手，您无需操作。")
        }
        NoticeKind::DrillOver => format!("【{school}】演练结束：编号{code}已作废，无需任何操作，谢谢。"),
        NoticeKind::DrillStopped => {
            format!("【{school}】演练中止：现有真实值班任务，请以没有“演练”字样的通知为准。编号{code}作废。")
        }
        NoticeKind::Alarm
        | NoticeKind::AssessmentDue
        | NoticeKind::NewFacts
        | NoticeKind::SecondSignature
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused
        | NoticeKind::Over
        | NoticeKind::HandingOver
        | NoticeKind::HandedBack
        | NoticeKind::RecheckDue
        | NoticeKind::ContactTest
        | NoticeKind::ContactChanged
        | NoticeKind::PasswordChanged
        | NoticeKind::Storm
        | NoticeKind::ReportDue
        | NoticeKind::ReportsMissing
        | NoticeKind::SweepDue
        | NoticeKind::SweepsMissing
        | NoticeKind::TaskGiven
        | NoticeKind::TaskTaken
        | NoticeKind::TaskDue
        | NoticeKind::TaskOverdue
        | NoticeKind::DecisionLookedAt
        | NoticeKind::ReportUnread
        | NoticeKind::StudentWaits
        | NoticeKind::StudentOverdue
        | NoticeKind::StudentAnswered
        | NoticeKind::AppointmentWaits
        | NoticeKind::AppointmentMade
        | NoticeKind::WatchLapsed
        | NoticeKind::UrgentOverdue => {
            let reply = if replies && m.channel == Channel::Sms { "回复编号或" } else { "请" };
            format!("【{school}】演练：请{}内确认，编号{code}。{reply}登录{address}。", within(m.minutes))
        }
    }
}

/// The subject of a mail.
pub(crate) fn subject(m: &Claimed, code: &str) -> String {
    let what = match m.kind {
        NoticeKind::TakenOver => "演练：已有人接手",
        NoticeKind::DrillOver => "演练结束，无需操作",
        NoticeKind::DrillStopped => "演练中止，以真实通知为准",
        NoticeKind::Alarm
        | NoticeKind::AssessmentDue
        | NoticeKind::NewFacts
        | NoticeKind::SecondSignature
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused
        | NoticeKind::Over
        | NoticeKind::HandingOver
        | NoticeKind::HandedBack
        | NoticeKind::RecheckDue
        | NoticeKind::ContactTest
        | NoticeKind::ContactChanged
        | NoticeKind::PasswordChanged
        | NoticeKind::Storm
        | NoticeKind::ReportDue
        | NoticeKind::ReportsMissing
        | NoticeKind::SweepDue
        | NoticeKind::SweepsMissing
        | NoticeKind::TaskGiven
        | NoticeKind::TaskTaken
        | NoticeKind::TaskDue
        | NoticeKind::TaskOverdue
        | NoticeKind::DecisionLookedAt
        | NoticeKind::ReportUnread
        | NoticeKind::StudentWaits
        | NoticeKind::StudentOverdue
        | NoticeKind::StudentAnswered
        | NoticeKind::AppointmentWaits
        | NoticeKind::AppointmentMade
        | NoticeKind::WatchLapsed
        | NoticeKind::UrgentOverdue => "演练：请确认",
    };
    format!("【{}】{what}，编号{code}", m.school_name)
}

/// The text of a mail.
pub(crate) fn mail(line: &str, address: &str) -> String {
    format!(
        "{line}\n\n这是一次演练，不涉及任何人。登录后可查看：{address}\n此邮件由系统自动发出，请勿回复。\n\n\
         This is a drill and about nobody. Sign in to see it.\n"
    )
}

/// What a voice says; the digits one by one.
pub(crate) fn spoken(m: &Claimed, digits: &str) -> String {
    let school = &m.school_name;
    match m.kind {
        NoticeKind::Alarm => {
            format!("这是演练。这里是{school}，编号{digits}。请在{}内确认。{KEYS}", within(m.minutes))
        }
        NoticeKind::TakenOver
        | NoticeKind::DrillOver
        | NoticeKind::DrillStopped
        | NoticeKind::AssessmentDue
        | NoticeKind::NewFacts
        | NoticeKind::SecondSignature
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused
        | NoticeKind::Over
        | NoticeKind::HandingOver
        | NoticeKind::HandedBack
        | NoticeKind::RecheckDue
        | NoticeKind::ContactTest
        | NoticeKind::ContactChanged
        | NoticeKind::PasswordChanged
        | NoticeKind::Storm
        | NoticeKind::ReportDue
        | NoticeKind::ReportsMissing
        | NoticeKind::SweepDue
        | NoticeKind::SweepsMissing
        | NoticeKind::TaskGiven
        | NoticeKind::TaskTaken
        | NoticeKind::TaskDue
        | NoticeKind::TaskOverdue
        | NoticeKind::DecisionLookedAt
        | NoticeKind::ReportUnread
        | NoticeKind::StudentWaits
        | NoticeKind::StudentOverdue
        | NoticeKind::StudentAnswered
        | NoticeKind::AppointmentWaits
        | NoticeKind::AppointmentMade
        | NoticeKind::WatchLapsed
        | NoticeKind::UrgentOverdue => {
            let what = what(m.kind, m.minutes, m.taken_by.as_deref());
            format!("这是演练。这里是{school}，编号{digits}。{what}。{SIGN_IN}")
        }
    }
}
