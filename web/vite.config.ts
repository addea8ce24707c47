// Three entries without an index.html: the gateway writes the HTML and reads manifest.json for the hashed names.
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  publicDir: false,
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // Phones of five years ago still join.
    target: ['es2021', 'safari15', 'chrome96', 'firefox100'],
    sourcemap: false,
    rolldownOptions: {
      input: {
        patient: 'src/patient/main.tsx',
        staff: 'src/staff/main.tsx',
        support: 'src/support/main.tsx',
      },
    },
  },
});
