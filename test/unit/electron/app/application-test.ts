import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as plain } from 'vitest';
import { Application, type ApplicationOptions } from '../../../../electron/app/application.ts';
import { promptPace } from '../../../prompt-pace.ts';
import { StandingSource } from './standing-source.ts';

/** A test of the application on a data folder of its own. What a test names is made for it, and gone after it. */
export const test = plain
  .extend('home', ({ onTestFinished }) => {
    const home = mkdtempSync(join(tmpdir(), 'phone-health-unit-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    return home;
  })
  .extend('phones', ({ onTestFinished }) => {
    const phones = new StandingSource();
    onTestFinished(() => phones.samples.close());
    return phones;
  })
  /** A Pixel 8 that holds Google Photos back. */
  .extend('phoneId', ({ phones }) => phones.samples.add('pixel-14'))
  .extend('options', ({ phones }): Omit<ApplicationOptions, 'env'> => ({ sources: [phones] }))
  /** Opens the application; every time anew, on the same folder and the same phones. */
  .extend('open', ({ home, options, onTestFinished }) => (): Application => {
    const app = new Application({ env: { PHONE_HEALTH_HOME: home }, samplePace: promptPace, ...options });
    onTestFinished(() => app.close());
    return app;
  })
  .extend('app', ({ open }) => open());
