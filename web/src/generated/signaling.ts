// Made from signaling/src/message.rs by `make generate`; do not edit.
export type SeatId = string;

export type VisitId = string;

export type SnippetId = string;

export type CommandId = string;

export type ClientMessage = { "type": "hello", "data": Hello } | { "type": "ping", "data": Ping } | { "type": "progress", "data": Progress } | { "type": "check_in", "data": Empty } | { "type": "leave", "data": Empty } | { "type": "takeover_ask", "data": Empty } | { "type": "takeover_answer", "data": TakeoverAnswer } | { "type": "description", "data": DescriptionTo } | { "type": "candidate", "data": CandidateTo } | { "type": "media_state", "data": MediaState } | { "type": "renew_relay", "data": Empty } | { "type": "consent_answer", "data": ConsentAnswer } | { "type": "snippet_shown", "data": SnippetRef } | { "type": "snippet_seen", "data": SnippetRef } | { "type": "snippet_rejected", "data": SnippetRejected } | { "type": "admit", "data": Admit } | { "type": "deny", "data": SeatRef } | { "type": "send_back", "data": SeatRef } | { "type": "remove", "data": SeatRef } | { "type": "allow_takeover", "data": SeatRef } | { "type": "running_late", "data": RunningLate } | { "type": "end", "data": Empty } | { "type": "snippet_offer", "data": SnippetOffer } | { "type": "snippet_withdraw", "data": SnippetRef };

export type ServerMessage = { "type": "welcome", "data": Welcome } | { "type": "pong", "data": Ping } | { "type": "bye", "data": Bye } | { "type": "done", "data": Empty } | { "type": "refused", "data": Refused } | { "type": "outside", "data": Outside } | { "type": "takeover_asked", "data": SeatRef } | { "type": "test_call", "data": TestCallInvite } | { "type": "admitted", "data": Inside } | { "type": "ice_servers", "data": IceServers } | { "type": "person", "data": Person } | { "type": "person_left", "data": PersonLeft } | { "type": "description", "data": DescriptionFrom } | { "type": "candidate", "data": CandidateFrom } | { "type": "consent_asked", "data": ConsentAsked } | { "type": "consent", "data": ConsentState } | { "type": "snippet", "data": SnippetView } | { "type": "waiting_room", "data": WaitingRoom } | { "type": "ended", "data": Ended };

export type Empty = Record<symbol, never>;

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
 * Present when the page returns after a lost connection.
 */
resume?: Resume, };

export type Resume = { 
/**
 * From the last `welcome`; works once.
 */
token: string, 
/**
 * Highest number received from the gateway.
 */
received: number, };

export type Ping = { nonce: number, };

export type Arrival = "new" | "resumed" | "resync";

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
 * Absent when resumed.
 */
view?: View, };

export type View = { "where": "outside" } & Outside | { "where": "inside" } & Inside;

export type Outside = { state: OutsideState, 
/**
 * Minutes of announced delay; 0 when on time.
 */
late_minutes: number, 
/**
 * Whether staff of the visit are in the room and can see who waits.
 */
staff_present: boolean, };

export type OutsideState = "expected" | "waiting" | "already_open" | "takeover_refused" | "denied";

export type Inside = { 
/**
 * Everyone admitted, this seat included.
 */
people: Array<Person>, 
/**
 * Before the door; always empty for those who are not staff of the visit.
 */
waiting: Array<WaitingPerson>, late_minutes: number, 
/**
 * Only relayed paths may be used, so that nobody learns another's address.
 */
relay_only: boolean, consent: ConsentState, 
/**
 * Snippets this seat may know of.
 */
snippets: Array<SnippetView>, 
/**
 * Ed25519 public key that signs this visit's snippets, base64url.
 */
snippet_key: string, };

export type Role = "patient" | "clinician" | "caregiver" | "interpreter" | "support";

export type VisitKind = "clinical" | "test_call";

export type Permission = "keep_the_door" | "running_late" | "end_for_everyone" | "show_record" | "answer_consent";

export type Person = { seat: SeatId, role: Role, name: string, presence: Presence, media: MediaState, };

