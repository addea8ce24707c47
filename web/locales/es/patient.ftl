# Lo que lee el paciente: frases cortas, trato de usted, sin nombres ni datos de salud antes de saber quién es.

continue = Continuar
continue-anyway = Continuar de todos modos
back = Atrás
start = Comenzar
not-now = Ahora no
call-me = Prefiero una llamada
problem-offline = No podemos comunicarnos con la clínica. Revise su internet e intente de nuevo.
problem-ours = Lo sentimos. Algo falló de nuestro lado. Intente de nuevo o llame al { $phone }.
problem-busy = Demasiados intentos. Espere un minuto e intente de nuevo.
loading = Un momento…
who-fallback-companion = El médico
role-patient = Paciente
role-clinician = Médico
role-caregiver = Acompañante
role-interpreter = Intérprete
role-support = Técnico
join-as-caregiver = Usted se une como acompañante
join-as-interpreter = Usted se une como intérprete
who-fallback = su médico
copied = El enlace está copiado

# Inicio
early-title-today = Su consulta es hoy a las { $time }
early-title-day = Su consulta es el { $day } a las { $time }
early-title-tomorrow = Su consulta es mañana a las { $time }
early-join-from = Desde las { $time } puede entrar. Deje esta página abierta.
early-join-from-day = Desde las { $time } del { $day } puede entrar. Abra este enlace ese día.
early-countdown = Se abre en { $left }
early-check = Pruebe su cámara ahora
left-days = { $days ->
    [one] 1 día
   *[other] { $days } días
  }
left-hours = { $hours } h { $minutes } min
left-minutes = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
  }
left-seconds = { $seconds ->
    [one] 1 segundo
   *[other] { $seconds } segundos
  }
open-when-today = Hoy a las { $time }
open-when-day = { $day } a las { $time }
open-now = Ya puede entrar.
open-moved = Su consulta tiene una nueva hora.
over-title = Esta consulta ya terminó
over-body = Fue a las { $time } del { $day }. Para pedir otra, llame a la clínica.
cancelled-title = Esta consulta se canceló
cancelled-body = Para pedir otra hora, llame a la clínica.
link-unknown-title = Este enlace no funciona
link-unknown-body = Abra el mensaje más reciente de la clínica, o llame a la clínica.
link-unknown-body-phone = Abra el mensaje más reciente de la clínica, o llame al { $phone }.
link-superseded-title = Hay un enlace más nuevo
link-superseded-body = La clínica le envió un mensaje nuevo. Abra el más reciente, o llame a la clínica.
look-failed-title = Aún no podemos abrir su consulta

# Entorno
env-app-title-ios = Abra esta página en Safari
env-app-title = Abra esta página en Chrome
env-app-body = Abrió el enlace dentro de otra aplicación. Ahí no funciona la cámara.
env-app-steps-ios = Copie el enlace. Abra Safari. Pegue el enlace arriba.
env-app-steps = Copie el enlace. Abra Chrome. Pegue el enlace arriba.
env-copy = Copiar enlace
env-copy-by-hand = No pudimos copiarlo. Mantenga presionado el enlace de abajo y toque Copiar.
env-old-title = Este teléfono no permite videoconsultas
env-old-body = Su sistema es muy antiguo. Use un teléfono más nuevo o una computadora, o haga su consulta por llamada.
env-text = Enviar el enlace a otro teléfono
not-kept-title = Su teléfono no guarda su lugar
not-kept-body = Esta página tiene que guardar una cookie para que su lugar en la consulta siga siendo suyo.
not-kept-steps = Permita las cookies en la configuración de su teléfono, o abra el enlace fuera del modo privado. Luego intente de nuevo.

# Quién es usted
who-title = ¿Cuál es su fecha de nacimiento?
who-why = Así sabemos que es usted.
who-month = Mes
who-day = Día
who-year = Año
who-month-hint = MM
who-day-hint = DD
who-year-hint = AAAA
who-incomplete = La fecha de nacimiento debe incluir el año
who-not-a-date = Revise el mes y el día
who-mismatch = No coincide con nuestros datos
who-tries = { $tries ->
    [one] Revise la fecha e intente de nuevo. Le queda 1 intento.
   *[other] Revise la fecha e intente de nuevo. Le quedan { $tries } intentos.
  }
