//! The configuration of a command: that of the file, with the arguments laid over it.

use super::common_args::GlobalArgs;
use super::config::{Config, Directories, places};
use super::failure::CommandFailure;
use crate::azure::model::ServiceName;

/// The configuration with the arguments laid over it.
pub(super) struct EffectiveConfig {
    pub(super) config: Config,
    pub(super) places: Directories,
    /// The name in `--cloud`.
    pub(super) cloud: Option<String>,
    /// Plain line mode was asked for by an argument.
    pub(super) plain: bool,
    /// The service in `--service`.
    pub(super) service: Option<ServiceName>,
}

impl EffectiveConfig {
    /// Reads the configuration file and lays the arguments over it.
    pub(super) fn read(global: &GlobalArgs) -> Result<Self, CommandFailure> {
        let mut config = Config::load(global.config.as_deref())?;
        let service = global.service;
        config.service = service.or(config.service);
        config.ascii |= global.ascii;
        config.motion &= !global.no_motion;
        Ok(Self { config, places: places(), cloud: global.cloud.clone(), plain: global.plain, service })
    }
}
