//! What is wrong with a cell: where, a stable code, a message in both languages; never what stood there.

use serde::{Deserialize, Serialize};

use crate::field::Field;

/// Whether a row can be taken in all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is left out.
    Error,
    /// The row is taken in, without the value or as it stands.
    Warning,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The row in the file, counted from 1; the header's row where a whole column or sheet is meant.
    pub row: u32,
    /// The header of the column; empty where none is meant.
    pub column: String,
    /// The address of the cell, such as `C12`; empty where none is meant.
    pub cell: String,
    /// Stable, `snake_case`.
    pub code: Code,
    /// Whether the row is left out.
    pub severity: Severity,
    /// What to change, in Chinese.
    pub message_zh: String,
    /// What to change, in English.
    pub message_en: String,
}

impl Fault {
    pub(crate) fn new(row: u32, column: &str, cell: String, code: Code, field: Option<Field>) -> Self {
        let (zh, en) = match (code, field) {
            (Code::ScientificNotation, Some(Field::IdNumber)) => ID_IN_SCIENTIFIC_NOTATION,
            _ => code.messages(),
        };
        let severity = code.severity(field);
        let (message_zh, message_en) = (zh.to_owned(), en.to_owned());
        Self { row, column: column.to_owned(), cell, code, severity, message_zh, message_en }
    }

    /// Names the row with which this one collides.
    pub(crate) fn with_row(mut self, other: u32) -> Self {
        self.message_zh = self.message_zh.replace("{row}", &other.to_string());
        self.message_en = self.message_en.replace("{row}", &other.to_string());
        self
    }
}

const ID_IN_SCIENTIFIC_NOTATION: (&str, &str) = (
    "身份证号被表格软件改成了科学计数，没有核对",
    "the spreadsheet program turned the id number into scientific notation, it was not checked",
);

macro_rules! codes {
    ($($variant:ident $key:literal $zh:literal $en:literal;)+) => {
        /// The kinds of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(
                #[doc = $en]
                #[serde(rename = $key)]
                $variant,
            )+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word of the contract.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            fn messages(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($zh, $en)),+ }
            }
        }
    };
}

