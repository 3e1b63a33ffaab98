//! Error codes of Twilio, for messages and calls.

use super::super::class::Class::{Ambiguous, BadAddress, Elsewhere, Refused, Retry};
use super::super::class::Codes;

/// Of the interface, and those that a message or a call can end with.
pub(super) const CODES: &Codes = &[
    // Limits, and money.
    ("14107", Elsewhere),
    ("20429", Elsewhere),
    ("21611", Elsewhere),
    ("30001", Elsewhere),
    ("30002", Elsewhere),
    ("30022", Elsewhere),
    ("30023", Elsewhere),
    ("63017", Elsewhere),
    ("63038", Elsewhere),
    // Its way to the carrier, or to a telephone that is off: another one may have it.
    ("13224", Elsewhere),
    ("21214", Elsewhere),
    ("30003", Elsewhere),
    ("30004", Elsewhere),
    ("30006", Elsewhere),
    ("30036", Elsewhere),
    ("21612", Elsewhere),
    ("30007", Elsewhere),
    ("30008", Elsewhere),
    ("30009", Elsewhere),
    ("30010", Elsewhere),
    ("30034", Elsewhere),
    // The number, whoever asks.
    ("13223", BadAddress),
    ("21201", BadAddress),
    ("21211", BadAddress),
    ("21217", BadAddress),
    ("21265", BadAddress),
    ("21401", BadAddress),
    ("21604", BadAddress),
    ("21614", BadAddress),
    ("21635", BadAddress),
    ("30005", BadAddress),
    // Whom Twilio will not reach for us, though others may: blocked by it, or unsubscribed from this sender.
    ("13225", Refused),
    ("21216", Refused),
    ("21610", Refused),
    // What we set up, or failed to.
    ("20001", Refused),
    ("20003", Refused),
    ("20004", Refused),
    ("20005", Refused),
    ("20006", Refused),
    ("20008", Refused),
    ("20404", Refused),
    ("20422", Refused),
    ("21202", Refused),
    ("21203", Refused),
    ("21205", Refused),
    ("21210", Refused),
    ("21212", Refused),
    ("21213", Refused),
    ("21215", Refused),
    ("21219", Refused),
    ("21266", Refused),
    ("21408", Refused),
    ("21601", Refused),
    ("21602", Refused),
    ("21603", Refused),
    ("21605", Refused),
    ("21606", Refused),
    ("21607", Refused),
    ("21608", Refused),
    ("21609", Refused),
    ("21617", Refused),
    ("21618", Refused),
    ("21619", Refused),
    ("21659", Refused),
    ("21660", Refused),
    ("21701", Refused),
    ("21703", Refused),
    ("21704", Refused),
    ("21705", Refused),
    ("90007", Refused),
    // Its inside.
    ("20503", Retry),
    ("20500", Ambiguous),
    // "Failed and not retried to avoid duplicate delivery."
    ("30410", Ambiguous),
    ("20504", Ambiguous),
];

#[cfg(test)]
#[path = "codes_tests.rs"]
mod tests;
