//! What happened on a list, in words.

use domain::lang::Lang;
use serde_json::Value;

/// Put on a list, looked at again, taken off; or support that was named.
pub(super) fn list_text(body: &Value, lang: Lang) -> String {
    let member = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let (list, text) = (member(lang.pick("zh", "en")), member("text"));
    match (member("what"), lang) {
        ("reviewed", Lang::Zh) => format!("复核「{list}」：{text}（下次复核 {}）", member("review_at")),
        ("reviewed", Lang::En) => format!("Reviewed on “{list}”: {text} (next review {})", member("review_at")),
        ("ended", Lang::Zh) => format!("移出「{list}」（到 {}）：{text}", member("to")),
        ("ended", Lang::En) => format!("Taken off “{list}” (until {}): {text}", member("to")),
        ("support", Lang::Zh) => format!("帮扶安排：{text}（责任人 {}）", member("responsible")),
        ("support", Lang::En) => format!("Support: {text} ({} answers for it)", member("responsible")),
        (_, Lang::Zh) => format!("列入「{list}」（自 {}）：{text}", member("from")),
        (_, Lang::En) => format!("Put on “{list}” (since {}): {text}", member("from")),
    }
}
