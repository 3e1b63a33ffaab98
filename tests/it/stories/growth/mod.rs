//! The growth file 一生一档: what is written, by whom it is read, and that it stays.

mod kept;
