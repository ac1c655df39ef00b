import { resolve } from 'node:path'
import { targetModes } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Config } from './config.ts'
import { cveServicesOf } from './environment/cve-services.ts'
import { databaseOf } from './environment/database.ts'
import { publishOf } from './environment/publish.ts'
import { rehearsalOf } from './environment/rehearsal.ts'
import { githubOf } from './environment/github.ts'
import { masterKeyOf } from './environment/master-key.ts'
import { roleOf } from './environment/role.ts'
import { discordOf } from './environment/discord.ts'
import { slackOf } from './environment/slack.ts'
import { mailboxesOf } from './environment/mailboxes.ts'
import type { MailboxReading } from './environment/mailboxes.ts'
import { certificateOf, listenOf, lmtpOf, networksOf, relayOf, smtpsOf } from './environment/smtp.ts'
import { misspelt, unfamiliar, variablesOf } from './environment/variables.ts'
import { findPolicy } from './policy/find-policy.ts'
import { policyHash } from './policy/policy-hash.ts'
import { ConfigError } from './problems/problem.ts'
import type { Problem } from './problems/problem.ts'
import type { Surroundings } from './surroundings.ts'
import { surroundingsOfProcess } from './surroundings.ts'

/** The default data folder. EMBARGO_DATA can name another. */
export const DATA_FOLDER = 'embargo-data'

/**
 * `start` runs the program and needs every value. `look` only asks the running program or reads the database, and
 * connects to no platform.
 */
export type Purpose = 'start' | 'look'

/**
 * Reads and checks the environment and the policy file together, and writes nothing. It does not read or create the
 * master key; `loadSecrets` does.
 *
 * @throws ConfigError `invalid-configuration` with every mistake in the environment and in the policy file
 */
export function loadConfig(around: Surroundings = surroundingsOfProcess(), purpose: Purpose = 'start'): Config {
  const variables = variablesOf(around.env)
  const dataFolder = resolve(around.cwd, variables.get('EMBARGO_DATA') ?? DATA_FOLDER)
  const database = databaseOf({ written: variables.get('EMBARGO_DATABASE'), dataFolder, cwd: around.cwd })
  const masterKey = masterKeyOf(variables, around, dataFolder)
  const listen = listenOf(variables)
  const smtps = smtpsOf(variables, around.cwd)
  const lmtp = lmtpOf(variables)
  const networks = networksOf(variables)
  const certificate = certificateOf(variables, around.cwd)
  const relay = relayOf(variables.get('EMBARGO_SMTP_RELAY'), around)
  const role = roleOf(variables.get('EMBARGO_ROLE'), isProblem(database) ? undefined : database.is)
  const found = findPolicy({ named: variables.get('EMBARGO_POLICY'), dataFolder, around })
  const wantsSlack = found.ok && found.policy.platforms.includes('slack') && role.capabilities.has('slack')
  const { slack, problems: slackProblems } = slackOf(variables, {
    wanted: wantsSlack ? 'the policy has slack among its platforms' : undefined,
    connects: purpose === 'start',
  })
  const wantsDiscord = found.ok && found.policy.platforms.includes('discord') && role.capabilities.has('discord')
  const { discord, problems: discordProblems } = discordOf(variables, {
    wanted: wantsDiscord ? 'the policy has discord among its platforms' : undefined,
    connects: purpose === 'start',
  })
  const { github, problems: githubProblems } = githubOf(variables, around)
  const { cveServices, problems: cveProblems } = cveServicesOf(variables)
  const { publish, problems: publishProblems } = publishOf(variables, around.cwd)
  const { rehearsal, problems: rehearsalProblems } = rehearsalOf(variables, around.cwd)
  const projects = found.ok ? found.policy.projects.map(({ id }) => id) : undefined
  const { mailboxes, problems: mailboxProblems } =
    projects === undefined ? NO_MAILBOXES : mailboxesOf(variables, around, projects)
  const problems = [
    ...misspelt(around.env),
    ...[database, masterKey, listen, smtps, lmtp, networks, certificate, relay].filter(isProblem),
    ...mailboxProblems,
    ...role.problems,
    ...slackProblems,
    ...discordProblems,
    ...githubProblems,
    ...cveProblems,
    ...publishProblems,
    ...rehearsalProblems,
    ...(found.ok ? [] : found.problems),
  ]
  if (
    problems.length > 0 ||
    !found.ok ||
    isProblem(database) ||
    isProblem(masterKey) ||
    isProblem(listen) ||
    isProblem(smtps) ||
    isProblem(lmtp) ||
    isProblem(networks) ||
    isProblem(certificate) ||
    isProblem(relay)
  ) {
    throw new ConfigError('invalid-configuration', problems)
  }
  const { policy, file } = found
  return {
    dataFolder,
    database,
    masterKey,
    smtp: {
      listen,
      ...(smtps && { smtps }),
      ...(lmtp && { lmtp }),
      ...(networks && { networks }),
      ...(certificate && { certificate }),
      ...(relay && { relay }),
    },
    ...(mailboxes.length > 0 && { mailboxes }),
    ...(slack === undefined ? {} : { slack }),
    ...(discord === undefined ? {} : { discord }),
    ...(github && { github }),
    ...(cveServices && { cveServices }),
    ...(publish && { publish }),
    ...(rehearsal && { rehearsal }),
    capabilities: role.capabilities,
    policy: { policy, hash: policyHash(policy) },
    ...(file === undefined ? {} : { policyFile: file }),
    notices: noticesOf({
      unfamiliar: unfamiliar(around.env),
      silent: [slack === undefined ? [] : 'slack', discord === undefined ? [] : 'discord']
        .flat()
        .filter((platform) => !policy.platforms.some((one) => one === platform)),
      unset: unsetTargets(policy, { github, cveServices, publish }),
      left: policy.platforms.filter((platform) => !role.capabilities.has(platform)),
    }),
  }
}

