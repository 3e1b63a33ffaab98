//! What is promised: each line names a test, and that test is there.

use super::File;

const DOCUMENTS: [&str; 2] = ["docs/guarantees.md", "docs/crash-windows.md"];
/// A name of a test has so many words at least; shorter ones in backticks are names of other things.
const WORDS: usize = 3;

/// Lines that name no test, and names of tests that are not there.
pub(super) fn violations(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for document in files.iter().filter(|f| DOCUMENTS.contains(&f.path.as_str())) {
        for line in document.text.lines().filter(|l| is_promise(l)) {
            let names = names(line);
            if names.is_empty() {
                found.push(format!("{}: names no test: {line}", document.path));
            }
            for name in names.into_iter().filter(|name| !is_there(files, name)) {
                found.push(format!("{}: no test is called {name}", document.path));
            }
        }
    }
    found
}

/// A row of a table with something promised in it.
fn is_promise(line: &str) -> bool {
    let cells: Vec<&str> = line.trim().split('|').map(str::trim).collect();
    let is_row = line.trim().starts_with('|') && cells.len() > 3;
    let is_head = cells.get(1).is_some_and(|c| c.is_empty() || c.starts_with("--"));
    let is_title = cells.iter().any(|c| c.starts_with("shown by"));
    is_row && !is_head && !is_title
}

fn names(line: &str) -> Vec<String> {
    let quoted = line.split('`').skip(1).step_by(2);
    let last = quoted.map(|q| q.rsplit("::").next().unwrap_or(q));
    let word = |q: &&str| q.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    last.filter(word).filter(|q| q.split('_').count() >= WORDS).map(str::to_owned).collect()
}

/// A function, or the first word of a story.
fn is_there(files: &[File], name: &str) -> bool {
    let forms = [
        format!("fn {name}("),
        format!("on_both!({name},"),
        format!("    {name},\n"),
        format!("({name}, "),
        format!("once {name},"),
    ];
    files.iter().filter(|f| f.is_rust()).any(|f| forms.iter().any(|form| f.text.contains(form)))
}
