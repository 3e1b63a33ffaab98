//! Very much at once: reds have their own way through, what may wait goes together, and nothing is sent twice.

mod red_lane;
