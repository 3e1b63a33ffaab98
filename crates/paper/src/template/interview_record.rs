//! 访谈记录: what was asked and said, in the child's own words as far as they are known.

use super::{Head, pair, signatures};
use crate::document::{Block, Document};

/// An interview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InterviewRecord {
    /// What it says of its print and of the student.
    pub head: Head,
    /// When.
    pub at: String,
    /// Where.
    pub place: String,
    /// Who asked.
    pub by: String,
    /// Who else was there.
    pub present: String,
    /// Whether it was asked what the child could use.
    pub means_asked: bool,
    /// Whether the child is safe now, and with whom.
    pub safe: String,
    /// What was said.
    pub said: String,
    /// What was seen.
    pub seen: String,
    /// What was agreed.
    pub agreed: String,
    /// When it is looked at again.
    pub next: String,
}

/// Prints the record of an interview.
#[must_use]
pub fn interview_record(record: &InterviewRecord) -> Document {
    let head = &record.head;
    let means = if record.means_asked { "已询问" } else { "未询问（请补问）" };
    let blocks = vec![
        Block::Title("访谈记录".to_owned()),
        Block::Form(vec![
            head.student_row(),
            vec![pair("时间", &record.at), pair("地点", &record.place)],
            vec![pair("访谈人", &record.by), pair("在场", &record.present)],
            vec![pair("询问手段", means), pair("此刻安全", &record.safe)],
            vec![pair("编号", &head.number), pair("下次", &record.next)],
        ]),
        Block::Heading("所说".to_owned()),
        Block::Paragraph(record.said.clone()),
        Block::Heading("所见".to_owned()),
        Block::Paragraph(record.seen.clone()),
        Block::Heading("约定".to_owned()),
        Block::Paragraph(record.agreed.clone()),
        signatures(&["访谈人签字", "日期"]),
    ];
    head.document("访谈记录", blocks)
}
