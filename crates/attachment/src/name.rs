//! What a file is called.

use domain::fault::Faults;

use crate::{Limits, Media, fault};

/// What a file is called that has no name.
const NAMELESS: &str = "附件";

/// Reads a name: without a path, and with an ending that says what is in it.
pub(crate) fn read(typed: &str, media: Option<Media>, limits: &Limits, faults: &mut Faults) -> String {
    let mut name = domain::text::line(typed, "file", faults);
    faults.when(name.contains(['/', '\\', ':', '"', '<', '>', '|', '?', '*']) || name.starts_with('.'), || {
        fault(
            "bad_name",
            "文件名不能含有 / \\ : \" < > | ? *，也不能以点开头",
            "A file name must not hold / \\ : \" < > | ? *, nor begin with a dot",
        )
    });
    faults.when(name.chars().count() > limits.name_chars, || {
        let most = limits.name_chars;
        fault("name_too_long", format!("文件名最多 {most} 个字"), format!("A file name has at most {most} characters"))
    });
    let Some(media) = media else { return name };
    if name.is_empty() {
        NAMELESS.clone_into(&mut name);
    }
    match ending(&name) {
        Some(says) if media.endings().contains(&says.as_str()) => {}
        Some(says) => faults.add(fault(
            "name_mismatch",
            format!("文件名以 .{says} 结尾，内容却是 {}", media.endings().first().unwrap_or(&"")),
            format!("The name ends in .{says}, and the content is {}", media.key()),
        )),
        None => {
            name.push('.');
            name.push_str(media.endings().first().unwrap_or(&""));
        }
    }
    name
}

/// What stands behind the last dot, where it looks like an ending: a few letters and digits.
fn ending(name: &str) -> Option<String> {
    let (_, last) = name.rsplit_once('.')?;
    let short = !last.is_empty() && last.len() <= 5 && last.chars().all(|c| c.is_ascii_alphanumeric());
    short.then(|| last.to_ascii_lowercase())
}
