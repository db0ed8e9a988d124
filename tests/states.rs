//! What states mean, in seven languages, without any profile's help.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use flowgauge::mapping::StateClass::{self, Active, Cancelled, Done, Hold, Planned, Queue, Unknown};
use flowgauge::mapping::{classify, profiles};

/// Class, then the states that have it.
type Table = [(StateClass, &'static [&'static str])];

const ENGLISH: &Table = &[
    (Planned, &["Backlog", "Scheduled", "Planned", "Proposed", "Icebox", "Draft", "Product Backlog"]),
    (
        Queue,
        &[
            "New",
            "2 = Assigned",
            "Queued",
            "To Do",
            "ToDo",
            "TODO",
            "Reopened",
            "Re-opened",
            "Unassigned",
            "Awaiting Assignment",
            "Waiting for support",
            "Triage",
            "Submitted",
            "Registered",
            "Logged",
            "Ready for test",
            "Not started",
            "Unresolved",
            "Not resolved",
            "Not yet done",
            "Selected for Development",
        ],
    ),
    (
        Active,
        &[
            "In Progress",
            "3 - In Progress",
            "InProgress",
            "Work in Progress",
            "WIP",
            "Under investigation",
            "Investigating",
            "In Review",
            "Code review",
            "Testing",
            "Development",
            "Active",
            "Doing",
            "Acknowledged",
        ],
    ),
    (
        Hold,
        &[
            "On Hold",
            "3 - On Hold",
            "OnHold",
            "Pending",
            "Pending Vendor",
            "Awaiting User Info",
            "Waiting for customer",
            "Wait - Vendor",
            "Blocked",
            "Suspended",
            "Parked",
            "More info required",
            "In progress - waiting for vendor",
        ],
    ),
    (
        Done,
        &[
            "Resolved",
            "Resolved (Permanently)",
            "Closed",
            "Solved",
            "Done",
            "Completed",
            "Closed Complete",
            "Closed Incomplete",
            "Fulfilled",
            "Deployed",
            "Released",
            "Fixed",
            "Pending closure",
            "Auto-closed",
            "Success",
        ],
    ),
    (
        Cancelled,
        &[
            "Cancelled",
            "Canceled",
            "Closed - Duplicate",
            "Rejected",
            "Won't Fix",
            "Won\u{2019}t do",
            "Can't Fix",
            "Cannot Reproduce",
            "Withdrawn",
            "Abandoned",
            "Closed Skipped",
            "Not a bug",
            "Invalid",
            "Failed",
        ],
    ),
    (Unknown, &["Frobnicated", "7", "", "L2", "Not on hold", "Not cancelled"]),
];

const GERMAN: &Table = &[
    (Planned, &["Geplant", "Eingeplant", "Terminiert", "Vorgemerkt", "Entwurf"]),
    (
        Queue,
        &[
            "Neu",
            "Eingegangen",
            "Erfasst",
            "Zugewiesen",
            "Nicht zugewiesen",
            "Wartet auf Zuweisung",
            "Unbearbeitet",
            "Ungelöst",
            "Nicht erledigt",
            "Noch nicht begonnen",
            "Wiedereröffnet",
            "Wieder geöffnet",
            "Zu erledigen",
            "In Warteschlange",
            "Gemeldet",
            "Bereit",
        ],
    ),
    (
        Active,
        &[
            "In Bearbeitung",
            "2 - In Arbeit",
            "In Prüfung",
            "Begonnen",
            "Gestartet",
            "In Umsetzung",
            "Wird bearbeitet",
            "In Klärung",
            "Im Test",
        ],
    ),
    (
        Hold,
        &[
            "Wartet",
            "Wartet auf Kunde",
            "Warten auf Rückmeldung",
            "Angehalten",
            "Pausiert",
            "Zurückgestellt",
            "Zurueckgestellt",
            "Blockiert",
            "Rückfrage beim Kunden",
            "Ausgesetzt",
        ],
    ),
    (
        Done,
        &[
            "Gelöst",
            "Geloest",
            "Geschlossen",
            "Abgeschlossen",
            "Erledigt",
            "Behoben",
            "Beendet",
            "Fertig",
            "Fertiggestellt",
            "Erfolgreich geschlossen",
            "Ausgeliefert",
        ],
    ),
    (
        Cancelled,
        &[
            "Storniert",
            "Abgebrochen",
            "Abgelehnt",
            "Verworfen",
            "Zurückgezogen",
            "Duplikat",
            "Geschlossen (Duplikat)",
            "Nicht reproduzierbar",
            "Gelöscht",
        ],
    ),
];

