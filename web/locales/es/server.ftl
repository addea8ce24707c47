# Words of the gateway's own HTML: the landing page before the page's script takes over.

landing-when = { $weekday }, { $day } de { $month }, { $time } ({ $zone })
landing-start = Comenzar
landing-no-script = No podemos comenzar la visita en este teléfono. Llame al { $phone } y la clínica le ayudará.
landing-unknown-title = Este enlace no funciona
landing-unknown = Abra el mensaje más reciente de la clínica, o llame.
landing-other-language = English

time-am = { $time } a. m.
time-pm = { $time } p. m.

weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo

month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
