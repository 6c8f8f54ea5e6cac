//! `mlops-atlas runs`: sources, runs and series of local stores.
