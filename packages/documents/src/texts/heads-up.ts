import { layout, oneLine } from '@embargo/core'
import type { Block } from '@embargo/core'
import { day, dateInWords } from '@embargo/core'
import { highest } from '../severity.ts'
import type { Severity } from '../severity.ts'
import { inOwnWords, releaseFields } from './own-words.ts'
import { inWords, issues, listed, publicationKind } from './text.ts'
import type { PublicText } from './text.ts'

/**
 * Everything that a heads-up may say: which versions, when, how many issues, and how severe. No other field may be
 * added, such as a component or a CVE id: an attacker who reads the heads-up has a week to search for the
 * vulnerability.
 */
export type HeadsUpFields = {
  project: string
  versions: readonly string[]
  /** The planned instant of the release, epoch milliseconds. */
  releaseAt: number
  count: number
  highest: Severity
  contact: string
  /** Set if nothing is released, as for a hosted service: an advisory is published instead. */
  nothingToRelease?: boolean | undefined
  /** The project's own template, if the project has one. */
  template?: string | undefined
}

/**
 * The public note that announces a security release in advance. If nothing is released, the note announces an advisory
 * instead.
 */
export function headsUp(fields: HeadsUpFields): PublicText {
  const ours = fields.nothingToRelease === true ? beforeAdvisory(fields) : beforeRelease(fields)
  return fields.template === undefined ? ours : { ...ours, text: theirs(fields, fields.template) }
}

const theirs = ({ releaseAt, ...fields }: HeadsUpFields, template: string): string =>
  inOwnWords({
    template,
    form: 'mail',
    fields: { ...releaseFields(fields), releaseAt: [dateInWords(releaseAt)] },
    issues: [],
  })

function beforeAdvisory(fields: HeadsUpFields): PublicText {
  const { project, releaseAt, count } = fields
  return {
    subject: oneLine(`Heads-up: ${project} security advisory on ${day(releaseAt)}`),
    text: `${layout([
      `The ${project} team will publish a security advisory on:`,
      { items: [dateInWords(releaseAt)] },
      `It is about ${issues(count)}. ${severityOf(fields)}`,
      'Please plan to read it then. The details are published with it and not before; until then, we answer no questions about them.',
      closing(fields),
    ])}\n`,
    attachments: [],
  }
}

const severityOf = ({ count, highest: most }: Issues): string =>
  `${count === 1 ? 'Its severity is' : 'The highest severity is'} ${most}.`

const closing = ({ contact }: HeadsUpFields): string =>
  `If the date changes, we will say so here. For anything else that concerns security: ${contact}`

function beforeRelease(fields: HeadsUpFields): PublicText {
  const { project, versions, releaseAt, count } = fields
  const several = versions.length > 1
  const releases = several ? 'security releases' : 'a security release'
  const named = versions.length === 0 ? '' : `, ${project} ${listed(versions)},`
  return {
    subject: oneLine(`Heads-up: ${project} security release on ${day(releaseAt)}`),
    text: `${layout([
      `The ${project} team will publish ${releases}${named} on:`,
      { items: [dateInWords(releaseAt)] },
      `${several ? 'Together they fix' : 'It fixes'} ${issues(count)}. ${severityOf(fields)}`,
      'Please plan to update then. The details are published with the release and not before; until then, we answer no questions about them.',
      closing(fields),
    ])}\n`,
    attachments: [],
  }
}

/** The fields of a heads-up. Only the severities of the cases are used. Undefined if there is no case. */
export function headsUpFields(
  release: Pick<HeadsUpFields, 'project' | 'versions' | 'releaseAt' | 'contact' | 'nothingToRelease'>,
  cases: readonly { severity: Severity }[],
): HeadsUpFields | undefined {
  const { project, versions, releaseAt, contact, nothingToRelease } = release
  const most = highest(cases.map(({ severity }) => severity))
  if (most === undefined) return undefined
  const picked = { project, versions, releaseAt, contact, count: cases.length, highest: most }
  return nothingToRelease === true ? { ...picked, nothingToRelease } : picked
}

type Issues = Pick<HeadsUpFields, 'count' | 'highest'>

