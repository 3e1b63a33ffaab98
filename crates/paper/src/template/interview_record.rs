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
    /// Whether the child wishes to die, as it answered.
    pub wish_to_die: String,
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
    let mut form = vec![
        head.student_row(),
        vec![pair("时间", &record.at), pair("访谈人", &record.by)],
        vec![pair("询问手段", means), pair("此刻安全", &record.safe)],
        vec![pair("不想活的想法", &record.wish_to_die), pair("下次", &record.next)],
    ];
    if !record.place.is_empty() || !record.present.is_empty() {
        form.insert(2, vec![pair("地点", &record.place), pair("在场", &record.present)]);
    }
    form.push(vec![pair("编号", &head.number)]);
    let mut blocks = vec![Block::Title("访谈记录".to_owned()), Block::Form(form)];
    for (title, text) in [("所说", &record.said), ("所见", &record.seen), ("约定", &record.agreed)] {
        if !text.is_empty() {
            blocks.extend([Block::Heading(title.to_owned()), Block::Paragraph(text.clone())]);
        }
    }
    blocks.push(Block::Note("本记录仅供心理老师存阅，不得转交或复印。".to_owned()));
    blocks.push(signatures(&["访谈人签字", "日期"]));
    head.document("访谈记录", blocks)
}
