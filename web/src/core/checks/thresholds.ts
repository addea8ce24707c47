// Where "good" ends: every number of the equipment test in one place, with where it comes from.
//
// These are the only copies: the page judges with them, the staff's pages show them beside what was measured, the call starts by
// them. The gateway knows outcomes and causes, and no numbers.

export const THRESHOLDS = {
  /** dBFS of the loudest tenth of 100 ms windows. Source: testrtc's microphone test. */
  microphone: { passDb: -45, failDb: -60, clippedSamples: 6, longestMs: 6_000, shortestMs: 2_000 },
  /** Source: testrtc's camera resolutions test. */
  camera: {
    firstFramePassMs: 2_000,
    firstFrameFailMs: 5_000,
    passFps: 15,
    failFps: 5,
    measureMs: 2_000,
    /** Share of looked-at frames that are black or the same as the one before. */
    badShare: 1 / 3,
    blackLuma: 8,
    darkLuma: 30,
  },
  /** Milliseconds for five pings. Source: Amazon Chime SDK's readiness checker. */
  signaling: { pings: 5, passMs: 1_500, failMs: 10_000 },
  /** Offer to an open way through the relay. Source: testrtc's network test. */
  path: { connectWarnMs: 5_000, connectFailMs: 10_000 },
  /** Offer to connected, and to the first frame back. Ours: what people wait for without wondering. */
  connect: { passMs: 2_000, framePassMs: 3_000, failMs: 10_000 },
  /** Milliseconds there and back. Source: ITU-T G.114, Twilio's preflight. */
  roundTrip: { passMs: 250, failMs: 400, pings: 5 },
  /** Milliseconds. Source: Twilio's preflight. */
  jitter: { passMs: 30, failMs: 100 },
  /** Share of the packets, each way. Source: Twilio's preflight, Jitsi's pre-call test; without a fifth of it speech is lost. */
  loss: { pass: 0.03, fail: 0.08, unusable: 0.2 },
  /** Kilobits a second, each way. Source: OpenTok's network test, Amazon Chime SDK; below 20 Opus has no speech mode left. */
  bitrate: { passKbps: 500, failKbps: 150, unusableKbps: 20 },
  /** Mean opinion score by the E-model. Source: Twilio's preflight; G.107 annex B calls 3.6 "some users dissatisfied". */
  soundScore: { pass: 3.6, fail: 3.0 },
  /** Share of the time in which the processor holds the picture back. Source: LiveKit's connection helper. */
  deviceLoad: { pass: 0.1, fail: 0.3 },
  /** 64 KiB there and back in pieces of 15 KiB. Ours. */
  recordChannel: { bytes: 64 * 1024, passMs: 2_000, failMs: 10_000 },
  /** What measuring costs: the rate sent, how long, and all of it together. Ours. */
  measure: {
    kbps: 600,
    soundKbps: 40,
    firstFrameMs: 8_000,
    rampMs: 2_000,
    shortestMs: 3_000,
    longestMs: 5_000,
    saverMs: 2_500,
    budgetBytes: 1_500_000,
  },
} as const;
