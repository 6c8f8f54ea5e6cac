//! Gives parallel lines coordinates of their own: in an order that crosses least, then as far apart as
//! there is room for.

use super::choose::ordered;
use super::scene::{OUTSIDE, Span};

/// A straight piece whose coordinate is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// All pieces of one direction with their coordinates.
#[derive(Clone, Debug, Default)]
pub(super) struct Assigned {
    pieces: Vec<Piece>,
    /// Which pieces compete with each other, directly or through others; each in order.
    groups: Vec<Vec<usize>>,
    /// For each piece its coordinate, and the number of tracks that its group needs.
    pub(super) found: Vec<(i32, usize)>,
}

impl Assigned {
    /// Finds coordinates for all pieces.
    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        let all: Vec<usize> = (0..pieces.len()).collect();
        let mut assigned = Self { found: vec![(0, 0); pieces.len()], pieces, groups: Vec::new() };
        assigned.place(&all);
        assigned
    }

    /// Finds again what differs. `same` says for each piece which one of `before` it may be; both are in the same
    /// order. The result is that of [`Assigned::of`].
    pub(super) fn after(before: &Self, pieces: Vec<Piece>, same: &[Option<usize>]) -> Self {
        let mut now: Vec<Option<usize>> = vec![None; before.pieces.len()];
        let mut changed = Vec::new();
        for (index, (piece, old)) in pieces.iter().zip(same).enumerate() {
            match old {
                Some(old) if before.pieces.get(*old) == Some(piece) => now[*old] = Some(index),
                _ => changed.push(index),
            }
        }
        let near = Near::of(&pieces, &changed);
        let mut found = vec![(0, 0); pieces.len()];
        let (mut groups, mut again) = (Vec::new(), changed.clone());
        for group in &before.groups {
            let members: Vec<usize> = group.iter().filter_map(|old| now[*old]).collect();
            if members.len() == group.len()
                && !members.iter().any(|index| near.has_rival(&pieces, &pieces[*index]))
            {
                for (old, index) in group.iter().zip(&members) {
                    found[*index] = before.found[*old];
                }
                groups.push(members);
            } else {
                again.extend(members);
            }
        }
        again.sort_unstable();
        let mut assigned = Self { pieces, groups, found };
        assigned.place(&again);
        assigned
    }

    /// Finds coordinates for some pieces that compete with no others.
    fn place(&mut self, some: &[usize]) {
        for group in groups(&self.pieces, some) {
            let mut members: Vec<&Piece> = group.iter().filter_map(|i| self.pieces.get(*i)).collect();
            let mut ids = group.clone();
            order(&mut members, &mut ids);
            let mut rivals = Rivals::of(&members);
            let placed = spread(&members, &rivals).unwrap_or_else(|| {
                let mut by_range: Vec<usize> = (0..members.len()).collect();
                by_range.sort_by_key(|i| (members[*i].range.0 + members[*i].range.1, *i));
                members = by_range.iter().map(|i| members[*i]).collect();
                ids = by_range.iter().map(|i| ids[*i]).collect();
                rivals = Rivals::of(&members);
                spread(&members, &rivals).unwrap_or_else(|| nearest(&members))
            });
            let tracks = rivals.deepest() as usize + 1;
            for (id, at) in ids.iter().zip(placed) {
                self.found[*id] = (at, tracks);
            }
            self.groups.push(group);
        }
    }
}

/// Some pieces by where they may be, to find those that a piece conflicts with.
struct Near {
    /// The lowest coordinate, the highest one of this and all before, and the piece.
    sorted: Vec<(i32, i32, usize)>,
}

impl Near {
    fn of(pieces: &[Piece], some: &[usize]) -> Self {
        let ranges = some.iter().map(|index| (pieces[*index].range.0, pieces[*index].range.1, *index));
        let mut sorted: Vec<(i32, i32, usize)> = ranges.collect();
        sorted.sort_unstable();
        let mut highest = i32::MIN;
        for (_, high, _) in &mut sorted {
            highest = highest.max(*high);
            *high = highest;
        }
        Self { sorted }
    }

    fn has_rival(&self, pieces: &[Piece], piece: &Piece) -> bool {
        let first = self.sorted.partition_point(|(_, highest, _)| *highest < piece.range.0);
        let near = self.sorted[first..].iter().take_while(|(low, _, _)| *low <= piece.range.1);
        near.into_iter().any(|(_, _, other)| conflict(piece, &pieces[*other]))
    }
}

