//! Words of messages. A fixed address and a code; no name, class, level or reason, and none of the words that would
//! tell a bystander what it is about. Links with tokens are never sent: carriers refuse them, scanners follow them, and
//! a parent may hold the telephone.

use domain::code::six_digits;
use domain::delivery::Channel;
use domain::id::{AlertId, PersonId};
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use storage::Claimed;

use crate::{Letter, Words};

const DAY_MINUTES: u32 = 24 * 60;
/// What one SMS holds; a longer one is charged and delivered as several.
const SMS_CHARS: usize = 70;
/// From here on hours are said: rounded down, so that nobody is promised more time than there is.
const HOURS_FROM_MINUTES: u32 = 120;

/// Writes messages.
#[derive(Clone)]
pub struct Composer {
    /// Under which codes are made.
    pub key: [u8; 32],
    /// The fixed address, as it is printed in messages: `xx.edu.cn/a`.
    pub address: String,
}

impl std::fmt::Debug for Composer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Composer")
    }
}

/// The code of one person for one turn of one alert; a resend carries the same one.
#[must_use]
pub fn code_for(key: &[u8; 32], person: PersonId, alert: AlertId, epoch: u32) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(person.uuid().as_bytes());
    mac.update(alert.uuid().as_bytes());
    mac.update(&epoch.to_be_bytes());
    six_digits(&mac.finalize().into_bytes())
}

impl Composer {
    /// Writes a message to an address.
    #[must_use]
    pub fn letter(&self, m: &Claimed, to: &str, at: Timestamp) -> Letter {
        let code = code_for(&self.key, m.person, m.alert, m.epoch);
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
                let start = format!("【{school}】紧急值班，请{}分钟内确认，编号{code}。请登录 {address} ", m.minutes);
                let whole = m.duty_phone.as_ref().map(|phone| format!("{start}或拨{phone}。"));
                // A long name or address leaves no room for the telephone: it stands on the page.
                whole.filter(|w| w.chars().count() <= SMS_CHARS).unwrap_or_else(|| format!("{}。", start.trim_end()))
            }
            NoticeKind::Alarm => {
                format!("【{school}】您有一条工作待办需在{}内确认，编号{code}。请登录 {address} 。", within(m.minutes))
            }
            NoticeKind::TakenOver => {
                let who = m.taken_by.as_deref().unwrap_or("值班同事");
                format!("【{school}】编号{code}已由{who}接手，请保持电话畅通。")
            }
            NoticeKind::AssessmentDue => {
                format!("【{school}】编号{code}尚待您研判，请登录 {address} 。")
            }
            NoticeKind::SecondSignature => {
                format!("【{school}】编号{code}等待您复核签字，请登录 {address} 。")
            }
            NoticeKind::StoodDown => {
                let who = m.taken_by.as_deref().map(|who| format!("（{who}登记）")).unwrap_or_default();
                format!("【{school}】编号{code}现场已有人陪伴{who}，您可以休息；如需您会再通知。")
            }
            NoticeKind::SignatureGiven => {
                format!("【{school}】编号{code}复核已同意，即时生效。详情请登录 {address} 。")
            }
            NoticeKind::SignatureRefused => {
                format!("【{school}】编号{code}复核未同意，一切照旧。详情请登录 {address} 。")
            }
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
        NoticeKind::TakenOver
        | NoticeKind::AssessmentDue
        | NoticeKind::SecondSignature
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused => {
            format!("这里是{school}值班。编号{digits}。请登录查看。")
        }
    }
}

fn subject(m: &Claimed, code: &str, urgent: bool) -> String {
    let what = match m.kind {
        NoticeKind::Alarm if urgent => "紧急值班",
        NoticeKind::Alarm => "工作待办",
        NoticeKind::TakenOver => "已有人接手",
        NoticeKind::AssessmentDue => "等待研判",
        NoticeKind::SecondSignature => "等待复核",
        NoticeKind::StoodDown => "现场已有人陪伴",
        NoticeKind::SignatureGiven => "复核已同意",
        NoticeKind::SignatureRefused => "复核未同意",
    };
    format!("【{}】{what}，编号{code}", m.school_name)
}

fn within(minutes: u32) -> String {
    if minutes >= DAY_MINUTES {
        format!("{}个工作日", minutes / DAY_MINUTES)
    } else if minutes >= HOURS_FROM_MINUTES {
        format!("{}小时", minutes / 60)
    } else {
        format!("{minutes}分钟")
    }
}

#[cfg(test)]
mod tests {
    use domain::delivery::Channel;
    use domain::id::{AlertId, MessageId, PersonId};
    use domain::level::Level;
    use domain::notice::{Lane, NoticeKind};

    use super::{Claimed, Composer, SMS_CHARS, within};

    const SCHOOL: &str = "示例县第十二实验中学校区";
    const HOST: &str = "xindeng.sjz.edu.cn/a";

    fn claimed(kind: NoticeKind, level: Level, minutes: u32) -> Claimed {
        Claimed {
            id: MessageId::new(Default::default()),
            attempt: 1,
            alert: AlertId::new(Default::default()),
            school_name: SCHOOL.to_owned(),
            duty_phone: Some("0393-55501001".to_owned()),
            person: PersonId::new(Default::default()),
            channel: Channel::Sms,
            kind,
            epoch: 0,
            rung: 0,
            repeat: 0,
            lane: Lane::of(level),
            level,
            minutes,
            taken_by: Some("区教育局值班员".to_owned()),
            address: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
            wanted: true,
        }
    }

    #[test]
    fn every_kind_fits_one_sms_with_the_longest_names() {
        assert_eq!((SCHOOL.chars().count(), HOST.chars().count()), (12, 20));
        let composer = Composer { key: [7; 32], address: HOST.to_owned() };
        for kind in NoticeKind::ALL {
            for (level, minutes) in [(Level::Red, 10), (Level::Orange, 119), (Level::Yellow, 570), (Level::Blue, 4_320)]
            {
                let letter = composer.letter(&claimed(kind, level, minutes), "1", chrono::DateTime::UNIX_EPOCH);
                let length = letter.text.chars().count();
                assert!(length <= SMS_CHARS, "{length}: {}", letter.text);
            }
        }
    }

    #[test]
    fn nobody_is_promised_more_time_than_there_is() {
        assert_eq!([within(4), within(119), within(179), within(1_440)], ["4分钟", "119分钟", "2小时", "1个工作日"]);
    }
}
