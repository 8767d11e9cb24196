// The program with sample phones in a process of its own: `node counter-process.ts HOME PHONES PARALLEL`. Says where its window is, and ends
// with its standard input.
import { Application } from '../../electron/app/application.ts';
import { serveWindow } from '../../electron/browser/server.ts';

const [home = '', phones = '', parallelScans = ''] = process.argv.slice(2);
const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [] });
app.settings.change({ parallelScans: Number(parallelScans) });
const served = await serveWindow({ app });
for (const { id } of app.samples().slice(0, Number(phones))) await app.addSample(id);
process.stdout.write(`${served.url}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void served
    .close()
    .then(() => app.close())
    .then(() => process.exit());
});