fn meets(a: Span, b: Span, clear: i32) -> bool {
    a.0 < b.1 + clear && b.0 < a.1 + clear
}

/// Whether two pieces would lie on each other if they had the same coordinate, which they could have.
fn conflict(a: &Piece, b: &Piece) -> bool {
    meets(a.range, b.range, 1) && meets(a.reach, b.reach, CLEAR)
}

/// Connected components of conflicts among some of the pieces, each and all in a fixed order.
fn groups(pieces: &[Piece], some: &[usize]) -> Vec<Vec<usize>> {
    fn root(parents: &mut [usize], mut at: usize) -> usize {
        while parents[at] != at {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        at
    }
    let mut parents: Vec<usize> = (0..some.len()).collect();
    let mut sorted: Vec<usize> = (0..some.len()).collect();
    sorted.sort_unstable_by_key(|i| (pieces[some[*i]].range.0, *i));
    for (position, &i) in sorted.iter().enumerate() {
        let piece = &pieces[some[i]];
        for &j in &sorted[position + 1..] {
            let other = &pieces[some[j]];
            if other.range.0 > piece.range.1 {
                break;
            }
            if conflict(piece, other) {
                let (a, b) = (root(&mut parents, i), root(&mut parents, j));
                parents[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); some.len()];
    for (i, index) in some.iter().enumerate() {
        groups[root(&mut parents, i)].push(*index);
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

/// What the members of a group in order have in their way.
struct Rivals {
    /// For each member the earlier ones that it conflicts with, one list after the other.
    earlier: Vec<usize>,
    /// Where each member's list begins, and the end of the last.
    first: Vec<usize>,
    /// How many tracks its conflicts need before it and after it.
    before: Vec<i32>,
    after: Vec<i32>,
}

impl Rivals {
    fn of(members: &[&Piece]) -> Self {
        let count = members.len();
        let mut rivals = Self {
            earlier: Vec::new(),
            first: Vec::with_capacity(count + 1),
            before: vec![0; count],
            after: vec![0; count],
        };
        for (i, member) in members.iter().enumerate() {
            rivals.first.push(rivals.earlier.len());
            for (j, other) in members[..i].iter().enumerate() {
                if conflict(member, other) {
                    rivals.before[i] = rivals.before[i].max(rivals.before[j] + 1);
                    rivals.earlier.push(j);
                }
            }
        }
        rivals.first.push(rivals.earlier.len());
        for i in (0..count).rev() {
            let after = rivals.after[i] + 1;
            for at in rivals.first[i]..rivals.first[i + 1] {
                let j = rivals.earlier[at];
                rivals.after[j] = rivals.after[j].max(after);
            }
        }
        rivals
    }

    fn earlier(&self, member: usize) -> &[usize] {
        &self.earlier[self.first[member]..self.first[member + 1]]
    }

    /// Tracks of the whole group, less one.
    fn deepest(&self) -> i32 {
        self.before.iter().max().copied().unwrap_or_default()
    }
}

/// Coordinates in the given order with the widest distance that fits; nothing if none does.
fn spread(members: &[&Piece], rivals: &Rivals) -> Option<Vec<i32>> {
    let count = members.len();
    let deepest = rivals.deepest();
    // In a channel all have the same room, which tells at once what does not fit.
    let room = members.first().map(|piece| piece.range)?;
    let room = members.iter().all(|piece| piece.range == room).then_some(room.1 - room.0);
    for pitch in [12, 9, 7, 6, 5, 4, 3, 2, 1] {
        if room.is_some_and(|room| deepest * pitch > room) {
            continue;
        }
        let mut least = vec![0; count];
        let mut fits = true;
        for i in 0..count {
            let after = rivals.earlier(i).iter().map(|j| least[*j] + pitch).max();
            least[i] = members[i].range.0.max(after.unwrap_or(i32::MIN));
            fits &= least[i] <= members[i].range.1;
        }
        if !fits {
            continue;
        }
        let mut most: Vec<i32> = members.iter().map(|piece| piece.range.1).collect();
        for i in (0..count).rev() {
            for j in rivals.earlier(i) {
                most[*j] = most[*j].min(most[i] - pitch);
            }
        }
        let mut at: Vec<i32> = Vec::with_capacity(count);
        for i in 0..count {
            let floor = rivals.earlier(i).iter().map(|j| at[*j] + pitch).max().unwrap_or(i32::MIN);
            let wish = wish(members[i], rivals.before[i], rivals.after[i]);
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
