//! What is wrong with an input: every fault at once, each with a stable code and a message in both languages.

use crate::lang::Lang;

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, in the words of the contract (`students[0].student`); empty when it is about the whole.
    pub field: String,
    /// Stable, snake_case.
    pub code: &'static str,
    /// What to change, in Chinese.
    pub zh: String,
    /// What to change, in English.
    pub en: String,
}

impl Fault {
    /// Names a fault of a field.
    pub fn new(field: impl Into<String>, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), code, zh: zh.into(), en: en.into() }
    }

    /// The message in a language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// Collects faults until the whole input has been looked at.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault.
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Adds the fault when `bad` holds.
    pub fn when(&mut self, bad: bool, fault: impl FnOnce() -> Fault) {
        if bad {
            self.0.push(fault());
        }
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` when nothing is wrong, else everything that is.
    ///
    /// # Errors
    /// All faults, in the order in which they were found.
    pub fn or<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    /// The faults themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<Fault> {
        self.0
    }
}

/// The first `most` faults, and how many more there are.
#[must_use]
pub fn capped(mut faults: Vec<Fault>, most: usize) -> Vec<Fault> {
    let rest = faults.len().saturating_sub(most);
    faults.truncate(most);
    if rest > 0 {
        faults.push(Fault::new("", "and_more", format!("另有 {rest} 项"), format!("and {rest} more")));
    }
    faults
}

/// What could not be read at all, then what was found wrong with the rest: nothing is said about a field, or a part of
/// one, that could not be read.
#[must_use]
pub fn merged(unread: Vec<Fault>, found: Vec<Fault>) -> Vec<Fault> {
    let covers = |u: &Fault, f: &Fault| {
        let rest = f.field.strip_prefix(u.field.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let more: Vec<Fault> = found.into_iter().filter(|f| !unread.iter().any(|u| covers(u, f))).collect();
    unread.into_iter().chain(more).collect()
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
