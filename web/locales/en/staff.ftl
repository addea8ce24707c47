# The clinician's and the administrator's pages, and what the technician's share with them.

## Pages and the frame
staff-page-today = Today
staff-page-book = Book a visit
staff-page-desk = Help desk
staff-page-session = Help desk
staff-page-settings = Clinic settings
staff-page-visit = Visit
staff-page-test-call = Test call
staff-page-sign-in = Sign in
staff-nav = Pages
staff-skip = Skip to the page
staff-menu-open = Open the menu
staff-menu-close = Close the menu
staff-language = Language
staff-news = What happened
staff-account = Your account
staff-role-clinician = Clinician
staff-role-support = Support technician
staff-role-admin = Administrator
staff-sign-out = Sign out
staff-sign-out-everywhere = Sign out on every computer
staff-loading = One moment…
staff-unreachable-title = Housecall does not answer
staff-unreachable = Check your internet, then try again. Visits that are under way go on.

## Sign-in
staff-login = User name
staff-login-missing = Enter your user name
staff-password = Password
staff-password-missing = Enter your password
staff-sign-in = Sign in
staff-sign-in-help = Forgot your password? Ask your administrator for a new one.
staff-sign-in-failed-title = You are not signed in
staff-signed-out-title = You were signed out
staff-signed-out = Sign in again to go on where you were.

## Lists
staff-new = { $n } new
staff-moved = { $n ->
    [one] { $n } in a new place
   *[other] { $n } in new places
}
staff-gone = { $n } no longer here
staff-outdated-title = This list may be out of date
staff-outdated = Housecall does not answer right now.
staff-live = Changes appear by themselves.
staff-not-live = Looking for a connection. Changes come in as soon as it is back.
staff-row-gone = Not in this list now

## Today
staff-visits = Visits
staff-visits-loading = Loading the visits…
staff-visits-failed-title = The visits could not be loaded
staff-visits-failed = Try again. If it goes on, tell your administrator.
staff-today-empty-title = No visits today
staff-day-empty-title = No visits on this day
staff-day-empty = Visits that are booked appear here by themselves.
staff-day = Day
staff-day-before = Day before
staff-day-after = Day after
staff-zone = Times in { $zone }
staff-waiting-count = { $n ->
    [one] { $n } patient is waiting
   *[other] { $n } patients are waiting
}
staff-all-clinicians = All clinicians
staff-clinician = Clinician
staff-born-year = born { $year }
staff-born-on = Born { $date }
staff-late-by = +{ $n } min
staff-start = Start
staff-return = Return
staff-let-in = Let in
staff-more = More
staff-more-for = More for { $name }

## Where the patient is
staff-arrival-not-arrived = Not arrived
staff-arrival-arriving = Arriving
staff-arrival-locked-out = Locked out
staff-arrival-testing = Testing
staff-arrival-ready = Ready
staff-arrival-waiting = Waiting
staff-arrival-waiting-minutes = Waiting { $n } min
staff-arrival-in-visit = In visit
staff-arrival-left = Left
staff-arrival-done = Done
staff-arrival-cancelled = Cancelled
staff-screen-start = On the first page
staff-screen-before-you-start = Reading what to expect
staff-screen-devices = Turning on the camera
staff-screen-quick-check = In the quick check
staff-screen-waiting = In the waiting room
staff-screen-in-call = In the visit

