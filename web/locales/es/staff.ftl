# Páginas del personal clínico y de administración, y lo que comparten con soporte.

## Páginas y marco
staff-page-today = Hoy
staff-page-book = Reservar visita
staff-page-desk = Mesa de ayuda
staff-page-session = Mesa de ayuda
staff-page-settings = Ajustes de la clínica
staff-page-visit = Visita
staff-page-test-call = Llamada de prueba
staff-page-sign-in = Iniciar sesión
staff-nav = Páginas
staff-skip = Ir a la página
staff-menu-open = Abrir el menú
staff-menu-close = Cerrar el menú
staff-language = Idioma
staff-news = Qué pasó
staff-account = Su cuenta
staff-role-clinician = Personal clínico
staff-role-support = Soporte técnico
staff-role-admin = Administración
staff-sign-out = Cerrar sesión
staff-sign-out-everywhere = Cerrar sesión en todos los equipos
staff-loading = Un momento…
staff-unreachable-title = Housecall no responde
staff-unreachable = Revise su internet e intente de nuevo. Las visitas en curso continúan.

## Inicio de sesión
staff-login = Usuario
staff-login-missing = Escriba su usuario
staff-password = Contraseña
staff-password-missing = Escriba su contraseña
staff-sign-in = Iniciar sesión
staff-sign-in-help = ¿Olvidó su contraseña? Pida una nueva a administración.
staff-sign-in-failed-title = No se inició la sesión
staff-signed-out-title = Su sesión se cerró
staff-signed-out = Inicie sesión para seguir donde estaba.

## Listas
staff-new = { $n ->
    [one] { $n } nueva
   *[other] { $n } nuevas
}
staff-moved = { $n } en otro lugar
staff-gone = { $n } ya no están aquí
staff-outdated-title = Esta lista puede no estar al día
staff-outdated = Housecall no responde en este momento.
staff-live = Los cambios aparecen solos.
staff-not-live = Buscando conexión. Los cambios llegan en cuanto vuelva.
staff-row-gone = Ya no está en esta lista

## Hoy
staff-visits = Visitas
staff-visits-loading = Cargando las visitas…
staff-visits-failed-title = No se pudieron cargar las visitas
staff-visits-failed = Intente de nuevo. Si continúa, avise a administración.
staff-today-empty-title = No hay visitas hoy
staff-day-empty-title = No hay visitas este día
staff-day-empty = Las visitas que se reserven aparecen aquí solas.
staff-day = Día
staff-day-before = Día anterior
staff-day-after = Día siguiente
staff-zone = Horas en { $zone }
staff-waiting-count = { $n ->
    [one] { $n } paciente espera
   *[other] { $n } pacientes esperan
}
staff-all-clinicians = Todo el personal clínico
staff-clinician = Atiende
staff-born-year = nac. { $year }
staff-born-on = Fecha de nacimiento: { $date }
staff-late-by = +{ $n } min
staff-start = Empezar
staff-return = Volver
staff-let-in = Dejar entrar
staff-more = Más
staff-more-for = Más para { $name }

## Dónde está el paciente
staff-arrival-not-arrived = No ha llegado
staff-arrival-arriving = Llegando
staff-arrival-locked-out = Pide entrar
staff-arrival-testing = Probando
staff-arrival-ready = Listo
staff-arrival-waiting = En espera
staff-arrival-waiting-minutes = Espera { $n } min
staff-arrival-in-visit = En visita
staff-arrival-left = Salió
staff-arrival-done = Terminada
staff-arrival-cancelled = Cancelada
staff-screen-start = En la primera página
staff-screen-before-you-start = Leyendo qué esperar
staff-screen-devices = Activando la cámara
staff-screen-quick-check = En la prueba rápida
staff-screen-waiting = En la sala de espera
staff-screen-in-call = En la visita

