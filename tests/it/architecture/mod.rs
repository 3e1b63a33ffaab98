//! The walls of the house: which crate may name which, what stays pure, and how large things may become. The checks
//! are functions over files, so that planted violations can be given to them.

mod arrows;
mod docs;
mod planted;
mod promises;
mod scan;
mod sizes;

use std::path::Path;

/// A file of the workspace; the path is relative to its root.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// A file that a test makes up.
    pub(crate) fn of(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The crate that it belongs to, by its folder.
    pub(crate) fn krate(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or_default(),
            Some(other) => other,
            None => "",
        }
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub(crate) fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.starts_with("tests/") || self.path.contains("/tests/") || name.ends_with("tests.rs")
    }
}

/// Everything that is read: sources, manifests and documents.
pub(crate) fn workspace() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for start in ["crates", "migrations", "tests", "docs"] {
        walk(root, &root.join(start), &mut files);
    }
    for one in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        files.push(File::of(one, &std::fs::read_to_string(root.join(one)).unwrap()));
    }
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            files.push(File { path: name, text });
        }
    }
}

#[test]
fn crates_name_only_what_they_may() {
    let found = arrows::violations(&workspace());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn files_functions_and_handlers_stay_small() {
    let files = workspace();
    assert!(files.iter().filter(|f| f.is_rust()).count() > 100, "the sources were not found");
    let found = sizes::violations(&files);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_document_is_linked_and_every_link_leads_somewhere() {
    let found = docs::violations(&workspace());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_promise_names_a_test_that_is_there() {
    let files = workspace();
    assert!(files.iter().any(|f| f.path == "docs/guarantees.md"));
    let found = promises::violations(&files);
    assert!(found.is_empty(), "{found:#?}");
}
