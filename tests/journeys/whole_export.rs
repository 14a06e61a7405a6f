//! One export from the start screen to the keys.
