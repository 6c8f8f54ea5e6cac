//! Nodes that were placed anew glide to their places, so that one sees which is which. Nothing but the picture knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Pos2, Ui};

use super::camera::{CanvasMemory, pos};
use crate::architecture::{NodeId, Placement, Point};

/// How long it takes, in seconds.
const LASTS: f64 = 0.15;
/// With more nodes than these nothing can be followed by eye.
const MOST: usize = 400;

/// What is remembered from frame to frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    /// What was drawn last.
    seen: Option<Arc<Placement>>,
    /// Where the nodes come from, and when they left.
    from: Option<(Arc<Placement>, f64)>,
    /// Whether the next change is where somebody dropped them.
    stays: bool,
}

/// Nodes on their way.
#[derive(Debug)]
pub(super) struct Motion {
    from: Arc<Placement>,
    /// How far they are, from 0 to 1.
    part: f32,
}

impl CanvasMemory {
    /// What is to be drawn stands already where it is seen.
    pub(super) fn stay(&mut self) {
        self.way.stays = true;
    }

    /// The way of the nodes in this frame, if they are on one; asks for the next frame.
    pub(super) fn moved(&mut self, ui: &Ui, placement: &Arc<Placement>) -> Option<Motion> {
        let now = ui.input(|input| input.time);
        let way = &mut self.way;
        if !way.seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, placement)) {
            let seen = way.seen.replace(Arc::clone(placement));
            let stays = std::mem::take(&mut way.stays);
            // Where nothing may move (pictures, tests, whoever wants it so) the style says so.
            let moves = ui.style().animation_time > 0.0 && !stays && placement.positions.len() <= MOST;
            way.from = seen
                .filter(|seen| moves && !seen.positions.is_empty() && seen.positions != placement.positions)
                .map(|seen| (seen, now));
        }
        let (from, begun) = way.from.clone()?;
        let part = (now - begun) / LASTS;
        if part >= 1.0 {
            way.from = None;
            return None;
        }
        ui.ctx().request_repaint();
        Some(Motion { from, part: part as f32 })
    }
}

impl Motion {
    /// Where a node that goes to `to` is now.
    pub(super) fn at(&self, id: &NodeId, to: Point) -> Pos2 {
        let Some(from) = self.from.positions.get(id) else { return pos(to) };
        // Fast at first, so that the answer is seen at once.
        let left = 1.0 - self.part;
        pos(*from).lerp(pos(to), 1.0 - left * left * left)
    }

    /// Whether a node comes from somewhere else.
    pub(super) fn moves(&self, id: &NodeId, to: &BTreeMap<NodeId, Point>) -> bool {
        self.from.positions.get(id).is_some_and(|from| to.get(id) != Some(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Context, RawInput, pos2};

    fn placed(x: i32) -> Arc<Placement> {
        let positions = [("a".into(), Point::new(x, 0)), ("b".into(), Point::new(7, 7))].into();
        Arc::new(Placement { positions, ..Placement::default() })
    }

    /// What is asked for in a frame at `time` (in seconds), and where `a` is drawn then.
    fn frame(
        ctx: &Context,
        memory: &mut CanvasMemory,
        placement: &Arc<Placement>,
        time: f64,
    ) -> Option<(Pos2, bool)> {
        let mut seen = None;
        let input = RawInput { time: Some(time), ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            let motion = memory.moved(ui, placement);
            seen = motion.map(|motion| {
                let to = placement.positions[&NodeId::from("a")];
                (motion.at(&"a".into(), to), motion.moves(&"b".into(), &placement.positions))
            });
        });
        output.textures_delta.clear();
        seen
    }

    #[test]
    fn what_was_placed_anew_glides_there_and_rests_in_time() {
        let ctx = Context::default();
        let (before, after) = (placed(0), placed(100));
        let mut memory = CanvasMemory::default();
        assert_eq!(frame(&ctx, &mut memory, &before, 1.0), None);
        assert_eq!(frame(&ctx, &mut memory, &before, 2.0), None);
        assert_eq!(
            frame(&ctx, &mut memory, &after, 3.0),
            Some((pos2(0.0, 0.0), false)),
            "it begins where it was"
        );
        let (half, _) = frame(&ctx, &mut memory, &after, 3.075).unwrap();
        assert!(half.x > 50.0 && half.x < 100.0, "{half:?}");
        assert_eq!(frame(&ctx, &mut memory, &after, 3.151), None);
    }

    #[test]
    fn what_was_dropped_or_is_to_keep_still_does_not_glide() {
        let ctx = Context::default();
        let mut memory = CanvasMemory::default();
        assert_eq!(frame(&ctx, &mut memory, &placed(0), 1.0), None);
        memory.stay();
        let dropped = placed(100);
        assert_eq!(frame(&ctx, &mut memory, &dropped, 2.0), None);
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        assert_eq!(frame(&ctx, &mut memory, &placed(0), 3.0), None);
    }
}
