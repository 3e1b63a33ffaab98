//! How people are reached: addresses, and who must stay reachable.

use std::collections::BTreeSet;

use crate::delivery::Channel;
use crate::directory::Office;
use crate::policy::Policy;
use crate::staff::Position;
use crate::time::Timestamp;

use super::addressed;

/// Whether a text is an address of a channel.
#[must_use]
pub fn is_address(channel: Channel, text: &str) -> bool {
    match channel {
        Channel::Null => false,
        Channel::Mail => {
            let (name, host) = text.split_once('@').unwrap_or_default();
            let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
            plain && !name.is_empty() && !host.is_empty() && text.len() <= 254
        }
        Channel::Sms | Channel::Voice => {
            let digits = text.strip_prefix('+').unwrap_or(text);
            digits.chars().all(|c| c.is_ascii_digit()) && (5..=20).contains(&digits.len())
        }
        Channel::Wecom | Channel::Dingtalk => {
            text.chars().all(|c| c.is_ascii_graphic()) && (1..=64).contains(&text.len())
        }
    }
}

/// The offices that the policy addresses and that somebody holds, now or later.
#[must_use]
pub fn offices_of(positions: &[Position], policy: &Policy, now: Timestamp) -> BTreeSet<Office> {
    let lasting = |p: &&Position| p.valid_to.is_none_or(|to| now < to);
    let held = |o: &Office| positions.iter().filter(lasting).any(|p| o.held_by(p.role, p.lead));
    addressed(policy).into_iter().filter(held).collect()
}
