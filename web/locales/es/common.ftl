# Palabras que comparten varias páginas y el HTML del servidor.

product = Housecall
video-visit = Videoconsulta
your-video-visit = Su videoconsulta
call-clinic = Llamar al { $phone }
try-again = Intentar de nuevo
close = Cerrar
cancel = Cancelar
time-am = { $time } a. m.
time-pm = { $time } p. m.
help-code = Código de ayuda { $code }
language-en = English
language-es = Español
