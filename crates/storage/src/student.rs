//! Students.

use std::collections::BTreeSet;

use domain::access::{Place, Scope};
use domain::id::{ClassId, DistrictId, GradeId, ImportId, SchoolId, StudentId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::org::ClassRecord;
use crate::row::{Values, get, maybe_at, maybe_instant};
use crate::{Read, StorageError, Tx};

/// A student with the class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentRecord {
    /// The id.
    pub id: StudentId,
    /// The name.
    pub name: String,
    /// The name in the form by which names are compared and listed.
    pub name_key: String,
    /// The district.
    pub district: DistrictId,
    /// The class, its grade and school.
    pub class: ClassRecord,
    /// The seat.
    pub seat: Option<String>,
    /// Pinyin without tones.
    pub pinyin: String,
    /// Pinyin initials, all readings, separated by spaces.
    pub initials: String,
    /// Lives in the dormitory.
    pub boards: bool,
    /// Has left the school.
    pub left_at: Option<Timestamp>,
}

impl StudentRecord {
    /// Where the student is.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            class: self.class.id,
            grade: self.class.grade.id,
            school: self.class.grade.school,
            district: self.district,
        }
    }
}

/// What a student is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentName {
    /// The id.
    pub id: StudentId,
    /// The school.
    pub school: SchoolId,
    /// The name.
    pub name: String,
    /// The name in the form by which names are compared.
    pub name_key: String,
    /// Pinyin without tones.
    pub pinyin: String,
    /// Pinyin initials, all readings, separated by spaces.
    pub initials: String,
}

/// A student to be stored.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewStudent {
    /// The id.
    pub id: StudentId,
    /// The district.
    pub district: DistrictId,
    /// The school.
    pub school: SchoolId,
    /// The grade.
    pub grade: GradeId,
    /// The class.
    pub class: ClassId,
    /// The name.
    pub name: String,
    /// The name in the form by which names are compared.
    pub name_key: String,
    /// Pinyin without tones.
    pub pinyin: String,
    /// Pinyin initials.
    pub initials: String,
    /// The seat.
    pub seat: Option<String>,
    /// `male` or `female`.
    pub gender: Option<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// 学籍号: never a key.
    pub student_number: Option<String>,
    /// Lives in the dormitory.
    pub boards: bool,
    /// The dormitory.
    pub dormitory: Option<String>,
    /// The bed.
    pub bed: Option<String>,
    /// Guardians: name and telephone.
    pub guardians: Vec<(String, String)>,
}

/// Which students are wanted.
#[derive(Debug, Clone, Default)]
pub struct StudentFilter {
    /// Name, pinyin or initials begin with (or contain) this.
    pub query: Option<String>,
    /// Of this class.
    pub class: Option<ClassId>,
    /// Of this grade.
    pub grade: Option<GradeId>,
    /// Of this school.
    pub school: Option<SchoolId>,
    /// After this name and id, in the order of the list.
    pub after: Option<(String, StudentId)>,
    /// At most so many.
    pub limit: u32,
}

pub(crate) const COLUMNS: &str = "s.id, s.name, s.name_key, s.district_id, s.seat, s.pinyin, s.initials, s.boards, s.left_at, \
                       c.id AS class_id, c.name AS class_name, g.id AS grade_id, g.school_id, g.stage, g.entry_year";
pub(crate) const TABLES: &str = "student s JOIN class c ON c.id = s.class_id JOIN grade g ON g.id = s.grade_id";

