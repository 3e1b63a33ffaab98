//! What goes on paper of the roster.

use domain::access::Scope;
use domain::id::{ClassId, StudentId};

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

    /// Every name that a pupil has of a school where a student is or was, also of those who have left or gone to another: to be
    /// hidden, never to be shown.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn names_beside(&self, student: StudentId) -> Result<Vec<String>, StorageError> {
        let schools = "SELECT b.school_id FROM student b WHERE b.id = $1 UNION \
                       SELECT f.from_school_id FROM student_hand_over f WHERE f.student_id = $1 AND f.state = 'accepted'";
        let sql = format!(
            "SELECT s.name FROM student s WHERE s.school_id IN ({schools}) UNION \
             SELECT s.name FROM student_hand_over h JOIN student s ON s.id = h.student_id \
             WHERE h.from_school_id IN ({schools}) AND h.state = 'accepted'"
        );
        self.all(&sql, vec![student.uuid().into()]).await?.iter().map(|r| get(r, "name")).collect()
    }
}
