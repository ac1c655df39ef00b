import type { FormatGap } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { formatGapLine } from '../../src/cards/format-gaps.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const RANGE: FormatGap = {
  name: 'a range of versions for main',
  source: 'range',
  branch: 'main',
  formats: ['OSV record', 'CSAF advisory'],
}
const PUBLISHER: FormatGap = {
  name: 'the publisher of the project in the policy',
  source: 'policy',
  formats: ['CSAF advisory'],
}

describe('what the documents lack', () => {
  it.each<readonly [FormatGap['source'], string]>([
    ['policy', 'the operator adds it'],
    ['publication', 'the operator adds it'],
    ['advisory', '/cvd advisory'],
    ['severity', '/cvd triage valid SEVERITY'],
    ['affected-branch', '/cvd triage affects BRANCH yes VERSIONS'],
    ['range', '/cvd triage affects 4.2 yes VERSIONS'],
    ['fixed-version', '/cvd triage affects 4.2 yes --fixed-version VERSION'],
    ['workaround', '/cvd advisory --workaround "TEXT"'],
    ['cve', '/cvd cve request'],
  ])('says for %s who enters it', (source, how) => {
    const gap = { name: 'it', source, formats: ['OSV record'], ...(how.includes('4.2') ? { branch: '4.2' } : {}) }
    expect(formatGapLine(gap, { place: { platform: 'slack' }, id: CASE })).toBe(
      `Without it, there is no OSV record: ${how}`,
    )
  })

  it('names the package whose range is missing, if the other packages of the branch have one', () => {
    const gap = { ...RANGE, package: 'npm/inkwell' }
    expect(formatGapLine(gap, { place: { platform: 'slack' }, id: CASE })).toContain(
      ': /cvd triage affects main yes VERSIONS --package npm/inkwell',
    )
  })

  it('is in the status and in the preview of the pre-notification, once', async () => {
    const house = await untilReady(new SmallHouse(), { affects: 'main' })
    house.gaps = [RANGE, PUBLISHER]
    const lines = [
      'Without a range of versions for main, there is no OSV record or CSAF advisory: /cvd triage affects main yes VERSIONS',
      'Without the publisher of the project in the policy, there is no CSAF advisory: the operator adds it',
    ]
    const status = cardOf(await house.asks(ana, 'status', '')).fallback
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09')).fallback
    for (const text of lines) {
      expect(status).toContain(`Not entered    ${text}`)
      expect(preview).toContain(text)
    }
    expect(preview).not.toContain('Nobody has named the affected versions of main')
  })
})
