import { describe, expect, it } from 'vitest'
import { startMaintainer } from '../fixtures/maintainer.ts'
import { soloPolicy } from '../fixtures/solo-policy.ts'

const ANNOUNCE = 'announce@quillmark.example'
const CNA = 'cve@root.example'
const CVE = 'CVE-1900-0042'
const CASE = 'SEC-2026-0001'

/**
 * The project names neither packages nor a repository. So it has no target, that is, no place other than mail where
 * Embargo publishes.
 */
const POLICY = soloPolicy({ announce: ANNOUNCE, cve: 'other', cna: { address: CNA } })

describe('a project without targets, whose CNA is a person elsewhere', () => {
  it('asks the CNA by mail for an id, corrects and withdraws what it published by mail, and tells the CNA each time', async () => {
    await using person = await startMaintainer({ policy: POLICY })
    const { relay, looksAgain } = person
    const types = (...words: readonly string[]) => person.runs(CASE, ...words)
    const mailed = async (to: string, subject: string): Promise<string> => {
      const mail = await relay.until(
        (one) => one.envelopeTo.includes(to) && (one.header('subject') ?? '').includes(subject),
      )
      return mail.text.replaceAll(/\s+/gu, ' ')
    }
    await person.openPublic()
    await types('triage', 'valid', 'high')
    await types('triage', 'affects', 'main', '<', '4.3')
    await types('advisory', '--component', 'the loader', '--impact', 'It reads files.')
    await types('cve', 'request', '--yes')
    expect(await mailed(CNA, 'CVE id')).toContain('It reads files.')
    await types('cve', 'set', CVE)
    await types('disclose', 'unfixed', 'a fix takes weeks', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, CVE)).toContain('before 4.3')
    await types('correct', '4.3 is affected too.', '--affects', 'main < 4.4', '--tell', 'everybody', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, 'Correction')).toContain('4.3 is affected too.')
    await types('cve', 'update', '--yes')
    expect(await mailed(CNA, CVE)).toContain('4.4')
    await types('correct', 'withdraw', 'Only public files can be read.', '--yes')
    await looksAgain()
    expect(await mailed(ANNOUNCE, 'Withdrawn')).toContain('Only public files can be read.')
  })
})
