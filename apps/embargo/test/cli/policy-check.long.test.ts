import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isoInstant } from '@embargo/core'
import { mondayAfter } from '../../src/cli/policy-check.ts'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

/** The policy of one maintainer who uses only the terminal. The policy names a list for announcements. */
const POLICY = `profile: solo
platforms: [terminal]
projects:
  - id: quillmark
    name: Quillmark
    address: security@quillmark.example
    announce: announce@quillmark.example
people:
  - id: ana
    name: Ana
    roles: [admin]
    mail: ana@quillmark.example
    osUser: ana
`

/** A second project. It differs from the project in `POLICY` only in its names and addresses. */
const INKWELL = `  - id: inkwell
    name: Inkwell
    address: security@inkwell.example
    prefix: INK
    announce: announce@inkwell.example
`

describe('what embargo policy check explores', () => {
  it.each([
    ['2026-11-28T19:00:00Z', '2026-11-30T09:00:00.000Z'],
    ['2026-11-30T08:59:00Z', '2026-11-30T09:00:00.000Z'],
    ['2026-11-30T09:01:00Z', '2026-12-07T09:00:00.000Z'],
    ['2026-12-03T00:00:00Z', '2026-12-07T09:00:00.000Z'],
  ])('begins on a Monday morning, whenever it is run (%s)', (now, start) => {
    expect(isoInstant(mondayAfter(Date.parse(now)))).toBe(start)
  })
})

describe('embargo policy check of a file', () => {
  const folder = newFolder()
  const draft = join(folder, 'draft.yaml')
  beforeAll(() => {
    useFolder(folder)
    // The policy in use has no mistake. The tests check a file with another policy.
    writeFileSync(join(folder, 'policy.yaml'), POLICY)
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
  })
  afterAll(() => {
    leaveFolder(folder)
  })

  it.each(['check', 'diff'])('is of that file, as %s is', async (command) => {
    writeFileSync(draft, POLICY.replace('profile: solo', 'profile: sollo'))
    expect(await shell('policy', command, draft)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(`${draft}:1:10`),
    })
    writeFileSync(draft, `${POLICY}clocks: { acknowledge: { target: 5 days } }\n`)
    expect((await shell('policy', 'diff', draft)).out).toContain('5 days')
    expect((await shell('policy', 'diff')).out).not.toContain('5 days')
  })

  it('accepts exactly one file, which must exist', async () => {
    const missing = join(folder, 'missing.yaml')
    expect(await shell('policy', 'check', missing)).toEqual({
      code: 2,
      out: '',
      err: `There is no file ${missing}. Name the file of a policy, or leave it out for the policy in use.\n`,
    })
    expect((await shell('policy', 'check', draft, draft)).code).toBe(2)
    expect((await shell('policy', 'schema', draft)).code).toBe(2)
  })
})

describe('embargo policy check', { timeout: 300_000 }, () => {
  const folder = newFolder()
  const file = join(folder, 'policy.yaml')

  beforeAll(() => {
    useFolder(folder)
    vi.stubEnv('EMBARGO_POLICY', file)
  })

  afterAll(() => {
    leaveFolder(folder)
  })

  it('explores a fixed number of states once for projects that are alike, says what it leaves out, and exits with 0', async () => {
    writeFileSync(file, POLICY.replace('people:', `${INKWELL}people:`))
    const { code, out, err } = await shell('policy', 'check')
    expect([code, err]).toEqual([0, ''])
    // Four explorations run, one of them for cases without a reporter. Each explores at most 1500 states. Cases without
    // a reporter have fewer states than that, so the total is below 6000.
    expect(out).toMatch(/^Nothing is wrong: [45]\d{3} states and \d{5,} transitions were explored\.$/mu)
    expect(out).toContain(
      'Not explored: some states that cases of Quillmark and Inkwell can reach, and whether a case can end from there.\n',
    )
    expect(out).toContain('`embargo policy check --whole` explores everything.')
  })

  it('says what is wrong, why and what to do, each once, and exits with 1', async () => {
    writeFileSync(file, `${POLICY}roles:\n  coordinate: [maintainer]\n`)
    const { code, out } = await shell('policy', 'check', '--whole')
    expect(code).toBe(1)
    expect(out).toContain(
      [
        'unliftable-gate: Nobody can ever run a command of roles.coordinate for Quillmark: the rule "role" blocks them.',
        '  Why: roles.coordinate is maintainer, and no person has that role.',
        '  Do: Give somebody that role, or take roles.coordinate out.',
      ].join('\n'),
    )
    expect(out.match(/^no-end: A case of Quillmark can reach a state from which it never ends\.$/gmu)).toHaveLength(1)
    expect(out).toContain('  Do: This is true from the first state on: see the other findings.\n')
    expect(out).toMatch(/^\d+ things are wrong: \d+ states and \d+ transitions were explored\.$/mu)
    expect(out).not.toContain('Not explored')
  })

  it('prints one value for scripts', async () => {
    const { code, out, err } = await shell('policy', 'check', '--json')
    expect([code, err]).toEqual([1, ''])
    expect(JSON.parse(out)).toMatchObject({
      is: 'policy-check',
      states: expect.any(Number),
      transitions: expect.any(Number),
      notExplored: [],
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'no-end', path: expect.any(Array) })]),
    })
  })

  it('is the only policy command that accepts --whole', async () => {
    expect(await shell('policy', 'diff', '--whole')).toMatchObject({ code: 2, out: '' })
  })
})
