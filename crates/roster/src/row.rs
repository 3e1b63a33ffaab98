//! What leaves: a pupil, as much as the roster keeps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::stage::GradeRef;

/// A pupil of a roster. `Debug` shows the row number alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The row in the file, counted from 1.
    pub row_number: u32,
    /// The name as written, without padding.
    pub name: String,
    /// The form in which names are compared, see [`crate::name_key`].
    pub name_key: String,
    /// 性别
    pub gender: Option<Gender>,
    /// 出生日期
    pub birth_date: Option<NaiveDate>,
    /// Whether a national id number stood in the row, was valid, and agreed. The number itself is gone.
    pub id_checked: bool,
    /// 学籍辅号 or 学号; never a key: it may be missing, repeated or changed.
    pub student_number: Option<String>,
    /// The school, where a column names it.
    pub school: Option<String>,
    /// 年级
    pub grade: GradeRef,
    /// 班级
    pub class: ClassRef,
    /// 座号, in the class's own words.
    pub seat: Option<String>,
    /// 就读方式
    pub boarding: Option<Boarding>,
    /// 留守
    pub left_behind: Option<LeftBehind>,
    /// 随迁子女
    pub migrant: Option<bool>,
    /// 孤儿
    pub orphan: Option<bool>,
    /// At most two; each has a name or a telephone.
    pub guardians: Vec<Guardian>,
    /// 宿舍
    pub dormitory: Option<String>,
    /// 床位
    pub bed: Option<String>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("row_number", &self.row_number).finish_non_exhaustive()
    }
}

/// 性别; unknown is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// 女
    Female,
    /// 男
    Male,
}

/// 就读方式
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boarding {
    /// 走读
    Day,
    /// 住校
    Boards,
}

/// 留守
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftBehind {
    /// 非留守
    No,
    /// 单亲留守: one parent away
    OneParent,
    /// 双亲留守: both parents away
    BothParents,
    /// 是, without saying who is away
    Unspecified,
}

/// A class within its grade.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassRef {
    /// 3班
    Number(u8),
    /// 实验班
    Name(String),
}

impl ClassRef {
    /// `3` or `实验班`.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// A guardian. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    /// The name.
    pub name: Option<String>,
    /// The telephone: digits, for abroad with `+` before them.
    pub phone: Option<String>,
}

impl std::fmt::Debug for Guardian {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guardian")
    }
}
