//! Where a link leads, told before it is followed: by the tooltip to the pointer, by the status bar to the keyboard too.

use egui::{Context, Id, Response};

/// The address that a link tells, and the pass in which it told it.
#[derive(Clone, Debug, Default)]
struct Told {
    address: String,
    pass: u64,
}

fn place(ctx: &Context) -> Id {
    Id::unique("link target").with(ctx.viewport_id())
}

/// Tells where `response` leads while the pointer is over it or the keyboard has come to it.
pub fn tell_target(response: &Response, address: &str) {
    if !response.hovered() && !response.has_focus() {
        return;
    }
    let ctx = &response.ctx;
    let (at, pass) = (place(ctx), ctx.cumulative_pass_nr());
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<Told>(at);
        data.insert_temp(at, Told { address: address.to_owned(), pass });
        before
    });
    // The bar was drawn before.
    if before.is_none_or(|before| before.address != address) {
        ctx.request_repaint();
    }
}

/// What the last pass told.
pub fn told_target(ctx: &Context) -> Option<String> {
    // Found before the lock is taken: who takes it twice waits for ever behind a job that wants it.
    let at = place(ctx);
    ctx.data(|data| data.get_temp::<Told>(at)).map(|told| told.address)
}

/// At the end of a pass: forgets what no link tells any more.
pub fn forget_target(ctx: &Context) {
    let (at, pass) = (place(ctx), ctx.cumulative_pass_nr());
    let is_old = ctx.data(|data| data.get_temp::<Told>(at)).is_some_and(|told| told.pass != pass);
    if is_old {
        ctx.data_mut(|data| data.remove_temp::<Told>(at));
        ctx.request_repaint();
    }
}
