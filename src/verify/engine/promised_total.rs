//! Counts what a drive promises while it is checked, for the time that is left. The entries are read a second time.

use super::super::rules::PromisedTotal;
use super::meter::CheckMeter;
use super::promises::PromiseSource;

/// Counts a drive. Nothing is told where its entries cannot be read to their end: then there is no total.
pub(super) fn count(promises: &PromiseSource, meter: &CheckMeter) {
    let Ok(stream) = promises.open() else { return };
    let mut total = PromisedTotal::default();
    for file in stream {
        let Ok(file) = file else { return };
        if meter.is_stopped() {
            return;
        }
        total.entries += 1;
        total.bytes = total.bytes.saturating_add(file.bytes_to_read());
    }
    meter.drive_promises(total);
}
