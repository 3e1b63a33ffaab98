//! That somebody opened a growth file: which acts those are. A list in which the student stood is none of them, nor what was
//! looked for.

use crate::audit::Act;
use crate::lang::Lang;

/// What somebody opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileReading {
    /// The file itself.
    File,
    /// One entry with its versions.
    Entry,
    /// A file that belongs to an entry.
    Attachment,
    /// The file, on paper.
    Print,
    /// A form about the student, on paper.
    Paper,
    /// What was sealed of it, for a time.
    Sealed,
}

impl FileReading {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::File, Self::Entry, Self::Attachment, Self::Print, Self::Paper, Self::Sealed];

    /// The act in the audit log.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::File => Act::ReadGrowthFile,
            Self::Entry => Act::ReadEntry,
            Self::Attachment => Act::ReadAttachment,
            Self::Print => Act::PrintGrowthFile,
            Self::Paper => Act::PrintPaper,
            Self::Sealed => Act::UnsealFile,
        }
    }

    /// Its word for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::File => "read",
            Self::Entry => "entry",
            Self::Attachment => "attachment",
            Self::Print => "print",
            Self::Paper => "paper",
            Self::Sealed => "unseal",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::File => lang.pick("查看档案", "read the file"),
            Self::Entry => lang.pick("查看一条记录", "read one entry"),
            Self::Attachment => lang.pick("查看附件", "read an attachment"),
            Self::Print => lang.pick("打印档案", "printed the file"),
            Self::Paper => lang.pick("打印表单", "printed a form"),
            Self::Sealed => lang.pick("启封", "opened what was sealed"),
        }
    }

    /// By the key of an act.
    #[must_use]
    pub fn from_act(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.act().key() == key)
    }
}
