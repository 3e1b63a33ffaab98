//! What was written into a file as a dated text, in words.

use domain::lang::Lang;
use serde_json::Value;

/// A life event or a note: what it was called when it was written, then the words.
pub(super) fn written_text(body: &Value, lang: Lang) -> String {
    let member = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, text) = (member(lang.pick("zh", "en")), member("text"));
    if name.is_empty() { text.to_owned() } else { format!("{name}{}{text}", lang.pick("：", ": ")) }
}
