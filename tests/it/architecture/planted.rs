//! A checker that finds nothing proves nothing: each kind of violation is planted once and must be reported.

use super::scan::{code_of, functions};
use super::{File, arrows, docs, promises, sizes};

#[track_caller]
fn reported(found: &[String], word: &str) {
    assert!(found.iter().any(|f| f.contains(word)), "{word} is not in {found:#?}");
}

#[test]
fn a_wrong_arrow_in_a_manifest_is_reported() {
    for (path, dependency, arrow) in [
        ("crates/api/Cargo.toml", "storage.workspace = true", "api → storage"),
        ("crates/api/Cargo.toml", "s = { package = \"notifier\", path = \"../notifier\" }", "api → notifier"),
        ("crates/notifier/Cargo.toml", "casework = { workspace = true }", "notifier → casework"),
        ("crates/casework/Cargo.toml", "lettre = \"0.11\"", "casework → lettre"),
        ("crates/server/Cargo.toml", "sea-orm.workspace = true", "server → sea-orm"),
        ("crates/domain/Cargo.toml", "tokio.workspace = true", "domain → tokio, which is no value crate"),
        ("crates/roster/Cargo.toml", "domain.workspace = true", "roster → domain"),
        ("crates/newcomer/Cargo.toml", "", "a crate that no arrow tells of"),
    ] {
        let file = File::of(path, &format!("[package]\nname = \"x\"\n[dependencies]\n{dependency}\n"));
        reported(&arrows::violations(&[file]), arrow);
    }
}

#[test]
fn a_wrong_name_in_a_source_is_reported_with_its_line() {
    for (path, text, report) in [
        ("crates/api/src/a.rs", "\nuse storage::Tx;", "a.rs:2: api → storage"),
        ("crates/api/src/a.rs", "fn f() { ::notifier::send() }", "a.rs:1: api → notifier"),
        ("crates/api/src/a.rs", "use storage as s;", "api → storage"),
        ("crates/casework/src/a.rs", "use actix_web::web;", "casework → actix-web"),
        ("crates/server/src/a.rs", "use sea_orm::Database;", "server → sea-orm"),
        ("crates/domain/src/a.rs", "use std::time::SystemTime;", "domain is pure and says SystemTime"),
        ("crates/domain/src/a.rs", "fn f() { std::env::var(\"A\"); }", "domain is pure and says std::env"),
        ("crates/domain/src/a.rs", "pub async fn f() {}", "domain is pure and says async fn"),
        ("crates/roster/src/a.rs", "use std::fs::File;", "roster is pure and says std::fs"),
    ] {
        reported(&arrows::violations(&[File::of(path, text)]), report);
    }
}

#[test]
fn what_only_looks_like_an_arrow_is_not_reported() {
    let text = "// use storage::Tx;\nuse super::storage::A;\nconst S: &str = \"storage::\";\nfn f() { json::notifier::g(); my_storage::h() }";
    assert_eq!(arrows::violations(&[File::of("crates/api/src/a.rs", text)]), Vec::<String>::new());
}

#[test]
fn what_is_too_long_is_reported() {
    let long = |head: &str, lines: usize| format!("{head} {{\n{}}}\n", "    x();\n".repeat(lines));
    let file = File::of("crates/a/src/a.rs", &long("fn far_too_long()", 69));
    reported(&sizes::violations(&[file]), "far_too_long has 71 lines, at most 70");
    let handler = format!("#[get(\"/a\")]\n{}", long("pub(crate) async fn handler()", 24));
    reported(&sizes::violations(&[File::of("crates/api/src/a.rs", &handler)]), "handler has 26 lines, at most 25");
    reported(&sizes::violations(&[File::of("crates/a/src/a.rs", &"//\n".repeat(401))]), "401 lines, at most 400");
    reported(&sizes::violations(&[File::of("tests/it/a.rs", &"//\n".repeat(601))]), "601 lines, at most 600");
    reported(&sizes::violations(&[File::of("crates/a/src/a.rs", &"//\n".repeat(101))]), "the median file has 101");
    let fits = File::of("crates/a/src/a.rs", &long("fn fits()", 68));
    assert_eq!(sizes::violations(&[fits]), Vec::<String>::new());
}

#[test]
fn braces_in_strings_and_comments_do_not_count() {
    let text = "fn a<'x>(s: &'x str) -> [u8; 2] { // }\n /* } /* } */ */ let c = ['}', '\\'', '{']; \"}\\\"}\"; r#\"\"}\"# }\nfn b();";
    let found = functions(text);
    assert_eq!(found.len(), 1, "{found:?} in {}", code_of(text));
    assert_eq!((found[0].name.as_str(), found[0].lines), ("a", 2));
}

#[test]
fn a_document_that_nobody_links_and_a_dead_link_are_reported() {
    let files = [
        File::of("README.md", "[a](docs/a.md) [gone](docs/gone.md)"),
        File::of("docs/a.md", "[itself](a.md)"),
        File::of("docs/alone.md", "[itself](alone.md)"),
    ];
    let found = docs::violations(&files);
    reported(&found, "docs/alone.md: no document links to it");
    reported(&found, "README.md: links to docs/gone.md");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_promise_without_a_test_is_reported() {
    let table = "| promise | shown by |\n|---|---|\n| kept | `a_test_that_is_there`, `RedNotice` |\n| gone | `one::that_is_gone` |\n| bare | |\n";
    let files = [File::of("docs/guarantees.md", table), File::of("tests/it/a.rs", "fn a_test_that_is_there() {}")];
    let found = promises::violations(&files);
    reported(&found, "docs/guarantees.md: no test is called that_is_gone");
    reported(&found, "docs/guarantees.md: names no test: | bare | |");
    assert_eq!(found.len(), 2, "{found:?}");
}
