//! 告知书: the upper half is the guardian's, the lower half is the school's proof. A refusal to sign is written down and
//! witnessed; it stops nothing.

use super::{Head, indented, pair, signatures};
use crate::document::{Block, Document};

/// What became of the signature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum NoticeState {
    /// It is still to be signed.
    #[default]
    Open,
    /// It is signed.
    Signed {
        /// By whom.
        by: String,
        /// When.
        at: String,
    },
    /// It was refused, before a witness.
    Refused {
        /// By whom.
        by: String,
        /// Why, as far as it was said.
        reason: String,
        /// Who was there.
        witness: String,
        /// When.
        at: String,
    },
}

/// A notice to a guardian.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuardianNotice {
    /// What it says of its print and of the student.
    pub head: Head,
    /// To whom, and in which relation.
    pub guardian: String,
    /// What was seen, in words of behaviour.
    pub seen: String,
    /// What the school does.
    pub school_does: String,
    /// What the guardian is asked to do.
    pub asked: String,
    /// Whom to call.
    pub contact: String,
    /// When.
    pub date: String,
    /// What became of the signature.
    pub state: NoticeState,
    /// Second opinions: when, and what was said by whom.
    pub opinions: Vec<(String, String)>,
}

/// Prints a notice in two halves.
#[must_use]
pub fn guardian_notice(notice: &GuardianNotice) -> Document {
    let head = &notice.head;
    let mut blocks = vec![
        Block::Title("致监护人告知书".to_owned()),
        Block::Paragraph(format!("尊敬的 {}：", notice.guardian)),
        indented(&format!("您的孩子 {}（{}）近期的情况，学校如实告知如下。", head.student, head.class)),
        Block::Form(vec![
            vec![pair("学校所见", &notice.seen)],
            vec![pair("学校在做", &notice.school_does)],
            vec![pair("请您配合", &notice.asked)],
            vec![pair("联系电话", &notice.contact), pair("编号", &head.number)],
        ]),
        indented(
            "您可以向其他医院或专业机构另行咨询，学校提供就诊绿色通道信息。孩子有危险时请立即拨打 120 或 110；心理援助热线 12356。",
        ),
        Block::Paragraph(format!("{}　{}", head.school, notice.date)),
        Block::Cut("沿虚线剪开 · 下联由学校留存".to_owned()),
        Block::Title("告知书回执".to_owned()),
        Block::Form(vec![
            vec![pair("编号", &head.number), pair("日期", &notice.date)],
            vec![pair("学生", &head.student), pair("监护人", &notice.guardian)],
        ]),
    ];
    blocks.extend(state(&notice.state));
    if !notice.opinions.is_empty() {
        let row = |(at, said): &(String, String)| vec![(format!("另行咨询 {at}"), said.clone())];
        blocks.push(Block::Form(notice.opinions.iter().map(row).collect()));
    }
    head.document("致监护人告知书", blocks)
}

fn state(state: &NoticeState) -> Vec<Block> {
    match state {
        NoticeState::Open => vec![
            Block::Paragraph("□ 已知悉，愿意配合　　□ 已知悉，将另行咨询　　□ 拒绝签字（由见证人注明）".to_owned()),
            signatures(&["监护人签字", "日期", "告知人签字", "见证人签字"]),
        ],
        NoticeState::Signed { by, at } => {
            vec![Block::Form(vec![vec![pair("签字情况", "已签字")], vec![pair("签字人", by), pair("签字时间", at)]])]
        }
        NoticeState::Refused { by, reason, witness, at } => vec![
            Block::Form(vec![
                vec![pair("签字情况", "拒绝签字，已当面告知；不影响学校继续保护与帮助")],
                vec![pair("拒签人", by), pair("时间", at)],
                vec![pair("所述理由", if reason.is_empty() { "未说明" } else { reason })],
                vec![pair("见证人", witness)],
            ]),
            signatures(&["告知人签字", "见证人签字"]),
        ],
    }
}
