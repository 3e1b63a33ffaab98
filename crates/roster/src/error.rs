//! Why a file cannot be read at all.

use thiserror::Error;

/// A file that gives no table. `Display` is the English message; [`ReadError::zh`] the Chinese one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// Larger than the limit.
    #[error("the file is larger than {limit} MiB")]
    FileTooLarge {
        /// The limit in MiB.
        limit: usize,
    },
    /// `.xls`, a password-protected workbook, a web page or another kind of file.
    #[error("{found} cannot be read: please open it and save it as .xlsx (without a password)")]
    Unsupported {
        /// What it seems to be.
        found: &'static str,
    },
    /// A workbook that is cut off or broken.
    #[error("the workbook is damaged: please open it and save it again as .xlsx")]
    Damaged,
    /// A workbook that unpacks to far more than it should.
    #[error("the workbook unpacks to more than is allowed ({what}): please copy the roster alone into a new workbook")]
    UnpacksTooLarge {
        /// Which limit.
        what: &'static str,
    },
    /// Neither UTF-8 nor GB18030.
    #[error("the text is neither UTF-8 nor GBK/GB18030: please save it as CSV UTF-8 or as .xlsx")]
    Encoding,
    /// A quoted cell of a CSV that never ends.
    #[error("a quotation mark in row {row} is not closed: please remove it, or save the file as .xlsx")]
    UnclosedQuote {
        /// The row in which the cell begins.
        row: u32,
    },
    /// Too many rows.
    #[error("the sheet has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// Too many columns.
    #[error("the sheet has more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// Too much text.
    #[error("the sheet holds more text than is allowed: please remove the columns that are not needed")]
    TooMuchText,
    /// No row looks like a header.
    #[error("no header row was found: one row must name at least {needed} known columns, such as 姓名, 年级, 班级")]
    NoHeader {
        /// How many known headers make one.
        needed: usize,
    },
}

impl ReadError {
    /// Stable, `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::Unsupported { .. } => "file_unsupported",
            Self::Damaged => "file_damaged",
            Self::UnpacksTooLarge { .. } => "file_unpacks_too_large",
            Self::Encoding => "encoding_unknown",
            Self::UnclosedQuote { .. } => "quote_not_closed",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooMuchText => "too_much_text",
            Self::NoHeader { .. } => "header_not_found",
        }
    }

    /// The Chinese message.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的".to_owned(),
            Self::FileTooLarge { limit } => format!("文件超过 {limit} MiB"),
            Self::Unsupported { found } => format!("不能读取{}：请打开后另存为 .xlsx（不加密码）", zh_kind(found)),
            Self::Damaged => "工作簿已损坏：请打开后重新另存为 .xlsx".to_owned(),
            Self::UnpacksTooLarge { .. } => "工作簿解压后过大：请把名册单独复制到新的工作簿".to_owned(),
            Self::Encoding => "文字编码既不是 UTF-8，也不是 GBK/GB18030：请另存为 CSV UTF-8 或 .xlsx".to_owned(),
            Self::UnclosedQuote { row } => format!("第 {row} 行有一个引号没有配对：请删去，或另存为 .xlsx"),
            Self::TooManyRows { limit } => format!("工作表超过 {limit} 行"),
            Self::TooManyColumns { limit } => format!("工作表超过 {limit} 列"),
            Self::TooMuchText => "工作表文字过多：请删去用不到的列".to_owned(),
            Self::NoHeader { needed } => {
                format!("找不到表头：需要有一行至少写明 {needed} 个能识别的列名，例如 姓名、年级、班级")
            }
        }
    }
}

fn zh_kind(found: &str) -> &str {
    match found {
        OLE => "旧版 .xls 或有密码的工作簿",
        WEB_PAGE => "网页格式的表格",
        OTHER_ARCHIVE => "不是 .xlsx 的压缩文件（.ods、.xlsb、.docx、.zip）",
        PDF => "PDF",
        _ => "这种文件",
    }
}

pub(crate) const OLE: &str = "an old .xls or a password-protected workbook";
pub(crate) const WEB_PAGE: &str = "a web page or XML table";
pub(crate) const OTHER_ARCHIVE: &str = "an archive that is no .xlsx (.ods, .xlsb, .docx, .zip)";
pub(crate) const PDF: &str = "a PDF";
pub(crate) const BINARY: &str = "this kind of file";
