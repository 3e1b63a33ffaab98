//! The crate from outside: files made here, read as a school's file is.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod columns;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod support;
#[cfg(test)]
mod text_files;
#[cfg(test)]
mod workbooks;
