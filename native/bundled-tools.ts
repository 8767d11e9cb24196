/**
 * adb and libimobiledevice as a packed program brings them along, in one folder. Its host names it in the environment, which the processes
 * beside the program inherit; elsewhere, and in a package without them, there is none and they are the computer's own.
 */
export const bundledToolsVariable = 'PHONE_HEALTH_TOOLS';

export const bundledTools = (env: NodeJS.ProcessEnv): string | null => env[bundledToolsVariable] || null;
