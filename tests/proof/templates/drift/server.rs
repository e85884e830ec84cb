//! A server that answers a request for `/7` with the eighth of its bodies.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// Serves the bodies on a port of its own.
pub fn serve(bodies: Vec<String>) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    let bodies: Arc<[String]> = bodies.into();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let bodies = bodies.clone();
            // A connection that breaks is the client's to report.
            thread::spawn(move || answer(&connection, &bodies));
        }
    });
    Ok(address)
}

fn answer(mut connection: &TcpStream, bodies: &[String]) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut requests = BufReader::new(connection).lines();
    while let Some(first) = requests.next().transpose()? {
        let index = first.split([' ', '/']).find_map(|word| word.parse::<usize>().ok());
        let body = index.and_then(|index| bodies.get(index)).map_or("", String::as_str);
        while requests.next().transpose()?.is_some_and(|header| !header.is_empty()) {}
        let length = body.len();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
        connection.write_all(format!("{head} {length}\r\n\r\n{body}").as_bytes())?;
    }
    Ok(())
}
