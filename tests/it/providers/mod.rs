//! Message providers that fail in every way that they do.

mod giving_way;
mod letters;
mod mail;
mod receipts;
mod wire;