## Preparación
staff-mode-video = Video
staff-mode-low-video = Video limitado
staff-mode-sound-only = Solo sonido
staff-mode-phone = Teléfono
staff-mode-not-checked = Sin prueba
staff-mode-means-video = Funcionan video y sonido.
staff-mode-means-low-video = El video funciona, quizá borroso.
staff-mode-means-sound-only = Funciona el sonido, el video no.
staff-mode-means-phone = Lo mejor es una llamada telefónica.
staff-check-old = prueba antigua
staff-another-phone = otro teléfono desde entonces
staff-by-technician = resuelto por soporte
staff-ago-now = ahora mismo
staff-ago-minutes = hace { $n } min
staff-ago-hours = hace { $n } h
staff-ago-days = { $n ->
    [one] hace { $n } día
   *[other] hace { $n } días
}
staff-checked = Probado { $ago }.
staff-cause-line = Observado: { $cause }.
staff-cause-old-browser = navegador demasiado antiguo
staff-cause-in-app-browser = abierto dentro de otra aplicación
staff-cause-relay-refused = el repetidor de la clínica rechaza su propia clave
staff-cause-relay-unreachable = no llega al repetidor de la clínica
staff-cause-path-blocked = internet bloquea el video
staff-cause-no-signaling = no llega a la clínica
staff-cause-permission-blocked = cámara y micrófono bloqueados
staff-cause-microphone-missing = sin micrófono
staff-cause-microphone-in-use = micrófono en uso
staff-cause-microphone-muted = micrófono silenciado
staff-cause-microphone-silent = micrófono sin sonido
staff-cause-microphone-quiet = micrófono bajo
staff-cause-microphone-loud = micrófono muy alto
staff-cause-speaker-not-heard = no oyó el sonido
staff-cause-speaker-not-checked = altavoz sin probar
staff-cause-camera-blocked = cámara bloqueada
staff-cause-camera-missing = sin cámara
staff-cause-camera-in-use = cámara en uso
staff-cause-camera-black = imagen negra
staff-cause-camera-frozen = imagen congelada
staff-cause-camera-slow = cámara lenta
staff-cause-camera-off = cámara apagada por elección
staff-cause-camera-dark = poca luz
staff-cause-busy-phone = teléfono sobrecargado
staff-cause-lossy-internet = internet pierde sonido e imagen
staff-cause-slow-internet = internet lento
staff-cause-delayed-internet = mucho retraso
staff-cause-uneven-internet = internet irregular
staff-cause-rough-sound = sonido entrecortado
staff-cause-network-restricted = internet deja pasar poco
staff-cause-record-channel = el expediente quizá no se vea
staff-cause-network-not-measured = internet sin medir
staff-cause-not-checked = prueba sin terminar
staff-cause-use-the-phone = usar el teléfono
staff-cause-needs-another-device = necesita otro teléfono o computadora
staff-cause-other = hay algún obstáculo

## Qué se puede hacer con una visita
staff-text-link = Enviar otra vez el enlace
staff-link-title = Enlace nuevo para { $name }
staff-link-ask = El enlace anterior deja de funcionar. Recibe uno nuevo para enviar.
staff-link-ask-here = Este paciente está aquí ahora. Un enlace nuevo termina su lugar: vuelve con el enlace nuevo.
staff-link-make = Crear enlace nuevo
staff-link-label = Enlace para { $name }
staff-link-copied = Enlace copiado
staff-link-once = Cópielo ahora: se muestra una vez. Puede crear otro cuando quiera.
staff-copy = Copiar
staff-copied = Copiado
staff-running-late = Voy con retraso
staff-late-title = ¿Cuánto retraso tendrá?
staff-late-ask = { $name } lo lee en la página de espera.
staff-late-tell = Avisar al paciente
staff-late-told = Se avisó al paciente: { $n } minutos de retraso.
staff-on-time = A tiempo
staff-on-time-told = Se avisó al paciente de que va a tiempo.
staff-minutes = { $n } min
staff-vouch = Dejar entrar sin fecha de nacimiento
staff-vouch-title = ¿Conoce a esta persona?
staff-vouch-ask = { $name } no pudo dar la fecha de nacimiento. Pregúntela por teléfono y déjele entrar. El historial guarda su nombre.
staff-vouch-call = Llame al { $phone }.
staff-vouch-yes = Sé quién es, dejar entrar
staff-vouched = { $name } ya puede entrar.
staff-send-to-support = Enviar a soporte
staff-help-title = ¿Pedir ayuda de soporte?
staff-help-ask = La mesa de ayuda ve que { $name } necesita ayuda antes de la visita. No ve nada del motivo.
staff-help-send = Pedir ayuda
staff-help-sent = La mesa de ayuda ya sabe de { $name }.
staff-help-line = Se pidió ayuda a soporte { $ago }.
staff-help-line-by = { $name } de soporte se ocupa.
staff-move = Mover la visita
staff-move-title = Mover la visita
staff-move-note = El paciente conserva el mismo enlace y ve allí la nueva hora.
staff-moved-told = { $name } pasa al { $when }.
staff-cancel-visit = Cancelar la visita
staff-cancel-title = ¿Cancelar esta visita?
staff-cancel-ask = El enlace del paciente dirá que la visita está cancelada. No se puede deshacer.
staff-cancelled-told = La visita de { $name } está cancelada.
staff-keep-visit = Conservar la visita

