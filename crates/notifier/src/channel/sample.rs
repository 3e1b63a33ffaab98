//! A letter for tests.

use domain::notice::NoticeKind;

use super::{Letter, Words};

/// A red.
pub(super) fn letter() -> Letter {
    Letter {
        id: domain::id::MessageId::new(Default::default()),
        to: "19900001111".into(),
        subject: String::new(),
        text: "您好".into(),
        words: Words {
            kind: NoticeKind::Alarm,
            drill: false,
            school: "示例一中".into(),
            code: "482913".into(),
            minutes: 10,
            count: 1,
            taken_by: None,
            duty_phone: None,
        },
        at: Default::default(),
        urgent: true,
    }
}
