//! What the packages hold exists, under the names that the desktop looks for.

use super::root;

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

fn packages() -> toml::Table {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    manifest["package"]["metadata"].as_table().unwrap().clone()
}

/// (source, destination without a leading slash) of every file in the Debian and in the RPM package.
fn assets() -> [Vec<(String, String)>; 2] {
    let packages = packages();
    let text = |value: &toml::Value| value.as_str().unwrap().trim_start_matches('/').to_owned();
    let deb = packages["deb"]["assets"].as_array().unwrap().iter().map(|row| (text(&row[0]), text(&row[1])));
    let rpm = packages["generate-rpm"]["assets"].as_array().unwrap();
    [deb.collect(), rpm.iter().map(|row| (text(&row["source"]), text(&row["dest"]))).collect()]
}

#[test]
fn every_packaged_file_exists() {
    let root = root();
    for (source, _) in assets().concat() {
        let path = root.join(&source);
        let found = match source.split_once('*') {
            Some((before, after)) => root.join(before).parent().unwrap().read_dir().unwrap().any(|entry| {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(&root).unwrap().to_string_lossy();
                name.starts_with(before) && name.ends_with(after)
            }),
            None => source == "target/release/mlops-atlas" || path.is_file(),
        };
        assert!(found, "{source} is packaged and does not exist");
    }
}

#[test]
fn the_icon_has_the_size_that_its_folder_says() {
    for assets in assets() {
        let icons: Vec<_> = assets
            .iter()
            .filter(|(_, folder)| folder.contains("/hicolor/") && !folder.contains("/scalable/"))
            .collect();
        assert_eq!(icons.len(), 8);
        for (source, folder) in icons {
            let path = root().join(source);
            let file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
            let reader = png::Decoder::new(file).read_info().unwrap();
            let (width, height) = (reader.info().width, reader.info().height);
            assert!(
                folder.contains(&format!("/{width}x{height}/")),
                "{source}: {width}x{height} for {folder}"
            );
        }
    }
}

#[test]
fn the_icon_shows_the_ten_stages_in_the_colours_of_the_theme() {
    let theme: toml::Table = read("assets/theme.toml").parse().unwrap();
    let icon = read("assets/icons/mlops-atlas.svg");
    let hues = theme["stage"]["dark"].as_table().unwrap();
    assert_eq!(hues.len(), 10);
    for (stage, hue) in hues {
        assert!(icon.contains(hue.as_str().unwrap()), "{stage} is missing: run packaging/icon.py");
    }
}

#[test]
fn desktop_entry_metainfo_and_window_agree_on_the_name() {
    let entry = read("packaging/mlops-atlas.desktop");
    let metainfo = read("packaging/io.github.mlops_atlas.MlopsAtlas.metainfo.xml");
    // The desktop finds entry and icon of a window by its application id.
    assert!(read("src/ui/windows.rs").contains(".with_app_id(\"mlops-atlas\")"));
    for line in ["Exec=mlops-atlas %F", "Icon=mlops-atlas", "StartupWMClass=mlops-atlas"] {
        assert!(entry.lines().any(|have| have == line), "{line}");
    }
    assert!(metainfo.contains("<launchable type=\"desktop-id\">mlops-atlas.desktop</launchable>"));
    assert!(metainfo.contains("<id>io.github.mlops_atlas.MlopsAtlas</id>"));
}
