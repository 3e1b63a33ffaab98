//! The 18 characters of a national id number (GB 11643): only to compare, never to keep.

use chrono::NaiveDate;

use crate::clean;
use crate::fault::Code;
use crate::row::Gender;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &str = "10X98765432";
const LENGTH: usize = 18;

/// What a valid number says about its bearer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) birth_date: NaiveDate,
    pub(crate) gender: Gender,
}

/// Checks a number: length, date and check digit.
pub(crate) fn check(text: &str) -> Result<Claims, Code> {
    let number = clean::compact(text).to_ascii_uppercase().replace('×', "X");
    if number.len() != LENGTH || !number.is_ascii() {
        return Err(Code::IdFormat);
    }
    let birth_date = birth_date(&number).ok_or(Code::IdFormat)?;
    let expected = check_digit(&number).ok_or(Code::IdFormat)?;
    if !number.ends_with(expected) {
        let last_possible = number.ends_with(|c: char| c.is_ascii_digit() || c == 'X');
        return Err(if last_possible { Code::IdChecksum } else { Code::IdFormat });
    }
    let odd = number.get(16..17).and_then(|d| d.parse::<u8>().ok()).is_some_and(|d| d % 2 == 1);
    Ok(Claims { birth_date, gender: if odd { Gender::Male } else { Gender::Female } })
}

fn birth_date(number: &str) -> Option<NaiveDate> {
    let part = |from, to| number.get(from..to).filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let year = part(6, 10)?.parse().ok().filter(|y| (1900..2100).contains(y))?;
    NaiveDate::from_ymd_opt(year, part(10, 12)?.parse().ok()?, part(12, 14)?.parse().ok()?)
}

fn check_digit(number: &str) -> Option<char> {
    let digits = number.get(..17)?;
    let mut sum = 0;
    for (c, weight) in digits.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    CHECK.chars().nth(usize::try_from(sum % 11).ok()?)
}

/// Whether a text holds a number anywhere, such as a student number made of a letter and one. Shape and date decide:
/// a number with a wrong digit, or rounded by a spreadsheet program, tells as much.
pub(crate) fn within(text: &str) -> bool {
    let plain: Vec<char> =
        clean::compact(text).to_ascii_uppercase().chars().filter(|c| !matches!(c, '-' | '_' | '.' | '·')).collect();
    plain.windows(LENGTH).enumerate().any(|(at, window)| {
        // Longer rows of digits are other numbers.
        let before = at.checked_sub(1).and_then(|i| plain.get(i)).is_some_and(char::is_ascii_digit);
        let after = plain.get(at + LENGTH).is_some_and(char::is_ascii_digit);
        let (digits, last) = (window.iter().take(LENGTH - 1), window.last());
        let shape = digits.clone().all(char::is_ascii_digit) && last.is_some_and(|c| c.is_ascii_digit() || *c == 'X');
        !before && !after && shape && birth_date(&window.iter().collect::<String>()).is_some()
    })
}

#[cfg(test)]
pub(crate) fn made_up(region: u32, birth: NaiveDate, order: u32) -> String {
    let body = format!("{region:06}{}{order:03}", birth.format("%Y%m%d"));
    let check = check_digit(&body).unwrap();
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_example_of_the_standard_is_valid_in_every_spelling() {
        // The example that the standard itself prints.
        for number in
            ["11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X"]
        {
            let claims = check(number).ok();
            assert_eq!(claims.map(|c| (c.birth_date, c.gender)), Some((day(1949, 12, 31), Gender::Female)), "{number}");
        }
    }

    #[test]
    fn format_and_checksum_are_told_apart() {
        assert_eq!(check("110105194912310021").err(), Some(Code::IdChecksum));
        assert_eq!(check("11010519491331002X").err(), Some(Code::IdFormat));
        assert_eq!(check("110105491231002").err(), Some(Code::IdFormat));
        assert_eq!(check("").err(), Some(Code::IdFormat));
        assert_eq!(check("11010519491231002A").err(), Some(Code::IdFormat));
    }

    #[test]
    fn a_number_is_found_inside_other_texts() {
        let number = made_up(999_901, day(2013, 4, 5), 12);
        for text in [number.clone(), format!("G{number}"), format!("学籍 G {number} 号"), number.to_lowercase()] {
            assert!(within(&text), "{text}");
        }
        assert!(within(&format!("{}000", &number[..15])), "rounded");
        assert!(!within(&format!("1{number}")));
        assert!(!within("202401002013990012"), "no date");
        assert!(!within("2024010100012"));
        assert!(!within(""));
    }

    proptest! {
        #[test]
        fn accepted_exactly_with_the_right_check_digit(
            region in 100_000_u32..999_999, days in 0_u64..40_000, order in 0_u32..1_000, last in 0_usize..11,
        ) {
            let birth = day(1980, 1, 1).checked_add_days(chrono::Days::new(days)).unwrap();
            let right = made_up(region, birth, order);
            // The sum over all 18 characters, with X as ten, is 1 modulo 11 exactly for the right one.
            let last = "0123456789X".chars().nth(last).unwrap();
            let tried = format!("{}{last}", &right[..17]);
            let value = |c: char| if c == 'X' { 10 } else { c.to_digit(10).unwrap() };
            let sum: u32 = tried.chars().zip(WEIGHTS.into_iter().chain([1])).map(|(c, w)| value(c) * w).sum();
            prop_assert_eq!(check(&tried).is_ok(), sum % 11 == 1);
        }

        #[test]
        fn no_text_breaks_it(any in "\\PC*") {
            let _ = (check(&any).is_ok(), within(&any));
        }
    }
}
