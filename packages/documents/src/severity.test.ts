import { describe, expect, it } from 'vitest'
import { highest } from './severity.ts'

describe('highest', () => {
  it('is the most severe of several severities, and undefined if there is no severity', () => {
    expect(highest(['low', 'critical', 'high'])).toBe('critical')
    expect(highest(['low', 'moderate'])).toBe('moderate')
    expect(highest([])).toBeUndefined()
  })
})