who-ask = Pedir a la clínica que me deje entrar
who-locked-title = Preguntemos a la clínica
who-locked = La fecha no coincide con nuestros datos. La clínica puede dejarle entrar.
who-asked-title = Le pedimos a la clínica que le deje entrar
who-asked = Deje esta página abierta. Continúa sola.

# Antes de empezar
before-title = Su consulta con { $who }
before-who = { $who } podrá verle y oírle.
before-who-companion = Las personas de la consulta le verán y oirán cuando la clínica le deje entrar.
before-recorded = La consulta no se graba.
before-quiet = Busque un lugar tranquilo y con luz. Use Wi-Fi si puede.
before-emergency = En una emergencia, cuelgue y llame al { $number }.

# Cámara y micrófono
devices-title = Cámara y micrófono
devices-body = Su teléfono le va a preguntar. Toque Permitir para que { $who } pueda verle y oírle.
devices-body-plain = Su teléfono le va a preguntar. Toque Permitir.
devices-on = Encender cámara y micrófono
devices-without = Entrar sin cámara
devices-asking = Busque una pregunta en la pantalla y toque Permitir
devices-no-answer-title = Esperamos su respuesta
devices-no-answer = Busque una pregunta arriba o abajo en la pantalla. Toque Permitir.
devices-blocked-title = Su cámara está bloqueada
devices-blocked-microphone-title = Su micrófono está bloqueado
devices-blocked-both = El micrófono también está bloqueado, y la clínica no puede oírle.
devices-blocked-steps-ios = Toque el menú de la página junto a la dirección. Toque Configuración del sitio web. Ponga Cámara y Micrófono en Permitir.
devices-blocked-steps-ios-app = Cargue esta página otra vez y toque Permitir. ¿No hay pregunta? Abra Configuración, busque { $app } y active Cámara y Micrófono.
devices-blocked-steps-android = Toque el símbolo a la izquierda de la dirección. Toque Permisos. Active Cámara y Micrófono.
devices-blocked-steps-android-lock = Toque el candado a la izquierda de la dirección. Toque Permisos si lo ve. Active Cámara y Micrófono.
devices-blocked-steps-desktop = Haga clic en el símbolo a la izquierda de la dirección. Ponga Cámara y Micrófono en Permitir.
devices-blocked-steps-firefox = Haga clic en la cámara tachada a la izquierda de la dirección. Quite cada Bloqueado. Luego intente de nuevo.
devices-blocked-steps-safari = Arriba en la pantalla haga clic en Safari y luego en Configuración para este sitio web. Ponga Cámara y Micrófono en Permitir.
devices-phone-title = Su teléfono bloquea la cámara
devices-phone-microphone-title = Su teléfono bloquea el micrófono
devices-computer-title = Su computadora bloquea la cámara
devices-computer-microphone-title = Su computadora bloquea el micrófono
devices-phone-steps-ios = Abra Configuración. Toque Apps y luego { $app }. Permita Cámara y Micrófono. Después vuelva aquí.
devices-phone-steps-ios-before-18 = Abra Configuración. Baje y toque { $app }. Permita Cámara y Micrófono. Después vuelva aquí.
devices-phone-steps-android = Abra Ajustes. Toque Aplicaciones, { $app } y Permisos. Permita Cámara y Micrófono. Después vuelva aquí.
devices-phone-steps-mac = Abra Configuración del Sistema. Haga clic en Privacidad y seguridad. Active { $app } en Cámara y en Micrófono. Después vuelva aquí.
devices-phone-steps-windows = Abra Configuración. Haga clic en Privacidad. Permita a { $app } usar la cámara y el micrófono. Después vuelva aquí.
devices-phone-steps-other = Abra la configuración de privacidad de su computadora. Permita a { $app } usar la cámara y el micrófono. Después vuelva aquí.
devices-in-use-title = Otra aplicación está usando su cámara
devices-in-use-microphone-title = Otra aplicación está usando su micrófono
devices-in-use = Cierre otras aplicaciones que hagan llamadas o usen la cámara. Luego intente de nuevo.
devices-missing-title = No encontramos una cámara
devices-missing-microphone-title = No encontramos un micrófono
devices-missing = Conecte el equipo que falta, o use otro teléfono o computadora. Luego intente de nuevo.
devices-dismissed-title = No recibimos respuesta
devices-dismissed = Toque el botón otra vez. Cuando su teléfono pregunte, toque Permitir.
devices-unsupported-title = La cámara no funciona aquí
trial-title = Vea cómo se ve
trial-good = Su cámara y su micrófono están encendidos.
trial-open = Ya puede entrar a su consulta.
trial-meter = Diga algo. La barra se mueve cuando le oímos.

