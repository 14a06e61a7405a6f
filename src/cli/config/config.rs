//! What the configuration file configures.

use super::theme::Theme;
use crate::azure::cloud::Cloud;
use crate::azure::model::ServiceName;
use crate::plan::Overheads;
use crate::protocol::keymap::KeyChoices;
use crate::protocol::window::Notifications;
use crate::select::InlineListSlash;

/// The configuration: what the file says, and the usual value of everything it leaves out.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Config {
    /// The built-in clouds and those of the file, in the order they are offered.
    pub clouds: Vec<Cloud>,
    /// Name of the cloud to sign in to; always one of `clouds`.
    pub cloud: String,
    /// Spinners and other movement; on unless the file says `motion = false`.
    pub motion: bool,
    /// ASCII instead of box drawing and symbols.
    pub ascii: bool,
    /// The job and the step are the title of the window, and the taskbar shows progress.
    pub window_title: bool,
    /// Questions and answers on lines instead of a screen; `None` leaves it to the terminal.
    pub plain: Option<bool>,
    /// How a change is told while nobody looks.
    pub notifications: Notifications,
    /// The colours of text.
    pub theme: Theme,
    /// The keys chosen for actions in `[keys]`.
    pub keys: KeyChoices,
    /// The service that new drafts are for; `None` leaves it to what Azure offers.
    pub service: Option<ServiceName>,
    /// How the inline lists of Data Box are written; `None`: a list file in their place.
    pub inline_slash: Option<InlineListSlash>,
    /// Id of the application that people sign in to; `None` leaves it to the program.
    pub client_id: Option<String>,
    /// People who sign in stay signed in: the refresh token goes into the system's keyring.
    pub remember_sign_in: bool,
    /// How many times faster than a real clock a rehearsal runs; `None` leaves it to the program.
    pub clock_rate: Option<f64>,
    /// The space that a blob and a drive need beyond the blobs' bytes. Each figure of `[plan]` replaces the usual one.
    pub plan: Overheads,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            clouds: Cloud::built_in(),
            cloud: "public".into(),
            motion: true,
            ascii: false,
            window_title: true,
            plain: None,
            notifications: Notifications::default(),
            theme: Theme::default(),
            keys: KeyChoices::default(),
            service: None,
            inline_slash: None,
            client_id: None,
            remember_sign_in: false,
            clock_rate: None,
            plan: Overheads::default(),
        }
    }
}

impl Config {
    /// The cloud called `name`.
    pub fn find(&self, name: &str) -> Option<&Cloud> {
        self.clouds.iter().find(|cloud| cloud.name == name)
    }
}
