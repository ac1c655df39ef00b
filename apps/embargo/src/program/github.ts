import type { Config } from '@embargo/config'
import type { GitHubAccess } from '@embargo/github'

/** How the program reaches GitHub, if a login is set. Only the client gets the token or the key. */
export function githubAccessOf({ github }: Pick<Config, 'github'>): GitHubAccess | undefined {
  if (github === undefined) return undefined
  const { apiUrl, login } = github
  return {
    apiUrl,
    login:
      login.is === 'token'
        ? { is: 'token', token: login.token.reveal() }
        : { is: 'app', appId: login.appId, privateKey: login.privateKey.reveal() },
  }
}
