//! A person signs in against the simulated authority: the browser's part and the typing of the code are done by the test.

mod browser;
mod challenge;
mod device;
mod fixture;
mod kept;
mod tenants;
