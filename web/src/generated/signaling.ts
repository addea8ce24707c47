// Made from the Rust types in signaling/ by `make generate`. Do not edit.
export const VERSION = 1;
export const MAX_MESSAGE_BYTES = 65536;
export const HEARTBEAT_S = 4;
export const CLOSE_CODES = {
  going_away: 1001,
  bad_message: 4400,
  binary: 1003,
  too_big: 1009,
  no_hello: 4411,
  silent: 4408,
  flood: 4429,
  taken_over: 4409,
  removed: 4403,
  denied: 4405,
  visit_ended: 4410,
  signed_out: 4401,
  replaced: 4412,
  unsupported_version: 4406,
  elsewhere: 4421,
  overloaded: 1013,
  internal_error: 1011,
} as const satisfies Record<CloseWord, number>;
export const COMES_BACK = ["going_away", "silent", "flood", "elsewhere", "overloaded", "internal_error"] as const satisfies readonly CloseWord[];

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

export type Admit = { seat: SeatId, 
/**
 * The clinician has seen name and date of birth, or name and role of a companion, and says that this is the person.
 */
identity_confirmed: boolean, };

/**
 * How the gateway took a `hello`.
 */
export type Arrival = "new" | "resumed" | "resync";

/**
 * Whether the visit goes on by telephone; the pages stay open for the record.
 */
export type ByPhone = { by_phone: boolean, };

export type Bye = { code: CloseWord, 
/**
 * Seconds to wait before coming back; absent when coming back is pointless.
 */
retry_after_s?: number, 
/**
 * The node that runs the visit's room, as the load balancer calls it; the page comes back to it.
 */
node?: string, };

/**
 * An RTCIceCandidateInit, with the names that browsers use.
 */
export type Candidate = { 
/**
 * Empty at the end of the candidates.
 */
candidate: string, sdpMid: string | null, sdpMLineIndex: number | null, usernameFragment: string | null, };

export type CandidateFrom = { from: SeatId, candidate: Candidate, };

export type CandidateTo = { to: SeatId, 
/**
 * The page of the other person that this is meant for; dropped when they have a newer one.
 */
page?: string, candidate: Candidate, };

/**
 * The steps of the equipment test, by the names under which they are reported.
 */
export type CheckStep = "environment" | "permission" | "camera" | "microphone" | "speaker" | "signaling" | "path" | "connect" | "round_trip" | "jitter" | "loss_up" | "loss_down" | "bitrate_up" | "bitrate_down" | "sound_score" | "device_load" | "record_channel";

/**
 * What a page sends to the gateway.
 */
export type ClientMessage = { "type": "hello", "data": Hello } | { "type": "ping", "data": Ping } | { "type": "quality", "data": PathReport } | { "type": "progress", "data": Progress } | { "type": "check_in", "data": Empty } | { "type": "text_me", "data": TextMe } | { "type": "leave", "data": Empty } | { "type": "takeover_ask", "data": Empty } | { "type": "takeover_answer", "data": TakeoverAnswer } | { "type": "description", "data": DescriptionTo } | { "type": "candidate", "data": CandidateTo } | { "type": "media_state", "data": MediaState } | { "type": "renew_relay", "data": Empty } | { "type": "happened", "data": Happened } | { "type": "consent_answer", "data": ConsentAnswer } | { "type": "snippet_shown", "data": SnippetRef } | { "type": "snippet_seen", "data": SnippetRef } | { "type": "snippet_rejected", "data": SnippetRejected } | { "type": "go_by_phone", "data": ByPhone } | { "type": "admit", "data": Admit } | { "type": "deny", "data": SeatRef } | { "type": "send_back", "data": SeatRef } | { "type": "remove", "data": SeatRef } | { "type": "allow_takeover", "data": SeatRef } | { "type": "running_late", "data": RunningLate } | { "type": "end", "data": Empty } | { "type": "snippet_offer", "data": SnippetOffer } | { "type": "snippet_keep", "data": SnippetRef } | { "type": "snippet_withdraw", "data": SnippetRef } | { "type": "snippet_withdraw_from", "data": SnippetSeat };

