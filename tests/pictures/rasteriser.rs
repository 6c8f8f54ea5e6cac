//! The CPU rasteriser against values worked out by hand: coverage, blending, clipping, textures, text.

use std::sync::Arc;

use egui::epaint::{ImageDelta, Primitive, Vertex};
use egui::{
    ClippedPrimitive, Color32, ColorImage, FontData, FontDefinitions, FontFamily, FontId, Mesh, Pos2, Rect,
    TextureId, TextureOptions, TextureWrapMode, TexturesDelta, pos2, vec2,
};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::image::{Image, compare};
use mlops_atlas::ui::export::pixels::Raster;

const WHITE: [u8; 4] = [255; 4];
const RED: [u8; 4] = [255, 0, 0, 255];
const PICTURE: TextureId = TextureId::User(7);

/// A rasteriser that knows one white texel, which plain colours are drawn with.
fn raster() -> Raster {
    let mut raster = Raster::new();
    give(&mut raster, TextureId::default(), [1, 1], vec![Color32::WHITE], None, TextureOptions::LINEAR);
    raster
}

fn give(
    raster: &mut Raster,
    id: TextureId,
    size: [usize; 2],
    pixels: Vec<Color32>,
    at: Option<[usize; 2]>,
    options: TextureOptions,
) {
    let image = ColorImage::new(size, pixels);
    let mut delta = TexturesDelta::default();
    delta.push(
        id,
        match at {
            Some(place) => ImageDelta::partial(place, image, options),
            None => ImageDelta::full(image, options),
        },
    );
    raster.update(&mut delta);
    assert!(delta.is_empty());
}

fn everywhere(mesh: Mesh) -> ClippedPrimitive {
    ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive: Primitive::Mesh(mesh) }
}

fn rect(min: Pos2, max: Pos2, color: Color32) -> ClippedPrimitive {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_min_max(min, max), color);
    everywhere(mesh)
}

/// Triangles over corners, each `[a, b, c]`.
fn triangles(corners: &[(Pos2, Color32)], faces: &[[u32; 3]]) -> ClippedPrimitive {
    let vertices = corners.iter().map(|(pos, color)| Vertex::untextured(*pos, *color)).collect();
    everywhere(Mesh { vertices, indices: faces.concat(), texture_id: TextureId::default() })
}

fn row(image: &Image, y: u32) -> Vec<[u8; 4]> {
    (0..image.width).map(|x| image.pixel(x, y).unwrap()).collect()
}

fn count(image: &Image, color: [u8; 4]) -> usize {
    image.rgba.as_chunks::<4>().0.iter().filter(|pixel| **pixel == color).count()
}

#[test]
fn a_solid_rectangle_covers_exactly_its_pixels() {
    let solid = rect(pos2(2.0, 3.0), pos2(5.0, 7.0), Color32::RED);
    let image = raster().paint(&[solid], 1.0, [10, 9], Color32::WHITE);
    assert_eq!((image.width, image.height, image.rgba.len()), (10, 9, 10 * 9 * 4));
    for y in 0..9 {
        for x in 0..10 {
            let inside = (2..5).contains(&x) && (3..7).contains(&y);
            assert_eq!(image.pixel(x, y).unwrap(), if inside { RED } else { WHITE }, "at {x}, {y}");
        }
    }
    assert_eq!(image.pixel(10, 0), None);
}

#[test]
fn a_pixel_belongs_to_the_shape_that_holds_its_centre_and_a_centre_on_the_line_to_the_left_top_side() {
    // Centres are at .5: a left edge on one takes the pixel, a right edge on one leaves it.
    let at_centres = [
        triangles(
            &[
                (pos2(1.5, 1.5), Color32::RED),
                (pos2(4.5, 1.5), Color32::RED),
                (pos2(4.5, 3.5), Color32::RED),
                (pos2(1.5, 3.5), Color32::RED),
            ],
            &[[0, 1, 2], [0, 2, 3]],
        ),
        rect(pos2(1.5, 1.5), pos2(4.5, 3.5), Color32::RED),
    ];
    for shape in at_centres {
        let image = raster().paint(&[shape], 1.0, [6, 5], Color32::WHITE);
        assert_eq!(count(&image, RED), 6);
        assert_eq!(row(&image, 1), [WHITE, RED, RED, RED, WHITE, WHITE]);
        assert_eq!(row(&image, 2), [WHITE, RED, RED, RED, WHITE, WHITE]);
    }
    let thin = rect(pos2(2.6, 0.0), pos2(3.4, 5.0), Color32::RED);
    assert_eq!(count(&raster().paint(&[thin], 1.0, [6, 5], Color32::WHITE), RED), 0);
}