# Prueba rápida
check-title-running = Probando su teléfono…
check-camera = Cámara
check-microphone = Micrófono
check-sound = Sonido
check-internet = Internet
check-state-pass = Bien
check-state-warn = Débil
check-state-fail = Problema
check-state-not_checked = Sin probar
check-state-running = Probando…
check-say = Diga unas palabras
check-heard = Le oímos bien
check-loud = Se oye muy fuerte. Aleje un poco el teléfono.
check-quiet = Casi no le oímos. Hable más alto o acérquese.
check-silent = No le oímos. Revise que nada tape el micrófono.
check-microphone-missing = Sin micrófono. Aún puede ver y oír a la clínica.
check-camera-good = La imagen es buena
check-camera-dark = Está oscuro. Encienda una luz.
check-camera-slow = La imagen va lenta
check-camera-black = No vemos imagen. Revise que nada tape la cámara.
check-camera-missing = La cámara está apagada
check-camera-none = No encontramos ninguna cámara
check-camera-in-use = Otra aplicación está usando su cámara
check-camera-frozen = La imagen está congelada
check-camera-very-slow = La imagen va demasiado lenta
check-interrupted = Deje esta página abierta durante la prueba. Luego pruebe de nuevo.
check-camera-blocked = Su cámara está bloqueada
check-muted = Su micrófono está silenciado. Actívelo.
meter-nothing = Aún no le oímos
meter-little = Le oímos un poco. Hable más alto.
meter-well = Le oímos bien
check-aloud = Léamelo en voz alta
check-silence = Dejar de leer
check-count-instead = Mejor contar tonos
check-count-question = ¿Cuántos tonos oyó?
check-question = ¿Oyó el sonido?
check-play-again = Tocarlo otra vez
check-yes = Sí
check-no = No
check-skip = Omitir
check-sound-good = Usted nos oye
check-sound-bad = Suba el volumen. Apague el modo silencio y el Bluetooth.
check-sound-skipped = Sin probar
check-internet-good = Su internet es bueno
check-internet-slow = Su internet es lento
check-internet-clinic = El servicio de video de la clínica tiene un problema. Llame a la clínica.
check-internet-lossy = Su internet pierde sonido e imagen en el camino.
check-internet-narrow = Su internet es demasiado lento para el video.
check-internet-delayed = Su internet tarda en responder. Pueden hablar a la vez sin querer.
check-internet-uneven = Su internet es irregular. El sonido puede cortarse.
check-internet-record = Su internet está bien, pero quizás no se vean partes de su expediente
check-internet-unmeasured = Funciona. No pudimos medir qué tan bueno es.
check-internet-limited = Su internet tiene límites. Otra red Wi-Fi puede funcionar mejor.
check-internet-none = Su internet bloquea las videoconsultas. Pruebe otra red Wi-Fi o los datos móviles.
verdict-video-title = Todo listo
verdict-video = Todo funciona.
verdict-low_video-title = Todo listo. El video puede verse borroso
verdict-low_video = El sonido estará bien.
verdict-sound_only-title = Hoy es mejor solo con sonido
verdict-sound_only = Puede hablar sin video. { $who } le oirá igual.
verdict-phone-title = Mejor por llamada telefónica
verdict-phone = Es posible que hoy el video no funcione. Llame al { $phone }, o continúe y lo intentamos.
verdict-not_checked-title = No pudimos probar todo
verdict-not_checked = Puede continuar de todos modos.
check-again = Probar de nuevo
# Qué hacer, por la palabra del servidor
next-open-in-browser = Abra el enlace en Safari o Chrome, fuera de esta aplicación.
next-use-another-phone = Abra el mismo enlace en un teléfono más nuevo o en una computadora.
next-call-clinic = Llame a la clínica. Ellos pueden arreglarlo.
next-try-other-internet = Pruebe otra red Wi-Fi, o apague el Wi-Fi y use los datos móviles.
next-move-closer = Acérquese a su Wi-Fi, o use los datos móviles.
next-allow-microphone = Permita el micrófono en los ajustes de su teléfono.
next-connect-microphone = Conecte unos audífonos con micrófono, o abra el mismo enlace en otro teléfono.
next-uncover-microphone = Revise que nada tape el micrófono. Luego hable otra vez.
next-unmute-microphone = Su micrófono está silenciado. Actívelo y hable otra vez.
next-speak-up = Hable más alto, o acérquese al teléfono.
next-step-back = Aleje un poco el teléfono.
next-turn-up-volume = Suba el volumen, y apague el modo silencio y el Bluetooth.
next-allow-camera = Permita la cámara en los ajustes de su teléfono.
next-connect-camera = Conecte una cámara, o abra el mismo enlace en otro teléfono.
next-turn-on-camera = Encienda la cámara cuando quiera que le vean.
next-uncover-camera = Revise que nada tape la cámara.
next-restart-camera = Apague la cámara y enciéndala otra vez.
next-turn-on-light = Encienda una luz, o póngase frente a una ventana.
next-close-other-apps = Cierre otras aplicaciones de su teléfono.
next-check-again = Pruebe de nuevo. Tarda unos segundos.
get-help = Pedir ayuda
help-failed = Lo sentimos. No pudimos pedir ayuda. Inténtelo otra vez o llame al { $phone }.
help-asked-title = Un técnico le ayudará
help-next = Usted es el siguiente.
help-ahead = { $n ->
    [one] Hay una persona antes que usted.
   *[other] Hay { $n } personas antes que usted.
}
help-about = { $n ->
    [one] Alrededor de un minuto.
   *[other] Alrededor de { $n } minutos.
}
help-nobody-title = Ahora no hay nadie en soporte
help-nobody = Guardamos su solicitud. Para hablar ahora con una persona, llame al { $phone }.
help-by = { $name } le está ayudando
help-by-somebody = Un técnico le está ayudando
help-sees = Ve cómo salió su prueba.
help-keep = Deje esta página abierta.
help-keep-or-lock = Deje esta página. Puede bloquear el teléfono: le enviaremos un mensaje.
help-done-ready-title = El técnico dice que está todo listo
help-done-use-the-phone-title = Su visita será por teléfono
help-done-needs-another-device-title = Pruebe con otro teléfono o computadora
help-never-mind = Ya no hace falta