/**
 * Why a connection is closed by the gateway: a closed list, each with its WebSocket code.
 */
export type CloseWord = "going_away" | "bad_message" | "binary" | "too_big" | "no_hello" | "silent" | "flood" | "taken_over" | "removed" | "denied" | "visit_ended" | "signed_out" | "replaced" | "unsupported_version" | "elsewhere" | "overloaded" | "internal_error";

/**
 * Chosen by the page for one command, so that repeating it is harmless; at most 64 bytes.
 */
export type CommandId = string;

/**
 * The person's own view of the media path: whether there is one. How good it is, the room says (`quality`).
 */
export type Connection = "none" | "connecting" | "good" | "lost";

export type Consent = "not_asked" | "asked" | "agreed" | "refused" | "stopped";

export type ConsentAnswer = { agreed: boolean, };

export type ConsentAsked = { 
/**
 * Name of the clinician who asks.
 */
by: string, };

export type ConsentState = { consent: Consent, };

export type Departure = "left" | "sent_back" | "removed" | "lost";

/**
 * An RTCSessionDescription.
 */
export type Description = { type: DescriptionType, sdp: string, };

export type DescriptionFrom = { from: SeatId, description: Description, };

export type DescriptionTo = { to: SeatId, 
/**
 * The page of the other person that this is meant for; dropped when they have a newer one.
 */
page?: string, description: Description, };

export type DescriptionType = "offer" | "answer" | "pranswer" | "rollback";

export type DoorState = "arriving" | "waiting" | "away";

export type Empty = Record<symbol, never>;

export type Ended = { by: Role, };

export type Happened = { what: Happening, };

/**
 * What a page did or found in a call, for the visit's timeline. The person read of it on their own screen.
 */
export type Happening = "stall" | "path_changed" | "call_rebuilt" | "path_back" | "picture_paused" | "picture_back" | "sound_only" | "sound_only_by_hand" | "picture_by_hand" | "interrupted" | "resumed" | "capture_restarted" | "microphone_silent" | "microphone_back" | "camera_frozen" | "camera_dark" | "camera_back" | "tap_to_hear" | "phone_asked" | "phone_continued";

export type Hello = { 
/**
 * Protocol versions the page can speak, best first.
 */
versions: Array<number>, 
/**
 * Feature words the page knows; unknown words are ignored.
 */
features: Array<string>, 
/**
 * Made by the page when it loads, at most 64 bytes. Others hear it in `person`: while it stays the same the call
 * goes on as it is, whatever happens to connections and gateways; when it changes the call with this person is made anew.
 */
page: string, 
/**
 * Present when the page returns after a lost connection.
 */
resume?: Resume, };

export type IceServer = { urls: Array<string>, username: string, credential: string, };

/**
 * What the page hands to RTCPeerConnection.
 */
export type IceServers = { servers: Array<IceServer>, 
/**
 * Seconds until the credentials end; ask for new ones well before.
 */
expires_in_s: number, };

/**
 * Everything an admitted seat may see.
 */
export type Inside = { 
/**
 * Everyone admitted, this seat included.
 */
people: Array<Person>, 
/**
 * The paths between them that have been measured.
 */
paths: Array<PathQuality>, 
/**
 * Before the door; always empty for those who are not staff of the visit.
 */
waiting: Array<WaitingPerson>, late_minutes: number, 
/**
 * Only relayed paths may be used, so that nobody learns another's address.
 */
relay_only: boolean, 
/**
 * The visit goes on by telephone: no sound and no picture passes here, the record still does.
 */
by_phone: boolean, consent: ConsentState, 
/**
 * Snippets this seat may know of.
 */
snippets: Array<SnippetView>, 
/**
 * Ed25519 public key that signs this visit's snippets, base64url.
 */
snippet_key: string, };

