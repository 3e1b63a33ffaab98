//! Which student a row means: everything that it says has to agree, and with exactly one.

use std::collections::HashMap;

use domain::id::ClassId;
use domain::org::Stage;
use roster::{ClassRef, GradeRef, MemberRow};
use storage::{ClassRecord, NewStudent};

use crate::RowFault;

/// The students of a school, as a file can name them.
pub(super) struct Pupils<'a> {
    pub(super) all: &'a [NewStudent],
    classes: HashMap<ClassId, &'a ClassRecord>,
}

impl<'a> Pupils<'a> {
    pub(super) fn of(all: &'a [NewStudent], classes: &'a [ClassRecord]) -> Self {
        Self { all, classes: classes.iter().map(|c| (c.id, c)).collect() }
    }

    /// The one student whom a row means.
    pub(super) fn meant(&self, row: &MemberRow) -> Result<&'a NewStudent, Box<RowFault>> {
        if row.name_key.is_none() && row.number.is_none() {
            let (zh, en) = ("请填写姓名和班级，或学号", "give name and class, or the student number");
            return Err(fault(row, "name", "student_missing", zh, en));
        }
        if row.number.is_none() && row.class.is_none() {
            let (zh, en) =
                ("只写了姓名：请填写年级和班级，或学号", "a name alone: give grade and class, or the number");
            return Err(fault(row, "class", "class_missing", zh, en));
        }
        let found: Vec<&NewStudent> = self.all.iter().filter(|s| self.agrees(s, row)).collect();
        match found.as_slice() {
            [one] if row.number.is_none() && self.has_look_alike(one) => {
                let zh = "同班有姓名相近的学生，无法确定是哪一个：请填写学号";
                Err(fault(row, "name", "look_alike", zh, "a classmate has a similar name: give the student number"))
            }
            [one] => Ok(one),
            [] if row
                .number
                .as_ref()
                .is_some_and(|n| self.all.iter().any(|s| s.student_number.as_ref() == Some(n))) =>
            {
                let (zh, en) = ("学号和姓名或班级对不上", "the number is not that of this name or class");
                Err(fault(row, "student_number", "student_differs", zh, en))
            }
            [] => {
                let field = if row.number.is_some() { "student_number" } else { "name" };
                let (zh, en) = ("名册里没有这名学生", "the roster has no such student");
                Err(fault(row, field, "unknown_student", zh, en))
            }
            _ => {
                let (zh, en) = ("有几名学生都符合：请填写学号", "several students fit: give the student number");
                Err(fault(row, "name", "ambiguous_student", zh, en))
            }
        }
    }

    fn agrees(&self, s: &NewStudent, row: &MemberRow) -> bool {
        row.number.as_ref().is_none_or(|n| s.student_number.as_ref() == Some(n))
            && row.name_key.as_ref().is_none_or(|n| s.name_key == *n)
            && row.class.as_ref().is_none_or(|class| self.classes.get(&s.class).is_some_and(|c| is(c, class)))
    }

    fn has_look_alike(&self, one: &NewStudent) -> bool {
        let mates = self.all.iter().filter(|s| s.class == one.class && s.id != one.id);
        mates.into_iter().any(|s| s.pinyin == one.pinyin || roster::pinyin::similar(&s.name, &one.name))
    }
}

fn is(class: &ClassRecord, (name, grade): &(ClassRef, GradeRef)) -> bool {
    let stage = match grade.stage {
        roster::Stage::Primary => Stage::Primary,
        roster::Stage::Junior => Stage::Junior,
        roster::Stage::Senior => Stage::Senior,
    };
    (class.grade.stage, class.grade.entry_year) == (stage, grade.entry_year) && class.name == name.label()
}

/// Something wrong with a row, where its column is.
pub(super) fn fault(row: &MemberRow, field: &str, code: &str, zh: &str, en: &str) -> Box<RowFault> {
    let (column, cell) = row.places.get(field).cloned().unwrap_or_default();
    let (code, zh, en) = (code.to_owned(), zh.to_owned(), en.to_owned());
    Box::new(RowFault { row: row.row, column, cell, code, zh, en, blocks: true })
}