#[test]
fn half_transparent_paint_is_laid_over_what_is_there() {
    let veil = rect(pos2(0.0, 0.0), pos2(1.0, 1.0), Color32::from_rgba_premultiplied(100, 50, 0, 128));
    // 127/255 of the ground stays: 255 -> 127.
    let over_white = raster().paint(std::slice::from_ref(&veil), 1.0, [1, 1], Color32::WHITE);
    assert_eq!(over_white.rgba, [227, 177, 127, 255]);
    // 10 -> 4.98, 20 -> 9.96, 30 -> 14.94.
    let over_dark = raster().paint(std::slice::from_ref(&veil), 1.0, [1, 1], Color32::from_rgb(10, 20, 30));
    assert_eq!(over_dark.rgba, [105, 60, 15, 255]);
    // On nothing it stays as it is.
    let alone = raster().paint(&[veil], 1.0, [1, 1], Color32::TRANSPARENT);
    assert_eq!(alone.rgba, [100, 50, 0, 128]);
}

#[test]
fn light_beyond_full_stays_at_full() {
    let additive = rect(pos2(0.0, 0.0), pos2(1.0, 1.0), Color32::from_rgba_premultiplied(100, 100, 100, 0));
    let image = raster().paint(&[additive], 1.0, [1, 1], Color32::from_rgb(200, 20, 155));
    assert_eq!(image.rgba, [255, 120, 255, 255]);
}

#[test]
fn triangles_that_share_an_edge_neither_overlap_nor_gap() {
    let veil = Color32::from_black_alpha(128);
    // A fan about a crooked point: six shared edges at odd angles, none on the pixel grid.
    let outline = [(0.0, 0.0), (20.0, 0.0), (33.0, 0.0), (33.0, 30.0), (14.0, 30.0), (0.0, 30.0)];
    let mut corners = vec![(pos2(13.37, 11.73), veil)];
    corners.extend(outline.map(|(x, y)| (pos2(x, y), veil)));
    // Every second face runs the other way round, as egui's own do.
    let fan = [[0, 1, 2], [0, 3, 2], [0, 3, 4], [0, 5, 4], [0, 5, 6], [0, 1, 6]];
    let image = raster().paint(&[triangles(&corners, &fan)], 1.0, [35, 32], Color32::WHITE);
    // 255 * 127/255 once; twice would be 63.
    assert_eq!(count(&image, [127, 127, 127, 255]), 33 * 30);
    assert_eq!(count(&image, WHITE), 35 * 32 - 33 * 30);
    // A diagonal through pixel centres.
    let square = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)].map(|(x, y)| (pos2(x, y), veil));
    let image = raster().paint(&[triangles(&square, &[[0, 1, 2], [0, 2, 3]])], 1.0, [8, 8], Color32::WHITE);
    assert_eq!(count(&image, [127, 127, 127, 255]), 64);
}

#[test]
fn colours_blend_between_corners() {
    let (dark, light) = (Color32::from_rgb(0, 0, 0), Color32::from_rgb(200, 0, 0));
    let bar = triangles(
        &[(pos2(0.0, 0.0), dark), (pos2(4.0, 0.0), light), (pos2(4.0, 2.0), light), (pos2(0.0, 2.0), dark)],
        &[[0, 1, 2], [0, 2, 3]],
    );
    let image = raster().paint(&[bar], 1.0, [4, 2], Color32::WHITE);
    let expected = [[25, 0, 0, 255], [75, 0, 0, 255], [125, 0, 0, 255], [175, 0, 0, 255]];
    assert_eq!(row(&image, 0), expected);
    assert_eq!(row(&image, 1), expected);
}

