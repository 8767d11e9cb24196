import envPaths from 'env-paths';

/** Where everything is kept: `PHONE_HEALTH_HOME`, else the system's usual data folder for this program. */
export const dataFolder = (env: NodeJS.ProcessEnv): string =>
  env['PHONE_HEALTH_HOME'] ?? envPaths('phone-health-inspector', { suffix: '' }).data;
