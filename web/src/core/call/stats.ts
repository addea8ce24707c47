// Reads of getStats what the call needs to know. Counters run since the connection began.

export interface PathStats {
  framesDecoded?: number;
  roundTripMs?: number;
  availableOutgoing?: number;
  /** Of the sound that comes in. */
  jitterMs?: number;
  /** Sum of all sound that came in, a whisper too. */
  soundEnergy?: number;
  /** Received packets and lost ones, sound and picture together. */
  received: number;
  lost: number;
  /** Signs of life of the path itself, which come although nobody sends anything. */
  answers: number;
  /** Share of our own packets that the other side reports lost, 0 to 1: of all, and of the sound alone. */
  remoteLoss?: number;
  remoteSoundLoss?: number;
  /** Samples of their sound that were played, and those among them that were made up, silence left out. */
  soundPlayed: number;
  soundMadeUp: number;
  /** Kind of the chosen local candidate: host, srflx, prflx, relay. */
  localKind?: string;
  /** What our own microphone and camera gave, before anything is sent; not every browser says. */
  own: { energy?: number; frames?: number };
}

type Row = Record<string, unknown> & { type: string; id: string };

export async function readStats(pc: RTCPeerConnection): Promise<PathStats> {
  const report = await pc.getStats();
  const rows = new Map<string, Row>();
  report.forEach((row: Row) => rows.set(row.id, row));
  const stats: PathStats = { received: 0, lost: 0, answers: 0, soundPlayed: 0, soundMadeUp: 0, own: {} };
  for (const row of rows.values()) take(stats, row);
  const pair = chosenPair(rows);
  if (pair) takePair(stats, pair, rows);
  return stats;
}

/** Share of what should have come in between two looks and was lost; nothing where that is fewer than `enough` packets. */
export function lossBetween(before: PathStats, now: PathStats, enough: number): number | undefined {
  const lost = Math.max(0, now.lost - before.lost);
  const due = now.received - before.received + lost;
  return due < enough ? undefined : lost / due;
}

function take(stats: PathStats, row: Row): void {
  if (row.type === 'inbound-rtp') takeInbound(stats, row);
  if (row.type === 'remote-inbound-rtp') takeReport(stats, row);
  if (row.type === 'media-source') takeSource(stats, row);
}

function takeInbound(stats: PathStats, row: Row): void {
  stats.received += number(row['packetsReceived']) ?? 0;
  stats.lost += number(row['packetsLost']) ?? 0;
  if (row['kind'] === 'video') stats.framesDecoded = number(row['framesDecoded']) ?? 0;
  if (row['kind'] === 'audio') takeSound(stats, row);
}

function takeSound(stats: PathStats, row: Row): void {
  const jitter = number(row['jitter']);
  if (jitter !== undefined) stats.jitterMs = jitter * 1000;
  const energy = number(row['totalAudioEnergy']);
  if (energy !== undefined) stats.soundEnergy = energy;
  stats.soundPlayed += number(row['totalSamplesReceived']) ?? 0;
  stats.soundMadeUp += (number(row['concealedSamples']) ?? 0) - (number(row['silentConcealedSamples']) ?? 0);
}

function takeReport(stats: PathStats, row: Row): void {
  const loss = number(row['fractionLost']);
  if (loss === undefined) return;
  stats.remoteLoss = Math.max(stats.remoteLoss ?? 0, loss);
  if (row['kind'] === 'audio') stats.remoteSoundLoss = loss;
}

function takeSource(stats: PathStats, row: Row): void {
  const energy = number(row['totalAudioEnergy']);
  const frames = number(row['frames']);
  if (row['kind'] === 'audio' && energy !== undefined) stats.own.energy = energy;
  if (row['kind'] === 'video' && frames !== undefined) stats.own.frames = frames;
}

function takePair(stats: PathStats, pair: Row, rows: Map<string, Row>): void {
  const trip = number(pair['currentRoundTripTime']);
  if (trip !== undefined) stats.roundTripMs = trip * 1000;
  const available = number(pair['availableOutgoingBitrate']);
  if (available !== undefined) stats.availableOutgoing = available;
  stats.answers = number(pair['responsesReceived']) ?? 0;
  const kind = rows.get(String(pair['localCandidateId']))?.['candidateType'];
  if (typeof kind === 'string') stats.localKind = kind;
}

function chosenPair(rows: Map<string, Row>): Row | undefined {
  for (const row of rows.values()) {
    if (row.type === 'transport' && typeof row['selectedCandidatePairId'] === 'string') return rows.get(row['selectedCandidatePairId']);
  }
  // Firefox has no transport row.
  for (const row of rows.values()) if (row.type === 'candidate-pair' && row['selected'] === true) return row;
  return undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
