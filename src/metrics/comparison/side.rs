//! One side of a comparison: its tickets in a window that both sides can be held against.

use super::weeks::{Anchor, Weeks};
use crate::metrics::context::Context;
use crate::metrics::days::Days;
use crate::metrics::range::Ranges;
use crate::metrics::scope::Scope;
use crate::metrics::split;

/// From a first to a last instant.
type Window = (i64, i64);

/// How the tickets of a side were chosen.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Chosen {
    opened: Option<Window>,
    resolved: Option<Window>,
    by_age: bool,
}

impl Chosen {
    /// How the query of a context chooses.
    pub fn of(cx: &Context<'_>) -> Self {
        // A query whose ranges cannot be read never comes this far.
        let Ok(ranges) = Ranges::new(cx.log, cx.query) else { return Self::default() };
        Self {
            opened: ranges.opened.limits(),
            resolved: ranges.resolved.limits(),
            by_age: cx.query.age != crate::query::AgeSpan::default(),
        }
    }

    /// Whether dates of resolution choose.
    pub fn by_resolution(self) -> bool {
        self.resolved.is_some()
    }

    /// Whether all that was opened in the window is there.
    pub fn all_opened(self) -> bool {
        self.resolved.is_none() && !self.by_age
    }

    /// Whether all that was resolved in the window is there.
    pub fn all_resolved(self) -> bool {
        self.opened.is_none() && !self.by_age
    }

    /// The window, within what the data cover.
    fn window(self, anchor: Anchor, (first, as_of): Window, common: i64) -> Window {
        let span = match anchor {
            Anchor::Opened => self.opened,
            Anchor::Resolved => self.resolved,
        };
        let (from, to) = span.map_or((common, as_of), |(from, to)| {
            (if from == i64::MIN { common } else { from.max(first) }, to.min(as_of))
        });
        (from.min(to), to)
    }
}

/// A side's tickets in its window.
#[derive(Debug)]
pub struct Framed {
    /// They.
    pub scope: Scope,
    /// The days of the window.
    pub days: Days,
    /// Its weeks.
    pub weeks: Weeks,
}

/// Puts a side into its window: that of its dates where it was chosen by dates, else from the first opened ticket of both
/// sides to as-of, so that figures per day are over the same days.
pub fn framed(cx: &Context<'_>, chosen: Chosen, anchor: Anchor, common: i64) -> Framed {
    let first = (0..cx.log.len()).filter_map(|t| cx.log.opened.get(t)).min().unwrap_or(common);
    let (from, to) = chosen.window(anchor, (first, cx.scope.as_of), common);
    let days = Days::new(cx.scope.zone, from, to);
    let weeks = Weeks::new(&days);
    let mut scope = split::by_block(cx.log, cx.scope, 1, |_| 0).pop().unwrap_or_else(|| cx.scope.without_tickets());
    (scope.first_opened, scope.days) = (Some(from), Some(days.clone()));
    Framed { scope, days, weeks }
}
