/** The permissions that the app needs. Every app may read the metadata of a repository. */
export const PERMISSIONS = { metadata: 'read', repository_advisories: 'write' } as const

/** The event by which GitHub announces a private report. */
export const REPORT_EVENT = 'repository_advisory'

export type AppWish = {
  /** The account that owns the app and the repositories. */
  readonly owner: string
  /** Where GitHub delivers private reports. Without this address, we only poll for the reports. */
  readonly webhookUrl?: string
}

/** GitHub allows 34 characters for the name of an app. */
const NAME_MAX = 34

const nameOf = ({ owner }: AppWish): string => `embargo-${owner}`.slice(0, NAME_MAX)

const HOME = 'https://github.com'

/** https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export const appManifest = (wish: AppWish): object => ({
  name: nameOf(wish),
  url: `${HOME}/${wish.owner}`,
  description: 'Coordinates the disclosure of vulnerabilities.',
  public: false,
  default_permissions: PERMISSIONS,
  ...(wish.webhookUrl === undefined
    ? {}
    : { hook_attributes: { url: wish.webhookUrl, active: true }, default_events: [REPORT_EVENT] }),
})

/**
 * The address of GitHub's form for a new app, filled in:
 * https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-using-url-parameters
 */
export function appForm(wish: AppWish): string {
  const query = new URLSearchParams({
    name: nameOf(wish),
    url: `${HOME}/${wish.owner}`,
    public: 'false',
    webhook_active: String(wish.webhookUrl !== undefined),
    ...(wish.webhookUrl !== undefined && { webhook_url: wish.webhookUrl }),
    ...PERMISSIONS,
  })
  if (wish.webhookUrl !== undefined) query.append('events[]', REPORT_EVENT)
  return `${HOME}/organizations/${encodeURIComponent(wish.owner)}/settings/apps/new?${query.toString()}`
}
