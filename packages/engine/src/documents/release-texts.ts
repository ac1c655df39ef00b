import {
  announcesAhead,
  dateInWords,
  instant,
  listsToldOf,
  policyFor,
  projectOf,
  proposedRelease,
  TEXT_TEMPLATES,
} from '@embargo/core'
import type { CaseId, CaseState, Instant, LetterName, Policy, TextName, World } from '@embargo/core'
import { HEADS_UP, HEADS_UP_CORRECTED } from '@embargo/documents'
import type { ReleaseText, WrittenText } from '@embargo/documents'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { gatherMaterial } from '../letters/gather-material.ts'
import type { LetterContext } from '../letters/gather-material.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { releaseDocument } from '../texts/record.ts'

/**
 * The time at which the texts count as written. It is fixed, so that the same check always gives the same finding.
 * This matters because a waiver covers exactly the finding that people saw.
 */
export const AT = instant(0)

export type TextDeps = Pick<Deps, 'policy' | 'roots' | 'blobText' | 'readMail'>

type CaseWorld = World & { readonly case: CaseState }

/** The cases whose texts are written. `isToldAhead`: the heads-up was sent already. */
type Together = { readonly cases: readonly CaseState[]; readonly isToldAhead: boolean }

/** The texts for the public, as they would be mailed. */
export async function publicTexts(
  deps: TextDeps,
  world: CaseWorld,
  { cases, isToldAhead }: Together,
): Promise<readonly WrittenText[]> {
  const { policy: whole } = deps.policy
  const { announce, ossSecurity } = projectOf(policyFor(whole, world.case), world.case)
  const isAnnouncedAhead = !isToldAhead && announcesAhead(whole, cases)
  return letters(deps, together(world, cases), [
    ...(isAnnouncedAhead ? [{ name: HEADS_UP, letter: 'heads-up', to: ANNOUNCE, states: [] } as const] : []),
    ...(announce === undefined ? [] : [{ name: 'announcement', letter: 'announcement', to: ANNOUNCE } as const]),
    ...(ossSecurity === undefined
      ? []
      : [
          {
            name: 'mail to oss-security',
            letter: 'oss-security',
            to: { kind: 'public', list: 'oss-security' },
          } as const,
        ]),
  ])
}

/**
 * The other texts that are sent or shown to people: the pre-notification of each list, the interim advisory, the pages,
 * and the templates of later texts (`LATER`).
 */
export async function otherTexts(
  deps: TextDeps,
  world: CaseWorld,
  cases: readonly CaseState[],
): Promise<readonly WrittenText[]> {
  const whole = together(world, cases)
  const toLists = listsToldOf(deps.policy.policy, cases).flatMap(({ list: { id: list, recipients } }) =>
    recipients.slice(0, 1).map(({ id: recipient }): PlannedLetter => ({
      name: 'pre-notification',
      letter: 'prenotification',
      to: { kind: 'recipient', list, recipient },
      states: ['ids', 'versions', 'ranges'],
    })),
  )
  // The patches are not read, because they are attached and not part of the text.
  const mails = await letters({ ...deps, blobText: () => Promise.resolve('') }, whole, [
    ...toLists,
    // An interim advisory is about one case, even if the case is published with others.
    { name: 'interim advisory', letter: 'interim', to: ANNOUNCE, states: ['ids'], about: world.case.id },
  ])
  const pages = PAGES.flatMap((page) => pageOf(deps, whole, { ...page, cases }))
  return [...mails, ...pages, ...templatesOf(policyFor(deps.policy.policy, world.case), cases, LATER)]
}

/** The mail about the correction, as the public lists get it. */
export const correctionTexts = (deps: TextDeps, world: CaseWorld): Promise<readonly WrittenText[]> =>
  letters(deps, together(world, [world.case]), [
    { name: 'mail about the correction', letter: 'correction', to: ANNOUNCE, states: [] },
  ])

const ANNOUNCE = { kind: 'public', list: 'announce' } as const

type TemplateName = TextName | 'thanks'

/**
 * Texts that are written only after a later event, such as a correction. Until then, only the words of their templates
 * are checked.
 */
