//! What the auditor asks, keeps and mends. It reads columns, not verdicts: it does not believe that a row makes sense.

mod canary;
mod finding;
mod question;
mod repair;
mod state;

pub use canary::CanaryMessage;
pub use finding::{Found, OpenFinding, Severity};
pub use question::Question;
pub use state::{ProviderRecord, Standing, WHOLE_TABLES};
