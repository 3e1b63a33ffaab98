//! What stands in the way of telling home.

/// The words of a conflict about telling home, or of one that has none of its own.
pub(crate) fn words(code: &str) -> (&'static str, &'static str) {
    match code {
        "household_locked" => (
            "告知家里可能让孩子更不安全：先不要联系家里任何人。已请德育副校长和心理教师在一小时内决定；有危险请拨110",
            "Telling home may make the child less safe: tell nobody of the household. Vice-principal and counsellor decide \
             within the hour; where there is danger call 110",
        ),
        "home_through_counsellor" => (
            "请先与心理老师联系，由心理老师安排联系家长",
            "Speak to the counsellor first, who arranges that home is told",
        ),
        "proposal_changed" => {
            ("提议已经改了，请先看清现在的提议再签字", "Something else is proposed by now: read it before you sign")
        }
        "not_locked" => ("没有暂停联系这个家庭", "This household is not locked"),
        _ => ("现在不能这样做", "That cannot be done now"),
    }
}
