//! The design of the alert path as a small model, explored whole: intake, deadlines, two workers, crashes at any moment,
//! a pause longer than the lease, answers that are lost, and somebody who takes it. Each property holds in every state
//! that can be reached; each of the planted mistakes breaks one.

mod properties;
mod world;

use properties::properties;
use stateright::{Checker, HasDiscoveries, Model};
use world::{Act, Mistake, World};

/// The protocol, perhaps with a mistake in it.
#[derive(Clone)]
struct Protocol {
    mistake: Option<Mistake>,
}

impl Model for Protocol {
    type State = World;
    type Action = Act;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.mistake)]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Act>) {
        actions.extend(world.possible());
    }

    fn next_state(&self, world: &World, act: Act) -> Option<World> {
        Some(world.after(act))
    }

    fn properties(&self) -> Vec<stateright::Property<Self>> {
        properties()
    }
}

fn explore(mistake: Option<Mistake>, until: HasDiscoveries) -> (usize, Vec<&'static str>) {
    let checker = Protocol { mistake }.checker().threads(2).finish_when(until).spawn_bfs().join();
    let broken = checker.discoveries().into_keys().collect();
    (checker.unique_state_count(), broken)
}

#[test]
fn every_property_holds_in_every_state() {
    let (states, broken) = explore(None, HasDiscoveries::All);
    println!("{states} states");
    assert!(broken.is_empty(), "{broken:?}");
    assert!(states > 10_000, "a model of {states} states proves nothing");
}

#[test]
fn every_planted_mistake_is_caught() {
    for mistake in Mistake::ALL {
        let (states, broken) = explore(Some(mistake), HasDiscoveries::Any);
        println!("{mistake:?}: {broken:?} in {states} states");
        assert!(!broken.is_empty(), "{mistake:?} goes unnoticed");
    }
}
