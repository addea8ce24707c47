// The same link on a second phone: it waits as already open, and takes over only when the first one says so.
import { expect, test } from "@playwright/test";
import { expectSeesAndHears } from "./support/media.ts";
import { House } from "./support/house.ts";
import { picture } from "./support/look.ts";

test("a second phone takes over when the first says so, and the first is told", async () => {
  await using house = await House.open();
  const visit = await house.clinic.book(60);
  const first = await house.patient(visit);
  await first.comesToTheWaitingRoom();

  const second = await house.patient(visit);
  await second.opensTheLink();
  await second.starts();
  await second.saysDateOfBirth();
  await second.isToldItIsOpenElsewhere();
  await picture(second.page, "06-already-open");

  await second.asksToUseThisPhone();
  await first.isAskedToHandOver();
  await picture(first.page, "06-hand-over");
  await first.handsOver();
  await first.isToldItMoved();
  await picture(first.page, "06-moved-away");

  await second.turnsOnCameraAndKeepsThePlace();
  const clinician = await house.clinician();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await expectSeesAndHears(second.page);
  await expectSeesAndHears(clinician.page);
  expect(await first.page.getByText(/checked in/i).count()).toBe(0);
});
