//! Stand-ins for message providers, each a real server on a port of its own. They check what is signed in their own way,
//! and do what they are told to: take, refuse, mumble, or take and never say so.

mod aliyun;
mod dingtalk;
mod receiver;
mod server;
mod sums;
mod tencent;
mod twilio;
mod wecom;

pub use receiver::{Receiver, Told};
pub use server::{Act, Call, Fake};
pub use sums::twilio_signature;

/// Where gateways report receipts, as they see this service.
pub const HOOKS: &str = "https://xd.example.edu.cn";
/// The id at every provider.
pub const KEY: &str = "key-of-a-test";
/// The secret at every provider.
pub const SECRET: &str = "secret-of-a-test";
/// The token at Twilio.
pub const TWILIO_TOKEN: &str = "token-of-a-test";
