//! What still needs somebody who leaves, for whoever keeps the accounts: how many of each. He reads no alert, and none of its numbers;
//! one of them may be about himself.

use domain::fault::{Fault, Faults};

/// So many of something need him.
pub(crate) fn counted(
    faults: &mut Faults,
    count: usize,
    (field, code): (&'static str, &'static str),
    (zh, en): (&str, &str),
) {
    faults.when(count > 0, || Fault::new(field, code, format!("{zh}：{count}"), format!("{en}: {count}")));
}