## Readiness
staff-mode-video = Video
staff-mode-low-video = Low video
staff-mode-sound-only = Sound only
staff-mode-phone = Phone
staff-mode-not-checked = Not checked
staff-mode-means-video = Video and sound work.
staff-mode-means-low-video = Video works and may be fuzzy.
staff-mode-means-sound-only = Sound works, video does not.
staff-mode-means-phone = A phone call works best.
staff-check-old = old check
staff-another-phone = another phone since then
staff-by-technician = settled by a technician
staff-ago-now = just now
staff-ago-minutes = { $n } min ago
staff-ago-hours = { $n } h ago
staff-ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
staff-checked = Checked { $ago }.
staff-cause-line = Noticed: { $cause }.
staff-cause-old-browser = browser too old
staff-cause-in-app-browser = opened inside another app
staff-cause-relay-refused = clinic's relay refuses its own key
staff-cause-relay-unreachable = clinic's relay not reached
staff-cause-path-blocked = internet blocks video
staff-cause-no-signaling = clinic not reached
staff-cause-permission-blocked = camera and microphone blocked
staff-cause-microphone-missing = no microphone
staff-cause-microphone-in-use = microphone in use
staff-cause-microphone-muted = muted microphone
staff-cause-microphone-silent = silent microphone
staff-cause-microphone-quiet = quiet microphone
staff-cause-microphone-loud = loud microphone
staff-cause-speaker-not-heard = sound not heard
staff-cause-speaker-not-checked = speaker not checked
staff-cause-camera-blocked = camera blocked
staff-cause-camera-missing = no camera
staff-cause-camera-in-use = camera in use
staff-cause-camera-black = black picture
staff-cause-camera-frozen = frozen picture
staff-cause-camera-slow = slow camera
staff-cause-camera-off = camera off by choice
staff-cause-camera-dark = dark room
staff-cause-busy-phone = phone too busy
staff-cause-lossy-internet = internet drops sound and picture
staff-cause-slow-internet = slow internet
staff-cause-delayed-internet = long delay
staff-cause-uneven-internet = uneven internet
staff-cause-rough-sound = sound breaks up
staff-cause-network-restricted = internet lets little through
staff-cause-record-channel = record may not show
staff-cause-network-not-measured = internet not measured
staff-cause-not-checked = check not finished
staff-cause-use-the-phone = use the phone
staff-cause-needs-another-device = needs another phone or computer
staff-cause-other = something in the way

## What can be done with a visit
staff-text-link = Text the link again
staff-link-title = New link for { $name }
staff-link-ask = The link sent before stops working. You get a new one to send.
staff-link-ask-here = This patient is here now. A new link ends their place: they come back with the new link.
staff-link-make = Make a new link
staff-link-label = Link for { $name }
staff-link-copied = Link copied
staff-link-once = Copy it now: it is shown once. You can make another at any time.
staff-copy = Copy
staff-copied = Copied
staff-running-late = Running late
staff-late-title = How late will you be?
staff-late-ask = { $name } reads this on the waiting page.
staff-late-tell = Tell the patient
staff-late-told = The patient is told: { $n } minutes late.
staff-on-time = On time
staff-on-time-told = The patient is told that you are on time.
staff-minutes = { $n } min
staff-vouch = Let in without date of birth
staff-vouch-title = Do you know this person?
staff-vouch-ask = { $name } could not give the date of birth. Ask for it by phone, then let them in. The visit's history keeps your name.
staff-vouch-call = Call them at { $phone }.
staff-vouch-yes = I know them, let them in
staff-vouched = { $name } can join now.
staff-send-to-support = Send to support
staff-help-title = Ask a technician to help?
staff-help-ask = The help desk sees that { $name } needs help before the visit. They see nothing about the reason.
staff-help-send = Ask for help
staff-help-sent = The help desk knows about { $name }.
staff-help-line = Help desk asked { $ago }.
staff-help-line-by = { $name } of the help desk is on it.
staff-move = Move the visit
staff-move-title = Move the visit
staff-move-note = The patient keeps the same link and sees the new time there.
staff-moved-told = { $name } is moved to { $when }.
staff-cancel-visit = Cancel the visit
staff-cancel-title = Cancel this visit?
staff-cancel-ask = The patient's link will say that the visit is cancelled. This cannot be undone.
staff-cancelled-told = The visit of { $name } is cancelled.
staff-keep-visit = Keep the visit

