//! The forms of a school: from plain values to documents. They are Chinese, like those whom they are for: guardians,
//! hospitals, the school's own folders.

mod guardian_notice;
mod interview_record;
mod plan;
mod referral_slip;

pub use guardian_notice::{GuardianNotice, NoticeState, guardian_notice};
pub use interview_record::{InterviewRecord, interview_record};
pub use plan::{Measure, Plan, plan};
pub use referral_slip::{ReferralSlip, referral_slip};

use crate::document::{Block, Document, Words};

/// What every form says of its print, and of whom it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The school.
    pub school: String,
    /// Who prints it.
    pub reader: String,
    /// When, in the school's time.
    pub printed_at: String,
    /// The number of this print; on both halves of a slip.
    pub number: String,
    /// The student.
    pub student: String,
    /// The student's class.
    pub class: String,
}

impl Head {
    fn document(&self, name: &str, blocks: Vec<Block>) -> Document {
        Document {
            school: self.school.clone(),
            name: name.to_owned(),
            reader: self.reader.clone(),
            printed_at: self.printed_at.clone(),
            words: Words::ZH,
            blocks,
        }
    }

    fn student_row(&self) -> Vec<(String, String)> {
        vec![pair("学生", &self.student), pair("班级", &self.class)]
    }
}

fn pair(label: &str, value: &str) -> (String, String) {
    (label.to_owned(), value.to_owned())
}

/// Paragraphs of a letter, each begun as Chinese ones are.
fn indented(text: &str) -> Block {
    let lines: Vec<String> = text.lines().map(|l| format!("　　{}", l.trim_start())).collect();
    Block::Paragraph(lines.join("\n"))
}

fn signatures(labels: &[&str]) -> Block {
    Block::Signatures(labels.iter().map(|l| (*l).to_owned()).collect())
}
