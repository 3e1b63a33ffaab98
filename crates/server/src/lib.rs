//! The program: reads settings, puts the rooms together, starts the loops and stops them.
//!
//! Everything that is impure enters here: the clock, randomness, the environment, the network's edge.

pub mod args;
pub mod assemble;
mod channels;
pub mod command;
pub mod database_clock;
mod demonstration;
pub mod demonstration_service;
pub mod http;
pub mod loops;
pub mod seams;
pub mod secrets;
pub mod settings;
pub mod steady_clock;
pub mod telemetry;
pub mod tls;
pub mod watch;
