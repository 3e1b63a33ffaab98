//! Whether a red rings anybody in the night that is the hardest to reach people in.

use chrono::{NaiveTime, TimeDelta};

use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::policy::Policy;
use crate::time::Timestamp;

use super::lint::{Found, SchoolFacts, Severity, add};
use super::timeline;

/// A red on a holiday night rings somebody within so many minutes.
const RING_MINUTES: i64 = 5;

/// At three in the morning of the next holiday Sunday.
#[must_use]
pub fn holiday_night(calendar: &Calendar, now: Timestamp) -> Timestamp {
    calendar.next_holiday_sunday(now, NaiveTime::from_hms_opt(3, 0, 0).unwrap_or_default())
}

/// Whether a red of the next holiday night rings nobody in time, whatever the policy says and whoever has left since. By
/// which channels people are reached is in the facts; where no voice is carried, nothing rings under any policy.
#[must_use]
pub fn night_rings_nobody(policy: &Policy, calendar: &Calendar, school: &SchoolFacts) -> bool {
    let start = holiday_night(calendar, school.now);
    let soon = |at: Timestamp| at - start <= TimeDelta::minutes(RING_MINUTES);
    !timeline(policy, calendar, school, start).iter().any(|l| l.channel == Channel::Voice && soon(l.at))
}

/// Where nothing rings at all, something else is said.
pub(super) fn silent_night(
    policy: &Policy,
    calendar: &Calendar,
    school: &SchoolFacts,
    carried: &[Channel],
    out: &mut Vec<Found>,
) {
    if carried.contains(&Channel::Voice) && night_rings_nobody(policy, calendar, school) {
        let date = calendar.local(holiday_night(calendar, school.now)).format("%Y-%m-%d %H:%M");
        let zh = format!(
            "红色预警若在 {date} 发生，{RING_MINUTES} 分钟内不会打通任何人的电话：请让夜里要拨打的人登记并验证电话"
        );
        let en = format!(
            "a red at {date} rings nobody within {RING_MINUTES} minutes: whoever is called by night has to verify a telephone"
        );
        add(out, Severity::Refusing, "night_rings_nobody", zh, en);
    }
}
