import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serveControl } from '../../src/control/server.ts'
import { shell } from '../fixtures/shell.ts'

/** The most lines that the list of commands may have. */
const MAX_ENTRIES = 21

const COMMANDS = [
  'status',
  'open',
  'away',
  'link',
  'lockout',
  'settle',
  'people',
  'read',
  'init',
  'start',
  'doctor',
  'report',
  'stats',
  'policy',
  'audit',
]

const LAUNCHER = fileURLToPath(new URL('../../bin/embargo.js', import.meta.url))

describe('the help of the command line', () => {
  it('prints no error if its reader closes the pipe', () => {
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$1" --help | true', process.execPath, LAUNCHER], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  }, 30_000)

  it('lists every command, in few lines', async () => {
    const { code, out } = await shell('--help')
    expect(code).toBe(0)
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    expect(out.match(/^ {2}\S/gmu)?.length).toBeLessThanOrEqual(MAX_ENTRIES)
  })

  it.each(COMMANDS)('explains %s alone: its usage, examples and exit codes', async (name) => {
    const { code, out } = await shell(name, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^embargo ${name}\\b`))
    for (const title of ['Examples', 'Exit codes']) expect(out).toContain(`\n${title}\n`)
    expect(out).not.toContain('Usage: embargo <command>')
    expect((await shell('help', name)).out).toBe(out)
  })

  it('explains the commands of a case where a case number is expected, and lists no former command', async () => {
    const { out } = await shell('--help')
    expect(out).toContain('  <case> [<verb> …] [--yes] [--json]')
    expect(out).not.toMatch(/^ {2}(?:cases?|intake|mail|log|slack|discord)\b/mu)
    expect((await shell('case', '--help')).out).toMatch(/^embargo <case>/u)
  })

  it.each([
    ['slack manifest --explain', 'init slack'],
    ['discord doctor now', 'doctor discord'],
    ['log verify now', 'audit'],
    ['report --from 2026-02-31', 'stats'],
    ['policy explain SEC-17 ack', '<case> status why'],
  ])('accepts %s, and says what it is called now', async (line, by) => {
    expect((await shell(...line.split(' '))).err).toMatch(new RegExp(`^This command is now: embargo ${by}\n`, 'u'))
  })

  it('shows all of the help of one command', async () => {
    expect((await shell('read', 'mails', '--help')).out).toMatchInlineSnapshot(`
      "embargo read mails [<case>] [--json]
          List the mails that came and went
      embargo read mails <id> [--json]
          Print one; --json has it exactly as it was on the wire
      embargo read mails <id> --files <folder>
          Write its attachments into a folder

      Options
        <case>            only the mails of that case
        <id>              as the list names it
        --files <folder>  where the attachments go; nothing there is overwritten, and nothing is opened
        --json            facts for a script instead of text: docs/json.md

      Examples
        embargo read mails                all of them, with what became of each
        embargo read mails SEC-2026-0001  those of one case

      Exit codes
        0  done
        1  refused, failed, or not confirmed (see --yes)
        2  wrong use: nothing was tried
      "
    `)
  })
})

describe('embargo help of a command of a case', () => {
  it('shows the help of the command, and says where the command is typed', async () => {
    const { code, out } = await shell('help', 'patch')
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "Submit the patch for a branch
      Typed          embargo <case> patch [branch] [--file <name>] [--fixed-in
                     <version>] [--author <@person|reporter>] [--link <link>]
                     [--component <component>] [--impact <impact>] [--workaround
                     <workaround>] <file or text>
      Who            the security team and invited maintainers
      branch: Branch · Optional if only one branch waits for a patch
      name: File name
      version: Fixed in version · The version of this branch that contains the patch
      @person|reporter: Author, if not you · A person of this case, or: reporter
      link: Link to the patch elsewhere
      component: Component, for the advisory · Only if nobody has entered it yet
      impact: Impact, for the advisory · By doing …, an attacker may …
      workaround: Workaround, for the advisory · What helps until people upgrade, or
      "none is known"
      file or text: The patch, as text · git format-patch or diff; “last” takes it
      from the last mail
      "
    `)
    expect((await shell('patch', '--help')).out).toBe(out)
    expect((await shell('42', 'patch', '--help')).out).toBe(out)
    expect((await shell('SEC-2026-0042', '--help')).out).toMatch(/^embargo <case>/u)
  })

  it('says that a case is missing, and that a command is unknown', async () => {
    expect(await shell('ack')).toEqual({
      code: 2,
      out: '',
      err: '"embargo ack" needs a case: embargo <case> ack [note]\n',
    })
    const none = {
      code: 2,
      out: '',
      err: 'There is no command "patsch". Did you mean patch? "embargo --help" lists them.\n',
    }
    expect([await shell('patsch'), await shell('help', 'patsch')]).toEqual([none, none])
  })
})

describe('embargo without a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bare-'))
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const WAITS = 'Something failed or is in doubt in 1 case.'

  beforeEach(() => {
    vi.stubEnv('EMBARGO_DATA', folder)
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'embargo.policy.yaml'))
  })

  afterEach(() => vi.unstubAllEnvs())

  it('says what waits, then shows the help', async () => {
    writeFileSync(
      join(folder, 'embargo.policy.yaml'),
      `profile: solo
projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example, cve: none }]
people: [{ id: ana, name: Ana, roles: [admin, team], osUser: ana }]
platforms: [terminal]
`,
    )
    const help = (await shell('--help')).out
    const calls: string[] = []
    const answer = async ({ operation }: { readonly operation: string }): Promise<unknown> => {
      calls.push(operation)
      return { said: WAITS }
    }
    await using _control = await serveControl(join(folder, 'control.sock'), answer, log)
    expect(await shell()).toEqual({ code: 0, out: `${WAITS}\n\n${help}`, err: '' })
    expect(await shell('--help')).toEqual(await shell())
    expect(new Set(calls)).toEqual(new Set(['waiting']))
  })

  it('shows only the help if no program runs, or the policy cannot be read', async () => {
    const help = (await shell('--help')).out
    expect((await shell()).out).toBe(help)
    writeFileSync(join(folder, 'embargo.policy.yaml'), 'profile: [')
    expect((await shell()).out).toBe(help)
  })
})

