//! Chance that is the same every time.

use crate::seams::mix;

/// A die that always falls alike.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`; 0 for no sides.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(1);
        let sides = u64::try_from(sides).unwrap_or(u64::MAX);
        usize::try_from(mix(self.0).checked_rem(sides).unwrap_or(0)).unwrap_or(0)
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        among.get(self.below(among.len()))
    }
}
