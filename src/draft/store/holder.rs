//! The program that has a draft open, as its lock file names it.

use std::fmt;
use std::fs;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The program that has a draft open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHolder {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
    /// The boot of the machine and the start of the process in it, where the system says so: a process id is given again to others.
    #[serde(default)]
    pub process: Option<String>,
}

impl LockHolder {
    /// Whether it is on another machine. What it does there cannot be seen from here.
    pub fn is_elsewhere(&self) -> bool {
        self.host != host()
    }

    /// Whether it may still run on this machine. Where the system does not tell one process from another, it may.
    pub(super) fn may_run(&self) -> bool {
        match (&self.process, process(self.pid)) {
            (Some(then), Some(now)) => *then == now,
            (Some(_), None) => false,
            (None, _) => true,
        }
    }
}

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} on {} since {}", self.pid, self.host, self.since.strftime("%Y-%m-%d %H:%M UTC"))
    }
}

/// The name of this machine.
pub(super) fn host() -> String {
    let named = ["/proc/sys/kernel/hostname", "/etc/hostname"].iter().find_map(|path| fs::read_to_string(path).ok());
    let named = named.or_else(|| std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok());
    let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    named.unwrap_or_else(|| "this machine".to_owned())
}

/// The boot of this machine and the start of a process in it, e.g. `4f1c…/81233`, where the system says so.
pub(super) fn process(pid: u32) -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let fields = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in parentheses and may hold anything; the start is the 20th field behind it.
    let start = fields.rsplit_once(')')?.1.split_whitespace().nth(19)?.to_owned();
    Some(format!("{}/{start}", boot.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(pid: u32, process: Option<String>) -> LockHolder {
        LockHolder { pid, host: host(), since: Timestamp::UNIX_EPOCH, process }
    }

    #[test]
    fn w56_a_process_id_that_another_program_has_by_now_is_not_taken_for_the_holder() {
        let own = std::process::id();
        let Some(process) = process(own) else { return };
        assert!(holder(own, Some(process.clone())).may_run());
        assert!(!holder(own, Some("another boot/1".into())).may_run());
        assert!(!holder(u32::MAX, Some(process)).may_run());
        assert!(holder(own, None).may_run(), "nobody can say");
    }
}
