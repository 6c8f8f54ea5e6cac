//! Looks for run stores beside the current folder, never further.
