//! Locks, read from the JSON of Azure Resource Manager.

use super::json::JsonView;
use crate::azure::model::ResourceLock;

/// One lock (Microsoft page: Management Locks - List At Resource Level); `None` without a name or an id.
pub(crate) fn lock(view: JsonView<'_>) -> Option<ResourceLock> {
    let properties = view.at("properties");
    Some(ResourceLock {
        id: view.at("id").word()?,
        name: view.at("name").word()?,
        level: properties.at("level").text(),
        notes: properties.at("notes").text(),
    })
}
