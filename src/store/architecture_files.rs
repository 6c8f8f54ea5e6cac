//! Architecture files and the bundled templates.
