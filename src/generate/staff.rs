//! The people of the desk and the teams they work in. All names are made up.

use super::hours::Shift;

/// Position of the service desk among [`TEAMS`].
pub const SERVICE_DESK: usize = 0;
/// Position of the network team.
pub const NETWORK: usize = 1;
/// Position of the applications team.
pub const APPLICATIONS: usize = 2;
/// Position of the database team.
pub const DATABASE: usize = 3;
/// Position of the workplace team.
pub const WORKPLACE: usize = 4;
/// Position of the third tier for software.
pub const PRODUCT_ENGINEERING: usize = 5;
/// Position of the third tier for machines and lines.
pub const INFRASTRUCTURE: usize = 6;

/// A support tier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tier {
    /// Takes the call.
    First,
    /// Knows the technology.
    Second,
    /// Works with vendors and on the code.
    Third,
}

impl Tier {
    /// Median working time of one visit, in seconds.
    pub fn effort(self) -> u64 {
        match self {
            Self::First => 21 * 60,
            Self::Second => 94 * 60,
            Self::Third => 225 * 60,
        }
    }

    /// Chance in a thousand that the visit waits for the user on the way.
    pub fn waits_for_user(self) -> u64 {
        match self {
            Self::First => 110,
            Self::Second => 170,
            Self::Third => 80,
        }
    }

    /// Chance in a thousand that the visit waits for a vendor on the way.
    pub fn waits_for_vendor(self) -> u64 {
        match self {
            Self::First => 0,
            Self::Second => 40,
            Self::Third => 330,
        }
    }
}

/// Somebody who works on tickets.
#[derive(Debug)]
pub struct Member {
    /// Name.
    pub name: &'static str,
    /// Working hours.
    pub shift: Shift,
}

/// A team.
#[derive(Debug)]
pub struct Team {
    /// Name.
    pub name: &'static str,
    /// Name where development and operations are told apart.
    pub side_name: &'static str,
    /// Tier.
    pub tier: Tier,
    /// Whether tickets are handed to a person at once, to wait in that person's queue, or wait for whoever is free.
    pub hands_out: bool,
    /// The people.
    pub members: &'static [Member],
}

const fn member(name: &'static str, starts_at_minute: u64) -> Member {
    Member { name, shift: Shift::from_minute(starts_at_minute) }
}

/// The teams. The constants of this module are positions in this list.
pub static TEAMS: [Team; 7] = [
    Team {
        name: "Service Desk",
        side_name: "Service Desk",
        tier: Tier::First,
        hands_out: false,
        members: &[
            member("Aylin Demir", 420),
            member("Tom Berger", 450),
            member("Chloé Martin", 480),
            member("Oluwaseun Ade", 540),
            member("Jürgen Häußler", 600),
        ],
    },
    Team {
        name: "Network",
        side_name: "Network Operations",
        tier: Tier::Second,
        hands_out: true,
        members: &[member("Mateusz Wiśniewski", 450), member("Grace Okafor", 510)],
    },
    Team {
        name: "Applications",
        side_name: "Application Operations",
        tier: Tier::Second,
        hands_out: false,
        members: &[
            member("Priya Raman", 480),
            member("Sören Lindqvist", 480),
            member("Elena Rossi", 510),
            member("Daniel O'Connor", 540),
        ],
    },
    Team {
        name: "Database",
        side_name: "Database Operations",
        tier: Tier::Second,
        hands_out: true,
        members: &[member("Hana Novák", 480), member("Rui Tanaka", 540)],
    },
    Team {
        name: "Workplace",
        side_name: "Workplace Operations",
        tier: Tier::Second,
        hands_out: false,
        members: &[member("Lukas Weiß", 420), member("Fatima Zahra", 480), member("Ben Carter", 510)],
    },
    Team {
        name: "Product Engineering",
        side_name: "Product Development",
        tier: Tier::Third,
        hands_out: true,
        members: &[member("Ingrid Solberg", 480), member("Marco Conti", 540), member("Wei Zhang", 540)],
    },
    Team {
        name: "Infrastructure Engineering",
        side_name: "Systems Development",
        tier: Tier::Third,
        hands_out: true,
        members: &[member("Andrés Peña", 480), member("Katarzyna Król", 510)],
    },
];