const FRENCH: &Table = &[
    (Planned, &["Planifié", "Planifiée", "Programmé", "Brouillon"]),
    (
        Queue,
        &[
            "Nouveau",
            "Nouvelle",
            "Attribué",
            "Affecté",
            "À faire",
            "À traiter",
            "Non résolu",
            "Non attribué",
            "Pas résolu",
            "Rouvert",
            "Réouvert",
            "En attente d'affectation",
            "En attente de prise en charge",
            "Enregistré",
            "Soumis",
        ],
    ),
    (
        Active,
        &[
            "En cours",
            "En cours de traitement",
            "1. En cours",
            "Pris en charge",
            "En traitement",
            "En analyse",
            "Commencé",
            "Démarré",
        ],
    ),
    (Hold, &["En attente", "En attente du client", "Mis en attente", "Suspendu", "Bloqué", "En pause", "Reporté"]),
    (
        Done,
        &[
            "Résolu",
            "Résolue",
            "Re\u{301}solu",
            "RESOLU",
            "Fermé",
            "Clos",
            "Clôturé",
            "Terminé",
            "Livré",
            "Corrigé",
            "Traité",
        ],
    ),
    (Cancelled, &["Annulé", "Annulée", "Rejeté", "Refusé", "Doublon", "Sans suite", "Supprimé"]),
];

const SPANISH: &Table = &[
    (Planned, &["Planificado", "Programado", "Propuesto", "Borrador"]),
    (
        Queue,
        &[
            "Nuevo",
            "Nueva",
            "Asignado",
            "Registrado",
            "Por hacer",
            "Sin asignar",
            "Pendiente de asignación",
            "No resuelto",
            "Sin resolver",
            "Reabierto",
            "En cola",
            "Recibido",
        ],
    ),
    (Active, &["En curso", "En progreso", "En proceso", "En tratamiento", "En desarrollo", "En análisis", "Iniciado"]),
    (
        Hold,
        &[
            "En espera",
            "Pendiente",
            "Pendiente de cliente",
            "Esperando al usuario",
            "Suspendido",
            "Bloqueado",
            "En pausa",
            "Detenido",
        ],
    ),
    (Done, &["Resuelto", "Cerrado", "Terminado", "Completado", "Finalizado", "Solucionado", "Hecho"]),
    (Cancelled, &["Cancelado", "Rechazado", "Duplicado", "Anulado", "Descartado"]),
];

const ITALIAN: &Table = &[
    (Planned, &["Pianificato", "Programmato", "Proposto", "Bozza"]),
    (
        Queue,
        &[
            "Nuovo",
            "Assegnato",
            "Registrato",
            "Da fare",
            "Da assegnare",
            "In attesa di assegnazione",
            "Non risolto",
            "Non assegnato",
            "Riaperto",
            "In coda",
            "Ricevuto",
        ],
    ),
    (
        Active,
        &["In corso", "In lavorazione", "Preso in carico", "In gestione", "In sviluppo", "In verifica", "Avviato"],
    ),
    (Hold, &["In attesa", "In attesa del cliente", "Sospeso", "Bloccato", "In pausa", "Rimandato"]),
    (Done, &["Risolto", "Chiuso", "Completato", "Terminato", "Concluso", "Evaso", "Fatto"]),
    (Cancelled, &["Annullato", "Rifiutato", "Respinto", "Duplicato", "Scartato", "Non valido"]),
];

const PORTUGUESE: &Table = &[
    (Planned, &["Planejado", "Planeado", "Agendado", "Rascunho"]),
    (
        Queue,
        &[
            "Novo",
            "Nova",
            "Atribuído",
            "Registrado",
            "A fazer",
            "Aguardando atribuição",
            "Aguardando atendimento",
            "Não resolvido",
            "Não atribuído",
            "Reaberto",
            "Na fila",
            "Encaminhado",
        ],
    ),
    (
        Active,
        &[
            "Em andamento",
            "Em atendimento",
            "Em progresso",
            "Em execução",
            "Em análise",
            "Em desenvolvimento",
            "Iniciado",
        ],
    ),
    (
        Hold,
        &[
            "Pendente",
            "Pendente com o cliente",
            "Aguardando cliente",
            "Em espera",
            "Suspenso",
            "Bloqueado",
            "Em pausa",
            "Parado",
        ],
    ),
    (Done, &["Resolvido", "Solucionado", "Fechado", "Concluído", "Encerrado", "Finalizado", "Feito"]),
    (Cancelled, &["Cancelado", "Rejeitado", "Recusado", "Duplicado", "Indeferido"]),
];

