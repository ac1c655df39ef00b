import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { MAX_INLINE_LINES, verificationRequest } from './verification-request.ts'
import type { VerificationRequestFields } from './verification-request.ts'

const patch = `diff --git a/src/attachment.c b/src/attachment.c
--- a/src/attachment.c
+++ b/src/attachment.c
@@ -41,3 +41,6 @@
   const char *name = header_value(part, "filename");
+  if (name == NULL || strstr(name, "..") != NULL || strchr(name, '/') != NULL || *name == '.')
+    return reject(part);
   return store(part, name);
`

const fields: VerificationRequestFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-20T14:00:00Z'),
  zone: 'Europe/Berlin',
  patch: { branch: 'main', text: patch, sha256: '5d'.repeat(32) },
  cve: 'CVE-1900-0042',
  credit: 'Robin Example',
  plannedFor: Date.parse('2026-07-14T14:00:00Z'),
  answerBy: Date.parse('2026-06-23T14:00:00Z'),
  secrecy: 'bound',
}

describe('verification request', () => {
  it.each([
    ['asked', 'We ask you not to put the patch anywhere public before the fix is released', 'under the embargo'],
    ['over', 'Does it fix what you reported', 'public'],
  ] as const)('demands no secret that nobody owes: %s', (secrecy, says, saysNot) => {
    const text = verificationRequest.words({ ...fields, secrecy }).text.replaceAll(/\s+/gu, ' ')
    expect(text).toContain(says)
    expect(text).not.toContain(saysNot)
  })

  it('asks whether the patch fixes the problem, and has the patch inline and attached', () => {
    const mail = verificationRequest.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] Please check the fix')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The patch for the branch main is ready. Does it fix what you reported,
      and does it miss anything? Please reply in your own words; "yes, it
      does" is enough.

      It would help to hear from you by Tue 23 Jun 2026, 14:00 UTC (16:00 your
      time). Without an answer, somebody on our side who did not write it may
      check it instead, and the work goes on. If you need longer, say so.

      The facts so far; please tell us if a line is wrong:
      CVE      CVE-1900-0042
      Credit   Robin Example
      Planned  Tue 14 Jul 2026, 14:00 UTC (16:00 your time)

      The patch is under the embargo like everything else here. Please do not
      put it anywhere public.

      The attached file SEC-2026-0042-main.patch is the exact patch. Its
      SHA-256 is

      5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d

      The same patch, to read here:

      diff --git a/src/attachment.c b/src/attachment.c
      --- a/src/attachment.c
      +++ b/src/attachment.c
      @@ -41,3 +41,6 @@
         const char *name = header_value(part, "filename");
      +  if (name == NULL || strstr(name, "..") != NULL || strchr(name, '/') != NULL || *name == '.')
      +    return reject(part);
         return store(part, name);

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
    expect(mail.attachments).toEqual([
      { filename: 'SEC-2026-0042-main.patch', contentType: 'text/x-patch; charset=utf-8', content: patch },
    ])
  })

  it('marks values that are not known yet', () => {
    const { text } = verificationRequest.words({ ...fields, cve: undefined, credit: undefined, plannedFor: undefined })
    expect(text).toContain('CVE      pending\nCredit   nobody is named\nPlanned  no date yet')
  })

  it('only attaches a patch that is too long to read in a mail', () => {
    const text = '+ line\n'.repeat(MAX_INLINE_LINES + 1)
    const mail = verificationRequest.words({ ...fields, patch: { ...fields.patch, text } })
    expect(mail.text).toContain(`It has ${MAX_INLINE_LINES + 1} lines, so it is attached only.`)
    expect(mail.text).not.toContain('+ line')
    expect(mail.attachments[0]?.content).toBe(text)
  })

  it('stays within the columns, but for the lines of the patch', () => {
    const wide = verificationRequest
      .words(fields)
      .text.split('\n')
      .filter((line) => line.length > COLUMNS)
    expect(wide).toEqual([expect.stringContaining('strstr(name, "..")')])
  })

  it('makes the file name from case and branch, and names no author, whatever fields it gets', () => {
    const wider = {
      ...fields,
      patch: { ...fields.patch, branch: 'release/4.2\r\nX', fileName: 'PLANTED.patch', author: 'PLANTED' },
      remediator: 'PLANTED',
    }
    const mail = verificationRequest.words(wider)
    expect(JSON.stringify(mail)).not.toContain('PLANTED')
    expect(mail.attachments[0]?.filename).toBe('SEC-2026-0042-release-4.2-X.patch')
  })

  it('promises no check by somebody else if there is nobody else', () => {
    const { text } = verificationRequest.words({ ...fields, alone: true })
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'Nobody else here can check it, so your eyes matter; without an answer the work goes on all the same.',
    )
    expect(text).not.toContain('somebody on our side')
  })
})
