//! The price list: what each pair of holders hands over, and what waits after it.

use super::super::context::Context;
use super::super::holders::Holders;
use super::super::time_metric::{self, NONE};
use super::walk::{Pair, Tally};
use crate::report::Edge;
use crate::stats;

/// Pairs with an interval, the most frequent ones: each takes a thousand draws of all its weeks.
const WITH_INTERVAL: usize = 100;
/// What the draws are for: the interval of the mean time queued.
const PURPOSE: u32 = 1;

/// All transfers of one pair.
#[derive(Clone, Debug, Default)]
struct Price {
    waits: Vec<u32>,
    weeks: Vec<u32>,
    bounced: u64,
    finished_queued: u64,
}

/// The report's rows: most frequent first. Times only where waiting is known.
pub fn edges(cx: &Context<'_>, holders: &Holders<'_>, tally: &Tally, timed: bool) -> Vec<Edge> {
    let mut prices = vec![Price::default(); tally.edges.len()];
    for transfer in &tally.transfers {
        let Some(price) = prices.get_mut(transfer.edge as usize) else { continue };
        price.waits.push(transfer.queued);
        price.weeks.push(transfer.week);
        price.bounced += u64::from(transfer.bounced);
        price.finished_queued += if transfer.finished { u64::from(transfer.queued) } else { 0 };
    }
    let leads = cx.scope.finished.iter().map(|t| u64::from(cx.stretch(t.ticket, t.opened(), t.resolved())));
    let lead: u64 = leads.sum();
    let name = |code| Some(holders.name(code)).filter(|n| !n.is_empty()).unwrap_or(NONE);
    let mut rows: Vec<(&str, &str, &Pair, Price)> =
        tally.edges.iter().zip(prices).map(|(pair, price)| (name(pair.from), name(pair.to), pair, price)).collect();
    rows.sort_unstable_by(|a, b| b.3.waits.len().cmp(&a.3.waits.len()).then_with(|| (a.0, a.1).cmp(&(b.0, b.1))));
    let row = |(rank, (from, to, pair, price)): (usize, (&str, &str, &Pair, Price))| {
        let interval = if timed && rank < WITH_INTERVAL { price.interval(cx.query.seed) } else { None };
        edge(from, to, pair, price, timed.then_some(lead), interval)
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// A row; `lead` is all lead time of finished tickets, where waiting is known.
fn edge(from: &str, to: &str, pair: &Pair, price: Price, lead: Option<u64>, interval: Option<(f64, f64)>) -> Edge {
    let Price { mut waits, bounced, finished_queued, .. } = price;
    stats::sort_seconds(&mut waits);
    Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        count: waits.len() as u64,
        queued_seconds: lead.map(|_| waits.iter().map(|&w| i64::from(w)).sum()),
        median_queued_seconds: lead.and_then(|_| stats::type7(&waits, 0.5)),
        returns: pair.returns,
        mean_queued_seconds: lead.and_then(|_| time_metric::mean(&waits)),
        lower_queued_seconds: interval.map(|i| i.0),
        upper_queued_seconds: interval.map(|i| i.1),
        bounce_rate: (!waits.is_empty()).then(|| bounced as f64 / waits.len() as f64),
        lead_share: lead.filter(|&lead| lead > 0).map(|lead| finished_queued as f64 / lead as f64),
    }
}

impl Price {
    /// Of the mean time queued, by the weeks of the transfers.
    fn interval(&self, seed: u32) -> Option<(f64, f64)> {
        let first = self.weeks.iter().min()?;
        let weeks = (self.weeks.iter().max()? - first) as usize + 1;
        let (mut seconds, mut counts) = (vec![0.0; weeks], vec![0.0; weeks]);
        for (&wait, week) in self.waits.iter().zip(&self.weeks) {
            let week = (week - first) as usize;
            if let (Some(seconds), Some(count)) = (seconds.get_mut(week), counts.get_mut(week)) {
                *seconds += f64::from(wait);
                *count += 1.0;
            }
        }
        stats::week_ratio(&seconds, &counts, stats::DRAWS, stats::purpose_seed(seed, PURPOSE))
    }
}
