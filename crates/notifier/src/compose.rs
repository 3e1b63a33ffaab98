//! Words of messages. A fixed address and a code; no name, class, level or reason, and none of the words that would
//! tell a bystander what it is about. Links with tokens are never sent: carriers refuse them, scanners follow them, and
//! a parent may hold the telephone.

use domain::code::CodeKey;
use domain::delivery::Channel;
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::{Bundle, Claimed};

use crate::compose_spoken::spoken;
use crate::compose_subject::subject;
use crate::span_words::digits;
pub(crate) use crate::span_words::within;
use crate::{Letter, Words};
use crate::{compose_drill, compose_reporter};

/// What a voice that listens says at the end.
pub(crate) const KEYS: &str = "我来处理请按1，不能处理请按2。";
/// What one that does not says instead.
pub(crate) const SIGN_IN: &str = "请登录查看。";
/// Before what comes later than it should have.
const LATE: &str = "补发：";
/// What one SMS holds; a longer one is charged and delivered as several.
const SMS_CHARS: usize = 70;

/// Writes messages.
#[derive(Clone)]
pub struct Composer {
    /// Under which codes are made.
    pub key: CodeKey,
    /// The fixed address, as it is printed in messages: `xx.edu.cn/a`.
    pub address: String,
    /// Whether an SMS can be answered.
    pub replies: bool,
}

impl std::fmt::Debug for Composer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Composer")
    }
}

impl Composer {
    /// Writes a message to an address.
    #[must_use]
    pub fn letter(&self, m: &Claimed, to: &str, at: Timestamp) -> Letter {
        let code = self.key.code(m.person, m.alert, m.epoch, m.code_counter);
        let urgent = m.level == Level::Red && m.kind == NoticeKind::Alarm && !m.is_drill();
        let (subject, text) = if m.is_drill() { self.drill(m, &code) } else { self.real(m, &code, urgent) };
        let (count, minutes) = match m.bundle {
            Some(bundle) => (bundle.tasks.saturating_add(bundle.notes), bundle.minutes.unwrap_or_default()),
            None if m.kind == NoticeKind::Storm || m.kind.is_reminder() => (m.repeat, 0),
            None => (1, m.minutes),
        };
        let words = Words {
            kind: m.kind,
            drill: m.is_drill(),
            school: m.school_name.clone(),
            code,
            minutes,
            count,
            taken_by: m.taken_by.clone(),
            duty_phone: m.duty_phone.clone(),
        };
        Letter { id: m.id, to: to.to_owned(), subject, text, words, at, urgent }
    }

    fn real(&self, m: &Claimed, code: &str, urgent: bool) -> (String, String) {
        let mut line = self.line(m, code, urgent);
        if m.channel == Channel::Sms && line.chars().count() > SMS_CHARS {
            // The longest names, and late: the full stop after the address is what nobody misses.
            line = line.trim_end_matches(" 。").to_owned();
        }
        match m.channel {
            Channel::Voice => (String::new(), spoken(m, code)),
            Channel::Sms | Channel::Wecom | Channel::Dingtalk | Channel::Null => (String::new(), line),
            Channel::Mail => {
                let several = m.bundle.is_some() || m.kind == NoticeKind::Storm || m.kind.is_reminder();
                (subject(m, code, urgent), self.mail(&line, several))
            }
        }
    }

    fn drill(&self, m: &Claimed, code: &str) -> (String, String) {
        let line = compose_drill::line(m, code, &self.address, self.replies);
        match m.channel {
            Channel::Voice => (String::new(), compose_drill::spoken(m, &digits(code))),
            Channel::Sms | Channel::Wecom | Channel::Dingtalk | Channel::Null => (String::new(), line),
            Channel::Mail => (compose_drill::subject(m, code), compose_drill::mail(&line, &self.address)),
        }
    }

