//! Message providers that fail in every way that they do.

mod giving_way;
mod keys;
mod letters;
mod mail;
mod probe;
mod receipts;
mod wire;
