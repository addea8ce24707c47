# Texts and mail. A text is one message of 160 letters of the telephone's alphabet (GSM-7), link included; the clinic's name is
# cut where there is no room. Nothing about health, and no names.

notice-when = { $weekday } { $month } { $day }, { $time } { $zone }

notice-booked-text = { $clinic }: video visit { $when }. Tap { $link } Help { $phone }
notice-booked-subject = Your video visit
notice-booked-mail =
    { $clinic } has booked a video visit for you: { $when }.

    On the day, open this link on your phone, tablet or computer:
    { $link }

    You can open it now to check your camera and microphone. Keep it to yourself: it opens your visit.

    Questions? Call { $phone }.

notice-link-text = { $clinic }: new link for { $when }. Tap { $link } Help { $phone }
notice-link-subject = Your new link for the video visit
notice-link-mail =
    This is your new link for the video visit on { $when } with { $clinic }. Older links do not work any more.

    { $link }

    Questions? Call { $phone }.

notice-moved-text = { $clinic }: your video visit has a new time, { $when }. Your link stays the same. Questions? Call { $phone }
notice-moved-subject = Your video visit has a new time
notice-moved-mail =
    Your video visit with { $clinic } has a new time: { $when }.

    The link that you have stays the same.

    Questions? Call { $phone }.

notice-cancelled-text = { $clinic }: your video visit on { $when } is cancelled. Questions? Call { $phone }
notice-cancelled-subject = Your video visit is cancelled
notice-cancelled-mail =
    Your video visit with { $clinic } on { $when } is cancelled.

    Questions? Call { $phone }.

notice-late-text = { $clinic }: your video visit starts about { $minutes } minutes late. You keep your place. Questions? Call { $phone }
notice-late-subject = Your video visit starts late
notice-late-mail =
    Your video visit with { $clinic } starts about { $minutes } minutes late. You keep your place.

    Questions? Call { $phone }.

notice-on-time-text = { $clinic }: your video visit starts on time after all, { $when }. Questions? Call { $phone }
notice-on-time-subject = Your video visit starts on time
notice-on-time-mail =
    Your video visit with { $clinic } starts on time after all: { $when }.

    Questions? Call { $phone }.

notice-steps-text = { $clinic }: 1 Open our link in Safari or Chrome. 2 Tap Start. 3 Allow camera and microphone. Stuck? Call { $phone }
notice-steps-subject = How to get ready for your video visit
notice-steps-mail =
    To get ready for your video visit with { $clinic }:

    1. Open the link that we sent you, in Safari or Chrome.
    2. Tap Start.
    3. Allow the camera and the microphone when your phone asks.

    Stuck? Call { $phone }.

notice-call-back-text = { $clinic }: we can help you with your video visit now. Open your visit page again, or call { $phone }
notice-call-back-subject = We can help you now
notice-call-back-mail =
    We can help you with your video visit now. Open your visit page again, or call { $clinic } at { $phone }.

notice-test-call-text = { $clinic }: a technician is ready for your test call now. Open your visit page again, or call { $phone }
notice-test-call-subject = Your test call is ready
notice-test-call-mail =
    A technician is ready for your test call now. Open your visit page again, or call { $clinic } at { $phone }.

notice-turn-text = { $clinic }: we are ready for you. Open your visit page again now, or call { $phone }
notice-turn-subject = It is your turn
notice-turn-mail =
    We are ready for you in your video visit. Open your visit page again now, or call { $clinic } at { $phone }.

notice-weekday-1 = Mon
notice-weekday-2 = Tue
notice-weekday-3 = Wed
notice-weekday-4 = Thu
notice-weekday-5 = Fri
notice-weekday-6 = Sat
notice-weekday-7 = Sun

notice-month-1 = Jan
notice-month-2 = Feb
notice-month-3 = Mar
notice-month-4 = Apr
notice-month-5 = May
notice-month-6 = Jun
notice-month-7 = Jul
notice-month-8 = Aug
notice-month-9 = Sep
notice-month-10 = Oct
notice-month-11 = Nov
notice-month-12 = Dec
