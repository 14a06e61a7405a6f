//! Reading JSON the way real services write it: missing members, members in another case, numbers as text or with a fraction.

use serde_json::Value;

/// A body as JSON; a byte order mark is dropped. The error is a sentence.
pub(crate) fn parse(body: &[u8]) -> Result<Value, String> {
    parse_as("the answer", body)
}

/// The same for a text that is no answer of a service. The error begins with `subject`, e.g. `it is empty`.
pub(crate) fn parse_as(subject: &str, body: &[u8]) -> Result<Value, String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(format!("{subject} is empty"));
    }
    serde_json::from_slice(body).map_err(|error| {
        let what = if error.is_eof() { "is cut off" } else { "is not valid JSON" };
        format!("{subject} {what} at line {}, column {}", error.line(), error.column())
    })
}

/// A view of a value that may be missing. Every reading has an answer.
#[derive(Clone, Copy)]
pub(crate) struct JsonView<'a>(Option<&'a Value>);

impl<'a> JsonView<'a> {
    pub(crate) fn new(value: &'a Value) -> Self {
        Self(Some(value))
    }

    /// What a member is that is not there.
    pub(crate) fn missing() -> Self {
        Self(None)
    }

    /// The member called `name`, in exactly that case or, failing that, in any.
    pub(crate) fn at(self, name: &str) -> Self {
        let Some(Value::Object(members)) = self.0 else { return Self(None) };
        let exact = members.get(name);
        Self(exact.or_else(|| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)))
    }

    /// Whether there is an object here.
    pub(crate) fn is_object(self) -> bool {
        matches!(self.0, Some(Value::Object(_)))
    }

    /// Whether there is a list here.
    pub(crate) fn is_list(self) -> bool {
        matches!(self.0, Some(Value::Array(_)))
    }

    /// The text; a number as its digits; otherwise empty.
    pub(crate) fn text(self) -> String {
        match self.0 {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The text, where it is not blank.
    pub(crate) fn word(self) -> Option<String> {
        Some(self.text()).filter(|text| !text.trim().is_empty())
    }

    /// A whole number: an integer, a float without its fraction, or either of them as text.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be positive; a float cast saturates"
    )]
    pub(crate) fn number(self) -> Option<u64> {
        let float = |float: f64| (float.is_finite() && float >= 0.0).then_some(float as u64);
        match self.0? {
            Value::Number(number) => number.as_u64().or_else(|| number.as_f64().and_then(float)),
            Value::String(text) => text.trim().parse().ok().or_else(|| text.trim().parse().ok().and_then(float)),
            _ => None,
        }
    }

    /// A percentage, at most 100.
    pub(crate) fn percent(self) -> Option<u8> {
        self.number().map(|number| u8::try_from(number.min(100)).unwrap_or(100))
    }

    /// `true` or `"true"` in any case; otherwise what `missing` says.
    pub(crate) fn flag(self, missing: bool) -> bool {
        match self.0 {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
            _ => missing,
        }
    }

    /// The members of an array; nothing otherwise.
    pub(crate) fn items(self) -> impl Iterator<Item = JsonView<'a>> {
        let items = match self.0 {
            Some(Value::Array(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(JsonView::new)
    }

    /// The array's items, or `None` when there is no array; JSON's null counts as an empty one.
    pub(crate) fn array(self) -> Option<&'a [Value]> {
        match self.0? {
            Value::Array(items) => Some(items),
            Value::Null => Some(&[]),
            _ => None,
        }
    }

    /// The texts of an array.
    pub(crate) fn words(self) -> Vec<String> {
        self.items().filter_map(JsonView::word).collect()
    }

    /// The members of an object.
    pub(crate) fn members(self) -> impl Iterator<Item = (&'a str, JsonView<'a>)> {
        let members = match self.0 {
            Some(Value::Object(members)) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(|(key, value)| (key.as_str(), JsonView::new(value)))
    }

    /// The members of an object as text.
    pub(crate) fn pairs(self) -> Vec<(String, String)> {
        self.members().map(|(key, value)| (key.to_owned(), value.text())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_and_flags_are_read_in_every_form() {
        let value = json!({"a": 7, "b": 7.9, "c": "7", "d": "7.5", "e": -1, "f": null, "g": "True"});
        let view = JsonView::new(&value);
        for key in ["a", "b", "c", "d", "A"] {
            assert_eq!(view.at(key).number(), Some(7), "{key}");
        }
        assert_eq!((view.at("e").number(), view.at("f").number()), (None, None));
        assert!(view.at("g").flag(false) && view.at("nothing").flag(true));
    }

    #[test]
    fn a_cut_or_empty_body_is_called_that() {
        assert_eq!(parse(b" \n").unwrap_err(), "the answer is empty");
        assert!(parse(br#"{"value": ["#).unwrap_err().contains("cut off"));
        assert!(parse(b"<html>").unwrap_err().contains("not valid JSON"));
    }
}