    fn line(&self, m: &Claimed, code: &str, urgent: bool) -> String {
        if let Some(bundle) = &m.bundle {
            return self.several(m, bundle);
        }
        let (school, address) = (start(m), &self.address);
        match m.kind {
            NoticeKind::Alarm if urgent => self.urgent(m, code),
            NoticeKind::Alarm => {
                format!("{school}您有一条工作待办需在{}内确认，编号{code}。请登录 {address} 。", within(m.minutes))
            }
            NoticeKind::TakenOver => {
                let who = m.taken_by.as_deref().unwrap_or("值班同事");
                format!("{school}编号{code}已由{who}接手，请保持电话畅通。")
            }
            NoticeKind::AssessmentDue => self.numbered(m, code, "现场已有人陪伴，逾时仍无生效研判"),
            NoticeKind::NewFacts => {
                let at_once = if m.level >= Level::Orange { "立即" } else { "" };
                format!("{school}编号{code}有新的情况并入，请{at_once}登录 {address} 查看。")
            }
            NoticeKind::SecondSignature => self.numbered(m, code, "等待您复核签字"),
            NoticeKind::StoodDown => {
                let who = m.taken_by.as_deref().map(|who| format!("（{who}登记）")).unwrap_or_default();
                format!("{school}编号{code}现场已有人陪伴{who}，您可以休息；如需您会再通知。")
            }
            NoticeKind::SignatureGiven => {
                format!("{school}编号{code}复核已同意，即时生效。详情请登录 {address} 。")
            }
            NoticeKind::SignatureRefused => {
                format!("{school}编号{code}复核未同意，一切照旧。详情请登录 {address} 。")
            }
            NoticeKind::Over => format!("{school}编号{code}已办结，您无需再处理。"),
            NoticeKind::HandingOver => {
                format!("{school}编号{code}拟转交给您，请登录 {address} 确认是否接收。")
            }
            NoticeKind::HandedBack => {
                format!("{school}编号{code}的转交没有被接收，仍由原责任人负责。请登录 {address} 。")
            }
            NoticeKind::ReportDue => self.reminder(m, "本周班级周报待提交，没有情况也请零报告"),
            NoticeKind::ReportsMissing => self.reminder(m, &format!("有{}个班级的周报未提交", m.repeat)),
            NoticeKind::SweepDue => self.reminder(m, "班级排查名单待提交，没有需要关注的学生也请零报告"),
            NoticeKind::SweepsMissing => self.reminder(m, &format!("有{}个班级的排查名单未提交", m.repeat)),
            NoticeKind::TaskGiven => self.reminder(m, "您有新的工作任务"),
            NoticeKind::TaskTaken => self.reminder(m, "您的一项工作任务已转交他人"),
            NoticeKind::TaskDue => self.reminder(m, &format!("您有{}项工作任务已到期", m.repeat)),
            NoticeKind::TaskOverdue => self.reminder(m, &format!("有{}项工作任务逾期未办，请督促", m.repeat)),
            NoticeKind::DecisionLookedAt => self.reminder(m, "您的一项处理决定有了抽查意见"),
            NoticeKind::ReportUnread => compose_reporter::line(m, &start(m), address),
            NoticeKind::UrgentOverdue => self.reminder(m, "有一项紧急事项逾时未办，请立即处理"),
            NoticeKind::StudentWaits => self.reminder(m, &format!("有{}份工作交接等您办理", m.repeat)),
            NoticeKind::StudentOverdue => self.reminder(m, &format!("有{}份工作交接逾期未办，请督促", m.repeat)),
            NoticeKind::StudentAnswered => self.reminder(m, &format!("有{}份工作交接已有答复", m.repeat)),
            NoticeKind::AppointmentWaits => self.reminder(m, "有一项人员任职等您确认"),
            NoticeKind::AppointmentMade => self.reminder(m, "有人员任职变动，请核对"),
            NoticeKind::WatchLapsed => {
                format!("{school}编号{code}现场无人接班，请立即到场，并登录 {address} 登记。")
            }
            NoticeKind::RecheckDue => self.numbered(m, code, "到了约定再看一次的日子"),
            NoticeKind::ContactTest => format!("{school}联系方式验证，编号{code}。非本人操作请忽略。"),
            NoticeKind::ContactChanged => self.reminder(m, "您的联系方式有变动，不是您本人操作请立即告诉管理员"),
            NoticeKind::PasswordChanged => self.reminder(m, "您的登录密码已修改，不是您本人操作请立即告诉单位负责人"),
            NoticeKind::Storm => {
                format!("{school}短时间内已有{}条紧急事项，请立即登录 {address} 逐条确认或支援。", m.repeat)
            }
            // They are of drills alone, and say so whatever lane they are found in.
            NoticeKind::DrillOver | NoticeKind::DrillStopped => compose_drill::line(m, code, address, self.replies),
        }
    }

