//! Gives parallel lines coordinates of their own: in an order that crosses least, then as far apart as
//! there is room for.

use super::choose::ordered;
use super::scene::{OUTSIDE, Span};

/// A straight piece whose coordinate is sought.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Allowed coordinates.
    pub(super) range: Span,
    /// The likely coordinate.
    pub(super) wish: i32,
    /// Where it reaches at most, along itself.
    pub(super) reach: Span,
    /// Its two ends: where along itself, and to which side the line goes on (-1 lower coordinates,
    /// 1 higher ones, 0 a border).
    pub(super) ends: [(i32, i32); 2],
}

/// Lines further apart than this gain nothing.
const APART: i32 = 16;
/// Ends that come nearer than this along a track count as overlapping.
const CLEAR: i32 = 5;

/// Coordinates for all pieces of one direction, and the number of tracks that the group of each needs.
pub(super) fn assign(pieces: &[Piece]) -> Vec<(i32, usize)> {
    let mut result = vec![(0, 0); pieces.len()];
    for group in groups(pieces) {
        let mut members: Vec<&Piece> = group.iter().filter_map(|i| pieces.get(*i)).collect();
        let mut ids = group;
        order(&mut members, &mut ids);
        let placed = spread(&members).unwrap_or_else(|| {
            let mut by_range: Vec<usize> = (0..members.len()).collect();
            by_range.sort_by_key(|i| (members[*i].range.0 + members[*i].range.1, *i));
            members = by_range.iter().map(|i| members[*i]).collect();
            ids = by_range.iter().map(|i| ids[*i]).collect();
            spread(&members).unwrap_or_else(|| nearest(&members))
        });
        let (before, _) = layers(&members);
        let tracks = before.iter().max().map_or(0, |deepest| deepest + 1);
        for (id, at) in ids.iter().zip(placed) {
            result[*id] = (at, tracks);
        }
    }
    result
}

fn meets(a: Span, b: Span, clear: i32) -> bool {
    a.0 < b.1 + clear && b.0 < a.1 + clear
}

/// Whether two pieces would lie on each other if they had the same coordinate, which they could have.
fn conflict(a: &Piece, b: &Piece) -> bool {
    meets(a.range, b.range, 1) && meets(a.reach, b.reach, CLEAR)
}

