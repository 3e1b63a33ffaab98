//! A small invented district: two schools, each with two grades of two classes, and everybody who works there.

use casework::{Contact, Desk, NewStaff, add_staff};
use chrono::TimeDelta;
use domain::coverage::{DutyTurn, Period};
use domain::delivery::Channel;
use domain::id::{ClassId, DistrictId, DutyId, GradeId, PersonId, SchoolId, StudentId};
use domain::org::{Stage, Unit};
use domain::staff::Role;
use storage::{ClassRecord, GradeRecord, NewStudent, SchoolRecord};

/// Everybody's password.
pub const PASSWORD: &str = "password-of-a-test";

/// One class.
#[derive(Debug, Clone)]
pub struct Class {
    pub id: ClassId,
    pub grade: GradeId,
    pub students: Vec<StudentId>,
}

/// One school.
#[derive(Debug, Clone)]
pub struct School {
    pub id: SchoolId,
    pub grades: Vec<GradeId>,
    pub classes: Vec<Class>,
}

/// The district.
#[derive(Debug, Clone)]
pub struct Town {
    pub district: DistrictId,
    pub schools: Vec<School>,
    /// Login → person.
    pub people: Vec<(String, PersonId)>,
}

impl Town {
    /// The person with a login.
    #[must_use]
    pub fn person(&self, login: &str) -> PersonId {
        self.people.iter().find(|(l, _)| l == login).unwrap_or_else(|| panic!("nobody is called {login}")).1
    }

    /// A student of school `s`, class `c`.
    #[must_use]
    pub fn student(&self, s: usize, c: usize, n: usize) -> StudentId {
        self.schools[s].classes[c].students[n]
    }

    /// Builds it. Logins: `teacher` (class 0 of school 0), `teacher1`…`teacher3`, `grade` (grade 0), `grade1`,
    /// `counsellor`, `vice`, `clinical`, `principal`, `party`, `subject`, `dorm`, `nurse`, `monitor` (class 0), `duty`
    /// (on duty always), `admin`; the same with `-b` for school 1; `district`, `district-lead`, `district-admin`.
    pub async fn build(desk: &Desk) -> Self {
        let district = DistrictId::new(desk.ids.uuid());
        let mut tx = desk.storage.begin().await.unwrap();
        tx.add_district(district, "示例区教育局").await.unwrap();
        let mut schools = Vec::new();
        for name in ["示例一中", "示例二中"] {
            schools.push(school(desk, &mut tx, district, name).await);
        }
        tx.commit().await.unwrap();
        let mut town = Self { district, schools, people: Vec::new() };
        for (index, suffix) in ["", "-b"].into_iter().enumerate() {
            town.staff(desk, index, suffix).await;
        }
        town.add(desk, "district", Role::DistrictOfficer, Unit::District(district), false).await;
        town.add(desk, "district-lead", Role::DistrictOfficer, Unit::District(district), true).await;
        town.add(desk, "district-admin", Role::Administrator, Unit::District(district), false).await;
        town
    }

    async fn staff(&mut self, desk: &Desk, index: usize, suffix: &str) {
        let school = self.schools[index].clone();
        let here = Unit::School(school.id);
        for (n, class) in school.classes.iter().enumerate() {
            let login = if n == 0 { format!("teacher{suffix}") } else { format!("teacher{n}{suffix}") };
            self.add(desk, &login, Role::ClassTeacher, Unit::Class(class.id), false).await;
        }
        for (n, grade) in school.grades.iter().enumerate() {
            let login = if n == 0 { format!("grade{suffix}") } else { format!("grade{n}{suffix}") };
            self.add(desk, &login, Role::GradeLead, Unit::Grade(*grade), false).await;
        }
        let monitored = Unit::Class(school.classes[0].id);
        for (login, role, unit) in [
            ("counsellor", Role::Counsellor, here),
            ("vice", Role::VicePrincipal, here),
            ("principal", Role::Principal, here),
            ("subject", Role::SubjectTeacher, here),
            ("dorm", Role::DormSupervisor, here),
            ("nurse", Role::Nurse, here),
            ("duty", Role::SubjectTeacher, here),
            ("monitor", Role::PeerMonitor, monitored),
            ("admin", Role::Administrator, here),
        ] {
            self.add(desk, &format!("{login}{suffix}"), role, unit, false).await;
        }
        let duty = self.person(&format!("duty{suffix}"));
        let now = desk.now();
        let mut tx = desk.storage.begin().await.unwrap();
        let period = Period { from: now - TimeDelta::days(1), to: now + TimeDelta::days(400) };
        let turn = DutyTurn { id: DutyId::new(desk.ids.uuid()), person: duty, period };
        tx.add_duty(school.id, &turn, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn add(&mut self, desk: &Desk, login: &str, role: Role, unit: Unit, lead: bool) {
        let number = 19_900_000_000_u64 + self.people.len() as u64;
        let contacts = vec![
            Contact { channel: Channel::Mail, address: format!("{login}@school.example") },
            Contact { channel: Channel::Sms, address: number.to_string() },
        ];
        let staff = NewStaff {
            login: login.to_owned(),
            name: format!("{}{login}", role.name(domain::lang::Lang::Zh)),
            role,
            unit,
            lead,
            contacts,
            password: PASSWORD.to_owned(),
        };
        let id = add_staff(desk, &staff).await.unwrap();
        self.people.push((login.to_owned(), id));
    }
}

async fn school(desk: &Desk, tx: &mut storage::Tx, district: DistrictId, name: &str) -> School {
    let id = SchoolId::new(desk.ids.uuid());
    let record = SchoolRecord {
        id,
        district,
        name: name.to_owned(),
        duty_phone: Some("0393-5550100".to_owned()),
        counsellor_phone: Some("0393-5550101".to_owned()),
    };
    tx.add_school(&record).await.unwrap();
    let mut school = School { id, grades: Vec::new(), classes: Vec::new() };
    for year in [2026, 2025] {
        let grade =
            GradeRecord { id: GradeId::new(desk.ids.uuid()), school: id, stage: Stage::Junior, entry_year: year };
        tx.add_grade(&grade).await.unwrap();
        school.grades.push(grade.id);
        for number in ["1", "2"] {
            let class =
                ClassRecord { id: ClassId::new(desk.ids.uuid()), grade: grade.clone(), name: number.to_owned() };
            tx.add_class(&class).await.unwrap();
            let students = students(desk, district, &class, school.classes.len());
            tx.add_students(&students, None).await.unwrap();
            school.classes.push(Class {
                id: class.id,
                grade: grade.id,
                students: students.iter().map(|s| s.id).collect(),
            });
        }
    }
    school
}

fn students(desk: &Desk, district: DistrictId, class: &ClassRecord, n: usize) -> Vec<NewStudent> {
    let given = ["一然", "二鸣", "三原", "四维"];
    let surname = ["赵", "钱", "孙", "李"][n % 4];
    let one = |(i, given): (usize, &&str)| {
        let name = format!("{surname}{given}");
        NewStudent {
            id: StudentId::new(desk.ids.uuid()),
            district,
            school: class.grade.school,
            grade: class.grade.id,
            class: class.id,
            name_key: name.clone(),
            pinyin: format!("pinyin{n}{i}"),
            initials: format!("py{n}{i}"),
            name,
            seat: Some(format!("{}排{}座", i + 1, n + 1)),
            gender: None,
            birth_date: Some(format!("2013-0{}-01", i + 1)),
            student_number: None,
            boards: i == 0,
            dormitory: None,
            bed: None,
            guardians: Vec::new(),
        }
    };
    given.iter().enumerate().map(one).collect()
}
