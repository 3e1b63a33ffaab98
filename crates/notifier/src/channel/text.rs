//! Small forms that several providers share.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The SHA-256 of a text, in hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// HMAC-SHA256; keys of any length are allowed.
pub(crate) fn hmac_sha256(key: &[u8], text: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Percent-encodes everything that RFC 3986 does not call unreserved.
pub(super) fn encode(text: &str) -> String {
    let one = |b: u8| match b {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    text.bytes().map(one).collect()
}

/// The host of an address, with its port where it names one: as it stands in the `Host` header.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// A number with its country: what has none is of the mainland.
pub(super) fn international(number: &str) -> String {
    if number.starts_with('+') { number.to_owned() } else { format!("+86{number}") }
}

/// A number as a telephone of the mainland dials it.
pub(super) fn national(number: &str) -> &str {
    number.strip_prefix("+86").unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("aZ9-_.~ /+*测"), "aZ9-_.~%20%2F%2B%2A%E6%B5%8B");
    }

    #[test]
    fn the_host_keeps_its_port_and_loses_everything_else() {
        assert_eq!(host("https://sms.tencentcloudapi.com/"), "sms.tencentcloudapi.com");
        assert_eq!(host("http://127.0.0.1:81/x"), "127.0.0.1:81");
    }

    #[test]
    fn numbers_have_two_forms() {
        assert_eq!(
            (international("13711112222").as_str(), national("+8613711112222")),
            ("+8613711112222", "13711112222")
        );
        assert_eq!(
            (international("+85251112222").as_str(), national("+85251112222")),
            ("+85251112222", "+85251112222")
        );
    }
}
