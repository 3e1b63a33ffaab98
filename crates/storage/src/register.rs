//! What goes on paper of the roster.

use domain::access::Scope;
use domain::id::{ClassId, SchoolId};

use crate::row::{Values, get};
use crate::student::{in_units, roster_row};
use crate::{NewStudent, Read, StorageError};

impl Read<'_> {
    /// What the roster says of a class's students who are there and in scope, in the order of their names.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn register_of(&self, scope: &Scope, class: ClassId) -> Result<Vec<NewStudent>, StorageError> {
        let mut v = Values::default();
        let class = v.push(class.uuid());
        let visible = in_units(scope, &mut v, "s");
        let sql = format!(
            "SELECT s.* FROM student s WHERE s.class_id = {class} AND s.left_at IS NULL AND {visible} \
             ORDER BY s.pinyin, s.name_key, s.id"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(roster_row).collect()
    }

    /// Every name that a pupil of a school has, also of those who have left: to be hidden, never to be shown.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn names_of_pupils(&self, school: SchoolId) -> Result<Vec<String>, StorageError> {
        let sql = "SELECT DISTINCT name FROM student WHERE school_id = $1";
        self.all(sql, vec![school.uuid().into()]).await?.iter().map(|r| get(r, "name")).collect()
    }
}
