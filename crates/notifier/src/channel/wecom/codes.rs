//! Error codes of WeCom: those that fetching a token and sending a message can end with.

use super::super::class::Class::{BadAddress, Elsewhere, Refused, Retry};
use super::super::class::Codes;

/// Of an application and of a robot.
pub(super) const CODES: &Codes = &[
    ("-1", Retry),
    // The token is fetched anew.
    ("40014", Retry),
    ("41001", Retry),
    ("42001", Retry),
    ("6000", Retry),
    // Too many.
    ("45009", Elsewhere),
    ("45033", Elsewhere),
    ("45011", Elsewhere),
    // The member.
    ("40003", BadAddress),
    ("40031", BadAddress),
    ("40068", BadAddress),
    ("43004", BadAddress),
    ("46004", BadAddress),
    ("60111", BadAddress),
    ("81013", BadAddress),
    ("82001", BadAddress),
    // What we set up, or failed to.
    ("40001", Refused),
    ("40004", Refused),
    ("40008", Refused),
    ("40013", Refused),
    ("40035", Refused),
    ("40056", Refused),
    ("40057", Refused),
    ("40058", Refused),
    ("40063", Refused),
    ("40073", Refused),
    ("40082", Refused),
    ("40084", Refused),
    ("40085", Refused),
    ("40089", Refused),
    ("40091", Refused),
    ("40093", Refused),
    ("40096", Refused),
    ("41002", Refused),
    ("41004", Refused),
    ("41011", Refused),
    ("41016", Refused),
    ("44001", Refused),
    ("44004", Refused),
    ("45002", Refused),
    ("45004", Refused),
    ("45008", Refused),
    ("47001", Refused),
    ("48002", Refused),
    ("48004", Refused),
    ("48005", Refused),
    ("48006", Refused),
    ("50001", Refused),
    // The member is outside of what the application may see; the application is switched off.
    ("50002", Refused),
    ("50003", Refused),
    ("50005", Refused),
    ("60011", Refused),
    ("60020", Refused),
    ("80001", Refused),
    ("85002", Refused),
    ("90501", Refused),
    ("93000", Refused),
    ("93004", Refused),
    ("93008", Refused),
    ("301002", Refused),
    ("301005", Refused),
    ("301036", Refused),
    ("301048", Refused),
];

#[cfg(test)]
#[path = "codes_tests.rs"]
mod tests;
