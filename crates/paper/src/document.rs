//! What is to be printed, without a word about where it stands.

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The school, at the head of every sheet.
    pub school: String,
    /// What kind of document it is, at the head of every sheet and as the file's title: names no child.
    pub name: String,
    /// Who prints it: at the foot of every sheet, and across it.
    pub reader: String,
    /// When, in the school's time.
    pub printed_at: String,
    /// The words around it.
    pub words: Words,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// The words that every sheet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language of the file.
    pub language: &'static str,
    /// That it is confidential.
    pub confidential: &'static str,
    /// Before the name of whoever prints it.
    pub reader: &'static str,
    /// `{n}` of `{m}`.
    pub page: &'static str,
    /// Under a row that goes on from the sheet before.
    pub continued: &'static str,
    /// Before the characters that no font has.
    pub missing: &'static str,
}

impl Words {
    /// In Chinese.
    pub const ZH: Self = Self {
        language: "zh-CN",
        confidential: "内部资料 注意保密",
        reader: "打印人",
        page: "第 {n} 页 共 {m} 页",
        continued: "（续）",
        missing: "〓 字库缺字：",
    };
    /// In English.
    pub const EN: Self = Self {
        language: "en",
        confidential: "内部资料 注意保密 · Confidential",
        reader: "Printed by",
        page: "Page {n} of {m}",
        continued: "(continued)",
        missing: "〓 not in the font: ",
    };

    /// Which sheet it is.
    #[must_use]
    pub(crate) fn page(&self, n: usize, m: usize) -> String {
        self.page.replace("{n}", &n.to_string()).replace("{m}", &m.to_string())
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A title, in the middle.
    Title(String),
    /// The title of a section.
    Heading(String),
    /// Running text; a line break in it is one.
    Paragraph(String),
    /// Small text.
    Note(String),
    /// A form: rows of labels and values, each row over the whole width.
    Form(Vec<Vec<(String, String)>>),
    /// A table; its head stands on every sheet that it is on.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The rows; a line break in a cell is one.
        rows: Vec<Vec<String>>,
    },
    /// Lines to sign on, two beside each other.
    Signatures(Vec<String>),
    /// Where the sheet is cut in two. In the upper half of a sheet it goes to the middle.
    Cut(String),
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub title: String,
    /// Its share of the width, beside the others'.
    pub share: u16,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share }
    }
}
