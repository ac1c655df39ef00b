import { readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CaseFacts } from '../../src/index.ts'
import type { Program } from '../../src/program/program.ts'
import { leaveFolder, newFolder, setVariable } from '../fixtures/own-folder.ts'
import { report, serveProgram } from '../fixtures/served-program.ts'
import { printed, shell } from '../fixtures/shell.ts'

const number = `SEC-${new Date().getUTCFullYear()}-0001`

const facts = ({ out }: { out: string }): unknown[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)

describe('the command line beside a running program, with no configuration', () => {
  const folder = newFolder()
  let program: Program
  const stack = new AsyncDisposableStack()

  beforeAll(async () => {
    const served = stack.use(await serveProgram({ folder, setVariable }))
    program = served.program
    await report(program)
  })

  afterAll(async () => {
    await stack.disposeAsync()
    leaveFolder(folder)
  })

  it('lists the case that a report opened, for people and for scripts', async () => {
    expect((await shell('status', 'all')).out).toContain(`${number} · received`)
    expect((await shell('status')).out).toContain(`${number} · received`)
    expect((await shell('status', 'all', 'received')).out).toContain(`${number} · received`)
    expect(printed(await shell('status', 'all', '--json'))).toMatchObject({
      is: 'cases',
      cases: [{ is: 'case', case: number, stage: 'received', next: { verb: 'ack' } }],
    })
    expect((await shell('status', 'mine', '--page', '2')).out).toContain('Your cases, page 2')
  })

  it('finds cases by what is typed, as in chat', async () => {
    expect((await shell('status', 'all', 'received', 'unrated')).out).toContain(`${number} · received`)
    expect((await shell('status', 'all', 'fixing')).out).toContain('No case that you may see matches.')
    expect((await shell('status', 'all', '--owner', 'me')).out).toContain('No case that you may see matches.')
  })

  it('finds them as facts too, with either spelling of the command', async () => {
    for (const asked of [
      ['status', 'all'],
      [number, 'status', 'all'],
    ]) {
      const found = async (...words: string[]) => printed(await shell(...asked, ...words, '--json'))
      expect(await found('received', 'unrated')).toMatchObject({ is: 'cases', cases: [{ is: 'case', case: number }] })
      expect(await found('--older', '1')).toEqual({ is: 'cases', cases: [] })
      expect(await found('overdue')).toEqual({ is: 'cases', cases: [] })
      expect(await found('no', 'such', 'subject')).toEqual({ is: 'cases', cases: [] })
      const refused = await shell(...asked, 'fixng', '--json')
      expect([refused.code, printed(refused)]).toMatchObject([1, { is: 'refusal', gate: 'makes-sense' }])
    }
    expect(printed(await shell('status', 'mine', '--json'))).toMatchObject({ is: 'cases', cases: [{ case: number }] })
  })

  it.each([
    ['status fixng', 'embargo status [case|mine|all]'],
    ['status --older 3 days', 'embargo status [case|mine|all]'],
    ['status --older x', 'embargo status [case|mine|all]'],
    ['open lantern --colour red', 'embargo open <project>'],
    ['open waiting --colour red', 'embargo open waiting ['],
  ])('says how it is written, once and without a case: %s', async (typed, usage) => {
    const { code, err } = await shell(...typed.split(' '))
    expect([code, err]).toEqual([1, expect.stringContaining(`Write ${usage}`)])
    expect(err).not.toContain('<number>')
    expect(err.match(/an age is a number of days/g) ?? ['once']).toHaveLength(1)
  })

  it('shows in few lines how far a case is and what to type, and everything with --all', async () => {
    const { code, out } = await shell(number)
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines.slice(0, 2)).toEqual([
      `${number} · received · not rated`,
      expect.stringMatching(/^Next: .*, acknowledge/u),
    ])
    expect(lines.slice(-2)).toEqual(['', expect.stringMatching(new RegExp(`^  .*npx embargo ${number} ack$`, 'u'))])
    expect(lines.length).toBeLessThanOrEqual(10)
    expect(lines.slice(0, -1).filter((line) => line.length > 80)).toEqual([])
    expect((await shell(number, 'status')).out).toBe(out)
    const whole = await shell(number, 'status', '--all')
    expect(whole.out).toContain('Clocks')
    expect(whole.out).toContain('From')
  })

  it('accepts the short number of a case of this year', async () => {
    expect(printed(await shell('1', '--json'))).toMatchObject({ is: 'case', case: number })
    expect(await shell('9', 'ack')).toMatchObject({ code: 2, err: expect.stringContaining('has the number 9') })
  })

  it('prints a case as facts, in the documented form', async () => {
    const facts = printed(await shell(number, '--json'))
    expect(facts).toMatchObject({
      is: 'case',
      case: number,
      stage: 'received',
      severity: null,
      next: { verb: 'ack', owner: userInfo().username },
      embargo: { state: 'active' },
      mails: { unanswered: 1 },
    })
    expect(printed(await shell(number, 'status', '--json'))).toMatchObject({ is: 'case', case: number })
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/json.md'), 'utf8')
    for (const key of Object.keys(CaseFacts.shape)) expect(page).toContain(`\`${key}\``)
  })

  it('says which gates refuse a command, and what the policy changes', async () => {
    const explained = await shell(number, 'status', 'why', 'disclose')
    expect(explained.code).toBe(0)
    expect(explained.out).toMatch(/✓ \S+ is on it as admin\./)
    expect(explained.out).toContain('✗ The case is received, not accepted, and no affected branch is named.')
    expect(explained.out).toContain(`embargo ${number} triage affects`)
    expect(explained.out).not.toContain('fits-the-stage')
    const facts = await shell(number, 'status', 'why', 'ack', '--json')
    expect([facts.code, JSON.parse(facts.out)]).toMatchObject([0, { is: 'gates', verb: 'ack' }])
    expect((await shell('SEC-2026-9999', 'status', 'why', 'ack')).err).toContain('There is no such case')
    expect((await shell('policy', 'diff')).out).toBe('Nothing differs from the profile solo (no policy file).\n')
    expect(JSON.parse((await shell('policy', 'schema')).out)).toMatchObject({ title: 'The policy of Embargo' })
    expect(await shell('policy', 'dif')).toMatchObject({ code: 2 })
  })

  it('says which value would apply without each value that a policy changes', async () => {
    const file = join(folder, 'changed.yaml')
    const settled = 'embargo: { standing: 60 days }, publicCommits: never'
    const project = `{ id: lantern, name: Lantern, address: security@lantern.example, policy: { ${settled} } }`
    const people = '[{ id: ana, name: Ana, roles: [admin], osUser: ana }]'
    writeFileSync(file, `profile: solo\nprojects: [${project}]\npeople: ${people}\npublicCommits: unmarked\n`)
    vi.stubEnv('EMBARGO_POLICY', file)
    const { out } = await shell('policy', 'diff')
    vi.stubEnv('EMBARGO_POLICY', undefined)
    expect(out.split('\n').slice(1, -1)).toEqual([
      '  publicCommits: unmarked  (by default never)',
      '  projects.lantern.policy.embargo.standing: 60 days  (by default 90 days)',
      '  projects.lantern.policy.publicCommits: never  (without this setting, the policy-wide value applies: unmarked)',
    ])
  })

  it('prints what was refused, what would be sent, what was done and what is missing, one value each', async () => {
    const refused = await shell(number, 'disclose', '--json')
    expect([refused.code, printed(refused)]).toEqual([
      1,
      expect.objectContaining({ is: 'refusal', gate: 'fits-the-stage', liftedBy: expect.any(Array) }),
    ])
    const shown = await shell(number, 'reply', 'Thank you.', '--json')
    expect([shown.code, printed(shown)]).toEqual([
      1,
      expect.objectContaining({ is: 'preview', leaves: [expect.objectContaining({ text: 'Thank you.' })] }),
    ])
    const needs = await shell(number, 'triage', '--json')
    expect([needs.code, printed(needs)]).toEqual([2, expect.objectContaining({ is: 'needs', verb: 'triage' })])
    const unknown = `SEC-${new Date().getUTCFullYear()}-0404`
    expect(printed(await shell(unknown, '--json'))).toMatchObject({ is: 'refusal', gate: 'on-the-case' })
    expect(printed(await shell(number, 'help', '--json'))).toMatchObject({
      is: 'text',
      title: `${number} is received`,
    })
  })

  it('exits with 1 and the rule for a refused command, and with 2 for wrong use', async () => {
    expect(await shell(number, 'disclose')).toMatchObject({
      code: 1,
      err: expect.stringContaining('The case is received, not accepted, and no affected branch is named.'),
    })
    expect(await shell('SEC-17')).toMatchObject({
      code: 2,
      err: expect.stringContaining('looks like SEC-2026-0001'),
    })
    expect(await shell('frob')).toMatchObject({ code: 2, err: expect.stringContaining('--help') })
    expect(await shell('report', '--bogus')).toMatchObject({ code: 2, err: expect.stringContaining('--bogus') })
    expect(await shell('audit', 'export', 'nothing')).toMatchObject({
      code: 2,
      err: expect.stringContaining('REL-SEC'),
    })
  })

  it('makes the Slack app with the prefix that the bot will listen for', async () => {
    vi.stubEnv('EMBARGO_SLACK_PREFIX', 'sec')
    expect((await shell('init', 'slack')).out).toContain('"/sec-ack"')
    expect((await shell('init', 'slack', '--prefix', 'cvd2')).out).toContain('"/cvd2-ack"')
    vi.stubEnv('EMBARGO_SLACK_PREFIX', '')
    expect((await shell('init', 'slack')).out).toContain('"/ack"')
  })

  it('passes typed text on unchanged', async () => {
    const text = `He said "it's on", and “left”.`
    const shown = await shell(number, 'reply', text, '--json')
    expect(printed(shown)).toMatchObject({ is: 'preview', leaves: [{ text }] })
    const hint = /Typed in one line:\n {2}embargo (.*)/.exec((await shell(number, 'triage')).out)?.[1]
    expect(hint).toBe(`${number} triage <disposition>`)
  })

  it('does nothing irreversible until the person says yes', async () => {
    const unsaid = await shell(number, 'reply', 'Thank you.')
    expect(unsaid).toMatchObject({ code: 1, err: expect.stringContaining('Add --yes') })
    const sent = await shell(number, 'reply', 'Thank you.', '--yes', '--json')
    expect([sent.code, printed(sent)]).toEqual([0, expect.objectContaining({ is: 'done', repeated: false })])
    expect(sent.err).toContain('Mail cannot be called back.')
    const letters = facts(await shell('read', 'mails', '--json')).map((one) => (one as { letter?: string }).letter)
    expect(letters.filter((letter) => letter === 'reply')).toHaveLength(1)
  })

  it('verifies the log, and rebuilds the list of cases to the same result', async () => {
    expect(facts(await shell('audit', 'verify', '--json'))).toEqual([
      expect.objectContaining({ stream: number, ok: true }),
      { is: 'whole-log', ok: true, commands: expect.any(Number), marks: [expect.any(String)] },
    ])
    const mark = /Its mark: (\S+)/u.exec((await shell('audit', 'verify')).out)?.[1] ?? ''
    expect((await shell('audit', 'verify', '--since', mark)).code).toBe(0)
    const other = await shell('audit', 'verify', '--since', `${mark},0123456789abcdef`)
    expect(other).toMatchObject({
      code: 1,
      out: expect.stringContaining('BROKEN: the log does not contain 0123456789abcdef'),
    })
    expect((await shell('audit', 'verify', number)).code).toBe(2)
    expect((await shell('audit', 'rebuild')).out).toBe(
      'The list of cases was rebuilt from the log and is unchanged: 1 line.\n',
    )
    expect(facts(await shell('audit', 'rebuild', '--json'))).toEqual([
      { lines: 1, added: [], removed: [], changed: [], older: [] },
    ])
  })

  it('says what in the list of cases differed from the log, and corrects it', async () => {
    const file = new DatabaseSync(join(folder, 'data', 'embargo.db'))
    const columns = '"stream", "version", "open", "stage", "urgency", "sealed"'
    file.exec(`UPDATE "CaseRow" SET "sealed" = x'00', "version" = "version" + 2, "stage" = 'deferred'`)
    file.exec(`INSERT INTO "CaseRow" (${columns}) VALUES ('SEC-1999-0001', 1, 1, 'received', -1e300, x'00')`)
    file.close()
    expect(await shell('status', 'all')).toMatchObject({ code: 0, out: expect.stringContaining(number) })
    const { code, out } = await shell('audit', 'rebuild')
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('Removed, because the log has no such case: SEC-1999-0001'),
    ])
    expect(out).toContain(`Differed: ${number}`)
    expect((await shell('audit', 'rebuild')).code).toBe(0)
    expect((await shell('status', 'all')).out).toContain(number)
  })

  it('opens a case without a mail, and merges it once the person says yes', async () => {
    const second = number.replace('0001', '0002')
    const opened = await shell('open', 'project', 'seen in review', '--json')
    expect([opened.code, printed(opened)]).toEqual([0, expect.objectContaining({ is: 'done' })])
    expect((await shell(second, 'status')).out).toContain(`${second} · acknowledged`)
    const unsaid = await shell(second, 'merge', number)
    expect(unsaid).toMatchObject({ code: 1, err: expect.stringContaining('Add --yes') })
    const merged = await shell(second, 'merge', number, '--yes')
    expect(merged).toMatchObject({ code: 0, out: expect.stringContaining(`${second} is now part of ${number}.`) })
    expect((await shell('status', 'all', 'closed')).out).toContain(`${second} · closed`)
    expect(await shell('open', 'nothing')).toMatchObject({ code: 1, err: expect.stringContaining('has no project') })
  })

  it('lists the new reports that wait because too many came, or says that there are no such reports', async () => {
    expect(await shell('open', 'waiting')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No new report waits'),
    })
    const opened = await shell('open', 'waiting', 'all', '--json')
    expect([opened.code, printed(opened)]).toEqual([0, expect.objectContaining({ is: 'done' })])
    expect(await shell('open', 'waiting', 'abcdef')).toMatchObject({ code: 1, err: expect.stringContaining('abcdef') })
  })

  it('compares the times of the cases with the policy, as a table and as facts', async () => {
    const year = new Date().getUTCFullYear()
    const days = ['--from', `${year}-01-01`, '--to', `${year}-12-31`]
    const table = await shell('stats', ...days)
    expect(table).toMatchObject({ code: 0, err: '' })
    expect(table.out).toMatch(new RegExp(`^2 cases came in from ${year}-01-01 to ${year}-12-31\\.$`, 'm'))
    expect(table.out).toMatch(/^acknowledged {2}7 days +none yet +– +– +– +1$/m)
    const facts = await shell('stats', ...days, '--json')
    expect([facts.code, JSON.parse(facts.out)]).toMatchObject([
      0,
      {
        is: 'measures',
        from: `${year}-01-01T00:00:00.000Z`,
        to: `${year + 1}-01-01T00:00:00.000Z`,
        cases: 2,
        measures: [{ measure: 'acknowledgment', promised: '7 days', done: 0, waiting: 1 }, {}, {}, {}],
      },
    ])
    expect(await shell('report', '--from', `${year}-02-30`)).toMatchObject({ code: 2 })
    expect((await shell('report', '--from', `${year}-02-01`, '--to', `${year}-01-01`)).code).toBe(2)
  })

  it('refuses a second process on the same SQLite file, with the reason', async () => {
    expect(await shell('start')).toMatchObject({
      code: 1,
      err: expect.stringContaining('in use by another Embargo process'),
    })
  })
})
