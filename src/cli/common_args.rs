//! Arguments that several commands share.

use std::path::PathBuf;

use clap::Args;

use super::output::OutputArgs;
use crate::azure::model::{ServiceName, SignInMethod};

/// The options of every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "For every command")]
pub struct GlobalArgs {
    /// Read this configuration file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use this Azure cloud: public, us-government, china, or one of the configuration file
    #[arg(long, global = true, value_name = "NAME")]
    pub cloud: Option<String>,
    /// Make new jobs with this service, or show only its jobs
    #[arg(long, global = true, value_enum, value_name = "SERVICE")]
    pub service: Option<ServiceName>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Ask on lines instead of drawing a screen: for screen readers and for terminals that cannot draw
    #[arg(long, global = true)]
    pub plain: bool,
    /// Let nothing move on the screen
    #[arg(long, global = true)]
    pub no_motion: bool,
}

/// The options of a command that asks Azure: sign-in, subscription, form of the output.
#[derive(Clone, Debug, Args)]
pub struct SessionArgs {
    /// Subscription id; needed only when you can see more than one
    #[arg(long, value_name = "ID", help_heading = "Sign-in")]
    pub subscription: Option<String>,
    /// Tenant id or domain, when not the usual one is meant
    #[arg(long, value_name = "TENANT", help_heading = "Sign-in")]
    pub tenant: Option<String>,
    /// How to sign in
    #[arg(long, value_enum, default_value_t = SignInMethod::DeveloperTools, help_heading = "Sign-in")]
    pub sign_in: SignInMethod,
    /// Form of the output.
    #[command(flatten)]
    pub output: OutputArgs,
}
