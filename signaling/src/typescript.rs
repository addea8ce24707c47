//! The wire messages as one TypeScript file, made from the Rust types by ts-rs.

use std::collections::BTreeMap;
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use crate::message::{ClientMessage, CloseWord, MAX_MESSAGE_BYTES, ServerMessage, VERSION};
use crate::room;

const HEAD: &str = "// Made from the Rust types in signaling/ by `make generate`. Do not edit.\n";

const ENVELOPES: &str = "
/** What stands around every message; see docs/PROTOCOL.md. */
export type Envelope = {
  v: typeof VERSION,
  /** Contiguous from 1; absent on hello, ping, welcome, pong and bye. */
  n?: number,
  /** Everything up to this number has been received. */
  ack: number,
  /** Names a command, and the command that `done` and `refused` answer; at most 64 bytes. */
  id?: CommandId,
};

export type ClientEnvelope = Envelope & ClientMessage;
export type ServerEnvelope = Envelope & ServerMessage;
";

/// The whole file.
pub fn file() -> String {
    let mut types = Types { config: Config::new(), declared: BTreeMap::new() };
    types.visit::<ClientMessage>();
    types.visit::<ServerMessage>();
    types.visit::<crate::ids::CommandId>();
    let mut file = HEAD.to_owned();
    constants(&mut file);
    file.push_str(ENVELOPES);
    for declaration in types.declared.values() {
        file.push('\n');
        file.push_str(declaration);
    }
    file
}

fn constants(file: &mut String) {
    let mut constant = |name: &str, value: String| writeln!(file, "export const {name} = {value};").expect("text grows");
    constant("VERSION", VERSION.to_string());
    constant("MAX_MESSAGE_BYTES", MAX_MESSAGE_BYTES.to_string());
    constant("HEARTBEAT_S", room::HEARTBEAT_S.to_string());
    let codes = CloseWord::ALL.iter().map(|word| format!("\n  {}: {},", word.word(), word.code()));
    constant("CLOSE_CODES", format!("{{{}\n}} as const satisfies Record<CloseWord, number>", codes.collect::<String>()));
    let comes_back = CloseWord::ALL.iter().filter(|word| word.comes_back()).map(|word| format!("\"{}\"", word.word()));
    constant("COMES_BACK", format!("[{}] as const satisfies readonly CloseWord[]", comes_back.collect::<Vec<_>>().join(", ")));
}

struct Types {
    config: Config,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        T::visit_generics(self);
        if T::output_path().is_none() || self.declared.contains_key(&T::ident(&self.config)) {
            T::visit_dependencies(self);
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.declared.insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
        T::visit_dependencies(self);
    }
}