const LATER: readonly TemplateName[] = ['heads-up-corrected', 'correction', 'withdrawal', 'thanks']

/** The project's own templates of texts that cannot be checked in their final form yet. */
export const templatesOf = (
  { templates }: Policy,
  cases: readonly CaseState[],
  names: readonly TemplateName[] = [...LATER, 'prenotification', 'interim', 'blog-post', 'release-notes'],
): readonly WrittenText[] =>
  names.flatMap((name) => {
    const text = templates[name]
    return text === undefined ? [] : [{ name: titleOf(name), cases: cases.map(({ id }) => id), text, states: [] }]
  })

function titleOf(name: TemplateName): string {
  if (name === 'heads-up-corrected') return HEADS_UP_CORRECTED
  return name === 'thanks' ? 'thanks.txt' : TEXT_TEMPLATES[name].file
}

/** The world as it would be if exactly these cases were published together. */
const together = (world: CaseWorld, cases: readonly CaseState[]): CaseWorld => ({
  ...world,
  ...(world.release === undefined ? {} : { release: { ...world.release, cases: cases.map(({ id }) => id) } }),
})

const PAGES: readonly (Pick<WrittenText, 'name' | 'states'> & { readonly page: ReleaseText })[] = [
  { name: 'blog post', page: 'blog-post' },
  // Release notes are about one version. So release notes that a project writes itself may leave out the affected and
  // fixed versions.
  { name: 'release notes', page: 'release-notes', states: ['ids', 'credits'] },
]

function pageOf(
  deps: TextDeps,
  world: CaseWorld,
  { page, cases, ...text }: (typeof PAGES)[number] & { readonly cases: readonly CaseState[] },
): readonly WrittenText[] {
  const written = releaseDocument({ policy: deps.policy, clock: { now: () => AT } }, world, page)
  if (written?.ok !== true) return []
  return [{ ...text, cases: cases.map(({ id }) => id), text: written.document, known: knownIn(deps, world) }]
}

type PlannedLetter = Pick<WrittenText, 'name' | 'states'> & {
  readonly letter: LetterName
  readonly to: LetterContext['to']
  readonly about?: CaseId
}

async function letters(
  deps: TextDeps,
  world: CaseWorld,
  planned: readonly PlannedLetter[],
): Promise<readonly WrittenText[]> {
  const releaseAt = releaseOf(deps, world)
  const known = knownIn(deps, world)
  const texts: WrittenText[] = []
  for (const { letter, to, about, ...text } of planned) {
    const written = await possible(async () => {
      const times = { releaseAt, now: AT, publishedAt: AT }
      const gathered = gatherMaterial({ deps, world, to, ...times, ...(about === undefined ? {} : { about }) })
      const mail = await renderLetter(deps, letter, { ...gathered, withoutLinks: true })
      return { cases: gathered.cases.map(({ id }) => id), text: `${mail.subject}\n${mail.text}` }
    })
    if (written !== undefined) texts.push({ ...text, ...written, known })
  }
  return texts
}

const releaseOf = ({ policy }: TextDeps, { release, case: state }: CaseWorld): Instant =>
  release?.at ?? proposedRelease(policy.policy, state, AT) ?? AT

/** Facts about the release and the project that the texts may contain, although no record contains them. */
function knownIn(deps: TextDeps, world: CaseWorld): readonly string[] {
  const { about } = projectOf(policyFor(deps.policy.policy, world.case), world.case)
  return [dateInWords(releaseOf(deps, world)), ...(about === undefined ? [] : [about])]
}

/**
 * The result of `write`. Undefined if `write` throws because a fact is missing. The missing fact is not reported here,
 * because the rule that requires the fact refuses the command.
 */
export function possible<T>(write: () => T): T | undefined
export function possible<T>(write: () => Promise<T>): Promise<T | undefined>
export function possible<T>(write: () => T | Promise<T>): T | Promise<T | undefined> | undefined {
  try {
    const written = write()
    return written instanceof Promise ? written.catch(unwritten) : written
  } catch (error) {
    return unwritten(error)
  }
}

function unwritten(error: unknown): undefined {
  if (error instanceof CannotPerform || error instanceof NotNeeded) return undefined
  throw error
}
