// The drawings of staff pages by name, so that a pill, a button and a menu can be told which one to show.
import arrowDown from 'lucide-static/icons/arrow-down.svg?raw';
import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw';
import calendarPlus from 'lucide-static/icons/calendar-plus.svg?raw';
import calendar from 'lucide-static/icons/calendar-days.svg?raw';
import chart from 'lucide-static/icons/chart-line.svg?raw';
import pill from 'lucide-static/icons/pill.svg?raw';
import camera from 'lucide-static/icons/video.svg?raw';
import cameraOff from 'lucide-static/icons/video-off.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import clock from 'lucide-static/icons/clock.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import door from 'lucide-static/icons/door-open.svg?raw';
import ear from 'lucide-static/icons/ear.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import file from 'lucide-static/icons/file-text.svg?raw';
import image from 'lucide-static/icons/image.svg?raw';
import hourglass from 'lucide-static/icons/hourglass.svg?raw';
import info from 'lucide-static/icons/info.svg?raw';
import languages from 'lucide-static/icons/languages.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import menu from 'lucide-static/icons/menu.svg?raw';
import microphone from 'lucide-static/icons/mic.svg?raw';
import microphoneOff from 'lucide-static/icons/mic-off.svg?raw';
import more from 'lucide-static/icons/ellipsis-vertical.svg?raw';
import pencil from 'lucide-static/icons/square-pen.svg?raw';
import phone from 'lucide-static/icons/phone.svg?raw';
import phoneOff from 'lucide-static/icons/phone-off.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import settings from 'lucide-static/icons/settings.svg?raw';
import shield from 'lucide-static/icons/shield-check.svg?raw';
import signal from 'lucide-static/icons/signal.svg?raw';
import signalLow from 'lucide-static/icons/signal-medium.svg?raw';
import signOut from 'lucide-static/icons/log-out.svg?raw';
import sound from 'lucide-static/icons/volume-2.svg?raw';
import swap from 'lucide-static/icons/arrow-left-right.svg?raw';
import technician from 'lucide-static/icons/headset.svg?raw';
import unknown from 'lucide-static/icons/circle-question-mark.svg?raw';
import userCheck from 'lucide-static/icons/user-check.svg?raw';
import userPlus from 'lucide-static/icons/user-plus.svg?raw';
import userX from 'lucide-static/icons/user-x.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';
import flask from 'lucide-static/icons/flask-conical.svg?raw';
import list from 'lucide-static/icons/list-checks.svg?raw';
import pulse from 'lucide-static/icons/heart-pulse.svg?raw';
import stethoscope from 'lucide-static/icons/stethoscope.svg?raw';
import syringe from 'lucide-static/icons/syringe.svg?raw';
import { Icon } from './icon';

const SOURCES = {
  flask,
  list,
  pulse,
  stethoscope,
  syringe,
  arrowDown,
  arrowLeft,
  arrowUp,
  calendar,
  calendarPlus,
  chart,
  pill,
  camera,
  cameraOff,
  check,
  chevronDown,
  chevronLeft,
  chevronRight,
  clock,
  copy,
  door,
  ear,
  eye,
  file,
  hourglass,
  image,
  info,
  languages,
  link,
  lock,
  menu,
  microphone,
  microphoneOff,
  more,
  pencil,
  phone,
  phoneOff,
  search,
  settings,
  shield,
  signal,
  signalLow,
  signOut,
  sound,
  swap,
  technician,
  unknown,
  userCheck,
  userPlus,
  userX,
  warning,
  x,
};

export type GlyphName = keyof typeof SOURCES;

export function Glyph({ name, size = 20 }: { name: GlyphName; size?: 16 | 20 | 24 }) {
  return (
    <span class={`glyph glyph-${size}`}>
      <Icon of={SOURCES[name]} />
    </span>
  );
}
