//! The climb, tested as stories, as a table of every cell, and as properties of random climbs.

mod cells;
mod edges;
mod invariants;
mod joining;
mod missed;
mod properties;
mod random;
mod stories;
mod stories_assessment;
mod stories_calls;
mod stories_red;
mod to_the_second;
mod world;
