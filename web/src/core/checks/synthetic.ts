// A picture and a tone of our own making: the internet can be measured before anybody is asked for camera and microphone.

const WIDTH = 640;
const HEIGHT = 360;
const FPS = 15;
/** Enough to change that the encoder has something to send at every rate we try. */
const BLOCKS = 160;

export interface Synthetic {
  stream: MediaStream;
  stop(): void;
}

export function synthetic(): Synthetic {
  const picture = movingPicture();
  const tone = softTone();
  const stream = new MediaStream([...picture.stream.getTracks(), ...tone.stream.getTracks()]);
  return {
    stream,
    stop: () => {
      picture.stop();
      tone.stop();
    },
  };
}

function movingPicture(): Synthetic {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const brush = canvas.getContext('2d');
  const draw = () => {
    for (let i = 0; i < BLOCKS && brush; i++) {
      brush.fillStyle = `rgb(${dice(256)} ${dice(256)} ${dice(256)})`;
      brush.fillRect(dice(WIDTH), dice(HEIGHT), 8 + dice(40), 8 + dice(40));
    }
  };
  draw();
  const timer = setInterval(draw, 1000 / FPS);
  const stream = canvas.captureStream(FPS);
  return { stream, stop: () => (clearInterval(timer), stream.getTracks().forEach((track) => track.stop())) };
}

/** Never played here: it goes to the gateway and comes back unheard. */
function softTone(): Synthetic {
  const audio = new AudioContext();
  void audio.resume().catch(() => undefined);
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  const out = audio.createMediaStreamDestination();
  tone.frequency.value = 440;
  loudness.gain.value = 0.3;
  tone.connect(loudness).connect(out);
  tone.start();
  return { stream: out.stream, stop: () => void audio.close() };
}

const dice = (sides: number) => Math.floor(Math.random() * sides);
