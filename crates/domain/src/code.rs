//! The six-digit number of a message: it stands for one person, one alert and one turn of the climb, and says nothing
//! to anybody else. Keyed truncation of a MAC; the MAC itself is made where the key is.

/// Six decimal digits out of a MAC (dynamic truncation as in RFC 4226 §5.3).
#[must_use]
pub fn six_digits(mac: &[u8]) -> String {
    let offset = usize::from(mac.last().copied().unwrap_or_default() & 0x0f);
    let word = mac.iter().skip(offset).take(4).fold(0_u32, |acc, b| (acc << 8) | u32::from(*b));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
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
}
