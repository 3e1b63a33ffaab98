//! Who may try a password next. Passwords are dear to try, so attempts wait in line: devices that are known in a lane of
//! their own, which strangers cannot fill, and of strangers no more than a few for one login.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::CaseError;

/// How many attempts of strangers at one login may wait or be looked at.
const STRANGERS_PER_LOGIN: usize = 4;

/// Where an attempt waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lane {
    /// A device that has signed in to this account before, or somebody at the machine itself.
    Known,
    /// Anybody, for a login.
    Stranger(String),
}

#[derive(Default)]
struct Waiting {
    running: usize,
    known: VecDeque<oneshot::Sender<Turn>>,
    strangers: VecDeque<oneshot::Sender<Turn>>,
    /// Whose turn it was last, so that neither lane starves the other.
    known_was_last: bool,
    logins: HashMap<String, usize>,
}

/// The line.
#[derive(Clone)]
pub(crate) struct PasswordQueue {
    waiting: Arc<Mutex<Waiting>>,
    at_once: usize,
    longest: usize,
}

/// The right to try one password. Dropped, it goes to the next in line.
pub(crate) struct Turn(Option<PasswordQueue>);

/// A place among the attempts at one login.
struct Place {
    queue: PasswordQueue,
    login: String,
}

impl PasswordQueue {
    /// A line in which so many are looked at at once, and so many wait in each lane.
    pub(crate) fn new(at_once: usize, longest: usize) -> Self {
        Self { waiting: Arc::default(), at_once: at_once.max(1), longest }
    }

    /// Does something with a place in the line, which is taken at once or not at all; `work` asks for its turn.
    pub(crate) async fn with_place<T>(
        &self,
        lane: &Lane,
        work: impl Future<Output = Result<T, CaseError>>,
    ) -> Result<T, CaseError> {
        let _place = match lane {
            Lane::Known => None,
            Lane::Stranger(login) => Some(self.place(login)?),
        };
        work.await
    }

    /// Waits for the right to try a password.
    pub(crate) async fn turn(&self, lane: &Lane) -> Result<Turn, CaseError> {
        let called = {
            let mut state = self.state();
            if state.running < self.at_once {
                state.running += 1;
                return Ok(Turn(Some(self.clone())));
            }
            let line = match lane {
                Lane::Known => &mut state.known,
                Lane::Stranger(_) => &mut state.strangers,
            };
            line.retain(|waits| !waits.is_closed());
            if line.len() >= self.longest {
                return Err(CaseError::Busy);
            }
            let (call, called) = oneshot::channel();
            line.push_back(call);
            called
        };
        called.await.map_err(|_| CaseError::Busy)
    }

    fn place(&self, login: &str) -> Result<Place, CaseError> {
        let mut state = self.state();
        let held = state.logins.entry(login.to_owned()).or_default();
        if *held >= STRANGERS_PER_LOGIN {
            return Err(CaseError::Busy);
        }
        *held += 1;
        Ok(Place { queue: self.clone(), login: login.to_owned() })
    }

    /// The next in line, the lanes in turn; with nobody waiting, one fewer runs.
    fn next(&self) -> Option<oneshot::Sender<Turn>> {
        let mut state = self.state();
        let known_first = !state.known_was_last || state.strangers.is_empty();
        let known = if known_first { state.known.pop_front() } else { None };
        state.known_was_last = known.is_some();
        let next = known.or_else(|| state.strangers.pop_front()).or_else(|| state.known.pop_front());
        if next.is_none() {
            state.running = state.running.saturating_sub(1);
        }
        next
    }

    fn state(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(queue) = self.0.take() else { return };
        // Whoever has gone away in the meantime is passed.
        while let Some(call) = queue.next() {
            match call.send(Self(Some(queue.clone()))) {
                Ok(()) => return,
                Err(mut unheard) => unheard.0 = None,
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.queue.state();
        let held = state.logins.get(&self.login).copied().unwrap_or_default();
        if held > 1 {
            state.logins.insert(self.login.clone(), held - 1);
        } else {
            state.logins.remove(&self.login);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lane, PasswordQueue};

    fn stranger(login: &str) -> Lane {
        Lane::Stranger(login.to_owned())
    }

    #[tokio::test]
    async fn strangers_fill_their_own_lane_and_a_known_device_is_next() {
        let queue = PasswordQueue::new(1, 3);
        let first = queue.turn(&stranger("a")).await.unwrap();
        let mut waits: Vec<_> = (0..3)
            .map(|n| {
                let (queue, lane) = (queue.clone(), stranger(&n.to_string()));
                Box::pin(async move { queue.turn(&lane).await })
            })
            .collect();
        for wait in &mut waits {
            assert!(futures_poll(wait.as_mut()).is_none());
        }
        assert!(queue.turn(&stranger("z")).await.is_err(), "the lane of strangers is full");
        let mut known = Box::pin(queue.turn(&Lane::Known));
        assert!(futures_poll(known.as_mut()).is_none());
        drop(first);
        let turn = futures_poll(known.as_mut()).expect("the known device is next").unwrap();
        drop(turn);
        assert!(futures_poll(waits[0].as_mut()).is_some(), "then the first stranger");
    }

    #[tokio::test]
    async fn whoever_goes_away_keeps_nobody_waiting() {
        let queue = PasswordQueue::new(1, 3);
        let first = queue.turn(&Lane::Known).await.unwrap();
        let mut gone = Box::pin(queue.turn(&Lane::Known));
        assert!(futures_poll(gone.as_mut()).is_none());
        drop(gone);
        drop(first);
        assert!(queue.turn(&Lane::Known).await.is_ok());
        assert!(queue.turn(&Lane::Known).await.is_ok(), "and none is lost");
    }

    #[tokio::test]
    async fn of_strangers_only_a_few_may_wait_for_one_login() {
        let queue = PasswordQueue::new(1, 100);
        let held: Vec<_> = (0..super::STRANGERS_PER_LOGIN).map(|_| queue.place("a").unwrap()).collect();
        assert!(queue.place("a").is_err());
        assert!(queue.place("b").is_ok());
        drop(held);
        assert!(queue.place("a").is_ok());
    }

    /// Looks once.
    fn futures_poll<F: Future>(future: std::pin::Pin<&mut F>) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.poll(&mut context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        }
    }
}
