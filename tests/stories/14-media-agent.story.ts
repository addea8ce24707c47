// The gateway's own end of an equipment test, met by real Chromium over every way that a network may leave open.
import { expect, test } from "@playwright/test";
import { testOver, type Session, type Way } from "./support/agent.ts";
import type { Booking } from "./support/clinic.ts";
import { House } from "./support/house.ts";

test("over each way a phone sees and hears itself, its record comes back, and the gateway knows how it came", { tag: "@measures" }, async () => {
  await using house = await House.open();
  // Two people at once: most of a session is waiting.
  const [one, other] = [await house.clinic.book(60), await house.clinic.book(16 * 60)];
  await Promise.all([goesOver(house, one, ["direct", "tcp"]), goesOver(house, other, ["udp", "tls"])]);
});

async function goesOver(house: House, visit: Booking, ways: Way[]): Promise<void> {
  const patient = await house.patient(visit);
  await patient.page.context().grantPermissions(["camera", "microphone"], { origin: house.gateway.url });
  await patient.comesAsFarAsDevices();
  for (const way of ways) {
    const session = await testOver(patient.page, visit.seat, way);
    expect(session.relayProtocol, "how it reaches the relay").toBe(way === "direct" ? "" : way);
    isSane(session);
  }
}

function isSane({ measured, ...session }: Session): void {
  expect(session.firstFrameMs).toBeLessThan(15_000);
  expect(session.framesDecoded).toBeGreaterThan(10);
  expect(session.audioEnergy, "the fake microphone beeps").toBeGreaterThan(0);
  expect(session.recordsIntact).toBe(true);
  const { up, down } = measured;
  expect(up.packets).toBeGreaterThan(50);
  expect(up.loss).toBeLessThan(0.1);
  expect(up.jitter_ms).toBeLessThan(100);
  expect(up.kbps).toBeGreaterThan(50);
  expect(up.frames).toBeGreaterThan(5);
  expect(up.silent).toBe(false);
  expect(up.audio_level_db).toBeLessThan(0);
  expect(down.loss).toBeLessThan(0.1);
  expect(down.round_trip_ms).toBeLessThan(500);
}
