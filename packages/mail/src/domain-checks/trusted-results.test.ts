import { describe, expect, it } from 'vitest'
import { mailOf } from '../../test/signed-mails.ts'
import { FROM, checkSample, verdictOf, CONFIRMED, UNPROVEN, FAILED } from '../../test/domain-samples.ts'

describe('the results of the operator’s own server', () => {
  const OURS = 'Received: from mx.sample.example by mx.project.example (Postfix); Tue, 2 Jun 2026 09:00:00 +0000'
  const THEIRS = 'Received: from laptop by mx.sample.example; Tue, 2 Jun 2026 08:59:00 +0000'
  const results = (found: string, server = 'mx.project.example') =>
    `Authentication-Results: ${server}; ${found} header.from=sample.example`
  const settings = { domains: 'trust', server: 'mx.project.example' } as const
  const verdict = (...lines: readonly string[]) => verdictOf({ mail: mailOf(...lines, FROM), settings, dns: {} })

  it.each([
    ['pass', CONFIRMED],
    ['fail', FAILED],
    ['none', UNPROVEN],
    ['temperror', UNPROVEN],
    ['bestguesspass', UNPROVEN],
  ])('count: dmarc=%s', async (found, expected) => {
    expect(await verdict(results(`dmarc=${found}`), OURS, THEIRS)).toEqual(expected)
    expect(await verdict(OURS, results(`dmarc=${found}`), THEIRS)).toEqual(expected)
  })

  it('are found in a field that is folded and has comments', async () => {
    const folded =
      'Authentication-Results: MX.project.example (ours; dmarc=fail);\r\n\tdmarc=pass (p=reject "x) header.from=sample.example'
    expect(await verdict(folded, OURS)).toEqual(CONFIRMED)
  })

  it('ask the DNS nothing', async () => {
    const { asked } = await checkSample({ mail: mailOf(results('dmarc=pass'), FROM), settings })
    expect(asked).toEqual([])
  })

  const NOT_CHECKED = { is: 'not-checked' }
  it.each([
    ['of another server', [results('dmarc=pass', 'mx.attacker.example'), OURS]],
    [
      'of a server whose name only begins like it',
      [results('dmarc=pass', 'mx.project.example.attacker.example'), OURS],
    ],
    ['below its own trace, which came with the mail', [OURS, THEIRS, results('dmarc=pass')]],
    ['about another author', [results('dmarc=pass').replace('sample', 'other'), OURS]],
    ['in a comment of another', [results('dmarc=pass', 'mx.attacker.example (mx.project.example)'), OURS]],
    [
      'in a text that is quoted',
      ['Authentication-Results: mx.project.example; x="dmarc=pass header.from=sample.example"'],
    ],
    ['in a comment that is not closed', ['Authentication-Results: mx.project.example; x=y (; dmarc=pass']],
    ['that fill pages', [`${results('dmarc=pass')} x=${'y'.repeat(9_000)}`, OURS]],
    [
      'without the name of a server, as Exchange Online writes them',
      ['Authentication-Results: spf=pass smtp.mailfrom=sample.example; dmarc=pass header.from=sample.example', OURS],
    ],
    ['that are not there', [OURS, THEIRS]],
  ])('forged Authentication-Results %s do not count', async (_, lines) => {
    expect(await verdict(...lines)).toEqual(NOT_CHECKED)
  })

  it('count from the topmost field, and a forged field below it changes nothing', async () => {
    expect(await verdict(results('dmarc=fail'), OURS, results('dmarc=pass'))).toEqual(FAILED)
  })

  it('do not come from a forged field below the real one, even if that has no DMARC and a forged Received extends the trace', async () => {
    const mail = mailOf(
      'Authentication-Results: project.example; dkim=pass header.b="a;b="',
      'Received: from mx.sample.example by mx1.project.example (Postfix); Tue, 2 Jun 2026 09:00:00 +0000',
      'Received: from nowhere by project.example; Tue, 2 Jun 2026 08:59:30 +0000',
      results('dmarc=pass', 'project.example'),
      THEIRS,
      FROM,
    )
    expect(await verdictOf({ mail, settings: { domains: 'trust', server: 'project.example' }, dns: {} })).toEqual(
      NOT_CHECKED,
    )
  })

  it('are not checked if the settings do not name the server', async () => {
    const mail = mailOf(results('dmarc=pass'), OURS, FROM)
    expect(await verdictOf({ mail, settings: { domains: 'trust' } })).toEqual(NOT_CHECKED)
  })
})
