//! Error codes of providers, by what has to be done next. Each provider has a table of every code that it documents.

use domain::delivery::Outcome;

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Busy: try again here.
    Retry,
    /// Cannot do it now: another provider at once.
    Elsewhere,
    /// This address will not work.
    BadAddress,
    /// Our settings at the provider are wrong.
    Refused,
    /// It may have been sent.
    Ambiguous,
}

/// A table of codes.
pub(super) type Codes = [(&'static str, Class)];

/// The outcome for a code. One that nobody documented sends the message elsewhere: it was not taken here, and nothing says
/// that it never will be. What a provider says in words is left out, since it may repeat an address.
pub(super) fn outcome(tables: &[&Codes], provider: &str, code: &str) -> Outcome {
    let mut known = tables.iter().flat_map(|codes| codes.iter());
    let class = known.find(|(known, _)| *known == code).map(|(_, class)| *class);
    let code: String = code.chars().filter(|c| !c.is_control()).take(80).collect();
    let said = format!("{provider}: {code}");
    match class {
        Some(Class::Retry) => Outcome::Retry(said),
        Some(Class::Elsewhere) | None => Outcome::Elsewhere(said),
        Some(Class::BadAddress) => Outcome::BadAddress(said),
        Some(Class::Refused) => Outcome::Refused(said),
        Some(Class::Ambiguous) => Outcome::Ambiguous(said),
    }
}

/// Walks the tables of a call: each code once in all of them, and each answer in the provider's own form comes to its class.
#[cfg(test)]
pub(super) fn walk(tables: &[&Codes], answered: impl Fn(&str) -> Outcome) {
    let mut seen = std::collections::BTreeSet::new();
    for (code, class) in tables.iter().flat_map(|codes| codes.iter()) {
        assert!(seen.insert(*code), "{code} stands twice");
        let key = match class {
            Class::Retry => "retry",
            Class::Elsewhere => "elsewhere",
            Class::BadAddress => "bad_address",
            Class::Refused => "refused",
            Class::Ambiguous => "ambiguous",
        };
        assert_eq!(answered(code).key(), key, "{code}");
    }
    assert_eq!(answered("NoSuch.Code").key(), "elsewhere", "what nobody documented");
}

/// Codes whose class is known from elsewhere: the table must agree.
#[cfg(test)]
pub(super) fn agree(codes: &Codes, class: Class, listed: &[&str]) {
    for code in listed {
        assert!(codes.contains(&(*code, class)), "{code} is not {class:?}");
    }
}
