//! Passwords that very many people have. Shorter ones are refused anyhow.

/// The commonest of at least ten characters, in small letters.
const COMMONEST: [&str; 72] = [
    "0123456789",
    "0987654321",
    "1122334455",
    "1234512345",
    "1234554321",
    "1234567890",
    "12345678900",
    "12345678910",
    "1234567890a",
    "1234567890q",
    "123456789a",
    "123456789abc",
    "123456789q",
    "123456abcdef",
    "1234qwerasdf",
    "1234qwerasdfzxcv",
    "123qweasdzxc",
    "1314520520",
    "147258369a",
    "1473692580",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "1qaz@wsx3edc",
    "5201314520",
    "5201314521",
    "5845201314",
    "7758521521",
    "9876543210",
    "a123456789",
    "a1234567890",
    "aa123456789",
    "abc1234567",
    "abc123456789",
    "abcd123456",
    "abcd1234567",
    "abcdefghij",
    "admin12345",
    "admin123456",
    "adminadmin",
    "administrator",
    "asd123456789",
    "asdfghjkl1",
    "asdfghjkl123",
    "changeme123",
    "iloveyou123",
    "iloveyou1314",
    "iloveyou520",
    "letmein123",
    "mima123456",
    "p@ssw0rd123",
    "passw0rd123",
    "password123",
    "password1234",
    "password12345",
    "password123456",
    "q123456789",
    "qazwsxedcrfv",
    "qq123456789",
    "qwer123456",
    "qwerasdfzxcv",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "qwertyuiop123",
    "teacher123",
    "teacher123456",
    "welcome123",
    "woaini1314",
    "woaini1314520",
    "woaini520520",
    "zxcvbnm123",
];

/// Whether it is one of them, or one character over and over.
pub(crate) fn is_common(password: &str) -> bool {
    let small = password.to_lowercase();
    let mut chars = small.chars();
    let first = chars.next();
    COMMONEST.contains(&small.as_str()) || chars.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::COMMONEST;

    #[test]
    fn none_of_the_list_would_be_refused_without_it() {
        assert!(COMMONEST.iter().all(|p| p.chars().count() >= crate::password::SHORTEST && *p == p.to_lowercase()));
    }
}
