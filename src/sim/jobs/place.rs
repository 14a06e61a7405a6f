//! The rules that the requests of both services share: the path of a job, the body, its tags, the location, the account, the right to write.

use serde_json::{Map, Value};

use super::super::response::Response;
use super::super::state::SimState;
use super::job::{JobProvider, JobTrouble, StoredJob};

/// A refusal: status, code and message.
pub(crate) type JobRefusal = (u16, &'static str, String);

/// The response of a request, or of its refusal.
pub(crate) fn answered(result: Result<Response, JobRefusal>) -> Response {
    result.unwrap_or_else(|(status, code, message)| Response::arm_error(status, code, &message))
}

/// The path of a job that exists or is to be created.
pub(crate) struct JobPlace<'p> {
    /// The provider in the path.
    pub provider: JobProvider,
    /// Subscription id as sent.
    pub subscription: &'p str,
    /// Resource group as sent.
    pub group: &'p str,
    /// Job name as sent.
    pub name: &'p str,
}

impl JobPlace<'_> {
    /// The key of the job in the state: its id in lower case.
    pub(crate) fn key(&self) -> String {
        let namespace = self.provider.namespace();
        let (subscription, group, name) = (self.subscription, self.group, self.name);
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{namespace}/jobs/{name}").to_lowercase()
    }

    /// The resource group as the directory spells it.
    pub(crate) fn group_name(&self, state: &SimState) -> String {
        let found = state
            .directory
            .subscription(self.subscription)
            .and_then(|(_, s)| s.groups.iter().find(|g| g.name.eq_ignore_ascii_case(self.group)));
        found.map_or(self.group, |g| g.name.as_str()).to_owned()
    }

    /// A job made here now, with everything that only comes later left out.
    pub(crate) fn new_job(
        &self,
        state: &SimState,
        location: &str,
        tags: Map<String, Value>,
        properties: Map<String, Value>,
    ) -> StoredJob {
        StoredJob {
            provider: self.provider,
            subscription: self.subscription.to_owned(),
            group: self.group_name(state),
            name: self.name.to_owned(),
            location: location.to_owned(),
            tags,
            properties,
            created: state.now(),
            modified: state.now(),
            shipped: None,
            cancelled: None,
            outcome: None,
            manifests: std::collections::BTreeMap::new(),
            verbose_logs: std::collections::BTreeMap::new(),
            reported: false,
            cancellation_reason: None,
            failure: None,
            intervention: None,
            trouble: JobTrouble::default(),
        }
    }

    /// The gateway's answer for a job that is not there.
    pub(crate) fn missing(&self) -> JobRefusal {
        let text = format!(
            "The Resource '{}/jobs/{}' under resource group '{}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
            self.provider.namespace(),
            self.name,
            self.group
        );
        (404, "ResourceNotFound", text)
    }
}

/// Writing needs a subscription that is not disabled and has the provider registered.
///
/// # Errors
/// The refusal.
pub(crate) fn writable(state: &SimState, provider: JobProvider, subscription: &str) -> Result<(), JobRefusal> {
    let Some((_, known)) = state.directory.subscription(subscription) else { return Ok(()) };
    if known.state == "Disabled" {
        let text = format!(
            "The subscription '{subscription}' is disabled and therefore marked as read only. You cannot perform any write actions on it until it is re-enabled."
        );
        return Err((409, "ReadOnlyDisabledSubscription", text));
    }
    registered(state, provider, subscription)
}

/// Asking needs the provider to be registered.
///
/// # Errors
/// The refusal.
pub(crate) fn registered(state: &SimState, provider: JobProvider, subscription: &str) -> Result<(), JobRefusal> {
    if state.registrations.has(provider, subscription) {
        return Ok(());
    }
    let text = format!(
        "The subscription is not registered to use namespace '{}'. See https://aka.ms/rps-not-found for how to register subscriptions.",
        provider.namespace()
    );
    Err((409, "MissingSubscriptionRegistration", text))
}

