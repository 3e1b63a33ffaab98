//! The figures of the service, each beside its target, in one run of a release build: `tests/bench/run`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::allow_attributes,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this is a measurement"
)]

mod care;
mod filing;
mod paper;
mod process;
mod storm;
mod volume;

/// One line of the table.
struct Figure {
    what: String,
    found: String,
    target: &'static str,
    met: Option<bool>,
}

impl Figure {
    fn new(what: impl Into<String>, found: impl Into<String>, target: &'static str, met: Option<bool>) -> Self {
        let figure = Self { what: what.into(), found: found.into(), target, met };
        println!("  … {}: {}", figure.what, figure.found);
        figure
    }
}

/// The value below which this share of the values lies.
fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() as f64 * share).ceil() as usize).clamp(1, values.len()) - 1]
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    // Without a word everything is measured; else what is named.
    let named: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|n| n == part);
    let mut figures = Vec::new();
    if wanted("storm") {
        figures.extend(storm::figures().await);
    }
    if wanted("filing") {
        figures.extend(filing::figures().await);
    }
    if wanted("volume") {
        figures.extend(volume::figures().await);
    }
    if wanted("care") {
        figures.extend(care::figures().await);
    }
    if wanted("paper") {
        figures.push(paper::figure());
    }
    if wanted("process") {
        figures.extend(process::figures().await);
    }
    println!("\n{:<64} {:>24} {:>16}  met", "what", "figure", "target");
    for f in figures {
        let met = f.met.map_or("", |met| if met { "yes" } else { "NO" });
        println!("{:<64} {:>24} {:>16}  {met}", f.what, f.found, f.target);
    }
}
