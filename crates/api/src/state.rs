//! What handlers work with.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use casework::{Desk, Telephones};

use crate::guesses::{Guesses, Helped};
use crate::{Metrics, Press, Proof, TokenKey, TwilioHook};

/// The largest body of anything but a roster, in bytes.
pub(crate) const BODY_BYTES: usize = 256 * 1024;

/// How the service is reached.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// The address that people use, without a path: `https://xindeng.example.edu.cn`.
    pub public_url: String,
    /// A part of the path that only SMS gateways know.
    pub hook_secret: String,
    /// How receipts of Twilio are checked, where it is set up.
    pub twilio: Option<TwilioHook>,
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
    /// Where documents are printed.
    pub press: Press,
    /// Telephones of those who were here, by the token of their forms: shown when the database refuses.
    pub(crate) phones: Arc<Mutex<HashMap<String, Vec<Telephones>>>>,
    /// Wrong guesses at numbers of messages.
    pub(crate) guesses: Arc<Guesses>,
    /// Whom the help text went to.
    pub(crate) helped: Arc<Helped>,
}

impl Api {
    /// What handlers work with.
    #[must_use]
    pub fn new(desk: Desk, tokens: TokenKey, settings: ApiSettings, metrics: Metrics) -> Self {
        Self {
            desk,
            tokens: Arc::new(tokens),
            settings: Arc::new(settings),
            metrics,
            proof: None,
            press: Press::default(),
            phones: Arc::default(),
            guesses: Arc::default(),
            helped: Arc::default(),
        }
    }
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Api")
    }
}
