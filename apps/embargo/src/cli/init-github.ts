import { safeJson } from '@embargo/chat'
import { appForm, appManifest, repositoryAt } from '@embargo/github'
import type { CliContext } from './context.ts'
import { offerKey } from './offer-key.ts'
import { CliError } from './output.ts'

/** The app may be created before any setting exists, so GitHub's own API address is assumed. */
const GITHUB = 'https://api.github.com'

/** Prints the manifest of the GitHub app, and says how to make and install the app. */
export async function initGitHub(args: readonly string[], context: CliContext): Promise<number> {
  const { config, output } = context
  const at = args.indexOf('--url')
  const webhookUrl = at < 0 ? undefined : args[at + 1]
  if (at >= 0 && !isHttps(webhookUrl)) throw new CliError('--url takes the https: address to which GitHub delivers.')
  const repository = config()
    .policy.policy.projects.flatMap(({ repository: address }) => (address === undefined ? [] : [address]))
    .map((address) => repositoryAt(address, GITHUB))
    .find((one) => one !== undefined)
  if (repository === undefined)
    throw new CliError('Write in the policy, under the project: repository: https://github.com/owner/name.', 1)
  const wish = { owner: repository.owner, ...(webhookUrl !== undefined && { webhookUrl }) }
  output.out(safeJson(appManifest(wish), 2))
  for (const line of steps(appForm(wish))) output.err(line)
  await offerKey(context)
  return 0
}

const isHttps = (written: string | undefined): boolean =>
  written !== undefined && URL.canParse(written) && new URL(written).protocol === 'https:'

const steps = (form: string): readonly string[] => [
  'This link opens the form at GitHub, filled in with the manifest:',
  `  ${form}`,
  'If the account is a person and not an organisation, open github.com/settings/apps/new and fill it in as above.',
  'Then: Private keys → Generate a private key, and Install App → only the repositories of your projects.',
  'Set EMBARGO_GITHUB_APP to its App ID and EMBARGO_GITHUB_KEY_FILE to the key, and run: embargo doctor github',
]