/**
 * A mailbox names its projects. If the policy has mistakes, the projects are unknown, so no mailboxes are read from the
 * environment.
 */
const NO_MAILBOXES: MailboxReading = { mailboxes: [], problems: [] }

type ConfigFindings = {
  readonly unfamiliar: readonly string[]
  /** Platforms whose tokens are set but which the policy does not list. */
  readonly silent: readonly string[]
  readonly left: readonly string[]
  /** The sentences from `unsetTargets`. */
  readonly unset: readonly string[]
}

/** Sentences about targets at which the policy tells Embargo to publish, but whose settings are missing. */
function unsetTargets(
  { projects }: Policy,
  {
    github,
    cveServices,
    publish,
  }: { readonly [name in 'github' | 'cveServices' | 'publish']: Config[name] | undefined },
): readonly string[] {
  const modes = projects.map(targetModes)
  const missing = [
    { target: 'github', is: github !== undefined, set: 'EMBARGO_GITHUB_APP or EMBARGO_GITHUB_TOKEN' },
    { target: 'files', is: publish?.folder !== undefined, set: 'EMBARGO_PUBLISH_FOLDER' },
    { target: 'cve', is: cveServices !== undefined, set: 'EMBARGO_CVE_ORG, EMBARGO_CVE_USER and EMBARGO_CVE_KEY' },
  ] as const
  return missing
    .filter(({ target, is }) => !is && modes.some((one) => one[target] === 'publish'))
    .map(
      ({ target, set }) =>
        `The policy sets targets.${target} to "publish", but nothing can be published there until you set ${set}.`,
    )
}

function noticesOf(given: ConfigFindings): readonly string[] {
  const silent = given.silent.map(
    (name) =>
      `Tokens for ${name} are set, but the policy does not list ${name} under platforms: nothing will appear there.`,
  )
  const ignored = given.unfamiliar.map((name) => `${name} is set but ignored, because Embargo has no such variable.`)
  // This process cannot know which platforms other processes serve. It gives the notice even if another process serves
  // the platform, because posts to a platform are never sent if no process serves it.
  const left = given.left.map(
    (name) =>
      `The policy lists ${name} under platforms, but this process does not serve it (EMBARGO_ROLE). Until another process does, no channel opens there and nobody is notified there.`,
  )
  return [...silent, ...left, ...given.unset, ...ignored]
}

function isProblem(value: object | undefined): value is Problem {
  return value !== undefined && 'because' in value
}
