//! Single values: each module turns one cell into one value, or says why it cannot.

pub(crate) mod class;
pub(crate) mod date;
pub(crate) mod grade;
pub(crate) mod name;
pub(crate) mod national_id;
pub(crate) mod number;
pub(crate) mod phone;
pub(crate) mod words;
