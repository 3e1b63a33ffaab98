//! Goes nowhere: takes what the canary says. Whoever has an address of this kind is nobody.

use async_trait::async_trait;
use domain::delivery::Outcome;

use super::{Channel, Letter};

/// Takes everything and tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Null;

#[async_trait]
impl Channel for Null {
    fn name(&self) -> &'static str {
        "null"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Null
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        Outcome::Accepted { provider_id: Some(letter.id.to_string()) }
    }
}
