//! What a grade or a school adds to a sweep. What the classes wrote stays as it is.

use domain::report::validate_summary;

use super::view_sweeps;
use crate::idempotency::IdempotencyKey;
use crate::report::{inside, keep_summary};
use crate::{CaseError, Desk, Signed, SummaryUnit};

/// Adds a summary; gives its version. A later one stands beside the earlier one.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, or [`CaseError::NotFound`].
pub async fn add_sweep_summary(
    desk: &Desk,
    by: &Signed,
    unit: SummaryUnit,
    sweep: &str,
    (text, signed): (&str, bool),
    key: Option<&IdempotencyKey>,
) -> Result<u32, CaseError> {
    let (grade, school) = inside(desk, by, unit).await?;
    let text = validate_summary(text, signed)?;
    let stands = view_sweeps(desk, by, sweep, grade, school).await?;
    let filed = stands.classes.iter().filter_map(|c| c.report.as_ref());
    let counts = serde_json::json!({
        "classes": stands.classes.len(),
        "filed": filed.clone().count(),
        "nil": filed.clone().filter(|(r, ..)| r.nil).count(),
        "students": filed.map(|(r, ..)| r.students.len()).sum::<usize>(),
    });
    keep_summary(desk, by, unit, &stands.sweep.to_string(), (text, counts), key).await
}
