//! Catalog entries as TOML files: bundled and in a workspace.
