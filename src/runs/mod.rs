//! Experiment runs: sources, experiments, runs, metric series and how they are reduced for drawing.
