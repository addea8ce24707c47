# What a patient reads. Reading grade 6, no names and nothing about health before the identity step.

continue = Continue
continue-anyway = Continue anyway
back = Back
start = Start
not-now = Not now
call-me = Call me instead
problem-offline = We can't reach the clinic. Check your internet and try again.
problem-ours = We're sorry. Something went wrong on our side. Try again, or call { $phone }.
problem-busy = Too many tries. Wait a minute and try again.
loading = One moment…
who-fallback = your clinician
who-fallback-companion = The clinician
role-patient = Patient
role-clinician = Clinician
role-caregiver = Caregiver
role-interpreter = Interpreter
role-support = Technician
join-as-caregiver = You join as caregiver
join-as-interpreter = You join as interpreter
copied = The link is copied

# Landing
early-title-today = Your visit is at { $time } today
early-title-day = Your visit is at { $time } on { $day }
early-title-tomorrow = Your visit is at { $time } tomorrow
early-join-from = You can join from { $time }. Keep this page open.
early-join-from-day = You can join from { $time } on { $day }. Come back to this link then.
early-countdown = Opens in { $left }
early-check = Check your camera now
left-days = { $days ->
    [one] 1 day
   *[other] { $days } days
  }
left-hours = { $hours } h { $minutes } min
left-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
  }
left-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
  }
open-when-today = Today at { $time }
open-when-day = { $day } at { $time }
open-now = You can join now.
open-moved = Your visit has a new time.
over-title = This visit is over
over-body = It was at { $time } on { $day }. To book another one, call the clinic.
cancelled-title = This visit was cancelled
cancelled-body = To book a new time, call the clinic.
link-unknown-title = This link doesn't work
link-unknown-body = Open the newest text from the clinic, or call the clinic.
link-unknown-body-phone = Open the newest text from the clinic, or call { $phone }.
link-superseded-title = There is a newer link
link-superseded-body = The clinic sent you a new text. Open the newest one, or call the clinic.
look-failed-title = We can't open your visit yet

# Environment
env-app-title-ios = Open this in Safari
env-app-title = Open this in Chrome
env-app-body = You opened the link inside another app. The camera does not work there.
env-app-steps-ios = Copy the link. Open Safari. Paste the link at the top.
env-app-steps = Copy the link. Open Chrome. Paste the link at the top.
env-copy = Copy link
env-copy-by-hand = We couldn't copy it. Press and hold the link below, then tap Copy.
env-old-title = This phone can't make video visits
env-old-body = Its software is too old. Use a newer phone or a computer, or have your visit by phone call.
env-text = Text the link to another phone
not-kept-title = Your phone doesn't keep your place
not-kept-body = This page has to save one cookie, so that your place in the visit stays yours.
not-kept-steps = Allow cookies in your phone's settings, or open the link outside of private mode. Then try again.

# Who are you
who-title = What is your date of birth?
who-why = So that we know it's you.
who-month = Month
who-day = Day
who-year = Year
who-month-hint = MM
who-day-hint = DD
who-year-hint = YYYY
who-incomplete = Date of birth must include a year
who-not-a-date = Check the month and the day
who-mismatch = That doesn't match our records
who-tries = { $tries ->
    [one] Check the date and try again. 1 try left.
   *[other] Check the date and try again. { $tries } tries left.
  }
who-ask = Ask the clinic to let me in
who-locked-title = Let's ask the clinic
who-locked = The date didn't match our records. The clinic can let you in.
who-asked-title = We've asked the clinic to let you in
who-asked = Keep this page open. It goes on by itself.

# Before you start
before-title = Your visit with { $who }
before-who = { $who } will see and hear you.
before-who-companion = The people in the visit will see and hear you when the clinic lets you in.
before-recorded = The visit is not recorded.
before-quiet = Go to a quiet, bright place. Stay on Wi-Fi if you can.
before-emergency = In an emergency, hang up and call { $number }.

