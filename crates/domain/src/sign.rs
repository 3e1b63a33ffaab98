//! The catalogue of signs 表现: what one sees or hears, in behaviour words, with the level each suggests.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::fault::{Fault, Faults};
use crate::lang::Lang;
use crate::level::Level;

/// The most signs that one observation may carry.
pub const SIGNS_PER_OBSERVATION: usize = 30;

/// A category as it is written in configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable code.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignDraft {
    code: String,
    category: String,
    level: u8,
    zh: String,
    en: String,
    #[serde(default)]
    tags: BTreeSet<String>,
}

/// The catalogue as it is written in configuration, not yet looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueDraft {
    version: u32,
    category: Vec<Category>,
    sign: Vec<SignDraft>,
}

/// One sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Stable code; codes are for ever.
    pub code: String,
    /// The code of its category.
    pub category: String,
    /// What it suggests by itself; `None` for protective and neutral signs.
    pub level: Option<Level>,
    /// Chinese wording.
    pub zh: String,
    /// English wording.
    pub en: String,
    /// What rules may look for (`bereavement`, `return_to_school` …).
    pub tags: BTreeSet<String>,
}

impl Sign {
    /// The wording in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The catalogue in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Its version.
    pub version: u32,
    categories: Vec<Category>,
    signs: Vec<Sign>,
    by_code: BTreeMap<String, usize>,
}

impl Catalogue {
    /// Looks at a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: CatalogueDraft) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let categories: BTreeSet<&str> = draft.category.iter().map(|c| c.code.as_str()).collect();
        let mut by_code = BTreeMap::new();
        let mut signs = Vec::with_capacity(draft.sign.len());
        for (index, sign) in draft.sign.iter().enumerate() {
            let field = format!("sign[{}]", sign.code);
            faults.when(!categories.contains(sign.category.as_str()), || {
                Fault::new(
                    &field,
                    "unknown_category",
                    format!("没有类别 {}", sign.category),
                    format!("no category {}", sign.category),
                )
            });
            faults.when(by_code.insert(sign.code.clone(), index).is_some(), || {
                Fault::new(&field, "duplicate_code", "表现代码重复", "this code stands twice")
            });
            let level = if sign.level == 0 { None } else { Level::try_from(sign.level).ok() };
            faults.when(sign.level > 4, || Fault::new(&field, "bad_level", "等级只能是 0–4", "a level is 0 to 4"));
            signs.push(Sign {
                code: sign.code.clone(),
                category: sign.category.clone(),
                level,
                zh: sign.zh.clone(),
                en: sign.en.clone(),
                tags: sign.tags.clone(),
            });
        }
        faults.when(!signs.iter().any(|s| s.level == Some(Level::Red)), || {
            Fault::new("sign", "no_critical_sign", "目录里没有红色表现", "the catalogue has no sign of level 4")
        });
        faults.or(Self { version: draft.version, categories: draft.category, signs, by_code })
    }

    /// The sign with a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Sign> {
        self.by_code.get(code).and_then(|i| self.signs.get(*i))
    }

    /// Every sign, in the order of the file.
    #[must_use]
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// Every category, in the order of the file.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }
}
