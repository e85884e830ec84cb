//! The test of one operation.

use serde_json::Value;

use super::arguments::{Argument, Arguments, INDENT};
use super::chain::Chain;
use super::credentials;
use super::fixtures::Fixtures;
use super::samples::Sender;
use super::styles::{self, Pair};
use crate::ir::{
    Api, Body, BodyKind, Example, Location, Operation, Output, Parameter, Response, Sdk, Status,
    Type, Variant,
};
use crate::render::layout::Value as Layout;
use crate::render::rust;

/// A status that no document lists: whatever is no success is an error.
const UNLISTED_ERROR: u16 = 599;

/// A test as its template shows it.
pub struct TestView {
    /// The doc comment.
    pub docs: String,
    /// The function's signature, its opening brace included.
    pub signature: String,
    /// Whether it uses what the document advises against.
    pub is_deprecated: bool,
    /// Whether it reads values before the call.
    pub is_fallible: bool,
    /// The statements up to the call.
    pub statements: Vec<String>,
    /// The fields of the contract.
    pub fields: Vec<String>,
    /// The type of the answer.
    pub output: String,
    /// The type that the test imports, where the answer is one of several.
    pub import: Option<String>,
}

/// A request as the server has to see it.
struct Expected {
    path: String,
    query: Vec<Pair>,
    headers: Vec<Pair>,
    body: String,
}

/// Writes the tests of one API.
pub struct Tests<'a> {
    /// The SDK.
    pub sdk: &'a Sdk,
    /// The API.
    pub api: &'a Api,
    /// What operations are called with.
    pub arguments: Arguments<'a>,
    /// The JSON texts.
    pub fixtures: Fixtures,
}

