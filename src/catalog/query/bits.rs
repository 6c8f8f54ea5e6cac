//! A set of rows as bits, so that facets are combined and counted a word at a time.

/// A set of rows below a fixed number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// No row out of `rows`.
    pub fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// Every row.
    pub fn all(rows: usize) -> Self {
        let mut words = vec![u64::MAX; rows.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !rows.is_multiple_of(64)
        {
            *last = (1 << (rows % 64)) - 1;
        }
        Self(words)
    }

    /// Adds a row.
    pub fn add(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// Adds several rows.
    pub fn add_all(&mut self, rows: &[u32]) {
        for row in rows {
            self.add(*row as usize);
        }
    }

    /// Whether a row is in it.
    pub fn has(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Adds all rows of another one.
    pub fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps what another one has too.
    pub fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Takes away what another one has.
    pub fn without(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// How many rows both have.
    pub fn common(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let rest = |left: &u64| Some(left & (left - 1)).filter(|left| *left > 0);
            let lefts = std::iter::successors(Some(*word).filter(|word| *word > 0), rest);
            lefts.map(move |left| at * 64 + left.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_rows_behave_like_sets() {
        for rows in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Bits::all(rows).rows().collect::<Vec<_>>(), (0..rows).collect::<Vec<_>>());
        }
        let of = |rows: &[usize]| {
            let mut bits = Bits::none(130);
            for row in rows {
                bits.add(*row);
            }
            bits
        };
        let (a, b) = (of(&[0, 63, 64, 129]), of(&[63, 128, 129]));
        let changed = |change: fn(&mut Bits, &Bits)| {
            let mut bits = a.clone();
            change(&mut bits, &b);
            bits.rows().collect::<Vec<_>>()
        };
        assert_eq!(changed(Bits::or), [0, 63, 64, 128, 129]);
        assert_eq!(changed(Bits::and), [63, 129]);
        assert_eq!(changed(Bits::without), [0, 64]);
        assert_eq!(a.common(&b), 2);
        assert!(a.has(64) && !a.has(65) && !a.has(1000));
    }
}
