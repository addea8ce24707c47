// The catalogue of states (src/states) as pages of its own, for tests: never part of what the gateway serves.
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/states',
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: '../../../target/states/site',
    emptyOutDir: true,
    minify: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { patient: 'src/states/patient.html', staff: 'src/states/staff.html' } },
  },
});
