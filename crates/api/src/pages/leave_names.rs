//! The names of the fields of a leave's forms.

use domain::policy::LeaveTerms;

/// The fields of the papers, in the order of the policy.
pub(super) const PAPERS: [&str; 8] = ["paper1", "paper2", "paper3", "paper4", "paper5", "paper6", "paper7", "paper8"];

/// The fields of each stage.
pub(super) const STAGES: [[&str; 6]; 4] = [
    ["s1_from", "s1_until", "s1_hours", "s1_with", "s1_watch", "s1_owner"],
    ["s2_from", "s2_until", "s2_hours", "s2_with", "s2_watch", "s2_owner"],
    ["s3_from", "s3_until", "s3_hours", "s3_with", "s3_watch", "s3_owner"],
    ["s4_from", "s4_until", "s4_hours", "s4_with", "s4_watch", "s4_owner"],
];
const PARTS: [&str; 6] = ["from", "until", "hours_per_day", "with_whom", "watch", "owner"];

/// The field of the page that a fault is about.
pub(super) fn page_field(field: &str, terms: &LeaveTerms) -> String {
    if let Some(code) = field.strip_prefix("papers.") {
        let index = terms.papers.iter().position(|p| p.code == code);
        return index.and_then(|i| PAPERS.get(i)).map_or_else(|| field.to_owned(), |f| (*f).to_owned());
    }
    if field == "stages" {
        return "s1_from".to_owned();
    }
    let stage = field.strip_prefix("stages[").and_then(|rest| rest.split_once("]."));
    let found = stage.and_then(|(i, part)| {
        let part = PARTS.iter().position(|p| *p == part)?;
        STAGES.get(i.parse::<usize>().ok()?)?.get(part).map(|f| (*f).to_owned())
    });
    found.unwrap_or_else(|| field.to_owned())
}
