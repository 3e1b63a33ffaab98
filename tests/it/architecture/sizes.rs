//! How large files, functions and handlers may become, in lines.

use super::File;
use super::scan::functions;

const FILE: usize = 400;
const TEST_FILE: usize = 600;
const MEDIAN: usize = 100;
const FUNCTION: usize = 70;
const HANDLER: usize = 25;

/// Everything that has become too large.
pub(super) fn violations(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let mut lengths = Vec::new();
    for file in files.iter().filter(|f| f.is_rust()) {
        let lines = file.text.lines().count();
        lengths.push(lines);
        let most = if file.is_test() { TEST_FILE } else { FILE };
        if lines > most {
            found.push(format!("{}: {lines} lines, at most {most}", file.path));
        }
        for f in functions(&file.text) {
            let most = if f.handler { HANDLER } else { FUNCTION };
            if f.lines > most {
                found.push(format!("{}:{}: {} has {} lines, at most {most}", file.path, f.line, f.name, f.lines));
            }
        }
    }
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    if median > MEDIAN {
        found.push(format!("the median file has {median} lines, at most {MEDIAN}"));
    }
    found
}
