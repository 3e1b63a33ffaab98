//! Every route of the service, read from the sources: a handler is reachable only by its attribute.

use std::collections::BTreeSet;
use std::path::Path;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// `GET /alerts/{id}` and so on, as the handlers declare them.
pub(crate) fn declared() -> Vec<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/api/src");
    let mut routes = Vec::new();
    visit(&sources, &mut |text| {
        for other in ["web::resource(", "web::scope(", "web::route(", ".route("] {
            assert!(!text.contains(other), "{other} would be a way around the list");
        }
        routes.extend(text.lines().filter_map(route));
        routes.extend(quoted_after(text, "web::redirect(").chain(quoted_after(text, "SwaggerUi::new(")));
    });
    routes.sort();
    routes
}

/// The operations of the description.
pub(super) fn described(document: &serde_json::Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys().filter(|m| METHODS.contains(&m.as_str()));
        out.extend(methods.map(|m| format!("{} {path}", m.to_uppercase())));
    }
    out
}

fn route(line: &str) -> Option<String> {
    let (method, rest) = line.trim().strip_prefix("#[")?.split_once("(\"")?;
    let path = rest.strip_suffix("\")]")?;
    METHODS.contains(&method).then(|| format!("{} {path}", method.to_uppercase()))
}

fn quoted_after<'a>(text: &'a str, call: &'a str) -> impl Iterator<Item = String> + 'a {
    text.split(call).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split_once('"')).map(|(p, _)| format!("GET {p}"))
}

fn visit(folder: &Path, look: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else if path.extension().is_some_and(|e| e == "rs") {
            look(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