## Detalles de la visita
staff-detail = Detalles de la visita
staff-when = Cuándo
staff-reason = Motivo
staff-name = Nombre
staff-born = Fecha de nacimiento
staff-phone = Teléfono
staff-none = Ninguno
staff-equipment = Equipo
staff-equipment-none = Aún sin prueba. El paciente puede hacerla desde el enlace cuando quiera.
staff-test-call-line = Llamada de prueba: { $outcome }.
staff-history = Historial
staff-history-loading = Cargando el historial…
staff-history-failed = No se pudo cargar el historial.
staff-history-empty = Aún no ha pasado nada.
staff-audit-visit-booked = Visita reservada
staff-audit-visit-moved = Visita movida
staff-audit-visit-cancelled = Visita cancelada
staff-audit-visit-ended = Visita terminada
staff-audit-visit-running-late = Retraso anunciado
staff-audit-help-asked = Enviado a soporte
staff-audit-help-claimed = Un técnico la tomó
staff-audit-help-released = El técnico la soltó
staff-audit-help-handed-over = Pasó a otro técnico
staff-audit-help-taken-over = Otro técnico la relevó
staff-audit-help-texted = Se enviaron los pasos
staff-audit-help-check-asked = Se pidió repetir un paso de la prueba
staff-audit-help-settled = El técnico dijo cómo terminó
staff-audit-help-withdrawn = Ya no hace falta ayuda
staff-audit-equipment-started = Prueba rápida empezada
staff-audit-equipment-finished = Prueba rápida hecha
staff-audit-link-redeemed = Enlace abierto
staff-audit-seat-asked-for-help = Pidió entrar
staff-audit-seat-birth-mismatch = La fecha de nacimiento no coincidió
staff-audit-seat-identified = Dio la fecha de nacimiento
staff-audit-seat-link-reissued = Enlace nuevo creado
staff-audit-seat-locked-out = Sin acceso
staff-audit-seat-vouched = Entrada sin fecha de nacimiento
staff-audit-test-call-started = Llamada de prueba empezada
staff-audit-test-call-concluded = Llamada de prueba terminada
staff-audit-seat-held = Página abierta
staff-audit-seat-checked-in = En la sala de espera
staff-audit-seat-admitted = Entró
staff-audit-seat-denied = No se le dejó entrar
staff-audit-seat-sent-back = De vuelta a la sala de espera
staff-audit-seat-added = Lugar y enlace creados
staff-audit-seat-removed = Retirado
staff-audit-seat-left = Salió
staff-audit-seat-running-late = Retraso anunciado
staff-audit-consent-asked = Se pidió mostrar el expediente
staff-audit-consent-agreed = Aceptó ver el expediente
staff-audit-consent-refused = Dijo que no al expediente
staff-audit-consent-stopped = Detuvo el expediente
staff-audit-snippet-may-keep = Dato dado para guardar
staff-audit-snippet-kept = Copia de un dato guardada
staff-audit-seat-already-open = Abierta en otro teléfono
staff-audit-seat-lost = Conexión perdida
staff-audit-seat-revoked = Lugar terminado
staff-audit-takeover-asked = Pidió cambiar de teléfono
staff-audit-takeover-done = Cambió de teléfono
staff-audit-takeover-refused = Siguió en el primer teléfono
staff-audit-snippet-held = Dato del expediente en espera de un sí
staff-audit-record-read = Expediente abierto
staff-audit-snippet-prepared = Dato del expediente preparado
staff-audit-snippet-offered = Dato del expediente ofrecido
staff-audit-snippet-shown = Dato del expediente mostrado
staff-audit-snippet-seen = Dato del expediente visto
staff-audit-snippet-withdrawn = Dato del expediente retirado
staff-audit-snippet-rejected = La página no mostró el dato

