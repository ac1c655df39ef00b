import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { startCveEmulator } from '@embargo/emulator-cve'
import { startGitHubEmulator } from '@embargo/emulator-github'
import type { CveEmulator } from '@embargo/emulator-cve'
import type { GitHubEmulator } from '@embargo/emulator-github'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { CNA, FIXED_VERSION, GITHUB_TOKEN, POSTS, REPOSITORY } from './house.ts'

/** Where the files of a publication are written. */
export const publicationFolder = (folder: string): string => join(folder, 'published')

/** The places of a publication, without mail: the services and the folder. */
export type Targets = AsyncDisposable & {
  readonly github: GitHubEmulator
  readonly cve: CveEmulator
  readonly registryUrl: string
  /** The files that everybody can read, by their names. */
  files(): readonly string[]
  textOf(name: string): string
  /** The CVE id that our CNA assigns after the publication. The first call reserves it. */
  lateCve(): string
  /**
   * Records in `early` what is already public, and then puts the fixed version into the registry. Nothing may be public
   * earlier than the fixed version.
   */
  build(sent: readonly ReceivedMail[]): void
  /** What was public when the registry got the fixed version. */
  readonly early: readonly string[]
  readonly isBuilt: boolean
}

/** The announcement or the post to oss-security. */
const isPublicMail = (mail: ReceivedMail): boolean =>
  mail.envelopeTo.includes(POSTS) || mail.header('subject').startsWith('Kiln 4.2.7 fixes ')

export async function startTargets(folder: string, now: () => number): Promise<Targets> {
  await using stack = new AsyncDisposableStack()
  mkdirSync(publicationFolder(folder))
  const github = stack.use(
    await startGitHubEmulator({
      now,
      repositories: [{ name: REPOSITORY, admins: ['ana'] }],
      tokens: [{ token: GITHUB_TOKEN, login: 'ana', permissions: { repository_advisories: 'write' } }],
    }),
  )
  const cve = stack.use(
    await startCveEmulator({
      now,
      organizations: [{ shortName: CNA.organization, quota: 10, users: [{ name: CNA.user, key: CNA.key }] }],
    }),
  )
  let isBuilt = false
  let early: readonly string[] = []
  const files = (): readonly string[] => {
    const published = publicationFolder(folder)
    return existsSync(published) ? readdirSync(published, { recursive: true, encoding: 'utf8' }) : []
  }
  const registry = createServer((request, response) => {
    response.writeHead(isBuilt && request.url === FIXED_VERSION ? 200 : 404).end('{}')
  })
  stack.defer(async () => {
    registry.closeAllConnections()
    await new Promise((resolve) => registry.close(resolve))
  })
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  const address = registry.address()
  if (address === null || typeof address === 'string') throw new Error('the registry has no port')
  const owned = stack.move()
  return {
    github,
    cve,
    registryUrl: `http://127.0.0.1:${address.port}`,
    files,
    textOf: (name) => readFileSync(join(publicationFolder(folder), name), 'utf8'),
    lateCve() {
      const [organization] = cve.service.organizations
      if (organization === undefined) throw new Error('the service has no CNA')
      const [id = cve.service.reserve(organization, CNA.user, 1)[0]?.id] = cve.service.ids.keys()
      if (id === undefined) throw new Error('no id is reserved')
      return id
    },
    build(sent) {
      const advisories = [...github.state.repository(REPOSITORY).advisories.values()]
      early = [
        ...advisories.filter(({ state }) => state === 'published').map(() => 'the advisory'),
        ...[...cve.service.records.keys()].map(() => 'the CVE record'),
        ...files(),
        ...sent.filter(isPublicMail).map((mail) => `the mail ${mail.header('subject')}`),
      ]
      isBuilt = true
    },
    get early() {
      return early
    },
    get isBuilt() {
      return isBuilt
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
