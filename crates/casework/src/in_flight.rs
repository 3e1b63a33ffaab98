//! Which idempotency keys are being worked on in this process.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::PersonId;

use crate::{CaseError, IdempotencyKey};

type Keys = HashSet<(PersonId, String)>;

/// The keys of requests that are under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<Keys>>);

/// A key that is being worked on, until this is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    keys: InFlight,
    key: Option<(PersonId, String)>,
}

impl InFlight {
    /// Claims a key. A key that waits for the first request claims nothing: the transaction makes it wait.
    pub(crate) fn claim(&self, person: PersonId, key: Option<&IdempotencyKey>) -> Result<Claim, CaseError> {
        let key = key.filter(|k| !k.waits).map(|k| (person, k.key.clone()));
        if let Some(key) = &key
            && !self.with(|keys| keys.insert(key.clone()))
        {
            return Err(CaseError::InProgress);
        }
        Ok(Claim { keys: self.clone(), key })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Keys) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.keys.with(|keys| keys.remove(&key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_claimed_once_at_a_time_by_each_person() {
        let (keys, key) = (InFlight::default(), IdempotencyKey::new("k", "op", b"{}").at_once());
        let person = |n| PersonId::new(uuid::Uuid::from_u128(n));
        let first = keys.claim(person(1), Some(&key)).unwrap();
        assert!(matches!(keys.claim(person(1), Some(&key)), Err(CaseError::InProgress)));
        assert!(keys.claim(person(2), Some(&key)).is_ok());
        assert!(keys.claim(person(1), None).is_ok());
        assert!(keys.claim(person(1), Some(&IdempotencyKey::new("k", "op", b"{}"))).is_ok());
        drop(first);
        assert!(keys.claim(person(1), Some(&key)).is_ok());
    }
}