## Reserva
staff-patient = Paciente
staff-patient-search = Buscar por nombre
staff-patient-new = Paciente nuevo
staff-patient-add = Agregar paciente
staff-patient-none = No hay paciente con el nombre «{ $words }». Revise cómo se escribe o agregue uno nuevo.
staff-patient-missing = Elija un paciente
staff-patients-found = { $n ->
    [one] { $n } paciente encontrado
   *[other] { $n } pacientes encontrados
}
staff-change = Cambiar
staff-name-missing = Escriba nombre y apellido
staff-born-missing = Escriba la fecha de nacimiento completa
staff-date = Fecha
staff-date-missing = Elija una fecha
staff-time = Hora
staff-time-missing = Elija una hora
staff-length = Duración
staff-which-time = Esta hora ocurre dos veces esa noche. ¿Cuál?
staff-first-time = Primera: { $time }
staff-second-time = Segunda: { $time }
staff-book = Reservar la visita
staff-booked-title = La visita está reservada
staff-booked-with = con { $name }
staff-book-another = Reservar otra
staff-see-day = Ver el día
staff-companions = Acompañante o intérprete
staff-companion-add = Añadir acompañante o intérprete
staff-companion-add-title = ¿Quién más viene a la visita de { $name }?
staff-companion-add-yes = Añadir y crear enlace
staff-companion-role = Se une como
staff-companion-drop = Quitar
staff-companion-name-missing = Escriba un nombre de 120 letras como máximo
staff-companion-removed = { $name }: el lugar queda retirado.
staff-named-caregiver = { $name }, acompañante
staff-named-interpreter = { $name }, intérprete
staff-seat-patient = Paciente
staff-seat-caregiver = Acompañante
staff-seat-interpreter = Intérprete
staff-seat-clinician = Personal clínico
staff-seat-support = Soporte

## Ajustes
staff-facility-name = Nombre de la clínica
staff-facility-phone = Teléfono para pacientes
staff-facility-phone-hint = Se muestra en cada página del paciente.
staff-facility-emergency = Número de emergencias
staff-facility-emergency-hint = Se muestra antes de empezar la visita.
staff-field-missing = Complete este campo
staff-join-window = Minutos antes en que el paciente puede entrar
staff-join-window-hint = En ese tiempo puede probar cámara y micrófono.
staff-join-window-error = Escriba un número del 1 al 1440
staff-relay-only = Ocultar direcciones de red
staff-relay-only-hint = Sonido e imagen pasan siempre por el repetidor de la clínica, y ninguna parte conoce la dirección de la otra. Las llamadas pueden tardar un poco más en empezar.
staff-save = Guardar
staff-saved = Ajustes guardados

