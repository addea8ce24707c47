# Mensajes de texto y correo. Un mensaje de texto cabe en 160 letras del alfabeto del teléfono (GSM-7), con el enlace; el nombre
# de la clínica se corta donde no cabe. Nada sobre la salud, y sin nombres.

notice-when = { $weekday } { $day } { $month }, { $time } { $zone }

notice-booked-text = { $clinic }: videoconsulta { $when }. Toque { $link } Ayuda { $phone }
notice-booked-subject = Su videoconsulta
notice-booked-mail =
    { $clinic } le ha dado una videoconsulta: { $when }.

    Ese día, abra este enlace en su teléfono, tableta o computadora:
    { $link }

    Puede abrirlo ahora para revisar su cámara y su micrófono. No lo comparta: abre su consulta.

    ¿Preguntas? Llame al { $phone }.

notice-link-text = { $clinic }: enlace nuevo, { $when }. Toque { $link } Ayuda { $phone }
notice-link-subject = Su enlace nuevo para la videoconsulta
notice-link-mail =
    Este es su enlace nuevo para la videoconsulta del { $when } con { $clinic }. Los enlaces anteriores ya no funcionan.

    { $link }

    ¿Preguntas? Llame al { $phone }.

notice-moved-text = { $clinic }: su videoconsulta tiene una hora nueva, { $when }. Su enlace sigue igual. ¿Preguntas? Llame al { $phone }
notice-moved-subject = Su videoconsulta tiene una hora nueva
notice-moved-mail =
    Su videoconsulta con { $clinic } tiene una hora nueva: { $when }.

    El enlace que usted tiene sigue igual.

    ¿Preguntas? Llame al { $phone }.

notice-cancelled-text = { $clinic }: se cancela su videoconsulta del { $when }. ¿Preguntas? Llame al { $phone }
notice-cancelled-subject = Se cancela su videoconsulta
notice-cancelled-mail =
    Se cancela su videoconsulta con { $clinic } del { $when }.

    ¿Preguntas? Llame al { $phone }.

notice-late-text = { $clinic }: su videoconsulta empieza unos { $minutes } minutos tarde. Usted conserva su lugar. ¿Preguntas? Llame al { $phone }
notice-late-subject = Su videoconsulta empieza tarde
notice-late-mail =
    Su videoconsulta con { $clinic } empieza unos { $minutes } minutos tarde. Usted conserva su lugar.

    ¿Preguntas? Llame al { $phone }.

notice-on-time-text = { $clinic }: su videoconsulta empieza a su hora, { $when }. ¿Preguntas? Llame al { $phone }
notice-on-time-subject = Su videoconsulta empieza a su hora
notice-on-time-mail =
    Su videoconsulta con { $clinic } empieza a su hora: { $when }.

    ¿Preguntas? Llame al { $phone }.

notice-steps-text = { $clinic }: 1 Abra el enlace en Safari o Chrome. 2 Toque Comenzar. 3 Permita que se le vea y oiga. ¿Dudas? Llame al { $phone }
notice-steps-subject = Cómo prepararse para su videoconsulta
notice-steps-mail =
    Para prepararse para su videoconsulta con { $clinic }:

    1. Abra en Safari o Chrome el enlace que le enviamos.
    2. Toque Comenzar.
    3. Permita la cámara y el micrófono cuando su teléfono lo pregunte.

    ¿Dudas? Llame al { $phone }.

notice-call-back-text = { $clinic }: ya podemos ayudarle con su videoconsulta. Abra otra vez su consulta, o llame al { $phone }
notice-call-back-subject = Ya podemos ayudarle
notice-call-back-mail =
    Ya podemos ayudarle con su videoconsulta. Abra otra vez su consulta, o llame a { $clinic } al { $phone }.

notice-test-call-text = { $clinic }: un técnico le espera en la llamada de prueba. Abra otra vez su consulta, o llame al { $phone }
notice-test-call-subject = Su llamada de prueba está lista
notice-test-call-mail =
    Un técnico le espera en la llamada de prueba. Abra otra vez su consulta, o llame a { $clinic } al { $phone }.

notice-turn-text = { $clinic }: es su turno. Abra otra vez su consulta ahora, o llame al { $phone }
notice-turn-subject = Es su turno
notice-turn-mail =
    Ya le esperan en su videoconsulta. Abra otra vez su consulta ahora, o llame a { $clinic } al { $phone }.

notice-weekday-1 = lun
notice-weekday-2 = mar
notice-weekday-3 = mié
notice-weekday-4 = jue
notice-weekday-5 = vie
notice-weekday-6 = sáb
notice-weekday-7 = dom

notice-month-1 = ene
notice-month-2 = feb
notice-month-3 = mar
notice-month-4 = abr
notice-month-5 = may
notice-month-6 = jun
notice-month-7 = jul
notice-month-8 = ago
notice-month-9 = sep
notice-month-10 = oct
notice-month-11 = nov
notice-month-12 = dic