    /// A red. A long name or address leaves no room for every way: what stands on the page is left out first.
    fn urgent(&self, m: &Claimed, code: &str) -> String {
        let start = format!("{}紧急值班，请{}分钟内确认，编号{code}。", start(m), m.minutes);
        let ways = [(true, true), (false, true), (true, false), (false, false)];
        let mut all = ways.map(|(replies, dial)| format!("{start}{}。", self.ways(m, replies, dial))).into_iter();
        let first = all.next().unwrap_or_default();
        if first.chars().count() <= SMS_CHARS || m.channel != Channel::Sms {
            return first;
        }
        all.find(|text| text.chars().count() <= SMS_CHARS).unwrap_or(start)
    }

    /// What asks for something under its number.
    fn numbered(&self, m: &Claimed, code: &str, what: &str) -> String {
        format!("{}编号{code}{what}，请登录 {} 。", start(m), self.address)
    }

    /// What has no number, since nothing is answered under one.
    fn reminder(&self, m: &Claimed, what: &str) -> String {
        format!("{}{what}。请登录 {} 。", start(m), self.address)
    }

    /// Several that go out as one. No number stands for all of them: each has its own, behind the sign-in.
    fn several(&self, m: &Claimed, bundle: &Bundle) -> String {
        let (school, address, tasks) = (start(m), &self.address, bundle.tasks);
        if tasks == 0 {
            return format!("{school}您有{}条工作通知。请登录 {address} 。", bundle.notes);
        }
        let within = bundle.minutes.map(|minutes| format!("，最早{}内确认", within(minutes))).unwrap_or_default();
        let notes = if bundle.notes > 0 { format!("、{}条通知", bundle.notes) } else { String::new() };
        let text = |notes: &str| format!("{school}您有{tasks}条工作待办{notes}{within}。请登录 {address} 。");
        let all = text(&notes);
        if all.chars().count() <= SMS_CHARS || m.channel != Channel::Sms { all } else { text("") }
    }

    /// How a red can be answered: by SMS where answers come in, at the fixed address, by telephone.
    fn ways(&self, m: &Claimed, replies: bool, dials: bool) -> String {
        let reply = (replies && self.replies && m.channel == Channel::Sms).then(|| "回复编号".to_owned());
        let dial = m.duty_phone.as_ref().filter(|_| dials).map(|phone| format!("拨{phone}"));
        let ways: Vec<String> = reply.into_iter().chain([format!("登录{}", self.address)]).chain(dial).collect();
        match ways.split_last() {
            Some((last, [])) => format!("请{last}"),
            Some((last, others)) => format!("{}或{last}", others.join("、")),
            None => String::new(),
        }
    }

    fn mail(&self, line: &str, several: bool) -> String {
        let same = ("编号相同的邮件说的是同一件事。", "Mails with the same number are about the same matter.");
        let (zh, en) = if several { ("", "") } else { same };
        format!(
            "{line}\n\n详情须登录后查看：{}\n此邮件由系统自动发出，请勿回复。{zh}\n\nPlease sign in to see it. {en}\n",
            self.address
        )
    }
}

/// How every text begins.
pub(crate) fn start(m: &Claimed) -> String {
    format!("【{}】{}", m.school_name, if m.late { LATE } else { "" })
}

#[cfg(test)]
mod tests {
    use domain::code::CodeKey;
    use domain::delivery::Channel;
    use domain::id::{AlertId, MessageId, PersonId, SchoolId};
    use domain::level::Level;
    use domain::notice::{Lane, NoticeKind};

    use super::{Bundle, Claimed, Composer, SMS_CHARS, within};

    const SCHOOL: &str = "示例县第十二实验中学校区";
    const HOST: &str = "xindeng.sjz.edu.cn/a";

