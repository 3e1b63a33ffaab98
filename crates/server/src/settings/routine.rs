//! Settings of a school's week.

use serde::{Deserialize, Serialize};

section! {
    /// What comes round every week.
    RoutineSettings {
        /// Whether class teachers are asked for a weekly report; when, says the calendar.
        class_reports: bool = true,
    }
}
