//! What must hold, said without looking at how it is done.

use stateright::Property;

use super::Protocol;
use super::world::{Climb, Intake, ROWS, Row, World};

pub(super) fn properties() -> Vec<Property<Protocol>> {
    vec![
        Property::always("what was answered is durable", |_, w: &World| {
            !w.answered || matches!(w.intake, Intake::Half | Intake::Committed)
        }),
        Property::always("an alert has its rows", |_, w: &World| {
            w.intake != Intake::Committed || w.rows.iter().any(|row| *row != Row::Absent)
        }),
        Property::always("what was accepted stays accepted", |_, w: &World| {
            (0..ROWS).all(|row| !w.was_accepted[row] || w.rows[row] == Row::Accepted)
        }),
        Property::always("accepted means that it arrived", |_, w: &World| {
            let held =
                |row| w.workers.iter().any(|at| matches!(at, super::world::Worker::Marked { row: r } if *r == row));
            (0..ROWS).all(|row| w.rows[row] != Row::Accepted || w.arrived[row] > 0 || held(row))
        }),
        Property::always("twice only after a crash, a pause or a lost answer", |_, w: &World| {
            w.arrived.iter().all(|n| n.saturating_sub(1) <= w.crashes + w.pauses + w.losses)
        }),
        Property::always("while somebody has it, nobody is told", |_, w: &World| !w.told_while_taken),
        Property::always("at rest, everybody on every rung was told, or somebody has it", |_, w: &World| {
            if !w.rests() || w.intake != Intake::Committed {
                return true;
            }
            match w.climb {
                Climb::Open => {
                    let rows: &[usize] = if w.turn == 0 { &[0, 1] } else { &[2] };
                    w.rung == 1 && rows.iter().all(|row| w.rows[*row] == Row::Accepted)
                }
                Climb::Acked => w.turn == 1, // it ran out once: the model ends here
                Climb::Settled => true,
            }
        }),
    ]
}