## La visita
staff-visit-loading = Abriendo la visita…
staff-visit-joining = Entrando en la visita…
staff-visit-failed-title = No se pudo abrir esta visita
staff-back-today = Volver a Hoy
staff-back-to = Volver a { $where }
staff-call = Llamada
staff-bar = Cámara, micrófono y fin
staff-door = Sala de espera
staff-door-here = { $n ->
    [one] Su paciente espera
   *[other] { $n } personas esperan
}
staff-door-coming = En camino
staff-door-nobody = Aún no hay nadie
staff-door-empty = Puede dejar esta página abierta. Oirá y verá cuando alguien llegue.
staff-door-away = Sin conexión, conserva su lugar
staff-door-waiting = En espera desde las { $time }, { $ago }
staff-admit = Dejar entrar
staff-admit-title = ¿Es su paciente?
staff-admit-ask = Usted dice que sabe quién es. El historial de la visita lo guarda con su nombre.
staff-admit-ask-test = Pregunte el nombre completo cuando le vea.
staff-admit-title-companion = ¿Es la persona que espera?
staff-admit-should-be = Debe ser
staff-admit-ask-companion = Mire y escuche quién es cuando entre. Retire a la persona si es otra. El historial de la visita guarda su respuesta con su nombre.
staff-admit-yes = Sí, dejar entrar
staff-deny = No dejar entrar
staff-deny-title = ¿No dejar entrar a { $name }?
staff-deny-ask = Leerá que la clínica no le dejó entrar, con el teléfono de la clínica.
staff-remove = Retirar
staff-remove-title = ¿Retirar a { $name }?
staff-remove-ask = El enlace deja de funcionar enseguida y no podrá volver con él. Puede crear un enlace nuevo en Hoy.
staff-remove-ask-companion = El enlace deja de funcionar enseguida y no podrá volver con él. Los demás siguen en la visita.
staff-send-back = Enviar a la sala de espera
staff-people = En la visita
staff-said-inside = En la visita: { $names }
staff-said-left = No hay nadie más en la visita
staff-said-waiting = Esperan: { $names }
staff-takeover-title = { $name } quiere cambiar de teléfono
staff-takeover = Alguien con el mismo enlace pide entrar desde otro teléfono o computadora. El primero sale de la visita.
staff-takeover-allow = Permitir el cambio
staff-takeover-not-now = Ahora no
staff-elsewhere-title = Está en esta visita en otra ventana
staff-elsewhere = Tráigala aquí y la otra ventana la suelta.
staff-move-here = Traerla aquí
staff-over-title = La visita terminó
staff-over = Todos salieron.
staff-closed-title = Ya no está en esta visita
staff-closed-signed-out = Su sesión se cerró. Inicie sesión para volver.
staff-closed-gone = Esta visita no es suya o ya terminó.
staff-closed-removed = Su lugar en esta visita terminó.
staff-closed-unsupported-version = Esta página es más antigua que Housecall. Recárguela.
staff-closed-other = Recargue esta página para volver.
staff-refused-not-allowed = No puede hacer eso en esta visita.
staff-refused-no-such-seat = Esta persona ya no está aquí.
staff-refused-not-waiting = Esta persona no está ahora en la sala de espera.
staff-refused-not-admitted = Esta persona no está ahora en la visita.
staff-refused-identity-not-confirmed = Diga primero que sabe quién es.
staff-refused-nothing-to-take-over = Ya nadie pide cambiar de teléfono.
staff-refused-without-patient = El paciente también debe verlo.
staff-refused-no-such-snippet = Este dato ya no está listo. Ábralo de nuevo.
staff-refused-no-consent = El paciente no aceptó ver el expediente.
staff-refused-not-in-audience = Esta persona no puede ver el dato.
staff-refused-visit-ended = La visita terminó.
staff-refused-try-again = No llegó a la clínica. Intente de nuevo.

## Imagen y sonido
staff-microphone = Micrófono
staff-camera = Cámara
staff-mute = Apagar el micrófono
staff-unmute = Encender el micrófono
staff-camera-stop = Apagar la cámara
staff-camera-start = Encender la cámara
staff-camera-off = Cámara apagada
staff-devices = Elegir micrófono y cámara
staff-devices-short = Elegir
staff-end-call = Terminar
staff-leave = Salir
staff-self = Su imagen
staff-self-move = Mover su imagen
staff-picture-of = Imagen de { $name }
staff-hear = Pulse para oír a { $name }
staff-end-title = ¿Cómo quiere terminar?
staff-end-ask = Salga usted y { $name } puede esperarle. Termine para todos y la visita se acaba.
staff-end-me = Salir yo
staff-end-all = Terminar para todos
staff-reconnecting-title = Reconectando…
staff-reconnecting = Quédese en esta página. La llamada continúa.
staff-mic-stopped-title = Su micrófono se detuvo
staff-mic-stopped = Conéctelo de nuevo o revise que no esté silenciado.
staff-mic-switch = Cambiar a { $name }
staff-media-blocked-title = Su cámara está bloqueada
staff-media-blocked = Pulse la cámara en la barra de direcciones, permita cámara y micrófono e intente de nuevo.
staff-media-missing-title = No hay cámara ni micrófono
staff-media-missing = Conecte uno e intente de nuevo.
staff-media-busy-title = Otro programa tiene su cámara
staff-media-busy = Ciérrelo e intente de nuevo.
staff-conn-good = Buena conexión
staff-conn-connecting = Conectando…
staff-conn-weak = Internet débil
staff-conn-reconnecting = Reconectando…
staff-conn-muted = Micrófono apagado
staff-conn-picture-stopped = La imagen se detuvo
staff-advice-picture-stopped = Dígale: apague y encienda la cámara abajo.
staff-paused-title = Su internet está débil
staff-paused = Su imagen está en pausa para que puedan seguir hablando.
staff-conn-no-camera = Cámara apagada
staff-advice-weak = Dígale: acérquese al Wi-Fi o apague la cámara.
staff-advice-reconnecting = Conserva su lugar.
staff-advice-muted = Diga a { $name }: pulse Micrófono abajo.
staff-advice-no-camera = { $name } puede oírle. La imagen está apagada.
staff-advice-call = O llame al { $phone }.

