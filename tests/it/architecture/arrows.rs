//! Which crate may name which: in the manifests and in the sources.

use super::File;
use super::scan::{code_of, is_word};

/// Every arrow that there is; the tests may name anything.
const ARROWS: [(&str, &[&str]); 10] = [
    ("server", &["api", "casework", "notifier", "storage", "roster", "paper", "domain"]),
    ("api", &["casework", "paper", "domain"]),
    ("casework", &["storage", "roster", "attachment", "domain"]),
    ("notifier", &["storage", "domain"]),
    ("storage", &["migrations", "domain"]),
    ("migrations", &[]),
    ("roster", &[]),
    ("attachment", &["domain"]),
    ("paper", &[]),
    ("domain", &[]),
];

/// Foreign crates, each with the only ones of ours that may name it.
const KEEPERS: [(&str, &[&str]); 17] = [
    ("sea-orm", &["storage"]),
    ("sea-orm-migration", &["migrations"]),
    ("sqlx", &[]),
    ("actix-web", &["api", "server"]),
    ("actix-multipart", &["api"]),
    ("tracing-actix-web", &["api", "server"]),
    ("askama", &["api"]),
    ("utoipa", &["api"]),
    ("jsonwebtoken", &["api"]),
    ("lettre", &["notifier"]),
    ("reqwest", &["notifier"]),
    ("krilla", &["paper"]),
    ("image", &["attachment"]),
    ("flate2", &["attachment"]),
    ("rust_xlsxwriter", &["paper", "roster"]),
    ("clap", &["server"]),
    ("anyhow", &["server"]),
];

/// What the pure crates may stand on.
const VALUES: [(&str, &[&str]); 4] = [
    ("attachment", &["domain", "flate2", "image"]),
    ("paper", &["icu_segmenter", "krilla", "rust_xlsxwriter", "skrifa", "thiserror"]),
    ("domain", &["chrono", "chrono-tz", "uuid", "serde", "serde_json", "toml", "thiserror", "hmac", "sha2"]),
    (
        "roster",
        &[
            "calamine",
            "chrono",
            "csv",
            "encoding_rs",
            "pinyin",
            "serde",
            "thiserror",
            "toml",
            "unicode-normalization",
            "zip",
        ],
    ),
];

/// What no pure crate says: I/O, waiting, clocks, randomness, surroundings.
const IMPURE: [&str; 16] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "io::stdin",
    "io::stdout",
    "std::os",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "now_v7",
    "new_v4",
    "async fn",
    ".await",
];

/// Every arrow that leads through a wall.
pub(super) fn violations(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|f| f.krate() != "tests") {
        if file.path.ends_with("/Cargo.toml") {
            manifest(file, &mut found);
        } else if file.is_rust() {
            source(file, &mut found);
        }
    }
    found
}

fn manifest(file: &File, found: &mut Vec<String>) {
    let table: toml::Table = file.text.parse().unwrap_or_else(|e| panic!("{}: {e}", file.path));
    let krate = file.krate();
    if !ARROWS.iter().any(|(from, _)| *from == krate) {
        found.push(format!("{}: a crate that no arrow tells of", file.path));
    }
    for section in ["dependencies", "dev-dependencies", "build-dependencies", "target"] {
        let Some(named) = table.get(section).and_then(toml::Value::as_table) else { continue };
        if section == "target" {
            found.push(format!("{}: dependencies of one target are not looked at", file.path));
        }
        for (key, value) in named {
            let name = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
            if !may_name(krate, name) {
                found.push(format!("{}: {krate} → {name}", file.path));
            }
            let values = VALUES.iter().find(|(k, _)| *k == krate).map(|(_, v)| v);
            if section == "dependencies" && values.is_some_and(|v| !v.contains(&name)) {
                found.push(format!("{}: {krate} → {name}, which is no value crate", file.path));
            }
        }
    }
}

fn may_name(krate: &str, name: &str) -> bool {
    if ARROWS.iter().any(|(own, _)| *own == name) || name == "tests" {
        return krate == name || ARROWS.iter().any(|(from, to)| *from == krate && to.contains(&name));
    }
    KEEPERS.iter().find(|(n, _)| *n == name).is_none_or(|(_, keepers)| keepers.contains(&krate))
}

fn source(file: &File, found: &mut Vec<String>) {
    let krate = file.krate();
    let code = code_of(&file.text);
    let ours = ARROWS.iter().map(|(name, _)| *name).chain(["tests"]);
    for name in ours.chain(KEEPERS.iter().map(|(name, _)| *name)) {
        if may_name(krate, name) {
            continue;
        }
        for line in named(&code, &name.replace('-', "_")) {
            found.push(format!("{}:{line}: {krate} → {name}", file.path));
        }
    }
    if VALUES.iter().any(|(pure, _)| *pure == krate) && !file.is_test() {
        let product = code.split("#[cfg(test)]").next().unwrap_or_default();
        for word in IMPURE.iter().chain(&["tokio"]) {
            for line in said(product, word) {
                found.push(format!("{}:{line}: {krate} is pure and says {word}", file.path));
            }
        }
    }
}

/// The lines in which a crate is named: `name::…`, not behind another path, or `use name`.
fn named(code: &str, name: &str) -> Vec<usize> {
    let hits = code.match_indices(name).filter(|(at, _)| {
        let (before, after) = (code[..*at].trim_end(), &code[at + name.len()..]);
        let glued = code[..*at].chars().next_back().is_some_and(|c| is_word(c) || c == '.');
        let behind = before.ends_with("::") && before.trim_end_matches("::").chars().next_back().is_some_and(is_word);
        let whole = !after.chars().next().is_some_and(is_word);
        let used = before.ends_with("use") && whole;
        whole && !glued && !behind && (after.trim_start().starts_with("::") || used)
    });
    hits.map(|(at, _)| code[..at].matches('\n').count() + 1).collect()
}

/// The lines in which a word stands.
fn said(code: &str, word: &str) -> Vec<usize> {
    let whole = |at: &usize| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        (word.starts_with('.') || !before.is_some_and(is_word)) && !after.is_some_and(is_word)
    };
    let hits = code.match_indices(word).map(|(at, _)| at).filter(whole);
    hits.map(|at| code[..at].matches('\n').count() + 1).collect()
}
