//! An invented district: a junior and a boarding senior school, six classes each, and everybody who works there.

use std::collections::BTreeMap;

use casework::{Contact, Desk, NewStaff, add_staff};
use chrono::TimeDelta;
use domain::coverage::{DutyTurn, Period};
use domain::delivery::Channel;
use domain::id::{ClassId, DistrictId, DutyId, GradeId, PersonId, SchoolId, StudentId};
use domain::org::{Stage, Unit};
use domain::staff::Role;
use storage::{ClassRecord, GradeRecord, NewStudent, SchoolRecord, Tx};

use super::dice::Dice;
use super::names::name;

/// The district.
pub(crate) const DISTRICT: &str = "青禾区教育局";
const SCHOOLS: [(&str, Stage, &str); 2] =
    [("青禾实验中学", Stage::Junior, "0393-5550"), ("青禾高级中学", Stage::Senior, "0393-5560")];
const STUDENTS_PER_CLASS: usize = 47;
const SEATS_PER_ROW: usize = 8;
const DUTY_AHEAD_DAYS: i64 = 400;
/// Two children of one class whose names sound alike.
const ALIKE: [&str; 2] = ["陈子淼", "陈子苗"];

/// A class, with what stories need of it.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) school: usize,
    pub(crate) entry_year: i32,
    pub(crate) teacher: String,
    pub(crate) students: Vec<StudentId>,
}

/// The people and classes of the demonstration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Town {
    pub(crate) people: BTreeMap<String, PersonId>,
    pub(crate) classes: Vec<Class>,
}

/// What the logins of the second school end with.
pub(crate) fn suffix(school: usize) -> &'static str {
    if school == 0 { "" } else { "-b" }
}

struct Builder<'a> {
    desk: &'a Desk,
    dice: Dice,
    town: Town,
}

/// Founds it. `year` is the one in which the present school year began.
pub(crate) async fn found(desk: &Desk, year: i32) -> anyhow::Result<Town> {
    let mut builder = Builder { desk, dice: Dice::new(20_260_901), town: Town::default() };
    let district = DistrictId::new(desk.ids.uuid());
    let mut tx = desk.storage.begin().await?;
    tx.add_district(district, DISTRICT).await?;
    let mut units = Vec::new();
    for (index, _) in SCHOOLS.iter().enumerate() {
        units.push(builder.school(&mut tx, district, index, year).await?);
    }
    tx.commit().await?;
    for (index, (school, grades, classes)) in units.iter().enumerate() {
        builder.staff(index, *school, grades, classes).await?;
        builder.duty(index, *school).await?;
    }
    builder.add("district", Role::DistrictOfficer, Unit::District(district), false).await?;
    builder.add("district-lead", Role::DistrictOfficer, Unit::District(district), true).await?;
    Ok(builder.town)
}

type Units = (SchoolId, Vec<GradeId>, Vec<ClassId>);

