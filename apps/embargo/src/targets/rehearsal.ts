import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '@embargo/config'
import type { TargetName } from '@embargo/core'
import type { RehearsalTarget } from '@embargo/engine'
import { createGitHub, repositoryAt } from '@embargo/github'
import { cveRegistryOf } from '../program/cve-services.ts'
import { githubAccessOf } from '../program/github.ts'
import { createCveRecords } from './cve-record.ts'
import { createFileTree } from './file-tree.ts'
import { createFixedVersions, REGISTRIES } from './fixed-versions.ts'
import { createGitHubAdvisories } from './github-advisory.ts'

/** The host of CVE Services' own test instance, whose records everybody can read. */
const OPEN_TEST_HOST = /(?:^|\.)mitre\.org$/u

type Targets = Pick<Config, 'rehearsal' | 'publish' | 'github' | 'cveServices'>

/** The test targets of a rehearsal. They use the same adapters as a publication, but other folders and servers. */
export function rehearsalTargetsOf(config: Targets): ReadonlyMap<TargetName, RehearsalTarget> {
  const { folder, github } = config.rehearsal ?? {}
  const all: readonly RehearsalTarget[] = [
    {
      ...createFixedVersions({ ...REGISTRIES, ...config.publish?.registries }),
      differs:
        'The rehearsal looks at the same registries but does not wait. The real publication waits until the versions are there.',
    },
    ...(folder === undefined ? [] : [inFolder(folder, config.publish?.folder)]),
    ...(github === undefined ? [] : [atTestServer(config, github)]),
    ...cveRecords(config),
  ]
  return new Map(all.map((one) => [one.target, one]))
}

/** Each rehearsal has a folder of its own, so that it does not find the files of an earlier rehearsal. */
function inFolder(folder: string, real: string | undefined): RehearsalTarget {
  return {
    target: 'files',
    differs: `The real publication writes into ${real ?? 'the folder of EMBARGO_PUBLISH_FOLDER, which is not set'}.`,
    deliver: async (delivery) => {
      const [run = ''] = delivery.effect.split('/')
      const at = join(folder, run)
      await mkdir(at, { recursive: true })
      const result = await createFileTree({ folder: at }).deliver(delivery)
      return result.is === 'done' ? { ...result, evidence: `${at}: ${result.evidence}` } : result
    },
  }
}

function atTestServer(
  config: Targets,
  { apiUrl, token }: NonNullable<NonNullable<Config['rehearsal']>['github']>,
): RehearsalTarget {
  const host = createGitHub({ apiUrl, login: { is: 'token', token: token.reveal() } })
  const real = githubAccessOf(config)?.apiUrl ?? 'https://api.github.com'
  return {
    ...createGitHubAdvisories(host, (address) => repositoryAt(address, real)),
    differs: `The real publication goes to the repository of the same name at ${real}, where it cannot be taken back.`,
  }
}

/** Each record gets a new id, which is reserved at the test instance and used for nothing else. */
function cveRecords(config: Targets): readonly RehearsalTarget[] {
  const registry = cveRegistryOf(config)
  if (registry?.instance.is !== 'test') return []
  const { host } = registry.instance
  return [
    {
      target: 'cve',
      differs: 'The real publication uses the CVE id of the case, and goes to the production instance of CVE Services.',
      ...(OPEN_TEST_HOST.test(host) ? { isPublic: true as const } : {}),
      async deliver(delivery) {
        const { id } = await registry.reserve(new Date().getUTCFullYear())
        const records = createCveRecords({ ...registry, instance: { ...registry.instance, is: 'production' } })
        return records.deliver({ ...delivery, cve: id })
      },
    },
  ]
}
