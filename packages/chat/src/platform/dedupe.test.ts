import { describe, expect, it } from 'vitest'
import { SubmissionIds } from './dedupe.ts'

describe('a repeated submission', () => {
  it('has the same id from the same place with the same content', () => {
    expect(new SubmissionIds().deliveryId('view:V1', { text: 'a' })).toBe(
      new SubmissionIds().deliveryId('view:V1', { text: 'a' }),
    )
  })

  it('has another id with other content, or from another place', () => {
    const submissions = new SubmissionIds()
    const ids = [
      submissions.deliveryId('view:V1', 'a'),
      submissions.deliveryId('view:V1', 'b'),
      submissions.deliveryId('view:V2', 'a'),
    ]
    expect(new Set(ids).size).toBe(3)
  })

  it('has a new id after the first was refused', () => {
    const submissions = new SubmissionIds()
    const first = submissions.deliveryId('view:V1', 'a')
    submissions.expire('view:V1')
    expect(submissions.deliveryId('view:V1', 'a')).not.toBe(first)
    expect(submissions.deliveryId('view:V2', 'a')).toBe(new SubmissionIds().deliveryId('view:V2', 'a'))
  })
})