#[test]
fn fading_paint_is_laid_over_what_is_there_and_stays_at_full() {
    let bar = |left: Color32, right: Color32| {
        let corners = [
            (pos2(0.0, 0.0), left),
            (pos2(4.0, 0.0), right),
            (pos2(4.0, 1.0), right),
            (pos2(0.0, 1.0), left),
        ];
        triangles(&corners, &[[0, 1, 2], [0, 2, 3]])
    };
    let reds = |shape, ground| -> Vec<u8> {
        let image = raster().paint(&[shape], 1.0, [4, 1], ground);
        assert!(row(&image, 0).iter().all(|pixel| pixel[3] == 255));
        row(&image, 0).iter().map(|pixel| pixel[0]).collect()
    };
    // Alpha 25, 75, 125, 175 leave 90.2, 70.6, 51.0, 31.4 of 100.
    let shade = bar(Color32::TRANSPARENT, Color32::from_black_alpha(200));
    assert_eq!(reds(shade, Color32::from_gray(100)), [90, 71, 51, 31]);
    // Light 12.5, 37.5, 62.5, 87.5 on top of 200.
    let glow = bar(Color32::TRANSPARENT, Color32::from_rgba_premultiplied(100, 0, 0, 0));
    assert_eq!(reds(glow, Color32::from_gray(200)), [213, 238, 255, 255]);
}

#[test]
fn a_texture_shifted_by_half_a_pixel_is_blended_from_neighbours() {
    let mut raster = raster();
    let texels = [8, 0, 100, 200, 40, 8].map(Color32::from_gray).to_vec();
    give(&mut raster, PICTURE, [6, 1], texels, None, TextureOptions::LINEAR);
    let mut mesh = Mesh::with_texture(PICTURE);
    let uv = Rect::from_min_max(pos2(1.0 / 6.0, 0.0), pos2(5.0 / 6.0, 1.0));
    let tint = Color32::from_rgb(255, 255, 51);
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(0.5, 0.0), vec2(4.0, 1.0)), uv, tint);
    let image = raster.paint(&[everywhere(mesh)], 1.0, [5, 1], Color32::WHITE);
    // Each pixel's centre is where two texels meet; a fifth of the blue passes the tint.
    let expected = [[4, 4, 1, 255], [50, 50, 10, 255], [150, 150, 30, 255], [120, 120, 24, 255], WHITE];
    assert_eq!(row(&image, 0), expected);
}

#[test]
fn nothing_is_painted_outside_the_clip_rectangle() {
    let mut everything = rect(pos2(-50.0, -50.0), pos2(50.0, 50.0), Color32::RED);
    // Rounded to whole pixels: columns 2 and 3, rows 1 and 2.
    everything.clip_rect = Rect::from_min_max(pos2(1.6, 1.4), pos2(4.4, 2.6));
    let image = raster().paint(&[everything.clone()], 1.0, [6, 5], Color32::WHITE);
    for y in 0..5 {
        for x in 0..6 {
            let inside = (2..4).contains(&x) && (1..3).contains(&y);
            assert_eq!(image.pixel(x, y).unwrap(), if inside { RED } else { WHITE }, "at {x}, {y}");
        }
    }
    everything.clip_rect = Rect::from_min_max(pos2(3.0, 3.0), pos2(1.0, 1.0));
    let image = raster().paint(&[everything], 1.0, [6, 5], Color32::WHITE);
    assert_eq!(count(&image, WHITE), 30);
}

#[test]
fn odd_corners_are_survived() {
    let odd = triangles(
        &[
            (pos2(f32::NAN, 0.0), Color32::RED),
            (pos2(1.0, 1.0), Color32::RED),
            (pos2(3.0, 1.0), Color32::RED),
            (pos2(f32::INFINITY, 1e30), Color32::RED),
        ],
        &[[0, 1, 2], [1, 1, 2], [1, 2, 9]],
    );
    let image = raster().paint(&[odd], 1.0, [4, 4], Color32::WHITE);
    assert_eq!(count(&image, WHITE), 16);
    // A triangle far larger than the picture still fills it.
    let huge = triangles(
        &[(pos2(-1e9, -1e9), Color32::RED), (pos2(1e9, -1e9), Color32::RED), (pos2(0.0, 1e9), Color32::RED)],
        &[[0, 1, 2]],
    );
    assert_eq!(count(&raster().paint(&[huge], 1.0, [40, 40], Color32::WHITE), RED), 1600);
}

