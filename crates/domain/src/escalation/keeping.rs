//! Keeping a climb on its rung for a while, by a signed decision, and going on.

use super::effect::Effect;
use super::event::Event;
use super::ladder_walk::Walk;
use super::state::{Climb, ClimbState};
use super::step::climb_from;
use crate::level::BelowRed;
use crate::time::Timestamp;

/// Whoever reads of the next rung reads why it was not told before.
pub(super) fn climbs_on(walk: &mut Walk<'_>, before: &Climb, event: &Event) {
    let was = before.state.held_from().is_some();
    let open = matches!(walk.climb.state, ClimbState::Open { .. });
    if was && open && walk.climb.state.held_from().is_none() {
        walk.effects.insert(0, Effect::ClimbsOn { in_time: matches!(event, Event::Due { .. }) });
    }
}

/// The present rung keeps it for a while, once; not on the top rung, where nobody is above, and not for longer than the
/// policy allows. What the ladder had set is kept beside.
pub(super) fn not_escalated(walk: &mut Walk<'_>, level: BelowRed, until: Timestamp) {
    let (policy, now) = (walk.ground.policy, walk.now);
    let until = until.min(policy.not_escalating.of(level).longest.after(now, walk.ground.calendar));
    let climbs = level.level() == walk.climb.level && walk.climb.rung < policy.ladder(walk.climb.level).top();
    match walk.climb.state {
        ClimbState::Open { deadline, resend_at, call_at, held_from: None } if climbs && until > deadline.max(now) => {
            walk.climb.state = ClimbState::Open { deadline: until, resend_at, call_at, held_from: Some(deadline) };
        }
        ClimbState::Open { .. } | ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {}
    }
}

/// What kept it from climbing was decided without them: it goes on where it was, by the clock that the ladder had set.
pub(super) fn new_facts(walk: &mut Walk<'_>) {
    match walk.climb.state {
        ClimbState::Open { resend_at, call_at, held_from: Some(deadline), .. } if deadline > walk.now => {
            walk.climb.state = ClimbState::Open { deadline, resend_at, call_at, held_from: None };
        }
        ClimbState::Open { held_from: Some(_), .. } => climb_from(walk, walk.now),
        ClimbState::Open { held_from: None, .. }
        | ClimbState::Acked { .. }
        | ClimbState::Settled { .. }
        | ClimbState::Closed => {}
    }
}
