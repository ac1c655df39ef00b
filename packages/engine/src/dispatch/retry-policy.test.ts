import { DAY, HOUR, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { OutsideError } from '../ports/chat-platform.ts'
import { decideRetry, backoffMs } from './retry-policy.ts'
import type { FailedAttempt, NextStep } from './retry-policy.ts'
import { CannotPerform, NeedsReview, LeaseLost, NotYet } from './effect-errors.ts'

const chat = { asksPersonAtOnce: false, recordsRefusal: false, repeatsForDays: false }
const post = { ...chat, doubt: 'look-up' } as const
const edit = { ...chat, doubt: 'repeat' } as const
const mail = { ...chat, recordsRefusal: true, repeatsForDays: true, doubt: 'repeat' } as const
const announcement = { ...mail, doubt: 'park' } as const

const refused = new OutsideError('refused', 'no such channel')
const limited = new OutsideError('rate-limited', 'slow down', { retryAfterMs: 7000 })
const unreachable = new OutsideError('unreachable', 'nobody answers')
const unknown = new OutsideError('unknown', 'the connection broke')
const switchedOff = new OutsideError('refused', 'switch it on', { forAPerson: true })
const away = new OutsideError('unreachable', 'nobody answers', { away: true })
const lostAway = new OutsideError('unknown', 'the connection broke', { away: true })
const refusesAll = new OutsideError('refused', 'the login is wrong', { forAPerson: true, forAll: true, away: true })
const bug = new TypeError('report text that must not be seen')

const failed = (effect: FailedAttempt['effect'], error: unknown, change: Partial<FailedAttempt> = {}): NextStep =>
  decideRetry({ effect, error, attempt: 1, inDoubt: false, begun: true, random: () => 0.5, ...change })

describe('after a failure', () => {
  it.each([
    ['a post that was refused', post, refused, { do: 'park', doubt: false }],
    ['a mail that was refused', mail, refused, { do: 'fail' }],
    ['an announcement that was refused', announcement, refused, { do: 'fail' }],
    ['a post that must wait', post, limited, { do: 'again', delayMs: 7000, counts: false }],
    ['an announcement that must wait', announcement, limited, { do: 'again', delayMs: 7000 }],
    ['a post that reached nobody', post, unreachable, { do: 'again', delayMs: 251 }],
    ['an announcement that reached nobody', announcement, unreachable, { do: 'again' }],
    ['a post in doubt', post, unknown, { do: 'again', inDoubt: true, delayMs: 251 }],
    ['an edit in doubt', edit, unknown, { do: 'again' }],
    ['a mail in doubt', mail, unknown, { do: 'again' }],
    ['an announcement in doubt', announcement, unknown, { do: 'park', doubt: true }],
    ['a bug after a post began', post, bug, { do: 'again', inDoubt: true }],
    ['a bug after an announcement began', announcement, bug, { do: 'park', doubt: true }],
    [
      'what cannot be done',
      mail,
      new CannotPerform('the identity was erased'),
      { do: 'park', doubt: false, because: 'the identity was erased' },
    ],
    ['an effect that must wait for something else', post, new NotYet('no channel yet'), { do: 'again' }],
    ['an effect that takes days', post, new NotYet('no id yet', HOUR), { do: 'again', counts: false, delayMs: HOUR }],
    [
      'an effect that a person must check first',
      post,
      new NeedsReview('look'),
      { do: 'again', counts: false, delayMs: 30_000 },
    ],
    [
      'what a person must switch on',
      post,
      switchedOff,
      { do: 'again', counts: false, delayMs: 30_000, because: 'switch it on' },
    ],
    [
      'somebody who cannot be put out',
      { ...chat, asksPersonAtOnce: true, doubt: 'repeat' } as const,
      switchedOff,
      { do: 'park' },
    ],
    ['a letter that a person must help', mail, switchedOff, { do: 'again', counts: false }],
    ['a lost lease', post, new LeaseLost(), { do: 'nothing' }],
  ])('%s', (_name, effect, error, expected) => {
    expect(failed(effect, error)).toMatchObject(expected)
  })

  it('leaves no doubt if a bug struck before the attempt began', () => {
    expect(failed(announcement, bug, { begun: false })).toMatchObject({ do: 'again' })
  })

  it.each([
    ['a rate limit on the look-up', limited, { do: 'again', inDoubt: true, delayMs: 7000 }],
    ['a look-up that nobody answers', unreachable, { do: 'again', inDoubt: true }],
    [
      'a partial result that must wait',
      new OutsideError('unknown', 'half of it is there', { retryAfterMs: 9000 }),
      { do: 'again', inDoubt: true, delayMs: 9000 },
    ],
  ])('keeps the doubt of an earlier attempt: %s', (_name, error, expected) => {
    expect(failed(post, error, { inDoubt: true })).toMatchObject(expected)
  })

  it('asks a person after enough tries', () => {
    expect(failed(post, unreachable, { attempt: 29 })).toMatchObject({ do: 'again', counts: true })
    expect(failed(post, unreachable, { attempt: 30 })).toMatchObject({ do: 'park', doubt: false })
    expect(failed(post, unreachable, { attempt: 30, inDoubt: true })).toMatchObject({ do: 'park', doubt: true })
  })

  it.each([
    ['a post', post, away, { do: 'again', counts: false, inDoubt: false }],
    ['a post whose answer was lost', post, lostAway, { do: 'again', counts: false, inDoubt: true }],
    ['a letter', mail, refusesAll, { do: 'again', counts: false }],
    ['an announcement', announcement, away, { do: 'again', counts: false }],
    ['an announcement whose answer was lost', announcement, lostAway, { do: 'park', doubt: true }],
    [
      'somebody who cannot be put out',
      { ...chat, asksPersonAtOnce: true, doubt: 'repeat' } as const,
      refusesAll,
      { do: 'again' },
    ],
  ])('waits with %s while the service is unreachable, without counting a try', (_name, effect, error, expected) => {
    expect(failed(effect, error, { attempt: 1000, awayForMs: 4000 })).toMatchObject({
      ...expected,
      ...(expected.do === 'again' && { delayMs: 4000 }),
    })
  })

  it('repeats a mail for about five days if the relay refuses it temporarily, and then asks a person', () => {
    const waits = Array.from({ length: 249 }, (_, index) => failed(mail, unreachable, { attempt: index + 1 }))
    expect(waits.every((next) => next.do === 'again' && next.counts)).toBe(true)
    const total = waits.reduce((sum, next) => sum + (next.do === 'again' ? next.delayMs : 0), 0)
    expect(Math.round(total / DAY)).toBe(5)
    expect(failed(mail, unreachable, { attempt: 250 })).toMatchObject({ do: 'park', doubt: false })
    expect(failed(mail, bug, { attempt: 30 })).toMatchObject({ do: 'park' })
  })

  it('asks a person about an effect that cannot reach the service while others can', () => {
    expect(failed(mail, refusesAll, { attempt: 29 })).toMatchObject({ do: 'again', counts: true })
    expect(failed(mail, refusesAll, { attempt: 30 })).toMatchObject({ do: 'park', doubt: false })
  })

  it('waits for something that must happen first, without limit and with ever longer pauses', () => {
    const wait = new NotYet('no channel yet')
    expect(failed(post, wait, { attempt: 6 })).toMatchObject({ do: 'again' })
    expect(failed(post, wait, { attempt: 7 })).toMatchObject({ do: 'again', counts: false, delayMs: 16_001 })
    expect(failed(post, wait, { attempt: 200 })).toMatchObject({ do: 'again', counts: false })
  })

  it('waits an hour at most, whatever Retry-After says', () => {
    const forEver = new OutsideError('rate-limited', 'slow down', { retryAfterMs: 1e12 })
    expect(failed(post, forEver)).toMatchObject({ delayMs: HOUR })
  })

  it('does not repeat the text of an unexpected exception', () => {
    expect(JSON.stringify(failed(post, bug, { attempt: 30 }))).not.toContain('report text')
  })
})

describe('the backoff', () => {
  it('doubles the longest wait, chooses a random wait up to it, and never waits more than the longest wait', () => {
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, () => 0.999999, HOUR))).toEqual([500, 1000, 2000])
    expect(backoffMs(5, () => 0, HOUR)).toBe(1)
    expect(backoffMs(1000, () => 0.999999, 15 * MINUTE)).toBe(15 * MINUTE)
  })
})