# Espera
waiting-title = Ya registramos su llegada
waiting-here = { $who } sabe que usted está aquí.
waiting-not-here = { $who } verá que usted está aquí.
waiting-late = { $who } tiene un retraso de unos { $minutes } minutos. Usted conserva su lugar.
waiting-here-companion = La clínica sabe que usted está aquí.
waiting-not-here-companion = La clínica verá que usted está aquí.
waiting-late-companion = La consulta lleva unos { $minutes } minutos de retraso. Usted conserva su lugar.
waiting-offline = Buscando internet… Usted conserva su lugar.
waiting-sound = Probar el sonido
waiting-flip = Girar
waiting-camera-on = Encender cámara
waiting-camera-off = Apagar cámara
waiting-keep-open = Deje esta página abierta. Su consulta se abre sola.
waiting-text-me = Avísenme por mensaje
waiting-text-me-on = Le mandaremos un mensaje cuando sea su turno. Puede cerrar esta página. Conserva su lugar.
waiting-text-me-off = No me avisen
called-title = { $who } ya puede atenderle
called-body = Podrá verle y oírle cuando usted entre.
called-join = Entrar ahora

# En la consulta
call-connecting = Conectando con { $who }…
call-no-path = Todavía no logramos conectarle con { $who } por internet. Seguimos intentando.
call-alone = { $who } vuelve enseguida
call-good = Conexión buena
call-tile-connecting = Conectando…
call-weak = El internet de { $who } está débil
call-weak-own = Su internet está débil. Acérquese al Wi-Fi.
call-fair = Conectado. El sonido o la imagen pueden cortarse.
call-not-heard = { $who } no le oye. Revise su micrófono.
call-no-sound = No se oye a { $who }
call-picture-slow = La imagen va lenta
call-reconnecting = Reconectando… Quédese en esta página.
call-reconnecting-own = Reconectando… Usted se quedó sin internet. Quédese en esta página.
call-reconnecting-theirs = Reconectando… { $who } se quedó sin internet. Quédese en esta página.
call-other-reconnecting = { $who } se está reconectando…
call-their-interrupted = El micrófono de { $who } está ocupado. Un momento.
call-their-tap = { $who } aún no puede oírle. Un momento.
call-their-silent = El micrófono de { $who } no da sonido
call-their-sound-only = El internet de { $who } está débil. Solo sonido por ahora.
call-their-sound-only-by-hand = { $who } eligió solo sonido
call-their-picture-paused = La imagen de { $who } está en pausa para que puedan hablar
call-their-camera-off = { $who } tiene la cámara apagada
call-their-picture-stopped = La imagen de { $who } se detuvo. Aún pueden hablar.
call-their-picture-dark = La imagen de { $who } está oscura. Aún pueden hablar.
call-mute = Silencio
call-unmute = Hablar
call-camera-off = Parar video
call-camera-on = Usar video
call-flip = Girar
call-more = Más
call-end = Salir
call-you = Su imagen
call-move-you = Mover su imagen
call-picture-of = { $who }
call-muted-talking = Su micrófono está en silencio. Toque Hablar.
call-video-paused = Su internet está débil. Pausamos el video para que pueda seguir hablando.
call-sound-only = Su internet está débil. Solo sonido por ahora. Las imágenes vuelven solas.
call-sound-only-by-hand = Solo sonido. Las imágenes están apagadas.
call-sound-only-choose = Solo sonido
call-pictures-again = Encender imágenes
call-sound-breaks = El sonido se sigue cortando. Quizá sea mejor una llamada.
call-paused-title = Su consulta está en pausa
call-paused = Otra llamada o aplicación tomó su micrófono. { $who } lo sabe.
call-paused-stuck = El micrófono sigue ocupado. Termine la otra llamada y toque Seguir.
call-join-again = Entrar de nuevo
call-resume = Seguir
call-camera-dead = { $who } no puede verle
call-camera-dark = Su imagen está oscura. Destape la cámara o encienda una luz.
call-restart-camera = Reiniciar la cámara
call-microphone-silent = { $who } no le oye. Su micrófono no da sonido.
call-restart-microphone = Reiniciar micrófono
phone-title = { $who } le llamará
phone-body = Conteste su teléfono. Deje esta página abierta para que { $who } pueda mostrarle su expediente.
phone-back = Volver al video
call-hear = Toque para oír a { $who }
call-end-title = ¿Salir de la consulta?
call-end-body = Puede volver durante 15 minutos.
call-end-yes = Salir
call-end-no = Quedarme
call-more-title = Más
call-here = En esta consulta
call-you-name = Usted
call-record-show = Mostrar el expediente
call-record-hide = Ocultar el expediente
call-no-microphone = Su micrófono está apagado. { $who } no puede oírle.
call-turn-on-microphone = Encender micrófono

