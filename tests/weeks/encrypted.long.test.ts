import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { encryptedMail, openedMail } from '../../apps/demo/src/acting/protected-mail.ts'
import { createKeys } from '../../apps/demo/src/keys.ts'
import { SECURITY } from './house/policy.ts'
import { weekTest } from './house/week.ts'
import type { Week } from './house/week.ts'

/** A word that is only in the encrypted report. */
const PLANTED = 'xyzzyplanted'
const TUESDAY = instant(Date.parse('2026-06-02T09:00Z'))

const keysOf = ({ keys }: Week) => {
  if (keys === undefined) throw new Error('the week has no keys')
  return keys
}

const report = (to: ReturnType<typeof keysOf>): Promise<string> =>
  encryptedMail(
    { subject: `${PLANTED} reads files`, text: `Hello,\n\n${PLANTED} reads any file.\n` },
    {
      from: { name: 'Robin Sample', address: 'robin@sample.example' },
      to: SECURITY,
      replyTo: 'robin@sample.example',
      date: TUESDAY,
      messageId: '<report@sample.example>',
    },
    to,
  )

describe('an encrypted report', () => {
  it(
    'is decrypted for the terminal, and the chat platform never holds a word of it',
    weekTest(
      async (week) => {
        await week.robin.sends(await report(keysOf(week)))
        expect(week.channel().text()).toMatch(/It came encrypted.*not shown here.*Read it in the terminal/su)
        await week.ana.types('/ack')
        await week.ana.types('/cvd status all')
        expect(await week.terminal('ana', 'read')).toContain(`${PLANTED} reads any file.`)
        expect(week.slack.state.everything()).not.toContain(PLANTED)
      },
      { encrypted: true },
    ),
  )

  it(
    'that nobody here can decrypt is answered by one click, with the key to encrypt to',
    weekTest(
      async (week) => {
        const { project } = await createKeys(TUESDAY)
        await week.robin.sends(await report({ ...keysOf(week), project }))
        const channel = week.channel()
        expect(channel.text()).toContain('Encrypted to a key we don’t have.')
        await week.ana.presses('Ask again', channel.find('a report arrived'))
        const sent = week.robin.inbox.at(-1)
        if (sent === undefined) throw new Error('Robin got no mail')
        const { mail } = await openedMail(sent, keysOf(week), TUESDAY)
        expect(mail.text.replaceAll('\n', ' ')).toContain('encrypted to a key that we do not have')
        expect(mail.text.replaceAll(/\s/gu, '')).toContain(keysOf(week).project.fingerprint)
        expect(mail.text).not.toContain(PLANTED)
        expect(channel.text()).toContain('Ana asked the reporter to send their mail again.')
      },
      { encrypted: true },
    ),
  )
})
