import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sendMail } from '@embargo/emulator-smtp'
import { expect, it } from 'vitest'
import { setStage } from '../src/stage-setting.ts'

/** A word that the test puts into every place that a reporter fills in. */
const WORD = 'velvetperiscope'
const PATIENCE_MS = 20_000

it(
  'keeps a word from a report, its subject, an attachment name and an address out of every log line, notification and file',
  { timeout: 60_000 },
  async () => {
    await using stage = await setStage()
    const { slack, relay, program } = stage
    if (slack === undefined) throw new Error('the stage has no Slack')
    await sendMail(program.smtpPort ?? 0, {
      from: { name: `${WORD} person`, address: `${WORD}@sample.example` },
      to: 'security@quillmark.example',
      subject: `${WORD} in the loader`,
      text: `The ${WORD} reads any file.`,
      messageId: `<${WORD}@sample.example>`,
      attachments: [{ filename: `${WORD}.txt`, content: `proof of ${WORD}` }],
    })
    // Waits until the people of the case see the word in their channel. If the report had not arrived, the checks below
    // would find the word nowhere and prove nothing.
    await slack.until((state) => state.everything().includes(WORD), {
      timeoutMs: PATIENCE_MS,
      wanted: 'the report in its channel',
    })
    await relay.until((mail) => mail.envelopeTo.includes(`${WORD}@sample.example`), {
      timeoutMs: PATIENCE_MS,
      wanted: 'the receipt',
    })
    const refused = await program.router.handle({
      verb: 'triage',
      input: `${WORD} ${WORD}`,
      actor: { kind: 'person', platform: 'slack', account: 'U0STRANGER' },
      place: {
        platform: 'slack',
        channel: [...slack.state.channels.values()].find((one) => one.name.startsWith('sec-'))?.id ?? '',
      },
      deliveryId: 'a-stranger',
      at: program.engine.now(),
    })
    expect(JSON.stringify(refused)).not.toContain(WORD)
    expect(slack.state.notifications.filter(({ text }) => text.includes(WORD))).toEqual([])
    expect(stage.logged.filter((line) => line.includes(WORD))).toEqual([])
    const files = await readdir(stage.folder)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect((await readFile(join(stage.folder, file))).includes(WORD)).toBe(false)
  },
)
