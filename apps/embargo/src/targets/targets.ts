import type { Config } from '@embargo/config'
import type { TargetName } from '@embargo/core'
import type { PublicationTarget } from '@embargo/engine'
import { createGitHub, repositoryAt } from '@embargo/github'
import { cveRegistryOf } from '../program/cve-services.ts'
import { githubAccessOf } from '../program/github.ts'
import { createCveRecords } from './cve-record.ts'
import { createFileTree } from './file-tree.ts'
import { createFixedVersions, REGISTRIES } from './fixed-versions.ts'
import { createGitHubAdvisories } from './github-advisory.ts'

/**
 * The external targets that this process can use. Only a process that sends mail can publish or look for fixed
 * versions. Every process that has the credentials can reserve CVE ids.
 */
export function targetsOf(config: Config): ReadonlyMap<TargetName, PublicationTarget> {
  const { folder, url, registries } = config.publish ?? {}
  const access = githubAccessOf(config)
  const registry = cveRegistryOf(config)
  const sends = config.capabilities.has('mail')
  const all = [
    ...(sends ? [createFixedVersions({ ...REGISTRIES, ...registries })] : []),
    ...(!sends || folder === undefined ? [] : [createFileTree({ folder, ...(url === undefined ? {} : { url }) })]),
    ...(!sends || access === undefined
      ? []
      : [createGitHubAdvisories(createGitHub(access), (address) => repositoryAt(address, access.apiUrl))]),
    ...(registry === undefined ? [] : [createCveRecords(registry)]),
  ]
  return new Map(all.map((one) => [one.target, one]))
}
