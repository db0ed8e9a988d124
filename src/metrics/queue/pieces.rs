//! The life of a finished ticket in pieces: who had it, and what it waited for.

use super::super::scope::Finished;
use crate::worklog::{NO_CODE, Spell, StateClass, WorkLog};

/// What a piece of a ticket's life was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Nobody had it.
    Group,
    /// Somebody had it.
    Held,
    /// Somebody had it, in a state in which people work.
    Worked,
    /// It waited for others.
    Hold(For),
}

/// Whom a ticket on hold waits for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum For {
    /// Whoever asked.
    Customer,
    /// A supplier.
    Vendor,
    /// Anything else; also what was resolved for the time being.
    Other,
}

/// Words of states of class hold that say whom they wait for, in the languages of the profiles.
const CUSTOMER: [&str; 16] = [
    "customer",
    "user",
    "caller",
    "requester",
    "reporter",
    "client",
    "kunde",
    "anwender",
    "melder",
    "cliente",
    "utente",
    "usuario",
    "usuário",
    "utilisateur",
    "klant",
    "solicitante",
];
const VENDOR: [&str; 10] = [
    "vendor",
    "supplier",
    "third party",
    "3rd party",
    "provider",
    "lieferant",
    "fornitore",
    "proveedor",
    "fornecedor",
    "fournisseur",
];

impl For {
    /// By the name of a state of class hold.
    pub fn named(state: &str) -> Self {
        let state = state.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| state.contains(word));
        if says(&VENDOR) {
            Self::Vendor
        } else if says(&CUSTOMER) {
            Self::Customer
        } else {
            Self::Other
        }
    }
}

/// A stretch of a ticket's life in which nothing changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Piece {
    /// Number of the ticket in the log.
    pub ticket: u32,
    /// Code of the group, or [`NO_CODE`].
    pub group: u32,
    /// Code of the person, or [`NO_CODE`].
    pub person: u32,
    /// First second.
    pub from: u32,
    /// First second after it.
    pub to: u32,
    /// What it was.
    pub kind: Kind,
}

/// Cuts the lives of tickets into pieces.
#[derive(Debug)]
pub struct Cutter<'a> {
    log: &'a WorkLog,
    /// Whether states tell work from waiting.
    working: bool,
    /// By code of the state, whom it waits for.
    waits: Vec<For>,
}

impl<'a> Cutter<'a> {
    /// For a log. `working` says that an active state means work.
    pub fn new(log: &'a WorkLog, working: bool) -> Self {
        let states = log.state.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
        let waits = states.into_iter().flat_map(|names| names.iter().map(For::named)).collect();
        Self { log, working, waits }
    }

    /// Appends the pieces of a ticket between opened and resolved, in order; together they cover it. Answers whether anybody
    /// ever had it; if not, nothing is appended.
    pub fn cut(&self, ticket: &Finished, pieces: &mut Vec<Piece>) -> bool {
        let Some(spells) = &self.log.spells else { return false };
        let (opened, resolved) = (ticket.opened(), ticket.resolved());
        let first = pieces.len();
        let mut assigned = false;
        let mut reached = opened;
        let mut push = |spell: Option<&Spell>, from: i64, to: i64, kind: Kind| {
            let second = |t: i64| u32::try_from(t).unwrap_or(u32::MAX);
            let (group, person) = spell.map_or((NO_CODE, NO_CODE), |s| (s.group, s.assignee));
            pieces.push(Piece { ticket: ticket.ticket, group, person, from: second(from), to: second(to), kind });
        };
        for spell in spells.of(ticket.ticket as usize).take_while(|s| s.start < resolved) {
            let (from, to) = (spell.start.max(opened), spell.end.unwrap_or(resolved).min(resolved));
            if to <= from {
                continue;
            }
            assigned |= spell.assignee != NO_CODE;
            if from > reached {
                push(None, reached, from, Kind::Group);
            }
            push(Some(&spell), from, to, self.kind(&spell));
            reached = to;
        }
        if resolved > reached {
            push(None, reached, resolved, Kind::Group);
        }
        if !assigned {
            pieces.truncate(first);
        }
        assigned
    }

    fn kind(&self, spell: &Spell) -> Kind {
        match self.log.class_of(spell.state) {
            StateClass::Hold => Kind::Hold(self.waits.get(spell.state as usize).copied().unwrap_or(For::Other)),
            StateClass::Done | StateClass::Cancelled => Kind::Hold(For::Other),
            _ if spell.assignee == NO_CODE => Kind::Group,
            StateClass::Active if self.working => Kind::Worked,
            _ => Kind::Held,
        }
    }
}
