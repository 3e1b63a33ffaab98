//! The six-digit number of a message: it stands for one person, one alert and one turn of the climb, and says nothing
//! to anybody else. Keyed truncation of a MAC, made anew whenever it is needed; only its hash is kept.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::id::{AlertId, ContactId, PersonId};

/// How long a number means nothing else, in days: a late answer must not take another alert.
pub const CODE_DAYS: i64 = 30;
/// How many wrong answers a number bears.
pub const CODE_TRIES: u32 = 5;

/// Six decimal digits out of a MAC (dynamic truncation as in RFC 4226 §5.3).
#[must_use]
pub fn six_digits(mac: &[u8]) -> String {
    let offset = usize::from(mac.last().copied().unwrap_or_default() & 0x0f);
    let word = mac.iter().skip(offset).take(4).fold(0_u32, |acc, b| (acc << 8) | u32::from(*b));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// Under which numbers are made.
#[derive(Clone, Copy)]
pub struct CodeKey([u8; 32]);

impl std::fmt::Debug for CodeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeKey")
    }
}

impl CodeKey {
    /// A key of 256 bits.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The number of one person for one turn of one alert; `counter` tells it from one that is taken.
    #[must_use]
    pub fn code(&self, person: PersonId, alert: AlertId, epoch: u32, counter: u32) -> String {
        let (person, alert) = (person.uuid().into_bytes(), alert.uuid().into_bytes());
        let (epoch, counter) = (epoch.to_be_bytes(), counter.to_be_bytes());
        let parts = [&person[..], &alert[..], &epoch[..]];
        six_digits(&self.mac(parts.into_iter().chain((counter != [0; 4]).then_some(&counter[..]))))
    }

    /// The digits that go out to test a contact method.
    #[must_use]
    pub fn test_code(&self, contact: ContactId, counter: u32) -> String {
        let (contact, counter) = (contact.uuid().into_bytes(), counter.to_be_bytes());
        six_digits(&self.mac([&b"contact"[..], &contact[..], &counter[..]]))
    }

    /// By what a number is found again.
    #[must_use]
    pub fn hash(&self, code: &str) -> String {
        let mac = self.mac([&b"code"[..], code.as_bytes()]);
        mac.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// What stands for a secret where two have to be told apart later: nobody without the key can try guesses on it.
    #[must_use]
    pub fn of_secret(&self, secret: &str) -> String {
        let mac = self.mac([&b"secret"[..], secret.as_bytes()]);
        mac.iter().map(|b| format!("{b:02x}")).collect()
    }

    fn mac<'a>(&self, parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return Vec::new() };
        parts.into_iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    }
}

/// The number in an answer: exactly six digits, or those after 收到. Full width counts as half width; blanks, what cannot be
/// seen and a full stop at the end are left aside, since people and telephones put them there. Anything else is no answer.
#[must_use]
pub fn replied_code(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).filter(|c| !crate::text::is_blank(*c)).collect();
    let digits = plain.strip_prefix("收到").unwrap_or(&plain);
    let digits = digits.strip_suffix(['。', '.', '．', '｡']).unwrap_or(digits);
    let six = digits.chars().count() == 6 && digits.chars().all(|c| c.is_ascii_digit());
    six.then(|| digits.to_owned())
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Whether two writings are the same telephone number: country code, blanks and hyphens left aside.
#[must_use]
pub fn same_number(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        let digits: String = text.chars().map(half_width).filter(char::is_ascii_digit).collect();
        let home = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|d| d.len() == 11));
        home.map_or_else(|| digits.clone(), str::to_owned)
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && a == b
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_published_example_of_truncation_comes_out() {
        // RFC 4226 §5.4: this HMAC-SHA-1 value gives 872921.
        let mac = [
            0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85, 0x50, 0xef, 0x7f, 0x19, 0xda, 0x8e, 0x94, 0x5b,
            0x55, 0x5a,
        ];
        assert_eq!(super::six_digits(&mac), "872921");
    }

    #[test]
    fn an_answer_is_the_number_alone_in_any_width() {
        for good in [
            "482913",
            " 482913 ",
            "４８２９１３",
            "收到482913",
            "收到 482913",
            "收到４８２９１３",
            "\u{3000}482913",
            "482 913",
            "48 29 13",
            "482\u{a0}913",
            "\u{200b}482\u{2060}913\u{feff}",
            "482913。",
            "482913.",
            "482913 ．",
            "收到 482 913。",
        ] {
            assert_eq!(super::replied_code(good).as_deref(), Some("482913"), "{good}");
        }
        for bad in [
            "",
            "48291",
            "4829131",
            "482913?",
            "好的482913",
            "收到",
            "收到482913谢谢",
            "48-29-13",
            "td 482913",
            "482913。。",
            "。482913",
            "4829 1",
            "482913 1",
            "48.2913",
        ] {
            assert_eq!(super::replied_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_number_is_the_same_with_its_country_code() {
        for other in ["13800000012", "+8613800000012", "008613800000012", "138 0000 0012", "138-0000-0012"] {
            assert!(super::same_number("13800000012", other), "{other}");
        }
        assert!(!super::same_number("13800000012", "13800000013"));
        assert!(!super::same_number("", ""));
    }
}
