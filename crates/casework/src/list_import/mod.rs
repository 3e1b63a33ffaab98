//! Importing memberships of lists 清单导入: read, show, apply, take back. Nothing follows from the roster: every row is the
//! decision of the person who applies it, and a row that could mean two children means none.

mod apply;
mod find;
mod plan;

pub use apply::{apply_lists, undo_lists};
pub use plan::{LineFate, ListImport, ListImportLine, has_lists_to_import, import_lists, view_list_import};
