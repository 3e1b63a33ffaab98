//! What providers report: receipts, and answers of people. They come by an address that only the gateways know; where a provider signs, its
//! signature counts as well. What is repeated, unknown or not final changes nothing and is answered like everything else,
//! or the provider would repeat it for ever.

mod aliyun;
mod aliyun_keys;
mod answers;
mod kannel;
mod tencent;
mod twilio;

use actix_web::web;

use crate::problem::Problem;
use crate::state::Api;

pub use twilio::TwilioHook;

/// The most receipts that are read from one report.
const RECEIPTS: usize = 1_000;

/// Puts the routes in place.
pub(crate) fn services(config: &mut web::ServiceConfig) {
    config.service(kannel::report).service(aliyun::report).service(tencent::report).service(twilio::report);
    config.service(answers::reply).service(answers::keys).service(aliyun_keys::keys);
}

/// Refuses whoever does not know the address.
fn knows(api: &Api, secret: &str) -> Result<(), Problem> {
    if same(secret, &api.settings.hook_secret) { Ok(()) } else { Err(Problem::not_found()) }
}

/// Compares without telling by its time how much was right.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}
