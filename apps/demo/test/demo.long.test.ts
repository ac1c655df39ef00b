import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { beforeAll, describe, expect, it } from 'vitest'
import { ANNOUNCE, OSS_SECURITY, RECIPIENTS, REPORTER } from '../src/cast.ts'
import { PLANTED_WORD } from '../src/material.ts'
import { play } from '../src/play.ts'
import type { DemoPlatforms } from '../src/play.ts'
import { asJson } from '../src/print/json.ts'
import { asScreenplay } from '../src/print/screenplay.ts'
import { asShort } from '../src/print/short.ts'
import { masked, shownIn, transcriptOf } from '../../../tools/transcript-of.ts'
import { SceneError } from '../src/scene-error.ts'

/** Enough for a machine with two shared cores that runs other tests too. */
const WHOLE_PLAY_MS = 60_000

/** What the tests look at after a play. It is copied during the play, because the stage is removed at the end. */
type PlayResult = {
  readonly screenplay: string
  readonly short: string
  readonly lines: readonly Record<string, unknown>[]
  readonly mails: readonly ReceivedMail[]
  readonly notifications: readonly string[]
  readonly logged: readonly string[]
  readonly files: ReadonlyMap<string, Buffer>
  readonly folder: string
}

async function playAll(on?: DemoPlatforms): Promise<PlayResult> {
  const printed: string[] = []
  const screenplay: string[] = []
  const short: string[] = []
  let left: Omit<PlayResult, 'lines' | 'screenplay' | 'short'> | undefined
  await play({
    ...(on !== undefined && { on }),
    say: (line) => {
      printed.push(asJson(line))
      screenplay.push(asScreenplay(line))
      short.push(asShort(line) ?? '')
    },
    after: async ({ relay, chats, logged, folder }) => {
      const entries = await readdir(folder, { withFileTypes: true })
      const names = entries.filter((one) => one.isFile()).map(({ name }) => name)
      left = {
        mails: [...relay.mails],
        notifications: chats.flatMap((each) => each.notifications()),
        logged: [...logged],
        files: new Map(
          await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
        ),
        folder,
      }
    },
  })
  if (left === undefined) throw new Error('The play ended before its end.')
  return {
    ...left,
    screenplay: screenplay.join('\n'),
    short: short.join('\n'),
    lines: printed.map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

const STAGES = [
  'received',
  'acknowledged',
  'assessing',
  'fixing',
  'confirming',
  'ready',
  'prenotified',
  'disclosed',
  'closed',
]

const stagesOf = (lines: readonly Record<string, unknown>[]): readonly unknown[] =>
  lines.flatMap((line) => ('stage' in line ? [line['stage']] : []))

const mailsOf = ({ mails }: PlayResult): readonly string[] =>
  mails.map((mail) => `${mail.envelopeTo.join()}: ${mail.header('Subject')}`).toSorted()

describe('the demo', () => {
  let left: PlayResult
  beforeAll(async () => {
    left = await playAll()
  }, WHOLE_PLAY_MS)

  const to = (address: string): readonly ReceivedMail[] =>
    left.mails.filter((mail) => mail.envelopeTo.includes(address))

  it('prints what the README shows', async () => {
    const readme = await readFile(join(import.meta.dirname, '../../../README.md'), 'utf8')
    expect(masked(shownIn(readme)).trim(), 'The README shows another play: run "npm run transcript"').toBe(
      masked(`\`\`\`\n${transcriptOf(left.screenplay)}\n\`\`\``),
    )
  })

  it('has every stage, and can be read in three minutes', () => {
    const words = left.short.split(/\s+/u).filter((word) => /[\p{L}\d]/u.test(word)).length
    expect(words).toBeGreaterThan(500)
    expect(words).toBeLessThan(700)
    for (const stage of STAGES) expect(left.short).toContain(`→ ${stage}\n`)
  })

  it('goes through every stage, in order', () => {
    expect(stagesOf(left.lines)).toEqual(STAGES)
  })

  it.each(['discord', 'both'] as const)(
    'is the same case on %s: every stage, each mail once, no secret on a lock screen',
    async (on) => {
      const other = await playAll(on)
      expect(stagesOf(other.lines)).toEqual(STAGES)
      expect(mailsOf(other)).toEqual(mailsOf(left))
      expect([...other.notifications, ...other.logged].filter((text) => text.includes(PLANTED_WORD))).toEqual([])
    },
    WHOLE_PLAY_MS,
  )

  it('shows one refused command, with its reason and who can lift it', () => {
    const refused = left.lines.filter(
      (line) => line['line'] === 'shows' && String(line['text']).includes('· not pre-notified'),
    )
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ to: 'Ben alone' })
    expect(refused[0]?.['text']).toMatch(/The patch for main has no verification\.\nAny team member but Ben/)
  })

  it('mails each recipient alone: once before the release and once after it', () => {
    for (const { address } of RECIPIENTS) {
      expect(to(address).map((mail) => mail.header('Subject'))).toEqual([
        '[SEC-2026-0001] TLP:AMBER+STRICT embargoed security notice',
        '[SEC-2026-0001] The embargo has ended',
      ])
    }
    expect(left.mails.filter((mail) => mail.envelopeTo.length !== 1)).toEqual([])
  })

  it('sends no mail twice', () => {
    const ids = left.mails.map((mail) => mail.header('Message-ID'))
    expect(new Set(ids).size).toBe(ids.length)
    expect([REPORTER.address, ANNOUNCE, OSS_SECURITY].map((address) => to(address).length)).toEqual([9, 2, 1])
  })

  it('moves the publication step by step', () => {
    const titles = left.lines.flatMap(
      (line) => /publish(?:ing, \d of \d|ed\n✓)/.exec(String(line['text'] ?? ''))?.[0] ?? [],
    )
    expect(titles.length).toBeGreaterThan(1)
    expect(titles.at(-1)).toBe('published\n✓')
  })

  it('proves that the log of both streams is whole', () => {
    const proofs = left.lines.filter((line) => line['line'] === 'proof')
    expect(proofs.map((line) => line['stream'])).toEqual(['REL-SEC-2026-0001-1', 'SEC-2026-0001'])
  })

  it('shows the report in the channel, and in no notification, no log line and no file', () => {
    expect(
      left.lines.filter((line) => line['line'] === 'shows' && String(line['text']).includes(PLANTED_WORD)),
    ).toHaveLength(1)
    expect(left.notifications.length).toBeGreaterThan(10)
    expect(left.notifications.filter((text) => text.includes(PLANTED_WORD))).toEqual([])
    expect(left.logged.length).toBeGreaterThan(3)
    expect(left.logged.filter((line) => line.includes(PLANTED_WORD) || line.includes(REPORTER.address))).toEqual([])
    expect(left.files.get('embargo.db')?.length).toBeGreaterThan(0)
    expect([...left.files].filter(([, bytes]) => bytes.includes(PLANTED_WORD)).map(([name]) => name)).toEqual([])
  })

  it('sends the reporter every mail encrypted, under a subject that says nothing', () => {
    const toReporter = left.mails.filter(({ envelopeTo }) => envelopeTo.includes(REPORTER.address))
    expect(toReporter.length).toBeGreaterThan(5)
    for (const mail of toReporter) {
      expect(mail.header('Content-Type')).toMatch(/^multipart\/encrypted/u)
      expect(mail.header('Subject')).toBe('[...]')
    }
  })

  it('logs nothing that an operator would have to look at', () => {
    expect(left.logged.filter((line) => !line.startsWith('info '))).toEqual([])
  })

  it('leaves nothing behind', () => {
    expect(existsSync(left.folder)).toBe(false)
  })
})

