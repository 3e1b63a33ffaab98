//! The four tiers of the network 三级预警网络 and its roof: class → grade → school → district.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// Where on the chain something stands. Higher tiers are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 班级
    Class,
    /// 年级
    Grade,
    /// 学校
    School,
    /// 区县
    District,
}

impl Tier {
    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Grade => "grade",
            Self::School => "school",
            Self::District => "district",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Class, Self::Grade, Self::School, Self::District].into_iter().find(|t| t.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Class => lang.pick("班级", "class"),
            Self::Grade => lang.pick("年级", "grade"),
            Self::School => lang.pick("学校", "school"),
            Self::District => lang.pick("区教育局", "district"),
        }
    }
}
