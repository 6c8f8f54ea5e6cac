//! Prose with sources: lifecycle stages, use cases, approaches, issues, statistics.
