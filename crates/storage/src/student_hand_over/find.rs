//! Finding hand-overs of students. The sender's side finds what is live and what it sent; the receiver's side finds what waits
//! for it and what it got: that one waits, and about whom, and nothing of the file.

use chrono::NaiveDate;
use domain::access::{Place, Scope};
use domain::id::{ClassId, DistrictId, GradeId, PersonId, SchoolId, StudentHandOverId, StudentId};
use domain::student_hand_over::{MatterKind, MoveKind, MoveState};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{Destination, MoveAnswer, MoveFilter, MoveReader, StudentHandOverRecord};
use crate::list::day;
use crate::org::{ClassRecord, GradeRecord};
use crate::row::{Values, at, get, instant, json, maybe_instant, number, word};
use crate::{Read, StorageError};

const SELECT: &str = "SELECT h.*, s.name AS student_name, fc.name AS from_class_name, fg.stage AS from_stage, \
                      fg.entry_year AS from_year, fs.name AS from_school_name, ts.name AS to_school_name, \
                      tc.name AS to_class_name, tg.stage AS to_stage, tg.entry_year AS to_year, \
                      p.name AS sent_by_name, a.name AS answered_by_name \
                      FROM student_hand_over h JOIN student s ON s.id = h.student_id \
                      JOIN class fc ON fc.id = h.from_class_id JOIN grade fg ON fg.id = h.from_grade_id \
                      JOIN school fs ON fs.id = h.from_school_id LEFT JOIN school ts ON ts.id = h.to_school_id \
                      LEFT JOIN class tc ON tc.id = h.to_class_id LEFT JOIN grade tg ON tg.id = h.to_grade_id \
                      LEFT JOIN person p ON p.id = h.sent_by LEFT JOIN person a ON a.id = h.answered_by";

impl Read<'_> {
    /// A hand-over that a reader may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_hand_over(
        &self,
        reader: &MoveReader,
        id: StudentHandOverId,
    ) -> Result<Option<StudentHandOverRecord>, StorageError> {
        let mut v = Values::default();
        let id = v.push(id.uuid());
        let visible = visible(reader, &mut v);
        let sql = format!("{SELECT} WHERE h.id = {id} AND {visible}");
        self.one(&sql, v.into_vec()).await?.as_ref().map(record).transpose()
    }

    /// Hand-overs that a reader may see, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_hand_overs(
        &self,
        reader: &MoveReader,
        filter: &MoveFilter,
    ) -> Result<Vec<StudentHandOverRecord>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![visible(reader, &mut v)];
        match filter.state {
            Some(state) => wanted.push(format!("h.state = {}", v.push(state.key()))),
            None if filter.any_state => {}
            None => wanted.push("h.act_at IS NOT NULL".to_owned()),
        }
        if let Some(student) = filter.student {
            wanted.push(format!("h.student_id = {}", v.push(student.uuid())));
        }
        if filter.mine {
            wanted.push(mine(reader, &mut v));
        }
        if let Some((sent, id)) = filter.after {
            let (s, i) = (v.push(at(sent)), v.push(id.uuid()));
            wanted.push(format!("(h.sent_at < {s} OR (h.sent_at = {s} AND h.id < {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!("{SELECT} WHERE {} ORDER BY h.sent_at DESC, h.id DESC LIMIT {limit}", wanted.join(" AND "));
        self.all(&sql, v.into_vec()).await?.iter().map(record).collect()
    }

    /// A hand-over, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_hand_over_for_service(
        &self,
        id: StudentHandOverId,
    ) -> Result<Option<StudentHandOverRecord>, StorageError> {
        self.one(&format!("{SELECT} WHERE h.id = $1"), vec![id.uuid().into()]).await?.as_ref().map(record).transpose()
    }

    /// The live hand-over of a student, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn live_hand_over_of(&self, student: StudentId) -> Result<Option<StudentHandOverRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE h.student_id = $1 AND h.act_at IS NOT NULL");
        self.one(&sql, vec![student.uuid().into()]).await?.as_ref().map(record).transpose()
    }

    /// The classes that imports have put students into, who are not there yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn placed_by_imports(
        &self,
        school: SchoolId,
    ) -> Result<Vec<(StudentId, GradeId, ClassId)>, StorageError> {
        let sql = "SELECT student_id, to_grade_id, to_class_id FROM student_hand_over WHERE from_school_id = $1 \
                   AND act_at IS NOT NULL AND import_id IS NOT NULL AND to_class_id IS NOT NULL";
        let rows = self.all(sql, vec![school.uuid().into()]).await?;
        let placed = |r: &QueryResult| {
            let (grade, class) = (GradeId::new(get(r, "to_grade_id")?), ClassId::new(get(r, "to_class_id")?));
            Ok((StudentId::new(get(r, "student_id")?), grade, class))
        };
        rows.iter().map(placed).collect()
    }

    /// Students whom another school has accepted, and who have their first day there after a day; from where the scope reaches.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn still_here(&self, scope: &Scope, day: NaiveDate) -> Result<Vec<StudentId>, StorageError> {
        let mut v = Values::default();
        let (from, day) = (units(scope, &mut v, "from"), v.push(day.to_string()));
        let sql = format!(
            "SELECT h.student_id FROM student_hand_over h WHERE {from} AND h.state = 'accepted' \
             AND h.to_school_id <> h.from_school_id AND h.effective_on > {day}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(StudentId::new(get(r, "student_id")?))).collect()
    }

    /// Hand-overs whose time has come, earliest first. Looks at the index of what is due, not at what is live.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_student_hand_overs(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<StudentHandOverId>, StorageError> {
        let sql =
            "SELECT id FROM student_hand_over WHERE act_at IS NOT NULL AND act_at <= $1 ORDER BY act_at, id LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(StudentHandOverId::new(get(r, "id")?))).collect()
    }
}

