import { oneLine } from '@embargo/core'

/** What a project says in its repository to people who found a vulnerability. Durations are in words. */
export type SecurityMdFields = {
  readonly project: string
  /** The address that takes reports. */
  readonly address: string
  /** The OpenPGP key to which reports can be encrypted. */
  readonly key?: { readonly fingerprint: string; readonly url?: string | undefined } | undefined
  /**
   * The longest times until a person answers (`answer`), until the team decides (`decision`), and between two later
   * mails from the team (`nextWord`).
   */
  readonly answer: string
  readonly decision: string
  readonly nextWord: string
  /** How long the embargo lasts if nothing else is agreed. */
  readonly embargo: string
  readonly branches: readonly { readonly name: string; readonly supported: boolean }[]
  /** The list on which fixes are announced. */
  readonly announce?: string | undefined
}

/** The `SECURITY.md` of a project, in Markdown: where to report, what to expect, and which versions get fixes. */
export function securityMd(fields: SecurityMdFields): string {
  const { project, address, key, branches, announce } = fields
  const lines = [
    `# Security of ${oneLine(project)}`,
    '',
    '## Reporting a vulnerability',
    '',
    `Write to <${oneLine(address)}>. Please do not open a public issue or pull request for it.`,
    '',
    ...(key === undefined ? [] : [encryption(key), '']),
    'What helps: the version, what an attacker needs, what they get, and the shortest way to show it. If you used AI to find it, say so, and say whether a person has checked the result. Either is fine.',
    '',
    '## What happens then',
    '',
    `- You get a number for your report at once, and a person answers within ${fields.answer}.`,
    `- We decide within ${fields.decision} after that whether it is a vulnerability, and tell you why.`,
    `- You hear from us at least every ${fields.nextWord}.`,
    `- Please keep it between us until the fix is public, at the latest ${fields.embargo} after your report, unless we agree on another date.`,
    '- We ask you whether the fix works, and show you what we will publish.',
    '- You are credited as you wish: by name, by pseudonym, or not at all. We do not promise payment.',
    ...(announce === undefined ? [] : [`- Fixes are announced on <${oneLine(announce)}>.`]),
    '',
    '## Supported versions',
    '',
    '| Branch | Gets security fixes |',
    '|---|---|',
    ...branches.map(({ name, supported }) => `| ${name.replaceAll('|', '')} | ${supported ? 'yes' : 'no'} |`),
  ]
  return `${lines.join('\n')}\n`
}

const encryption = ({ fingerprint, url }: NonNullable<SecurityMdFields['key']>): string =>
  `To encrypt your report, use our OpenPGP key \`${fingerprint.match(/.{1,4}/gu)?.join(' ') ?? fingerprint}\`${url === undefined ? '' : `: <${oneLine(url)}>`}.`