# Camera and microphone
devices-title = Camera and microphone
devices-body = Your phone will ask you next. Tap Allow, so that { $who } can see and hear you.
devices-body-plain = Your phone will ask you next. Tap Allow.
devices-on = Turn on camera and microphone
devices-without = Join without camera
devices-asking = Look for a question on your screen and tap Allow
devices-no-answer-title = We're waiting for your answer
devices-no-answer = Look for a question at the top or bottom of your screen. Tap Allow.
devices-blocked-title = Your camera is blocked
devices-blocked-microphone-title = Your microphone is blocked
devices-blocked-both = The microphone is blocked too, so the clinic can't hear you.
devices-blocked-steps-ios = Tap the page menu beside the address at the top or bottom. Tap Website Settings. Set Camera and Microphone to Allow.
devices-blocked-steps-ios-app = Load this page again and tap Allow. No question? Open Settings, find { $app } and turn on Camera and Microphone.
devices-blocked-steps-android = Tap the sign left of the address at the top. Tap Permissions. Turn on Camera and Microphone.
devices-blocked-steps-android-lock = Tap the lock left of the address. Tap Permissions if you see it. Turn on Camera and Microphone.
devices-blocked-steps-desktop = Click the sign left of the address at the top. Set Camera and Microphone to Allow.
devices-blocked-steps-firefox = Click the crossed-out camera left of the address. Take away each Blocked. Then try again.
devices-blocked-steps-safari = At the top of the screen click Safari, then Settings for This Website. Set Camera and Microphone to Allow.
devices-phone-title = Your phone is blocking the camera
devices-phone-microphone-title = Your phone is blocking the microphone
devices-computer-title = Your computer is blocking the camera
devices-computer-microphone-title = Your computer is blocking the microphone
devices-phone-steps-ios = Open Settings. Tap Apps, then { $app }. Allow Camera and Microphone. Then come back here.
devices-phone-steps-ios-before-18 = Open Settings. Scroll down and tap { $app }. Allow Camera and Microphone. Then come back here.
devices-phone-steps-android = Open Settings. Tap Apps, then { $app }, then Permissions. Allow Camera and Microphone. Then come back here.
devices-phone-steps-mac = Open System Settings. Click Privacy & Security. Turn on { $app } under Camera and under Microphone. Then come back here.
devices-phone-steps-windows = Open Settings. Click Privacy. Turn on camera access and microphone access for { $app }. Then come back here.
devices-phone-steps-other = Open your computer's privacy settings. Allow { $app } to use the camera and the microphone. Then come back here.
devices-in-use-title = Another app is using your camera
devices-in-use-microphone-title = Another app is using your microphone
devices-in-use = Close other apps that make calls or use the camera. Then try again.
devices-missing-title = We can't find a camera
devices-missing-microphone-title = We can't find a microphone
devices-missing = Plug it in, or use another phone or computer. Then try again.
devices-dismissed-title = We didn't get an answer
devices-dismissed = Tap the button again. When your phone asks, tap Allow.
devices-unsupported-title = The camera does not work here
trial-title = See how you look
trial-good = Your camera and microphone are on.
trial-open = You can join your visit now.
trial-meter = Say something. The bar moves when we hear you.

