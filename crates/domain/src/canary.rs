//! The canary 自检: the service's own trial alert. It goes the whole way that a real one goes, about a student who does
//! not exist, in a school that nobody works at but a person whom nobody is. Its ids are fixed, so that whatever counts,
//! lists or shows can leave it out without asking.

use uuid::Uuid;

use crate::access::Place;
use crate::id::{ClassId, DistrictId, GradeId, PersonId, SchoolId, StudentId};

/// Version 8 (RFC 9562 §5.8): ids of our own making, which no clock will ever make.
const fn own(n: u128) -> Uuid {
    Uuid::from_u128(0xca9a_7100_0000_8000_8000_0000_0000_0000 | n)
}

/// Its district.
pub const DISTRICT: DistrictId = DistrictId::new(own(1));
/// Its school.
pub const SCHOOL: SchoolId = SchoolId::new(own(2));
/// Its grade.
pub const GRADE: GradeId = GradeId::new(own(3));
/// Its class.
pub const CLASS: ClassId = ClassId::new(own(4));
/// Its student.
pub const STUDENT: StudentId = StudentId::new(own(5));
/// Who files, takes and assesses it.
pub const PERSON: PersonId = PersonId::new(own(6));

/// Where its student is.
pub const PLACE: Place = Place { class: CLASS, grade: GRADE, school: SCHOOL, district: DISTRICT };
