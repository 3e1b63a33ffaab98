//! What happened to a plan, in words.

use domain::lang::Lang;
use serde_json::Value;

/// A version that was written or signed, or a word about a measure.
pub(super) fn plan_text(body: &Value, lang: Lang) -> String {
    let member = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let version = body.get("version").and_then(Value::as_u64).unwrap_or_default();
    match (member("what"), lang) {
        ("signed", Lang::Zh) => format!("第 {version} 版由撰写人签字，等待第二人签字"),
        ("signed", Lang::En) => format!("Version {version} signed by its writer; waits for a second person"),
        ("in_force", Lang::Zh) => format!("第 {version} 版签字齐全，开始执行"),
        ("in_force", Lang::En) => format!("Version {version} signed by all and in force"),
        ("progress", _) => format!("{}{}{}", member("measure"), lang.pick("：", ": "), member("text")),
        ("done", Lang::Zh) => format!("{}（完成）：{}", member("measure"), member("text")),
        ("done", Lang::En) => format!("{} (done): {}", member("measure"), member("text")),
        (_, Lang::Zh) => format!("写了第 {version} 版（复核 {}）", member("review_at")),
        (_, Lang::En) => format!("Version {version} written (review {})", member("review_at")),
    }
}