describe('a demo that goes wrong', () => {
  it('says which scene failed and why, and leaves no files behind', async () => {
    let folder = ''
    const failing = play({
      say: () => undefined,
      scenes: [
        {
          title: 'The lights go out',
          at: '2026-06-02T09:12Z',
          play: async (playing) => {
            folder = playing.folder
            await playing.relay.until(() => false, { timeoutMs: 1, wanted: 'a letter that nobody writes' })
          },
        },
      ],
    })
    await expect(failing).rejects.toThrow(SceneError)
    await expect(failing).rejects.toThrow(/"The lights go out" failed: .*a letter that nobody writes/)
    expect(folder).not.toBe('')
    expect(existsSync(folder)).toBe(false)
  })

  it('removes its files if somebody stops it', async () => {
    const stop = new AbortController()
    let folder = ''
    const stopped = play({
      say: () => undefined,
      signal: stop.signal,
      scenes: [
        {
          title: 'A long night',
          at: '2026-06-02T09:12Z',
          play: (playing) => {
            folder = playing.folder
            stop.abort(new Error('the demo was stopped'))
            return new Promise(() => undefined)
          },
        },
      ],
    })
    await expect(stopped).rejects.toThrow('the demo was stopped')
    expect(folder).not.toBe('')
    expect(existsSync(folder)).toBe(false)
  })
})
