//! Words of messages. A fixed address and a code; no name, class, level or reason, and none of the words that would
//! tell a bystander what it is about. Links with tokens are never sent: carriers refuse them, scanners follow them, and
//! a parent may hold the telephone.

use domain::code::CodeKey;
use domain::delivery::Channel;
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::Claimed;

use crate::{Letter, Words};

const DAY_MINUTES: u32 = 24 * 60;

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
        let urgent = m.level == Level::Red && m.kind == NoticeKind::Alarm;
        let line = self.line(m, &code, urgent);
        let (subject, text) = match m.channel {
            Channel::Voice => (String::new(), spoken(m, &code)),
            Channel::Sms | Channel::Wecom | Channel::Dingtalk => (String::new(), line),
            Channel::Mail => (subject(m, &code, urgent), self.mail(&line)),
        };
        let words = Words {
            kind: m.kind,
            school: m.school_name.clone(),
            code,
            minutes: m.minutes,
            taken_by: m.taken_by.clone(),
            duty_phone: m.duty_phone.clone(),
        };
        Letter { id: m.id, to: to.to_owned(), subject, text, words, at, urgent }
    }

    fn line(&self, m: &Claimed, code: &str, urgent: bool) -> String {
        let (school, address) = (&m.school_name, &self.address);
        match m.kind {
            NoticeKind::Alarm if urgent => {
                let ways = self.ways(m);
                format!("【{school}】紧急值班，请{}分钟内确认，编号{code}。{ways}。", m.minutes)
            }
            NoticeKind::Alarm => {
                format!("【{school}】您有一条工作待办需在{}内确认，编号{code}。请登录 {address} 。", within(m.minutes))
            }
            NoticeKind::TakenOver => {
                let who = m.taken_by.as_deref().unwrap_or("值班同事");
                format!("【{school}】编号{code}已由{who}接手，请保持电话畅通。")
            }
            NoticeKind::AssessmentDue => {
                format!("【{school}】编号{code}尚待您评定，请登录 {address} 。")
            }
            NoticeKind::SecondSignature => {
                format!("【{school}】编号{code}等待您复核签字，请登录 {address} 。")
            }
            NoticeKind::ContactTest => format!("【{school}】联系方式验证，编号{code}。非本人操作请忽略。"),
        }
    }

    /// How a red can be answered: by SMS where answers come in, at the fixed address, by telephone.
    fn ways(&self, m: &Claimed) -> String {
        let reply = (self.replies && m.channel == Channel::Sms).then(|| "回复编号".to_owned());
        let dial = m.duty_phone.as_ref().map(|phone| format!("拨{phone}"));
        let ways: Vec<String> = reply.into_iter().chain([format!("登录{}", self.address)]).chain(dial).collect();
        match ways.split_last() {
            Some((last, [])) => format!("请{last}"),
            Some((last, others)) => format!("{}或{last}", others.join("、")),
            None => String::new(),
        }
    }

    fn mail(&self, line: &str) -> String {
        format!(
            "{line}\n\n详情须登录后查看：{}\n此邮件由系统自动发出，请勿回复。编号相同的邮件说的是同一件事。\n\n\
             Please sign in to see it. Mails with the same number are about the same matter.\n",
            self.address
        )
    }
}

/// What a voice says; the digits one by one.
fn spoken(m: &Claimed, code: &str) -> String {
    let digits: Vec<String> = code.chars().map(String::from).collect();
    let (school, digits) = (&m.school_name, digits.join("，"));
    match m.kind {
        NoticeKind::Alarm => {
            format!(
                "这里是{school}紧急值班。编号{digits}。请在{}内确认。我来处理请按1，不能处理请按2。",
                within(m.minutes)
            )
        }
        NoticeKind::TakenOver | NoticeKind::AssessmentDue | NoticeKind::SecondSignature | NoticeKind::ContactTest => {
            format!("这里是{school}值班。编号{digits}。请登录查看。")
        }
    }
}

fn subject(m: &Claimed, code: &str, urgent: bool) -> String {
    let what = match m.kind {
        NoticeKind::Alarm if urgent => "紧急值班",
        NoticeKind::Alarm => "工作待办",
        NoticeKind::TakenOver => "已有人接手",
        NoticeKind::AssessmentDue => "等待评定",
        NoticeKind::SecondSignature => "等待复核",
        NoticeKind::ContactTest => "联系方式验证",
    };
    format!("【{}】{what}，编号{code}", m.school_name)
}

fn within(minutes: u32) -> String {
    if minutes >= DAY_MINUTES { format!("{}个工作日", minutes / DAY_MINUTES) } else { format!("{minutes}分钟") }
}
