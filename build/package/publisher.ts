/** Who publishes a package, as its metadata says. */
export interface Publisher {
  author: { name: string; email: string };
  homepage: string;
  /** Where releases are drafted, and where a program that is told to looks for updates; null: nowhere. */
  repository: { owner: string; repo: string } | null;
}

/** A package for oneself: names that belong to nobody (RFC 6761), which no release may carry. */
const nobody: Publisher = {
  author: { name: 'The developers of Phone Health Inspector', email: 'developers@phone-health-inspector.invalid' },
  homepage: 'https://phone-health-inspector.invalid/',
  repository: null,
};

/**
 * From the environment of the release pipeline: `GITHUB_REPOSITORY` (owner/name, set by GitHub) and `PUBLISHER_EMAIL` (a secret of the
 * repository), both or neither.
 */
export function publisherOf(env: NodeJS.ProcessEnv): Publisher {
  const { GITHUB_REPOSITORY: repository, PUBLISHER_EMAIL: email } = env;
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository ?? '') ?? [];
  if (owner === undefined || repo === undefined || !email) return nobody;
  return {
    author: { ...nobody.author, email },
    homepage: `https://github.com/${owner}/${repo}`,
    repository: { owner, repo },
  };
}

/** Why a release cannot be published under this name; null where it can. */
export const whyNotPublished = ({ repository }: Publisher): string | null =>
  repository === null ? 'GITHUB_REPOSITORY and PUBLISHER_EMAIL do not say who publishes it.' : null;