## A visit's details
staff-detail = Visit details
staff-when = When
staff-reason = Reason
staff-name = Name
staff-born = Date of birth
staff-phone = Phone
staff-none = None
staff-equipment = Equipment
staff-equipment-none = No check yet. The patient can do it from the link at any time.
staff-test-call-line = Test call: { $outcome }.
staff-history = History
staff-history-loading = Loading the history…
staff-history-failed = The history could not be loaded.
staff-history-empty = Nothing has happened yet.
staff-audit-visit-booked = Visit booked
staff-audit-visit-moved = Visit moved
staff-audit-visit-cancelled = Visit cancelled
staff-audit-visit-ended = Visit ended
staff-audit-visit-running-late = Running late announced
staff-audit-help-asked = Sent to support
staff-audit-help-claimed = A technician took it up
staff-audit-help-released = The technician gave it back
staff-audit-help-handed-over = Handed to another technician
staff-audit-help-taken-over = Another technician took over
staff-audit-help-texted = The steps were texted
staff-audit-help-check-asked = A step of the check was asked again
staff-audit-help-settled = The technician said how it ended
staff-audit-help-withdrawn = Help is not needed any more
staff-audit-equipment-started = Quick check begun
staff-audit-equipment-finished = Quick check done
staff-audit-link-redeemed = Link opened
staff-audit-seat-asked-for-help = Asked to be let in
staff-audit-seat-birth-mismatch = Date of birth did not match
staff-audit-seat-identified = Date of birth given
staff-audit-seat-link-reissued = New link made
staff-audit-seat-locked-out = Locked out
staff-audit-seat-vouched = Let in without date of birth
staff-audit-test-call-started = Test call started
staff-audit-test-call-concluded = Test call ended
staff-audit-seat-held = Page opened
staff-audit-seat-checked-in = In the waiting room
staff-audit-seat-admitted = Admitted
staff-audit-seat-denied = Not let in
staff-audit-seat-sent-back = Sent back to the waiting room
staff-audit-seat-added = Place and link made
staff-audit-seat-removed = Removed
staff-audit-seat-left = Left
staff-audit-seat-running-late = Running late announced
staff-audit-consent-asked = Asked to show the record
staff-audit-consent-agreed = Agreed to see the record
staff-audit-consent-refused = Said no to the record
staff-audit-consent-stopped = Stopped the record
staff-audit-snippet-may-keep = Record item given to keep
staff-audit-snippet-kept = Copy of a record item saved
staff-audit-seat-already-open = Opened on another phone
staff-audit-seat-lost = Connection lost
staff-audit-seat-revoked = Place ended
staff-audit-takeover-asked = Asked to change phones
staff-audit-takeover-done = Changed phones
staff-audit-takeover-refused = Kept the first phone
staff-audit-snippet-held = Record item waits for a yes
staff-audit-record-read = Record opened
staff-audit-snippet-prepared = Record item prepared
staff-audit-snippet-offered = Record item offered
staff-audit-snippet-shown = Record item shown
staff-audit-snippet-seen = Record item seen
staff-audit-snippet-withdrawn = Record item withdrawn
staff-audit-snippet-rejected = Record item refused by the page

## Booking
staff-patient = Patient
staff-patient-search = Search by name
staff-patient-new = New patient
staff-patient-add = Add patient
staff-patient-none = No patient called “{ $words }”. Check the spelling, or add a new patient.
staff-patient-missing = Choose a patient
staff-patients-found = { $n ->
    [one] { $n } patient found
   *[other] { $n } patients found
}
staff-change = Change
staff-name-missing = Enter first and last name
staff-born-missing = Enter the whole date of birth
staff-date = Date
staff-date-missing = Choose a date
staff-time = Time
staff-time-missing = Choose a time
staff-length = Length
staff-which-time = This time comes twice that night. Which one?
staff-first-time = First: { $time }
staff-second-time = Second: { $time }
staff-book = Book the visit
staff-booked-title = The visit is booked
staff-booked-with = with { $name }
staff-book-another = Book another
staff-see-day = See the day
staff-companions = Caregiver or interpreter
staff-companion-add = Add caregiver or interpreter
staff-companion-add-title = Who else comes to the visit of { $name }?
staff-companion-add-yes = Add and make a link
staff-companion-role = Joins as
staff-companion-drop = Take out
staff-companion-name-missing = Enter a name of at most 120 letters
staff-companion-removed = { $name }: the place is taken away.
staff-named-caregiver = { $name }, caregiver
staff-named-interpreter = { $name }, interpreter
staff-seat-patient = Patient
staff-seat-caregiver = Caregiver
staff-seat-interpreter = Interpreter
staff-seat-clinician = Clinician
staff-seat-support = Technician

## Settings
staff-facility-name = Name of the clinic
staff-facility-phone = Phone number for patients
staff-facility-phone-hint = Shown on every patient page.
staff-facility-emergency = Emergency number
staff-facility-emergency-hint = Shown before a visit starts.
staff-field-missing = Fill this in
staff-join-window = Patients can join this many minutes early
staff-join-window-hint = They can check camera and microphone in this time.
staff-join-window-error = Enter a number from 1 to 1440
staff-relay-only = Hide network addresses
staff-relay-only-hint = Sound and picture always pass through the clinic's relay, so that neither side learns the other's address. Calls may start a little slower.
staff-save = Save
staff-saved = Settings saved