/// A picture of 2×1 texels, grey 0 and 200, drawn 4×1 pixels large.
fn stretched(options: TextureOptions, uv: Rect) -> Vec<u8> {
    let mut raster = raster();
    give(&mut raster, PICTURE, [2, 1], vec![Color32::BLACK, Color32::from_gray(200)], None, options);
    let mut mesh = Mesh::with_texture(PICTURE);
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(0.0, 0.0), vec2(4.0, 1.0)), uv, Color32::WHITE);
    let as_rect = raster.paint(&[everywhere(mesh.clone())], 1.0, [4, 1], Color32::RED);
    // The same as two triangles that are not taken for a rectangle.
    mesh.indices = vec![0, 1, 2, 1, 3, 2];
    let as_triangles = raster.paint(&[everywhere(mesh)], 1.0, [4, 1], Color32::RED);
    assert_eq!(as_rect, as_triangles);
    row(&as_rect, 0).iter().map(|pixel| pixel[0]).collect()
}

#[test]
fn textures_are_looked_up_as_their_options_say() {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    // Centres fall at texel 0.25, 0.75, 1.25, 1.75; texel centres are at 0.5 and 1.5.
    assert_eq!(stretched(TextureOptions::LINEAR, whole), [0, 50, 150, 200]);
    assert_eq!(stretched(TextureOptions::NEAREST, whole), [0, 0, 200, 200]);
    // Twice over the texture: one texel a pixel, then past its end.
    let double = Rect::from_min_max(pos2(0.0, 0.0), pos2(2.0, 1.0));
    assert_eq!(stretched(TextureOptions::LINEAR, double), [0, 200, 200, 200]);
    assert_eq!(stretched(TextureOptions::LINEAR_REPEAT, double), [0, 200, 0, 200]);
    let mirrored = TextureOptions { wrap_mode: TextureWrapMode::MirroredRepeat, ..TextureOptions::NEAREST };
    assert_eq!(stretched(mirrored, double), [0, 200, 200, 0]);
}

#[test]
fn a_texture_is_tinted_by_the_vertex_colour() {
    let mut raster = raster();
    let texel = Color32::from_rgba_premultiplied(100, 100, 100, 100);
    give(&mut raster, PICTURE, [1, 1], vec![texel], None, TextureOptions::LINEAR);
    let mut mesh = Mesh::with_texture(PICTURE);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    mesh.add_rect_with_uv(whole, whole, Color32::from_rgb(255, 51, 0));
    let image = raster.paint(&[everywhere(mesh)], 1.0, [1, 1], Color32::WHITE);
    // Paint 100, 20, 0 at alpha 100: 155/255 of the white stays.
    assert_eq!(image.rgba, [255, 175, 155, 255]);
}

#[test]
fn a_part_of_a_texture_can_be_replaced_and_a_freed_one_goes_with_the_next_pass() {
    let (red, blue) = (Color32::RED, Color32::from_rgb(0, 0, 255));
    let mut raster = raster();
    give(&mut raster, PICTURE, [3, 2], vec![red; 6], None, TextureOptions::NEAREST);
    give(&mut raster, PICTURE, [2, 1], vec![blue; 2], Some([1, 1]), TextureOptions::NEAREST);
    let mut mesh = Mesh::with_texture(PICTURE);
    let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    mesh.add_rect_with_uv(Rect::from_min_size(pos2(0.0, 0.0), vec2(3.0, 2.0)), uv, Color32::WHITE);
    let scene = [everywhere(mesh)];
    let image = raster.paint(&scene, 1.0, [3, 2], Color32::WHITE);
    let blue = blue.to_array();
    assert_eq!(row(&image, 0), [RED, RED, RED]);
    assert_eq!(row(&image, 1), [RED, blue, blue]);

    let mut freed = TexturesDelta::default();
    freed.free(PICTURE);
    raster.update(&mut freed);
    assert_eq!(raster.paint(&scene, 1.0, [3, 2], Color32::WHITE), image);
    raster.update(&mut TexturesDelta::default());
    assert_eq!(count(&raster.paint(&scene, 1.0, [3, 2], Color32::WHITE), WHITE), 6);
}

