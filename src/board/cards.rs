//! Which cards a column shows, and what stands on them.

use std::cmp::Ordering;

use super::ages;
use super::columns::Item;
use super::stand::{Place, View};
use crate::metrics::context::Context;
use crate::report::Card;
use crate::words;
use crate::worklog::{NO_CODE, Role, WorkLog};

/// The cards of a column: oldest first; of what is planned the next first, those without a plan last; of what is done the
/// newest first. Ties go by id, then by number. Only those that are shown are sorted.
pub fn choose(cx: &Context<'_>, view: &View<'_>, place: Place, mut items: Vec<Item>, leads: &[u32]) -> Vec<Card> {
    let most = cx.query.board.cards as usize;
    let Some(last) = most.checked_sub(1) else { return Vec::new() };
    let order = |a: &Item, b: &Item| order(cx.log, place, a, b);
    if last < items.len() {
        items.select_nth_unstable_by(last, order);
        items.truncate(most);
    }
    items.sort_unstable_by(order);
    let sight = Sight::new(cx.log);
    items.iter().map(|item| sight.card(cx, view, item, leads)).collect()
}

fn order(log: &WorkLog, place: Place, a: &Item, b: &Item) -> Ordering {
    let id = |item: &Item| log.ids.get(item.ticket as usize);
    let first = match place {
        Place::Planned => {
            let start = |item: &Item| item.planned_start(log).unwrap_or(i64::MAX);
            start(a).cmp(&start(b))
        }
        Place::Done => b.stand.since.cmp(&a.stand.since),
        _ => Ordering::Equal,
    };
    let oldest = || b.age.cmp(&a.age).then(a.opened.cmp(&b.opened));
    first.then_with(oldest).then_with(|| id(a).cmp(id(b))).then(a.ticket.cmp(&b.ticket))
}

/// The dimensions that cards show.
struct Sight {
    group: Option<usize>,
    service: Option<usize>,
    priority: Option<usize>,
    risk: Option<usize>,
    kind: Option<usize>,
}

impl Sight {
    fn new(log: &WorkLog) -> Self {
        let named = |name: &str| log.dimensions.iter().position(|d| d.name == name);
        Self {
            group: log.group.or_else(|| named("group")),
            service: named("service"),
            priority: named("priority"),
            risk: named("risk").filter(|_| log.role == Role::Changes),
            kind: named("kind"),
        }
    }

    fn card(&self, cx: &Context<'_>, view: &View<'_>, item: &Item, leads: &[u32]) -> Card {
        let (log, ticket) = (cx.log, item.ticket as usize);
        let code = |d: Option<usize>| d.and_then(|d| log.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(ticket));
        let latest = |d: Option<usize>| text(log, d, code(d)).to_owned();
        let priority = latest(self.priority);
        let done = item.stand.place == Place::Done;
        // A result is that of the latest record: of what was opened again since it is another one.
        let ended = done && item.stand.lasting && log.role != Role::Tickets;
        Card {
            ticket: item.ticket,
            id: cx.query.include.ids.then(|| log.ids.get(ticket).to_owned()),
            state: state(log, item.stand.state).to_owned(),
            group: text(log, self.group, item.stand.group).to_owned(),
            service: latest(self.service),
            priority: if priority.is_empty() { latest(self.risk) } else { priority },
            kind: latest(self.kind),
            age_seconds: item.age.into(),
            in_column_seconds: item.in_column(cx).map(Into::into),
            percentile: ages::percentile(leads, item.age).filter(|_| item.stand.place != Place::Planned),
            planned_start: item.planned_start(log).map(words::instant),
            planned_end: item.planned_end(log).map(words::instant),
            overdue: item.overdue(view),
            result: ended.then(|| log.result_of(ticket)),
        }
    }
}

/// The name of a state; empty where it is not known.
pub fn state(log: &WorkLog, code: u32) -> &str {
    text(log, log.state, code)
}

fn text(log: &WorkLog, dimension: Option<usize>, code: u32) -> &str {
    let dictionary = dimension.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
    dictionary.filter(|_| code != NO_CODE).map_or("", |dictionary| dictionary.get(code as usize))
}
