//! Reads a draft of any version: older layouts are brought up to date step by step, newer ones are refused. No IO.

use serde::Deserialize;
use serde_json::{Value, json};

use super::draft::{Draft, VERSION};

/// Why the bytes of a draft file are no draft this program can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer program wrote it, with this layout version.
    Newer(u32),
    /// It is damaged or something else: what is wrong, with line and column where known.
    Broken(String),
}

/// One step from a layout to the next. Works on plain JSON, because the old types no longer exist.
type Migration = fn(Value) -> Result<Value, String>;

/// The step at index `n` leads from version `n` to `n + 1`.
const STEPS: [Migration; VERSION as usize] =
    [from_0, from_1, from_2, from_3, from_4, from_5, from_6, from_7, from_8, from_9];

#[derive(Deserialize)]
struct VersionOnly {
    #[serde(default)]
    version: u32,
}

/// The draft in these bytes, brought to [`VERSION`].
///
/// # Errors
/// [`Unreadable`]; the bytes are never changed.
pub fn read(bytes: &[u8]) -> Result<Draft, Unreadable> {
    let head: VersionOnly = serde_json::from_slice(bytes).map_err(|error| broken(&error))?;
    if head.version > VERSION {
        return Err(Unreadable::Newer(head.version));
    }
    if head.version == VERSION {
        return serde_json::from_slice(bytes).map_err(|error| broken(&error));
    }
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| broken(&error))?;
    for (version, step) in STEPS.iter().enumerate().skip(head.version as usize) {
        value = step(value).map_err(|reason| {
            Unreadable::Broken(format!("it cannot be brought from version {version} to {}: {reason}", version + 1))
        })?;
    }
    serde_json::from_value(value)
        .map_err(|error| Unreadable::Broken(format!("it is of version {} and incomplete: {error}", head.version)))
}

/// Version 0 had every answer of version 1, but neither a version number nor a moment of the last change.
fn from_0(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    let created = draft.get("created").cloned().ok_or("it does not say when it was begun")?;
    draft.entry("changed").or_insert(created);
    draft.insert("version".to_owned(), 1.into());
    Ok(value)
}

/// Version 2 knows that a job is gone, which a program of version 1 would show as still there. What it adds is empty in older drafts.
fn from_1(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 2.into());
    Ok(value)
}

/// Version 2 did not say whether a create that was noted had been sent: it is taken to have been.
fn from_2(mut value: Value) -> Result<Value, String> {
    let noted = value.pointer("/journal/create/intention/at").cloned();
    if let (Some(at), Some(create)) = (noted, value.pointer_mut("/journal/create").and_then(Value::as_object_mut)) {
        create.insert("sent".to_owned(), at);
    }
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 3.into());
    Ok(value)
}

/// Version 3 knew one service, and its words for the states of a job.
fn from_3(mut value: Value) -> Result<Value, String> {
    if let Some(job) = value.pointer_mut("/journal/create/job").and_then(Value::as_object_mut) {
        job.insert("service".to_owned(), "classic".into());
    }
    if let Some(job) = value.get_mut("job").and_then(Value::as_object_mut) {
        let status = status_of(job.remove("state").ok_or("its job has no state")?);
        job.insert("allows".to_owned(), allowed(&status));
        job.insert("status".to_owned(), status);
        let seen = job.get_mut("seen").and_then(Value::as_array_mut);
        for state in seen.into_iter().flatten().filter_map(|entry| entry.get_mut(0)) {
            *state = status_of(state.take());
        }
    }
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    if draft.get("account").is_some_and(|account| !account.is_null()) {
        draft.insert("service".to_owned(), "classic".into());
    }
    draft.insert("version".to_owned(), 4.into());
    Ok(value)
}

