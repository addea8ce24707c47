// Spanish is complete, the keyboard is enough, and the quiet pages of the staff hold the same rules as the loud ones.
import { expect, test } from "@playwright/test";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("somebody who reads Spanish and uses only the keyboard comes to the waiting room", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60, "es");
  const patient = await house.patient(visit, { locale: "es-MX" });

  await patient.opensTheLink();
  await patient.reachesByKeys("Comenzar");
  await look(patient.page, "10-start-es");
  await patient.page.keyboard.press("Enter");

  await expect(patient.page.getByRole("heading", { name: "¿Cuál es su fecha de nacimiento?" })).toBeVisible();
  await patient.typesDateOfBirthByKeys();
  await picture(patient.page, "10-who-es");
  await patient.page.keyboard.press("Enter");

  await expect(patient.page.getByRole("heading", { name: /Su consulta con/ })).toBeVisible();
  await picture(patient.page, "10-before-es");
  await patient.reachesByKeys("Continuar");
  await patient.page.keyboard.press("Enter");

  await patient.page.context().grantPermissions(["camera", "microphone"]);
  await patient.reachesByKeys("Encender cámara y micrófono");
  await patient.page.keyboard.press("Enter");
  await patient.reachesByKeys("Sí");
  await patient.page.keyboard.press("Enter");
  await expect(patient.page.getByRole("heading", { name: /Todo listo/ })).toBeVisible({ timeout: 60_000 });
  await picture(patient.page, "10-ready-es");
  await patient.reachesByKeys("Continuar");
  await patient.page.keyboard.press("Enter");
  await expect(patient.page.getByRole("heading", { name: "Ya registramos su llegada" })).toBeVisible();
  await picture(patient.page, "10-waiting-es");
});

test("the pages for booking, settings and Today hold in Spanish, in the dark, and when nothing is there", async () => {
  await using house = await House.open();
  const admin = await house.clinician("admin");
  await admin.page.emulateMedia({ colorScheme: "dark" });
  await picture(admin.page, "10-today-dark");
  await admin.page.getByRole("button", { name: "Español" }).click();
  await expect(admin.page.getByRole("heading", { name: "Hoy" })).toBeVisible();
  await picture(admin.page, "10-today-dark-es");
  await admin.page.emulateMedia({ colorScheme: "light" });
  await admin.page.getByRole("link", { name: "Reservar visita" }).first().click();
  await expect(admin.page.getByRole("heading", { name: "Reservar visita" })).toBeVisible();
  await picture(admin.page, "10-book-es");
  await admin.page.getByRole("link", { name: "Ajustes de la clínica" }).click();
  await expect(admin.page.getByRole("heading", { name: "Ajustes de la clínica" })).toBeVisible();
  await picture(admin.page, "10-settings-es");

  const idle = await house.clinician();
  await picture(idle.page, "10-today-empty");
});

test("the demo's own page holds in both languages", async () => {
  await using house = await House.open();
  const { page } = await house.stranger();
  await page.goto(`${house.gateway.url}/demo`);
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  await look(page, "10-demo");
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page.getByRole("heading", { name: "La clínica de prueba" })).toBeVisible();
  await look(page, "10-demo-es");
});
