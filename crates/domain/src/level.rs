//! Levels of response 响应等级: an ordinal 1–4 inside; labels and colours are configuration.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// How urgent the response is. It belongs to the response, never to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Level {
    /// 1 蓝: the class teacher talks and watches.
    Blue,
    /// 2 黄: class teacher and counsellor, an interview.
    Yellow,
    /// 3 橙: seen before the child leaves school that day.
    Orange,
    /// 4 红: an adult with the child within 15 minutes.
    Red,
}

/// A number that is not a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a level is 1 (blue), 2 (yellow), 3 (orange) or 4 (red)")]
pub struct NotALevel;

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 4] = [Self::Blue, Self::Yellow, Self::Orange, Self::Red];

    /// One up; red stays red.
    #[must_use]
    pub fn up(self) -> Self {
        match self {
            Self::Blue => Self::Yellow,
            Self::Yellow => Self::Orange,
            Self::Orange | Self::Red => Self::Red,
        }
    }

    /// Its number, 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Blue => 1,
            Self::Yellow => 2,
            Self::Orange => 3,
            Self::Red => 4,
        }
    }

    /// Its key in configuration.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }

    /// Its short name.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Blue => lang.pick("蓝", "blue"),
            Self::Yellow => lang.pick("黄", "yellow"),
            Self::Orange => lang.pick("橙", "orange"),
            Self::Red => lang.pick("红", "red"),
        }
    }

    /// Lowering an orange or a red needs two people.
    #[must_use]
    pub fn needs_second_signature(self) -> bool {
        match self {
            Self::Blue | Self::Yellow => false,
            Self::Orange | Self::Red => true,
        }
    }
}

/// A level that a signed decision may keep from climbing for a while. A red is none of them, by type.
///
/// ```
/// # use domain::level::BelowRed;
/// let _ = BelowRed::Orange;
/// ```
///
/// ```compile_fail,E0599
/// # use domain::level::BelowRed;
/// let _ = BelowRed::Red;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BelowRed {
    /// 1 蓝.
    Blue,
    /// 2 黄.
    Yellow,
    /// 3 橙.
    Orange,
}

impl BelowRed {
    /// Every one of them, lowest first.
    pub const ALL: [Self; 3] = [Self::Blue, Self::Yellow, Self::Orange];

    /// A level as one of them; a red is none.
    #[must_use]
    pub fn of(level: Level) -> Option<Self> {
        match level {
            Level::Blue => Some(Self::Blue),
            Level::Yellow => Some(Self::Yellow),
            Level::Orange => Some(Self::Orange),
            Level::Red => None,
        }
    }

    /// As a level.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Blue => Level::Blue,
            Self::Yellow => Level::Yellow,
            Self::Orange => Level::Orange,
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level.number()
    }
}

impl TryFrom<u8> for Level {
    type Error = NotALevel;
    fn try_from(n: u8) -> Result<Self, NotALevel> {
        match n {
            1 => Ok(Self::Blue),
            2 => Ok(Self::Yellow),
            3 => Ok(Self::Orange),
            4 => Ok(Self::Red),
            _ => Err(NotALevel),
        }
    }
}
