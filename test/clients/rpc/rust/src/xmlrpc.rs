//! The crate xmlrpc, over a transport of our own: its own is an HTTP client of several minutes' compiling.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Cursor;
use xmlrpc::{Request, Transport, Value};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const ODD: &str = "Zoë & <Bob> ]]> \u{1F600}";

/// HTTP by minreq, with a token or without.
struct Http<'a> {
    url: &'a str,
    token: Option<String>,
}

impl Transport for &Http<'_> {
    type Stream = Cursor<Vec<u8>>;

    fn transmit(self, request: &Request<'_>) -> Outcome<Self::Stream> {
        let mut body = Vec::new();
        request.write_as_xml(&mut body)?;
        let mut post = minreq::post(self.url)
            .with_header("Content-Type", "text/xml")
            .with_body(body);
        if let Some(token) = &self.token {
            post = post.with_header("Authorization", format!("Bearer {token}"));
        }
        Ok(Cursor::new(post.send()?.into_bytes()))
    }
}

fn call(http: &Http, name: &str, arguments: Vec<Value>) -> Outcome<Value> {
    let request = arguments.into_iter().fold(Request::new(name), Request::arg);
    Ok(request.call(http)?)
}

/// A value taken out into Rust's own type and made anew of that.
fn native(value: Value) -> Value {
    match value {
        Value::Int(number) => Value::from(number),
        Value::Bool(truth) => Value::from(truth),
        Value::String(text) => Value::from(text),
        Value::Double(number) => Value::from(number),
        Value::DateTime(moment) => Value::from(moment),
        Value::Base64(bytes) => Value::from(bytes),
        Value::Array(items) => Value::Array(items.into_iter().map(native).collect()),
        Value::Struct(members) => {
            let members: BTreeMap<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, native(value)))
                .collect();
            Value::Struct(members)
        }
        other => other,
    }
}

fn there_and_back(http: &Http, kind: &str, name: &str) -> Outcome<String> {
    let value = call(http, &format!("edges.get_{kind}"), vec![name.into()])?;
    let said = call(
        http,
        &format!("edges.put_{kind}"),
        vec![name.into(), native(value)],
    )?;
    match said.as_str() {
        Some("exact" | "loss") => Ok(String::new()),
        _ => Err(format!("{said:?}").into()),
    }
}

fn expect<T: PartialEq + std::fmt::Debug>(value: T, wanted: T) -> Outcome<String> {
    if value == wanted {
        Ok(String::new())
    } else {
        Err(format!("{value:?} is not {wanted:?}").into())
    }
}

fn fault(http: &Http, name: &str, text: &str, code: i32, part: &str) -> Outcome<String> {
    let Err(reason) = Request::new(name).arg(text).call(http) else {
        return Err("there was no fault".into());
    };
    let fault = reason.fault().ok_or_else(|| reason.to_string())?;
    expect(
        (fault.fault_code, fault.fault_string.contains(part)),
        (code, true),
    )?;
    Ok("xmlrpc::Fault with fault_code and fault_string".to_owned())
}

/// Tells what came of a check.
fn report(name: &str, outcome: Outcome<String>) {
    let (status, note) = match outcome {
        Ok(note) => ("ok", note),
        Err(reason) => ("wrong", reason.to_string()),
    };
    println!(
        "{name}\t{status}\t{}",
        note.split_whitespace().collect::<Vec<_>>().join(" ")
    );
}

fn main() -> Outcome<()> {
    let url = std::env::args().nth(1).ok_or("xmlrpc URL")? + "/xmlrpc";
    let http = Http {
        url: &url,
        token: None,
    };
    let known = Http {
        url: &url,
        token: Some(std::env::var("POLYWIRE_TOKEN")?),
    };
    let answer = |http: &Http, name: &str, arguments: Vec<Value>, wanted: Value| {
        call(http, name, arguments).and_then(|value| expect(value, wanted))
    };
    report(
        "echo",
        answer(&http, "test.echo", vec![ODD.into()], ODD.into()),
    );
    for value in std::env::var("POLYWIRE_VALUES")?.split(' ') {
        let (kind, name) = value.split_once('.').ok_or("a value without a name")?;
        report(value, there_and_back(&http, kind, name));
    }
    let only = Value::Array(vec!["only".into()]);
    report(
        "list-of-one",
        answer(&http, "edges.get_list", vec!["one".into()], only),
    );
    report(
        "default.absent",
        answer(
            &http,
            "edges.put_default",
            vec!["absent".into()],
            "exact".into(),
        ),
    );
    report(
        "nothing",
        answer(&http, "edges.nothing", vec![], true.into()),
    );
    report(
        "fault.declared",
        fault(
            &http,
            "test.fail",
            ODD,
            1002,
            "test-refused: The test was refused",
        ),
    );
    report(
        "fault.params",
        fault(&http, "test.greet", "", -32602, "[name: "),
    );
    report("token", answer(&known, "edges.who", vec![], "ana".into()));
    Ok(())
}
