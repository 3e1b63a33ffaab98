//! Shapes that several answers share.

use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody, or something, with a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Named {
    /// The prefixed id.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
}

impl Named {
    pub(crate) fn new(id: impl ToString, name: impl Into<String>) -> Self {
        Self { id: id.to_string(), name: name.into() }
    }
}

/// A unit of the organisation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnitShape {
    /// The prefixed id.
    pub(crate) id: String,
    /// `district`, `school`, `grade` or `class`.
    pub(crate) kind: String,
    /// What it is called today.
    pub(crate) name: String,
}

/// A position.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PositionShape {
    /// The role.
    pub(crate) role: String,
    /// Where.
    pub(crate) unit: UnitShape,
}

impl From<&casework::PositionView> for PositionShape {
    fn from(p: &casework::PositionView) -> Self {
        let unit =
            UnitShape { id: p.unit.to_string(), kind: p.unit.kind().key().to_owned(), name: p.unit_name.clone() };
        Self { role: p.role.key().to_owned(), unit }
    }
}

/// RFC 3339, UTC.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}
