//! What became of one ticket: when it was opened, resolved and closed, from its recorded dates, its state and its history.

use super::reject::Reason;
use super::{ResultClass, Role, StateClass, flag};

/// What is recorded about a ticket's end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recorded {
    /// Opened, by its column.
    pub opened: Option<i64>,
    /// Resolved, by its column.
    pub resolved: Option<i64>,
    /// Closed, by its column.
    pub closed: Option<i64>,
    /// Cancelled, by its column.
    pub cancelled: Option<i64>,
    /// First event of its history.
    pub first_event: Option<i64>,
    /// Entry into the last run of states of the final class, where that is done or cancelled.
    pub ended: Option<i64>,
    /// Recorded time from opening to end, on a clock on which every second counts.
    pub lasting: Option<u32>,
    /// Class of the latest state, and the confidence in it.
    pub class: Option<(StateClass, f64)>,
    /// What is carried out ends in other ways than a ticket does.
    pub carried: Option<Carried>,
}

/// What is recorded beside that of a change or deployment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried {
    /// Which of the two.
    pub role: Role,
    /// Started, by its column.
    pub started: Option<i64>,
    /// Class of its result, by its column.
    pub result: Option<ResultClass>,
    /// What its latest state says of the result.
    pub by_state: Option<ResultClass>,
    /// The opening is one of the other dates: it has no column of its own.
    pub stand_in: bool,
}

impl Carried {
    /// Whether its result, or else its state, says that it was carried out, well or not.
    fn ended(&self) -> bool {
        self.result
            .filter(|r| *r != ResultClass::Unknown)
            .or(self.by_state)
            .is_some_and(|r| r.succeeded() || r.failed())
    }

    /// The class that counts. Only what was never carried out is cancelled: a state such as "failed" or "rolled back" ends
    /// a change like any other. A recorded result with its date has ended, though the state says that it is under review.
    fn class(&self, (class, confidence): (StateClass, f64), dated: bool) -> (StateClass, f64) {
        let open = matches!(class, StateClass::Planned | StateClass::Queue | StateClass::Active | StateClass::Hold);
        match (class, self.result) {
            (_, Some(ResultClass::Cancelled)) => (StateClass::Cancelled, 1.0),
            (StateClass::Cancelled, _) if self.ended() => (StateClass::Done, confidence),
            (StateClass::Unknown, Some(ResultClass::Running)) => (StateClass::Active, 1.0),
            (_, Some(result)) if open && dated && (result.succeeded() || result.failed()) => {
                (StateClass::Done, confidence)
            }
            _ => (class, confidence),
        }
    }

    /// When it was opened. What stands in for the opening cannot be later than what it stands for; and changes are worked on
    /// first and recorded later when there is no time to lose.
    fn opened(&self, opened: i64, resolved: Option<i64>) -> i64 {
        if self.stand_in || self.role == Role::Changes {
            [self.started, resolved].into_iter().flatten().fold(opened, i64::min)
        } else {
            opened
        }
    }

    /// What stands in for an end of which only is known that it was: the start, and of a deployment the opening.
    fn end(&self, opened: i64) -> Option<i64> {
        self.started.or((self.role == Role::Deployments).then_some(opened))
    }
}

/// What follows from it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// Opened.
    pub opened: i64,
    /// Resolved for the last time.
    pub resolved: Option<i64>,
    /// Closed.
    pub closed: Option<i64>,
    /// Bits of [`flag`].
    pub flags: u8,
}

/// Confidence in an open state's class from which it overrules a finish date.
const SURE: f64 = 0.75;

