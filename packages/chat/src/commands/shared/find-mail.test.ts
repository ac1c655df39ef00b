import { describe, expect, it } from 'vitest'
import { MessageId } from '@embargo/core'
import type { CaseState, TakenIn } from '@embargo/core'
import { findMail } from './find-mail.ts'

const id = (sign: string): MessageId => MessageId.parse(`m-${sign.repeat(64)}`)
const mail = (sign: string, from: TakenIn['from']): TakenIn => ({ message: id(sign), from }) as TakenIn

/** A case with one mail for each sender, in this order. */
const state: Pick<CaseState, 'messages'> = {
  messages: [mail('1', 'reporter'), mail('2', 'recipient'), mail('3', 'vendor'), mail('4', 'team')],
}

describe('the mail that a person names', () => {
  it('is the last one from outside the team, or the last one of those who can have answered', () => {
    expect(findMail(state, 'last')).toBe(id('3'))
    expect(findMail(state, 'last', ['reporter', 'unverified'])).toBe(id('1'))
    expect(findMail(state, 'last', ['recipient', 'unverified'])).toBe(id('2'))
    expect(findMail(state, 'last', ['unverified'])).toBeUndefined()
  })

  it('is counted from 1, or has an id', () => {
    expect(findMail(state, '4', ['reporter'])).toBe(id('4'))
    expect(findMail(state, id('2'))).toBe(id('2'))
    expect(findMail(state, '5')).toBeUndefined()
  })
})
