# Words of the gateway's own HTML: the landing page before the page's script takes over.

landing-when = { $weekday }, { $day } de { $month }, { $time } ({ $zone })
landing-start = Comenzar
landing-no-script = No podemos comenzar la visita en este teléfono. Llame al { $phone } y la clínica le ayudará.
landing-slow = ¿No pasa nada? Abra el enlace en otro teléfono, o llame al { $phone }.
landing-unknown-title = Este enlace no funciona
landing-unknown = Abra el mensaje más reciente de la clínica, o llame.
landing-other-language = English

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

demo-title = La clínica de prueba
demo-ways = Tres entradas a una misma videoconsulta. Abra la del profesional en una ventana y la del paciente en un teléfono o en otra ventana.
demo-clinician = Profesional
demo-today = Las consultas de hoy
demo-technician = Técnico
demo-desk = La mesa de ayuda
demo-patient = Paciente
demo-link = El enlace del paciente, para una consulta que empieza ahora
demo-login = Usuario
demo-password = contraseña
demo-born = Fecha de nacimiento
demo-this-machine = Este enlace se abre solo en este equipo. Para un teléfono, empiece con una dirección que el teléfono alcance, como
demo-picture = El enlace del paciente como código QR
