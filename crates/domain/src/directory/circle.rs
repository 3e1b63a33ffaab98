//! Who may hear of a report or of an alert at all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::observation::ConcernKind;
use crate::staff::Role;

/// Who may hear of an alert at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody whom the ladder calls, less those excluded by name.
    #[default]
    Everyone,
    /// It concerns staff of the school and no name is known: counsellor, vice-principal and district.
    Confidants,
    /// It concerns the principal: the district alone.
    DistrictOnly,
}

impl Audience {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Confidants => "confidants",
            Self::DistrictOnly => "district_only",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }

    /// The audience of one report.
    #[must_use]
    pub fn of(concerns: ConcernKind, someone_named: bool, principal_named: bool) -> Self {
        if principal_named {
            Self::DistrictOnly
        } else if concerns == ConcernKind::Staff && !someone_named {
            Self::Confidants
        } else {
            Self::Everyone
        }
    }

    /// Every audience, the widest first: each admits everybody whom the next one admits.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Confidants, Self::DistrictOnly];

    /// Whether a role may hear.
    #[must_use]
    pub fn admits(self, role: Role) -> bool {
        let district = role == Role::DistrictOfficer;
        match self {
            Self::Everyone => true,
            Self::Confidants => {
                district || matches!(role, Role::Counsellor | Role::VicePrincipal | Role::ClinicalVicePrincipal)
            }
            Self::DistrictOnly => district,
        }
    }
}

/// Who may hear of a report or of an alert: everybody whom its audience admits, less those left out by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Circle {
    /// Who may hear at all.
    pub audience: Audience,
    /// Who must not.
    pub left_out: BTreeSet<PersonId>,
}

impl Circle {
    /// Whether not everybody may hear.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        *self != Self::default()
    }

    /// Whether everybody in this circle may hear of what that one is told.
    #[must_use]
    pub fn may_know_of(&self, other: &Self) -> bool {
        other.audience <= self.audience && other.left_out.is_subset(&self.left_out)
    }

    /// Its key in the database: the same for the same people, and empty where nobody is left out.
    #[must_use]
    pub fn key(&self) -> String {
        if !self.is_restricted() {
            return String::new();
        }
        let people: Vec<String> = self.left_out.iter().map(ToString::to_string).collect();
        format!("{}:{}", self.audience.key(), people.join(","))
    }
}

#[cfg(test)]
#[path = "circle_tests.rs"]
mod tests;
