//! A CPU rasteriser of egui's tessellated meshes: the same picture on every machine.
