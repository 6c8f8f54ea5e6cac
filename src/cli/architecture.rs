//! `mlops-atlas architecture`: templates and new drawings.