/// Connected components of conflicts, each and all in a fixed order.
fn groups(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..pieces.len()).collect();
    fn root(parents: &mut [usize], mut at: usize) -> usize {
        while parents[at] != at {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        at
    }
    let mut sorted: Vec<usize> = (0..pieces.len()).collect();
    sorted.sort_by_key(|i| (pieces[*i].range.0, *i));
    for (position, &i) in sorted.iter().enumerate() {
        for &j in &sorted[position + 1..] {
            if pieces[j].range.0 > pieces[i].range.1 {
                break;
            }
            if conflict(&pieces[i], &pieces[j]) {
                let (a, b) = (root(&mut parents, i), root(&mut parents, j));
                parents[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); pieces.len()];
    for i in 0..pieces.len() {
        let own = root(&mut parents, i);
        groups[own].push(i);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Crossings if `low` has the lower coordinate of the two.
fn crossings(low: &Piece, high: &Piece) -> i32 {
    let inside = |at: i32, of: &Piece| {
        let (a, b) = ordered(of.ends[0].0, of.ends[1].0);
        i32::from(a < at && at < b)
    };
    let from_high = high.ends.iter().filter(|end| end.1 < 0).map(|end| inside(end.0, low));
    let from_low = low.ends.iter().filter(|end| end.1 > 0).map(|end| inside(end.0, high));
    from_high.chain(from_low).sum()
}

/// Sorts a group so that neighbours cross least.
fn order(members: &mut [&Piece], ids: &mut [usize]) {
    let mut sorted: Vec<(usize, &Piece)> = ids.iter().copied().zip(members.iter().copied()).collect();
    sorted.sort_by_key(|(id, piece)| (piece.wish, slope(piece), *id));
    for _ in 0..sorted.len().min(24) {
        let mut changed = false;
        for low in 0..sorted.len().saturating_sub(1) {
            let (a, b) = (sorted[low].1, sorted[low + 1].1);
            // Pieces that cannot meet may change places freely, so that others behind them can.
            if conflict(a, b) && crossings(b, a) < crossings(a, b) {
                sorted.swap(low, low + 1);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (at, (id, piece)) in sorted.into_iter().enumerate() {
        ids[at] = id;
        members[at] = piece;
    }
}

/// Falling lines: the lower the nearer to the low side; rising ones the other way round.
fn slope(piece: &Piece) -> i32 {
    let [a, b] = piece.ends;
    let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    let sum = a.0 / 2 + b.0 / 2;
    if high.0 >= low.0 { -sum } else { sum }
}

/// For each member, how many tracks its conflicts need before and after it.
fn layers(members: &[&Piece]) -> (Vec<usize>, Vec<usize>) {
    let count = members.len();
    let (mut before, mut after) = (vec![0; count], vec![0; count]);
    for i in 0..count {
        for j in 0..i {
            if conflict(members[i], members[j]) {
                before[i] = before[i].max(before[j] + 1);
            }
        }
    }
    for i in (0..count).rev() {
        for j in i + 1..count {
            if conflict(members[i], members[j]) {
                after[i] = after[i].max(after[j] + 1);
            }
        }
    }
    (before, after)
}

/// Coordinates in the given order with the widest distance that fits; nothing if none does.
fn spread(members: &[&Piece]) -> Option<Vec<i32>> {
    let count = members.len();
    let conflicts: Vec<Vec<usize>> =
        (0..count).map(|i| (0..i).filter(|j| conflict(members[i], members[*j])).collect()).collect();
    for pitch in [12, 9, 7, 6, 5, 4, 3, 2, 1] {
        let mut least = vec![0; count];
        let mut fits = true;
        for i in 0..count {
            let after = conflicts[i].iter().map(|j| least[*j] + pitch).max();
            least[i] = members[i].range.0.max(after.unwrap_or(i32::MIN));
            fits &= least[i] <= members[i].range.1;
        }
        if !fits {
            continue;
        }
        let mut most: Vec<i32> = members.iter().map(|piece| piece.range.1).collect();
        for i in (0..count).rev() {
            for j in &conflicts[i] {
                most[*j] = most[*j].min(most[i] - pitch);
            }
        }
        let (before, after) = layers(members);
        let mut at: Vec<i32> = Vec::with_capacity(count);
        for i in 0..count {
            let floor = conflicts[i].iter().map(|j| at[*j] + pitch).max().unwrap_or(i32::MIN);
            let wish = wish(members[i], before[i] as i32, after[i] as i32);
            at.push(wish.min(most[i]).max(members[i].range.0).max(floor));
        }
        return Some(at);
    }
    None
}

/// Evenly spread around the middle; near the boxes where the outside is wide open.
fn wish(piece: &Piece, before: i32, after: i32) -> i32 {
    let (low, high) = piece.range;
    if high - low >= OUTSIDE - 100 || (high - low >= 100 && before + after == 0) {
        return piece.wish + (before - after) * 6;
    }
    let step = APART.min((high - low) / (before + after + 2));
    i32::midpoint(low, high) + (before - after) * step / 2
}

/// One after the other, each at the free coordinate nearest to its wish; on another one only when its
/// range is full.
fn nearest(members: &[&Piece]) -> Vec<i32> {
    let mut placed: Vec<i32> = Vec::new();
    for (i, piece) in members.iter().enumerate() {
        let (low, high) = piece.range;
        let middle = i32::midpoint(low, high);
        let free = |at: i32| (0..i).all(|j| (placed[j] - at).abs() >= 2 || !conflict(piece, members[j]));
        let at =
            (0..=(high - low).min(4_000)).map(|k| middle + if k % 2 == 0 { k / 2 } else { -(k + 1) / 2 });
        let at = at.filter(|at| low <= *at && *at <= high).find(|at| free(*at)).unwrap_or(middle);
        placed.push(at);
    }
    placed
}
