//! Whom or what a task is about.

use domain::access::Place;
use domain::id::{DistrictId, StudentId};
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::StorageError;
use crate::org::ClassRecord;
use crate::row::get;
use crate::student::StudentRecord;

/// Whom or what a task is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskSubject {
    /// A student.
    Student(Box<StudentRecord>),
    /// A class as a whole, in this district: no child of it is meant.
    Class(ClassRecord, DistrictId),
}

impl TaskSubject {
    /// About a student.
    #[must_use]
    pub fn student_of(student: &StudentRecord) -> Self {
        Self::Student(Box::new(student.clone()))
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Student(student) => student.place(),
            Self::Class(class, district) => {
                Place { class: class.id, grade: class.grade.id, school: class.grade.school, district: *district }
            }
        }
    }

    /// The class, or the student's.
    #[must_use]
    pub fn class(&self) -> &ClassRecord {
        match self {
            Self::Student(student) => &student.class,
            Self::Class(class, _) => class,
        }
    }

    /// The student; nobody where it is about a class.
    #[must_use]
    pub fn student(&self) -> Option<&StudentRecord> {
        match self {
            Self::Student(student) => Some(student),
            Self::Class(..) => None,
        }
    }

    /// The student's id; nothing where it is about a class.
    #[must_use]
    pub fn student_id(&self) -> Option<StudentId> {
        self.student().map(|s| s.id)
    }
}

pub(super) fn subject(r: &QueryResult) -> Result<TaskSubject, StorageError> {
    match get::<Option<Uuid>>(r, "id")? {
        Some(_) => Ok(TaskSubject::Student(Box::new(crate::student::student(r)?))),
        None => Ok(TaskSubject::Class(crate::org::class(r)?, DistrictId::new(get(r, "home_district")?))),
    }
}
