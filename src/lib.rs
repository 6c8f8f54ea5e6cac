//! MLOps Atlas: find MLOps tools, draw checked architectures, read experiment runs, present all of it.
//!
//! Modules in reading order: the nouns hold the model and cannot do I/O; [`store`] is the only place
//! with files and SQL; [`ui`] mirrors the nouns and is the only place with egui.

pub mod nearest;
pub mod problem;
pub mod rows;
pub mod shown;

pub mod architecture;
pub mod catalog;
pub mod practice;
pub mod runs;

pub mod address;
pub mod document;
pub mod history;
pub mod remarks;
pub mod shortlist;
pub mod workspace;

pub mod action;
pub mod command;
pub mod jobs;
pub mod settings;
pub mod state;

pub mod app;
pub mod cli;
pub mod store;
pub mod ui;
