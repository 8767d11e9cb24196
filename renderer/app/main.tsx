import { DirectionProvider, MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useSpoken } from '../language/spoken.ts';
import { followBench } from '../program/bench-store.ts';
import { followCheckIns } from '../program/check-ins.ts';
import { connect } from '../program/client.ts';
import { followCutOff } from '../program/cut-off.ts';
import { createFileOpener } from '../program/file-opening.ts';
import { createLongRuns, recallTestPhotos } from '../program/long-runs.ts';
import { followPhones } from '../program/phone-list-store.ts';
import { createPhoneWorks } from '../program/phone-work.ts';
import { ProgramContext } from '../program/program.tsx';
import { scanWhenPluggedInOneWindow } from '../program/scan-when-plugged.ts';
import { followSettings } from '../program/settings-store.ts';
import { followHandover } from '../program/handover-store.ts';
import { followTickets, tellTechnician } from '../program/tickets-store.ts';
import { followLanguage, speakKeptLanguage } from './language-setting.ts';
import { isReloaded } from '../program/reloaded.ts';
import { createWindowRouter } from './router.tsx';
import { theme, variables } from './theme.ts';
import { ThemeSetting } from './theme-setting.tsx';
import './window.css';
import './print.css';

await speakKeptLanguage();
const { client, connection } = connect();
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
const cutOff = followCutOff(client);
const onKept = (): void => {
  cutOff.askAgain();
  void queries.invalidateQueries({ queryKey: ['kept'] });
};
const works = createPhoneWorks(client, onKept);
const program = {
  client,
  connection,
  works,
  // A safe copy opens steps of the report that is shown.
  runs: createLongRuns(client, (phoneId) => {
    onKept();
    works.judgeAgain(phoneId);
  }),
  phones: followPhones(client),
  bench: followBench(client),
  checkIns: followCheckIns(client, onKept),
  cutOff,
  settings: followSettings(client),
  files: createFileOpener(client, onKept),
  tickets: followTickets(client, onKept),
  handover: followHandover(client),
};
tellTechnician(client, program.settings);
void works.recall();
if (isReloaded()) void recallTestPhotos(client, program.runs);
scanWhenPluggedInOneWindow({ ...program, reloaded: isReloaded() });
const router = createWindowRouter();

/** The host writes a new value into each page; styles that Mantine makes at run time carry it. */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

const place = document.getElementById('window');
if (place === null) throw new Error('index.html holds no element with the id "window".');

/** Another language is another window: every screen is made anew, and none keeps a sentence of the former one. */
function SpokenWindow() {
  const { name, direction } = useSpoken();
  return (
    <DirectionProvider key={name} initialDirection={direction}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        getStyleNonce={() => styleNonce}
      >
        <QueryClientProvider client={queries}>
          <ProgramContext value={program}>
            <ThemeSetting />
            <RouterProvider router={router} />
          </ProgramContext>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

followLanguage(program, () => queries.invalidateQueries());
createRoot(place).render(
  <StrictMode>
    <SpokenWindow />
  </StrictMode>,
);
