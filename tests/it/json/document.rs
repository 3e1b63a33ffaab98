//! The description of the interface is the whole truth; whoever changes it sees so.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tests::{Client, World};

#[test]
fn the_description_is_as_it_was_when_somebody_last_looked_at_it() {
    insta::assert_json_snapshot!("openapi", api::document());
}

fn each(document: &Value, mut look: impl FnMut(&str, &Value)) {
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            look(&format!("{method} {path}"), operation);
        }
    }
}

#[test]
fn a_tag_is_required_where_it_is_and_every_answer_that_has_one_says_so() {
    let document = api::document();
    let mut tagged = Vec::new();
    each(&document, |name, operation| {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["name"] == "If-Match" {
                assert_eq!(parameter["required"], true, "{name}");
                assert!(operation["responses"]["428"].is_object() && operation["responses"]["412"].is_object());
                tagged.push(name.to_owned());
            }
            if parameter["name"] == "Idempotency-Key" {
                assert!(operation["responses"]["409"]["headers"]["Retry-After"].is_object(), "{name}");
            }
        }
    });
    assert_eq!(tagged.len(), 15, "{tagged:?}");
}

#[test]
fn fields_of_answers_are_required_unless_they_can_be_absent() {
    let document = api::document();
    let schema = |name: &str| document["components"]["schemas"][name].clone();
    let required =
        |s: &Value| s["required"].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned()).collect();
    let item: Vec<String> = required(&schema("AlertItem"));
    assert!(item.contains(&"owner".to_owned()) && item.contains(&"deadline_at".to_owned()));
    assert!(!item.contains(&"class".to_owned()));
    let filing: Vec<String> = required(&schema("ObservationBody"));
    assert_eq!(filing, ["students", "observed_at", "safe_now"]);
    assert_eq!(schema("AlertItem")["properties"]["level"]["maximum"], 4);
    assert_eq!(schema("AlertItem")["properties"]["opened_at"]["format"], "date-time");
    assert_eq!(schema("PositionShape")["properties"]["role"]["enum"].as_array().unwrap().len(), 14);
    assert!(document["paths"]["/health/ready"]["get"]["responses"]["503"].is_object());
}

/// Fields that the source leaves out where there is nothing to say, each with its type's name.
fn left_out(text: &str) -> Vec<(String, String)> {
    let (mut out, mut shape, mut sometimes) = (Vec::new(), String::new(), false);
    for line in text.lines().map(str::trim) {
        let declared =
            line.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ").trim_start_matches("pub ");
        if let Some(rest) = declared.strip_prefix("struct ") {
            shape = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        }
        sometimes |= line.contains("skip_serializing_if");
        if let Some((field, _)) = declared.split_once(':').filter(|_| sometimes && !line.starts_with(['#', '/'])) {
            out.push((shape.clone(), field.trim_start_matches("r#").to_owned()));
            sometimes = false;
        }
    }
    out
}

#[test]
fn a_field_that_the_source_may_leave_out_is_required_by_nobody() {
    let document = api::document();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/api/src");
    let folders = [source.clone(), source.join("json")];
    let files = folders.iter().flat_map(|f| fs::read_dir(f).unwrap()).map(|f| f.unwrap().path());
    let texts = files.filter(|f| f.extension().is_some_and(|e| e == "rs")).map(|f| fs::read_to_string(f).unwrap());
    let found: Vec<(String, String)> = texts.flat_map(|t| left_out(&t)).collect();
    assert!(found.len() > 15, "{found:?}");
    for (shape, field) in found {
        let required = document["components"]["schemas"][&shape]["required"].as_array().cloned().unwrap_or_default();
        assert!(!required.contains(&field.clone().into()), "{shape}.{field} is left out at times: SOMETIMES wants it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn measurements_come_in_the_form_that_was_asked_for() {
    let world = World::sqlite().await;
    let scraper = Client::anonymous(&world.base);
    let _ = scraper.get("/health/live").await.expect(200);
    let plain = scraper.get("/metrics").await.expect(200);
    assert_eq!(plain.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert!(plain.text.contains("# TYPE xindeng_http_requests_total counter"));
    let asked = scraper.with("Accept", "application/openmetrics-text;version=1.0.0").get("/metrics").await.expect(200);
    assert!(
        asked.header("content-type").starts_with("application/openmetrics-text") && asked.text.ends_with("# EOF\n")
    );
}