export type Presence = "here" | "reconnecting";

export type MediaState = { camera: boolean, microphone: boolean, connection: Connection, };

export type Connection = "none" | "connecting" | "good" | "weak" | "lost";

export type PersonLeft = { seat: SeatId, why: Departure, };

export type Departure = "left" | "sent_back" | "removed" | "lost";

export type WaitingRoom = { people: Array<WaitingPerson>, };

export type WaitingPerson = { seat: SeatId, role: Role, name: string, state: DoorState, 
/**
 * When the person checked in, UTC milliseconds; absent before.
 */
since_ms?: number, screen: Screen, 
/**
 * A second device asks to take this seat over.
 */
takeover_asked: boolean, };

export type DoorState = "arriving" | "waiting" | "away";

export type Screen = "start" | "before_you_start" | "devices" | "quick_check" | "waiting" | "in_call";

export type Progress = { screen: Screen, };

export type TakeoverAnswer = { allow: boolean, };

export type SeatRef = { seat: SeatId, };

export type Admit = { seat: SeatId, 
/**
 * The clinician has seen name and date of birth and says that this is the person.
 */
identity_confirmed: boolean, };

export type RunningLate = { minutes: number, };

export type DescriptionType = "offer" | "answer" | "pranswer" | "rollback";

export type Description = { type: DescriptionType, sdp: string, };

export type DescriptionTo = { to: SeatId, description: Description, };

export type DescriptionFrom = { from: SeatId, description: Description, };

export type Candidate = { 
/**
 * Empty at the end of the candidates.
 */
candidate: string, sdpMid: string | null, sdpMLineIndex: number | null, usernameFragment: string | null, };

export type CandidateTo = { to: SeatId, candidate: Candidate, };

export type CandidateFrom = { from: SeatId, candidate: Candidate, };

export type IceServers = { servers: Array<IceServer>, 
/**
 * Seconds until the credentials end; ask for new ones well before.
 */
expires_in_s: number, };

export type IceServer = { urls: Array<string>, username: string, credential: string, };

export type ConsentAnswer = { agreed: boolean, };

export type ConsentAsked = { 
/**
 * Name of the clinician who asks.
 */
by: string, };

export type Consent = "not_asked" | "asked" | "agreed" | "refused";

export type ConsentState = { consent: Consent, };

export type SnippetOffer = { snippet: SnippetId, 
/**
 * Who may see it.
 */
seats: Array<SeatId>, };

export type SnippetRef = { snippet: SnippetId, };

export type SnippetRejected = { snippet: SnippetId, why: Rejection, };

export type Rejection = "bad_signature" | "bad_hash" | "other_visit" | "expired" | "too_large" | "unreadable" | "not_offered";

export type SnippetView = { snippet: SnippetId, state: SnippetState, 
/**
 * Who may see it.
 */
audience: Array<SeatId>, 
/**
 * Who has it on the page, and who has had it on a visible screen.
 */
shown_to: Array<SeatId>, seen_by: Array<SeatId>, };

export type SnippetState = "held" | "offered" | "shown" | "withdrawn" | "rejected";

export type TestCallInvite = { seat: SeatId, visit: VisitId, };

export type Ended = { by: Role, };

export type Refused = { word: RefusalWord, 
/**
 * For a person.
 */
sentence: string, };

export type RefusalWord = "not_allowed" | "no_such_seat" | "not_waiting" | "not_admitted" | "identity_not_confirmed" | "nothing_to_take_over" | "no_such_snippet" | "no_consent" | "not_in_audience" | "out_of_range" | "visit_ended" | "try_again";

export type Bye = { code: CloseWord, 
/**
 * Seconds to wait before coming back; absent when coming back is pointless.
 */
retry_after_s?: number, };

export type CloseWord = "going_away" | "bad_message" | "binary" | "too_big" | "no_hello" | "silent" | "flood" | "taken_over" | "removed" | "denied" | "visit_ended" | "signed_out" | "replaced" | "unsupported_version" | "overloaded" | "internal_error";