/// Version 4 had one field for the person and the company that receive the drives, and fewer fields in the form Return address.
fn from_4(mut value: Value) -> Result<Value, String> {
    if let Some(address) = value.pointer_mut("/address/address").and_then(Value::as_object_mut) {
        for (old, new) in [("recipient", "contact"), ("email", "emails")] {
            let answer = address.remove(old).unwrap_or_else(|| "".into());
            address.insert(new.to_owned(), answer);
        }
    }
    if let Some(focus) = value.pointer_mut("/focus/address") {
        // Where its fields stand in the form of version 5, in their old order.
        const PLACES: [u64; 11] = [0, 2, 3, 5, 6, 7, 8, 9, 10, 13, 14];
        let place = focus.as_u64().and_then(|old| PLACES.get(usize::try_from(old).ok()?).copied());
        *focus = place.unwrap_or(0).into();
    }
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 5.into());
    Ok(value)
}

/// Version 5 had no checklist of the drives, kept no drives of a job, and did not say whose keys were saved. All of it is empty in older
/// drafts.
fn from_5(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 6.into());
    Ok(value)
}

/// Version 6 knew no check of the returned drives, and not the step for it.
fn from_6(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 7.into());
    Ok(value)
}

/// Version 7 did not count the bytes in the cool and the cold tier: in older drafts they are not known.
fn from_7(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 8.into());
    Ok(value)
}

/// Version 8 had no fields for a key of the customer before the tags of the job.
fn from_8(mut value: Value) -> Result<Value, String> {
    if let Some(focus) = value.pointer_mut("/focus/options").filter(|focus| focus.as_u64() == Some(5)) {
        *focus = 9.into();
    }
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 9.into());
    Ok(value)
}

/// Version 9 did not note a cancellation before it was sent, nor that one was asked for, nor that the service waits for a decision.
fn from_9(mut value: Value) -> Result<Value, String> {
    let draft = value.as_object_mut().ok_or("it is not a JSON object")?;
    draft.insert("version".to_owned(), 10.into());
    Ok(value)
}

/// `"Creating"`, or `{"Other": "Faulted"}`, as a status of today.
fn status_of(old: Value) -> Value {
    let word = old.get("Other").cloned().unwrap_or(old);
    let state = match word.as_str().unwrap_or_default() {
        "Creating" => "awaiting-shipment",
        "Shipping" => "shipped",
        "Received" => "received",
        "Transferring" => "copying",
        "Packaging" => "packing",
        "Completed" => "completed",
        "Closed" => "completed-with-errors",
        _ => "unknown",
    };
    json!({ "state": state, "word": word })
}

/// What the classic service lets a person do with a job in this state, until the job is read again.
fn allowed(status: &Value) -> Value {
    let state = status.get("state").and_then(Value::as_str).unwrap_or_default();
    let new = state == "awaiting-shipment";
    let cancel = ["awaiting-shipment", "shipped", "received", "copying"].contains(&state);
    json!({ "ship": new, "cancel": cancel, "delete": new || state == "completed", "change_address": cancel })
}

