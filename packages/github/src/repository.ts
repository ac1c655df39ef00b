import type { RepositoryRef } from '@embargo/engine'

const NAME = /^[\w.-]{1,100}$/u

/**
 * The repository at an address such as `https://github.com/quillmark/quillmark`; undefined for an address elsewhere.
 * GitHub Enterprise Server has its API on the same host as its repositories.
 */
export function repositoryAt(address: string, apiUrl: string): RepositoryRef | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !['github.com', new URL(apiUrl).hostname].includes(url.hostname)) return undefined
  const [owner = '', name = '', ...rest] = url.pathname.replace(/\/$/u, '').slice(1).split('/')
  const bare = name.replace(/\.git$/u, '')
  return NAME.test(owner) && NAME.test(bare) && rest.length === 0 ? { owner, name: bare } : undefined
}
