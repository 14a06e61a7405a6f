//! The configuration of a command: that of the file, with the arguments laid over it.

use super::common_args::GlobalArgs;
use super::config::{Config, Directories, places};
use super::failure::CommandFailure;
use crate::azure::model::ServiceName;
use crate::driver::live::Rehearsal;
use crate::wording::some_of;

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
        Self::of(Config::load(global.config.as_deref())?, global)
    }

    /// Lays the arguments over a configuration.
    pub(super) fn of(mut config: Config, global: &GlobalArgs) -> Result<Self, CommandFailure> {
        // Also for a command that asks no cloud: a slip in the name would otherwise be found at the next one.
        if let Some(name) =
            global.cloud.as_deref().filter(|name| *name != Rehearsal::NAME && config.find(name).is_none())
        {
            return Err(no_such_cloud(&config, name));
        }
        let service = global.service;
        config.service = service.or(config.service);
        config.ascii |= global.ascii;
        config.motion &= !global.no_motion;
        Ok(Self { config, places: places(), cloud: global.cloud.clone(), plain: global.plain, service })
    }
}

/// The failure of a name that no cloud of the configuration has.
pub(super) fn no_such_cloud(config: &Config, name: &str) -> CommandFailure {
    if name == Rehearsal::NAME {
        let sentence = "The simulated Azure is opened with `blobfreight rehearse`; --cloud names a real one.";
        return CommandFailure::wrong(sentence);
    }
    let known = some_of(config.clouds.iter().map(|cloud| cloud.name.as_str()), 10);
    CommandFailure::wrong(format!(
        "There is no cloud named {name}: use one of {known}, or add [clouds.{name}] to the configuration file."
    ))
}
