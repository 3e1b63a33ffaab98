//! Documents: each is linked from another one, and no link to one of them leads nowhere.

use std::collections::BTreeSet;

use super::File;

/// Documents that nobody finds, and links to documents that are not there.
pub(super) fn violations(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let mut linked = BTreeSet::new();
    for file in files.iter().filter(|f| f.path.ends_with(".md")) {
        for target in links(&file.text) {
            let target = resolve(&file.path, &target);
            let there = files.iter().any(|f| f.path == target || f.path.starts_with(&format!("{target}/")));
            if target.ends_with(".md") && !there {
                found.push(format!("{}: links to {target}, which is not there", file.path));
            }
            if target != file.path {
                linked.insert(target);
            }
        }
    }
    for file in files.iter().filter(|f| f.path.starts_with("docs/")) {
        let folder = file.path.rsplit_once('/').map(|(folder, _)| folder).filter(|f| *f != "docs");
        if !linked.contains(&file.path) && !folder.is_some_and(|f| linked.contains(f)) {
            found.push(format!("{}: no document links to it", file.path));
        }
    }
    found
}

/// The targets of links inside the repository.
fn links(text: &str) -> Vec<String> {
    let all = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inside = all.filter(|t| !t.contains("://") && !t.starts_with('#') && !t.starts_with("mailto:"));
    inside.map(|t| t.split('#').next().unwrap_or_default().to_owned()).collect()
}

fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
