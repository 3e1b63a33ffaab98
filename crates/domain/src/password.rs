//! What a password may be: one place for the first one, which somebody else chooses, and for every one after it.

use crate::fault::{Fault, Faults};
use crate::password_common::is_common;

/// The shortest, in characters: above the 8 that NIST SP 800-63B asks for beside a second factor, below the 15 that it asks
/// for alone, until a second factor is in use.
pub const SHORTEST: usize = 10;
/// The longest: a password is hashed at once, and a hash of a megabyte is a way to keep the service busy.
pub const LONGEST: usize = 256;
/// The longest that is looked at when somebody signs in, in bytes: of every password that may be set.
pub const LONGEST_BYTES: usize = 4 * LONGEST;

const PRODUCT: [&str; 2] = ["心灯", "xindeng"];

/// Whose password it is: what everybody knows of him is no password.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The login.
    pub login: &'a str,
    /// The name.
    pub name: &'a str,
    /// The names of schools and districts.
    pub institutions: &'a [String],
    /// Where he is reached: telephone numbers and addresses of mail.
    pub contacts: &'a [String],
}

/// So long are digits alone at least: a telephone number, a date of birth and what cards begin with are shorter.
const SHORTEST_OF_DIGITS: usize = 15;

/// What is wrong with a password, as faults of a field. The password itself stands in none of them.
#[must_use]
pub fn faults(field: &str, password: &str, owner: Owner<'_>) -> Vec<Fault> {
    let (mut faults, chars) = (Faults::new(), password.chars().count());
    if chars > LONGEST {
        // Nothing else of it is looked at.
        let zh = format!("密码最多 {LONGEST} 位");
        return vec![Fault::new(field, "too_long", zh, format!("at most {LONGEST} characters"))];
    }
    faults.when(chars < SHORTEST, || {
        let zh = format!("密码至少 {SHORTEST} 位");
        Fault::new(field, "too_short", zh, format!("at least {SHORTEST} characters"))
    });
    faults.when(says_who(password, owner), || {
        let zh = "密码不能只是登录名、姓名、学校名、电话、邮箱或“心灯”，后面加数字也不行";
        let en = "not the login, the name, the school, a telephone number, a mail address or the product, with digits or without";
        Fault::new(field, "names_owner", zh, en)
    });
    let digits = folded(password);
    let few = digits.chars().count() < SHORTEST_OF_DIGITS && digits.chars().all(|c| c.is_numeric());
    faults.when(chars >= SHORTEST && few, || {
        let zh = format!("只有数字的密码至少 {SHORTEST_OF_DIGITS} 位");
        Fault::new(field, "digits_alone", zh, format!("digits alone are at least {SHORTEST_OF_DIGITS}"))
    });
    faults.when(chars >= SHORTEST && is_common(password), || {
        Fault::new(field, "too_common", "这个密码太常见，容易被猜中", "too many people have this one")
    });
    faults.into_vec()
}

/// Whether nothing but digits and signs is left of it beside what everybody knows of its owner.
fn says_who(password: &str, owner: Owner<'_>) -> bool {
    let local = owner.login.split('@').next().unwrap_or_default();
    let institutions = owner.institutions.iter().map(String::as_str);
    let contacts = owner.contacts.iter().flat_map(|c| reached_by(c));
    let known = [owner.login, local, owner.name].into_iter().chain(institutions).chain(contacts).chain(PRODUCT);
    let mut words: Vec<String> = known.map(folded).filter(|w| w.chars().count() > 1).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let whole = folded(password);
    let rest = words.iter().fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
    rest != whole && rest.chars().all(|c| c.is_ascii_digit())
}

/// A mail address and what stands before its @; a telephone number with its country code and without.
fn reached_by(contact: &str) -> [&str; 2] {
    let home = contact.strip_prefix("+86").or_else(|| contact.strip_prefix("0086")).unwrap_or(contact);
    [contact, contact.split_once('@').map_or(home, |(local, _)| local)]
}

/// Letters and digits alone, the letters small.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(password: &str) -> Vec<&'static str> {
        let institutions = ["启明中学".to_owned(), "河东区教育局".to_owned()];
        let contacts = ["+8613800000012".to_owned(), "granite-tree@school.example".to_owned()];
        let owner = Owner { login: "zhou.min", name: "周敏", institutions: &institutions, contacts: &contacts };
        faults("new", password, owner).iter().map(|f| f.code).collect()
    }

    #[test]
    fn what_everybody_knows_of_somebody_is_no_password() {
        for known in [
            "zhou.min2026",
            "ZHOUMIN-2026!",
            "周敏周敏周敏周敏周敏",
            "启明中学20260901",
            "河东区教育局周敏2026",
            "心灯心灯心灯心灯心灯",
            "Xindeng@2026",
            "xindeng-xindeng",
            "granite-tree2026",
            "Granite_Tree@school.example",
            "zhoumin138 0000 0012",
        ] {
            assert_eq!(codes(known), ["names_owner"], "{known}");
        }
        for fine in ["窗外有两棵石榴树呀呀", "xindeng lights the way", "zhou.min likes tea", "741289302257748"]
        {
            assert_eq!(codes(fine), Vec::<&str>::new(), "{fine}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_named() {
        assert_eq!(codes("zhoumin1"), ["too_short", "names_owner"]);
        assert_eq!(codes(""), ["too_short"]);
        assert_eq!(codes("Password123"), ["too_common"]);
        assert_eq!(codes("woaini1314520"), ["too_common"]);
        assert_eq!(codes("aaaaaaaaaaaaaaaa"), ["too_common"]);
        assert_eq!(codes("1234567890"), ["digits_alone", "too_common"]);
        assert_eq!(codes("7412 8930 2257"), ["digits_alone"]);
        assert_eq!(codes("13800000012"), ["names_owner", "digits_alone"]);
        assert_eq!(codes(&"长".repeat(256)), ["too_common"]);
        assert_eq!(codes(&"长短".repeat(128)), Vec::<&str>::new());
        assert_eq!(codes(&"长".repeat(257)), ["too_long"]);
    }
}
