//! Tells somebody outside that all is well. When that stops, whoever is outside calls the operator: the one way to learn
//! that everything here is dead.

use std::time::Duration;

use chrono::TimeDelta;
use domain::time::Timestamp;

use super::Auditor;

/// Nobody outside may keep the auditor waiting.
const HARD_TIMEOUT: Duration = Duration::from_secs(10);

/// Whom to tell, and how often.
#[derive(Debug)]
pub struct Ping {
    client: reqwest::Client,
    url: reqwest::Url,
    every: TimeDelta,
}

/// Why an address is refused.
#[derive(Debug, thiserror::Error)]
pub enum PingError {
    /// It is no address, or it would tell in the clear to another machine.
    #[error("an https address is wanted, or one on this machine")]
    Address,
    /// The client cannot be set up.
    #[error(transparent)]
    Client(#[from] reqwest::Error),
}

impl Ping {
    /// Prepares to tell `url`.
    ///
    /// # Errors
    /// When the address is neither https nor on this machine.
    pub fn new(url: &str, every: TimeDelta) -> Result<Self, PingError> {
        let url = reqwest::Url::parse(url).map_err(|_| PingError::Address)?;
        let loopback = match url.host_str() {
            Some("localhost") => true,
            Some(host) => host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
            None => false,
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return Err(PingError::Address);
        }
        let none = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().redirect(none).no_proxy().timeout(HARD_TIMEOUT).build()?;
        Ok(Self { client, url, every })
    }
}

/// Says that all is well, unless it was said a moment ago. Whether it was said.
pub(super) async fn ping(a: &Auditor, now: Timestamp) -> bool {
    let Some(ping) = &a.ping else { return false };
    if a.memory().pinged.is_some_and(|at| now - at < ping.every) {
        return false;
    }
    let answer = tokio::time::timeout(HARD_TIMEOUT, ping.client.get(ping.url.clone()).send()).await;
    match answer {
        Ok(Ok(answer)) if answer.status().is_success() => {
            a.memory().pinged = Some(now);
            true
        }
        Ok(Ok(answer)) => {
            tracing::warn!(status = answer.status().as_u16(), "the outside did not take the ping");
            false
        }
        // The address may be a secret of its own.
        Ok(Err(err)) => {
            tracing::warn!(error = %err.without_url(), "the outside could not be pinged");
            false
        }
        Err(_) => {
            tracing::warn!("the outside did not answer the ping in time");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_told() {
        let good = |url: &str| Ping::new(url, TimeDelta::seconds(60)).is_ok();
        for url in ["https://hc.example/ping/1", "http://127.0.0.1:9/x", "http://localhost/", "http://[::1]:8/"] {
            assert!(good(url), "{url}");
        }
        for url in ["http://hc.example/", "http://127.0.0.1.example/", "ftp://127.0.0.1/", "nothing", ""] {
            assert!(!good(url), "{url}");
        }
    }
}