/// Decides.
///
/// # Errors
/// The reason to set the ticket aside.
pub fn decide(recorded: &Recorded) -> Result<Outcome, Reason> {
    let mut opened = recorded.opened.or(recorded.first_event).ok_or(Reason::NoOpenedDate)?;
    let (mut class, mut confidence) = recorded.class.unwrap_or((StateClass::Unknown, 0.0));
    let (mut resolved, mut closed, mut flags) = (recorded.resolved, recorded.closed, 0);
    if let Some(carried) = &recorded.carried {
        (class, confidence) = carried.class((class, confidence), resolved.or(closed).is_some());
        let first = carried.opened(opened, resolved);
        if first < opened && !carried.stand_in {
            flags |= flag::RECORDED_AFTERWARDS;
        }
        opened = first;
    }
    match class {
        StateClass::Cancelled => {
            flags |= flag::CANCELLED;
            closed = recorded.cancelled.or(closed).or(resolved).or(recorded.ended);
            resolved = None;
        }
        StateClass::Planned | StateClass::Queue | StateClass::Active | StateClass::Hold if confidence >= SURE => {
            if resolved.or(closed).or(recorded.cancelled).is_some() {
                flags |= flag::REOPENED_OPEN;
            }
            (resolved, closed) = (None, None);
        }
        // Tools that record the cancelling keep no other end of the ticket.
        _ if recorded.cancelled.is_some() && resolved.is_none() => {
            flags |= flag::CANCELLED;
            closed = recorded.cancelled;
        }
        _ => {
            if resolved.is_none() && closed.is_some() {
                flags |= flag::RESOLVED_FROM_CLOSED;
                resolved = closed;
            }
            let done = class == StateClass::Done;
            if resolved.is_none() && done && recorded.ended.is_some() {
                flags |= flag::RESOLVED_FROM_HISTORY;
                resolved = recorded.ended;
            }
            // While the state is not known, a length of 0 is as likely one that has not been written yet.
            let lasting = recorded.lasting.filter(|s| done || (class == StateClass::Unknown && *s > 0));
            if let (None, Some(seconds)) = (resolved, lasting) {
                flags |= flag::RESOLVED_FROM_DURATION;
                resolved = Some(opened + i64::from(seconds));
            }
            let carried = recorded.carried.filter(|c| resolved.is_none() && (done || c.ended()));
            if let Some(start) = carried.and_then(|c| c.end(opened)) {
                flags |= flag::RESOLVED_FROM_START;
                resolved = Some(start);
            }
            if resolved.is_none() && done {
                return Err(Reason::FinishedWithoutDate);
            }
        }
    }
    // A history may begin before the recorded opening; an end before it contradicts the record.
    if resolved.or(closed).is_some_and(|end| end < opened) {
        return Err(Reason::ResolvedBeforeOpened);
    }
    Ok(Outcome { opened, resolved, closed, flags })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_from_resolved_to_closed_to_history() {
        let done = Some((StateClass::Done, 0.97));
        let ticket = Recorded { opened: Some(10), class: done, ..Recorded::default() };
        let both = decide(&Recorded { resolved: Some(20), closed: Some(30), ..ticket }).unwrap();
        assert_eq!((both.resolved, both.closed, both.flags), (Some(20), Some(30), 0));
        let closed = decide(&Recorded { closed: Some(30), ..ticket }).unwrap();
        assert_eq!((closed.resolved, closed.flags), (Some(30), flag::RESOLVED_FROM_CLOSED));
        let history = decide(&Recorded { ended: Some(25), ..ticket }).unwrap();
        assert_eq!((history.resolved, history.flags), (Some(25), flag::RESOLVED_FROM_HISTORY));
        assert_eq!(decide(&ticket), Err(Reason::FinishedWithoutDate));
    }

    #[test]
    fn a_recorded_duration_is_the_last_resort() {
        let ticket = Recorded { opened: Some(10), lasting: Some(7), ..Recorded::default() };
        let done = Recorded { class: Some((StateClass::Done, 0.97)), ..ticket };
        let lasted = decide(&done).unwrap();
        assert_eq!((lasted.resolved, lasted.flags), (Some(17), flag::RESOLVED_FROM_DURATION));
        assert_eq!(decide(&Recorded { ended: Some(25), ..done }).unwrap().resolved, Some(25));
        assert_eq!(decide(&Recorded { closed: Some(30), ..done }).unwrap().resolved, Some(30));
        assert_eq!(decide(&Recorded { lasting: Some(0), ..done }).unwrap().resolved, Some(10));
        // Without a state the ticket is done if it lasted at all; with an open one its age is no end.
        assert_eq!(decide(&ticket).unwrap().resolved, Some(17));
        assert_eq!(decide(&Recorded { lasting: Some(0), ..ticket }).unwrap().resolved, None);
        for confidence in [0.5, 0.97] {
            let open = Recorded { class: Some((StateClass::Active, confidence)), ..ticket };
            assert_eq!(decide(&open).unwrap().resolved, None);
        }
    }

    #[test]
    fn an_end_before_the_beginning_is_set_aside_and_an_equal_one_kept() {
        let ticket = Recorded { opened: Some(10), resolved: Some(9), ..Recorded::default() };
        assert_eq!(decide(&ticket), Err(Reason::ResolvedBeforeOpened));
        assert_eq!(decide(&Recorded { resolved: Some(10), ..ticket }).unwrap().resolved, Some(10));
        assert_eq!(decide(&Recorded::default()), Err(Reason::NoOpenedDate));
    }

    #[test]
    fn a_state_that_surely_says_open_overrules_a_date() {
        let ticket = Recorded { opened: Some(10), resolved: Some(20), ..Recorded::default() };
        let sure = decide(&Recorded { class: Some((StateClass::Active, 0.97)), ..ticket }).unwrap();
        assert_eq!((sure.resolved, sure.flags), (None, flag::REOPENED_OPEN));
        let unsure = decide(&Recorded { class: Some((StateClass::Active, 0.5)), ..ticket }).unwrap();
        assert_eq!((unsure.resolved, unsure.flags), (Some(20), 0));
        let cancelled = decide(&Recorded { class: Some((StateClass::Cancelled, 0.97)), ..ticket }).unwrap();
        assert_eq!((cancelled.resolved, cancelled.closed, cancelled.flags), (None, Some(20), flag::CANCELLED));
    }

    #[test]
    fn a_recorded_cancelling_ends_the_ticket_unless_it_was_resolved_or_is_open_again() {
        let ticket = Recorded { opened: Some(10), cancelled: Some(15), ..Recorded::default() };
        let cancelled = decide(&Recorded { closed: Some(20), ..ticket }).unwrap();
        assert_eq!((cancelled.resolved, cancelled.closed, cancelled.flags), (None, Some(15), flag::CANCELLED));
        let resolved = decide(&Recorded { resolved: Some(20), ..ticket }).unwrap();
        assert_eq!((resolved.resolved, resolved.flags), (Some(20), 0));
        let open = decide(&Recorded { class: Some((StateClass::Active, 0.97)), ..ticket }).unwrap();
        assert_eq!((open.resolved, open.closed, open.flags), (None, None, flag::REOPENED_OPEN));
        let before = decide(&Recorded { cancelled: Some(5), ..ticket });
        assert_eq!(before, Err(Reason::ResolvedBeforeOpened));
    }
}