## El expediente
staff-record = Expediente
staff-record-loading = Cargando el expediente…
staff-record-failed-title = No se pudo cargar el expediente
staff-record-away-title = El expediente no responde
staff-record-away = La visita sigue sin él. Intente de nuevo en un minuto.
staff-record-empty-title = Aún no hay nada que mostrar
staff-record-empty = Aquí aparecen resultados, medicinas, alergias y lo demás del expediente de este paciente.
staff-record-search = Buscar en el expediente
staff-record-no-match = No hay nada en este expediente con “{ $words }”.
staff-record-found-by = Incluye { $words }
staff-record-shown-before = Mostrado el { $date }
staff-record-keys = Teclas: / para buscar, ↑ ↓ para moverse, Intro para ver, Intro otra vez para mostrar, Esc para volver.
staff-group-on-screen = En la pantalla del paciente
staff-group-abnormal = Fuera de rango
staff-group-results = Análisis
staff-group-vitals = Signos vitales
staff-group-medicines = Medicinas y alergias
staff-group-health = Problemas, vacunas y planes
staff-group-papers = Informes y documentos
staff-group-more = { $n ->
    [one] Mostrar { $n } más
   *[other] Mostrar { $n } más
}
staff-record-skipped = { $n ->
    [one] { $n } dato no se puede mostrar.
   *[other] { $n } datos no se pueden mostrar.
}
staff-record-back = Volver al expediente
staff-record-preparing = Preparando…
staff-record-prepare-failed-title = No se pudo preparar este dato
staff-instructions = Indicaciones
staff-instructions-write = Escribir indicaciones
staff-instructions-language = Escritas en. { $name } lee { $language }; no se traduce nada.
staff-instructions-title = Título
staff-instructions-text = Texto
staff-instructions-hint = { $n ->
    [one] Queda un carácter.
   *[other] Quedan { $n } caracteres.
 } Una línea vacía termina un párrafo. Las líneas que empiezan con “-” o “1.” forman una lista.
staff-instructions-preview = Vista previa
staff-language-en = inglés
staff-language-es = español
staff-flag-high = Alto
staff-flag-low = Bajo
staff-flag-normal = Normal
staff-preview = Lo que verá el paciente, al ancho de un teléfono
staff-preview-none = La página del paciente no puede mostrar este dato.
staff-show = Mostrar al paciente
staff-show-again = Preparar de nuevo
staff-withdraw = Retirar
staff-audience = Quién puede verlo: { $names }
staff-audience-nobody = Nadie puede verlo hasta que el paciente esté en la visita.
staff-audience-also = Mostrar también a
staff-include = Mostrar también a { $name }
staff-person = { $name } ({ $role })
staff-keep = Darlo para guardar
staff-keep-given = El paciente puede guardar una copia.
staff-consent-refused-title = { $name } dijo que no
staff-consent-stopped-title = { $name } detuvo el expediente
staff-consent-again = No se puede mostrar nada hasta que lo permita: Más, y luego “Dejar que { $me } muestre mi expediente”.
staff-stand-prepared = Sin mostrar
staff-stand-asking = Preguntando
staff-stand-asking-line = Se pregunta a { $name } si acepta.
staff-stand-refused = Dijo que no
staff-stand-refused-line = { $name } no quiere verlo.
staff-stand-sending = Enviando
staff-stand-sending-line = En camino a la pantalla de { $name }.
staff-stand-shown = En pantalla
staff-stand-shown-line = { $name } lo tiene en la página.
staff-stand-seen = Visto
staff-stand-seen-line = { $name } lo tiene a la vista.
staff-stand-withdrawn = Retirado
staff-stand-withdrawn-line = Ya no está en ninguna pantalla.
staff-stand-rejected = Sin mostrar
staff-stand-rejected-line = La página de { $name } no lo mostró. Prepárelo de nuevo.

