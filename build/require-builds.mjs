// Before suites that run what is built: vitest, started by itself, builds nothing, and they would try what the sources were before.
import { builds, isBuilt } from './builds.mjs';

export function setup() {
  const old = Object.keys(builds).filter((id) => !isBuilt(id));
  if (old.length > 0) {
    const names = old.map((id) => builds[id].name).join(' and ');
    throw new Error(
      `Changed since it was built: ${names}. \`npm test -- FILE\` builds first, as does \`npm run build\`.`,
    );
  }
}
