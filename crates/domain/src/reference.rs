//! The number of a report, as people read it out on the telephone.

use uuid::Uuid;

use crate::id::ObservationId;

/// The number that people read out to each other: date and four characters without look-alikes.
#[must_use]
pub fn reference(id: ObservationId, local: chrono::NaiveDate) -> String {
    number(id.uuid(), local)
}

/// The same for anything else that has an id, such as a print: by its number a sheet leads to its line of the audit log.
#[must_use]
pub fn number(id: Uuid, local: chrono::NaiveDate) -> String {
    const ALPHABET: [char; 32] = [
        '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P',
        'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let mut bits = id.as_u128();
    let mut tail = String::new();
    for _ in 0..6 {
        let index = usize::try_from(bits & 31).unwrap_or_default();
        tail.push(ALPHABET.get(index).copied().unwrap_or('2'));
        bits >>= 5;
    }
    format!("{}-{tail}", local.format("%m%d"))
}
