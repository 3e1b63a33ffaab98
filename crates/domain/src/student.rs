//! Students 学生 as the roster knows them. The psychological file is kept apart, keyed by the opaque id.

use crate::id::{ClassId, GradeId, SchoolId, StudentId};

/// A student, as much as filing and telling needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Student {
    /// The opaque id.
    pub id: StudentId,
    /// The name, never truncated.
    pub name: String,
    /// Present class.
    pub class: ClassId,
    /// Present grade.
    pub grade: GradeId,
    /// Present school.
    pub school: SchoolId,
    /// Where the seat is, in the class's own words (3排2座).
    pub seat: Option<String>,
    /// Lives in the school's dormitory.
    pub boards: bool,
    /// Full pinyin without tones, and initials (possibly several readings).
    pub pinyin: String,
}

/// Masks a name for lists: the first character stays.
#[must_use]
pub fn masked(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    let rest = chars.count();
    format!("{first}{}", "＊".repeat(rest.clamp(1, 2)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_mask_keeps_the_first_character_and_hides_the_length() {
        assert_eq!(super::masked("陈鑫淼"), "陈＊＊");
        assert_eq!(super::masked("王喆"), "王＊");
        assert_eq!(super::masked("阿卜杜热合曼·艾合买提"), "阿＊＊");
    }
}
