//! Takes what is drawn out of the window.
//!
//! [`headless`] runs the interface without a window, [`pixels`] turns what it drew into an [`image::Image`],
//! [`vectors`] into SVG and PDF. [`twin`] is such an interface beside a window.

pub mod headless;
pub mod image;
pub mod pixels;
pub mod twin;
pub mod vectors;