fn broken(error: &serde_json::Error) -> Unreadable {
    use serde_json::error::Category;
    let (line, column) = (error.line(), error.column());
    Unreadable::Broken(match error.classify() {
        Category::Eof => format!("it ends too early, at line {line}, column {column}"),
        Category::Syntax => format!("it is not JSON at line {line}, column {column}"),
        // serde_json puts the place at the end of its own text.
        Category::Data | Category::Io => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::id::DraftId;

    fn json(change: impl Fn(&mut serde_json::Map<String, Value>)) -> Vec<u8> {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        let draft = Draft::new(DraftId::parse("d1").unwrap(), true, now);
        let mut value = serde_json::to_value(draft).unwrap();
        change(value.as_object_mut().unwrap());
        serde_json::to_vec_pretty(&value).unwrap()
    }

    #[test]
    fn w18_a_draft_without_a_version_is_brought_up_to_date() {
        let old = json(|draft| {
            draft.remove("version");
            draft.remove("changed");
        });
        let draft = read(&old).unwrap();
        assert_eq!((draft.version, draft.changed), (VERSION, draft.created));
    }

    #[test]
    fn a_draft_from_before_there_were_tags_has_none() {
        let old = json(|draft| drop(draft["options"].as_object_mut().unwrap().remove("tags")));
        assert_eq!(read(&old).unwrap().options.tags, "");
    }

    #[test]
    fn a_draft_from_before_servers_could_be_allowed_allows_none() {
        let old = json(|draft| assert_eq!(draft.remove("allowed_server"), Some(Value::Null)));
        let draft = read(&old).unwrap();
        assert!(draft.version == VERSION && draft.allowed_server.is_none());
    }

    #[test]
    fn w18_a_job_noted_by_version_1_is_not_gone() {
        let known = |draft: &mut serde_json::Map<String, Value>| {
            draft.insert("version".into(), 1.into());
            let job = serde_json::json!({ "state": "Creating", "shipping": crate::azure::model::ShippingAddress::default(),
                "read": "2026-11-22T10:00:00Z" });
            draft.insert("job".into(), job);
        };
        let draft = read(&json(known)).unwrap();
        assert!(draft.version == VERSION && draft.has_job() && draft.gone().is_none());
    }

    #[test]
    fn a_create_noted_by_an_older_program_counts_as_sent() {
        let old = json(|draft| {
            draft.insert("version".into(), 1.into());
            let job = serde_json::json!({"subscription": "s", "resource_group": "g", "name": "j"});
            let intention = serde_json::json!({"at": "2026-11-22T10:00:00Z", "confirmed": false});
            let create = serde_json::json!({"job": job, "blobs": {"File": "c/list.xml"}, "intention": intention});
            draft.insert("journal".into(), serde_json::json!({"create": create}));
        });
        let draft = read(&old).unwrap();
        assert_eq!(draft.open_create().and_then(|create| create.sent), Some(draft.created));
        assert!(read(&json(|draft| drop(draft.insert("version".into(), 1.into())))).unwrap().open_create().is_none());
    }

    #[test]
    fn w18_a_return_address_of_version_4_is_resumed_in_the_same_field() {
        let old = json(|draft| {
            draft.insert("version".into(), 4.into());
            draft.insert("focus".into(), serde_json::json!({"address": 7}));
            let answers =
                [("recipient", "Ana"), ("street1", "1 Way"), ("street2", ""), ("city", "Ghent"), ("state", "")];
            let more = [("postal_code", "9000"), ("country", "Belgium"), ("phone", "+32"), ("email", "a@contoso.com")];
            let address: serde_json::Map<String, Value> =
                answers.into_iter().chain(more).map(|(name, answer)| (name.to_owned(), answer.into())).collect();
            draft.insert("address".into(), serde_json::json!({"address": address}));
        });
        let draft = read(&old).unwrap();
        let address = &draft.address.address;
        assert_eq!((address.contact.as_str(), address.emails.as_str()), ("Ana", "a@contoso.com"));
        assert_eq!((address.company.as_str(), draft.focus[&crate::protocol::step::Step::Address]), ("", 9));
    }

    #[test]
    fn w18_a_job_step_of_version_8_is_resumed_in_the_same_field() {
        let focus = |place: u64| {
            let old = json(|draft| {
                draft.insert("version".into(), 8.into());
                draft.insert("focus".into(), serde_json::json!({"options": place}));
            });
            read(&old).unwrap().focus[&crate::protocol::step::Step::Options]
        };
        // The manifest backup and the tags.
        assert_eq!((focus(4), focus(5)), (4, 9));
    }

    #[test]
    fn w18_a_newer_draft_is_refused_whatever_else_is_in_it() {
        assert_eq!(read(br#"{"version": 999, "id": {"new": "shape"}}"#), Err(Unreadable::Newer(999)));
    }

    #[test]
    fn damage_is_told_with_its_place() {
        for (bytes, part) in [
            (&b"{\n  \"version\": 1,\n"[..], "ends too early, at line 3"),
            (b"{\n  version: 1}", "not JSON at line 2, column 3"),
            (b"", "ends too early"),
            (b"\xff\xfe", "not JSON"),
            (format!("{{\"version\": {VERSION}}}").as_bytes(), "line 1"),
            (b"{\"version\": 1}", "of version 1 and incomplete"),
            (b"{}", "begun"),
            (b"{\"version\": \"one\"}", "line 1 column 17"),
        ] {
            let Err(Unreadable::Broken(reason)) = read(bytes) else { panic!("{part}") };
            assert!(reason.contains(part), "{reason} / {part}");
        }
        assert!(matches!(read(&json(|draft| drop(draft.remove("step")))), Err(Unreadable::Broken(_))));
    }
}
