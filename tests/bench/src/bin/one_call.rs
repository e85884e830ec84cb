//! Gets a session over and over: `one_call serve` prints the address that it listens at; `one_call sdk ADDRESS CALLS`
//! and `one_call by-hand ADDRESS CALLS` are the two that are compared.

use std::error::Error;

use bench::{SESSION, by_hand, server};
use okta_sdk::Client;
use tokio::net::TcpListener;

const ID: &str = "101W_juydrDRByB7fUdRyE2JQ";
const TOKEN: &str = "00abcdefghijklmnopqrstuvwxyz0123456789ABCD";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match arguments[..] {
        ["serve"] => runtime.block_on(serve()),
        ["sdk", address, calls] => runtime.block_on(with_sdk(address, calls.parse()?)),
        ["by-hand", address, calls] => runtime.block_on(with_reqwest(address, calls.parse()?)),
        _ => Err("one_call serve | sdk ADDRESS CALLS | by-hand ADDRESS CALLS".into()),
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(server::serve(listener, SESSION).await?)
}

async fn with_sdk(address: &str, calls: usize) -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(address).allow_http(true).api_token(TOKEN).build()?;
    for _ in 0..calls {
        let session = client.session().get_session(ID).await?;
        assert_eq!(session.id.as_deref(), Some(ID));
    }
    Ok(())
}

async fn with_reqwest(address: &str, calls: usize) -> Result<(), Box<dyn Error>> {
    let client = reqwest::Client::new();
    for _ in 0..calls {
        let session = by_hand::get_session(&client, address, TOKEN, ID).await?;
        assert_eq!(session.id.as_deref(), Some(ID));
    }
    Ok(())
}