# Quick check
check-title-running = Checking your phone…
check-camera = Camera
check-microphone = Microphone
check-sound = Sound
check-internet = Internet
check-state-pass = Good
check-state-warn = Weak
check-state-fail = Problem
check-state-not_checked = Not checked
check-state-running = Checking…
check-say = Say a few words
check-heard = We can hear you
check-loud = You sound very loud. Hold the phone further away.
check-quiet = We can only just hear you. Speak up or come closer.
check-silent = We can't hear you. Check that nothing covers the microphone.
check-microphone-missing = No microphone. You can still see and hear the clinic.
check-camera-good = The picture is good
check-camera-dark = It's dark. Turn on a light.
check-camera-slow = The picture is slow
check-camera-black = We see no picture. Check that nothing covers the camera.
check-camera-missing = The camera is off
check-camera-none = We can't find a camera
check-camera-in-use = Another app is using your camera
check-camera-frozen = The picture stands still
check-camera-very-slow = The picture is too slow to use
check-interrupted = Keep this page open while we check. Then check again.
check-camera-blocked = Your camera is blocked
check-muted = Your microphone is muted. Turn it on.
meter-nothing = We don't hear you yet
meter-little = We hear you a little. Speak up.
meter-well = We hear you well
check-aloud = Read this to me
check-silence = Stop reading
check-count-instead = Count tones instead
check-count-question = How many tones did you hear?
check-question = Did you hear the sound?
check-play-again = Play it again
check-yes = Yes
check-no = No
check-skip = Skip
check-sound-good = You can hear us
check-sound-bad = Turn up the volume. Turn off silent mode and Bluetooth.
check-sound-skipped = Not checked
check-internet-good = Your internet is good
check-internet-slow = Your internet is slow
check-internet-clinic = The clinic's video service has a problem. Call the clinic.
check-internet-lossy = Your internet loses sound and picture on the way.
check-internet-narrow = Your internet is too slow for video.
check-internet-delayed = Your internet is slow to answer. You may talk over each other.
check-internet-uneven = Your internet is uneven. The sound may break up.
check-internet-record = Your internet is good, but parts of your record may not show
check-internet-unmeasured = It works. We couldn't check how good it is.
check-internet-limited = Your internet is limited. Other Wi-Fi may work better.
check-internet-none = Your internet blocks video visits. Try other Wi-Fi or mobile data.
verdict-video-title = You're ready
verdict-video = Everything works.
verdict-low_video-title = You're ready. Video may be fuzzy
verdict-low_video = The sound will be fine.
verdict-sound_only-title = Sound only works best today
verdict-sound_only = You can talk without video. { $who } will still hear you.
verdict-phone-title = Let's use a phone call
verdict-phone = Video may not work today. Call { $phone }, or continue and we'll try.
verdict-not_checked-title = We couldn't check everything
verdict-not_checked = You can still continue.
check-again = Check again
# What to do about it, by the gateway's word
next-open-in-browser = Open the link in Safari or Chrome, outside of this app.
next-use-another-phone = Open the same link on a newer phone or a computer.
next-call-clinic = Call the clinic. They can mend this.
next-try-other-internet = Try other Wi-Fi, or turn Wi-Fi off and use mobile data.
next-move-closer = Move closer to your Wi-Fi, or use mobile data.
next-allow-microphone = Allow the microphone in your phone's settings.
next-connect-microphone = Plug in a headset, or open the same link on another phone.
next-uncover-microphone = Check that nothing covers the microphone. Then speak again.
next-unmute-microphone = Your microphone is muted. Turn it on and speak again.
next-speak-up = Speak up, or come closer to the phone.
next-step-back = Hold the phone a little further away.
next-turn-up-volume = Turn up the volume, and turn off silent mode and Bluetooth.
next-allow-camera = Allow the camera in your phone's settings.
next-connect-camera = Plug in a camera, or open the same link on another phone.
next-turn-on-camera = Turn on your camera when you want to be seen.
next-uncover-camera = Check that nothing covers the camera.
next-restart-camera = Turn the camera off and on again.
next-turn-on-light = Turn on a light, or face a window.
next-close-other-apps = Close other apps on your phone.
next-check-again = Check again. It takes a few seconds.
get-help = Get help
help-failed = We're sorry. We could not ask for help. Try again, or call { $phone }.
help-asked-title = A technician will help you
help-next = You're next.
help-ahead = { $n ->
    [one] One person is before you.
   *[other] { $n } people are before you.
}
help-about = { $n ->
    [one] About a minute.
   *[other] About { $n } minutes.
}
help-nobody-title = Nobody is at the help desk now
help-nobody = We keep your request. To talk to a person now, call { $phone }.
help-by = { $name } is helping you now
help-by-somebody = A technician is helping you now
help-sees = They see how your check went.
help-keep = Keep this page open.
help-keep-or-lock = Keep this page. You may lock your phone: we'll text you.
help-done-ready-title = The technician says you're ready
help-done-use-the-phone-title = Your visit will be a phone call
help-done-needs-another-device-title = Try another phone or computer
help-never-mind = Never mind

