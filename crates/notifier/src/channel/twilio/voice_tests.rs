use super::super::super::sample::letter;
use super::*;

fn voice(keys: Option<&str>) -> TwilioVoice {
    let account = TwilioAccount {
        url: String::new(),
        sid: String::new(),
        token: "secret-token".into(),
        from: String::new(),
        receipts: None,
    };
    assert!(!format!("{account:?}").contains("secret-token"));
    TwilioVoice::new(TwilioVoiceSettings { account, keys: keys.map(str::to_owned) }).unwrap()
}

#[test]
fn keys_are_asked_for_only_where_they_lead_somewhere() {
    let mut letter = letter();
    letter.text = format!("甲<乙>。{}", crate::compose::KEYS);
    let asked = voice(Some("https://x/k?a=1&b")).script(&letter);
    assert!(asked.contains("<Gather numDigits=\"1\"") && asked.contains("请按1"), "{asked}");
    assert!(asked.contains("甲&lt;乙&gt;") && asked.contains("a=1&amp;b"), "{asked}");
    let plain = voice(None).script(&letter);
    assert!(!plain.contains("Gather") && !plain.contains("请按1"), "{plain}");
}
