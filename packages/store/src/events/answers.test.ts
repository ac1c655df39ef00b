import { describe, expect, it } from 'vitest'
import { commitOf, DIGEST, newCase, yes } from '../contract/samples.ts'
import { newKey } from '../sealing/seal.ts'
import { openAnswer, openAuditRecord, sealAnswer } from './answers.ts'

describe('answers', () => {
  const key = newKey()
  const commit = commitOf(newCase(), { answer: yes(newCase(), 'done') })
  const log = { moved: { 'SEC-2026-0001': [3, 'digest'] as const }, after: ['a'] }

  it('are returned with the digest of what was asked', () => {
    expect(openAnswer(key, commit.commandId, sealAnswer(key, commit, log))).toEqual({
      answer: commit.answer,
      digest: DIGEST,
    })
  })

  it('contain their audit record of the log', () => {
    expect(openAuditRecord(key, commit.commandId, sealAnswer(key, commit, log))).toEqual(log)
  })

  it('cannot be opened under another command', () => {
    expect(() => openAnswer(key, 'another', sealAnswer(key, commit, log))).toThrow('cannot be opened')
  })
})