# Waiting
waiting-title = You're checked in
waiting-here = { $who } knows you're here.
waiting-not-here = { $who } will see that you're here.
waiting-late = { $who } is running about { $minutes } minutes late. You keep your place.
waiting-here-companion = The clinic knows you're here.
waiting-not-here-companion = The clinic will see that you're here.
waiting-late-companion = The visit is running about { $minutes } minutes late. You keep your place.
waiting-offline = Looking for internet… You keep your place.
waiting-sound = Test the sound
waiting-flip = Flip
waiting-camera-on = Turn on camera
waiting-camera-off = Turn off camera
waiting-keep-open = Keep this page open. It opens your visit by itself.
waiting-text-me = Text me when it's my turn
waiting-text-me-on = We'll text you when it's your turn. You can close this page. Your place is kept.
waiting-text-me-off = Don't text me
called-title = { $who } is ready for you
called-body = They'll see and hear you when you join.
called-join = Join now

# In call
call-connecting = Connecting to { $who }…
call-no-path = We can't reach { $who } over the internet yet. We keep trying.
call-alone = { $who } will be right back
call-good = Connected
call-tile-connecting = Connecting…
call-weak = { $who }'s internet is weak
call-weak-own = Your internet is weak. Move closer to the Wi-Fi.
call-fair = Connected. Sound or picture may skip.
call-not-heard = { $who } can't hear you. Check your microphone.
call-no-sound = No sound from { $who }
call-picture-slow = The picture is slow
call-reconnecting = Reconnecting… Stay on this page.
call-reconnecting-own = Reconnecting… Your internet is gone. Stay on this page.
call-reconnecting-theirs = Reconnecting… { $who } lost the internet. Stay on this page.
call-other-reconnecting = { $who } is reconnecting…
call-their-interrupted = { $who }'s microphone is taken. One moment.
call-their-tap = { $who } can't hear you yet. One moment.
call-their-silent = { $who }'s microphone gives no sound
call-their-sound-only = { $who }'s internet is weak. Sound only for now.
call-their-sound-only-by-hand = { $who } chose sound only
call-their-picture-paused = { $who }'s picture is paused so that you can talk
call-their-camera-off = { $who }'s camera is off
call-their-picture-stopped = { $who }'s picture has stopped. You can still talk.
call-their-picture-dark = { $who }'s picture is dark. You can still talk.
call-mute = Mute
call-unmute = Unmute
call-camera-off = Stop video
call-camera-on = Start video
call-flip = Flip
call-more = More
call-end = End
call-you = Your picture
call-move-you = Move your picture
call-picture-of = { $who }
call-muted-talking = You're muted. Tap Unmute to talk.
call-video-paused = Your internet is weak. Video paused so you can keep talking.
call-sound-only = Your internet is weak. Sound only for now. The pictures come back by themselves.
call-sound-only-by-hand = Sound only. The pictures are off.
call-sound-only-choose = Sound only
call-pictures-again = Turn pictures on
call-sound-breaks = The sound keeps breaking up. A phone call may be better.
call-paused-title = Your visit is paused
call-paused = Another call or app took your microphone. { $who } knows.
call-paused-stuck = The microphone is still taken. End the other call, then tap Resume.
call-join-again = Join again
call-resume = Resume
call-camera-dead = { $who } can't see you
call-camera-dark = Your picture is dark. Uncover the camera, or turn on a light.
call-restart-camera = Restart camera
call-microphone-silent = { $who } can't hear you. Your microphone gives no sound.
call-restart-microphone = Restart microphone
phone-title = { $who } will call you
phone-body = Answer your phone. Keep this page open, so that { $who } can still show you your record.
phone-back = Back to video
call-hear = Tap to hear { $who }
call-end-title = Leave the visit?
call-end-body = You can come back for 15 minutes.
call-end-yes = Leave
call-end-no = Stay
call-more-title = More
call-here = In this visit
call-you-name = You
call-record-show = Show the record
call-record-hide = Hide the record
call-no-microphone = Your microphone is off. { $who } can't hear you.
call-turn-on-microphone = Turn on microphone