## Rechazos del servidor
staff-problem-snippet-too-large = Es demasiado grande para el teléfono del paciente. Se puede mostrar uno más corto.
staff-problem-no-title = Ponga un título a las indicaciones.
staff-problem-title-too-long = El título puede tener hasta 80 caracteres.
staff-problem-no-text = Escriba lo que el paciente debe leer.
staff-problem-text-too-long = Las indicaciones pueden tener hasta 4,000 caracteres.
staff-problem-other = No funcionó. Intente de nuevo o llame a administración.
staff-problem-claimed = Un colega tiene esta solicitud. Ábrala para ver quién.
staff-problem-not-yours = Usted no tiene esta solicitud. Tómela primero.
staff-problem-nobody-asks = Ya nadie pide ayuda para esta visita.
staff-problem-nobody-waits = Ahora nadie espera ayuda.
staff-problem-not-at-desk = Este colega no está en el puesto. Elija otro.
staff-problem-unknown-colleague = Elija un colega de soporte.
staff-problem-page-closed = La página del paciente no está abierta. Envíe los pasos o llame.
staff-problem-in-visit = El paciente ya está en la visita. Las pruebas terminaron.
staff-problem-nowhere-to-text = La clínica no tiene teléfono ni correo de este paciente. Pida a la clínica que lo agregue.
staff-problem-offline = Housecall no responde. Revise su internet e intente de nuevo.
staff-problem-sign-in-failed = El usuario y la contraseña no coinciden. Revise ambos e intente de nuevo.
staff-problem-too-many-tries = Demasiados intentos. Espere unos minutos e intente de nuevo.
staff-problem-too-many-tries-wait = { $minutes ->
    [one] Demasiados intentos. Intente de nuevo en { $minutes } minuto.
   *[other] Demasiados intentos. Intente de nuevo en { $minutes } minutos.
}
staff-problem-signed-out = Su sesión se cerró. Inicie sesión de nuevo.
staff-problem-not-found = Esto ya no está aquí. Vuelva a Hoy.
staff-problem-impossible-time = El reloj salta esta hora esa noche. Elija una hora más tarde.
staff-problem-ambiguous-time = El reloj marca esta hora dos veces esa noche. Elija cuál.
staff-problem-in-the-past = Esta hora ya pasó. Elija una posterior.
staff-problem-slot-taken = Hay otra visita a esa hora. Elija otra hora.
staff-problem-unknown-reason = Este motivo ya no se ofrece. Elija otro.
staff-problem-unknown-patient = Este paciente ya no está en la lista. Busque de nuevo.
staff-problem-key-reused = Esto ya se envió con otros datos. Revise el día y reserve de nuevo.
staff-problem-already-over = Esta visita terminó o está cancelada.
staff-problem-already-started = Esta visita ya empezó. Termínela primero.
staff-problem-call-taken = Otra persona de soporte está en una llamada con este paciente.
staff-problem-note-too-long = Escriba una nota más corta.
staff-problem-unknown-clinician = Esta persona ya no está en la lista. Elija otra.
staff-problem-wrong-role = Elija acompañante o intérprete.
staff-problem-bad-name = Escriba el nombre en una línea, de 120 letras como máximo.
staff-problem-too-many-seats = A una visita vienen como máximo cuatro acompañantes e intérpretes.
staff-problem-too-far = Esta hora está demasiado lejos. Elija una más cercana.
staff-problem-bad-born = Escriba la fecha de nacimiento completa.
staff-problem-born-in-future = La fecha de nacimiento es posterior a hoy. Revise el año.
staff-problem-born-long-ago = La fecha de nacimiento es anterior a 1880. Revise el año.
staff-problem-no-record = No hay expediente de este paciente.
staff-problem-source-unavailable = El expediente no responde. Intente de nuevo en un minuto.

## Lo que se mostró del expediente
staff-shown = Mostrado del expediente
staff-shown-failed = No se pudo cargar lo que se mostró.
staff-shown-since = desde { $from }
staff-shown-short = { $from }, menos de un minuto
staff-shown-span = de { $from } a { $until }
staff-shown-seen = visto
staff-shown-not-seen = en la página, no visto
staff-shown-not-there = nunca en la página
staff-shown-kept = copia guardada
staff-kind-lab-trend = Análisis en el tiempo
staff-kind-lab-result = Análisis
staff-kind-vital-signs = Signos vitales
staff-kind-medications = Medicinas
staff-kind-allergies = Alergias
staff-kind-conditions = Problemas de salud
staff-kind-immunizations = Vacunas
staff-kind-care-plan = Plan de cuidado
staff-kind-report = Informe
staff-kind-instructions = Indicaciones
staff-kind-image = Imagen o página escaneada
staff-kind-other = Dato del expediente
