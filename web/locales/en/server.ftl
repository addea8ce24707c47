# Words of the gateway's own HTML: the landing page before the page's script takes over.

landing-when = { $weekday }, { $month } { $day } at { $time } ({ $zone })
landing-start = Start
landing-no-script = We can't start the visit on this phone by itself. Call { $phone } and the clinic will help you.
landing-slow = Nothing happens? Open the link on another phone, or call { $phone }.
landing-unknown-title = This link doesn't work
landing-unknown = Open the newest text from the clinic, or call.
landing-other-language = Español

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

demo-title = The demo clinic
demo-ways = Three ways into one video visit. Open the clinician's in one window and the patient's on a phone or in another window.
demo-clinician = Clinician
demo-today = Today's visits
demo-technician = Technician
demo-desk = The help desk
demo-patient = Patient
demo-link = The patient's link, for a visit that starts now
demo-login = User name
demo-password = password
demo-born = Date of birth
demo-this-machine = This link opens on this machine only. For a phone, start with an address that the phone reaches, as in
demo-picture = The patient's link as a QR code
