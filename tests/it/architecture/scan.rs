//! A careful look at Rust's text: comments, strings and characters become blanks of the same lines, then braces count.

/// The same text with everything blank that is not code.
pub(super) fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = end_of_blank(&chars, i);
        if end > i {
            out.extend(chars[i..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            i = end;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    out
}

/// Where the comment, string or character that begins here ends; `i` itself when none does.
fn end_of_blank(c: &[char], i: usize) -> usize {
    let at = |n: usize| c.get(n).copied().unwrap_or(' ');
    match (at(i), at(i + 1)) {
        ('/', '/') => (i..c.len()).find(|n| c[*n] == '\n').unwrap_or(c.len()),
        ('/', '*') => end_of_comment(c, i),
        ('"', _) => end_of_string(c, i + 1),
        ('r', '"' | '#') if i == 0 || !is_word(at(i - 1)) || at(i - 1) == 'b' => end_of_raw(c, i),
        ('\'', '\\') => (i + 3..c.len()).find(|n| c[*n] == '\'').map_or(c.len(), |n| n + 1),
        ('\'', _) if at(i + 2) == '\'' => i + 3,
        _ => i,
    }
}

fn end_of_comment(c: &[char], start: usize) -> usize {
    let (mut depth, mut n) = (0, start);
    while n < c.len() {
        match (c[n], c.get(n + 1)) {
            ('/', Some('*')) => (depth, n) = (depth + 1, n + 2),
            ('*', Some('/')) => (depth, n) = (depth - 1, n + 2),
            _ => n += 1,
        }
        if depth == 0 {
            return n;
        }
    }
    n
}

fn end_of_string(c: &[char], mut n: usize) -> usize {
    while n < c.len() && c[n] != '"' {
        n += if c[n] == '\\' { 2 } else { 1 };
    }
    (n + 1).min(c.len())
}

/// `r#name` is a word, not a string.
fn end_of_raw(c: &[char], start: usize) -> usize {
    let hashes = c[start + 1..].iter().take_while(|x| **x == '#').count();
    let open = start + 1 + hashes;
    if c.get(open) != Some(&'"') {
        return start;
    }
    let close = |n: &usize| c[*n] == '"' && c[n + 1..].iter().take(hashes).filter(|x| **x == '#').count() == hashes;
    (open + 1..c.len()).find(close).map_or(c.len(), |n| n + 1 + hashes)
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A function: its name, its first line (from 1), how many lines it has, and whether a route leads to it.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) lines: usize,
    pub(super) handler: bool,
}

const ROUTES: [&str; 5] = ["#[get(", "#[post(", "#[put(", "#[delete(", "#[patch("];

/// Every function that has a body.
pub(super) fn functions(text: &str) -> Vec<Function> {
    let code = code_of(text);
    let mut out = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code[..at].chars().next_back();
        let name: String = code[at + 3..].chars().take_while(|c| is_word(*c)).collect();
        if before.is_some_and(is_word) || name.is_empty() {
            continue;
        }
        let Some(end) = end_of_body(&code[at..]) else { continue };
        let line = code[..at].matches('\n').count() + 1;
        let lines = code[at..at + end].matches('\n').count() + 1;
        let above = code[..at].lines().rev().skip(1).take_while(|l| l.trim_start().starts_with("#["));
        let handler = above.into_iter().any(|l| ROUTES.iter().any(|r| l.trim_start().starts_with(r)));
        out.push(Function { name, line, lines, handler });
    }
    out
}

/// The end of the body that begins after a signature; nothing for a declaration.
fn end_of_body(code: &str) -> Option<usize> {
    let (mut round, mut depth) = (0, 0);
    for (n, c) in code.char_indices() {
        match c {
            '(' | '[' if depth == 0 => round += 1,
            ')' | ']' if depth == 0 => round -= 1,
            ';' if depth == 0 && round == 0 => return None,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(n + 1);
                }
            }
            _ => {}
        }
    }
    None
}
