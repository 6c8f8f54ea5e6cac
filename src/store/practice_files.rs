//! The bundled practice texts, read from `data/practice`.
