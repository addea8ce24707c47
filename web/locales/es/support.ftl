# Páginas de soporte técnico.

support-sub = Próximas visitas, siete días
support-no-clinical-title = Aquí no hay datos de salud
support-no-clinical = Usted ve quién viene, cuándo y cómo le fue a su teléfono. Nunca por qué viene.
support-no-record = Se habla de cámara, sonido e internet. El expediente no está aquí.
support-show-failing = Necesitan ayuda
support-show-all = Mostrar todas
support-none-failing-title = Nadie necesita ayuda ahora
support-none-failing = Los pacientes cuya prueba falló o que piden ayuda aparecen aquí solos.
support-empty-title = Sin visitas en siete días
support-empty = Las visitas que se reserven aparecen aquí solas.
support-tests = { $n ->
    [one] { $n } prueba
   *[other] { $n } pruebas
}
support-needs-help = Necesita ayuda
support-in-test-call = En llamada de prueba
support-with = En llamada de prueba con { $staff }.
support-ended-by = Llamada de prueba con { $staff }: { $outcome }.
support-ended-without = La llamada de prueba con { $staff } terminó sin resultado.
support-start = Llamada de prueba
support-return = Volver
support-test-call = Paciente
support-test-call-with = Llamada de prueba: { $name }
support-outcome = Resultado
support-outcome-ask = Cuando imagen y sonido estén resueltos, diga cómo terminó. El personal clínico lo ve.
support-finish = Terminar la llamada de prueba
support-outcome-title = ¿Cómo terminó la llamada de prueba?
support-outcome-ready = Listo
support-outcome-use-the-phone = Usar el teléfono
support-outcome-needs-another-device = Necesita otro aparato
support-outcome-missing = Elija un resultado
support-note = Nota
support-note-hint = Solo sobre el equipo. El personal clínico la lee.
support-leave-open = Salir sin resultado
support-end-and-save = Terminar y guardar
support-saved = Guardado para { $name }.
