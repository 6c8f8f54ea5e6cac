//! Architecture drawings: nodes, typed flows, lanes, edits, layout and routing.
