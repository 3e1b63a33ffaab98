use super::*;

#[test]
fn only_one_and_the_same_key_is_an_answer() {
    let key = |dtmf: &str| VoiceReport { dtmf: dtmf.to_owned(), ..VoiceReport::default() }.key();
    assert_eq!(key("1"), Some(CodeAnswer::Take));
    assert_eq!(key(" 2 "), Some(CodeAnswer::Cannot));
    assert_eq!(key("111"), Some(CodeAnswer::Take));
    for nothing in ["", "3", "12", "21", "1#", "0", "*", "１", "111111111"] {
        assert_eq!(key(nothing), None, "{nothing}");
    }
}