impl Tests<'_> {
    /// The test of an operation, or why there is none.
    pub fn test(&mut self, operation: &Operation) -> Result<TestView, String> {
        let authorization = credentials::authorization(self.sdk, operation)
            .ok_or("it needs a security scheme that the document does not describe")?;
        let parameters = self.parameters(operation)?;
        let body = match &operation.body {
            Some(body) => {
                let argument = self.arguments.body(operation, &mut self.fixtures);
                Some((body, argument.ok_or("no value can be made for its body")?))
            }
            None => None,
        };
        let expected = self.expected(operation, &parameters, body.as_ref(), authorization)?;
        let answers = self.answers(operation)?;
        let refusals = self.refusals(operation);
        let chain = self.chain(operation, &parameters, body.as_ref());
        let arguments = parameters.iter().map(|(_, argument)| argument);
        let arguments = arguments.chain(body.as_ref().map(|(_, argument)| argument));
        let mut statements: Vec<String> =
            arguments.filter_map(|argument| argument.statement.clone()).collect();
        let is_fallible = statements.iter().any(|statement| statement.contains(")?;"));
        statements.push(call(&operation.output, &chain));
        Ok(TestView {
            docs: docs(operation),
            signature: signature(&operation.method, is_fallible),
            is_deprecated: operation.deprecated
                || parameters
                    .iter()
                    .any(|(parameter, _)| parameter.deprecated && !parameter.required),
            is_fallible,
            statements,
            fields: fields(operation, &expected, answers, refusals),
            output: self.output(&operation.output),
            import: self.import(&operation.output),
        })
    }

    fn parameters<'o>(
        &mut self,
        operation: &'o Operation,
    ) -> Result<Vec<(&'o Parameter, Argument)>, String> {
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let argument = self.arguments.parameter(operation, parameter, &mut self.fixtures);
            match argument {
                Some(argument) => parameters.push((parameter, argument)),
                None if parameter.required => {
                    return Err(format!("no value can be made for `{}`", parameter.name));
                }
                None => {}
            }
        }
        Ok(parameters)
    }

    /// The call of the operation's method with its setters.
    fn chain(
        &self,
        operation: &Operation,
        parameters: &[(&Parameter, Argument)],
        body: Option<&(&Body, Argument)>,
    ) -> Chain {
        let expression = |argument: &Argument| argument.expression.clone();
        let required = parameters.iter().filter(|(parameter, _)| parameter.required);
        let mut arguments: Vec<String> =
            required.map(|(_, argument)| expression(argument)).collect();
        let optional = parameters.iter().filter(|(parameter, _)| !parameter.required);
        let mut setters: Vec<(String, Vec<String>)> = optional
            .map(|(parameter, argument)| (parameter.ident.clone(), vec![expression(argument)]))
            .collect();
        match body {
            Some((body, argument)) if body.required => arguments.push(expression(argument)),
            Some((_, argument)) => setters.push(("body".to_owned(), vec![expression(argument)])),
            None => {}
        }
        let mut calls =
            vec![(self.api.method.clone(), Vec::new()), (operation.method.clone(), arguments)];
        calls.extend(setters);
        Chain { root: "client", calls }
    }

    fn expected(
        &mut self,
        operation: &Operation,
        parameters: &[(&Parameter, Argument)],
        body: Option<&(&Body, Argument)>,
        authorization: credentials::Authorization,
    ) -> Result<Expected, String> {
        let unclear = |parameter: &Parameter| {
            format!("OpenAPI leaves open how the value of `{}` is written", parameter.name)
        };
        // A fragment is never sent (RFC 3986, section 3.5).
        let path = operation.path.split('#').next().unwrap_or_default();
        let (path, fixed) = path.split_once('?').unwrap_or((path, ""));
        let mut path = path.to_owned();
        let mut query: Vec<Pair> =
            fixed.split('&').filter_map(|pair| pair.split_once('=')).map(owned).collect();
        let mut headers = Vec::new();
        let mut cookies = Vec::new();
        for (parameter, argument) in parameters {
            let value = &argument.value;
            let missing = || unclear(parameter);
            match parameter.location {
                Location::Path => {
                    let text = styles::path(parameter, value).ok_or_else(missing)?;
                    path = path.replace(&format!("{{{}}}", parameter.name), &text);
                }
                Location::Query => {
                    query.extend(styles::pairs(parameter, value).ok_or_else(missing)?)
                }
                Location::Cookie => {
                    cookies.extend(styles::pairs(parameter, value).ok_or_else(missing)?)
                }
                Location::Header => {
                    let text = styles::header(parameter, value).ok_or_else(missing)?;
                    headers.push((parameter.name.to_lowercase(), text));
                }
            }
        }
        query.extend(authorization.query);
        cookies.extend(authorization.cookies);
        headers.extend(authorization.headers);
        // Without a media type, any will do (RFC 9110, section 12.5.1).
        let accept = operation.accept.as_deref().unwrap_or("*/*");
        headers.push(("accept".to_owned(), accept.to_owned()));
        if !cookies.is_empty() {
            let pairs: Vec<String> =
                cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.push(("cookie".to_owned(), pairs.join("; ")));
        }
        let mut text = rust::string("");
        if let Some((body, argument)) = body {
            headers.push(("content-type".to_owned(), body.media_type.clone()));
            text = self.body_text(operation, body, argument)?;
        }
        headers.sort();
        Ok(Expected { path, query, headers, body: text })
    }

    /// The expression for the body's text.
    fn body_text(
        &mut self,
        operation: &Operation,
        body: &Body,
        argument: &Argument,
    ) -> Result<String, String> {
        let text = |text: &str| rust::string(text);
        match body.kind {
            BodyKind::Json => {
                Ok(self.fixtures.json(&format!("{}_body", operation.method), &argument.value))
            }
            BodyKind::Text | BodyKind::Binary => {
                Ok(text(argument.value.as_str().unwrap_or_default()))
            }
            BodyKind::Form | BodyKind::Multipart => {
                let pairs = form_pairs(body.kind, &argument.value)
                    .ok_or("OpenAPI leaves open how the fields of its form are written")?;
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(name, value)| {
                        let encoded = styles::percent_encoded;
                        format!("{}={}", encoded(name), encoded(value))
                    })
                    .collect();
                Ok(text(&pairs.join("&")))
            }
        }
    }

    /// The successful answers: those that the document shows, or else one for each status.
    fn answers(&mut self, operation: &Operation) -> Result<Vec<Layout>, String> {
        let mut responses: Vec<&Response> =
            operation.responses.iter().filter(|response| response.status.is_success()).collect();
        if responses.is_empty() {
            responses.extend(operation.responses.iter().filter(|it| it.status == Status::Default));
        }
        let mut answers = Vec::new();
        for response in responses {
            let status = example_status(response.status, operation, 200);
            for (media_type, body) in self.bodies(operation, response, status)? {
                answers.push(answer("Answer", status, &media_type, body));
            }
        }
        if answers.is_empty() {
            answers.push(answer("Answer", 200, "", rust::string("")));
        }
        Ok(answers)
    }

    /// The errors that the document lists, or else one that it does not.
    fn refusals(&mut self, operation: &Operation) -> Vec<Layout> {
        let has_success = operation.responses.iter().any(|response| response.status.is_success());
        let mut refusals = Vec::new();
        for response in operation.responses.iter().filter(|response| !response.status.is_success())
        {
            let status = example_status(response.status, operation, UNLISTED_ERROR);
            let is_success = response.status == Status::Default && !has_success;
            if is_success || !(300..600).contains(&status) {
                continue;
            }
            let name = match &response.ty {
                Some(ty) if response.kind == BodyKind::Json => self.qualified(ty),
                _ => "serde_json::Value".to_owned(),
            };
            let bodies = self.bodies(operation, response, status).unwrap_or_default();
            for (media_type, body) in bodies {
                refusals.push(answer(&format!("Refusal::of::<{name}>"), status, &media_type, body));
            }
        }
        if refusals.is_empty() {
            let name = "Refusal::of::<serde_json::Value>";
            refusals.push(answer(name, UNLISTED_ERROR, "", rust::string("")));
        }
        refusals
    }

    /// The media type and the text of each body that a response is shown with.
    fn bodies(
        &mut self,
        operation: &Operation,
        response: &Response,
        status: u16,
    ) -> Result<Vec<(String, String)>, String> {
        let (Some(ty), Some(media_type)) = (&response.ty, &response.media_type) else {
            return Ok(vec![(String::new(), rust::string(""))]);
        };
        if operation.http_method == "HEAD" {
            return Err("the answer to HEAD has no body (RFC 9110, section 9.3.2)".to_owned());
        }
        let texts = match response.kind {
            BodyKind::Json => self.json_bodies(operation, response, ty, status)?,
            _ => {
                let text = response.examples.first().and_then(|example| example.value.as_str());
                vec![rust::string(text.unwrap_or("text"))]
            }
        };
        Ok(texts.into_iter().map(|text| (concrete(media_type), text)).collect())
    }

    fn json_bodies(
        &mut self,
        operation: &Operation,
        response: &Response,
        ty: &Type,
        status: u16,
    ) -> Result<Vec<String>, String> {
        let wanted = format!("{}_{status}", operation.method.trim_start_matches("r#"));
        let samples = self.arguments.samples;
        let fitting: Vec<&Example> =
            response.examples.iter().filter(|example| samples.fits(ty, &example.value)).collect();
        if fitting.is_empty() {
            let value = samples
                .value(ty, Sender::Server)
                .ok_or_else(|| format!("no value can be made for its answer {status}"))?;
            return Ok(vec![self.fixtures.json(&wanted, &value)]);
        }
        let text = |example: &Example| {
            self.fixtures.json(example.name.as_deref().unwrap_or(&wanted), &example.value)
        };
        Ok(fitting.into_iter().map(text).collect())
    }

    /// The type of the answer, as the test writes it.
    fn output(&self, output: &Output) -> String {
        match output {
            Output::Empty => "()".to_owned(),
            Output::Variants { .. } => "serde_json::Value".to_owned(),
            Output::Body { kind: BodyKind::Json, ty } => self.qualified(ty),
            Output::Optional { kind: BodyKind::Json, ty } => {
                format!("Option<{}>", self.qualified(ty))
            }
            Output::Body { .. } | Output::Optional { .. } => "String".to_owned(),
        }
    }

    fn qualified(&self, ty: &Type) -> String {
        ty.rust("models::").replace("crate::", &format!("{}::", self.arguments.library))
    }

    fn import(&self, output: &Output) -> Option<String> {
        let Output::Variants { name, .. } = output else { return None };
        Some(format!("use {}::api::{}::{name};", self.arguments.library, self.api.module))
    }
}

