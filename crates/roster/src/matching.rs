//! Matches columns with fields.

use crate::columns::{Column, Columns, Confidence, DropReason, checked_only};
use crate::field::Field;
use crate::header::{self, Meaning};
use crate::table::{Table, letters};

/// Matches the headers of a table with fields.
#[must_use]
pub fn match_columns(table: &Table) -> Columns {
    let meanings: Vec<Meaning> = table.headers.iter().map(|h| header::meaning(h)).collect();
    let shown: Vec<String> = table.headers.iter().map(|h| header::shown(h)).collect();
    let named = shown.iter().zip(&meanings).enumerate().filter(|(_, (header, _))| !header.is_empty());
    let columns = named.map(|(index, (header, meaning))| {
        let rival = |other: usize, that: Meaning| beats(that, other, *meaning, index);
        let beaten = meanings.iter().enumerate().any(|(other, that)| other != index && rival(other, *that));
        let (field, confidence, dropped) = match meaning {
            Meaning::Exact(..) | Meaning::Likely(..) if beaten => (None, None, Some(DropReason::Duplicate)),
            Meaning::Exact(field, _) => (Some(*field), Some(Confidence::Certain), checked_only(*field)),
            Meaning::Likely(field, _) => (Some(*field), Some(Confidence::Likely), checked_only(*field)),
            Meaning::Never => (None, None, Some(DropReason::Never)),
            Meaning::Unknown => (None, None, Some(DropReason::Unknown)),
        };
        let earlier = shown.iter().take(index).filter(|h| *h == header).count();
        let header = if earlier == 0 { header.clone() } else { format!("{header}#{}", earlier + 1) };
        let holds_ids = matches!(meaning, Meaning::Exact(Field::IdNumber, _) | Meaning::Likely(Field::IdNumber, _));
        Column { letters: letters(index), header, field, confidence, dropped, index, holds_ids }
    });
    Columns { columns: columns.collect() }
}

/// Whether one column names a field better than another: the surer match, then the earlier word, then the left one.
fn beats(that: Meaning, that_at: usize, this: Meaning, this_at: usize) -> bool {
    let weight = |meaning: Meaning, at: usize| match meaning {
        Meaning::Exact(field, rank) => Some((field, (0, rank, at))),
        Meaning::Likely(field, rank) => Some((field, (1, rank, at))),
        Meaning::Never | Meaning::Unknown => None,
    };
    match (weight(that, that_at), weight(this, this_at)) {
        (Some((one, that)), Some((other, this))) => one == other && that < this,
        _ => false,
    }
}