describe('embargo report and embargo stats', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-report-'))

  beforeEach(() => {
    vi.stubEnv('EMBARGO_DATA', join(folder, 'data'))
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    [['report', '--from', 'nobody'], '"nobody" is not an address (name@example.org)'],
    [['report', '--from', 'nobody@'], 'is not an address (name@example.org)'],
    [['report', '--from', 'a@b.example>\r\nRCPT TO:<c@d.example'], 'is not an address'],
    [['stats', '--from', '2026-02-31'], '"2026-02-31" is not a day'],
    [['stats', '--json'], 'From which day?'],
    [['stats', '--from', 'rea@reporter.example', '--to', '2026-01-31'], 'From which day?'],
    [['stats', '--from', '2026-01-31', '--subject', 'Hello'], '--subject'],
  ])('answers 2 to %j', async (args, expected) => {
    expect(await shell(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(expected) })
  })

  it('says that nothing listens, and how to start it', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    vi.stubEnv('EMBARGO_SMTP_LISTEN', `127.0.0.1:${port}`)
    const { code, err } = await shell('report')
    expect(code).toBe(1)
    expect(err).toContain(`Nothing answers at 127.0.0.1:${port}, so the mail was not sent. Start the program`)
    expect(err).not.toContain('relay')
  })

  it('says what the program answered', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('421 4.3.2 Busy\r\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    vi.stubEnv('EMBARGO_SMTP_LISTEN', `127.0.0.1:${port}`)
    const { code, err } = await shell('report')
    await new Promise((resolve) => server.close(resolve))
    expect(code).toBe(1)
    expect(err).toMatch(/did not accept the mail \(421/)
    expect(err).not.toContain('relay')
  })
})

describe('embargo init slack', () => {
  it('prints nothing that Slack would refuse', async () => {
    const { code, out, err } = await shell('init', 'slack', '--prefix', 'BAD pre')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('is not a valid command name')
  })

  it('makes an app for HTTP, and refuses an address that Slack would refuse', async () => {
    const { out } = await shell('init', 'slack', '--url', 'https://embargo.example/slack/events')
    expect(JSON.parse(out)).toMatchObject({ settings: { socket_mode_enabled: false } })
    expect(await shell('init', 'slack', '--url', 'http://embargo.example')).toMatchObject({ code: 1, out: '' })
  })

  it('says what each scope is for', async () => {
    const { code, out } = await shell('init', 'slack', '--explain')
    expect(code).toBe(0)
    expect(out).toContain('| `pins:write` | pin the status card |')
  })
})