## The visit
staff-visit-loading = Opening the visit…
staff-visit-joining = Joining the visit…
staff-visit-failed-title = This visit could not be opened
staff-back-today = Back to Today
staff-back-to = Back to { $where }
staff-call = Call
staff-bar = Camera, microphone and end
staff-door = Waiting room
staff-door-here = { $n ->
    [one] Your patient is waiting
   *[other] { $n } people are waiting
}
staff-door-coming = On the way
staff-door-nobody = Nobody is here yet
staff-door-empty = You can leave this page open. You hear and see it when somebody arrives.
staff-door-away = Connection lost, keeps the place
staff-door-waiting = Waiting since { $time }, { $ago }
staff-admit = Admit
staff-admit-title = Is this your patient?
staff-admit-ask = You say that you know who this is. The visit's history keeps it with your name.
staff-admit-ask-test = Ask for the full name when you see them.
staff-admit-title-companion = Is this who you expect?
staff-admit-should-be = Should be
staff-admit-ask-companion = Look and listen who it is when they come in. Remove them if it is somebody else. The visit's history keeps your answer with your name.
staff-admit-yes = Yes, admit
staff-deny = Do not let in
staff-deny-title = Do not let { $name } in?
staff-deny-ask = They read that the clinic did not let them in, with the clinic's phone number.
staff-remove = Remove
staff-remove-title = Remove { $name }?
staff-remove-ask = The link stops working at once and they cannot come back with it. You can make a new link on Today.
staff-remove-ask-companion = The link stops working at once and they cannot come back with it. The others stay in the visit.
staff-send-back = Send to the waiting room
staff-people = In the visit
staff-said-inside = In the visit: { $names }
staff-said-left = Nobody else is in the visit
staff-said-waiting = Waiting: { $names }
staff-takeover-title = { $name } wants to change phones
staff-takeover = Somebody with the same link asks to join from another phone or computer. The first one leaves the visit.
staff-takeover-allow = Let them change
staff-takeover-not-now = Not now
staff-elsewhere-title = You're in this visit in another window
staff-elsewhere = Move it here and the other window lets go.
staff-move-here = Move it here
staff-over-title = The visit has ended
staff-over = Everyone has left.
staff-closed-title = You are no longer in this visit
staff-closed-signed-out = You were signed out. Sign in again to go back.
staff-closed-gone = This visit is not yours, or it is over.
staff-closed-removed = Your place in this visit was ended.
staff-closed-unsupported-version = This page is older than Housecall. Reload it.
staff-closed-other = Reload this page to go back.
staff-refused-not-allowed = You may not do that in this visit.
staff-refused-no-such-seat = This person is no longer here.
staff-refused-not-waiting = This person is not in the waiting room now.
staff-refused-not-admitted = This person is not in the visit now.
staff-refused-identity-not-confirmed = Say first that you know who this is.
staff-refused-nothing-to-take-over = Nobody asks to change phones any more.
staff-refused-without-patient = The patient has to see it too.
staff-refused-no-such-snippet = This item is no longer ready. Open it again.
staff-refused-no-consent = The patient did not agree to see the record.
staff-refused-not-in-audience = This person may not see the item.
staff-refused-visit-ended = The visit has ended.
staff-refused-try-again = That did not reach the clinic. Try again.