# Expediente
record = Expediente
consent-title = { $who } quiere mostrarle una parte de su expediente
consent-body = { $who } lo ve con usted. Puede detenerlo cuando quiera. Nada queda en su teléfono.
consent-others = { $who } puede incluir a { $names } en una parte. Su pantalla siempre dice quién puede verla.
consent-yes = Sí, muéstremelo
consent-no = No, gracias
record-who = Solo usted y { $who } pueden ver esto.
record-who-more = Quién puede ver esto: { $names }.
record-you = usted
record-person = { $name } ({ $role })
record-stop = Dejar de mostrar mi expediente
record-stopped = Su expediente ya no está en la pantalla. { $who } solo puede mostrarlo si usted lo permite.
record-allow = Dejar que { $who } muestre mi expediente
keep-copy = Guardar una copia
keep-title = Para que lo guarde
keep-body = { $who } le dio esto. Guárdelo ahora: se borra cuando cierre esta página.
keep-shown = { $who } le mostró esto el { $date }.
keep-save = Guardar en este teléfono
keep-print = Imprimir
keep-saved = Guardado. Búsquelo en las descargas de su teléfono.
record-table = Ver como tabla
record-chart = Ver como gráfica
record-newest = Resultado más reciente
record-high = Por encima de lo normal
record-low = Por debajo de lo normal
record-normal = Dentro de lo normal
record-normal-range = Rango normal
record-range-between = { $low } a { $high } { $unit }
record-range-below = Menos de { $high } { $unit }
record-range-above = Más de { $low } { $unit }
record-date = Fecha
record-result = Resultado
record-meaning = Significado
record-taken = Medido el { $date }
record-taken-at = Medido el { $date } en { $place }
record-chart-says = { $title }. { $count } resultados, del { $from } al { $to }. El más reciente es { $value } { $unit }. { $meaning }
record-since = Desde { $date }
record-reactions = Reacción: { $reactions }
record-severity-mild = Leve
record-severity-moderate = Moderada
record-severity-severe = Grave
record-medicine-on_hold = En pausa: no la tome por ahora
record-medicine-stopped = Suspendida
record-medicine-completed = Terminada
record-none = No hay alergias registradas.
record-unit = { $unit } quiere decir { $words }
record-earlier = Resultados anteriores
record-now = Ahora
record-past = Antes
record-from-to = { $from } a { $to }
record-due = Le faltan
record-overdue = Atrasada
record-due-by = Le toca desde el { $date }
record-given = Ya puestas
record-earlier-doses = { $count ->
    [one] 1 anterior
   *[other] { $count } anteriores
}
record-step-to_do = Por hacer
record-step-doing = En curso
record-step-on_hold = En pausa por ahora
record-step-done = Hecho
record-goals = Sus metas
record-goal-reached = Alcanzada
record-goal-by = Para el { $date }
record-in-short = En resumen
record-report-of = Informe del { $date }, como lo escribió la clínica
record-page = Página { $page } de { $count }
record-page-next = Página siguiente
record-page-before = Página anterior
record-larger = Más grande
record-smaller = Más pequeña
record-image-of = Del { $date }
record-gone = { $who } quitó el expediente de su pantalla.
record-failed = No mostramos una parte del expediente porque no se pudo comprobar.
record-you-point = Usted señala aquí
record-points = { $who } señala aquí
record-points-at = { $who } señala: { $what }
record-point-hint = Toque una línea para señalársela a { $who }.
record-point-hint-image = Toque la imagen para señalarle algo a { $who }.
record-place = Un lugar de la imagen
record-place-on-page = Un lugar de la página { $page }

