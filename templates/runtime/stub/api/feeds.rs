//! Stands for the module of a tag whose answers flow.

use crate::models;
use crate::runtime::{Call, Client, decode};

/// The operations of the tag `Feeds`.
#[derive(Clone, Debug)]
pub struct FeedsApi {
    client: Client,
}

impl FeedsApi {
    pub(in crate::api) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }

    /// The notes as they are written.
    pub fn watch_notes(&self) -> WatchNotes {
        WatchNotes { call: Call::new(&self.client, &WatchNotes::OPERATION) }
    }

    /// All notes, a line for each.
    pub fn export_notes(&self) -> ExportNotes {
        ExportNotes { call: Call::new(&self.client, &ExportNotes::OPERATION) }
    }

    /// All notes, as a sequence.
    pub fn dump_notes(&self) -> DumpNotes {
        DumpNotes { call: Call::new(&self.client, &DumpNotes::OPERATION) }
    }

    /// All notes, each as a part.
    pub fn send_notes(&self) -> SendNotes {
        SendNotes { call: Call::new(&self.client, &SendNotes::OPERATION) }
    }
}

stream_request! {
    pub struct WatchNotes -> events models::Note, decode::model;
    GET "/notes/events" as "watchNotes";
    security "token";
    {
        accept: "text/event-stream",
        sentinel: "[DONE]",
        reconnects: true,
    }
}

stream_request! {
    pub struct ExportNotes -> json_lines models::Note, decode::model;
    GET "/notes/lines" as "exportNotes";
    security "token";
    {
        accept: "application/jsonl",
    }
}

stream_request! {
    pub struct DumpNotes -> json_sequence models::Note, decode::model;
    GET "/notes/sequence" as "dumpNotes";
    security "token";
    {
        accept: "application/json-seq",
    }
}

stream_request! {
    pub struct SendNotes -> parts models::Note, decode::model;
    GET "/notes/parts" as "sendNotes";
    security "token";
    {
        accept: "multipart/mixed",
    }
}

#[cfg(feature = "mock")]
mock! {
    pub struct FeedsMock for FeedsApi {
        watch_notes: WatchNotes -> crate::runtime::MockStream<crate::runtime::Event<models::Note>> as crate::runtime::encode::events,
        export_notes: ExportNotes -> crate::runtime::MockStream<models::Note> as crate::runtime::encode::json_lines,
        dump_notes: DumpNotes -> crate::runtime::MockStream<models::Note> as crate::runtime::encode::json_sequence,
        send_notes: SendNotes -> crate::runtime::MockStream<crate::runtime::StreamedPart<models::Note>> as crate::runtime::encode::parts,
    }
}
