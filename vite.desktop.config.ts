import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
const out = join(root, 'out/main');

/** Files that the program reads at run time, beside the modules that read them. */
const readAtRunTime = ['diagnosis/catalog', 'db/migrations'];

const copyFiles = (): Plugin => ({
  name: 'copy-files',
  applyToEnvironment: ({ name }) => name === 'main',
  async closeBundle() {
    for (const folder of readAtRunTime) await cp(join(root, folder), join(out, folder), { recursive: true });
  },
});

/** A module that starts another by its file name finds it under its built name. */
const builtNames = (): Plugin => ({
  name: 'built-names',
  applyToEnvironment: ({ name }) => name === 'main',
  transform(code, id) {
    if (id.includes('node_modules')) return null;
    const changed = code.replaceAll(/(new URL\('\.[^']+)\.ts(', import\.meta\.url\))/g, '$1.js$2');
    return changed === code ? null : { code: changed, map: null };
  },
});

/**
 * The desktop shell: `vite build --app --config vite.desktop.config.ts`. The main process becomes ES modules file by file, so
 * that paths beside a module stay true; packages stay outside. The preload script is one CommonJS file, as the sandbox wants it.
 */
export default defineConfig({
  root,
  plugins: [copyFiles(), builtNames()],
  publicDir: false,
  environments: {
    main: {
      consumer: 'server',
      resolve: { noExternal: [], builtins: ['electron', /^node:/] },
      build: {
        ssr: true,
        target: 'node24',
        outDir: out,
        emptyOutDir: true,
        minify: false,
        rolldownOptions: {
          input: {
            main: join(root, 'electron/desktop/main.ts'),
            'native/ios/reach/library/process': join(root, 'native/ios/reach/library/process.ts'),
          },
          external: [/^electron$/],
          output: {
            format: 'es',
            preserveModules: true,
            preserveModulesRoot: root,
            entryFileNames: ({ name }) => (name === 'electron/desktop/main' ? 'main.js' : '[name].js'),
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      build: {
        ssr: true,
        target: 'node24',
        outDir: out,
        emptyOutDir: false,
        minify: false,
        rolldownOptions: {
          input: join(root, 'electron/desktop/preload.ts'),
          external: [/^electron$/],
          output: { format: 'cjs', entryFileNames: 'preload.cjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
