//! Bad luck on request: a script of faults matched against requests, first match first, each a counted number of times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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
    /// Matching requests to leave alone first.
    #[serde(default)]
    pub skip: u32,
    /// Matching requests to hit after that.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens to them.
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

/// What a fault does to a request.
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
    /// Break the connection after this many bytes of the body; the length announced is the full one.
    Cut {
        /// Bytes let through.
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
    /// Close the connection instead of answering; nothing is done.
    Drop,
    /// Do the work, then close the connection instead of answering.
    Lost,
    /// Refuse a resource without this tag, as a policy of the subscription does; other requests are worked on.
    RequireTag {
        /// Name of the tag.
        tag: String,
    },
    /// Close the connection at once instead of answering, and do the work later: the request was held up on its way.
    Late {
        /// Milliseconds until the work is done.
        after_ms: u64,
    },
    /// Answer later.
    Delay {
        /// Milliseconds.
        pause_ms: u64,
    },
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

    /// Faults that have not yet happened as often as they should.
    pub fn pending(&self) -> usize {
        self.lock().len()
    }

    /// Requests held up on their way, whose work is still to be done.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::SeqCst)
    }

    pub(super) fn hold(&self) {
        self.held.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn let_go(&self) {
        self.held.fetch_sub(1, Ordering::SeqCst);
    }

    /// The fault for this request, counted.
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
