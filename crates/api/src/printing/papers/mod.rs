//! The forms of a school on paper, from what casework gives. They are Chinese: they go to guardians, hospitals and folders.

mod interview;
mod notice;
mod plan;
mod referral;

use casework::{Sheet, Signed};
use domain::id::{EventId, NoticeId, ReferralId, StudentId};
use domain::lang::Lang;
use domain::time::Timestamp;
use paper::Document;
use paper::template::Head;

use super::printed_at;
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

/// Which form.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Paper {
    /// 转介单.
    Referral(ReferralId),
    /// 告知书.
    Notice(NoticeId),
    /// 访谈记录.
    Interview(EventId),
    /// 一生一策.
    Plan,
}

impl Paper {
    /// Reads it from an address of a page.
    pub(crate) fn of(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "referral" => id.parse().ok().map(Self::Referral),
            "notice" => id.parse().ok().map(Self::Notice),
            "interview" => id.parse().ok().map(Self::Interview),
            "plan" if id == "newest" => Some(Self::Plan),
            _ => None,
        }
    }

    /// How its file is called; it names nobody.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Referral(_) => "referral",
            Self::Notice(_) => "notice",
            Self::Interview(_) => "interview",
            Self::Plan => "plan",
        }
    }
}

/// Prints a form; gives the number of the print and the PDF.
pub(crate) async fn print(
    api: &Api,
    by: &Signed,
    student: StudentId,
    paper: Paper,
) -> Result<(String, Vec<u8>), Problem> {
    let _turn = api.press.turn().await?;
    let fonts = api.press.fonts().await?;
    let (number, document) = document(api, by, student, paper).await?;
    Ok((number, api.press.print(document, fonts).await?))
}

async fn document(api: &Api, by: &Signed, student: StudentId, paper: Paper) -> Result<(String, Document), Problem> {
    let desk = &api.desk;
    let (sheet, document) = match paper {
        Paper::Referral(id) => {
            let (mut sheet, referral) = casework::print_referral(desk, by, (student, id)).await?;
            let document = referral::document(api, head(api, by, &sheet), &mut sheet, &referral);
            (sheet, document)
        }
        Paper::Notice(id) => {
            let (mut sheet, notice) = casework::print_notice(desk, by, (student, id)).await?;
            let document = notice::document(api, head(api, by, &sheet), &mut sheet, &notice);
            (sheet, document)
        }
        Paper::Interview(id) => {
            let (mut sheet, entry) = casework::print_interview(desk, by, (student, id)).await?;
            let document = interview::document(api, head(api, by, &sheet), &mut sheet, &entry);
            (sheet, document)
        }
        Paper::Plan => {
            let (mut sheet, view) = casework::print_plan(desk, by, student).await?;
            let document = plan::document(api, head(api, by, &sheet), &mut sheet, &view);
            (sheet, document)
        }
    };
    Ok((sheet.number, document))
}

fn head(api: &Api, by: &Signed, sheet: &Sheet) -> Head {
    Head {
        school: sheet.school.name.clone(),
        reader: by.name.clone(),
        printed_at: printed_at(api),
        number: sheet.number.clone(),
        student: sheet.student.name.clone(),
        class: class_of(&sheet.student.class, api.desk.calendar.date(api.desk.now()), Lang::Zh),
    }
}

/// A time as it stands on paper.
fn wall(api: &Api, at: Timestamp) -> String {
    api.desk.calendar.local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// A day as it stands on paper.
fn day(api: &Api, at: Timestamp) -> String {
    api.desk.calendar.date(at).format("%Y-%m-%d").to_string()
}