/** The fields of a correction of a heads-up. It reveals nothing about the release that the heads-up did not reveal. */
export type HeadsUpCorrectedFields = {
  project: string
  /** The versions as they are now. */
  versions: readonly string[]
  /**
   * The announced instant, epoch milliseconds. The text mentions only its day, because the public is not told if only
   * the hour changes.
   */
  was: number
  /** The new instant; absent while no new date is set. */
  releaseAt?: number | undefined
  /** The issues as they were announced, and as they are now. */
  issues?: { was: Issues; now: Issues } | undefined
  contact: string
  /** Set if the heads-up announced an advisory. */
  nothingToRelease?: boolean | undefined
  /** The project's own template, if the project has one. */
  template?: string | undefined
}

/** The public correction of a heads-up. It never gives the reason for a change. */
export function headsUpCorrected(fields: HeadsUpCorrectedFields): PublicText {
  const { project, was, releaseAt, contact, nothingToRelease } = fields
  const comes = publicationKind(nothingToRelease)
  const moved = releaseAt !== undefined && day(releaseAt) !== day(was)
  const [becomes, what] =
    releaseAt === undefined
      ? ['called off', calledOff(fields)]
      : moved
        ? [`now on ${day(releaseAt)}`, onAnotherDay(fields, releaseAt)]
        : [`on ${day(releaseAt)}`, onTheSameDay(fields, releaseAt)]
  return {
    subject: oneLine(`Correction: ${project} security ${comes} ${becomes}`),
    text:
      fields.template === undefined
        ? `${layout([...what, `For anything else that concerns security: ${contact}`])}\n`
        : correctedInOwnWords(fields, fields.template, what),
    attachments: [],
  }
}

function correctedInOwnWords(fields: HeadsUpCorrectedFields, template: string, what: readonly Block[]): string {
  const { project, contact, versions, was, releaseAt, issues: of } = fields
  const release = { project, contact, versions, count: of?.now.count, highest: of?.now.highest }
  const dates = { was: [day(was)], releaseAt: releaseAt === undefined ? [] : [dateInWords(releaseAt)] }
  return inOwnWords({
    template,
    form: 'mail',
    fields: { ...releaseFields(release), ...dates, changes: layout(what) },
    issues: [],
  })
}

const calledOff = ({ project, was, nothingToRelease }: HeadsUpCorrectedFields): readonly Block[] => [
  `The security ${publicationKind(nothingToRelease)} of ${project} that was announced for ${day(was)} will not come on that day.`,
  'There is no new date yet. We will announce it here.',
]

function onAnotherDay(fields: HeadsUpCorrectedFields, releaseAt: number): readonly Block[] {
  const { project, was, nothingToRelease } = fields
  const items = corrections(fields)
  return [
    `The security ${publicationKind(nothingToRelease)} of ${project} that was announced for ${day(was)} comes on another day:`,
    { items: [dateInWords(releaseAt)] },
    ...(items.length === 0 ? [] : ['This has changed too:', { items }]),
    nothingToRelease === true ? 'Please plan to read it then.' : 'Please plan to update then.',
  ]
}

function onTheSameDay(fields: HeadsUpCorrectedFields, releaseAt: number): readonly Block[] {
  const { project, versions, nothingToRelease } = fields
  return [
    `This has changed since the security ${publicationKind(nothingToRelease)} of ${project} was announced:`,
    { items: corrections(fields) },
    `It will come on ${dateInWords(releaseAt)}${versions.length === 0 ? '' : `, as ${project} ${listed(versions)}`}.`,
  ]
}

function corrections({ issues: of, nothingToRelease }: HeadsUpCorrectedFields): readonly string[] {
  if (of === undefined) return []
  const { was, now } = of
  const about = nothingToRelease === true ? 'It is about' : 'It fixes'
  return [
    ...(was.count === now.count ? [] : [`${about} ${issues(now.count)}, not ${inWords(was.count)}.`]),
    ...(was.highest === now.highest ? [] : [`${severityOf(now).slice(0, -1)}, not ${was.highest}.`]),
  ]
}
