//! A screening in words, as it stands in the file: what was answered, what it shows, what followed.

use domain::lang::Lang;
use domain::screening::{Follow, Validity};
use serde_json::Value;

/// A screening in words.
pub(crate) fn screening_text(body: &Value, lang: Lang) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
    let number = |key: &str| body.get(key).and_then(Value::as_u64);
    let (colon, open, close) = (lang.pick("：", ": "), lang.pick("（", " ("), lang.pick("）", ")"));
    let line = |zh: &str, en: &str, said: &str| format!("{}{colon}{said}", lang.pick(zh, en));
    let version = text("version").unwrap_or_default();
    let head = text(lang.pick("zh", "en")).unwrap_or_default();
    let mut lines = vec![match lang {
        Lang::Zh => format!("{head} · {version} 版"),
        Lang::En => format!("{head} · version {version}"),
    }];
    let validity = text("validity").and_then(Validity::from_key);
    if let (Some(total), Some(least), Some(most)) = (number("total"), number("least"), number("most")) {
        let counts = validity != Some(Validity::Invalid);
        let said = format!("{total}{open}{least}–{most}{close}");
        let said = if counts { said } else { format!("{said}{}", lang.pick("，不计", ", does not count")) };
        lines.push(line("总分", "Raw score", &said));
    }
    if let (Some(answer), Some(item), Some(most)) = (number("critical"), number("item"), number("item_most")) {
        let said = match lang {
            Lang::Zh => format!("{answer}（第 {item} 题，最高 {most}）"),
            Lang::En => format!("{answer} (item {item}, {most} at most)"),
        };
        lines.push(line("关键条目", "Critical item", &said));
    }
    lines.extend(validity.map(|v| line("有效性", "Validity", v.name(lang))));
    lines.extend(text("reading").map(|r| line("解读", "Reading", r)));
    let follow = text("follow").and_then(Follow::from_key).filter(|f| *f != Follow::Nothing);
    lines.extend(follow.map(|f| {
        let due = text("due").map(|d| format!("{open}{}{d}{close}", lang.pick("期限 ", "by "))).unwrap_or_default();
        line("后续", "What followed", &format!("{}{due}", f.name(lang)))
    }));
    lines.extend(text("next").map(|n| line("下次", "Next", n)));
    lines.join("\n")
}