impl Tx {
    /// Adds students.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_students(
        &mut self,
        students: &[NewStudent],
        import: Option<ImportId>,
    ) -> Result<(), StorageError> {
        for chunk in students.chunks(200) {
            let mut v = Values::default();
            let mut rows = Vec::with_capacity(chunk.len());
            for s in chunk {
                rows.push(v.row([
                    s.id.uuid().into(),
                    s.district.uuid().into(),
                    s.school.uuid().into(),
                    s.grade.uuid().into(),
                    s.class.uuid().into(),
                    s.name.clone().into(),
                    s.name_key.clone().into(),
                    s.pinyin.clone().into(),
                    s.initials.clone().into(),
                    s.seat.clone().into(),
                    s.gender.clone().into(),
                    s.birth_date.clone().into(),
                    s.student_number.clone().into(),
                    s.boards.into(),
                    s.dormitory.clone().into(),
                    s.bed.clone().into(),
                    crate::row::to_json(&s.guardians)?.into(),
                    import.map(ImportId::uuid).into(),
                ]));
            }
            let sql = format!(
                "INSERT INTO student (id, district_id, school_id, grade_id, class_id, name, name_key, pinyin, initials, \
                 seat, gender, birth_date, student_number, boards, dormitory, bed, guardians, import_id) VALUES {}",
                rows.join(", ")
            );
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(())
    }

    /// Replaces what the roster says of a student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn replace_student(&mut self, s: &NewStudent, import: Option<ImportId>) -> Result<(), StorageError> {
        let sql = "UPDATE student SET grade_id = $2, class_id = $3, name = $4, name_key = $5, pinyin = $6, initials = $7, \
                   seat = $8, gender = $9, birth_date = $10, student_number = $11, boards = $12, dormitory = $13, \
                   bed = $14, guardians = $15, import_id = $16 WHERE id = $1";
        let values = vec![
            s.id.uuid().into(),
            s.grade.uuid().into(),
            s.class.uuid().into(),
            s.name.clone().into(),
            s.name_key.clone().into(),
            s.pinyin.clone().into(),
            s.initials.clone().into(),
            s.seat.clone().into(),
            s.gender.clone().into(),
            s.birth_date.clone().into(),
            s.student_number.clone().into(),
            s.boards.into(),
            s.dormitory.clone().into(),
            s.bed.clone().into(),
            crate::row::to_json(&s.guardians)?.into(),
            import.map(ImportId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Marks a student as gone, or as there again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_left(&mut self, id: StudentId, when: Option<Timestamp>) -> Result<(), StorageError> {
        let sql = "UPDATE student SET left_at = $2 WHERE id = $1";
        self.run(sql, vec![id.uuid().into(), maybe_at(when)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// A student, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_for_service(&self, id: StudentId) -> Result<Option<StudentRecord>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.id = $1");
        self.one(&sql, vec![id.uuid().into()]).await?.as_ref().map(student).transpose()
    }

    /// A student in scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student(&self, scope: &Scope, id: StudentId) -> Result<Option<StudentRecord>, StorageError> {
        let mut v = Values::default();
        let id = v.push(id.uuid());
        let visible = in_units(scope, &mut v, "s");
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.id = {id} AND {visible}");
        self.one(&sql, v.into_vec()).await?.as_ref().map(student).transpose()
    }

    /// Students in scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn students_by_id(&self, scope: &Scope, ids: &[StudentId]) -> Result<Vec<StudentRecord>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().map(|i| i.uuid()));
        let visible = in_units(scope, &mut v, "s");
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE s.id IN ({list}) AND s.left_at IS NULL AND {visible}");
        self.all(&sql, v.into_vec()).await?.iter().map(student).collect()
    }

    /// Students in scope, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn students(&self, scope: &Scope, filter: &StudentFilter) -> Result<Vec<StudentRecord>, StorageError> {
        let mut v = Values::default();
        let mut wanted = within(scope, filter, &mut v);
        if let Some(query) = &filter.query {
            let text = escape(query);
            let lower = text.to_lowercase();
            let (name, from, word) = (format!("%{text}%"), format!("{lower}%"), format!("% {lower}%"));
            wanted.push(format!(
                "(s.name LIKE {} ESCAPE '!' OR s.pinyin LIKE {f} ESCAPE '!' OR s.initials LIKE {f} ESCAPE '!' \
                 OR s.initials LIKE {} ESCAPE '!')",
                v.push(name),
                v.push(word),
                f = v.push(from),
            ));
        }
        if let Some((name, id)) = &filter.after {
            let (n, i) = (v.push(name.clone()), v.push(id.uuid()));
            wanted.push(format!("(s.name_key > {n} OR (s.name_key = {n} AND s.id > {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE {} ORDER BY s.name_key, s.id LIMIT {limit}",
            wanted.join(" AND ")
        );
        self.all(&sql, v.into_vec()).await?.iter().map(student).collect()
    }

    /// How all students in scope are called, whatever was searched for and whichever page is looked at.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn student_names(
        &self,
        scope: &Scope,
        filter: &StudentFilter,
        schools: &BTreeSet<SchoolId>,
    ) -> Result<Vec<StudentName>, StorageError> {
        let mut v = Values::default();
        let mut wanted = within(scope, filter, &mut v);
        wanted.push(format!("s.school_id IN ({})", v.list(schools.iter().map(|s| s.uuid()))));
        let sql = format!(
            "SELECT s.id, s.school_id, s.name, s.name_key, s.pinyin, s.initials FROM student s WHERE {}",
            wanted.join(" AND ")
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                Ok(StudentName {
                    id: StudentId::new(get(r, "id")?),
                    school: SchoolId::new(get(r, "school_id")?),
                    name: get(r, "name")?,
                    name_key: get(r, "name_key")?,
                    pinyin: get(r, "pinyin")?,
                    initials: get(r, "initials")?,
                })
            })
            .collect()
    }

    /// Everything that the roster says of a school's students who are there.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn roster_of(&self, school: SchoolId) -> Result<Vec<NewStudent>, StorageError> {
        let rows = self
            .all("SELECT * FROM student WHERE school_id = $1 AND left_at IS NULL", vec![school.uuid().into()])
            .await?;
        rows.iter().map(roster_row).collect()
    }
}

