//! The life cycle of a job: the words of the service for its state and its stages.

use super::{super::json::JsonView, members::time};
use crate::azure::model::{JobStage, JobState, JobStatus, StageDelay, StageProgress};

/// The state of a word; the word is kept.
pub(super) fn status(word: String) -> JobStatus {
    let state = match word.to_ascii_lowercase().as_str() {
        "created" => JobState::Preparing,
        "awaitingshipmentdetails" => JobState::AwaitingShipment,
        "shippedtoazuredc" => JobState::Shipped,
        "atazuredc" => JobState::Received,
        "datacopy" => JobState::Copying,
        "preparingtoshipfromazuredc" => JobState::Packing,
        "shippedtocustomer" => JobState::Returning,
        "completed" => JobState::Completed,
        "completedwitherrors" | "completedwithwarnings" => JobState::CompletedWithErrors,
        "cancelled" => JobState::Cancelled,
        "aborted" | "failed_issuereportedatcustomer" | "failed_issuedetectedatazuredc" => JobState::Failed,
        _ => JobState::Unknown,
    };
    JobStatus { state, word }
}

/// The stages in the order of the service; its words where it gives no name for people.
pub(super) fn stages(view: JsonView<'_>) -> Vec<JobStage> {
    view.items().filter_map(stage).collect()
}

fn stage(view: JsonView<'_>) -> Option<JobStage> {
    let word = view.at("stageName").word()?;
    let status = view.at("stageStatus").text();
    let delays = view.at("delayInformation");
    // The description says a list; one delay may stand by itself.
    let single = delays.is_object().then_some(delays);
    Some(JobStage {
        title: view.at("displayName").word().unwrap_or_else(|| word.clone()),
        word,
        progress: progress(&status),
        status,
        time: time(view.at("stageTime")),
        delays: delays.items().chain(single).map(delay).collect(),
    })
}

fn progress(status: &str) -> StageProgress {
    match status.to_ascii_lowercase().as_str() {
        "" | "none" => StageProgress::Ahead,
        "inprogress" | "cancelling" | "customeractionperformed" | "customeractionperformedforcleanup" => {
            StageProgress::Current
        }
        "succeeded" => StageProgress::Done,
        "succeededwitherrors" | "succeededwithwarnings" => StageProgress::DoneWithErrors,
        "failed" => StageProgress::Failed,
        "cancelled" => StageProgress::Cancelled,
        "waitingforcustomeraction" | "waitingforcustomeractionforkek" | "waitingforcustomeractionforcleanup" => {
            StageProgress::NeedsAction
        }
        _ => StageProgress::Unknown,
    }
}

fn delay(view: JsonView<'_>) -> StageDelay {
    StageDelay {
        code: view.at("errorCode").text(),
        description: view.at("description").text(),
        resolved: view.at("status").text().eq_ignore_ascii_case("Resolved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_word_of_the_service_has_a_state_and_an_unknown_one_is_kept() {
        let state = |word: &str| status(word.into()).state;
        assert_eq!(
            (state("Created"), state("AwaitingShipmentDetails")),
            (JobState::Preparing, JobState::AwaitingShipment)
        );
        assert_eq!(
            (state("ShippedToCustomer"), state("CompletedWithWarnings")),
            (JobState::Returning, JobState::CompletedWithErrors)
        );
        for word in ["Cancelled", "Aborted", "Failed_IssueReportedAtCustomer", "Failed_IssueDetectedAtAzureDC"] {
            assert!(state(word).is_over(), "{word}");
        }
        assert_eq!(status("OnTheMoon".into()), JobStatus { state: JobState::Unknown, word: "OnTheMoon".into() });
    }

    #[test]
    fn a_stage_says_how_far_it_is_in_both_words() {
        let value = json!([
            { "stageName": "AtAzureDC", "displayName": "Received", "stageStatus": "Succeeded", "stageTime": "2026-05-03T09:00:00+00:00" },
            { "stageName": "DataCopy", "stageStatus": "WaitingForCustomerActionForKek", "stageTime": "0001-01-01T00:00:00+00:00",
              "delayInformation": [{ "status": "Active", "errorCode": "HighDemandDelay", "description": "Busy." }] },
            { "stageName": "Completed", "stageStatus": "None" },
            { "stageName": "Later", "stageStatus": "Dancing" },
            { "displayName": "No word" }
        ]);
        let stages = stages(JsonView::new(&value));
        let progress: Vec<_> = stages.iter().map(|stage| stage.progress).collect();
        assert_eq!(
            progress,
            [StageProgress::Done, StageProgress::NeedsAction, StageProgress::Ahead, StageProgress::Unknown]
        );
        assert_eq!((stages[0].title.as_str(), stages[1].title.as_str()), ("Received", "DataCopy"));
        assert_eq!((stages[0].time.is_some(), stages[1].time.is_some()), (true, false));
        let delay = StageDelay { code: "HighDemandDelay".into(), description: "Busy.".into(), resolved: false };
        assert_eq!((stages[1].delays.as_slice(), stages[3].status.as_str()), ([delay].as_slice(), "Dancing"));
    }
}
