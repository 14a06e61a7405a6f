//! Faults for tests and rehearsals: a script of rules. The first rule that matches a request counts, a given number of times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;

/// One fault of the script. As JSON: `{"method": "GET", "path": "comp=list", "skip": 1, "times": 2, "kind": "status", "status": 503}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FaultRule {
    /// Method it applies to; any when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// Text that path and query must contain; any request when empty.
    #[serde(default)]
    pub path: String,
    /// How many matching requests pass before the first fault.
    #[serde(default)]
    pub skip: u32,
    /// How many matching requests get the fault after that.
    #[serde(default = "once")]
    pub times: u32,
    /// The fault.
    #[serde(flatten)]
    pub kind: FaultAction,
}

fn once() -> u32 {
    1
}

impl FaultRule {
    /// A fault for the next request whose path and query contain `path`.
    pub fn next(path: &str, kind: FaultAction) -> Self {
        Self { method: None, path: path.to_owned(), skip: 0, times: 1, kind }
    }
}

/// A fault of one request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FaultAction {
    /// Answer with this status and the service's error body; nothing is done.
    Status {
        /// Status code.
        status: u16,
        /// Error code in the body; one that suits the status when absent.
        #[serde(default)]
        code: Option<String>,
        /// Retry-After in seconds.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Break the connection after this many bytes of the body; `Content-Length` is that of the whole body.
    Cut {
        /// Bytes that are sent.
        after: usize,
    },
    /// Send the body in pieces with a pause before each.
    Slow {
        /// Bytes in a piece.
        chunk: usize,
        /// Milliseconds of each pause.
        pause_ms: u64,
    },
    /// Answer a list with a page that is empty but has a continuation.
    EmptyPage,
    /// Answer with the first half of the body as if it were all: broken JSON or XML.
    Broken,
    /// Answer as if the token had expired (401).
    Expired,
    /// Refuse requests to Azure Resource Manager whose token lacks an authentication context (claim `acrs`), with a claims challenge.
    ClaimsChallenge {
        /// The context, for example `c1`.
        context: String,
    },
    /// Answer with an error of OAuth 2.0, as the token endpoint does; nothing is done.
    OAuthError {
        /// Its word, for example `slow_down` or `invalid_grant`.
        error: String,
        /// Entra's code, for example 700082 for a refresh token that has expired.
        code: u32,
    },
    /// Close the connection instead of answering; nothing is done.
    Drop,
    /// Do the work, then close the connection instead of answering.
    Lost,
    /// Refuse a resource without this tag, as a policy of the subscription does; other requests are worked on.
    RequireTag {
        /// Name of the tag.
        tag: String,
    },
    /// Close the connection at once instead of answering, and do the work later, as when a request is held up in the network.
    Late {
        /// Milliseconds until the work is done.
        after_ms: u64,
    },
    /// Answer later.
    Delay {
        /// Milliseconds.
        pause_ms: u64,
    },
    /// Answer with a page in HTML, as a proxy or a gateway does; nothing is done.
    Html {
        /// Status code.
        status: u16,
    },
    /// Answer with this status and an error whose `details` are a list with null in it; nothing is done.
    NullDetails {
        /// Status code.
        status: u16,
    },
    /// Begin to create a Data Box job and let it fail after the 202, in the shape that the switch `createFailure` says.
    CreateFails,
    /// Do the work and answer without the `Location` header.
    NoLocation,
    /// Do the work and answer with a `Date` header that is off.
    ClockOff {
        /// Seconds that it is ahead; behind where negative.
        seconds: i64,
    },
    /// Do the work and answer with a `Location` header whose api-version is this one.
    LocationVersion {
        /// The api-version.
        version: String,
    },
    /// Do the work and answer with a `Location` header whose query has this many bytes. The signed ones of 2025 have about 5,000.
    LongLocation {
        /// Bytes of the query, about five thousand in recordings.
        bytes: usize,
    },
    /// Do the work and answer with every time of a JSON body in the year 1.
    YearOne,
}

/// The effects of a fault on the parts of a request's way, in their order.
#[derive(Debug, Default)]
pub(super) struct FaultEffects {
    /// Added to the latency.
    pub(super) delay: Duration,
    /// When the work is done, and whether a response leaves.
    pub(super) delivery: Delivery,
    /// Answered in the place of the service.
    pub(super) response: Option<ResponseFault>,
    /// What is changed in the service's own response.
    pub(super) reply: Option<ReplyFault>,
    /// How the body of the response is broken or slowed.
    pub(super) body: Option<BodyFault>,
}

/// When the work of a request is done, and whether its response is sent.
#[derive(Debug, Default)]
pub(super) enum Delivery {
    /// The response is sent after the work.
    #[default]
    Send,
    /// The connection is closed and no work is done.
    CloseWithoutWork,
    /// The work is done, then the connection is closed.
    CloseAfterWork,
    /// The connection is closed, and the work is done after the delay.
    CloseBeforeWork { delay: Duration },
}