    fn claimed(kind: NoticeKind, level: Level, minutes: u32) -> Claimed {
        Claimed {
            id: MessageId::new(Default::default()),
            attempt: 1,
            alert: AlertId::new(Default::default()),
            school: SchoolId::new(Default::default()),
            school_name: SCHOOL.to_owned(),
            duty_phone: Some("0393-55501001".to_owned()),
            person: PersonId::new(Default::default()),
            channel: Channel::Sms,
            kind,
            epoch: 0,
            code_counter: 0,
            rung: 0,
            repeat: 0,
            lane: Lane::of(level),
            level,
            minutes,
            taken_by: Some("区教育局值班员".to_owned()),
            contact: None,
            address: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
            wanted: true,
            may_bundle: false,
            bundle: None,
            late: false,
            risen: false,
            earlier: Vec::new(),
        }
    }

    #[test]
    fn every_kind_fits_one_sms_with_the_longest_names() {
        assert_eq!((SCHOOL.chars().count(), HOST.chars().count()), (12, 20));
        let composer = Composer { key: CodeKey::new([7; 32]), address: HOST.to_owned(), replies: true };
        for kind in NoticeKind::ALL {
            for (level, minutes) in [(Level::Red, 10), (Level::Orange, 119), (Level::Yellow, 570), (Level::Blue, 4_320)]
            {
                for (lane, late) in [(Lane::of(level), false), (Lane::of(level), true), (Lane::Drill, false)] {
                    let message = Claimed { lane, late, repeat: 300, ..claimed(kind, level, minutes) };
                    fits(
                        &composer.letter(&message, "1", chrono::DateTime::UNIX_EPOCH).text,
                        late && !kind.is_of_drills(),
                    );
                }
            }
        }
    }

    fn fits(text: &str, late: bool) {
        let length = text.chars().count();
        assert!(length <= SMS_CHARS, "{length}: {text}");
        assert_eq!(text.contains("补发"), late, "{text}");
    }

    #[test]
    fn a_bundle_fits_one_sms_and_says_how_many_there_are() {
        let composer = Composer { key: CodeKey::new([7; 32]), address: HOST.to_owned(), replies: true };
        for (tasks, notes, minutes) in [(2, 0, Some(60)), (99, 99, Some(119)), (999, 999, Some(4_320)), (0, 2, None)] {
            for late in [false, true] {
                let bundle = Some(Bundle { tasks, notes, minutes });
                let message = Claimed { bundle, late, ..claimed(NoticeKind::Alarm, Level::Yellow, 120) };
                let letter = composer.letter(&message, "1", chrono::DateTime::UNIX_EPOCH);
                fits(&letter.text, late);
                let said =
                    if tasks > 0 { format!("{tasks}条工作待办") } else { format!("{notes}条工作通知") };
                assert!(letter.text.contains(&said) && !letter.text.contains("编号"), "{}", letter.text);
            }
        }
    }

    #[test]
    fn whatever_is_of_a_drill_says_so_first_on_every_channel_and_nothing_else_says_it() {
        let composer = Composer { key: CodeKey::new([7; 32]), address: HOST.to_owned(), replies: true };
        for kind in NoticeKind::ALL {
            for channel in Channel::ALL {
                let real = Claimed { channel, ..claimed(kind, Level::Red, 10) };
                let drill = Claimed { lane: Lane::Drill, ..real.clone() };
                let letter = composer.letter(&drill, "1", chrono::DateTime::UNIX_EPOCH);
                let start =
                    if channel == Channel::Voice { "这是演练".to_owned() } else { format!("【{SCHOOL}】演练") };
                assert!(letter.text.starts_with(&start) && letter.words.drill && !letter.urgent, "{}", letter.text);
                assert!(channel != Channel::Mail || letter.subject.starts_with(&start), "{}", letter.subject);
                assert!(!letter.text.contains("0393") && !letter.text.contains("紧急"), "{}", letter.text);
                let letter = composer.letter(&real, "1", chrono::DateTime::UNIX_EPOCH);
                assert_eq!(letter.text.contains("演练"), kind.is_of_drills(), "{}", letter.text);
            }
        }
    }

    #[test]
    fn nobody_is_promised_more_time_than_there_is() {
        assert_eq!([within(4), within(119), within(179), within(1_440)], ["4分钟", "119分钟", "2小时", "1个工作日"]);
    }
}
