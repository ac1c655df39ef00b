import { safeJson } from '@embargo/chat'
import { OutsideError } from '@embargo/engine'
import type { RepositoryRef } from '@embargo/engine'
import { inspectAccess } from '@embargo/github'
import type { AccessReport, GitHubAccess } from '@embargo/github'
import { connectedRepositories, githubAccessOf } from '../program/github.ts'
import { exitCodeOf, factsOf, lineOf } from './checks.ts'
import type { Check } from './checks.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** Asks GitHub what our app or token may do in each repository of the policy, and who sees draft advisories there. */
export async function doctorGitHub({ config, output }: CliContext, json: boolean): Promise<number> {
  const access = githubAccessOf(config())
  if (access === undefined)
    throw new CliError(
      'Set EMBARGO_GITHUB_APP and EMBARGO_GITHUB_KEY_FILE first: docs/github.md says where to get them.',
      1,
    )
  const repositories = connectedRepositories(config(), access)
  const hasWebhook = config().github?.webhook !== undefined
  const checks: Check[] = repositories.length === 0 ? [NO_REPOSITORY] : []
  for (const one of repositories) checks.push(...(await repositoryChecks(access, { ...one, hasWebhook })))
  if (json) output.out(safeJson({ is: 'github-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return exitCodeOf(checks)
}

const NO_REPOSITORY: Check = {
  what: 'A project has its repository at GitHub',
  ok: false,
  todo: 'Write it in the policy, under the project: repository: https://github.com/owner/name.',
}

async function repositoryChecks(
  access: GitHubAccess,
  {
    project,
    repository,
    hasWebhook,
  }: { readonly project: string; readonly repository: RepositoryRef; readonly hasWebhook: boolean },
): Promise<readonly Check[]> {
  const name = `${repository.owner}/${repository.name}`
  const what = `GitHub shows ${name} (${project}) to us`
  try {
    const report = await inspectAccess(access, repository)
    const shown: Check = { what, ok: true, note: OUR_NAME[report.kind](report.login) }
    return [shown, ...reportChecks(name, report), ...(hasWebhook ? [webhookCheck(report)] : [])]
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    const isUnknown = error.code === 'refused' && !error.forAPerson
    return [{ what, ok: false, todo: isUnknown ? notThere(access) : error.message }]
  }
}

const OUR_NAME: Readonly<Record<AccessReport['kind'], (login: string) => string>> = {
  app: (login) => `as the app ${login}`,
  'classic-token': (login) => `with a classic token of ${login}`,
  'fine-grained-token': (login) => `with a fine-grained token of ${login}`,
}

const notThere = ({ login }: GitHubAccess): string =>
  login.is === 'app'
    ? 'Install the app there: on its page at GitHub, Install App → the account → this repository. Or correct `repository` in the policy.'
    : 'Give the token access to the repository, or correct `repository` in the policy.'

function reportChecks(name: string, report: AccessReport): readonly Check[] {
  return [missingCheck(report), ...excessChecks(report), ...publicChecks(name, report), viewersCheck(name, report)]
}

function missingCheck({ kind, missing }: AccessReport): Check {
  const what = 'It may read and write security advisories'
  if (kind === 'fine-grained-token')
    return {
      what,
      ok: false,
      warning: true,
      todo: 'GitHub does not say what a fine-grained token may do. It needs, for this repository alone: repository security advisories (read and write). Its owner must administer the repository.',
    }
  if (missing.length === 0) return { what, ok: true }
  return { what, ok: false, todo: `It lacks ${missing.join(', ')}. \`embargo init github\` shows all that it needs.` }
}

function excessChecks({ kind, excess }: AccessReport): readonly Check[] {
  const what = 'It may do nothing else'
  if (kind === 'fine-grained-token') return []
  if (excess.length === 0) return [{ what, ok: true }]
  const secret = kind === 'app' ? 'key' : 'token'
  const todo = `It does not need ${excess.join(', ')}. Remove these permissions, because a thief of the ${secret} could use them.`
  return [{ what, ok: false, warning: true, todo }]
}

const publicChecks = (name: string, { isPublic }: AccessReport): readonly Check[] =>
  isPublic
    ? []
    : [
        {
          what: `Everybody can see ${name}`,
          ok: false,
          warning: true,
          todo: 'The repository is private, so GitHub assigns no CVE ids for it, and only its readers see a published advisory.',
        },
      ]

/** Checks that GitHub delivers to the webhook that is set up here. */
function webhookCheck({ deliversReports }: AccessReport): Check {
  const what = 'GitHub delivers private reports to the webhook'
  if (deliversReports === true) return { what, ok: true }
  const todo =
    deliversReports === undefined
      ? 'Embargo uses a token, but only an app can have a webhook. So Embargo looks for reports every five minutes.'
      : 'The app is not subscribed to the event "Repository advisory". Subscribe it on the app’s page at GitHub, under Permissions & events. Until then, Embargo looks for reports every five minutes.'
  return { what, ok: false, warning: true, todo }
}

/** Names the people who see a draft even if they are barred from the case. */
function viewersCheck(name: string, { administrators }: AccessReport): Check {
  const what = `Draft advisories of ${name} are seen by its administrators, the owners and the security managers`
  const managers =
    'GitHub does not name security managers to us: look at the organisation’s settings, under Security managers'
  if (administrators === undefined)
    return { what, ok: false, warning: true, todo: `GitHub does not tell us who they are. ${managers}.` }
  return {
    what,
    ok: true,
    note: `administrators and owners: ${administrators.join(', ')}. ${managers}`,
  }
}
