//! Runs the sign-in tools for `azure_identity` and corrects their output: the JSON without the colours and warnings around it, and
//! a tool that cannot start is not taken for one that is not installed.

use std::{ffi::OsStr, io, process::Output, sync::Arc};

use azure_identity::{Executor, new_executor};

/// Messages of a shell that does not find one of the tools.
const MISSING: [&str; 4] = ["az: not found", "az: command not found", "azd: not found", "azd: command not found"];
/// The exit status of a shell that did not find a program: the tool, or a program that the tool runs.
const NOT_FOUND: i32 = 127;

#[derive(Debug)]
pub(super) struct ToolExecutor(Arc<dyn Executor>);

impl ToolExecutor {
    pub(super) fn shared() -> Arc<dyn Executor> {
        Arc::new(Self(new_executor()))
    }
}

#[async_trait::async_trait]
impl Executor for ToolExecutor {
    async fn run(&self, program: &OsStr, args: &[&OsStr]) -> io::Result<Output> {
        let output = self.0.run(program, args).await?;
        if output.status.success() {
            let stdout = json_object(&output.stdout).map_or(output.stdout.clone(), <[u8]>::to_vec);
            return Ok(Output { stdout, ..output });
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let tool_is_missing = MISSING.iter().any(|words| said.contains(words));
        if output.status.code() == Some(NOT_FOUND) && !tool_is_missing && !said.trim().is_empty() {
            return Err(io::Error::other(said.into_owned()));
        }
        Ok(output)
    }
}

/// The JSON object in the output of a tool.
fn json_object(printed: &[u8]) -> Option<&[u8]> {
    let mut starts = printed.iter().enumerate().filter(|(_, byte)| **byte == b'{').map(|(at, _)| at);
    starts.find_map(|start| {
        let mut values = serde_json::Deserializer::from_slice(&printed[start..]).into_iter::<serde_json::Value>();
        values.next()?.ok().filter(serde_json::Value::is_object)?;
        printed.get(start..start + values.byte_offset())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_colours_and_warnings() {
        let token = r#"{"accessToken":"a.b.c","nested":{"x":"}"}}"#;
        for printed in [
            token.to_owned(),
            format!("\u{1b}[0m{token}\u{1b}[0m\n"),
            format!("WARNING: {{old}} versions\n{token}\nA new version is available.\n"),
        ] {
            assert_eq!(json_object(printed.as_bytes()), Some(token.as_bytes()), "{printed}");
        }
        assert_eq!(json_object(b"no object {"), None);
    }
}
