//! Takes what is drawn out of the window.

pub mod pixels;
