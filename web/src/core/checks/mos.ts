// How speech will sound, from delay, jitter and loss: the E-model of ITU-T G.107 (06/2015), with every parameter that a page cannot
// measure at its default (table 1), where the rating is R = 93.2 - Idd - Ie,eff.
//
// Loss is weighed as for G.711 with packet loss concealment (G.113 appendix I: Ie = 0, Bpl = 25.1). Opus bears it better, so the
// score is rather too low than too high.

const DEFAULT_R = 93.2;
const G711_PLC_BPL = 25.1;
/** A jitter buffer holds about twice the jitter; packets and the codec add their own. */
const PACKET_MS = 20 + 5;

export interface Speech {
  roundTripMs: number;
  jitterMs: number;
  /** Share of packets, the worse way. */
  loss: number;
}

/** Mean opinion score, 1 to 4.5. */
export function soundScore({ roundTripMs, jitterMs, loss }: Speech): number {
  const oneWayMs = roundTripMs / 2 + 2 * jitterMs + PACKET_MS;
  return mos(DEFAULT_R - delayImpairment(oneWayMs) - lossImpairment(loss));
}

/** Idd, G.107 formula 7-27. */
export function delayImpairment(oneWayMs: number): number {
  if (oneWayMs <= 100) return 0;
  const x = Math.log2(oneWayMs / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie,eff for loss without bursts, G.107 formula 7-29. */
export function lossImpairment(loss: number): number {
  const percent = loss * 100;
  return (95 * percent) / (percent + G711_PLC_BPL);
}

/** G.107 annex B, formula B-4. */
export function mos(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
}
