//! A column of instants in four bytes each.

/// Instants in whole seconds since 1970-01-01 UTC, up to the year 2106; a missing one takes no extra space.
/// An empty column answers `None` for every ticket, so that absent columns cost nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Instants {
    seconds: Vec<u32>,
}

/// The stored value of a missing instant.
const MISSING: u32 = u32::MAX;

impl Instants {
    /// The first second that does not fit (2106-02-07 06:28:15 UTC).
    pub const END: i64 = MISSING as i64;

    /// An empty column with room for `n` instants.
    pub fn with_capacity(n: usize) -> Self {
        Self { seconds: Vec::with_capacity(n) }
    }

    /// Appends an instant; `None`, and one outside `0..END`, are stored as missing.
    pub fn push(&mut self, instant: Option<i64>) {
        let stored = instant.and_then(|s| u32::try_from(s).ok()).unwrap_or(MISSING);
        self.seconds.push(stored);
    }

    /// The instant of a ticket, if the column has one.
    #[inline]
    pub fn get(&self, ticket: usize) -> Option<i64> {
        match self.seconds.get(ticket) {
            Some(&s) if s != MISSING => Some(i64::from(s)),
            _ => None,
        }
    }

    /// Replaces a ticket's instant. A ticket beyond the end is ignored.
    pub fn set(&mut self, ticket: usize, instant: Option<i64>) {
        if let Some(slot) = self.seconds.get_mut(ticket) {
            *slot = instant.and_then(|s| u32::try_from(s).ok()).unwrap_or(MISSING);
        }
    }

    /// How many entries fit without growing; 0 for a column that was made to stay absent.
    pub fn capacity(&self) -> usize {
        self.seconds.capacity()
    }

    /// Number of stored entries: the number of tickets, or 0 where the column is absent.
    pub fn len(&self) -> usize {
        self.seconds.len()
    }

    /// Whether the column is absent.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// Whether any ticket has an instant.
    pub fn any(&self) -> bool {
        self.seconds.iter().any(|&s| s != MISSING)
    }
}

impl FromIterator<Option<i64>> for Instants {
    fn from_iter<I: IntoIterator<Item = Option<i64>>>(iter: I) -> Self {
        let iter = iter.into_iter();
        let mut column = Self::with_capacity(iter.size_hint().0);
        iter.for_each(|i| column.push(i));
        column
    }
}
