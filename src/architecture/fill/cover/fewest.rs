//! Set cover: the fewest sets whose union is everything wanted; of as few, the cheapest; of as cheap, the first.
//!
//! A greedy answer first, then branch and bound, which ends at a fixed number of steps and says whether it was done.

use std::cmp::Reverse;

/// A set of at most 64 things, and what it costs beside being one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// A bit for each thing.
    pub does: u64,
    /// Breaks ties.
    pub cost: u32,
}

/// Sets that together are everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Solved {
    /// Places of the sets, ascending.
    pub chosen: Vec<usize>,
    /// Whether nothing better exists; else the steps were used up.
    pub is_exact: bool,
}

/// Steps after which the best answer so far is given; drawings of the templates' size take a few hundred.
const MOST_STEPS: u32 = 500_000;

/// The fewest sets for everything wanted; what no set has is left out.
pub(super) fn fewest(wanted: u64, sets: &[Set]) -> Solved {
    let reach = sets.iter().fold(0, |all, set| all | set.does);
    let wanted = wanted & reach;
    let useful = undominated(wanted, sets);
    let best = greedy(wanted, &useful);
    let mut search = Search { sets: useful, best: (price(&best), best), chosen: Vec::new(), steps: 0 };
    search.branch(wanted, (0, 0));
    let mut chosen: Vec<_> = search.best.1.iter().map(|(at, _)| *at).collect();
    chosen.sort_unstable();
    Solved { chosen, is_exact: search.steps < MOST_STEPS }
}

/// A set with its place among all.
type Placed = (usize, Set);

/// How many sets, and what they cost.
type Price = (usize, u32);

fn price(sets: &[Placed]) -> Price {
    (sets.len(), sets.iter().map(|(_, set)| set.cost).sum())
}

/// The sets that no other one can stand for at no higher cost, restricted to what is wanted.
fn undominated(wanted: u64, sets: &[Set]) -> Vec<Placed> {
    let restricted = sets.iter().enumerate().map(|(at, set)| (at, Set { does: set.does & wanted, ..*set }));
    let all: Vec<Placed> = restricted.filter(|(_, set)| set.does != 0).collect();
    let stands_for = |(one, a): &Placed, (other, b): &Placed| {
        let holds = a.does & b.does == b.does;
        holds && (a.cost < b.cost || a.cost == b.cost && (a.does != b.does || one < other))
    };
    all.iter()
        .filter(|set| !all.iter().any(|other| other.0 != set.0 && stands_for(other, set)))
        .copied()
        .collect()
}

fn greedy(wanted: u64, sets: &[Placed]) -> Vec<Placed> {
    let (mut open, mut chosen) = (wanted, Vec::new());
    while open != 0 {
        let best =
            sets.iter().min_by_key(|(at, set)| (Reverse((set.does & open).count_ones()), set.cost, *at));
        let Some(best) = best.filter(|(_, set)| set.does & open != 0) else { break };
        open &= !best.1.does;
        chosen.push(*best);
    }
    chosen
}

struct Search {
    sets: Vec<Placed>,
    best: (Price, Vec<Placed>),
    chosen: Vec<Placed>,
    steps: u32,
}

impl Search {
    fn branch(&mut self, open: u64, (count, cost): Price) {
        if open == 0 {
            if (count, cost) < self.best.0 {
                self.best = ((count, cost), self.chosen.clone());
            }
            return;
        }
        self.steps += 1;
        let widest = self.sets.iter().map(|(_, set)| (set.does & open).count_ones()).max().unwrap_or(0);
        if self.steps >= MOST_STEPS || widest == 0 {
            return;
        }
        let least = count + open.count_ones().div_ceil(widest) as usize;
        if (least, cost) >= self.best.0 {
            return;
        }
        // The thing that the fewest sets have: one of them is in every answer.
        let things = (0..u64::BITS).filter(|bit| open & (1 << bit) != 0);
        let has = |bit: u32| self.sets.iter().filter(move |(_, set)| set.does & (1 << bit) != 0);
        let Some(rarest) = things.min_by_key(|bit| has(*bit).count()) else { return };
        let mut able: Vec<Placed> = has(rarest).copied().collect();
        able.sort_by_key(|(at, set)| (Reverse((set.does & open).count_ones()), set.cost, *at));
        for (at, set) in able {
            self.chosen.push((at, set));
            self.branch(open & !set.does, (count + 1, cost + set.cost));
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(does: u64, cost: u32) -> Set {
        Set { does, cost }
    }

    #[test]
    fn greedy_alone_would_take_one_more() {
        // The widest set is in no best answer: 1-4 and 5-8 do it with two, while 1-2 and 5-7 leave 3-4 and 8.
        let sets = [set(0b0111_0011, 0), set(0b0000_1111, 0), set(0b1111_0000, 0)];
        let all: Vec<_> = sets.iter().copied().enumerate().collect();
        assert_eq!(greedy(0xff, &all).len(), 3);
        assert_eq!(fewest(0xff, &sets), Solved { chosen: vec![1, 2], is_exact: true });
    }

    #[test]
    fn fewer_is_better_than_cheaper_and_cheaper_than_earlier() {
        assert_eq!(fewest(0b11, &[set(0b01, 0), set(0b10, 0), set(0b11, 90)]).chosen, [2]);
        assert_eq!(fewest(0b11, &[set(0b11, 5), set(0b11, 4), set(0b11, 4)]).chosen, [1]);
        assert_eq!(fewest(0, &[set(1, 0)]), Solved { chosen: vec![], is_exact: true });
        assert_eq!(fewest(0b101, &[set(0b1, 0)]).chosen, [0], "what nobody has is left out");
    }

    /// All 2^n choices.
    fn by_trying(wanted: u64, sets: &[Set]) -> Price {
        let reach = wanted & sets.iter().fold(0, |all, set| all | set.does);
        let choices = (0..1_u32 << sets.len()).map(|bits| {
            let picked: Vec<_> =
                sets.iter().copied().enumerate().filter(|(at, _)| bits & (1 << at) != 0).collect();
            (picked.iter().fold(0, |all, (_, set)| all | set.does), price(&picked))
        });
        choices.filter(|(does, _)| does & reach == reach).map(|(_, price)| price).min().unwrap_or((0, 0))
    }

    proptest! {
        #[test]
        fn nothing_that_trying_finds_is_better(
            wanted in 0_u64..1 << 9,
            sets in prop::collection::vec((0_u64..1 << 9, 0_u32..4).prop_map(|(does, cost)| set(does, cost)), 0..10),
        ) {
            let solved = fewest(wanted, &sets);
            prop_assert!(solved.is_exact);
            let picked: Vec<_> = solved.chosen.iter().map(|at| (*at, sets[*at])).collect();
            prop_assert_eq!(price(&picked), by_trying(wanted, &sets));
        }
    }
}
