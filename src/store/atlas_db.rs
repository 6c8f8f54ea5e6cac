//! The private database: recents, edit journal, notes.
