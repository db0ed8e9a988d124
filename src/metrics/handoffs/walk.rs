//! Goes through the histories and notes each transfer.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::context::Context;
use super::super::days::Days;
use super::super::holders::Holders;
use super::super::waits::{Wait, Waits};

/// One transfer.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// Number of its edge in [`Tally::edges`].
    pub edge: u32,
    /// Whose it is.
    pub ticket: u32,
    /// Seconds queued after it.
    pub queued: u32,
    /// ISO week of the window in which it was.
    pub week: u32,
    /// Whether the receiver's next handoff goes straight back.
    pub bounced: bool,
    /// Whether its ticket is finished.
    pub finished: bool,
}

/// A pair of holders.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Code of the sender.
    pub from: u32,
    /// Code of the receiver.
    pub to: u32,
    /// Transfers that gave the ticket back to an earlier holder.
    pub returns: u64,
}

/// What all histories hold.
#[derive(Debug, Default)]
pub struct Tally {
    /// Transfers.
    pub total: u64,
    /// Tickets with one.
    pub tickets: u64,
    /// Tickets that came back.
    pub ping_pong: u64,
    /// Most in one ticket.
    pub most: u64,
    /// The pairs, by their number.
    pub edges: Vec<Pair>,
    /// All transfers.
    pub transfers: Vec<Transfer>,
    /// Lead times of finished tickets by 1, 2, 3 or more holders.
    pub leads: [Vec<u32>; 3],
    numbers: HashMap<u64, u32, FixedState>,
}

/// A ticket and when its last wait ends.
#[derive(Clone, Copy, Debug)]
struct Stay {
    ticket: u32,
    end: i64,
    finished: bool,
}

/// Walks over all selected tickets.
pub fn tally(cx: &Context<'_>, holders: &Holders<'_>, waits: Waits<'_>, days: &Days) -> Tally {
    let scope = cx.scope;
    let mut walk =
        Walk { cx: *cx, holders, waits, days, seen: vec![0; holders.len()], number: 0, tally: Tally::default() };
    for t in &scope.finished {
        let distinct = walk.ticket(Stay { ticket: t.ticket, end: t.resolved(), finished: true });
        if let Some(leads) = distinct.checked_sub(1).and_then(|d| walk.tally.leads.get_mut(d.min(2))) {
            leads.push(cx.clock.between(t.ticket, t.opened(), t.resolved()));
        }
    }
    let open = scope.open.iter().map(|t| (t.ticket, scope.as_of));
    let cancelled = scope.cancelled.iter().map(|t| (t.ticket, t.left.unwrap_or(scope.as_of)));
    for (ticket, end) in open.chain(cancelled) {
        walk.ticket(Stay { ticket, end, finished: false });
    }
    walk.tally
}

/// Goes through histories; remembers for each holder the last ticket it had, so that "seen before" is a look-up.
struct Walk<'a> {
    cx: Context<'a>,
    holders: &'a Holders<'a>,
    waits: Waits<'a>,
    days: &'a Days,
    seen: Vec<u32>,
    number: u32,
    tally: Tally,
}

impl Walk<'_> {
    /// Counts a ticket's transfers. Answers how many distinct holders it had.
    fn ticket(&mut self, stay: Stay) -> usize {
        self.number += 1;
        let (mut last, mut before, mut distinct, mut returned) = (None, None, 0, false);
        let first = self.tally.transfers.len();
        let mut waiting = false;
        let Some(spells) = &self.cx.log.spells else { return 0 };
        for spell in spells.of(stay.ticket as usize).take_while(|s| s.start <= self.cx.scope.as_of) {
            if let Some(to) = self.holders.of(&spell)
                && last != Some(to)
            {
                let back = self.sees(to);
                distinct += usize::from(!back);
                if let Some(from) = last {
                    if before == Some(to)
                        && let Some(bounced) = self.tally.transfers.last_mut()
                    {
                        bounced.bounced = true;
                    }
                    self.transfer(stay, from, to, back, spell.start);
                    waiting = true;
                    returned |= back;
                }
                (before, last) = (last, Some(to));
            }
            if waiting {
                match self.waits.of(&spell) {
                    Wait::Queued => self.wait(stay, spell.start, spell.end),
                    Wait::Held => {}
                    Wait::Over => waiting = false,
                }
            }
        }
        let transfers = (self.tally.transfers.len() - first) as u64;
        self.tally.total += transfers;
        self.tally.tickets += u64::from(transfers > 0);
        self.tally.ping_pong += u64::from(returned);
        self.tally.most = self.tally.most.max(transfers);
        distinct
    }

    /// Notes that a holder has the present ticket; answers whether it had it before.
    fn sees(&mut self, holder: u32) -> bool {
        let seen = self.seen.get_mut(holder as usize);
        seen.is_some_and(|seen| std::mem::replace(seen, self.number) == self.number)
    }

    fn transfer(&mut self, stay: Stay, from: u32, to: u32, back: bool, at: i64) {
        let edge = self.tally.edge(from, to, back);
        let week = u32::try_from(self.days.week(at)).unwrap_or(u32::MAX);
        let Stay { ticket, finished, .. } = stay;
        self.tally.transfers.push(Transfer { edge, ticket, queued: 0, week, bounced: false, finished });
    }

    /// Adds a wait to the latest transfer.
    fn wait(&mut self, stay: Stay, start: i64, end: Option<i64>) {
        let seconds = self.cx.stretch(stay.ticket, start, end.map_or(stay.end, |e| e.min(stay.end)));
        if let Some(transfer) = self.tally.transfers.last_mut() {
            transfer.queued = transfer.queued.saturating_add(seconds);
        }
    }
}

impl Tally {
    /// The number of a pair, which is new where it was never seen.
    fn edge(&mut self, from: u32, to: u32, back: bool) -> u32 {
        let next = u32::try_from(self.edges.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(u64::from(from) << 32 | u64::from(to)).or_insert(next);
        if number == next {
            self.edges.push(Pair { from, to, returns: 0 });
        }
        if let Some(pair) = self.edges.get_mut(number as usize) {
            pair.returns += u64::from(back);
        }
        number
    }
}
