//! An account whose blobs are said to be at a server that is none of the cloud's: the sign-in is used there only after a yes.

use crate::draft::AccountServer;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::Effect;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::BlobsStep;

/// What stands in the way of using the sign-in at such a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignServer {
    /// The person is asked.
    Asked(AccountServer),
    /// The person said no.
    Refused(AccountServer),
}

impl BlobsStep {
    /// The question about the server of the account's blobs; `None` where none is needed.
    pub fn foreign(&self, shared: &Shared) -> Option<ForeignServer> {
        let at = shared.foreign_server()?;
        let refused = self.refused.as_ref() == Some(&at);
        Some(if refused { ForeignServer::Refused(at) } else { ForeignServer::Asked(at) })
    }

    pub(super) fn foreign_contexts(foreign: &ForeignServer) -> Vec<Context> {
        let first = match foreign {
            ForeignServer::Asked(_) => Context::Question,
            ForeignServer::Refused(_) => Context::Failed,
        };
        vec![first, Context::Page]
    }

    /// Yes and no answer the question; after a no, Ctrl-T asks it again.
    pub(super) fn act_on_foreign(
        &mut self,
        shared: &mut Shared,
        foreign: ForeignServer,
        action: &Action,
    ) -> Vec<Effect> {
        match (foreign, action) {
            (ForeignServer::Asked(at), Action::Yes) => {
                shared.draft.allowed_server = Some(at);
                let mut effects = shared.permit();
                effects.extend(self.begin(shared));
                effects.extend(self.settle(shared));
                return effects;
            }
            (ForeignServer::Asked(at), Action::No) => self.refused = Some(at),
            (ForeignServer::Refused(_), Action::Retry) => self.refused = None,
            _ => {}
        }
        Vec::new()
    }
}
