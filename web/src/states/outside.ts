// What stands around a page in the catalogue: a gateway that says what a state wants it to say or nothing at all, sockets that never
// open, a camera that is a drawing.

type Answer = { status: number; body?: unknown } | 'offline' | 'silent';

let answering: (method: string, path: string) => Answer = () => 'silent';

/** How the gateway answers from now on; `path` begins below /api/v1. */
export function gatewaySays(answer: typeof answering): void {
  answering = answer;
}

export function gatewayIsSilent(): void {
  answering = () => 'silent';
}

/** Puts all of it in place of the browser's own. */
export function stayInside(): void {
  window.fetch = async (input, init) => {
    const path = String(input).replace('/api/v1', '');
    const answer = answering(init?.method ?? 'GET', path);
    if (answer === 'silent') return new Promise<never>(() => undefined);
    if (answer === 'offline') throw new TypeError('offline');
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status });
  };
  window.WebSocket = Unopened as unknown as typeof WebSocket;
  window.EventSource = Unopened as unknown as typeof EventSource;
}

class Unopened extends EventTarget {
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readonly readyState = 0;
  send(): void {}
  close(): void {}
}

/** A room with somebody in it, of one colour. */
export function drawnCamera(hue: number): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const pen = canvas.getContext('2d')!;
  const draw = () => {
    pen.fillStyle = `hsl(${hue} 30% 62%)`;
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = `hsl(${hue} 22% 40%)`;
    pen.beginPath();
    pen.arc(320, 150, 62, 0, 7);
    pen.ellipse(320, 350, 150, 120, 0, 0, 7);
    pen.fill();
  };
  draw();
  // A stream shows what was drawn after somebody began to look.
  setInterval(draw, 1_000);
  return canvas.captureStream(1);
}

/** A microphone that hears nothing. */
export function quietMicrophone(): MediaStreamTrack {
  return new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
}
