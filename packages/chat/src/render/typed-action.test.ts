import { describe, expect, it } from 'vitest'
import { typedAction } from './typed-action.ts'

const CASE = 'SEC-2026-0042'

describe('a button in a terminal', () => {
  it.each([
    ['what runs as it stands', { verb: 'ack', input: { case: CASE } }, `embargo ${CASE} ack`],
    ['what it carries', { verb: 'triage', input: { case: CASE, disposition: 'spam' } }, `embargo ${CASE} triage spam`],
    [
      'what is about mails that have no case yet',
      { verb: 'open.waiting', input: { which: 'all', until: '1780000000000' } },
      'embargo open waiting all',
    ],
    [
      'what a form would ask for',
      { verb: 'triage', input: { case: CASE }, form: true },
      `embargo ${CASE} triage <disposition>`,
    ],
    [
      'two things that are asked for',
      { verb: 'advisory', input: { case: CASE }, form: true },
      `embargo ${CASE} advisory <component> <impact>`,
    ],
    [
      'a text that a button may bring',
      { verb: 'reply', input: { case: CASE }, form: true },
      `embargo ${CASE} reply <text>`,
    ],
    [
      'a patch by its file',
      { verb: 'patch', input: { case: CASE }, form: true },
      `embargo ${CASE} patch <file or text>`,
    ],
    ['a form that needs nothing', { verb: 'close', input: { case: CASE }, form: true }, `embargo ${CASE} close`],
    [
      'the number that a second look types',
      { verb: 'approve', input: { case: CASE, approval: 'a1' }, form: true },
      `embargo ${CASE} approve --approval a1 --typed-case <number>`,
    ],
    ['a page of many', { verb: 'status', input: { which: 'all', page: '2' } }, 'embargo status all --page 2'],
    [
      'a page of what was found',
      { verb: 'status', input: { stage: 'fixing', overdue: 'overdue', owner: '@ana', page: '2' } },
      'embargo status fixing overdue --owner @ana --page 2',
    ],
    ['what is settled', { verb: 'settle', input: {}, form: true }, 'embargo settle'],
    [
      'what is settled together',
      { verb: 'settle', input: { effect: 'all', outcome: 'again' } },
      'embargo settle all again',
    ],
    ['a case to open', { verb: 'open', input: {}, form: true }, 'embargo open <project>'],
    ['a page of mine', { verb: 'status', input: { which: 'mine', page: '3' } }, 'embargo status mine --page 3'],
    [
      'words that a shell would read',
      { verb: 'close', input: { case: CASE, reason: "it's $(rm) `x`; > y" } },
      String.raw`embargo SEC-2026-0042 close --reason 'it'\''s $(rm) ` + "`x`; > y'",
    ],
  ])('says %s', (_name, action, typed) => {
    expect(typedAction(action)).toBe(typed)
  })
})
