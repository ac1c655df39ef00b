import { describe, expect, it } from 'vitest'
import { commitOf, DIGEST, newCase, yes } from '../contract/samples.ts'
import { newKey, place, sealJson } from '../sealing/seal.ts'
import { openAnswer, sealAnswer } from './answers.ts'

describe('answers', () => {
  const key = newKey()
  const commit = commitOf(newCase(), { answer: yes(newCase(), 'done') })

  it('come back with the digest of what was asked', () => {
    expect(openAnswer(key, commit.commandId, sealAnswer(key, commit))).toEqual({
      answer: commit.answer,
      digest: DIGEST,
    })
  })

  it('come back without one where none was kept', () => {
    const old = sealJson(key, place('answer', commit.commandId), commit.answer)
    expect(openAnswer(key, commit.commandId, old)).toEqual({ answer: commit.answer })
  })

  it('do not open under another command', () => {
    expect(() => openAnswer(key, 'another', sealAnswer(key, commit))).toThrow('does not open')
  })
})
