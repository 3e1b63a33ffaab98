//! What befalls the database: refusals by chance, and the death of the program at a place by chance.

use std::sync::Mutex;

use storage::{Mishaps, Moment};

use super::dice::Dice;

/// How bad it is.
#[derive(Debug)]
struct Mood {
    /// How many of a thousand steps are refused.
    refused: u64,
    /// After so many further steps the program dies.
    fuse: Option<u64>,
    /// It has died: nothing works until it is started again.
    dead: bool,
    /// What befell, for the trace.
    befell: Vec<String>,
}

/// Chaos by chance.
#[derive(Debug)]
pub(super) struct Chaos {
    dice: Dice,
    mood: Mutex<Mood>,
}

impl Chaos {
    pub(super) fn of(seed: u64) -> Self {
        let mood = Mood { refused: 0, fuse: None, dead: false, befell: Vec::new() };
        Self { dice: Dice::of(seed ^ 0xc4a0_5c4a_0500), mood: Mutex::new(mood) }
    }

    pub(super) fn refuse(&self, in_thousand: u64) {
        self.mood.lock().unwrap().refused = in_thousand;
    }

    /// The program dies a few steps on.
    pub(super) fn light_fuse(&self, steps: u64) {
        self.mood.lock().unwrap().fuse.get_or_insert(steps);
    }

    pub(super) fn is_dead(&self) -> bool {
        self.mood.lock().unwrap().dead
    }

    /// The program is started again; the place of its next death is open.
    pub(super) fn revive(&self) {
        let mut mood = self.mood.lock().unwrap();
        (mood.fuse, mood.dead) = (None, false);
    }

    /// What befell since the last look.
    pub(super) fn befell(&self) -> Vec<String> {
        std::mem::take(&mut self.mood.lock().unwrap().befell)
    }
}

impl Mishaps for Chaos {
    fn befalls(&self, moment: Moment) -> Option<String> {
        let mut mood = self.mood.lock().unwrap();
        if mood.dead {
            return Some("the program is dead".to_owned());
        }
        match mood.fuse {
            Some(0) => {
                (mood.fuse, mood.dead) = (None, true);
                mood.befell.push(format!("killed at {moment:?}"));
                return Some("killed".to_owned());
            }
            Some(steps) => mood.fuse = Some(steps - 1),
            None => {}
        }
        if mood.refused > 0 && self.dice.chance(mood.refused) {
            mood.befell.push(format!("refused at {moment:?}"));
            return Some("refused by chance".to_owned());
        }
        None
    }
}
