//! Which library does the cryptography of TLS.

use rustls::crypto::{CryptoProvider, aws_lc_rs};

/// Settles it for the whole process. Two are linked, since dependencies differ in their choice; without a word from us
/// rustls refuses to guess, and whoever asks for its default panics. Later calls change nothing.
pub fn settle() {
    if CryptoProvider::get_default().is_none() {
        // An error says that another thread was faster, with the same choice.
        drop(aws_lc_rs::default_provider().install_default());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn once_settled_whoever_asks_for_the_default_gets_one() {
        super::settle();
        super::settle();
        assert!(rustls::crypto::CryptoProvider::get_default().is_some());
        // Panics where two providers are linked and none was chosen.
        drop(rustls::ClientConfig::builder());
    }
}
