//! What is said when a way in which somebody is reached changes, or his password: at every address at which he was reached
//! before, so that nobody who borrowed his session leads his alarms away, or signs in as him, in silence.

use crate::delivery::Channel;
use crate::notice::NoticeKind;

const PASSWORD: &str = "您的登录密码已修改。不是您本人操作，请立即告诉单位负责人。Your password was changed. If that was not you, tell the \
                        head of your institution at once.";

/// What happened to a contact method, or to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactChange {
    /// It was added, and does not count yet.
    Added,
    /// Its digits came back: messages go there.
    Verified,
    /// It was taken away.
    Removed,
    /// The password of the account was changed: no contact method is said of it.
    Password,
}

impl ContactChange {
    const ALL: [Self; 4] = [Self::Added, Self::Verified, Self::Removed, Self::Password];

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Verified => "verified",
            Self::Removed => "removed",
            Self::Password => "password",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }

    /// What is said of it, in both languages.
    #[must_use]
    pub fn text(self, hint: &Hint) -> String {
        let (tail, zh, en) = match self {
            Self::Added => (hint.as_str(), "您的账号新增了联系方式（尾号", "was added"),
            Self::Verified => (hint.as_str(), "您的账号已启用联系方式（尾号", "is in use now"),
            Self::Removed => (hint.as_str(), "您的账号有联系方式被移除（尾号", "was removed"),
            Self::Password => return PASSWORD.to_owned(),
        };
        format!(
            "{zh}{tail}）。不是您本人操作，请立即告诉管理员。A contact method of yours {en} (ending {tail}). If that was not you, \
             tell the administrator at once."
        )
    }

    /// The same for a voice.
    #[must_use]
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Added => "您的账号新增了联系方式",
            Self::Verified => "您的账号启用了新的联系方式",
            Self::Removed => "您的账号有联系方式被移除",
            Self::Password => "您的登录密码已修改",
        }
    }

    /// Why the message is sent.
    #[must_use]
    pub fn notice(self) -> NoticeKind {
        match self {
            Self::Added | Self::Verified | Self::Removed => NoticeKind::ContactChanged,
            Self::Password => NoticeKind::PasswordChanged,
        }
    }
}

/// The end of an address: enough for whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint(String);

impl Hint {
    /// The last four characters; of a mail address those before the sign.
    #[must_use]
    pub fn of(channel: Channel, address: &str) -> Self {
        let known = match channel {
            Channel::Mail => address.split('@').next().unwrap_or_default(),
            Channel::Sms | Channel::Voice | Channel::Wecom | Channel::Dingtalk | Channel::Null => address,
        };
        let skip = known.chars().count().saturating_sub(4);
        Self(known.chars().skip(skip).collect())
    }

    /// As it was stored.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// As it is said.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_hinted_at_and_not_said() {
        let hint = |channel, address: &str| Hint::of(channel, address).as_str().to_owned();
        assert_eq!(hint(Channel::Sms, "18800001234"), "1234");
        assert_eq!(hint(Channel::Mail, "teacher@other.example"), "cher");
        assert_eq!(hint(Channel::Wecom, "zw"), "zw");
        let said = ContactChange::Added.text(&Hint::of(Channel::Sms, "18800001234"));
        assert!(said.contains("新增了联系方式（尾号1234）") && said.contains("was added (ending 1234)"), "{said}");
        for change in ContactChange::ALL {
            assert_eq!(ContactChange::from_key(change.key()), Some(change));
        }
    }
}
