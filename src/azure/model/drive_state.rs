//! The words of the services for a drive and its copy, in plain words. Both lists are open: a word that is not here is shown as it is.

/// What a word for a drive or its copy means: that of the classic service for where a drive is, or that of Data Box for its copy. `None` for one
/// that no document lists.
pub fn drive_words(word: &str) -> Option<&'static str> {
    Some(match word {
        "Specified" => "named",
        "Received" => "arrived",
        "NeverReceived" | "DriveNotReceived" => "never arrived",
        "NotStarted" => "not begun",
        "Transferring" | "InProgress" => "being copied",
        "Completed" => "copied",
        "CompletedMoreInfo" => "copied, see the log",
        "CompletedWithErrors" => "copied with errors",
        "CompletedWithWarnings" => "copied with warnings",
        "ShippedBack" => "sent back",
        "Failed" => "copying failed",
        "NotReturned" => "not sent back",
        "HardwareError" => "hardware error",
        "DeviceFormatted" => "was formatted",
        "DeviceMetadataModified" | "MetadataFilesModifiedOrRemoved" => "its metadata changed",
        "StorageAccountNotAccessible" => "account not reachable",
        "UnsupportedData" => "unsupported data",
        "UnsupportedDrive" => "unsupported drive",
        "DriveNotDetected" => "not detected",
        "DriveCorrupted" => "damaged",
        "OtherServiceError" => "error of the service",
        "OtherUserError" => "error of the customer",
        _ => return None,
    })
}

/// Whether the word for a drive says that the service never received it.
pub fn is_never_received(word: &str) -> bool {
    matches!(word, "NeverReceived" | "DriveNotReceived")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w87_a_known_word_for_a_drive_is_said_in_words_and_an_unknown_one_stays_as_it_is() {
        let known = ["NeverReceived", "ShippedBack", "CompletedWithErrors", "MetadataFilesModifiedOrRemoved"];
        for word in known {
            let words = drive_words(word).unwrap();
            assert!(words.contains(' ') && words.len() <= 21, "{word}: {words}");
        }
        assert_eq!(drive_words("MislaidByMoonlight"), None);
    }
}
