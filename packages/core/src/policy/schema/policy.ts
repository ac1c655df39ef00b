import { z } from 'zod'
import { Platform } from '../../shared/actor.ts'
import type { Sha256 } from '../../shared/ids.ts'
import type { PublicKey } from '../../shared/public-key.ts'
import { Groups } from './groups.ts'
import { Intake, NEW_CASES } from './intake.ts'
import { Party } from './parties.ts'
import { Person } from './person.ts'
import { Roles } from './permissions.ts'
import { Project } from './project.ts'
import { sections } from './sections.ts'
import { filePath } from './shapes.ts'
import { Templates } from './templates.ts'

/** A complete policy, with every value present, after the profile's values have been overridden by the file. */
export const PolicyFile = z.strictObject({
  profile: z
    .enum(['solo', 'team', 'organisation'])
    .describe(
      'Sets many values at once: `solo` for one maintainer in their free time, `team` for a team, `organisation` for an organisation that has two admins and must follow the EU Cyber Resilience Act.',
    ),
  projects: z.array(Project).min(1).describe('The software for which this deployment takes reports.'),
  people: z.array(Person).min(1).describe('Who works on cases.'),
  groups: Groups.default([]).describe('Roles from the groups of a platform, for members who are not among `people`.'),
  parties: z.array(Party).default([]).describe('Other vendors to whom reports are forwarded, such as an upstream.'),
  platforms: z.array(Platform).min(1).describe('Where people talk.'),
  ...sections,
  intake: Intake.default({ lists: 'open', newCases: NEW_CASES, senderDomains: 'check', forwarders: [] }).describe(
    'What opens a case.',
  ),
  roles: Roles.describe('Which roles may run a command.'),
  templatesFrom: filePath
    .optional()
    .describe('A folder with letters in your own words, each a text file such as `receipt.txt`.'),
})

/**
 * The policy file together with the letter templates in its folder. A project's own letters (`lantern/receipt.txt`)
 * override the general ones.
 */
export const Policy = PolicyFile.extend({
  templates: Templates.default({}),
  projectTemplates: z.record(z.string(), Templates).default({}),
})
/**
 * The policy in its parsed form. At first its people are those that the file lists; `currentPeople` replaces them by
 * the people as they are now.
 */
export type Policy = Omit<z.infer<typeof Policy>, 'people'> & {
  readonly people: Person[]
  /** The OpenPGP keys that the policy pins, already parsed, by the lower-case address of their owner. */
  readonly publicKeys?: Readonly<Record<string, PublicKey>>
}
/** The policy as it is written, before defaults are filled in and durations parsed. */
export type PolicySource = z.input<typeof Policy>
export type ProfileName = Policy['profile']

/** The key that the policy pins to an address. */
export const publicKeyOf = ({ publicKeys }: Pick<Policy, 'publicKeys'>, address: string): PublicKey | undefined =>
  publicKeys?.[address.toLowerCase()]

/** The party with this address, if the policy knows it. */
export const partyAt = ({ parties }: Pick<Policy, 'parties'>, address: string): Party | undefined =>
  parties.find((one) => one.address.toLowerCase() === address.toLowerCase())

/** The policy in force and its hash, which every event records. */
export type PolicyInForce = { readonly policy: Policy; readonly hash: Sha256 }
