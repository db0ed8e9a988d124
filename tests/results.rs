//! What results, environments and groups mean, by their words alone.

use flowgauge::mapping::ResultClass::{self, BackedOut, Cancelled, Failed, Running, Succeeded, Unknown, WithIssues};
use flowgauge::mapping::Side::{Development, Operations};
use flowgauge::mapping::StateClass::{self, Active, Done, Queue};
use flowgauge::mapping::{production, result_class, result_of_state, side};

/// Class, then the results that have it.
type Table = &'static [(ResultClass, &'static [&'static str])];

const RESULTS: Table = &[
    (
        Succeeded,
        &[
            // GitHub, GitLab, Jenkins, Azure DevOps, Argo CD, DevLake
            "success",
            "SUCCESS",
            "Succeeded",
            "succeeded",
            "active",
            "inactive",
            "passed",
            "completed",
            // Change requests
            "successful",
            "Successful",
            "Complete",
            "All Changes Completed",
            "Closed complete",
            "Implemented",
            "Implemented successfully",
            "Implemented, not rolled back",
            "successful, no issues",
            "OK",
            "done",
            "Completed without errors",
            "No issues",
            "Successful - rollback not required",
            // Other languages
            "erfolgreich",
            "Erfolgreich abgeschlossen",
            "abgeschlossen",
            "ohne Fehler",
            "réussi",
            "succès",
            "terminé",
            "éxito",
            "exitoso",
            "completado",
            "riuscito",
            "successo",
            "completato",
            "sucesso",
            "concluído",
            "bem-sucedida",
            "geslaagd",
            "succesvol",
            "voltooid",
            "Con éxito",
        ],
    ),
    (
        WithIssues,
        &[
            "successful with issues",
            "Successful with issues",
            "successful_issues_with issues",
            "partiallySucceeded",
            "succeededWithIssues",
            "UNSTABLE",
            "Implemented with issues",
            "Completed with errors",
            "Successful with warnings",
            "partial success",
            "Partially successful",
            "erfolgreich mit Problemen",
            "réussi avec problèmes",
            "exitoso con problemas",
            "parzialmente riuscito",
            "sucesso parcial",
            "geslaagd met problemen",
            "with issues",
        ],
    ),
    (
        Failed,
        &[
            "failure",
            "FAILURE",
            "failed",
            "Failed",
            "error",
            "ERROR",
            "unsuccessful",
            "Unsuccessful",
            "timed_out",
            "TIMED_OUT",
            "startup_failure",
            "broken",
            "Rejected deployment",
            "Deployment rejected",
            "not successful",
            "Not a success",
            "Failed with errors",
            "failed with issues",
            "Closed Incomplete",
            "not completed",
            "NOK",
            "without success",
            "fehlgeschlagen",
            "nicht erfolgreich",
            "gescheitert",
            "ohne Erfolg",
            "échec",
            "échoué",
            "pas réussi",
            "fallido",
            "sin éxito",
            "fallito",
            "non riuscito",
            "falha",
            "sem sucesso",
            "malsucedido",
            "mislukt",
            "niet geslaagd",
        ],
    ),
    (
        BackedOut,
        &[
            "rolled back",
            "Rolled Back",
            "ROLLED_BACK",
            "rolledback",
            "backed out",
            "Backed Out",
            "back out",
            "reverted",
            "Implemented - Rolled Back",
            "Failed - backed out",
            "rollback",
            "Successful rollback",
            "zurückgerollt",
            "rückgängig gemacht",
            "retour arrière",
            "revertido",
            "ripristinato",
            "desfeito",
            "teruggedraaid",
        ],
    ),
    (
        Cancelled,
        &[
            "cancelled",
            "canceled",
            "CANCELED",
            "aborted",
            "ABORTED",
            "skipped",
            "NOT_BUILT",
            "notDeployed",
            "abandoned",
            "neutral",
            "stale",
            "withdrawn",
            "rejected",
            "superseded",
            "Not implemented",
            "auto_canceled",
            "storniert",
            "abgebrochen",
            "abgelehnt",
            "nicht durchgeführt",
            "annulé",
            "rejeté",
            "cancelado",
            "rechazado",
            "annullato",
            "rifiutato",
            "cancelada",
            "rejeitado",
            "geannuleerd",
            "afgewezen",
        ],
    ),
    (
        Running,
        &[
            "pending",
            "PENDING",
            "queued",
            "in_progress",
            "IN_PROGRESS",
            "inProgress",
            "running",
            "waiting",
            "waiting_for_resource",
            "requested",
            "created",
            "scheduled",
            "manual",
            "action_required",
            "blocked",
            "canceling",
            "preparing",
            "Not yet completed",
            "not started",
            "ausstehend",
            "noch nicht erfolgreich",
            "en cours",
            "en curso",
            "in corso",
            "em andamento",
            "lopend",
        ],
    ),
    (Unknown, &["", "Closed", "frobnicated", "undefined", "true", "4", "see notes", "Automatically Closed"]),
];

#[test]
fn results_have_their_class() {
    for (class, results) in RESULTS {
        for result in *results {
            let (found, confidence) = result_class(result);
            assert_eq!(found, *class, "{result}");
            assert_eq!(confidence > 0.0, *class != Unknown, "{result}: {confidence}");
        }
    }
}

/// GitHub's "inactive" says that something newer is there, and only by that that it had been one that succeeded.
#[test]
fn what_says_less_is_less_sure() {
    let sure = |text: &str| result_class(text).1;
    assert!(sure("success") > sure("deployed to all, success"));
    assert!(sure("success") > sure("completed"));
    assert!(sure("completed") > sure("inactive"));
    assert!(sure("active") > sure("inactive"));
}

/// Ended is not succeeded: a state that says no more than that something is over says nothing of how.
#[test]
fn a_state_that_is_over_says_nothing_of_success() {
    let of = |state: &str, class: StateClass| result_of_state(state, (class, 0.97)).0;
    for state in ["Closed", "Complete", "Closed Complete", "Completed", "Done", "Implemented", "All Changes Completed"]
    {
        assert_eq!(of(state, Done), Unknown, "{state}");
    }
    for (state, class, result) in [
        ("Successful", Done, Succeeded),
        ("success", Done, Succeeded),
        ("inactive", Done, Succeeded),
        ("active", Done, Succeeded),
        ("Active", Active, Running),
        ("Failed", StateClass::Cancelled, Failed),
        ("Unsuccessful", StateClass::Cancelled, Failed),
        ("Rolled back", StateClass::Cancelled, BackedOut),
        ("Canceled", StateClass::Cancelled, Cancelled),
        ("Declined by the board", StateClass::Cancelled, Cancelled),
        ("Implement", Active, Running),
        ("New", Queue, Running),
        ("Ready for rollback", Queue, Running),
        ("Frobnicated", StateClass::Unknown, Unknown),
        ("Frobnicated", Done, Unknown),
    ] {
        assert_eq!(of(state, class), result, "{state}");
    }
}

#[test]
fn environments_are_production_or_before_it() {
    for environment in [
        "prod",
        "PROD",
        "production",
        "Production",
        "prd",
        "live",
        "prod-eu",
        "eu-prod-1",
        "production/us",
        "prod2",
        "Produktion",
        "Produktivumgebung",
        "producción",
        "produzione",
        "produção",
        "productie",
        "github-pages",
        "Production – my-site",
        "prodBlue",
        "false",
    ] {
        assert_eq!(production(environment).0, Some(true), "{environment}");
    }
    for environment in [
        "preprod",
        "pre-production",
        "pre_prod",
        "PreProd",
        "non-prod",
        "nonprod",
        "not production",
        "staging",
        "stage",
        "test",
        "test1",
        "dev",
        "development",
        "qa",
        "uat",
        "sandbox",
        "preview",
        "Preview – my-site",
        "review/fix-login",
        "review/production-fix",
        "canary",
        "prod-canary",
        "prod-like",
        "prod-test",
        "Abnahme",
        "recette",
        "hors production",
        "homologação",
        "acceptatie",
        "true",
    ] {
        assert_eq!(production(environment).0, Some(false), "{environment}");
    }
    for environment in ["", "blue", "eu-west-1", "customer-a", "product-catalogue", "main", "latest"] {
        assert_eq!(production(environment), (None, 0.0), "{environment}");
    }
    assert!(production("github-pages").1 < production("prod").1);
}

#[test]
fn groups_stand_on_one_side_or_on_neither() {
    for group in [
        "Development",
        "Dev Team A",
        "Software Engineering",
        "Engineering",
        "Product Team Checkout",
        "Squad 7",
        "Feature team",
        "Software",
        "Frontend",
        "Anwendungsentwicklung",
        "Développement",
        "Desarrollo",
        "Sviluppo",
        "Desenvolvimento",
        "Ontwikkeling",
        "BackendDevelopers",
    ] {
        assert_eq!(side(group).0, Some(Development), "{group}");
    }
    for group in [
        "Service Desk",
        "ServiceDesk",
        "Helpdesk",
        "IT Operations",
        "Ops",
        "Infrastructure",
        "Network",
        "Networking",
        "Network Engineering",
        "Application Support",
        "Software Support",
        "L1",
        "L2 Support",
        "2nd Level",
        "Tier 3",
        "Database Admins",
        "DBA",
        "NOC",
        "Betrieb",
        "Rechenzentrum",
        "Réseau",
        "Soporte",
        "Operaciones",
        "Supporto",
        "Suporte",
        "Beheer",
    ] {
        assert_eq!(side(group).0, Some(Operations), "{group}");
    }
    for group in [
        "DevOps",
        "devops",
        "Dev Support",
        "Platform Engineering",
        "SRE",
        "Finance",
        "Group 42",
        "",
        "Devices",
        "Application Development and Operations",
    ] {
        assert_eq!(side(group), (None, 0.0), "{group}");
    }
}
