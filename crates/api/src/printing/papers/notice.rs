//! 告知书, in two halves.

use casework::{NoticeRecord, Sheet};
use domain::guardian_notice::NoticeStep;
use domain::lang::Lang;
use paper::Document;
use paper::template::{GuardianNotice, Head, NoticeState, guardian_notice};

use super::{day, wall};
use crate::state::Api;

pub(super) fn document(api: &Api, head: Head, sheet: &mut Sheet, n: &NoticeRecord) -> Document {
    let w = &n.notice;
    let school = [&sheet.school.counsellor_phone, &sheet.school.duty_phone].into_iter().flatten().next().cloned();
    guardian_notice(&GuardianNotice {
        guardian: format!("{}（{}）", w.guardian, w.relation.name(Lang::Zh)),
        seen: sheet.hide(&w.text),
        school_does: sheet.hide(&w.measures),
        asked: sheet.hide(&w.asked),
        contact: w.contact.clone().or(school).unwrap_or_default(),
        date: day(api, n.at),
        state: state(api, sheet, n),
        opinions: opinions(api, sheet, n),
        head,
    })
}

fn state(api: &Api, sheet: &mut Sheet, n: &NoticeRecord) -> NoticeState {
    let by = |s: &casework::NoticeStepRecord| s.taken.by.clone().unwrap_or_default();
    if let Some(s) = n.step(NoticeStep::Signed) {
        return NoticeState::Signed { by: by(s), at: wall(api, s.taken.at) };
    }
    match n.step(NoticeStep::Refused) {
        None => NoticeState::Open,
        Some(s) => NoticeState::Refused {
            by: by(s),
            reason: sheet.hide(s.taken.said.as_deref().unwrap_or_default()),
            witness: s.witness.clone().unwrap_or_default(),
            at: wall(api, s.taken.at),
        },
    }
}

fn opinions(api: &Api, sheet: &mut Sheet, n: &NoticeRecord) -> Vec<(String, String)> {
    let all = n.steps.iter().filter(|s| s.taken.step == NoticeStep::SecondOpinion);
    all.map(|s| {
        let said = sheet.hide(s.taken.said.as_deref().unwrap_or_default());
        (wall(api, s.taken.at), format!("{}：{said}", s.taken.by.clone().unwrap_or_default()))
    })
    .collect()
}
