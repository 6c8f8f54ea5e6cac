//! Takes what is drawn out of the window.
//!
//! [`headless`] runs the interface without a window, [`pixels`] turns what it drew into an [`image::Image`].

pub mod headless;
pub mod image;
pub mod pixels;
