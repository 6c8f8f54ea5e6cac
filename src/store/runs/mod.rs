//! Readers of experiment trackers' stores.
