//! The only place with files and SQL: reads and writes what the nouns model.

pub mod architecture_files;
pub mod atlas_db;
pub mod catalog_files;
pub mod document_files;
pub mod locks;
pub mod nearby;
pub mod practice_files;
pub mod runs;
pub mod series_parquet;
pub mod shortlist_files;
pub mod stamp;
pub mod whole_file;
pub mod workspace;
