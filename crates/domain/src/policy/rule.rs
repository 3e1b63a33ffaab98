//! Rules 规则: declarative, versioned, in configuration. They suggest; a named person decides.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::level::Level;
use crate::observation::{SafeNow, Urgency};

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable name, shown with every reason.
    pub id: String,
    /// Version of this rule.
    pub version: u32,
    /// What it says, in Chinese.
    pub zh: String,
    /// What it says, in English.
    pub en: String,
    /// What it looks for.
    #[serde(flatten)]
    pub kind: RuleKind,
}

impl Rule {
    /// What it says.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// What a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleKind {
    /// The safety question was answered so: at least this level.
    Safety {
        /// The answer.
        answer: SafeNow,
        /// The level.
        level: Level,
    },
    /// The reporter holds it to be so urgent: at least this level.
    Urgency {
        /// How urgent.
        answer: Urgency,
        /// The level.
        level: Level,
    },
    /// A sign of this catalogue level was seen: this level.
    Sign {
        /// The sign's level, and the suggestion.
        level: Level,
    },
    /// Nothing else fired: it waits untriaged on the clock of this level.
    NothingFired {
        /// Whose clock.
        level: Level,
    },
    /// The safety question was answered "not clear": one level up, red included.
    UnclearSafety {},
    /// So many events with risk signs in so many days: one level up, within the common limit.
    Repeated {
        /// How many, this one included.
        events: u32,
        /// In how many days.
        days: u32,
    },
    /// So many different observers of risk signs in so many days: one level up, within the common limit.
    Observers {
        /// How many, this one included.
        observers: u32,
        /// In how many days.
        days: u32,
    },
    /// An earlier alert of at least this level in so many months: one level up, within the common limit.
    EarlierAlert {
        /// At least this level.
        level: Level,
        /// In how many months.
        months: u32,
    },
    /// A sign with one of these tags in so many months: one level up, within the common limit.
    LifeEvent {
        /// Tags of signs.
        tags: Vec<String>,
        /// In how many months.
        months: u32,
    },
}
