//! The file's word for the service of a job.

use serde::{Deserialize, Serialize};

use crate::azure::model::ServiceName;
use crate::convert::{Convert, same_variants};

/// The service of a job, e.g. `"databox"`.
#[derive(Default, Serialize, Deserialize)]
pub(super) enum SavedService {
    #[default]
    #[serde(rename = "classic")]
    ImportExport,
    #[serde(rename = "databox")]
    DataBox,
}

same_variants!(ServiceName = SavedService { ImportExport, DataBox });
