import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { parseAhead, parsedAheadName } from './diagnosis/load/parsed-ahead.ts';

const root = import.meta.dirname;
const out = join(root, 'out/main');

/** Loaded from node_modules: two hold native code, Vite belongs to development. */
const external = [/^electron$/, /^better-sqlite3$/, /^koffi$/, /^vite$/];

/**
 * In few files, paths beside a module are no longer beside it. The catalog, the migrations and the built window are read where they
 * lie below the project (or the packaged program), and a file that is started as a process of its own is an entry of its own.
 */
const placesOfSources = (): Plugin => ({
  name: 'places-of-sources',
  // As they are written, before the types are taken out.
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'main',
  transform(code, id) {
    if (id.includes('node_modules') || !id.startsWith(root)) return null;
    const folder = relative(out, dirname(id)).split(sep).join('/');
    const changed = code
      .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${folder}')`)
      .replaceAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g, (_whole, file: string) => {
        const entry = relative(root, join(dirname(id), file));
        const fileName = `${entry.replace(/\.ts$/, '').split(sep).join('-')}.js`;
        this.emitFile({ type: 'chunk', id: join(root, entry), fileName });
        return `new URL('./${fileName}', import.meta.url)`;
      });
    return changed === code ? null : { code: changed, map: null };
  },
});

const catalogParsedAhead = (): Plugin => ({
  name: 'catalog-parsed-ahead',
  applyToEnvironment: ({ name }) => name === 'main',
  generateBundle() {
    const source = parseAhead(join(root, 'diagnosis', 'catalog'));
    this.emitFile({ type: 'asset', fileName: parsedAheadName, source });
  },
});

/**
 * The main process, in few files: `vite build --app --config vite.main.config.ts`. `entry.js` is what Electron starts: the desktop shell,
 * `main.js`, or with words behind its name the command line, `phone-health.js`, as Node starts it. The preload script is one CommonJS file, as the sandbox wants it.
 */
export default defineConfig({
  root,
  plugins: [placesOfSources(), catalogParsedAhead()],
  publicDir: false,
  environments: {
    main: {
      consumer: 'server',
      resolve: {
        noExternal: true,
        external: ['better-sqlite3', 'koffi', 'vite'],
        builtins: ['electron', /^node:/, ...builtinModules],
      },
      build: {
        ssr: true,
        target: 'node24',
        outDir: out,
        emptyOutDir: true,
        minify: false,
        rolldownOptions: {
          input: {
            entry: join(root, 'electron/desktop/entry.ts'),
            main: join(root, 'electron/desktop/main.ts'),
            'phone-health': join(root, 'electron/terminal/main.ts'),
          },
          external,
          output: {
            format: 'es',
            // All in one folder: paths are counted from there.
            entryFileNames: '[name].js',
            chunkFileNames: '[name]-[hash].js',
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
          external,
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
