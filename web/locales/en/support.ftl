# The technician's pages.

support-sub = Coming visits, seven days ahead
support-no-clinical-title = No health information here
support-no-clinical = You see who comes, when, and how their phone did. Never why they come.
support-no-record = You talk about camera, sound and internet. The record is not here.
support-show-failing = Needs help
support-show-all = Show all
support-none-failing-title = Nobody needs help now
support-none-failing = Patients whose check failed, or who ask for help, appear here by themselves.
support-empty-title = No visits in the next seven days
support-empty = Visits that are booked appear here by themselves.
support-tests = { $n ->
    [one] { $n } check
   *[other] { $n } checks
}
support-needs-help = Needs help
support-in-test-call = In a test call
support-with = In a test call with { $staff }.
support-ended-by = Test call with { $staff }: { $outcome }.
support-ended-without = Test call with { $staff } ended without an outcome.
support-start = Start test call
support-return = Return
support-test-call = Patient
support-test-call-with = Test call: { $name }
support-outcome = Outcome
support-outcome-ask = When picture and sound are settled, say how it ended. The clinician sees it.
support-finish = Finish the test call
support-outcome-title = How did the test call end?
support-outcome-ready = Ready
support-outcome-use-the-phone = Use the phone
support-outcome-needs-another-device = Needs another device
support-outcome-missing = Choose an outcome
support-note = Note
support-note-hint = About the equipment only. The clinician reads it.
support-leave-open = Leave without an outcome
support-end-and-save = End and save
support-saved = Saved for { $name }.
