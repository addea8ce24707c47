// A booking texts the link and the link in the text opens the visit; the test it leads to can be printed; the administrator sees
// how many visits connect.
import { expect, test, type Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PASSWORD, type Booking } from "./support/clinic.ts";
import type { Gateway } from "./support/gateway.ts";
import { House } from "./support/house.ts";
import { look, picture } from "./support/look.ts";

test("a patient comes by the link in the text, and a technician prints the test for the firewall", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const link = await linkInTheText(house.gateway, visit);
  expect(link).toBe(visit.link);

  const patient = await house.patient({ ...visit, link });
  const testId = startedTest(patient.page);
  await patient.opensTheLink();
  await patient.starts();
  await patient.saysDateOfBirth();
  await patient.goesOn();
  await patient.turnsOnCamera();
  await patient.answersTheSound();
  await patient.readsAVerdict();

  const technician = await house.technician();
  await technician.page.goto(`${house.gateway.url}/support/tests/${await testId}`);
  await expect(technician.page.getByRole("heading", { name: "Equipment test" })).toBeVisible();
  await expect(technician.page.getByRole("row", { name: /Path/ })).toContainText(/Pass|Warning/);
  await picture(technician.page, "16-test-report");
  await technician.page.getByRole("link", { name: "Sheet for the firewall" }).click();
  await expect(technician.page.getByRole("heading", { name: "Video visits through your firewall" })).toBeVisible();
  await expect(technician.page.getByRole("row", { name: /Relay .* UDP/ })).toContainText("Answered after");
  expect(await technician.page.locator("main").innerText()).not.toContain(visit.patient.name);
  await picture(technician.page, "16-firewall-sheet");
  await technician.page.emulateMedia({ media: "print" });
  await expect(technician.page.getByRole("button", { name: "Print" })).toBeHidden();
  await technician.page.screenshot({ path: file("16-firewall-sheet-on-paper"), fullPage: true });
});

test("a link is texted again from Today, and staff read what became of the text", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(600);
  const clinician = await house.clinician();
  await clinician.row(visit).getByRole("button", { name: visit.patient.name }).first().click();
  await expect(clinician.page.getByText("Texted just now (join link)").or(clinician.page.getByText(/Texted .*join link/))).toBeVisible();
  await clinician.page.getByRole("button", { name: `More for ${visit.patient.name}` }).first().click();
  await clinician.page.getByRole("menuitem", { name: "Text the link again" }).click();
  await clinician.page.getByRole("button", { name: "Make a new link" }).click();
  await expect(clinician.page.getByText(/We are texting this link to/)).toBeVisible();
  await look(clinician.page, "16-link-texted");
  await expect.poll(() => texts(house.gateway).filter((text) => text.includes("new link")).length).toBe(1);
});

test("an administrator sees how many visits connect and why not, in light and dark", async () => {
  await using house = await House.open();
  const admin = await house.clinician("lee");
  await signInAsAdmin(admin.page, house.gateway);
  await admin.page.goto(`${house.gateway.url}/staff/connections`);
  await expect(admin.page.getByRole("heading", { name: "Booked visits that connected" })).toBeVisible();
  await expect(admin.page.getByRole("row", { name: /Android/ })).toContainText("%");
  await picture(admin.page, "16-connections");
  await admin.page.screenshot({ path: file("16-connections-whole"), fullPage: true });
  await admin.page.emulateMedia({ colorScheme: "dark" });
  await picture(admin.page, "16-connections-dark");
  const download = admin.page.waitForEvent("download");
  await admin.page.getByRole("link", { name: "Download as CSV" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toMatch(/^what,by,name,good,bad,cause,count\r\nvisits,all,,\d*[05],\d*[05],,/);
});

/** The texts that this gateway has put into its folder, oldest first. */
function texts(gateway: Gateway): string[] {
  const folder = join(gateway.data, "notices");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

async function linkInTheText(gateway: Gateway, { link }: Booking): Promise<string> {
  const [address] = link.split("#");
  const found = () => texts(gateway).flatMap((text) => text.split(/\s/).filter((word) => word.startsWith(`${address}#`)));
  await expect.poll(() => found().length, { timeout: 20_000 }).toBe(1);
  return found()[0] ?? "";
}

/** The name of the test that this page begins. */
async function startedTest(page: Page): Promise<string> {
  const answer = await page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/equipment-tests"), { timeout: 0 });
  return ((await answer.json()) as { id: string }).id;
}

async function signInAsAdmin(page: Page, gateway: Gateway): Promise<void> {
  await page.context().clearCookies();
  await page.goto("about:blank");
  await page.goto(`${gateway.url}/staff`);
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("link", { name: "Connections" })).toBeVisible();
}

function file(name: string): string {
  return join(import.meta.dirname, "../../target/stories", `${name}.png`);
}
