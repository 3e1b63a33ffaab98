//! Spans of time in words.

const DAY_MINUTES: u32 = 24 * 60;
/// From here on hours are said: rounded down, so that nobody is promised more time than there is.
const HOURS_FROM_MINUTES: u32 = 120;

/// A span of time as people say it.
pub(crate) fn within(minutes: u32) -> String {
    if minutes >= DAY_MINUTES {
        format!("{}个工作日", minutes / DAY_MINUTES)
    } else if minutes >= HOURS_FROM_MINUTES {
        format!("{}小时", minutes / 60)
    } else {
        format!("{minutes}分钟")
    }
}

/// The digits one by one, as a voice says them.
pub(crate) fn digits(code: &str) -> String {
    code.chars().map(String::from).collect::<Vec<_>>().join("，")
}