# Record
record = Record
consent-title = { $who } would like to show you part of your record
consent-body = { $who } sees it with you. You can stop at any time. Nothing stays on your phone.
consent-others = { $who } may pick { $names } to see a part too. Your screen always says who can see it.
consent-yes = Yes, show me
consent-no = No, thank you
record-who = Only you and { $who } can see this.
record-who-more = Who can see this: { $names }.
record-you = you
record-person = { $name } ({ $role })
record-stop = Stop showing my record
record-stopped = Your record is off the screen. { $who } can show it only if you say so.
record-allow = Let { $who } show my record
keep-copy = Save a copy
keep-title = Yours to keep
keep-body = { $who } gave you these. Save them now: they are gone when you close this page.
keep-shown = { $who } showed you this on { $date }.
keep-save = Save to this phone
keep-print = Print
keep-saved = Saved. Look in your phone's downloads.
record-table = Show as a table
record-chart = Show as a chart
record-newest = Newest result
record-high = Above the normal range
record-low = Below the normal range
record-normal = In the normal range
record-normal-range = Normal range
record-range-between = { $low } to { $high } { $unit }
record-range-below = Below { $high } { $unit }
record-range-above = Above { $low } { $unit }
record-date = Date
record-result = Result
record-meaning = Meaning
record-taken = Measured on { $date }
record-taken-at = Measured on { $date } at { $place }
record-chart-says = { $title }. { $count } results from { $from } to { $to }. The newest is { $value } { $unit }. { $meaning }
record-since = Since { $date }
record-reactions = Reaction: { $reactions }
record-severity-mild = Mild
record-severity-moderate = Moderate
record-severity-severe = Severe
record-medicine-on_hold = On hold: do not take it for now
record-medicine-stopped = Stopped
record-medicine-completed = Finished
record-none = No allergies are recorded.
record-unit = { $unit } means { $words }
record-earlier = Earlier results
record-now = Now
record-past = In the past
record-from-to = { $from } to { $to }
record-due = Still to get
record-overdue = Overdue
record-due-by = Due from { $date }
record-given = Given
record-earlier-doses = { $count ->
    [one] 1 earlier
   *[other] { $count } earlier
}
record-step-to_do = To do
record-step-doing = Doing now
record-step-on_hold = On hold for now
record-step-done = Done
record-goals = Your goals
record-goal-reached = Reached
record-goal-by = By { $date }
record-in-short = In short
record-report-of = Report of { $date }, as the clinic wrote it
record-page = Page { $page } of { $count }
record-page-next = Next page
record-page-before = Page before
record-larger = Larger
record-smaller = Smaller
record-image-of = From { $date }
record-gone = { $who } took the record off your screen.
record-failed = We didn't show a part of the record, because it could not be checked.
record-you-point = You point here
record-points = { $who } points here
record-points-at = { $who } points at: { $what }
record-point-hint = Tap a line to point it out to { $who }.
record-point-hint-image = Tap the picture to point something out to { $who }.
record-place = A place in the picture
record-place-on-page = A place on page { $page }

# Second phone
open-title = Your visit is open on another phone
open-body = Do you want to use this phone? The other one will ask first.
open-use = Use this phone
open-asked = We've asked the other phone. Say yes there.
open-refused = The other phone said no. You can ask again, or call { $phone }.
takeover-title = Use another phone?
takeover-body = Someone opened your visit link on another phone. Is that you?
takeover-yes = Yes, move my visit there
takeover-no = No, stay on this phone
moved-title = Your visit moved to another phone
moved-body = You can close this page.
moved-back = Use this phone again

# Endings
ended-title = Your visit has ended
ended-body = { $who } will follow up if there is a next step. You can close this page.
ended-body-companion = Thank you for being there. You can close this page.
left-title = You left the visit
left-body = You can come back for 15 minutes.
rejoin = Rejoin
rate-title = How was the sound and picture?
rate-1 = Very bad
rate-2 = Bad
rate-3 = OK
rate-4 = Good
rate-5 = Very good
rate-thanks = Thank you.
dropped-title = You were disconnected
dropped-body = Your place is kept. Come back when you have internet.
denied-title = You're not in the visit
denied-body = The clinic didn't let you in just now. Call to find out why.
removed-title = Your place in the visit was closed
removed-body = Call the clinic if you think this is wrong.
elsewhere-title = Your visit is open in another tab
elsewhere-body = You can go back to that tab, or go on here.
elsewhere-use = Use this page
update-title = This page needs an update
update-body = Load the page again to go on.
update-now = Load again

# Test call
test-title = A technician can help you now
test-body = They'll see and hear you, and help you get ready. It takes a few minutes.
test-join = Start the test call
test-waiting-title = Connecting you to the technician
test-waiting = They know you're here.
test-done-title = The test call is over
test-done = Now back to your visit.