/// A window of 120×40 points with the shipped text font and a plain white ground.
fn window(scale: f32) -> Headless {
    Headless::new([120, 40], scale, |context| {
        let mut fonts = FontDefinitions::empty();
        let bytes = include_bytes!("../../assets/fonts/Inter-Regular.otf");
        fonts.font_data.insert("Inter".to_owned(), Arc::new(FontData::from_static(bytes)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.insert(family, vec!["Inter".to_owned()]);
        }
        context.set_fonts(fonts);
        context.set_theme(egui::Theme::Light);
    })
}

/// Draws "Hi" in blue at (10, 8), and returns where its glyphs lie, in points.
fn draw_text(window: &mut Headless) -> Rect {
    let mut bounds = Rect::NOTHING;
    let at_rest = window.settle(10, |ui| {
        let blue = Color32::from_rgb(0, 0, 255);
        let galley = ui.painter().layout_no_wrap("Hi".to_owned(), FontId::proportional(16.0), blue);
        bounds = galley.mesh_bounds.translate(vec2(10.0, 8.0));
        ui.painter().galley(pos2(10.0, 8.0), galley, blue);
    });
    assert!(at_rest);
    bounds
}

#[test]
fn text_leaves_ink_of_its_colour_within_its_bounds_only() {
    for scale in [1.0, 2.0] {
        let mut window = window(scale);
        let bounds = draw_text(&mut window);
        let image = window.picture_over(Color32::WHITE);
        let (mut ink, mut darkest, mut outside) = (0.0, 255, 0);
        for y in 0..image.height {
            for x in 0..image.width {
                let [r, g, b, a] = image.pixel(x, y).unwrap();
                // Blue over white: red and green fall alike, blue stays full.
                assert_eq!((r, b, a), (g, 255, 255), "at {x}, {y}");
                ink += f32::from(255 - r) / 255.0 / (scale * scale);
                darkest = darkest.min(r);
                let centre = pos2(x as f32 + 0.5, y as f32 + 0.5) / scale;
                outside += usize::from(r < 255 && !bounds.contains(centre));
            }
        }
        assert_eq!(outside, 0);
        // In square points, at 16 points: the H's stems 2 * 1.5 * 11.6 and bar 7 * 1.4, the i's stem 1.5 * 8.7
        // and dot 2.5, about 60; edges are darkened a little for legibility.
        assert!((50.0..85.0).contains(&ink), "{ink} square points of ink at scale {scale}");
        assert!(darkest < 16);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let picture = || {
        let mut window = window(1.5);
        draw_text(&mut window);
        window.picture()
    };
    assert_eq!(picture().to_png().unwrap(), picture().to_png().unwrap());
}

#[test]
fn scale_doubles_the_picture_and_what_is_in_it() {
    let box_at = |scale: f32| {
        let mut window = window(scale);
        window.settle(5, |ui| {
            ui.painter().rect_filled(
                Rect::from_min_max(pos2(10.0, 5.0), pos2(30.0, 15.0)),
                0.0,
                Color32::RED,
            );
        });
        window.picture_over(Color32::WHITE)
    };
    let (single, double) = (box_at(1.0), box_at(2.0));
    assert_eq!((single.width, single.height), (120, 40));
    assert_eq!((double.width, double.height), (240, 80));
    assert_eq!((count(&single, RED), count(&double, RED)), (20 * 10, 40 * 20));
    assert_eq!((single.pixel(10, 5), single.pixel(9, 5)), (Some(RED), Some(WHITE)));
    assert_eq!((double.pixel(20, 10), double.pixel(19, 10)), (Some(RED), Some(WHITE)));
}

#[test]
fn an_interface_that_zooms_itself_keeps_the_pictures_size() {
    let mut window = window(1.0);
    let mut area = Rect::NOTHING;
    window.settle(5, |ui| {
        ui.set_zoom_factor(2.0);
        area = ui.max_rect();
        let shape = Rect::from_min_max(pos2(10.0, 5.0), pos2(30.0, 15.0));
        ui.painter().rect_filled(shape, 0.0, Color32::RED);
    });
    let image = window.picture_over(Color32::WHITE);
    assert_eq!((image.width, image.height), (120, 40));
    assert_eq!(area, Rect::from_min_max(pos2(0.0, 0.0), pos2(60.0, 20.0)));
    assert_eq!(count(&image, RED), 40 * 20);
    assert_eq!((image.pixel(20, 10), image.pixel(19, 10)), (Some(RED), Some(WHITE)));
}

#[test]
fn before_the_first_pass_there_is_only_the_ground() {
    assert_eq!(count(&window(1.0).picture_over(Color32::RED), RED), 120 * 40);
}

#[test]
fn the_driver_passes_events_on_and_tells_unrest() {
    let mut window = window(1.0);
    let mut clicks = 0;
    let click = |pressed| egui::Event::PointerButton {
        pos: pos2(20.0, 20.0),
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    let area = Rect::from_min_max(pos2(10.0, 10.0), pos2(50.0, 30.0));
    let moved = egui::Event::PointerMoved(pos2(20.0, 20.0));
    for events in [vec![moved], vec![click(true)], vec![click(false)]] {
        let output = window.frame(events, |ui| {
            clicks += usize::from(ui.allocate_rect(area, egui::Sense::click()).clicked());
        });
        assert!(output.textures_delta.is_empty());
    }
    assert_eq!(clicks, 1);
    assert!(window.settle(10, |_| {}));
    let mut passes = 0;
    assert!(!window.settle(6, |ui| {
        passes += 1;
        ui.request_repaint();
    }));
    assert_eq!(passes, 6);
    let hour = std::time::Duration::from_hours(1);
    assert!(window.settle(10, |ui| ui.request_repaint_after(hour)));
}

#[test]
fn a_png_holds_the_same_pixels() {
    let decode = |image: &Image| {
        let mut reader =
            png::Decoder::new(std::io::Cursor::new(image.to_png().unwrap())).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(
            (info.width, info.height, info.color_type),
            (image.width, image.height, png::ColorType::Rgba)
        );
        bytes
    };
    let opaque = Image { width: 2, height: 1, rgba: vec![1, 2, 3, 255, 200, 100, 50, 255] };
    assert_eq!(decode(&opaque), opaque.rgba);
    // 64 at alpha 128 is 127.5 of 255 with alpha divided out.
    let clear = Image { width: 2, height: 1, rgba: vec![0, 0, 0, 0, 64, 0, 128, 128] };
    assert_eq!(decode(&clear), [0, 0, 0, 0, 128, 0, 255, 128]);
    assert!(Image { width: 0, height: 0, rgba: Vec::new() }.to_png().is_err());
}

#[test]
fn pictures_are_compared_by_mean_and_by_share_of_strong_differences() {
    let grey = |level: u8| Image { width: 100, height: 20, rgba: [level, level, level, 255].repeat(2000) };
    let same = compare(&grey(90), &grey(90));
    assert_eq!((same.mean, same.share_over_32), (0.0, 0.0));
    assert!(same.is_small());
    // Three of four channels by 2: a mean of 1.5.
    let paler = compare(&grey(90), &grey(92));
    assert_eq!((paler.mean, paler.share_over_32), (1.5, 0.0));
    assert!(!paler.is_small());
    // 32 is not over 32; two pixels of 2000 are 0.1 %, three are more.
    let mut marked = grey(90);
    marked.rgba[0] = 122;
    marked.rgba[400] = 123;
    marked.rgba[805] = 10;
    let two = compare(&marked, &grey(90));
    assert_eq!((two.mean, two.share_over_32), ((32.0 + 33.0 + 80.0) / 8000.0, 0.001));
    assert!(two.is_small());
    marked.rgba[1200] = 0;
    assert!(!compare(&marked, &grey(90)).is_small());
    let narrow = Image { width: 1, height: 1, rgba: vec![0; 4] };
    assert!(!compare(&narrow, &grey(90)).is_small());
}
