// The patient's page: takes the gateway's landing HTML over and leads from there to the end of the visit.
import '../ui/tokens.css';
import '../ui/base.css';
import { render } from 'preact';
import { speak, wordsOfShell } from '../ui/words';
import './patient.css';

const words = wordsOfShell();
if (words) speak(words.language, [words.text]);
const app = document.getElementById('app');
if (app) render(<p>…</p>, app);
void import('./live');
