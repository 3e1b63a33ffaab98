//! What handlers work with.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use casework::{Desk, Telephones};

use crate::{Metrics, Proof, TokenKey};

/// The largest body of anything but a roster, in bytes.
pub(crate) const BODY_BYTES: usize = 256 * 1024;

/// How the service is reached.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// The address that people use, without a path: `https://xindeng.example.edu.cn`.
    pub public_url: String,
    /// A part of the path that only SMS gateways know.
    pub hook_secret: String,
    /// Where the letters of a demonstration lie.
    pub demonstration: Option<PathBuf>,
}

impl ApiSettings {
    /// Whether people use TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What handlers work with.
#[derive(Clone)]
pub struct Api {
    /// The verbs' desk.
    pub desk: Desk,
    /// Under which tokens are signed.
    pub tokens: Arc<TokenKey>,
    /// How the service is reached.
    pub settings: Arc<ApiSettings>,
    /// What is measured.
    pub metrics: Metrics,
    /// When the service last proved that it works; nothing where it is not watched.
    pub proof: Option<Arc<Proof>>,
    /// Telephones of those who were here, by the token of their forms: shown when the database refuses.
    pub(crate) phones: Arc<Mutex<HashMap<String, Vec<Telephones>>>>,
}

impl Api {
    /// What handlers work with.
    #[must_use]
    pub fn new(desk: Desk, tokens: TokenKey, settings: ApiSettings, metrics: Metrics) -> Self {
        let (tokens, settings) = (Arc::new(tokens), Arc::new(settings));
        Self { desk, tokens, settings, metrics, proof: None, phones: Arc::default() }
    }
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Api")
    }
}
