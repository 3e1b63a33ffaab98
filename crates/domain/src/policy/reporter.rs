//! What whoever reported hears without asking.

use serde::{Deserialize, Serialize};

/// What a reporter is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReporterTerms {
    /// When nobody has looked at his report in time, he hears so once.
    pub tell_when_unread: bool,
}
