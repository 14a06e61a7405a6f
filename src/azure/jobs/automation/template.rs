//! The create request as a Bicep file and as an Azure Resource Manager template. A deployment of either sends it.

use serde_json::{Map, Value, json};

use super::request::CreateJobRequest;

/// A template with one resource (Microsoft page: Understand the structure and syntax of ARM templates).
pub(super) fn arm_template(request: &CreateJobRequest<'_>) -> String {
    let mut resource = Map::new();
    resource.insert("type".to_owned(), Value::from(resource_type(request)));
    resource.insert("apiVersion".to_owned(), Value::from(request.api_version));
    resource.insert("name".to_owned(), Value::from(request.job.name.as_str()));
    if let Value::Object(members) = literal(&request.body) {
        resource.extend(members);
    }
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "metadata": { "description": request.notes().join(" ") },
        "resources": [resource],
    });
    format!("{template:#}\n")
}

fn resource_type(request: &CreateJobRequest<'_>) -> String {
    format!("{}/jobs", request.job.service.namespace())
}

/// The same value, with every text that a template would take for an expression (`[...]`) marked as a text (`[[...]`).
fn literal(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with('[') && text.ends_with(']') => Value::from(format!("[{text}")),
        Value::Array(items) => items.iter().map(literal).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), literal(value))).collect(),
        other => other.clone(),
    }
}

/// A Bicep file with one resource (Microsoft page: Bicep file structure and syntax).
pub(super) fn bicep(request: &CreateJobRequest<'_>) -> String {
    let mut members = Map::new();
    members.insert("name".to_owned(), Value::from(request.job.name.as_str()));
    if let Value::Object(body) = &request.body {
        members.extend(body.clone());
    }
    format!(
        "{}resource job '{}@{}' = {}\n",
        request.comments("//"),
        resource_type(request),
        request.api_version,
        bicep_value(&Value::Object(members), 0)
    )
}

fn bicep_value(value: &Value, depth: usize) -> String {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Value::String(text) => bicep_text(text),
        Value::Array(items) => {
            let lines = items.iter().map(|item| format!("{inner}{}\n", bicep_value(item, depth + 1)));
            format!("[\n{}{outer}]", lines.collect::<Vec<_>>().concat())
        }
        Value::Object(members) => {
            let line = |(key, value): (&String, &Value)| {
                format!("{inner}{}: {}\n", bicep_key(key), bicep_value(value, depth + 1))
            };
            format!("{{\n{}{outer}}}", members.iter().map(line).collect::<Vec<_>>().concat())
        }
        other => other.to_string(),
    }
}

fn bicep_key(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { key.to_owned() } else { bicep_text(key) }
}

/// A text in single quotes. `${` would begin an expression.
fn bicep_text(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\\' => quoted.push_str(r"\\"),
            '\'' => quoted.push_str(r"\'"),
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            '\t' => quoted.push_str(r"\t"),
            '$' => quoted.push_str(r"\$"),
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}
