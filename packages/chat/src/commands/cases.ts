import { z } from 'zod'
import { STAGES } from '@embargo/core'
import { wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about, wholeNumber } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { foundCasesView } from '../views/found-cases.ts'
import { asOneCard, homeCards } from '../views/home.ts'
import { ON_THE_CASE } from './shared/roles.ts'

/** Typed instead of a person's name. */
const NOBODY = 'nobody'
const ME = 'me'
/** Behind an age it is no word of a subject. */
const DAYS = /^(?:days?|weeks?|months?)$/i

export const cases = defineCommand({
  verb: 'cases',
  summary: 'Find cases by stage, severity, age, owner, what is overdue, or words of the subject',
  about: 'anything',
  allowed: ON_THE_CASE,
  options: {
    mine: z
      .enum(['mine'])
      .exactOptional()
      .register(about, { label: 'Only yours: what waits for you, what is overdue' }),
    stage: z.enum(STAGES).exactOptional().register(about, { label: 'Stage' }),
    severity: z
      .enum(['critical', 'high', 'moderate', 'low', 'unrated'])
      .exactOptional()
      .register(about, { label: 'Severity' }),
    overdue: z.enum(['overdue']).exactOptional().register(about, { label: 'Only what is overdue' }),
    owner: z
      .string()
      .max(128)
      .exactOptional()
      .register(about, {
        label: 'Who looks after it',
        hint: `A person, or: ${ME}, ${NOBODY}`,
        takes: 'named',
        shownAs: '@person',
        suggests: 'owner',
      }),
    older: wholeNumber({ most: 9999, because: 'an age is a number of days' })
      .exactOptional()
      .register(about, { label: 'Older than so many days', takes: 'named', shownAs: 'days' }),
    page: wholeNumber({ most: 99_999, because: 'a page is a number' })
      .exactOptional()
      .register(about, { label: 'Page', takes: 'named' }),
    words: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Words of the subject of a report', takes: 'rest', shownAs: 'words' }),
  },
  run: async (call) => {
    const { mine, owner, older, page, ...rest } = call.values
    if (mine !== undefined) return { audience: 'caller', card: asOneCard('Your cases', await homeCards(call)) }
    const { actor, place } = call.invocation
    const named = owner?.toLowerCase()
    const person =
      owner === undefined || named === NOBODY || named === ME
        ? undefined
        : findPerson(call.engine.policy.policy, place.platform, owner)
    if (owner !== undefined && named !== NOBODY && named !== ME && person === undefined)
      return wrongInput({ command: call.command, setting: call, because: `Nobody in the policy is called “${owner}”.` })
    if (older !== undefined && DAYS.test(rest.words ?? ''))
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'An age is a number of days, without the word.',
      })
    const wanted = named === ME ? (actor.person ?? '') : (person?.id ?? '')
    return foundCasesView({
      setting: call,
      wanted: {
        ...rest,
        ...(owner === undefined ? {} : { owner: wanted }),
        ...(older === undefined ? {} : { olderDays: Number(older) }),
      },
      typed: { ...rest, ...(owner === undefined ? {} : { owner }), ...(older === undefined ? {} : { older }) },
      page: Number(page ?? 1),
    })
  },
})
