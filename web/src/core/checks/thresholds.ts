// Where "good" ends: every number of the equipment test in one place, with where it comes from.

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
  signaling: { pings: 5, passMs: 1_500, warnMs: 5_000 },
  /** Offer to connected. Ours. */
  path: { connectWarnMs: 5_000, connectFailMs: 10_000 },
  /** Milliseconds there and back. Source: ITU-T G.114, Twilio's preflight. */
  roundTrip: { passMs: 250, warnMs: 400, pings: 5 },
  /** 64 KiB there and back in pieces of 15 KiB. Ours. */
  recordChannel: { bytes: 64 * 1024, passMs: 2_000, warnMs: 5_000, failMs: 10_000 },
} as const;
