//! What a voice says.

use domain::notice::NoticeKind;
use storage::Claimed;

use crate::compose::{KEYS, SIGN_IN, within};
use crate::compose_drill;
use crate::span_words::digits;

/// What a voice says; the digits one by one.
pub(crate) fn spoken(m: &Claimed, code: &str) -> String {
    let (school, digits) = (&m.school_name, digits(code));
    let late = if m.late { "这是补发的通知。" } else { "" };
    match m.kind {
        NoticeKind::Alarm => {
            format!("这里是{school}紧急值班。{late}编号{digits}。请在{}内确认。{KEYS}", within(m.minutes))
        }
        NoticeKind::TakenOver
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
        | NoticeKind::Storm => {
            format!("这里是{school}值班。{late}编号{digits}。{SIGN_IN}")
        }
        NoticeKind::ReportDue | NoticeKind::ReportsMissing | NoticeKind::SweepDue | NoticeKind::SweepsMissing => {
            let what = if m.kind.is_of_sweeps() { "排查名单" } else { "周报" };
            format!("这里是{school}。{late}班级{what}待提交。{SIGN_IN}")
        }
        NoticeKind::AssessmentDue => {
            format!("这里是{school}紧急值班。{late}编号{digits}。现场已有人陪伴，逾时仍无生效研判。{SIGN_IN}")
        }
        NoticeKind::WatchLapsed => {
            format!("这里是{school}紧急值班。{late}编号{digits}。现场无人接班，请立即到场。{SIGN_IN}")
        }
        NoticeKind::UrgentOverdue => {
            format!("这里是{school}紧急值班。{late}有一项紧急事项逾时未办。{SIGN_IN}")
        }
        NoticeKind::TaskGiven | NoticeKind::TaskDue | NoticeKind::TaskOverdue => {
            format!("这里是{school}。{late}您有工作任务。{SIGN_IN}")
        }
        NoticeKind::TaskTaken | NoticeKind::DecisionLookedAt | NoticeKind::ReportUnread => {
            format!("这里是{school}。{late}您有工作通知。{SIGN_IN}")
        }
        NoticeKind::StudentWaits | NoticeKind::StudentOverdue | NoticeKind::StudentAnswered => {
            format!("这里是{school}。{late}您有工作交接。{SIGN_IN}")
        }
        NoticeKind::AppointmentWaits | NoticeKind::AppointmentMade => {
            format!("这里是{school}。{late}有人员任职变动。{SIGN_IN}")
        }
        NoticeKind::DrillOver | NoticeKind::DrillStopped => compose_drill::spoken(m, &digits),
    }
}