# Segundo teléfono
open-title = Su consulta está abierta en otro teléfono
open-body = ¿Quiere usar este teléfono? El otro preguntará primero.
open-use = Usar este teléfono
open-asked = Le preguntamos al otro teléfono. Diga que sí allí.
open-refused = El otro teléfono dijo que no. Puede preguntar otra vez o llamar al { $phone }.
takeover-title = ¿Usar otro teléfono?
takeover-body = Alguien abrió el enlace de su consulta en otro teléfono. ¿Es usted?
takeover-yes = Sí, pasar mi consulta allí
takeover-no = No, seguir en este teléfono
moved-title = Su consulta pasó a otro teléfono
moved-body = Puede cerrar esta página.
moved-back = Volver a usar este teléfono

# Finales
ended-title = Su consulta terminó
ended-body = { $who } le avisará si hay un siguiente paso. Puede cerrar esta página.
ended-body-companion = Gracias por acompañar. Puede cerrar esta página.
left-title = Usted salió de la consulta
left-body = Puede volver durante 15 minutos.
rejoin = Volver a entrar
rate-title = ¿Cómo fueron el sonido y la imagen?
rate-1 = Muy mal
rate-2 = Mal
rate-3 = Regular
rate-4 = Bien
rate-5 = Muy bien
rate-thanks = Gracias.
dropped-title = Se perdió la conexión
dropped-body = Conservamos su lugar. Vuelva cuando tenga internet.
denied-title = Usted no está en la consulta
denied-body = La clínica no le dejó entrar por ahora. Llame para saber por qué.
removed-title = Se cerró su lugar en la consulta
removed-body = Llame a la clínica si cree que es un error.
elsewhere-title = Su consulta está abierta en otra pestaña
elsewhere-body = Puede volver a esa pestaña o seguir aquí.
elsewhere-use = Usar esta página
update-title = Hay que actualizar esta página
update-body = Cargue la página otra vez para seguir.
update-now = Cargar otra vez

# Llamada de prueba
test-title = Un técnico puede ayudarle ahora
test-body = Podrá verle y oírle, y le ayudará a prepararse. Dura unos minutos.
test-join = Empezar la llamada de prueba
test-waiting-title = Conectando con el técnico
test-waiting = Ya sabe que usted está aquí.
test-done-title = La llamada de prueba terminó
test-done = Ahora volvemos a su consulta.