/// The units that are wanted, as far as they lie in scope.
fn within(scope: &Scope, filter: &StudentFilter, v: &mut Values) -> Vec<String> {
    let mut wanted = vec![in_units(scope, v, "s"), "s.left_at IS NULL".to_owned()];
    let units: [(&str, Option<Uuid>); 3] = [
        ("s.class_id", filter.class.map(ClassId::uuid)),
        ("s.grade_id", filter.grade.map(GradeId::uuid)),
        ("s.school_id", filter.school.map(SchoolId::uuid)),
    ];
    for (column, id) in units {
        if let Some(id) = id {
            wanted.push(format!("{column} = {}", v.push(id)));
        }
    }
    wanted
}

/// `LIKE` with `!` as its escape.
fn escape(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// The words of SQL that say "this student lies in one of the units of the scope".
pub(crate) fn in_units(scope: &Scope, v: &mut Values, table: &str) -> String {
    let mut any = Vec::new();
    let mut add = |column: &str, ids: Vec<Uuid>, v: &mut Values| {
        if !ids.is_empty() {
            any.push(format!("{table}.{column} IN ({})", v.list(ids)));
        }
    };
    add("class_id", scope.classes.iter().map(|i| i.uuid()).collect(), v);
    add("grade_id", scope.grades.iter().map(|i| i.uuid()).collect(), v);
    add("school_id", scope.schools.iter().map(|i| i.uuid()).collect(), v);
    add("district_id", scope.districts.iter().map(|i| i.uuid()).collect(), v);
    if table == "s" {
        add("id", scope.beyond.iter().map(|i| i.uuid()).collect(), v);
    }
    if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" OR ")) }
}

pub(crate) fn student(r: &QueryResult) -> Result<StudentRecord, StorageError> {
    Ok(StudentRecord {
        id: StudentId::new(get(r, "id")?),
        name: get(r, "name")?,
        name_key: get(r, "name_key")?,
        district: DistrictId::new(get(r, "district_id")?),
        class: crate::org::class(r)?,
        seat: get(r, "seat")?,
        pinyin: get(r, "pinyin")?,
        initials: get(r, "initials")?,
        boards: get(r, "boards")?,
        left_at: maybe_instant(r, "left_at")?,
    })
}

pub(crate) fn roster_row(r: &QueryResult) -> Result<NewStudent, StorageError> {
    Ok(NewStudent {
        id: StudentId::new(get(r, "id")?),
        district: DistrictId::new(get(r, "district_id")?),
        school: SchoolId::new(get(r, "school_id")?),
        grade: GradeId::new(get(r, "grade_id")?),
        class: ClassId::new(get(r, "class_id")?),
        name: get(r, "name")?,
        name_key: get(r, "name_key")?,
        pinyin: get(r, "pinyin")?,
        initials: get(r, "initials")?,
        seat: get(r, "seat")?,
        gender: get(r, "gender")?,
        birth_date: get(r, "birth_date")?,
        student_number: get(r, "student_number")?,
        boards: get(r, "boards")?,
        dormitory: get(r, "dormitory")?,
        bed: get(r, "bed")?,
        guardians: crate::row::json(r, "guardians")?,
    })
}
