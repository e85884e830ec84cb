//! Every operation as the document describes it: what it sends, what it makes of the documented
//! answers, and which errors it gives, against a server on this machine.

mod api;
mod support;
