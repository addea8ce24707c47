// What getStats says of a way to the media agent at one moment, and what two such moments say of the time between them.

export interface Reading {
  at: number;
  framesDecoded: number;
  packetsReceived: number;
  packetsLost: number;
  bytesReceived: number;
  /** Everything that crossed, both ways. */
  bytes: number;
  availableKbps?: number;
  jitterMs?: number;
  /** Sums over all answered checks of the way. */
  roundTripMs: number;
  roundTrips: number;
  /** Seconds the encoder was held back by the processor, and all seconds it told of. */
  busyS: number;
  encodingS: number;
}

type Row = Record<string, unknown> & { type: string };

export async function read(pc: RTCPeerConnection): Promise<Reading> {
  const rows: Row[] = [];
  (await pc.getStats()).forEach((row: Row) => rows.push(row));
  return readRows(rows, performance.now());
}

export function readRows(rows: readonly Row[], at: number): Reading {
  const reading: Reading = {
    at, framesDecoded: 0, packetsReceived: 0, packetsLost: 0, bytesReceived: 0, bytes: 0, roundTripMs: 0, roundTrips: 0, busyS: 0, encodingS: 0,
  };
  for (const row of rows) {
    if (row.type === 'inbound-rtp') inbound(reading, row);
    if (row.type === 'outbound-rtp') outbound(reading, row);
    if (row.type === 'transport') reading.bytes += number(row['bytesSent']) + number(row['bytesReceived']);
    if (row.type === 'candidate-pair' && row['nominated'] === true) pair(reading, row);
  }
  return reading;
}

function inbound(reading: Reading, row: Row): void {
  reading.packetsReceived += number(row['packetsReceived']);
  reading.packetsLost += number(row['packetsLost']);
  reading.bytesReceived += number(row['bytesReceived']) + number(row['headerBytesReceived']);
  if (row['kind'] === 'video') reading.framesDecoded += number(row['framesDecoded']);
  if (row['kind'] === 'audio' && typeof row['jitter'] === 'number') reading.jitterMs = row['jitter'] * 1000;
}

function outbound(reading: Reading, row: Row): void {
  const durations = row['qualityLimitationDurations'] as Record<string, number> | undefined;
  if (!durations) return;
  reading.busyS += number(durations['cpu']);
  reading.encodingS += Object.values(durations).reduce((sum, seconds) => sum + seconds, 0);
}

function pair(reading: Reading, row: Row): void {
  reading.roundTripMs += number(row['totalRoundTripTime']) * 1000;
  reading.roundTrips += number(row['responsesReceived']);
  const available = row['availableOutgoingBitrate'];
  if (typeof available === 'number') reading.availableKbps = available / 1000;
}

export interface Between {
  loss?: number;
  kbps?: number;
  jitterMs?: number;
  roundTripMs?: number;
  busyShare?: number;
}

export function between(from: Reading, to: Reading): Between {
  const received = to.packetsReceived - from.packetsReceived;
  const lost = Math.max(0, to.packetsLost - from.packetsLost);
  const seconds = (to.at - from.at) / 1000;
  const trips = to.roundTrips - from.roundTrips;
  const encoding = to.encodingS - from.encodingS;
  return {
    ...(received + lost > 0 ? { loss: lost / (received + lost) } : {}),
    ...(seconds > 0 ? { kbps: ((to.bytesReceived - from.bytesReceived) * 8) / 1000 / seconds } : {}),
    ...(to.jitterMs === undefined ? {} : { jitterMs: to.jitterMs }),
    ...roundTrip(from, to, trips),
    ...(encoding > 0 ? { busyShare: (to.busyS - from.busyS) / encoding } : {}),
  };
}

/** Checks of a way are seconds apart: those since the beginning count where none came between. */
function roundTrip(from: Reading, to: Reading, trips: number): { roundTripMs?: number } {
  if (trips > 0) return { roundTripMs: (to.roundTripMs - from.roundTripMs) / trips };
  return to.roundTrips > 0 ? { roundTripMs: to.roundTripMs / to.roundTrips } : {};
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
