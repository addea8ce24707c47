# Words that several pages and the gateway's own HTML share.

product = Housecall
video-visit = Video visit
your-video-visit = Your video visit
call-clinic = Call { $phone }
try-again = Try again
close = Close
cancel = Cancel
time-am = { $time } am
time-pm = { $time } pm
help-code = Help code { $code }
language-en = English
language-es = Español
