// Two gateways behind nginx as docs/OPERATIONS.md says, one person of a visit on each. The one that runs it dies: nobody in the call notices more than a banner.
import { expect, test } from "@playwright/test";
import { Cluster } from "./support/cluster.ts";
import { House } from "./support/house.ts";
import { expectSeesAndHears, flow, landsOn, watchForFrozenPictures } from "./support/media.ts";

test("a visit across two gateways goes on when the one that runs it is killed", { tag: "@measures" }, async () => {
  await using cluster = await Cluster.open();
  await using house = await House.at(cluster.a);
  const visit = await house.clinic.book(60);
  const patient = await house.patient(visit);
  const clinician = await house.clinician();
  await patient.page.addInitScript(landsOn, "a");
  await clinician.page.evaluate(landsOn, "b");

  await patient.comesToTheWaitingRoom();
  await clinician.starts(visit);
  await clinician.admits(visit);
  await patient.isInTheCall();
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);
  expect(await cluster.b.metric("sockets_relayed_total"), "the clinician is served through the other gateway").toBeGreaterThan(0);
  const before = { patient: await flow(patient.page), clinician: await flow(clinician.page) };
  const watches = [await watchForFrozenPictures(patient.page), await watchForFrozenPictures(clinician.page)];

  await cluster.a.kill();
  const killed = Date.now();
  await clinician.opensTheRecord();
  await clinician.shows(/Blood sugar over three months/);
  await patient.isAskedToSeeTheRecord(60_000);
  const away = Date.now() - killed;
  await patient.agreesToSeeTheRecord();
  await clinician.seesThatItWasSeen();
  await expectSeesAndHears(patient.page);
  await expectSeesAndHears(clinician.page);

  const freezes = await Promise.all(watches.map((watch) => watch.longestFreezeMs()));
  console.log(`    from the kill to a new word: ${away} ms; longest stop of a picture: ${freezes.map(Math.round).join(" and ")} ms`);
  expect(Math.max(...freezes), "pictures do not wait for the other gateway").toBeLessThan(away / 2);
  const after = { patient: await flow(patient.page), clinician: await flow(clinician.page) };
  for (const who of ["patient", "clinician"] as const) {
    expect(after[who].connections, "the same connection").toBe(before[who].connections);
    expect(after[who].descriptions, "and nothing negotiated anew").toBe(before[who].descriptions);
  }

  const clinic = await house.freshClinic();
  expect(await clinic.call("GET", `/visits/${visit.visit}`), "the lists know who is there").toMatchObject({ arrival: "in_visit" });
  await clinician.endsForEveryone();
  await patient.seesTheEnd();
  expect(await clinic.auditOf(visit)).toContain("visit.ended");
});