## Picture and sound
staff-microphone = Microphone
staff-camera = Camera
staff-mute = Turn the microphone off
staff-unmute = Turn the microphone on
staff-camera-stop = Turn the camera off
staff-camera-start = Turn the camera on
staff-camera-off = Camera off
staff-devices = Choose microphone and camera
staff-devices-short = Choose
staff-end-call = End
staff-leave = Leave
staff-self = Your picture
staff-self-move = Move your picture
staff-picture-of = Picture of { $name }
staff-hear = Click to hear { $name }
staff-end-title = How do you want to end?
staff-end-ask = Leave for yourself and { $name } can wait for you. End for everyone and the visit is over.
staff-end-me = Leave for myself
staff-end-all = End for everyone
staff-reconnecting-title = Reconnecting…
staff-reconnecting = Stay on this page. The call goes on.
staff-mic-stopped-title = Your microphone stopped
staff-mic-stopped = Plug it in again, or check that it is not muted.
staff-mic-switch = Switch to { $name }
staff-media-blocked-title = Your camera is blocked
staff-media-blocked = Click the camera in the address bar, allow camera and microphone, then try again.
staff-media-missing-title = No camera or microphone found
staff-media-missing = Plug one in, then try again.
staff-media-busy-title = Another program has your camera
staff-media-busy = Close it, then try again.
staff-conn-good = Good connection
staff-conn-connecting = Connecting…
staff-conn-weak = Weak internet
staff-conn-reconnecting = Reconnecting…
staff-conn-muted = Microphone off
staff-conn-picture-stopped = Picture stopped
staff-advice-picture-stopped = Tell them: press Camera off and on again at the bottom.
staff-paused-title = Your internet is weak
staff-paused = Your picture is paused so you can keep talking.
staff-conn-no-camera = Camera off
staff-advice-weak = Tell them: go closer to the Wi-Fi, or turn the camera off.
staff-advice-reconnecting = They keep their place.
staff-advice-muted = Tell { $name }: press Microphone at the bottom.
staff-advice-no-camera = { $name } can hear you. The picture is off.
staff-advice-call = Or call { $phone }.

## The record
staff-record = Record
staff-record-loading = Loading the record…
staff-record-failed-title = The record could not be loaded
staff-record-away-title = The record system does not answer
staff-record-away = The visit goes on without it. Try again in a minute.
staff-record-empty-title = Nothing to show yet
staff-record-empty = Results, medications, allergies and the rest of this patient’s record appear here.
staff-record-search = Search the record
staff-record-no-match = Nothing in this record with “{ $words }”.
staff-record-found-by = Has { $words }
staff-record-shown-before = Shown on { $date }
staff-record-keys = Keys: / to search, ↑ ↓ to move, Enter to preview, Enter again to show, Esc to go back.
staff-group-on-screen = On the patient’s screen
staff-group-abnormal = Out of range
staff-group-results = Lab results
staff-group-vitals = Vital signs
staff-group-medicines = Medications and allergies
staff-group-health = Conditions, vaccines, plans
staff-group-papers = Reports and papers
staff-group-more = { $n ->
    [one] Show { $n } more
   *[other] Show { $n } more
}
staff-record-skipped = { $n ->
    [one] { $n } entry cannot be shown.
   *[other] { $n } entries cannot be shown.
}
staff-record-back = Back to the record
staff-record-preparing = Preparing…
staff-record-prepare-failed-title = This item could not be prepared
staff-instructions = Instructions
staff-instructions-write = Write instructions
staff-instructions-language = Written in. { $name } reads { $language }; nothing is translated.
staff-instructions-title = Title
staff-instructions-text = What to read
staff-instructions-hint = { $n ->
    [one] One character left.
   *[other] { $n } characters left.
 } An empty line ends a paragraph. Lines that begin with “-” or “1.” become a list.
staff-instructions-preview = Preview
staff-language-en = English
staff-language-es = Spanish
staff-flag-high = High
staff-flag-low = Low
staff-flag-normal = In range
staff-preview = What the patient will see, at the width of a phone
staff-preview-none = The patient’s page cannot draw this item.
staff-show = Show to the patient
staff-show-again = Prepare again
staff-withdraw = Withdraw
staff-audience = Who can see it: { $names }
staff-audience-nobody = Nobody can see it until the patient is in the visit.
staff-audience-also = Show it also to
staff-include = Show to { $name } too
staff-person = { $name } ({ $role })
staff-keep = Give it to keep
staff-keep-given = The patient may save a copy.
staff-consent-refused-title = { $name } said no to the record
staff-consent-stopped-title = { $name } stopped the record
staff-consent-again = Nothing can be shown until they allow it: More, then “Let { $me } show my record”.
staff-stand-prepared = Not shown
staff-stand-asking = Asking
staff-stand-asking-line = { $name } is asked to agree.
staff-stand-refused = Said no
staff-stand-refused-line = { $name } does not want to see it.
staff-stand-sending = Sending
staff-stand-sending-line = On the way to the screen of { $name }.
staff-stand-shown = On screen
staff-stand-shown-line = { $name } has it on the page.
staff-stand-seen = Seen
staff-stand-seen-line = { $name } has it in view.
staff-stand-withdrawn = Withdrawn
staff-stand-withdrawn-line = It is gone from every screen.
staff-stand-rejected = Not shown
staff-stand-rejected-line = The page of { $name } would not show it. Prepare it again.

