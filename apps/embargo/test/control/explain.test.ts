import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaveFolder, newFolder, setVariable } from '../fixtures/own-folder.ts'
import { report, serveProgram } from '../fixtures/served-program.ts'
import { shell } from '../fixtures/shell.ts'

const year = new Date().getUTCFullYear()
const number = `SEC-${year}-0001`
const DAY = 24 * 60 * 60 * 1000
const me = `@${userInfo().username}`

/** The first day that is at least this many days from now and falls on this day of the week (0 is Sunday). */
function dayAfter(days: number, weekday: number): string {
  const from = Date.now() + days * DAY
  const ahead = (weekday - new Date(from).getUTCDay() + 7) % 7
  return new Date(from + ahead * DAY).toISOString().slice(0, 10)
}

const ISO = /\d{4}-\d\d-\d\dT\d/u

type Gate = { readonly gate: string; readonly state: string; readonly because?: string }
type Explanation = {
  readonly is: string
  readonly case: string
  readonly verb: string
  readonly gates: readonly Gate[]
}

describe('the explanation of a command, compared with what the command does', () => {
  const folder = newFolder()
  const stack = new AsyncDisposableStack()

  beforeAll(async () => {
    const { program } = stack.use(await serveProgram({ folder, setVariable }))
    await report(program)
    await report(program)
    await runs('ack')
    await runs('triage', 'valid', 'high')
    await runs('triage', 'affects', 'main', 'yes')
  })

  afterAll(async () => {
    await stack.disposeAsync()
    leaveFolder(folder)
  })

  async function runs(...command: readonly string[]): Promise<void> {
    const { code, out, err } = await shell(number, ...command, '--yes')
    if (code !== 0) throw new Error(`${command.join(' ')}: ${out}${err}`)
  }

  const explain = async (...command: readonly string[]): Promise<Explanation> =>
    JSON.parse((await shell(number, 'status', 'why', ...command, '--json')).out) as Explanation

  async function firstNo(...command: readonly string[]): Promise<Pick<Gate, 'gate' | 'because'> | undefined> {
    const { gates } = await explain(...command)
    const first = gates.find(({ state }) => state === 'refuses')
    return first && { gate: first.gate, ...(first.because === undefined ? {} : { because: first.because }) }
  }

  /** Runs a command without confirming it, so that nothing is done. Returns the gate that refuses, if one does. */
  async function refused(...command: readonly string[]): Promise<unknown> {
    const answer = JSON.parse((await shell(number, ...command, '--json')).out) as { is: string } & Gate
    return answer.is === 'refusal' ? { gate: answer.gate, because: answer.because } : undefined
  }

  it.each<readonly [rule: string, ...command: readonly string[]]>([
    ['remediator-willing', 'assign-patch', 'reporter'],
    ['hours', 'release', 'plan', dayAfter(20, 1)],
    ['date-ahead', 'release', 'plan', '2020-01-07'],
    ['inside-embargo', 'release', 'plan', dayAfter(300, 2)],
    ['fits-the-stage', 'prenotify', dayAfter(20, 1)],
    ['fits-the-stage', 'release', 'move', dayAfter(20, 2)],
    ['makes-sense', 'release', 'add', 'REL-SEC-2099-01-06'],
    ['makes-sense', 'embargo', 'until', '2020-01-07'],
    ['embargo-cap', 'embargo', 'until', dayAfter(3000, 2)],
    ['reason-holds', 'embargo', 'end', 'leak', 'seen in a forum'],
    ['signal-counts', 'signal', 'wrong', 'leak', 'it was none'],
    ['makes-sense', 'embargo', 'accept'],
    ['makes-sense', 'close'],
    ['earlier-and-open', 'triage', 'duplicate', number],
    ['texts-complete', 'disclose', 'unfixed', 'nobody uses it'],
    ['fits-the-stage', 'confirm', 'no', 'it still crashes'],
  ])('%s refuses in the same words: %s %s', async (rule, ...command) => {
    const no = await firstNo(...command)
    expect(no).toMatchObject({ gate: rule })
    expect(no).toEqual(await refused(...command))
  })

  it.each<readonly [rule: string, asked: readonly string[], reason: string]>([
    ['makes-sense', ['approve', 'no'], 'no'],
    ['makes-sense', ['embargo', 'keep'], 'they keep it'],
    ['makes-sense', ['embargo', 'reject'], 'too late'],
  ])('%s refuses in the same words without a reason: %s', async (rule, asked, reason) => {
    const no = await firstNo(...asked)
    expect(no).toMatchObject({ gate: rule })
    expect(no).toEqual(await refused(...asked, reason))
  })

  it('shows times in words to a person, and in ISO format to a script', async () => {
    const { out } = await shell(number, 'status', 'why', 'prenotify', dayAfter(20, 2))
    expect(out).toMatch(/✓ It is rated high since \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC\b/u)
    expect(out).not.toMatch(ISO)
    expect(JSON.stringify(await explain('prenotify', dayAfter(20, 2)))).toMatch(ISO)
  })

  it('a person of the team may be asked for the patch if the reporter may not', async () => {
    expect((await shell(number, 'status', 'why', 'assign-patch')).out).toMatch(/no rule forbids it/)
    expect((await shell(number, 'status', 'why', 'assign-patch', me, '--json')).code).toBe(0)
    const explained = await explain('assign-patch')
    expect(explained.gates.find(({ gate }) => gate === 'remediator-willing')?.because).toContain(
      'who has not agreed to write it',
    )
    expect((await shell(number, 'assign-patch', me)).code).toBe(0)
  })

  it('a missing date passes no gate', async () => {
    for (const command of [['release', 'plan'], ['release.plan'], ['release', 'move']]) {
      const { gates } = await explain(...command)
      const dates = gates.filter(({ gate }) => ['date-ahead', 'notice', 'hours'].includes(gate))
      expect(dates).toHaveLength(3)
      for (const each of dates) expect(each).toMatchObject({ state: 'not-asked', because: 'Not asked: name a date.' })
    }
    const plan = await shell(number, 'status', 'why', 'release', 'plan')
    expect(plan.out).toContain('release plan: 4 rules were not checked')
  })

  it('a date that may be planned passes, and the command with it', async () => {
    const tuesday = dayAfter(20, 2)
    expect(await explain('release', 'plan', tuesday)).toMatchObject({ verb: 'release.plan' })
    expect((await shell(number, 'status', 'why', 'release', 'plan', tuesday)).out).toMatch(/no rule forbids/)
    expect((await shell(number, 'release', 'plan', tuesday)).code).toBe(0)
  })

  it('a merge goes into the earlier case, even if it is requested in that case', async () => {
    const later = `SEC-${year}-0002`
    const explained = await explain('triage', 'duplicate', later)
    expect(explained).toMatchObject({ case: later, verb: 'triage.duplicate' })
    expect(explained.gates.filter(({ state }) => state === 'refuses')).toEqual([])
    expect(await refused('triage', 'duplicate', later)).toBeUndefined()
    const unnamed = (await explain('triage', 'duplicate')).gates.find(({ gate }) => gate === 'earlier-and-open')
    expect(unnamed).toMatchObject({ state: 'not-asked', because: 'Not asked: name the earlier case.' })
  })

  it('an end of the embargo within the terms is proposed, and one beyond them needs two admins', async () => {
    const soon = dayAfter(60, 2)
    expect(await explain('embargo', 'until', soon, 'late')).toMatchObject({ verb: 'embargo.until' })
    expect(await explain('embargo', 'until', dayAfter(3000, 2), 'late')).toMatchObject({ verb: 'embargo.extend' })
  })

  it('mistakes that no gate checks are reported too, in the words of the command', async () => {
    const unused = await shell(number, 'status', 'why', 'ack', 'thank you')
    expect([unused.code, unused.err]).toEqual([
      1,
      expect.stringContaining('No rule for “ack” depends on “thank you”. Ask again without it.'),
    ])
    const nobody = 'Nobody in the policy is called “@zoe”.'
    for (const asked of [
      ['status', 'why', 'assign-patch', '@zoe'],
      ['assign-patch', '@zoe'],
    ])
      expect((await shell(number, ...asked)).err).toContain(nobody)
    const unknown = ['triage', 'duplicate', `SEC-${year}-0404`] as const
    expect(await refused(...unknown)).toMatchObject({ because: (await firstNo(...unknown))?.because })
    expect((await shell(number, 'status', 'why', 'release', 'plan', 'soon')).err).toContain('2026-07-14 14:00')
  })

  it('an unknown command gets the nearest command as a suggestion', async () => {
    expect(await shell(number, 'status', 'why', 'disclos')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean disclose?'),
    })
    expect(await shell(number, 'status', 'why', 'reply')).toMatchObject({ code: 0 })
  })
})
