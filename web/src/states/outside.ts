// What stands around a page in the catalogue: a gateway that says what a state wants it to say or nothing at all, sockets that never
// open, a phone that never answers for its camera, and one that is a drawing.
import { decode } from '../core/records/base64';

type Answer = { status: number; body?: unknown } | 'offline' | 'silent';

let answering: (method: string, path: string) => Answer = () => 'silent';

/** How the gateway answers from now on; `path` begins below /api/v1. */
export function gatewaySays(answer: typeof answering): void {
  answering = answer;
}

/** As it is before every state: a gateway that says nothing, a browser that plays everything. */
export function nothingSpecial(): void {
  answering = () => 'silent';
  HTMLMediaElement.prototype.play = play;
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
  navigator.mediaDevices.getUserMedia = () => new Promise<never>(() => undefined);
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

/** A page as a scanner gives it, as a PNG: a heading, and lines that nobody can read. */
export function drawnPage(width: number, height: number, page: number): Uint8Array<ArrayBuffer> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#f7f5f0';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#33414d';
  pen.font = `600 ${Math.round(width / 22)}px sans-serif`;
  pen.fillText(`Riverside Clinic, page ${page}`, width / 12, height / 10);
  pen.fillStyle = '#8b949b';
  for (let line = 0; line < 14; line++) pen.fillRect(width / 12, height * (0.18 + line * 0.055), width * (line % 4 === 3 ? 0.45 : 0.83), height / 90);
  return decode(canvas.toDataURL('image/png').split(',')[1]!);
}

/** Until the next state the browser plays nothing aloud before a tap. */
export function soundWaitsForATap(): void {
  HTMLMediaElement.prototype.play = function () {
    return this.muted ? play.call(this) : Promise.reject(new DOMException('', 'NotAllowedError'));
  };
}

const { play } = HTMLMediaElement.prototype;

/** A microphone that hears nothing. */
export function quietMicrophone(): MediaStreamTrack {
  return new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0]!;
}