fn owned((name, value): (&str, &str)) -> Pair {
    (name.to_owned(), value.to_owned())
}

/// A media type that a server can answer with, in the place of a range of them.
fn concrete(media_type: &str) -> String {
    if media_type.contains('*') { "application/json".to_owned() } else { media_type.to_owned() }
}

/// The closure that makes the call; what it gives can be written as JSON.
fn call(output: &Output, chain: &Chain) -> String {
    let parameter = "|client: &Client|";
    let rest = match output {
        Output::Variants { name, variants } => match_statement(name, variants),
        Output::Body { kind: BodyKind::Binary, .. }
        | Output::Optional { kind: BodyKind::Binary, .. } => download_statements(),
        _ => {
            let line = format!("let call = {parameter} {};", chain.line());
            let next_line = format!("{parameter} {};", chain.line());
            return if rust::fits(INDENT, &line) {
                line
            } else if rust::fits(INDENT + 4, &next_line) {
                format!("let call =\n        {next_line}")
            } else {
                let chain = chain.print(INDENT + 4, "", "");
                format!("let call = {parameter} {{\n        {chain}\n    }};")
            };
        }
    };
    let chain = chain.print(INDENT + 4, "let call = ", ";");
    format!(
        "let call = {parameter} {{\n        {chain}\n        async move {{\n{rest}        }}\n    }};"
    )
}

