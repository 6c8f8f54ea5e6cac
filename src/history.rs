//! Undo and redo over serialisable edits.
