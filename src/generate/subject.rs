//! What tickets are about, where they come from and how they read.

use super::draw::Draw;
use super::staff::{APPLICATIONS, DATABASE, INFRASTRUCTURE, NETWORK, PRODUCT_ENGINEERING, WORKPLACE};

/// A business service, who looks after it and what goes wrong with it.
#[derive(Debug)]
pub struct Service {
    /// Name.
    pub name: &'static str,
    /// Category of its tickets.
    pub category: &'static str,
    /// Team of the second tier.
    pub second: usize,
    /// Team of the third tier.
    pub third: usize,
    /// How many tickets it causes, relative to the others.
    weight: u64,
    troubles: [&'static str; 3],
}

/// The services.
pub static SERVICES: [Service; 10] = [
    Service {
        name: "Email and Calendar",
        category: "Software",
        second: APPLICATIONS,
        third: PRODUCT_ENGINEERING,
        weight: 18,
        troubles: [
            "shared mailbox does not open",
            "meeting room shows as \"busy\" all day",
            "mail from Müller & Söhne bounces",
        ],
    },
    Service {
        name: "ERP",
        category: "Software",
        second: APPLICATIONS,
        third: PRODUCT_ENGINEERING,
        weight: 18,
        troubles: [
            "purchase order stuck in approval",
            "posting fails with \"period closed\"",
            "price list, columns C and D, are swapped",
        ],
    },
    Service {
        name: "Customer Portal",
        category: "Software",
        second: APPLICATIONS,
        third: PRODUCT_ENGINEERING,
        weight: 10,
        troubles: [
            "login loops back to the start page",
            "invoice PDF is blank",
            "umlauts in names (ä, ö, ü) arrive broken",
        ],
    },
    Service {
        name: "Accounts and Access",
        category: "Access",
        second: WORKPLACE,
        third: INFRASTRUCTURE,
        weight: 17,
        troubles: [
            "password reset, account locked",
            "new starter, access to team folder",
            "second factor lost with the phone",
        ],
    },
    Service {
        name: "Laptop",
        category: "Hardware",
        second: WORKPLACE,
        third: PRODUCT_ENGINEERING,
        weight: 12,
        troubles: [
            "battery swollen, needs exchange",
            "docking station drops both screens",
            "blue screen after \"Update and restart\"",
        ],
    },
    Service {
        name: "Printing",
        category: "Hardware",
        second: WORKPLACE,
        third: PRODUCT_ENGINEERING,
        weight: 6,
        troubles: [
            "paper jam, third time this week",
            "prints from tray 2, not 1",
            "badge reader says \"unknown card\"",
        ],
    },
    Service {
        name: "VPN",
        category: "Network",
        second: NETWORK,
        third: INFRASTRUCTURE,
        weight: 12,
        troubles: ["disconnects every 20 minutes", "certificate expired", "very slow from home, fine in the office"],
    },
    Service {
        name: "Office Network",
        category: "Network",
        second: NETWORK,
        third: INFRASTRUCTURE,
        weight: 10,
        troubles: ["no Wi-Fi in the canteen", "wall socket dead", "switch unreachable"],
    },
    Service {
        name: "Reporting",
        category: "Database",
        second: DATABASE,
        third: PRODUCT_ENGINEERING,
        weight: 11,
        troubles: ["nightly load did not finish", "sales figures, March, doubled", "query runs for hours"],
    },
    Service {
        name: "File Shares",
        category: "Database",
        second: DATABASE,
        third: INFRASTRUCTURE,
        weight: 11,
        troubles: ["folder gone, restore please", "disk almost full", "\"file is in use\" by nobody"],
    },
];

const TAILS: [&str; 8] = [
    "",
    "",
    "",
    ", since this morning",
    ", whole floor",
    " (user says: \"it worked yesterday\")",
    ", again",
    "\nCalled twice, please ring back.",
];

/// Where users sit.
pub const LOCATIONS: [&str; 6] = ["Köln", "London", "Zürich", "Gdańsk", "Lyon", "Porto"];
const LOCATION_WEIGHTS: [u64; 6] = [34, 24, 16, 12, 8, 6];

/// How tickets come in.
pub const CHANNELS: [&str; 4] = ["Phone", "Self-service", "Email", "Monitoring"];
/// Position of the channel without a person behind it.
pub const MONITORING: usize = 3;

/// Priorities, most urgent first.
pub const PRIORITIES: [&str; 4] = ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"];

/// What one ticket is about: positions in the lists of this module.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// In [`SERVICES`].
    pub service: usize,
    /// In [`LOCATIONS`].
    pub location: usize,
    /// In [`CHANNELS`].
    pub channel: usize,
    /// In [`PRIORITIES`].
    pub priority: usize,
    trouble: usize,
    tail: usize,
}

impl Subject {
    /// A new subject; at night machines report more than people do.
    pub fn draw(draw: &mut Draw, at_night: bool) -> Self {
        let channels: [u64; 4] = if at_night { [0, 25, 25, 50] } else { [42, 31, 19, 8] };
        let channel = draw.weighted(channels.into_iter());
        let priorities: [u64; 4] = if channel == MONITORING { [8, 25, 50, 17] } else { [2, 11, 56, 31] };
        Self {
            service: draw.weighted(SERVICES.iter().map(|service| service.weight)),
            location: draw.weighted(LOCATION_WEIGHTS.into_iter()),
            channel,
            priority: draw.weighted(priorities.into_iter()),
            trouble: draw.pick(3),
            tail: draw.pick(TAILS.len()),
        }
    }

    /// The service in question.
    pub fn service(&self) -> Option<&'static Service> {
        SERVICES.get(self.service)
    }

    /// The one-line (mostly) description.
    pub fn write(&self, out: &mut String) {
        if let Some(service) = self.service() {
            out.push_str(service.name);
            out.push_str(": ");
            out.push_str(service.troubles.get(self.trouble).copied().unwrap_or_default());
            out.push_str(TAILS.get(self.tail).copied().unwrap_or_default());
        }
    }
}