const DUTCH: &Table = &[
    (Planned, &["Gepland", "Ingepland", "Voorgesteld", "Concept"]),
    (
        Queue,
        &[
            "Nieuw",
            "Toegewezen",
            "Geregistreerd",
            "Aangemeld",
            "Te doen",
            "Wacht op toewijzing",
            "Niet opgelost",
            "Nog niet begonnen",
            "Onopgelost",
            "Heropend",
            "In wachtrij",
            "Ontvangen",
        ],
    ),
    (Active, &["In behandeling", "Bezig", "In uitvoering", "In onderzoek", "In ontwikkeling", "Gestart", "Actief"]),
    (
        Hold,
        &[
            "In de wacht",
            "Wacht op gebruiker",
            "Wachten op leverancier",
            "In afwachting van klant",
            "Geblokkeerd",
            "Opgeschort",
            "Uitgesteld",
        ],
    ),
    (
        Done,
        &["Opgelost", "Gesloten", "Afgesloten", "Afgehandeld", "Afgerond", "Gereed", "Voltooid", "Afgemeld", "Klaar"],
    ),
    (Cancelled, &["Geannuleerd", "Afgewezen", "Geweigerd", "Ingetrokken", "Vervallen"]),
];

#[test]
fn states_are_classed_by_their_words() {
    let generic = profiles().unwrap().pop().unwrap();
    let languages = [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH];
    let mut wrong = Vec::new();
    for table in languages {
        let mut count = 0;
        for (class, states) in table {
            for state in *states {
                count += 1;
                let (got, confidence) = classify(state, &generic, None);
                let upper = classify(&state.to_uppercase(), &generic, None).0;
                let camel = state.chars().any(char::is_uppercase) && !state.contains(' ');
                if got != *class || (upper != *class && !camel) {
                    wrong.push(format!("{state}: {got:?}, in capitals {upper:?}, not {class:?}"));
                }
                assert_eq!(confidence == 0.0, got == Unknown, "{state}");
            }
        }
        assert!(count >= 25, "{count} states of a language");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// "Open" is known and says little: too little to overrule a recorded end.
#[test]
fn open_is_vague_in_every_language() {
    let generic = profiles().unwrap().pop().unwrap();
    for state in ["Open", "Offen", "Ouvert", "Abierto", "Aperto", "Aberto", "Accepted"] {
        assert_eq!(classify(state, &generic, None), (Active, 0.5), "{state}");
    }
    assert_eq!(classify("Open", &generic, Some("To Do")), (Queue, 0.8));
    assert_eq!(classify("Frobnicated", &generic, Some("Done")), (Done, 0.9));
    assert_eq!(classify("In Progress", &generic, Some("Done")).0, Active, "a plain word outweighs the category");
}

/// A profile's own list comes first: OTRS closes what is "pending auto close", others wait.
#[test]
fn a_profile_knows_its_own_states() {
    let all = profiles().unwrap();
    let of = |id: &str| all.iter().find(|p| p.id == id).unwrap();
    for (profile, state, class) in [
        ("glpi", "Em atendimento (planejado)", Planned),
        ("glpi", "En cours (Attribué)", Active),
        ("glpi", "Solucionado", Done),
        ("otrs", "pending auto close+", Hold),
        ("otrs", "fechado sem êxito", Done),
        ("otrs", "warten zur Erinnerung", Hold),
        ("topdesk", "Afgemeld", Done),
        ("servicenow_rest", "3", Hold),
        ("servicenow_task", "3", Done),
        ("servicenow_incident", "8", Cancelled),
        ("bmc_remedy", "Assigned", Queue),
        ("pagerduty", "triggered", Queue),
        ("youtrack", "Incomplete", Cancelled),
        ("zendesk", "On-hold", Hold),
        ("azure_devops", "Removed", Cancelled),
    ] {
        // As they are written: the engine compares keys, which these lists become when they are read.
        let states = &of(profile).states;
        let listed = states.iter().find(|(_, names)| names.iter().any(|n| n.eq_ignore_ascii_case(state)));
        let listed = listed.or_else(|| {
            states.iter().find(|(_, names)| names.iter().any(|n| n.to_lowercase() == state.to_lowercase()))
        });
        assert_eq!(listed.map(|(class, _)| *class), Some(class), "{profile}: {state}");
    }
}
