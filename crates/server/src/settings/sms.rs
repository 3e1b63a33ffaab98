//! Settings of SMS.

use serde::{Deserialize, Serialize};

use super::SMS;

section! {
    /// How SMS go out.
    Sms {
        /// In which order providers are asked.
        order: Vec<String> = SMS.map(String::from).to_vec(),
        /// `sendsms` address of Kannel; empty for none.
        kannel_url: String = String::new(),
        /// The user.
        user: String = String::new(),
        /// A file that holds the password.
        password_file: String = String::new(),
        /// The sender's number.
        from: String = String::new(),
        /// This service's address as gateways see it.
        receipts_url: String = String::new(),
        /// Whether the gateway passes answers on to `/hooks/kannel/…/reply`.
        replies: bool = false,
    }
}