/// The body as an object, members with the value null left out.
///
/// # Errors
/// The refusal of a body that is no JSON object.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, JobRefusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(without_nulls(map)),
        Ok(_) => Err((
            400,
            "InvalidRequestContent",
            "The request content was invalid: a JSON object is expected.".to_owned(),
        )),
        Err(error) => Err((
            400,
            "InvalidRequestContent",
            format!("The request content was invalid and could not be deserialized: '{error}'."),
        )),
    }
}

fn without_nulls(map: Map<String, Value>) -> Map<String, Value> {
    let clean = |value| match value {
        Value::Object(map) => Value::Object(without_nulls(map)),
        other => other,
    };
    map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, clean(v))).collect()
}

/// Tags of a body: text only, at most fifty.
///
/// # Errors
/// The refusal of other tags.
pub(crate) fn tags(body: &Map<String, Value>) -> Result<Map<String, Value>, JobRefusal> {
    let Some(tags) = body.get("tags") else { return Ok(Map::new()) };
    let tags = tags.as_object().ok_or_else(|| invalid("tags", "an object of texts is expected"))?;
    if tags.len() > 50
        || tags.iter().any(|(k, v)| k.chars().count() > 512 || v.as_str().is_none_or(|v| v.chars().count() > 256))
    {
        return Err((
            400,
            "InvalidTags",
            "A job can have 50 tags, with names of 512 and values of 256 characters at most.".to_owned(),
        ));
    }
    Ok(tags.clone())
}

/// The location of a new job must be one that the simulated Azure has.
///
/// # Errors
/// The refusal.
pub(crate) fn location<'b>(
    state: &SimState,
    provider: JobProvider,
    body: &'b Map<String, Value>,
) -> Result<&'b str, JobRefusal> {
    let location = text(body, "location", "location")?;
    if state.locations.find(location).is_some() {
        return Ok(location);
    }
    let known: Vec<String> = state.locations.names().into_iter().map(|(short, _)| short).collect();
    let text = format!(
        "The provided location '{location}' is not available for resource type '{}/jobs'. List of available regions for the resource type is '{}'.",
        provider.namespace(),
        known.join(",")
    );
    Err((400, "LocationNotAvailableForResourceType", text))
}

/// The account of a new job must be in the job's subscription and of a supported kind.
///
/// # Errors
/// The refusal.
pub(crate) fn account(state: &SimState, subscription: &str, id: &str) -> Result<(), JobRefusal> {
    let Some(account) = state.directory.account_by_id(id) else {
        return Err((400, "StorageAccountNotFound", format!("The storage account '{id}' was not found.")));
    };
    if state.directory.subscription(subscription).map(|(i, _)| i) != Some(account.subscription) {
        return Err((
            400,
            "StorageAccountNotFound",
            format!("The storage account '{id}' is not in subscription '{subscription}'."),
        ));
    }
    if account.kind == "FileStorage" || account.kind == "BlockBlobStorage" || account.nfs {
        let text = format!(
            "The storage account '{}' is not supported: use a general-purpose v2, general-purpose v1 or Blob storage account without NFS 3.0.",
            account.name
        );
        return Err((400, "StorageAccountNotSupported", text));
    }
    Ok(())
}

/// A text that must be there and not be blank; `full` names it in the refusal.
///
/// # Errors
/// The refusal.
pub(crate) fn text<'m>(map: &'m Map<String, Value>, key: &str, full: &str) -> Result<&'m str, JobRefusal> {
    map.get(key).and_then(Value::as_str).filter(|t| !t.trim().is_empty()).ok_or_else(|| missing(full))
}

/// The refusal of a missing property.
pub(crate) fn missing(what: &str) -> JobRefusal {
    (400, "MissingRequiredProperty", format!("The required property '{what}' is missing or empty."))
}

/// The refusal of a value.
pub(crate) fn invalid(what: &str, why: &str) -> JobRefusal {
    (400, "InvalidPropertyValue", format!("The value of '{what}' is invalid: {why}."))
}