/// What he sent, what waits on his side, and what came back to it.
fn mine(reader: &MoveReader, v: &mut Values) -> String {
    let own = v.list(reader.own.iter().map(|p| p.uuid()));
    let (from, to) = (units(&reader.files, v, "from"), units(&reader.files, v, "to"));
    format!(
        "(h.sent_by IN ({own}) OR (h.state = 'waiting' AND ({to} OR (h.to_school_id IS NULL AND {from}))) \
         OR (h.state = 'refused' AND {from}))"
    )
}

fn visible(reader: &MoveReader, v: &mut Values) -> String {
    let own = v.list(reader.own.iter().map(|p| p.uuid()));
    let (from, to) = (units(&reader.files, v, "from"), units(&reader.files, v, "to"));
    format!(
        "(h.sent_by IN ({own}) OR h.answered_by IN ({own}) OR (h.act_at IS NOT NULL AND {from}) \
         OR (h.state IN ('waiting', 'accepted') AND {to}))"
    )
}

fn units(scope: &Scope, v: &mut Values, side: &str) -> String {
    let classes = v.list(scope.classes.iter().map(|i| i.uuid()));
    let grades = v.list(scope.grades.iter().map(|i| i.uuid()));
    let schools = v.list(scope.schools.iter().map(|i| i.uuid()));
    format!(
        "(h.{side}_class_id IN ({classes}) OR h.{side}_grade_id IN ({grades}) OR h.{side}_school_id IN ({schools}))"
    )
}

fn record(r: &QueryResult) -> Result<StudentHandOverRecord, StorageError> {
    let from = Place {
        class: ClassId::new(get(r, "from_class_id")?),
        grade: GradeId::new(get(r, "from_grade_id")?),
        school: SchoolId::new(get(r, "from_school_id")?),
        district: DistrictId::new(get(r, "from_district_id")?),
    };
    let matters: Vec<String> = json(r, "matters")?;
    let named = |id: &str, name: &str| -> Result<Option<(PersonId, String)>, StorageError> {
        let id: Option<Uuid> = get(r, id)?;
        Ok(id.zip(get::<Option<String>>(r, name)?).map(|(id, name)| (PersonId::new(id), name)))
    };
    let told: Option<String> = get(r, "told_to")?;
    let answer = match (named("answered_by", "answered_by_name")?, maybe_instant(r, "answered_at")?) {
        (Some(by), Some(at)) => Some(MoveAnswer { by, at, reason: get(r, "reason")? }),
        _ => None,
    };
    Ok(StudentHandOverRecord {
        id: StudentHandOverId::new(get(r, "id")?),
        student: (StudentId::new(get(r, "student_id")?), get(r, "student_name")?),
        kind: word(r, "kind", MoveKind::from_key)?,
        from,
        from_class: class(r, "from", from.class, from.grade, from.school)?,
        from_school: get(r, "from_school_name")?,
        to: destination(r)?,
        outside: get(r, "outside")?,
        effective_on: day(&get::<String>(r, "effective_on")?)?,
        note: get(r, "note")?,
        matters: matters.iter().filter_map(|m| MatterKind::from_key(m)).collect(),
        sent_by: named("sent_by", "sent_by_name")?,
        sent_at: instant(r, "sent_at")?,
        due_at: instant(r, "due_at")?,
        told: number(r, "told")?,
        chased_at: maybe_instant(r, "chased_at")?,
        telephone: told.zip(maybe_instant(r, "told_by_telephone_at")?),
        state: word(r, "state", MoveState::from_key)?,
        version: number(r, "version")?,
        answer,
    })
}

fn destination(r: &QueryResult) -> Result<Option<Destination>, StorageError> {
    let Some(school) = get::<Option<Uuid>>(r, "to_school_id")?.map(SchoolId::new) else { return Ok(None) };
    let (id, grade): (Option<Uuid>, Option<Uuid>) = (get(r, "to_class_id")?, get(r, "to_grade_id")?);
    let class = match (id, grade) {
        (Some(id), Some(grade)) => Some(class(r, "to", ClassId::new(id), GradeId::new(grade), school)?),
        _ => None,
    };
    let school_name = get::<Option<String>>(r, "to_school_name")?.unwrap_or_default();
    Ok(Some(Destination { school, school_name, class }))
}

fn class(
    r: &QueryResult,
    side: &str,
    id: ClassId,
    grade: GradeId,
    school: SchoolId,
) -> Result<ClassRecord, StorageError> {
    let stage = word(r, &format!("{side}_stage"), domain::org::Stage::from_key)?;
    let grade = GradeRecord { id: grade, school, stage, entry_year: number(r, &format!("{side}_year"))? };
    Ok(ClassRecord { id, grade, name: get(r, &format!("{side}_class_name"))? })
}
