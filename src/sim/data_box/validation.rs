//! validateInputs: the six checks of a job before it is created. A valid answer carries an error too, with the code Success.

use serde_json::{Value, json};

use super::super::jobs::job::JobProvider;
use super::super::jobs::place::{self, JobRefusal, missing, writable};
use super::super::response::Response;
use super::super::state::SimState;
use super::details::SKU;
use super::{addresses, details, offers, regions};

/// The result of a check: its word, and why it is not valid.
type CheckResult = Result<(), JobRefusal>;

/// Answers POST `.../validateInputs`, in the order of the questions.
pub(super) fn inputs(state: &SimState, subscription: &str, body: &Value) -> Result<Response, JobRefusal> {
    if body["validationCategory"] != "JobCreationValidation" {
        return Err(missing("validationCategory"));
    }
    let asked = body["individualRequestDetails"].as_array().ok_or_else(|| missing("individualRequestDetails"))?;
    let may_create = writable(state, JobProvider::DataBox, subscription).is_ok();
    let mut answers = Vec::new();
    for question in asked {
        let kind = question["validationType"].as_str().ok_or_else(|| missing("validationType"))?;
        answers.push(match kind {
            "ValidateAddress" => {
                let address = question.get("shippingAddress").ok_or_else(|| missing("shippingAddress"))?;
                details::address(address, state.switches.country)?;
                let mut answer = addresses::checked(address);
                answer["error"] = success();
                answer
            }
            // Without a subscription that may create jobs nothing else is looked at.
            other if !may_create && other != "ValidateSubscriptionIsAllowedToCreateJob" => {
                json!({ "status": "Skipped", "validationType": kind, "error": success() })
            }
            _ => answer(kind, check(state, subscription, kind, question)?),
        });
    }
    Ok(Response::json(
        200,
        &json!({ "properties": { "status": overall(&answers), "individualResponseDetails": answers } }),
    ))
}

fn overall(answers: &[Value]) -> &'static str {
    let any = |words: &[&str]| {
        answers
            .iter()
            .any(|a| [&a["status"], &a["validationStatus"]].iter().any(|w| words.iter().any(|word| *w == word)))
    };
    if any(&["Invalid", "Ambiguous"]) {
        "InputsRevisitRequired"
    } else if any(&["Skipped"]) {
        "CertainInputValidationsSkipped"
    } else {
        "AllValidToProceed"
    }
}

/// One check; the outer error refuses the request because the question itself is wrong.
fn check(state: &SimState, subscription: &str, kind: &str, question: &Value) -> Result<CheckResult, JobRefusal> {
    let member = |name: &str| question[name].as_str().ok_or_else(|| missing(name));
    if kind != "ValidateSubscriptionIsAllowedToCreateJob" && member("deviceType")? != SKU {
        return Err((400, "SsemUserErrorSkuNotSupported", format!("Only the sku {SKU} is simulated.")));
    }
    match kind {
        "ValidateSubscriptionIsAllowedToCreateJob" => Ok(writable(state, JobProvider::DataBox, subscription)),
        "ValidateSkuAvailability" => {
            member("transferType")?;
            let disabled = offers::disabled_reason(state, member("country")?, member("location")?);
            Ok(disabled.map_or(Ok(()), |(_, message)| Err((400, "SsemUserErrorSkuNotAvailable", message.to_owned()))))
        }
        "ValidateCreateOrderLimit" => Ok(Ok(())),
        "ValidateDataTransferDetails" => {
            member("transferType")?;
            Ok(transfer(state, subscription, question))
        }
        "ValidatePreferences" => Ok(preferred(state, question)),
        other => Err((400, "InvalidRequestContent", format!("There is no validation '{other}'."))),
    }
}

/// The account and the selection: the account is looked up, and a list file must be there.
fn transfer(state: &SimState, subscription: &str, question: &Value) -> CheckResult {
    let exports = question["dataExportDetails"].as_array().map_or(&[][..], Vec::as_slice);
    let [export] = exports else { return Err(missing("dataExportDetails")) };
    details::export(export)?;
    let id = export["accountDetails"]["storageAccountId"].as_str().unwrap_or("");
    place::account(state, subscription, id)?;
    let store = state.directory.account_by_id(id).and_then(|account| state.stores.get(&account.name));
    let files = &export["transferConfiguration"]["transferFilterDetails"]["include"]["filterFileDetails"];
    for file in files.as_array().into_iter().flatten().filter(|file| file["filterFileType"] == "AzureBlob") {
        let path = file["filterFilePath"].as_str().unwrap_or("").trim_start_matches('/');
        if store.and_then(|store| store.find(path)).is_none() {
            let text = format!("The filter file '{path}' was not found in the storage account.");
            return Err((400, "SsemUserErrorFilterFileNotFound", text));
        }
    }
    Ok(())
}

fn preferred(state: &SimState, question: &Value) -> CheckResult {
    let wished = question["preference"]["preferredDataCenterRegion"].as_array().into_iter().flatten();
    let unknown = wished.filter_map(Value::as_str).find(|region| regions::service_location(state, region).is_none());
    match unknown {
        None => Ok(()),
        Some(region) => {
            let text = format!("The preferred data centre region '{region}' is not a region of Data Box.");
            Err((400, "SsemUserErrorInvalidPreference", text))
        }
    }
}

fn answer(kind: &str, result: CheckResult) -> Value {
    match result {
        Ok(()) => json!({ "status": "Valid", "validationType": kind, "error": success() }),
        Err((_, code, message)) => {
            let error =
                json!({ "code": code, "message": message, "target": kind, "details": [], "additionalInfo": [] });
            json!({ "status": "Invalid", "validationType": kind, "error": error })
        }
    }
}

/// The error of a check that went well, as recorded: odd target and all.
fn success() -> Value {
    json!({ "code": "Success", "target": "KeyEncryptionKey", "details": [], "additionalInfo": [] })
}
