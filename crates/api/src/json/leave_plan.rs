//! A stage of a return, as it is sent.

use domain::leave::StagePlanDraft;
use utoipa::ToSchema;

use super::body::{Fields, FromFields};

/// A stage of the return.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct AwayStagePlanBody {
    /// Its first day.
    #[schema(format = Date)]
    from: String,
    /// Its last day.
    #[schema(format = Date)]
    until: String,
    /// Hours at school each day.
    #[schema(minimum = 1, maximum = 16, value_type = u32)]
    hours_per_day: Option<u8>,
    /// Who accompanies the child.
    with_whom: String,
    /// What is watched.
    watch: String,
    /// Who says how it went: `per_…`.
    owner: String,
}

impl FromFields for AwayStagePlanBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            from: f.text("from"),
            until: f.text("until"),
            hours_per_day: f.whole("hours_per_day"),
            with_whom: f.text("with_whom"),
            watch: f.text("watch"),
            owner: f.text("owner"),
        }
    }
}

impl AwayStagePlanBody {
    /// As it was typed.
    pub(super) fn draft(self) -> StagePlanDraft {
        StagePlanDraft {
            from: self.from,
            until: self.until,
            hours_per_day: self.hours_per_day.map(u32::from),
            with_whom: self.with_whom,
            watch: self.watch,
            owner: self.owner,
        }
    }
}