export type MediaState = { camera: boolean, microphone: boolean, connection: Connection, pictures?: Pictures, 
/**
 * What keeps the person from being seen or heard, or from hearing, beside the path.
 */
trouble?: Trouble, };

/**
 * The whole of what a seat is told before it is admitted.
 */
export type Outside = { state: OutsideState, 
/**
 * Minutes of announced delay; 0 when on time.
 */
late_minutes: number, 
/**
 * Whether staff of the visit are in the room and can see who waits.
 */
staff_present: boolean, 
/**
 * Whether the person wants a text when they are let in; absent where the clinic cannot text them.
 */
text_me?: boolean, };

export type OutsideState = "expected" | "waiting" | "already_open" | "takeover_refused" | "denied";

export type PathCause = "delay" | "jitter" | "loss" | "narrow" | "picture" | "sound";

/**
 * From worst to best.
 */
export type PathLevel = "lost" | "weak" | "fair" | "good";

/**
 * What a page measured of its path to one other seat since its last report. What it cannot measure is absent.
 */
export type PathNumbers = { 
/**
 * Nothing arrives: the page is looking for another path.
 */
lost: boolean, round_trip_ms?: number, 
/**
 * Of the sound that comes in.
 */
jitter_ms?: number, 
/**
 * Share of the other end's packets that did not come in, 0 to 1.
 */
loss_in?: number, 
/**
 * Share of our own packets that the other end missed, 0 to 1.
 */
loss_out?: number, 
/**
 * What the way out can carry, while a picture is sent over it.
 */
out_kbps?: number, 
/**
 * Frames of the other's picture a second, while there is one.
 */
frame_rate?: number, 
/**
 * Share of the time in which that picture stood still, 0 to 1.
 */
frozen?: number, 
/**
 * Whether any sound came in, a whisper too.
 */
sound?: boolean, };

/**
 * What the room makes of both ends' reports; told whenever a word in it changes.
 */
export type PathQuality = { between: [SeatId, SeatId], level: PathLevel, 
/**
 * Absent where the level is `good` or `lost`.
 */
trouble?: PathTrouble, };

export type PathReport = { 
/**
 * The other end.
 */
with: SeatId, measured: PathNumbers, };

export type PathTrouble = { cause: PathCause, 
/**
 * Whose end it is: what comes from there suffers.
 */
side: SeatId, };

/**
 * A thing a seat may do; the page hides what is absent, the gateway refuses it all the same.
 */
export type Permission = "keep_the_door" | "running_late" | "end_for_everyone" | "show_record" | "answer_consent" | "go_by_phone";

export type Person = { seat: SeatId, role: Role, name: string, presence: Presence, media: MediaState, 
/**
 * From the person's `hello`; absent while the gateway does not know it, after a restart: the call goes on until it is known.
 */
page?: string, };

export type PersonLeft = { seat: SeatId, why: Departure, };

/**
 * Which pictures pass, as this person has it. Absent means both.
 */
export type Pictures = "both" | "own_paused" | "none" | "none_by_hand";

export type Ping = { nonce: number, };

export type Presence = "here" | "reconnecting";

export type Progress = { screen: Screen, };

/**
 * Why a command was refused: a closed list.
 */
export type RefusalWord = "not_allowed" | "no_such_seat" | "not_waiting" | "not_admitted" | "nowhere_to_text" | "identity_not_confirmed" | "nothing_to_take_over" | "without_patient" | "no_such_snippet" | "no_consent" | "not_in_audience" | "out_of_range" | "visit_ended" | "try_again";

export type Refused = { word: RefusalWord, 
/**
 * For a person.
 */
sentence: string, };

/**
 * Why a page would not show a snippet.
 */
export type Rejection = "bad_signature" | "bad_hash" | "other_visit" | "expired" | "too_large" | "unreadable" | "not_offered" | "withdrawn";

export type Resume = { 
/**
 * From the last `welcome`; works once.
 */
token: string, 
/**
 * Highest number received from the gateway.
 */
received: number, };

export type Role = "patient" | "clinician" | "caregiver" | "interpreter" | "support";

