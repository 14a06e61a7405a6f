//! Reads a file of answers. A wrong file is refused with the place of the first error; nothing of it is used.

use std::io::Read as _;
use std::path::Path;

use super::answers::AnswersFile;
use crate::cli::failure::CommandFailure;
use crate::files;

/// Reads the file; `-` stands for standard input.
///
/// # Errors
/// The file cannot be read, is neither TOML nor JSON, or has a key that no answer has.
pub(super) fn read(file: &Path) -> Result<AnswersFile, CommandFailure> {
    let refused = |reason: String| {
        CommandFailure::wrong(format!(
            "Could not read the answers in {}: {reason}. `blobfreight new --schema` describes the file.",
            file.display()
        ))
    };
    let bytes = if file == Path::new("-") { standard_input() } else { files::read_named(file, true) };
    let bytes = bytes.map_err(|error| refused(files::reason(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".to_owned()))?;
    parse(&text).map_err(refused)
}

fn standard_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads JSON where the text begins with `{`, otherwise TOML.
fn parse(text: &str) -> Result<AnswersFile, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("line {line}, column {column}: {}", error.message().replace('\n', ", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_say_the_same() {
        let toml = "account = \"media\"\nblobs.prefixes = [\"/media/\"]\n[job]\nname = \"export-1\"\n";
        let json = r#"{"account": "media", "blobs": {"prefixes": ["/media/"]}, "job": {"name": "export-1"}}"#;
        assert_eq!(parse(toml).unwrap(), parse(json).unwrap());
    }

    #[test]
    fn a_wrong_key_is_named_with_its_place() {
        let error = parse("account = \"media\"\n[job]\nnmae = \"x\"\n").unwrap_err();
        assert!(error.starts_with("line 3, column 1: unknown field `nmae`"), "{error}");
        let error = parse("{\"account\": 7}").unwrap_err();
        assert!(error.contains("expected a string at line 1"), "{error}");
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        let answers =
            parse("account = \"media\"\n[address]\nemails = [\"a@example.com\"]\nkind = \"commercial\"\n").unwrap();
        assert_eq!(parse(&toml::to_string(&answers).unwrap()).unwrap(), answers);
    }
}
