//! The most memory that a program under test had.

use std::process::Child;
use std::thread;
use std::time::Duration;

/// Waits for the program and gives the most memory that it had, in kB, as its system says, and its exit status.
pub(crate) fn peak_of(mut child: Child) -> (u64, Option<i32>) {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok()).unwrap_or(peak).max(peak);
        if let Some(ended) = child.try_wait().unwrap() {
            return (peak, ended.code());
        }
        thread::sleep(Duration::from_millis(2));
    }
}
