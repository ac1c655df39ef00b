import { dateInWords, day, embargoInForce } from '@embargo/core'
import type { Event, Instant } from '@embargo/core'
import { contact, nextWordBy } from './base.ts'
import type { LetterMaterial } from './material.ts'

/** The fields that every template has. */
export const common = (material: LetterMaterial) => ({
  case: material.case.id,
  project: material.project.name,
  contact: contact(material),
})

export const nextWord = (material: LetterMaterial) => ({ nextWordBy: time(nextWordBy(material)) })

export const rating = ({ case: theCase }: LetterMaterial) => ({ severity: theCase.severity ?? 'not rated yet' })

export const movedDate = (material: LetterMaterial) => ({
  was: material.moved === undefined ? '' : day(material.moved.was),
  newDate: time(material.moved?.at),
  reason: material.moved?.reason ?? '',
})

export const embargoExit = (material: LetterMaterial) => ({
  endedAt: time(material.case.em.is === 'exited' ? material.case.em.at : material.now),
})

export const embargoEnd = (material: LetterMaterial) => ({
  embargoEnd: embargoInForce(material.case.em) && material.report?.free !== true ? time(material.case.em.end) : '',
})

export const time = (at: Instant | undefined): string => (at === undefined ? '' : dateInWords(at))

/** The event, if it is of this type. */
export const eventOf = <T extends Event['type']>(
  { event }: LetterMaterial,
  type: T,
): Extract<Event, { type: T }> | undefined => (event !== undefined && isOf(event, type) ? event : undefined)

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type
