//! What stands above a mail, and is the whole of what an SMS says first.

use domain::notice::NoticeKind;
use storage::Claimed;

use crate::compose::start;
use crate::compose_drill;

/// In a few words, what it is.
pub(crate) fn subject(m: &Claimed, code: &str, urgent: bool) -> String {
    if let Some(bundle) = &m.bundle {
        return format!("{}{}条工作待办或通知", start(m), bundle.tasks.saturating_add(bundle.notes));
    }
    let what = match m.kind {
        NoticeKind::Alarm if urgent => "紧急值班",
        NoticeKind::Alarm => "工作待办",
        NoticeKind::TakenOver => "已有人接手",
        NoticeKind::AssessmentDue => "逾时仍无生效研判",
        NoticeKind::NewFacts => "有新的情况",
        NoticeKind::SecondSignature => "等待复核",
        NoticeKind::StoodDown => "现场已有人陪伴",
        NoticeKind::SignatureGiven => "复核已同意",
        NoticeKind::SignatureRefused => "复核未同意",
        NoticeKind::Over => "已办结",
        NoticeKind::HandingOver => "等待您接收",
        NoticeKind::HandedBack => "转交没有被接收",
        NoticeKind::RecheckDue => "请再看一次",
        NoticeKind::ContactTest => "联系方式验证",
        NoticeKind::ContactChanged => "您的联系方式有变动",
        NoticeKind::PasswordChanged => return format!("{}您的登录密码已修改", start(m)),
        NoticeKind::Storm => return format!("{}紧急事项集中，已有{}条", start(m), m.repeat),
        NoticeKind::ReportDue => return format!("{}本周班级周报待提交", start(m)),
        NoticeKind::ReportsMissing => return format!("{}{}个班级的周报未提交", start(m), m.repeat),
        NoticeKind::SweepDue => return format!("{}班级排查名单待提交", start(m)),
        NoticeKind::SweepsMissing => return format!("{}{}个班级的排查名单未提交", start(m), m.repeat),
        NoticeKind::DrillOver | NoticeKind::DrillStopped => return compose_drill::subject(m, code),
        NoticeKind::TaskGiven => return format!("{}新的工作任务", start(m)),
        NoticeKind::TaskTaken => return format!("{}一项工作任务已转交他人", start(m)),
        NoticeKind::TaskDue => return format!("{}{}项工作任务已到期", start(m), m.repeat),
        NoticeKind::TaskOverdue => return format!("{}{}项工作任务逾期未办", start(m), m.repeat),
        NoticeKind::DecisionLookedAt => return format!("{}有了抽查意见", start(m)),
        NoticeKind::ReportUnread => return format!("{}您的报告还没有人查看", start(m)),
        NoticeKind::UrgentOverdue => return format!("{}紧急事项逾时未办", start(m)),
        NoticeKind::StudentWaits => return format!("{}{}份工作交接等您办理", start(m), m.repeat),
        NoticeKind::StudentOverdue => return format!("{}{}份工作交接逾期未办", start(m), m.repeat),
        NoticeKind::StudentAnswered => return format!("{}{}份工作交接已有答复", start(m), m.repeat),
        NoticeKind::AppointmentWaits => return format!("{}有一项人员任职等您确认", start(m)),
        NoticeKind::AppointmentMade => return format!("{}有人员任职变动", start(m)),
        NoticeKind::WatchLapsed => "现场无人接班",
    };
    format!("{}{what}，编号{code}", start(m))
}