export type RunCheck = { check: CheckStep, };

export type RunningLate = { minutes: number, };

/**
 * The names of the patient's screens before the visit.
 */
export type Screen = "start" | "before_you_start" | "devices" | "quick_check" | "waiting" | "in_call";

/**
 * One person's place in one visit.
 */
export type SeatId = string;

export type SeatRef = { seat: SeatId, };

/**
 * What the gateway sends to a page.
 */
export type ServerMessage = { "type": "welcome", "data": Welcome } | { "type": "pong", "data": Ping } | { "type": "bye", "data": Bye } | { "type": "done", "data": Empty } | { "type": "refused", "data": Refused } | { "type": "outside", "data": Outside } | { "type": "takeover_asked", "data": SeatRef } | { "type": "test_call", "data": TestCallInvite } | { "type": "run_check", "data": RunCheck } | { "type": "admitted", "data": Inside } | { "type": "ice_servers", "data": IceServers } | { "type": "person", "data": Person } | { "type": "person_left", "data": PersonLeft } | { "type": "quality", "data": PathQuality } | { "type": "by_phone", "data": ByPhone } | { "type": "description", "data": DescriptionFrom } | { "type": "candidate", "data": CandidateFrom } | { "type": "consent_asked", "data": ConsentAsked } | { "type": "consent", "data": ConsentState } | { "type": "snippet", "data": SnippetView } | { "type": "waiting_room", "data": WaitingRoom } | { "type": "ended", "data": Ended };

/**
 * One piece of the record prepared for showing.
 */
export type SnippetId = string;

export type SnippetOffer = { snippet: SnippetId, 
/**
 * Who may see it.
 */
seats: Array<SeatId>, };

export type SnippetRef = { snippet: SnippetId, };

export type SnippetRejected = { snippet: SnippetId, why: Rejection, };

export type SnippetSeat = { snippet: SnippetId, seat: SeatId, };

export type SnippetState = "held" | "offered" | "shown" | "withdrawn" | "rejected";

/**
 * Where a snippet stands, never what is in it.
 */
export type SnippetView = { snippet: SnippetId, state: SnippetState, 
/**
 * Who may see it.
 */
audience: Array<SeatId>, 
/**
 * Who has it on the page, and who has had it on a visible screen.
 */
shown_to: Array<SeatId>, seen_by: Array<SeatId>, 
/**
 * "Yours to keep": the patient may save a copy on their phone.
 */
keep: boolean, };

export type TakeoverAnswer = { allow: boolean, };

export type TestCallInvite = { seat: SeatId, visit: VisitId, };

export type TextMe = { wanted: boolean, };

export type Trouble = "away" | "interrupted" | "microphone_silent" | "camera_frozen" | "camera_dark" | "tap_to_hear";

/**
 * Everything a seat may see now.
 */
export type View = { "where": "outside" } & Outside | { "where": "inside" } & Inside;

/**
 * One booked encounter.
 */
export type VisitId = string;

export type VisitKind = "clinical" | "test_call";

export type WaitingPerson = { seat: SeatId, role: Role, name: string, state: DoorState, 
/**
 * When the person checked in, UTC milliseconds; absent before.
 */
since_ms?: number, screen: Screen, 
/**
 * A second device asks to take this seat over.
 */
takeover_asked: boolean, 
/**
 * Wants a text when let in, and may be away until then.
 */
text_me: boolean, };

export type WaitingRoom = { people: Array<WaitingPerson>, };

export type Welcome = { version: number, arrival: Arrival, seat: SeatId, visit: VisitId, role: Role, kind: VisitKind, 
/**
 * What this seat may do in this room.
 */
may: Array<Permission>, resume_token: string, 
/**
 * Send something at least this often.
 */
heartbeat_s: number, 
/**
 * Highest number the gateway has taken from this session.
 */
received: number, epoch: number, 
/**
 * The node that runs the room, as the load balancer calls it: the next connection is best made there.
 */
node: string, 
/**
 * Absent when resumed.
 */
view?: View, };
