//! The addresses of the Studio: `atlas:studio?domain=finance`, `atlas:studio/consensus?percent=60`,
//! `atlas:studio/drawing?file=template:edge&node=reg&panel=impact`.

use super::AddressError;
use super::pairs::{Pairs, Written, yes_or_no};
use crate::address::{
    ConsensusLocation, ConsensusOf, DrawingLocation, DrawingPanel, GalleryLocation, Origin, ToolSwap,
};

/// The keys that each view takes.
pub(super) const GALLERY_KEYS: [&str; 5] = ["text", "domain", "level", "kind", "tool"];
pub(super) const CONSENSUS_KEYS: [&str; 4] = ["of", "percent", "reported", "kind"];
pub(super) const DRAWING_KEYS: [&str; 10] =
    ["file", "node", "panel", "artifact", "swap-from", "swap-to", "without", "ring", "against", "reported"];

pub(super) fn write_gallery(gallery: &GalleryLocation, out: &mut Written) {
    out.0.push_str("studio");
    out.add("text", &gallery.text);
    out.add_list("domain", &gallery.domains);
    out.add_list("level", gallery.levels.iter().map(u8::to_string));
    out.add_list("kind", &gallery.kinds);
    out.add_list("tool", &gallery.tools);
}

pub(super) fn read_gallery(pairs: &Pairs<'_>) -> Result<GalleryLocation, AddressError> {
    let level =
        |word: &String| word.parse().ok().filter(|level| *level <= 2).ok_or_else(|| pairs.bad("level", word));
    Ok(GalleryLocation {
        text: pairs.one("text").unwrap_or_default().to_owned(),
        domains: pairs.all("domain"),
        levels: pairs.all("level").iter().map(level).collect::<Result<_, _>>()?,
        kinds: pairs.all("kind"),
        tools: pairs.all("tool"),
    })
}

pub(super) fn write_consensus(consensus: &ConsensusLocation, out: &mut Written) {
    out.0.push_str("studio/consensus");
    if consensus.of != ConsensusOf::default() {
        out.add("of", consensus.of.id());
    }
    if consensus.percent != ConsensusLocation::PERCENT {
        out.add("percent", &consensus.percent.to_string());
    }
    out.add("reported", if consensus.reported { "" } else { "no" });
    out.add("kind", consensus.selected.as_deref().unwrap_or_default());
}

pub(super) fn read_consensus(pairs: &Pairs<'_>) -> Result<ConsensusLocation, AddressError> {
    let percent = |word: &str| word.parse().ok().filter(|percent| (1..=100).contains(percent));
    Ok(ConsensusLocation {
        of: pairs.as_a("of", ConsensusOf::from_id)?.unwrap_or_default(),
        percent: pairs.as_a("percent", percent)?.unwrap_or(ConsensusLocation::PERCENT),
        reported: pairs.as_a("reported", yes_or_no)?.unwrap_or(true),
        selected: pairs.one("kind").map(str::to_owned),
    })
}

pub(super) fn write_drawing(drawing: &DrawingLocation, out: &mut Written) {
    out.0.push_str("studio/drawing");
    out.add("file", &drawing.origin.to_string());
    out.add_list("node", &drawing.selected);
    if drawing.panel != DrawingPanel::default() {
        out.add("panel", drawing.panel.id());
    }
    out.add("artifact", drawing.artifact.as_deref().unwrap_or_default());
    if let Some(swap) = &drawing.swap {
        out.add("swap-from", &swap.from);
        out.add("swap-to", &swap.to);
    }
    out.add("without", drawing.without.as_deref().unwrap_or_default());
    out.add("ring", &drawing.ring.map(|ring| ring.to_string()).unwrap_or_default());
    out.add("against", &drawing.against.as_ref().map(Origin::to_string).unwrap_or_default());
    out.add("reported", if drawing.reported { "yes" } else { "" });
}

pub(super) fn read_drawing(pairs: &Pairs<'_>) -> Result<DrawingLocation, AddressError> {
    let owned = |key: &str| pairs.one(key).map(str::to_owned);
    Ok(DrawingLocation {
        origin: Origin::parse(pairs.needed("file")?),
        selected: pairs.all("node"),
        panel: pairs.as_a("panel", DrawingPanel::from_id)?.unwrap_or_default(),
        artifact: owned("artifact"),
        swap: owned("swap-from").map(|from| ToolSwap { from, to: owned("swap-to").unwrap_or_default() }),
        without: owned("without"),
        ring: pairs.as_a("ring", |word| word.parse().ok())?,
        against: pairs.one("against").map(Origin::parse),
        reported: pairs.as_a("reported", yes_or_no)?.unwrap_or(false),
    })
}