fn match_statement(name: &str, variants: &[Variant]) -> String {
    let arms: String = variants
        .iter()
        .map(|variant| match variant.ty {
            Some(_) => format!(
                "                {name}::{}(body) => serde_json::json!(body),\n",
                variant.ident
            ),
            None => {
                format!("                {name}::{} => serde_json::Value::Null,\n", variant.ident)
            }
        })
        .collect();
    format!(
        "            Ok(match call.await? {{\n{arms}                other => panic!(\"no such answer is documented: {{other:?}}\"),\n            }})\n"
    )
}

fn download_statements() -> String {
    let lines = [
        "let mut download = call.await?;",
        "let mut content = Vec::new();",
        "while let Some(piece) = download.chunk().await? {",
        "    content.extend_from_slice(&piece);",
        "}",
        "Ok(String::from_utf8_lossy(&content).into_owned())",
    ];
    lines.map(|line| format!("            {line}\n")).concat()
}

fn signature(method: &str, is_fallible: bool) -> String {
    if !is_fallible {
        return format!("fn {method}() {{");
    }
    let gives = "-> Result<(), BoxError>";
    let line = format!("fn {method}() {gives}");
    if rust::fits(0, &format!("{line} {{")) {
        format!("{line} {{")
    } else if line.len() <= rust::WIDTH + 1 {
        // rustfmt does not count the brace.
        format!("{line}\n{{")
    } else {
        format!("fn {method}()\n{gives} {{")
    }
}

fn docs(operation: &Operation) -> String {
    let path = operation.path.replace(['`', '\n'], " ");
    rust::doc(&[format!("`{} {path}`", operation.http_method)], 0)
}

fn fields(
    operation: &Operation,
    expected: &Expected,
    answers: Vec<Layout>,
    refusals: Vec<Layout>,
) -> Vec<String> {
    let pair = |(name, value): &Pair| {
        Layout::Call(String::new(), vec![Layout::string(name), Layout::string(value)])
    };
    let pairs = |pairs: &[Pair]| Layout::Array(pairs.iter().map(pair).collect());
    [
        ("method", Layout::string(&operation.http_method)),
        ("path", Layout::string(&expected.path)),
        ("query", pairs(&expected.query)),
        ("headers", pairs(&expected.headers)),
        ("body", Layout::Source(expected.body.clone())),
        ("answers", Layout::Array(answers)),
        ("refusals", Layout::Array(refusals)),
    ]
    .into_iter()
    .map(|(name, value)| value.print(INDENT + 4, &format!("{name}: "), ","))
    .collect()
}

fn answer(function: &str, status: u16, media_type: &str, body: String) -> Layout {
    let status = Layout::Source(status.to_string());
    Layout::Call(
        function.to_owned(),
        vec![status, Layout::string(media_type), Layout::Source(body)],
    )
}

/// A code that the status means and that no other response is for.
fn example_status(status: Status, operation: &Operation, default: u16) -> u16 {
    let is_listed = |code: &u16| {
        operation.responses.iter().any(|response| response.status == Status::Code(*code))
    };
    match status {
        Status::Code(code) => code,
        Status::Range(digit) => {
            let mut codes = digit * 100..(digit + 1) * 100;
            codes.find(|code| !is_listed(code)).unwrap_or(digit * 100)
        }
        Status::Default => default,
    }
}

/// The fields of a form: one for each value that is not null, several of a name for a list.
fn form_pairs(kind: BodyKind, value: &Value) -> Option<Vec<Pair>> {
    let mut pairs = Vec::new();
    for (name, value) in value.as_object()?.iter().filter(|(_, value)| !value.is_null()) {
        match value {
            Value::Object(_) if kind == BodyKind::Multipart => {
                pairs.push((name.clone(), value.to_string()));
            }
            Value::Object(_) => return None,
            value => pairs.extend(styles::exploded(name, value)?),
        }
    }
    Some(pairs)
}
