//! Looking again after a close 回访.

use super::decision::REASON_CHARS;
use crate::fault::{Fault, Faults};

/// What somebody found who looked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// All is well; else the alert is open again.
    pub well: bool,
    /// What was seen.
    pub note: String,
}

impl Recheck {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(well: Option<bool>, note: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        faults.when(well.is_none(), || {
            Fault::new("well", "required", "请选择孩子现在是否平稳", "Say whether the student is well")
        });
        let note = crate::text::lines(note, "note", &mut faults);
        faults.when(note.is_empty(), || Fault::new("note", "required", "请写明看到的情况", "Say what was seen"));
        faults.when(note.chars().count() > REASON_CHARS, || {
            let (zh, en) = (format!("最多 {REASON_CHARS} 个字"), format!("at most {REASON_CHARS} characters"));
            Fault::new("note", "too_long", zh, en)
        });
        let Some(well) = well else { return Err(faults.into_vec()) };
        faults.or(Self { well, note })
    }
}