/// A response in the place of the service's own.
#[derive(Debug)]
pub(super) enum ResponseFault {
    /// An error; without a code, with one that suits the status.
    Status { status: u16, code: Option<String>, retry_after: Option<u64> },
    /// A 401, as for a token that has expired.
    ExpiredToken,
    /// A refusal of requests whose token lacks this authentication context; the service answers all other requests.
    MissingContext { context: String },
    /// An error of the token endpoint.
    OAuth { error: String, code: u32 },
    /// A refusal of resources without this tag; the service answers all other requests.
    MissingTag { tag: String },
    /// An empty page with a continuation.
    EmptyPage,
    /// A page in HTML.
    Html { status: u16 },
    /// An error whose details are a list with null in it.
    NullDetails { status: u16 },
}

/// A change of the response that the service has made.
#[derive(Debug, Clone)]
pub(super) enum ReplyFault {
    /// The create that has just begun will fail.
    CreateFails,
    /// No `Location`.
    NoLocation,
    /// A `Location` of another api-version.
    LocationVersion { version: String },
    /// A `Date` that is off.
    ClockOff { seconds: i64 },
    /// A `Location` with a long query.
    LongLocation { bytes: usize },
    /// Times in the year 1.
    YearOne,
}

/// A fault in the body of a response.
#[derive(Debug)]
pub(super) enum BodyFault {
    /// The connection breaks after this many bytes; `Content-Length` is that of the whole body.
    Cut { after: usize },
    /// The body comes in pieces, with a pause before each.
    Slow { chunk: usize, pause: Duration },
    /// The first half of the body is sent as if it were all.
    Half,
}

impl FaultAction {
    /// The effects of this fault. Every action is listed, so that a new one does not compile before it has an effect.
    pub(super) fn effects(self) -> FaultEffects {
        let on_delivery = |delivery| FaultEffects { delivery, ..FaultEffects::default() };
        let on_response = |fault| FaultEffects { response: Some(fault), ..FaultEffects::default() };
        let on_reply = |fault| FaultEffects { reply: Some(fault), ..FaultEffects::default() };
        let on_body = |fault| FaultEffects { body: Some(fault), ..FaultEffects::default() };
        match self {
            Self::Delay { pause_ms } => {
                FaultEffects { delay: Duration::from_millis(pause_ms), ..FaultEffects::default() }
            }
            Self::Drop => on_delivery(Delivery::CloseWithoutWork),
            Self::Lost => on_delivery(Delivery::CloseAfterWork),
            Self::Late { after_ms } => {
                on_delivery(Delivery::CloseBeforeWork { delay: Duration::from_millis(after_ms) })
            }
            Self::Status { status, code, retry_after } => {
                on_response(ResponseFault::Status { status, code, retry_after })
            }
            Self::Expired => on_response(ResponseFault::ExpiredToken),
            Self::ClaimsChallenge { context } => on_response(ResponseFault::MissingContext { context }),
            Self::OAuthError { error, code } => on_response(ResponseFault::OAuth { error, code }),
            Self::RequireTag { tag } => on_response(ResponseFault::MissingTag { tag }),
            Self::EmptyPage => on_response(ResponseFault::EmptyPage),
            Self::Html { status } => on_response(ResponseFault::Html { status }),
            Self::NullDetails { status } => on_response(ResponseFault::NullDetails { status }),
            Self::CreateFails => on_reply(ReplyFault::CreateFails),
            Self::NoLocation => on_reply(ReplyFault::NoLocation),
            Self::LocationVersion { version } => on_reply(ReplyFault::LocationVersion { version }),
            Self::LongLocation { bytes } => on_reply(ReplyFault::LongLocation { bytes }),
            Self::ClockOff { seconds } => on_reply(ReplyFault::ClockOff { seconds }),
            Self::YearOne => on_reply(ReplyFault::YearOne),
            Self::Cut { after } => on_body(BodyFault::Cut { after }),
            Self::Slow { chunk, pause_ms } => {
                on_body(BodyFault::Slow { chunk: chunk.max(1), pause: Duration::from_millis(pause_ms) })
            }
            Self::Broken => on_body(BodyFault::Half),
        }
    }
}

/// The script of faults of one simulated Azure.
#[derive(Debug, Default)]
pub struct Faults {
    script: Mutex<Vec<FaultRule>>,
    held: AtomicUsize,
}

impl Faults {
    /// Adds a fault to the end of the script.
    pub fn add(&self, fault: FaultRule) {
        self.lock().push(fault);
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Rules with faults left.
    pub fn pending(&self) -> usize {
        self.lock().len()
    }

    /// Requests with [`FaultAction::Late`] whose work is still to be done.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    pub(super) fn hold(&self) {
        self.held.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn let_go(&self) {
        self.held.fetch_sub(1, Ordering::SeqCst);
    }

    /// The fault for this request; counts it.
    pub(super) fn take(&self, method: &str, target: &str) -> Option<FaultAction> {
        let mut script = self.lock();
        let mut hit = None;
        for fault in script.iter_mut() {
            let fits =
                fault.method.as_deref().is_none_or(|m| m.eq_ignore_ascii_case(method)) && target.contains(&fault.path);
            if !fits || fault.times == 0 {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times -= 1;
            hit = Some(fault.kind.clone());
            break;
        }
        script.retain(|fault| fault.times > 0);
        hit
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
