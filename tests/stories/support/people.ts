// The people of the stories: each acts and looks through the page alone, by the words that a person reads.
import { expect, type Locator, type Page } from "@playwright/test";
import { PASSWORD, type Booking, type Companion } from "./clinic.ts";

abstract class StaffMember {
  constructor(
    readonly page: Page,
    protected readonly url: string,
  ) {}

  protected async signsInAs(login: string, path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.page.getByLabel("User name").fill(login);
    await this.page.getByLabel("Password").fill(PASSWORD);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await expect(this.page.getByRole("heading", { level: 1 })).not.toHaveText("Sign in");
  }

  /** The row of this visit in the list. */
  row(visit: Booking): Locator {
    return this.page.getByRole("listitem").filter({ hasText: visit.patient.name }).first();
  }

  /** Goes on with the Tab key until this has the focus. */
  async reachesByKeys(control: Locator): Promise<void> {
    await expect(control).toBeVisible();
    for (let steps = 0; steps < 60; steps++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not reach ${control}`);
  }

  async pressesByKeys(name: string): Promise<void> {
    await this.reachesByKeys(this.page.getByRole("button", { name, exact: true }).first());
    await this.page.keyboard.press("Enter");
  }

  /** Lets the waiting patient in, having looked at who it is. */
  async admits(visit: Booking): Promise<void> {
    const card = this.page.getByRole("listitem").filter({ hasText: visit.patient.name });
    await card.getByRole("button", { name: "Admit" }).click();
    const question = this.page.getByRole("dialog", { name: "Is this your patient?" });
    await expect(question).toContainText(visit.patient.name);
    await question.getByRole("button", { name: "Yes, admit" }).click();
    await expect(question).toBeHidden();
  }
}

export class Clinician extends StaffMember {
  async signsIn(login: string): Promise<void> {
    await this.signsInAs(login, "/staff");
    await expect(this.page.getByRole("heading", { name: "Today" })).toBeVisible();
  }

  async starts(visit: Booking): Promise<void> {
    await this.row(visit).getByRole("button", { name: "Start" }).click();
    await expect(this.page.getByText(/Your patient is waiting|people are waiting|On the way|Nobody is here yet/).first()).toBeVisible();
  }

  /** Follows an address of a visit, as from a bookmark. */
  async opensByAddress(visit: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(`${this.url}/staff#/visit/${visit}`);
  }

  /** Lets a caregiver or an interpreter in, having read who it should be. */
  async admitsCompanion({ name, role }: Companion): Promise<void> {
    await this.page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Admit" }).click();
    const question = this.page.getByRole("dialog", { name: "Is this who you expect?" });
    await expect(question).toContainText(`${name}, ${role}`);
    await question.getByRole("button", { name: "Yes, admit" }).click();
    await expect(question).toBeHidden();
  }

  /** What is on the patient's screen is shown to this person too. */
  async includes({ name, role }: Companion): Promise<void> {
    await this.record().getByRole("button", { name: `Show to ${name} (${role}) too` }).click();
  }

  async removes({ name }: Companion): Promise<void> {
    await this.page.getByRole("button", { name: `More for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: "Remove" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  }

  async endsForEveryone(): Promise<void> {
    await this.page.getByRole("button", { name: "End", exact: true }).click();
    await this.page.getByRole("button", { name: "End for everyone" }).click();
    await expect(this.page.getByText("The visit has ended")).toBeVisible();
  }

  private record(): Locator {
    return this.page.getByRole("region", { name: "Record", exact: true });
  }

  async opensTheRecord(): Promise<void> {
    await expect(this.record().getByRole("button", { name: /Blood sugar/ }).first()).toBeVisible();
  }

  async shows(title: RegExp): Promise<void> {
    await this.record().getByRole("button", { name: title }).first().click();
    await this.record().getByRole("button", { name: "Show to the patient" }).click();
  }

  async writesInstructions(title: string, text: string): Promise<void> {
    await this.record().getByRole("button", { name: "Write instructions" }).click();
    await this.record().getByLabel("Title").fill(title);
    await this.record().getByLabel("What to read").fill(text);
  }

  async showsWhatWasWritten(): Promise<void> {
    await this.record().getByRole("button", { name: "Preview" }).click();
    await this.record().getByRole("button", { name: "Show to the patient" }).click();
  }

  async goesBackToTheRecord(): Promise<void> {
    await this.record().getByRole("button", { name: "Back to the record" }).click();
  }

  async seesThatItWasSeen(): Promise<void> {
    await expect(this.record().getByRole("status").first()).toContainText("Seen");
  }

  async readsThatThePatientSaidNo(): Promise<void> {
    await expect(this.record().getByRole("status")).toContainText("Said no");
  }

  async withdraws(): Promise<void> {
    await this.record().getByRole("button", { name: "Withdraw" }).click();
  }

  /** Lets a patient in who could not give the date of birth. */
  async vouches(visit: Booking): Promise<void> {
    await this.row(visit).getByRole("button", { name: "Let in" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: /I know them/ }).click();
    await expect(this.page.getByRole("dialog")).toBeHidden();
  }
}

export class Technician extends StaffMember {
  async signsIn(login = "sam"): Promise<void> {
    await this.signsInAs(login, "/support");
    await expect(this.page.getByRole("heading", { name: "Help desk" })).toBeVisible();
  }

  /** From the queue, or from the visit where it is open already. */
  async startsTestCall(visit: Booking): Promise<void> {
    if (await this.row(visit).isVisible()) await this.claims(visit);
    await this.page.getByRole("button", { name: "Start test call" }).click();
    await expect(this.page.getByRole("heading", { name: /Test call/ }).first()).toBeVisible();
  }

  /** Takes the request, or the visit where nobody asked, and has it open. */
  async claims(visit: Booking): Promise<void> {
    const claim = this.row(visit).getByRole("button", { name: "Claim" });
    if (await claim.isVisible()) await claim.click();
    else await this.opensVisit(visit);
    await expect(this.page.getByRole("heading", { name: visit.patient.name })).toBeVisible();
    const again = this.page.getByRole("complementary", { name: "What to do" }).getByRole("button", { name: "Claim" });
    const start = this.page.getByRole("button", { name: "Start test call" });
    await expect(again.or(start)).toBeVisible();
    if (await again.isVisible()) await again.click();
    await expect(start).toBeVisible();
  }

  async opensVisit(visit: Booking): Promise<void> {
    await this.row(visit).getByRole("button", { name: visit.patient.name, exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: visit.patient.name })).toBeVisible();
  }

  /** The line of a check in the open visit. */
  check(name: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name, exact: true }) });
  }

  /** As with "Say how it ended", where what the page looks like does not matter. */
  async settles(visit: Booking, outcome: string): Promise<void> {
    const answer = await this.page.request.post(`${this.url}/api/v1/support/visits/${visit.visit}/outcome`, { data: { outcome }, headers: { Origin: this.url } });
    expect(answer.status()).toBe(204);
  }

  async textsTheSteps(): Promise<void> {
    await this.page.getByRole("button", { name: "Text the steps" }).click();
    await expect(this.page.getByText("The steps are on their way as a text.").first()).toBeVisible();
  }

  async runsAgain(check: string): Promise<void> {
    await this.check(check).getByRole("button", { name: /Run again/ }).click();
    await expect(this.page.getByText(/runs this step again/).first()).toBeVisible();
  }

  /** The same without a mouse. */
  async saysHowItEndedByKeys(outcome: string, note: string): Promise<void> {
    await this.pressesByKeys("Say how it ended");
    const dialog = this.page.getByRole("dialog", { name: "How did it end?" });
    const choice = dialog.getByLabel(outcome, { exact: true });
    await this.reachesByKeys(dialog.getByRole("radio").first());
    await this.page.keyboard.press("Space");
    for (let steps = 0; steps < 4 && !(await choice.isChecked()); steps++) await this.page.keyboard.press("ArrowDown");
    await expect(choice).toBeChecked();
    await this.reachesByKeys(dialog.getByLabel("Note"));
    await this.page.keyboard.type(note);
    await this.pressesByKeys("Save");
    await expect(dialog).toBeHidden();
  }

  async endsTestCall(outcome: string, note: string): Promise<void> {
    await this.page.getByRole("button", { name: "Finish the test call" }).click();
    const dialog = this.page.getByRole("dialog", { name: "How did the test call end?" });
    await dialog.getByLabel(outcome, { exact: true }).check();
    await dialog.getByLabel("Note").fill(note);
    await dialog.getByRole("button", { name: "End and save" }).click();
    await expect(this.page.getByRole("heading", { name: "Help desk" })).toBeVisible();
  }
}

const YEARS_WRONG = 1;
const ONWARD = /^Continue( anyway)?$/;
const VERDICT = /You're ready|Sound only works best|Let's use a phone call|We couldn't check everything/;

/** What the clinician reads of each verdict. How good it is depends on what else this machine does. */
export const READINESS: Readonly<Record<string, string>> = {
  "You're ready": "Video",
  "You're ready. Video may be fuzzy": "Low video",
  "Sound only works best today": "Sound only",
  "Let's use a phone call": "Phone",
  "We couldn't check everything": "Not checked",
};

export class Patient {
  constructor(
    readonly page: Page,
    private readonly visit: Booking,
  ) {}

  private button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  private title(words: string | RegExp): Locator {
    return this.page.getByRole("heading", { name: words });
  }

  async sees(words: RegExp): Promise<void> {
    await expect(this.page.getByText(words).first()).toBeVisible({ timeout: 45_000 });
  }

  async opensTheLink(): Promise<void> {
    await this.opens(this.visit.link);
  }

  /** A link tapped in a text message: always a new page, even where only the secret differs. */
  async opens(link: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(link);
  }

  async starts(): Promise<void> {
    await this.button("Start").click();
  }

  async saysDateOfBirth(): Promise<void> {
    await this.typesDateOfBirth(this.visit.patient.born);
  }

  private async typesDateOfBirth(born: string): Promise<void> {
    const [year, month, day] = born.split("-");
    await expect(this.title("What is your date of birth?")).toBeVisible();
    await this.page.getByLabel("Month").fill(month ?? "");
    await this.page.getByLabel("Day").fill(day ?? "");
    await this.page.getByLabel("Year").fill(year ?? "");
    await this.button("Continue").click();
  }

  /** Goes from control to control with the Tab key until the one with these words has the focus. */
  async reachesByKeys(words: string): Promise<void> {
    await expect(this.button(words)).toBeVisible({ timeout: 60_000 });
    for (let steps = 0; steps < 40; steps++) {
      if (await this.button(words).evaluate((button) => button === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not reach "${words}"`);
  }

  async typesDateOfBirthByKeys(): Promise<void> {
    const [year, month, day] = this.visit.patient.born.split("-");
    const fields = this.page.getByRole("textbox");
    for (let steps = 0; steps < 10; steps++) {
      if (await fields.first().evaluate((field) => field === document.activeElement)) break;
      await this.page.keyboard.press("Tab");
    }
    const inOrder = await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).autocomplete));
    for (const [index, kind] of inOrder.entries()) {
      const value = kind.endsWith("year") ? year : kind.endsWith("month") ? month : day;
      await expect(fields.nth(index)).toBeFocused();
      await this.page.keyboard.type(value ?? "");
      if (index < inOrder.length - 1 && (await fields.nth(index).evaluate((field) => field === document.activeElement))) await this.page.keyboard.press("Tab");
    }
  }

  /** Of five tries, the first four say how many are left. */
  async saysWrongDateOfBirth(tries: number): Promise<void> {
    const year = Number(this.visit.patient.born.slice(0, 4)) + YEARS_WRONG;
    await this.typesDateOfBirth(`${year}${this.visit.patient.born.slice(4)}`);
    const left = 5 - tries;
    await this.sees(left > 0 ? new RegExp(`${left} (try|tries) left`) : /Let's ask the clinic/);
  }

  async asksTheClinic(): Promise<void> {
    await this.button("Ask the clinic to let me in").click();
    await expect(this.title("We've asked the clinic to let you in")).toBeVisible();
  }

  async isLetInWithoutDateOfBirth(): Promise<void> {
    await expect(this.title(/Your visit with/)).toBeVisible();
  }

  /** Camera and microphone stay blocked, and the person goes on: a check that leaves only the telephone. */
  async failsTheCheck(): Promise<void> {
    await this.asksForCamera();
    await this.joinsWithoutCamera();
    const verdict = this.title("Let's use a phone call");
    const sound = this.button("Yes");
    await expect(verdict.or(sound).first()).toBeVisible({ timeout: 60_000 });
    if (await sound.isVisible()) await sound.click();
    await expect(verdict).toBeVisible({ timeout: 60_000 });
  }

  async getsHelp(): Promise<void> {
    await this.button("Get help").click();
  }

  /** From "Before you start" to camera and microphone. */
  async goesOn(): Promise<void> {
    await expect(this.title(/Your visit with/)).toBeVisible();
    await this.button("Continue").click();
    await expect(this.title("Camera and microphone")).toBeVisible();
  }

  async comesAsFarAsBefore(): Promise<void> {
    await this.opensTheLink();
    await this.starts();
    await this.saysDateOfBirth();
    await expect(this.title(/Your visit with/)).toBeVisible();
  }

  async comesAsFarAsDevices(): Promise<void> {
    await this.comesAsFarAsBefore();
    await this.goesOn();
  }

  async asksForCamera(): Promise<void> {
    await this.button("Turn on camera and microphone").click();
  }

  /** Says "Allow" to the phone, then taps. */
  async turnsOnCamera(): Promise<void> {
    await this.page.context().grantPermissions(["camera", "microphone"]);
    await this.asksForCamera();
    await expect(this.page.getByRole("list").getByText("Microphone")).toBeVisible();
  }

  async answersTheSound(): Promise<void> {
    await this.button("Yes").click({ timeout: 30_000 });
  }

  async skipsTheSound(): Promise<void> {
    await this.button("Skip").click({ timeout: 30_000 });
  }

  /** Answers the question about the sound if it comes before the verdict does. */
  async hearsOrSkips(): Promise<void> {
    const yes = this.button("Yes");
    await expect(yes.or(this.title(VERDICT)).first()).toBeVisible({ timeout: 60_000 });
    if (await yes.isVisible()) await yes.click();
  }

  /** Gives its words. */
  async readsAVerdict(): Promise<string> {
    await expect(this.title(VERDICT)).toBeVisible({ timeout: 60_000 });
    return this.title(VERDICT).innerText();
  }

  /** The check begins anew, as somebody at the desk asked. */
  async checksAgain(): Promise<void> {
    await expect(this.title(VERDICT)).toBeHidden({ timeout: 30_000 });
  }

  /** With the ear of `pretendToHear`: the tones of the last sound. */
  heardTones(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { storyTones: number }).storyTones);
  }

  /** With the same ear: what the page said aloud. */
  wasTold(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { storySaid: string[] }).storySaid);
  }

  async joinsWithoutCamera(): Promise<void> {
    await this.button("Join without camera").click();
  }

  /** With whatever the check has found. */
  async goesOnAnyway(): Promise<void> {
    const onward = this.button(ONWARD);
    const sound = this.button("Yes");
    await expect(onward.or(sound).first()).toBeVisible({ timeout: 60_000 });
    if (await sound.isVisible()) await sound.click();
    await onward.click({ timeout: 60_000 });
    await this.isWaiting();
  }

  /** The check may end later or never: what it finds depends on what else this machine does, and most stories are about other things. */
  private async goesOnAtOnce(): Promise<void> {
    await this.button(ONWARD).click();
    await this.isWaiting();
  }

  async comesFromIdentityToTheWaitingRoom(): Promise<void> {
    await this.goesOn();
    await this.turnsOnCamera();
    await this.goesOnAtOnce();
  }

  async comesToTheWaitingRoom(): Promise<void> {
    await this.opensTheLink();
    await this.starts();
    await this.saysDateOfBirth();
    await this.comesFromIdentityToTheWaitingRoom();
  }

  async isWaiting(): Promise<void> {
    await expect(this.title("You're checked in")).toBeVisible({ timeout: 30_000 });
  }

  async asksForAText(): Promise<void> {
    await this.button("Text me when it's my turn").click();
    await expect(this.page.getByText(/We'll text you when it's your turn/)).toBeVisible();
  }

  /** On a phone that has just taken the place over. */
  async turnsOnCameraAndKeepsThePlace(): Promise<void> {
    await this.page.context().grantPermissions(["camera", "microphone"]);
    await this.asksForCamera();
    await this.isWaiting();
  }

  async isInTheCall(): Promise<void> {
    await expect(this.button("End")).toBeVisible({ timeout: 30_000 });
    // However good the path is: a busy machine measures a weak one.
    await expect(this.page.getByText(/^Connected|internet is weak|^The picture is slow|picture is paused|Sound only for now/).first()).toBeVisible({ timeout: 30_000 });
  }

  /** A verdict is a start and no sentence: where the call begins with sound alone, the picture is one tap away. */
  async showsTheirPicture(): Promise<void> {
    const off = this.button("Start video");
    await expect(off.or(this.button("Stop video"))).toBeVisible();
    if (await off.isVisible()) await off.click();
  }

  /** Sound alone, however the call began. */
  async hidesTheirPicture(): Promise<void> {
    const on = this.button("Stop video");
    await expect(on.or(this.button("Start video"))).toBeVisible();
    if (await on.isVisible()) await on.click();
  }

  /** After a reload the phone wants one tap before it plays sound again, or none. */
  async comesBackToTheCall(): Promise<void> {
    await this.isInTheCall();
  }

  async seesTheEnd(): Promise<void> {
    await expect(this.title("Your visit has ended")).toBeVisible();
  }

  snippet(): Locator {
    return this.page.getByRole("region", { name: "Record" });
  }

  async isAskedToSeeTheRecord(within = 15_000): Promise<void> {
    await expect(this.page.getByText(/would like to show you part of your record/)).toBeVisible({ timeout: within });
  }

  async agreesToSeeTheRecord(): Promise<void> {
    await this.button("Yes, show me").click();
  }

  async refusesToSeeTheRecord(): Promise<void> {
    await this.button("No, thank you").click();
  }

  async opensTheTable(): Promise<void> {
    await this.button("Show as a table").click();
  }

  async isToldItIsOpenElsewhere(): Promise<void> {
    await expect(this.title("Your visit is open on another phone")).toBeVisible();
  }

  async asksToUseThisPhone(): Promise<void> {
    await this.button("Use this phone").click();
    await this.sees(/We've asked the other phone/);
  }

  async isAskedToHandOver(): Promise<void> {
    await expect(this.page.getByText("Use another phone?")).toBeVisible();
  }

  async handsOver(): Promise<void> {
    await this.button("Yes, move my visit there").click();
  }

  async isToldItMoved(): Promise<void> {
    await expect(this.title("Your visit moved to another phone")).toBeVisible();
  }

  async joinsTheTestCall(): Promise<void> {
    await expect(this.title("A technician can help you now")).toBeVisible();
    await this.page.context().grantPermissions(["camera", "microphone"]);
    await this.button("Start the test call").click();
  }

  async isBackFromTheTestCall(): Promise<void> {
    await this.sees(/The test call is over|Now back to your visit|Camera and microphone/);
  }
}

/** A caregiver or an interpreter: no date of birth, no names before they are let in. */
export class Guest {
  constructor(
    readonly page: Page,
    private readonly companion: Companion,
  ) {}

  private button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  private title(words: string | RegExp): Locator {
    return this.page.getByRole("heading", { name: words });
  }

  async opensTheLink(): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(this.companion.link);
  }

  async starts(): Promise<void> {
    await this.button("Start").click();
    await expect(this.title(`You join as ${this.companion.role}`)).toBeVisible();
  }

  async comesToTheWaitingRoom(): Promise<void> {
    await this.button("Continue").click();
    await this.page.context().grantPermissions(["camera", "microphone"]);
    await this.button("Turn on camera and microphone").click();
    await this.page.getByRole("button", { name: ONWARD }).click();
    await expect(this.title("You're checked in")).toBeVisible({ timeout: 30_000 });
  }

  snippet(): Locator {
    return this.page.getByRole("region", { name: "Record" });
  }

  async isToldThatThePlaceIsClosed(): Promise<void> {
    await expect(this.title("Your place in the visit was closed")).toBeVisible();
  }
}
