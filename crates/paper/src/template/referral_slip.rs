//! 转介单: the upper half goes to the hospital, the lower half comes back. A referral without its return is open.

use super::{Head, indented, pair, signatures};
use crate::document::{Block, Document};

/// A referral.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralSlip {
    /// What it says of its print and of the student.
    pub head: Head,
    /// Where to.
    pub to: String,
    /// How soon.
    pub urgency: String,
    /// When, if it is agreed.
    pub appointment: String,
    /// Why, in words of behaviour: schools make no diagnosis.
    pub reason: String,
    /// What the school has done.
    pub done: String,
    /// Which guardian agrees, and when.
    pub consent: String,
    /// Who goes along.
    pub escort: String,
    /// Who refers, with a telephone.
    pub referred_by: String,
    /// When.
    pub date: String,
}

/// Prints a referral in two halves.
#[must_use]
pub fn referral_slip(slip: &ReferralSlip) -> Document {
    let head = &slip.head;
    let mut form = vec![
        vec![pair("编号", &head.number), pair("日期", &slip.date)],
        head.student_row(),
        vec![pair("转往", &slip.to), pair("缓急", &slip.urgency)],
        vec![pair("预约时间", &slip.appointment), pair("陪同人", &slip.escort)],
        vec![pair("转介原因", &slip.reason)],
    ];
    form.extend((!slip.done.is_empty()).then(|| vec![pair("学校已做", &slip.done)]));
    form.push(vec![pair("同意", &slip.consent), pair("转介人", &slip.referred_by)]);
    let upper = vec![
        Block::Title("心理健康转介单".to_owned()),
        Block::Form(form),
        Block::Note("学校不作诊断，以上为所见所闻。医院意见请填入下联，由监护人交回学校心理老师。".to_owned()),
        signatures(&["转介人签字", "监护人签字"]),
    ];
    let lower = vec![
        Block::Cut("沿虚线剪开 · 下联由医院填写后交回学校".to_owned()),
        Block::Title("转介回执".to_owned()),
        Block::Form(vec![
            vec![pair("编号", &head.number), pair("学生", &head.student)],
            vec![pair("就诊日期", ""), pair("科室", "")],
            vec![pair("医院意见", "\n\n\n")],
            vec![pair("在校注意", "\n")],
            vec![pair("下次复诊", ""), pair("可否上学", "□ 可以　□ 暂缓　□ 另议")],
        ]),
        signatures(&["医师签字", "日期", "监护人签字", "学校接收人"]),
        indented(&format!("交回：{} 心理辅导室。本联含个人隐私，请装入信封。", head.school)),
    ];
    head.document("心理健康转介单", upper.into_iter().chain(lower).collect())
}
