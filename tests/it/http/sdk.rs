//! The unmodified Azure SDKs for Python and JavaScript against `blobfreight simulate`; not for what the SDKs cannot ask.
//!
//! `BLOBFREIGHT_SDK_PYTHON` names an interpreter with `tests/it/http/sdk/requirements.txt` installed. Without it these tests say so
//! and pass, except in CI (`CI` set), where its absence is a failure. The SDK for JavaScript is installed with npm, if there is one.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::npm::NodePackage;

struct Simulate {
    child: Child,
    line: String,
}

impl Simulate {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
            .args(["simulate", "--listen", "127.0.0.1:0", "--clock-rate", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, line }
    }
}

impl Drop for Simulate {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ARM_DATABOX: NodePackage = NodePackage {
    name: "arm-databox",
    manifest: include_str!("sdk/package.json"),
    lock: include_str!("sdk/package-lock.json"),
};

/// Runs a script of `tests/it/http/sdk` against a simulated Azure whose clock stands still.
fn run(mut interpreter: Command, script: &str) {
    let sim = Simulate::start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/http/sdk").join(script);
    let output = interpreter.arg(&script).arg(sim.line.trim()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains(": ok"), "{}\n{out}\n{err}", script.display());
}

fn python(script: &str) {
    let Ok(python) = std::env::var("BLOBFREIGHT_SDK_PYTHON") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "BLOBFREIGHT_SDK_PYTHON is not set: in CI the Azure SDKs for Python must be there"
        );
        eprintln!(
            "skipped {script}: BLOBFREIGHT_SDK_PYTHON does not name a Python with tests/it/http/sdk/requirements.txt installed"
        );
        return;
    };
    run(Command::new(python), script);
}

#[test]
fn the_import_export_sdk_works_unmodified() {
    python("jobs.py");
}

#[test]
fn the_blob_storage_sdk_works_unmodified() {
    python("blobs.py");
}

#[test]
fn the_data_box_sdk_for_python_works_unmodified() {
    python("data_box.py");
}

#[test]
fn the_data_box_sdk_for_javascript_works_unmodified() {
    let Some(modules) = ARM_DATABOX.installed() else { return };
    let mut node = Command::new("node");
    node.env("NODE_PATH", modules);
    run(node, "data_box.js");
}