codes! {
    ColumnMissing "column_missing" "没有找到“姓名”或“班级”列：请在列匹配中选择" "no column for name or class was found: choose it among the columns";
    OtherSheets "other_sheets_not_read" "工作簿里还有别的工作表像名册，没有读取：请合并到一个工作表，或分别导入" "other sheets of the workbook look like rosters and were not read: merge them, or import them one by one";
    SeveralSchools "several_schools" "同一个文件里出现了不同的学校：请确认没有混入别校学生" "the file names different schools: check that no other school's pupils are among them";
    NameMissing "name_missing" "没有填写姓名" "the name is missing";
    NameUnreadable "name_unreadable" "姓名里有无法辨认或被遮盖的字：请填写完整姓名" "the name holds characters that are unreadable or masked: give the full name";
    NameUnusual "name_unusual" "姓名里有数字或符号，或只有一个字：请核对" "the name holds digits or signs, or is one character: please check";
    NameRareCharacter "name_rare_character" "姓名里的生僻字用了旧系统的自造字，别的设备可能显示不出：请换成标准字" "a rare character of the name uses a private code that other devices may not show: replace it by the standard one";
    ClassMissing "class_missing" "没有填写班级（合并的单元格请先拆开并填满）" "the class is missing (take merged cells apart and fill them in)";
    ClassUnreadable "class_unreadable" "看不懂班级：请写成 3、3班、七(3)班 或 实验班 这样的形式" "the class is not understood: write 3, 3班, 七(3)班 or a name such as 实验班";
    BecameDate "became_date" "这一格被表格软件改成了日期（3-2 会变成 3月2日）：请把这一列设为文本后重填" "the spreadsheet program turned the cell into a date (3-2 becomes 2 March): make the column text and fill it in again";
    BecameDecimal "became_decimal" "这一格被当成了小数（7.10 会变成 7.1）：请把这一列设为文本后重填；班级可写成 七(10)班" "the cell became a decimal number (7.10 turns into 7.1): make the column text and fill it in again; a class can be written 七(10)班";
    GradeMissing "grade_missing" "没有年级：请填写年级，或在班级里写明，例如 七(3)班" "the grade is missing: fill it in, or name it in the class, such as 七(3)班";
    GradeUnreadable "grade_unreadable" "看不懂年级：请写成 七年级、初一、高二 或 初2024级 这样的形式" "the grade is not understood: write 七年级, 初一, 高二 or 初2024级";
    GradeAmbiguous "grade_ambiguous" "学校有几个学段，只写入学年份分不清：请写成 初2024级 或 高2024级" "the school has several stages, an entry year alone is ambiguous: write 初2024级 or 高2024级";
    GradeNotInSchool "grade_not_in_school" "学校没有这个年级" "the school has no such grade";
    GradeNotStarted "grade_not_started" "这个年级还没有入学：导入新学年的名册时，请选择新学年" "this grade has not begun yet: choose the coming school year when importing its roster";
    GradeLeft "grade_left" "这个年级已经毕业" "this grade has already left";
    GradeConflict "grade_conflict" "年级和班级里写的年级不一致" "the grade and the grade in the class differ";
    BirthDateUnreadable "birth_date_unreadable" "看不懂出生日期：请写成 20130101 或 2013-01-01" "the birth date is not understood: write 20130101 or 2013-01-01";
    BirthDateImplausible "birth_date_implausible" "按出生日期，不像是在校学生的年龄" "by the birth date this is not the age of a pupil";
    BirthDateConflictsId "birth_date_conflicts_id" "出生日期和身份证号里的不一致：请确认是不是同一个学生" "the birth date differs from the one in the id number: check that it is the same pupil";
    GenderUnreadable "gender_unreadable" "看不懂性别：请填写 男 或 女" "the gender is not understood: write 男 or 女";
    GenderConflictsId "gender_conflicts_id" "性别和身份证号里的不一致" "the gender differs from the one in the id number";
    ScientificNotation "scientific_notation" "号码被表格软件改成了科学计数，已无法还原：请把这一列设为文本后重填" "the spreadsheet program turned the number into scientific notation, it cannot be restored: make the column text and fill it in again";
    PrecisionLost "precision_lost" "号码超过 15 位，末尾几位已被表格软件改成 0：请把这一列设为文本后重填" "the number has more than 15 digits and the spreadsheet program replaced the last ones by 0: make the column text and fill it in again";
    IdFormat "id_number_format" "身份证号不是 18 位，或其中的日期不存在，没有核对" "the id number does not have 18 characters or holds no real date, it was not checked";
    IdChecksum "id_number_checksum" "身份证号的校验位不对，没有核对" "the check digit of the id number is wrong, it was not checked";
    StudentNumberIsId "student_number_is_national_id" "这一列的学籍号由身份证号组成，不保存：需要编号时请用学籍辅号或学号" "the student numbers of this column are made of id numbers and are not kept: use another number";
    StudentNumberRepeated "student_number_repeated" "学号和第 {row} 行相同" "the student number is that of row {row}";
    ContainsNationalId "contains_national_id" "这一格里有身份证号，不保存" "the cell holds an id number and is not kept";
    PhoneUnreadable "phone_unreadable" "电话号码不对：应为 11 位手机号，或带区号的固定电话" "the telephone number is wrong: a mobile number has 11 digits, a fixed line needs its area code";
    SeveralPhones "several_phones" "这一格里有几个电话，只保存第一个" "the cell holds several telephone numbers, only the first is kept";
    ValueUnreadable "value_unreadable" "看不懂这一格的代码或文字，没有保存" "the code or word is not understood and not kept";
    EntryMonthUnreadable "entry_month_unreadable" "看不懂入学年月：请写成 202409" "the entry month is not understood: write 202409";
    EntryMonthDiffers "entry_month_differs" "入学年份和年级不一致：请确认年级" "the entry year and the grade differ: check the grade";
    FormulaError "formula_error" "公式出错（如 #REF!）：请改成数值" "the formula fails (such as #REF!): replace it by its value";
    CellTooLong "cell_too_long" "文字太长" "the text is too long";
    DuplicatePupil "duplicate_pupil" "和第 {row} 行是同一个学生（姓名、班级、出生日期都相同）：请删去一行；确是两人时请填写出生日期或学号" "the same pupil as row {row} (name, class and birth date): remove one; if they are two, give birth dates or numbers";
    SameNameInClass "same_name_in_class" "和第 {row} 行同班同名：请确认是两个学生" "same name and class as row {row}: check that they are two pupils";
}

impl Code {
    /// How serious it is in a field: what says who and where the child is must be readable.
    pub(crate) fn severity(self, field: Option<Field>) -> Severity {
        use Code as C;
        let serious = match self {
            C::ColumnMissing
            | C::NameMissing
            | C::NameUnreadable
            | C::ClassMissing
            | C::ClassUnreadable
            | C::GradeMissing
            | C::GradeUnreadable
            | C::GradeAmbiguous
            | C::GradeNotInSchool
            | C::GradeNotStarted
            | C::GradeLeft
            | C::GradeConflict
            | C::BirthDateUnreadable
            | C::BirthDateImplausible
            | C::BirthDateConflictsId
            | C::DuplicatePupil => true,
            C::BecameDate
            | C::BecameDecimal
            | C::ScientificNotation
            | C::PrecisionLost
            | C::FormulaError
            | C::CellTooLong
            | C::ContainsNationalId => field.is_some_and(Field::identifies),
            C::OtherSheets
            | C::SeveralSchools
            | C::NameUnusual
            | C::NameRareCharacter
            | C::GenderUnreadable
            | C::GenderConflictsId
            | C::IdFormat
            | C::IdChecksum
            | C::StudentNumberIsId
            | C::StudentNumberRepeated
            | C::PhoneUnreadable
            | C::SeveralPhones
            | C::ValueUnreadable
            | C::EntryMonthUnreadable
            | C::EntryMonthDiffers
            | C::SameNameInClass => false,
        };
        if serious { Severity::Error } else { Severity::Warning }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stable_words_and_each_has_two_messages() {
        for code in Code::ALL {
            assert!(code.key().chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{code:?}");
            let (zh, en) = code.messages();
            assert!(!zh.is_empty() && !en.is_empty());
            assert_eq!(zh.contains("{row}"), en.contains("{row}"));
            assert_eq!(serde_json::to_value(code).unwrap(), code.key());
        }
    }
}
