//! The school of the canary: one class, one student, and one person who holds every office.

use chrono::TimeDelta;
use domain::canary;
use domain::coverage::{DutyTurn, Period};
use domain::delivery::Channel;
use domain::id::DutyId;
use domain::id::PositionId;
use domain::org::{Stage, Unit};
use domain::staff::{ContactMethod, Position, Role};
use storage::{ClassRecord, GradeRecord, NewStudent, PersonRecord, SchoolRecord, Tx};

use crate::attempt::hash;
use crate::signed::hex;
use crate::{CaseError, Desk};

const NAME: &str = "自检 canary";
/// No staff can have such a login.
const LOGIN: &str = "canary/itself";
const YEARS_OF_DUTY: i64 = 200;
const ENTRY_YEAR: i32 = 2000;

/// Makes it, unless it is there.
pub(crate) async fn ensure(desk: &Desk) -> Result<(), CaseError> {
    if desk.storage.read().person(canary::PERSON).await?.is_some() {
        return Ok(());
    }
    // A password that nobody has ever seen.
    let hash = hash(desk, &hex(&desk.ids.secret())).await?;
    let mut tx = desk.storage.begin().await?;
    let made = async {
        unit(&mut tx).await?;
        person(desk, &mut tx, &hash).await?;
        Ok(tx.commit().await?)
    };
    match made.await {
        // Another process was faster.
        Err(CaseError::Conflict("already_exists")) => Ok(()),
        other => other,
    }
}

async fn unit(tx: &mut Tx) -> Result<(), CaseError> {
    tx.add_district(canary::DISTRICT, NAME).await?;
    let school = SchoolRecord {
        id: canary::SCHOOL,
        district: canary::DISTRICT,
        name: NAME.to_owned(),
        duty_phone: None,
        counsellor_phone: None,
    };
    tx.add_school(&school).await?;
    let grade = GradeRecord { id: canary::GRADE, school: canary::SCHOOL, stage: Stage::Junior, entry_year: ENTRY_YEAR };
    tx.add_grade(&grade).await?;
    tx.add_class(&ClassRecord { id: canary::CLASS, grade, name: NAME.to_owned() }).await?;
    let student = NewStudent {
        id: canary::STUDENT,
        district: canary::DISTRICT,
        school: canary::SCHOOL,
        grade: canary::GRADE,
        class: canary::CLASS,
        name: NAME.to_owned(),
        name_key: NAME.to_owned(),
        pinyin: String::new(),
        initials: String::new(),
        seat: None,
        gender: None,
        birth_date: None,
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    };
    Ok(tx.add_students(&[student], None).await?)
}

async fn person(desk: &Desk, tx: &mut Tx, hash: &str) -> Result<(), CaseError> {
    let now = desk.now();
    let person = PersonRecord { id: canary::PERSON, name: NAME.to_owned(), login: LOGIN.to_owned() };
    tx.add_person(&person, hash, now).await?;
    let (school, district) = (Unit::School(canary::SCHOOL), Unit::District(canary::DISTRICT));
    let offices = [
        (Role::ClassTeacher, Unit::Class(canary::CLASS), false),
        (Role::GradeLead, Unit::Grade(canary::GRADE), false),
        (Role::Counsellor, school, false),
        (Role::VicePrincipal, school, false),
        (Role::Principal, school, false),
        (Role::DistrictOfficer, district, false),
        (Role::DistrictOfficer, district, true),
    ];
    for (role, unit, lead) in offices {
        let id = PositionId::new(desk.ids.uuid());
        let position = Position { id, person: canary::PERSON, role, unit, lead, valid_from: now, valid_to: None };
        let school = (unit != district).then_some(canary::SCHOOL);
        tx.add_position(&position, school).await?;
    }
    let period = Period { from: now, to: now + TimeDelta::days(366 * YEARS_OF_DUTY) };
    let turn = DutyTurn { id: DutyId::new(desk.ids.uuid()), person: canary::PERSON, period };
    tx.add_duty(canary::SCHOOL, &turn, None).await?;
    let contact = ContactMethod {
        person: canary::PERSON,
        channel: Channel::Null,
        address: NAME.to_owned(),
        verified_at: Some(now),
    };
    Ok(tx.add_contact(&contact).await?)
}