## Refusals of the gateway
staff-problem-snippet-too-large = This is too large for the patient’s phone. A shorter one can be shown.
staff-problem-no-title = Give the instructions a title.
staff-problem-title-too-long = Keep the title to 80 characters.
staff-problem-no-text = Type what the patient should read.
staff-problem-text-too-long = Keep the instructions to 4,000 characters.
staff-problem-other = That did not work. Try again, or call your administrator.
staff-problem-claimed = A colleague has this request. Open it to see who.
staff-problem-not-yours = You don't have this request. Claim it first.
staff-problem-nobody-asks = Nobody asks for help with this visit any more.
staff-problem-nobody-waits = Nobody waits for help now.
staff-problem-not-at-desk = This colleague is not at the desk now. Choose another.
staff-problem-unknown-colleague = Choose a colleague of the help desk.
staff-problem-page-closed = The patient's page is not open now. Text the steps, or call them.
staff-problem-in-visit = The patient is in the visit. Checks are over.
staff-problem-nowhere-to-text = The clinic has no phone number and no mail of this patient. Ask the clinic to add one.
staff-problem-offline = Housecall does not answer. Check your internet, then try again.
staff-problem-sign-in-failed = User name and password do not match. Check both and try again.
staff-problem-too-many-tries = Too many tries. Wait a few minutes, then try again.
staff-problem-too-many-tries-wait = { $minutes ->
    [one] Too many tries. Try again in { $minutes } minute.
   *[other] Too many tries. Try again in { $minutes } minutes.
}
staff-problem-signed-out = You were signed out. Sign in again.
staff-problem-not-found = This is no longer here. Go back to Today.
staff-problem-impossible-time = The clock skips this time that night. Choose a time an hour later.
staff-problem-ambiguous-time = The clock shows this time twice that night. Choose which one.
staff-problem-in-the-past = This time is over. Choose a later one.
staff-problem-slot-taken = The clinician has another visit then. Choose another time.
staff-problem-unknown-reason = This reason is no longer offered. Choose another.
staff-problem-unknown-patient = This patient is no longer on the list. Search again.
staff-problem-key-reused = This was sent before with other details. Check the day, then book again.
staff-problem-already-over = This visit is over or cancelled.
staff-problem-already-started = This visit has started. End it first.
staff-problem-call-taken = Another technician is in a test call with this patient.
staff-problem-note-too-long = Write the note shorter.
staff-problem-unknown-clinician = This clinician is no longer on the list. Choose another.
staff-problem-wrong-role = Choose caregiver or interpreter.
staff-problem-bad-name = Write the name on one line, at most 120 letters.
staff-problem-too-many-seats = Four caregivers and interpreters at most come to a visit.
staff-problem-too-far = This time is too far ahead. Choose an earlier one.
staff-problem-bad-born = Write the whole date of birth.
staff-problem-born-in-future = The date of birth is after today. Check the year.
staff-problem-born-long-ago = The date of birth is before 1880. Check the year.
staff-problem-no-record = There is no record for this patient.
staff-problem-source-unavailable = The record system does not answer. Try again in a minute.

## What was shown of the record
staff-shown = Shown from the record
staff-shown-failed = What was shown could not be loaded.
staff-shown-since = since { $from }
staff-shown-short = { $from }, less than a minute
staff-shown-span = { $from } to { $until }
staff-shown-seen = seen
staff-shown-not-seen = on the page, not seen
staff-shown-not-there = never on the page
staff-shown-kept = copy saved
staff-kind-lab-trend = Lab result over time
staff-kind-lab-result = Lab result
staff-kind-vital-signs = Vital signs
staff-kind-medications = Medications
staff-kind-allergies = Allergies
staff-kind-conditions = Conditions
staff-kind-immunizations = Vaccines
staff-kind-care-plan = Care plan
staff-kind-report = Report
staff-kind-instructions = Instructions
staff-kind-image = Picture or scanned page
staff-kind-other = Item of the record
