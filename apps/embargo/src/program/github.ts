import type { Config } from '@embargo/config'
import { createPrivateReports } from '@embargo/engine'
import type { ConnectedRepository, Log, Outages, RunningEngine, Settings } from '@embargo/engine'
import { createGitHub, repositoryAt, startWebhook } from '@embargo/github'
import type { GitHubAccess, Webhook } from '@embargo/github'

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

/** The projects whose repository is at GitHub. */
export const connectedRepositories = (
  { policy }: Pick<Config, 'policy'>,
  { apiUrl }: Pick<GitHubAccess, 'apiUrl'>,
): readonly ConnectedRepository[] =>
  policy.policy.projects.flatMap(({ id, repository: address }) => {
    const repository = address === undefined ? undefined : repositoryAt(address, apiUrl)
    return repository === undefined ? [] : [{ project: id, repository }]
  })

/**
 * Takes in private reports from GitHub, by polling and, if it is set up, by webhook. Returns undefined if no project
 * has a repository at GitHub.
 */
export async function takePrivateReports(
  config: Config,
  parts: {
    readonly engine: RunningEngine
    readonly settings: Settings
    readonly outages: Outages
    readonly log: Log
  },
  signal: AbortSignal,
): Promise<{ readonly loop: Promise<void>; readonly webhook?: Webhook } | undefined> {
  const access = githubAccessOf(config)
  const repositories = access === undefined ? [] : connectedRepositories(config, access)
  if (access === undefined || repositories.length === 0) return undefined
  const { engine, settings, outages, log } = parts
  const reports = createPrivateReports({ engine, settings, outages, repositories, host: createGitHub(access) })
  const hook = config.github?.webhook
  const webhook =
    hook === undefined
      ? undefined
      : await startWebhook({
          listen: hook.listen,
          secret: hook.secret.reveal(),
          log,
          onReport: async (repository, advisory) => reports.take(repository, advisory),
        })
  return { loop: reports.run(signal), ...(webhook && { webhook }) }
}
