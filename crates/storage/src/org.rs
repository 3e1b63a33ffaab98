//! Districts, schools, grades, classes.

use domain::id::{ClassId, DistrictId, GradeId, SchoolId};
use domain::org::Stage;

use crate::row::{get, number, word};
use crate::{Read, StorageError, Tx};

/// A school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolRecord {
    /// Its id.
    pub id: SchoolId,
    /// Its district.
    pub district: DistrictId,
    /// Its name.
    pub name: String,
    /// The telephone that is always answered.
    pub duty_phone: Option<String>,
    /// The counsellor's telephone.
    pub counsellor_phone: Option<String>,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeRecord {
    /// Its id.
    pub id: GradeId,
    /// Its school.
    pub school: SchoolId,
    /// Its stage.
    pub stage: Stage,
    /// The year of entry.
    pub entry_year: i32,
}

/// A class, with its grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRecord {
    /// Its id.
    pub id: ClassId,
    /// Its grade.
    pub grade: GradeRecord,
    /// Its own name: a number, or a name such as 海豚班.
    pub name: String,
}

impl Tx {
    /// Adds a district.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_district(&mut self, id: DistrictId, name: &str) -> Result<(), StorageError> {
        self.run("INSERT INTO district (id, name) VALUES ($1, $2)", vec![id.uuid().into(), name.into()])
            .await
            .map(|_| ())
    }

    /// Adds a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_school(&mut self, s: &SchoolRecord) -> Result<(), StorageError> {
        let sql =
            "INSERT INTO school (id, district_id, name, duty_phone, counsellor_phone) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            s.id.uuid().into(),
            s.district.uuid().into(),
            s.name.clone().into(),
            s.duty_phone.clone().into(),
            s.counsellor_phone.clone().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Adds a grade.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the school has it.
    pub async fn add_grade(&mut self, g: &GradeRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO grade (id, school_id, stage, entry_year) VALUES ($1, $2, $3, $4)";
        let values =
            vec![g.id.uuid().into(), g.school.uuid().into(), g.stage.key().into(), i64::from(g.entry_year).into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Adds a class.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the grade has it.
    pub async fn add_class(&mut self, c: &ClassRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO class (id, grade_id, school_id, name) VALUES ($1, $2, $3, $4)";
        let values =
            vec![c.id.uuid().into(), c.grade.id.uuid().into(), c.grade.school.uuid().into(), c.name.clone().into()];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Whether anything has been set up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_empty(&self) -> Result<bool, StorageError> {
        let sql = "SELECT id FROM district WHERE id <> $1 LIMIT 1";
        Ok(self.one(sql, vec![domain::canary::DISTRICT.uuid().into()]).await?.is_none())
    }

    /// The name of a district.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn district_name(&self, id: DistrictId) -> Result<Option<String>, StorageError> {
        let row = self.one("SELECT name FROM district WHERE id = $1", vec![id.uuid().into()]).await?;
        row.map(|r| get(&r, "name")).transpose()
    }

    /// A district by its name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn district_named(&self, name: &str) -> Result<Option<DistrictId>, StorageError> {
        let row = self.one("SELECT id FROM district WHERE name = $1", vec![name.into()]).await?;
        row.map(|r| Ok(DistrictId::new(get(&r, "id")?))).transpose()
    }

    /// Every school but the canary's.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn schools(&self) -> Result<Vec<SchoolRecord>, StorageError> {
        let sql = "SELECT * FROM school WHERE id <> $1 ORDER BY name";
        self.all(sql, vec![domain::canary::SCHOOL.uuid().into()]).await?.iter().map(school).collect()
    }

    /// A school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn school(&self, id: SchoolId) -> Result<Option<SchoolRecord>, StorageError> {
        let row = self.one("SELECT * FROM school WHERE id = $1", vec![id.uuid().into()]).await?;
        row.as_ref().map(school).transpose()
    }

    /// The grades of a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn grades(&self, school: SchoolId) -> Result<Vec<GradeRecord>, StorageError> {
        let sql = "SELECT id AS grade_id, school_id, stage, entry_year FROM grade WHERE school_id = $1 \
                   ORDER BY stage, entry_year DESC";
        self.all(sql, vec![school.uuid().into()]).await?.iter().map(grade).collect()
    }

    /// The classes of a school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn classes(&self, school: SchoolId) -> Result<Vec<ClassRecord>, StorageError> {
        let sql = "SELECT c.id AS class_id, c.name AS class_name, g.id AS grade_id, g.school_id, g.stage, g.entry_year \
                   FROM class c JOIN grade g ON g.id = c.grade_id WHERE c.school_id = $1 \
                   ORDER BY g.stage, g.entry_year DESC, c.name";
        self.all(sql, vec![school.uuid().into()]).await?.iter().map(class).collect()
    }

    /// One class.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn class(&self, id: ClassId) -> Result<Option<ClassRecord>, StorageError> {
        let sql = "SELECT c.id AS class_id, c.name AS class_name, g.id AS grade_id, g.school_id, g.stage, g.entry_year \
                   FROM class c JOIN grade g ON g.id = c.grade_id WHERE c.id = $1";
        self.one(sql, vec![id.uuid().into()]).await?.as_ref().map(class).transpose()
    }

    /// One grade.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn grade(&self, id: GradeId) -> Result<Option<GradeRecord>, StorageError> {
        let sql = "SELECT id AS grade_id, school_id, stage, entry_year FROM grade WHERE id = $1";
        self.one(sql, vec![id.uuid().into()]).await?.as_ref().map(grade).transpose()
    }
}

fn school(r: &sea_orm::QueryResult) -> Result<SchoolRecord, StorageError> {
    Ok(SchoolRecord {
        id: SchoolId::new(get(r, "id")?),
        district: DistrictId::new(get(r, "district_id")?),
        name: get(r, "name")?,
        duty_phone: get(r, "duty_phone")?,
        counsellor_phone: get(r, "counsellor_phone")?,
    })
}

pub(crate) fn grade(r: &sea_orm::QueryResult) -> Result<GradeRecord, StorageError> {
    Ok(GradeRecord {
        id: GradeId::new(get(r, "grade_id")?),
        school: SchoolId::new(get(r, "school_id")?),
        stage: word(r, "stage", Stage::from_key)?,
        entry_year: number(r, "entry_year")?,
    })
}

pub(crate) fn class(r: &sea_orm::QueryResult) -> Result<ClassRecord, StorageError> {
    Ok(ClassRecord { id: ClassId::new(get(r, "class_id")?), grade: grade(r)?, name: get(r, "class_name")? })
}