impl Builder<'_> {
    async fn school(&mut self, tx: &mut Tx, district: DistrictId, index: usize, year: i32) -> anyhow::Result<Units> {
        let Some((title, stage, phone)) = SCHOOLS.get(index) else { anyhow::bail!("no such school") };
        let id = SchoolId::new(self.desk.ids.uuid());
        let (duty, counsellor) = (format!("{phone}110"), format!("{phone}120"));
        let name = (*title).to_owned();
        let record = SchoolRecord { id, district, name, duty_phone: Some(duty), counsellor_phone: Some(counsellor) };
        tx.add_school(&record).await?;
        let (mut grades, mut classes) = (Vec::new(), Vec::new());
        for entry_year in [year, year - 1, year - 2] {
            let grade = GradeRecord { id: GradeId::new(self.desk.ids.uuid()), school: id, stage: *stage, entry_year };
            tx.add_grade(&grade).await?;
            grades.push(grade.id);
            for number in ["1", "2"] {
                let class = ClassRecord {
                    id: ClassId::new(self.desk.ids.uuid()),
                    grade: grade.clone(),
                    name: number.to_owned(),
                };
                tx.add_class(&class).await?;
                let students = self.students(district, &class, index);
                tx.add_students(&students, None).await?;
                classes.push(class.id);
                self.town.classes.push(Class {
                    school: index,
                    entry_year,
                    teacher: String::new(),
                    students: students.iter().map(|s| s.id).collect(),
                });
            }
        }
        Ok((id, grades, classes))
    }

    fn students(&mut self, district: DistrictId, class: &ClassRecord, school: usize) -> Vec<NewStudent> {
        let first = self.town.classes.is_empty();
        (0..STUDENTS_PER_CLASS)
            .map(|n| {
                let alike = ALIKE.get(n).filter(|_| first);
                let name = alike.map_or_else(|| name(&mut self.dice), |n| (*n).to_owned());
                let pinyin = roster::pinyin::Pinyin::of(&name);
                NewStudent {
                    id: StudentId::new(self.desk.ids.uuid()),
                    district,
                    school: class.grade.school,
                    grade: class.grade.id,
                    class: class.id,
                    name_key: name.clone(),
                    pinyin: pinyin.full,
                    initials: pinyin.initials.join(" "),
                    name,
                    seat: Some(format!("{}排{}座", n / SEATS_PER_ROW + 1, n % SEATS_PER_ROW + 1)),
                    gender: Some(if self.dice.below(2) == 0 { "female" } else { "male" }.to_owned()),
                    birth_date: None,
                    student_number: None,
                    boards: school == 1 || self.dice.below(9) == 0,
                    dormitory: None,
                    bed: None,
                    guardians: Vec::new(),
                }
            })
            .collect()
    }

    async fn staff(
        &mut self,
        index: usize,
        school: SchoolId,
        grades: &[GradeId],
        classes: &[ClassId],
    ) -> anyhow::Result<()> {
        let (here, s) = (Unit::School(school), suffix(index));
        for (n, class) in classes.iter().enumerate() {
            let login = if n == 0 { format!("teacher{s}") } else { format!("teacher{}{s}", n + 1) };
            self.add(&login, Role::ClassTeacher, Unit::Class(*class), false).await?;
            if let Some(known) = self.town.classes.get_mut(index * classes.len() + n) {
                known.teacher = login;
            }
        }
        for (n, grade) in grades.iter().enumerate() {
            let login = if n == 0 { format!("grade{s}") } else { format!("grade{}{s}", n + 1) };
            self.add(&login, Role::GradeLead, Unit::Grade(*grade), false).await?;
        }
        for (login, role) in [
            ("counsellor", Role::Counsellor),
            ("vice", Role::VicePrincipal),
            ("principal", Role::Principal),
            ("party", Role::PartySecretary),
            ("clinical", Role::ClinicalVicePrincipal),
            ("maths", Role::SubjectTeacher),
            ("english", Role::SubjectTeacher),
            ("dorm", Role::DormSupervisor),
            ("nurse", Role::Nurse),
            ("admin", Role::Administrator),
        ] {
            self.add(&format!("{login}{s}"), role, here, false).await?;
        }
        if let Some(class) = classes.first() {
            self.add(&format!("monitor{s}"), Role::PeerMonitor, Unit::Class(*class), false).await?;
        }
        Ok(())
    }

    /// Vice-principal, grade lead and principal take turns, day and night.
    async fn duty(&mut self, index: usize, school: SchoolId) -> anyhow::Result<()> {
        let turns = ["vice", "grade", "principal"].map(|login| format!("{login}{}", suffix(index)));
        let people: Vec<PersonId> = turns.iter().filter_map(|l| self.town.people.get(l).copied()).collect();
        let mut from = self.desk.calendar.instant(self.desk.calendar.date(self.desk.now()), chrono::NaiveTime::MIN);
        let mut tx = self.desk.storage.begin().await?;
        for person in people.iter().cycle().take(usize::try_from(DUTY_AHEAD_DAYS * 2)?) {
            let to = from + TimeDelta::days(1);
            let id = DutyId::new(self.desk.ids.uuid());
            tx.add_duty(school, &DutyTurn { id, person: *person, period: Period { from, to } }, None).await?;
            from = to;
        }
        Ok(tx.commit().await?)
    }

    async fn add(&mut self, login: &str, role: Role, unit: Unit, lead: bool) -> anyhow::Result<()> {
        let number = 19_900_000_100_u64.saturating_add(u64::try_from(self.town.people.len())?);
        let contacts = vec![
            Contact { channel: Channel::Mail, address: format!("{login}@xindeng.example") },
            Contact { channel: Channel::Sms, address: number.to_string() },
            Contact { channel: Channel::Voice, address: number.to_string() },
        ];
        let staff = NewStaff {
            login: login.to_owned(),
            name: name(&mut self.dice),
            role,
            unit,
            lead,
            contacts,
            password: format!("{:-<10}", format!("demo-{login}")),
        };
        let id = add_staff(self.desk, &staff).await?;
        self.town.people.insert(login.to_owned(), id);
        Ok(())
    }
}
