//! The name of a job's state on the wire of Microsoft.ImportExport.

use super::super::jobs::life::JobPhase;

/// The state of a job in this phase.
pub(super) fn state_name(phase: JobPhase) -> &'static str {
    match phase {
        JobPhase::Creating => "Creating",
        JobPhase::Shipping => "Shipping",
        JobPhase::Received => "Received",
        JobPhase::Transferring(_) => "Transferring",
        JobPhase::Packaging => "Packaging",
        JobPhase::Returning { errors: false }
        | JobPhase::Finished { errors: false }
        | JobPhase::Cancelled
        | JobPhase::Gone => "Completed",
        JobPhase::Returning { errors: true } | JobPhase::Finished { errors: true } => "Closed",
    }
}
