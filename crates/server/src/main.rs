//! `xindeng`: see `xindeng --help`.

use std::process::ExitCode;

use clap::Parser;
use server::args::Args;

fn main() -> ExitCode {
    let args = Args::parse();
    match server::command::run(args) {
        Ok(code) => code,
        Err(err) => {
            server::command::say(&format!("错误 / error: {err:#}"));
            ExitCode::from(1)
        }
    }
}
