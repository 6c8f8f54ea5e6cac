//! `mlops-atlas tools`: list, show and check the catalog.
